"""Lighthouse on a slow phone, one page of each kind, over https. Needs node, npm, openssl, Chromium.

Chromium is told that the site's own address is this machine, so pages are measured as readers
get them: with their true canonical address and the handshake that https costs. Its throttling is
simulated (slow 4G: 150 ms, 1.6 Mbit/s; a processor four times as slow). A page that is not clean
at once is measured twice more, and the median counts: other work on the machine costs points. Of
LCP the least counts: this server speaks HTTP/1.1, so a picture asked for before the page has ended
now and then opens a second connection, two round trips that HTTP/2, which Pages speaks, never costs.
"""

import json
import os
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from press import chromium
from press.server import Server
from tests.extra import _node
from tests.extra._case import Row, run
from tests.kinds import KINDS

PACKAGE = "lighthouse@12.8.2"  # the last that runs on Node 20
SCORES = {
    "performance": "性能100",
    "accessibility": "无障碍100",
    "best-practices": "最佳实践100",
    "seo": "SEO 100",
}
PAINT = "largest-contentful-paint"
FIGURES = {  # audit: (name, most, in words)
    PAINT: ("LCP，文字1.0秒、带图1.2秒以内", 1000, "ms"),
    "total-blocking-time": ("TBT 50毫秒以内", 50, "ms"),
    "cumulative-layout-shift": ("CLS是0", 0, ""),
}
WITH_PICTURE = 1200  # ms of LCP
FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --ignore-certificate-errors --disable-quic"
    " --no-first-run --disable-background-networking --disable-component-update --disable-sync"
)


@contextmanager
def served(site: Path) -> Iterator[int]:
    """Serve a folder over https with a certificate that nobody signed; yield the port."""
    with TemporaryDirectory() as name, Server(site) as server:
        key, certificate = f"{name}/key.pem", f"{name}/certificate.pem"
        made = ["-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
        command = ["openssl", "req", *made, "-keyout", key, "-out", certificate]
        subprocess.run(command, check=True, capture_output=True)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


def measure(url: str, port: int) -> dict[str, float]:
    """Return the scores and figures of one page."""
    host = urlsplit(url).hostname
    mapped = f'--host-resolver-rules="MAP {host}:443 127.0.0.1:{port}"'
    command = [
        "node",
        _node.MODULES.absolute() / "lighthouse/cli/index.js",
        url,
        "--quiet",
        "--output=json",
        "--output-path=stdout",
        f"--only-categories={','.join(SCORES)}",
        f"--chrome-flags={FLAGS} {mapped}",
    ]
    environment = {**os.environ, "CHROME_PATH": str(chromium.find())}
    asked = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    told = json.loads(asked.stdout)
    found = {name: round(told["categories"][name]["score"] * 100) for name in SCORES}
    return found | {name: told["audits"][name]["numericValue"] for name in FIGURES}


def wrong(name: str, value: float, *, indexed: bool, most: float) -> bool:
    """Tell whether a score or a figure is not what it has to be."""
    if name in SCORES:
        return value < 100 and (indexed or name != "seo")
    return value > most


def judge(site: Path, siteurl: str) -> list[Row]:
    """Measure one page of each kind."""
    rows = {name: Row(words) for name, words in SCORES.items()}
    rows |= {name: Row(words) for name, (words, _, _) in FIGURES.items()}
    lacking = _node.missing("node", "npm", "openssl")
    if lacking or not chromium.find():
        for row in rows.values():
            row.note = lacking or "没有Chromium，没有看"
        return [*rows.values()]
    _node.install(PACKAGE)
    worst: dict[str, float] = {}
    with served(site) as port:
        for kind, path in KINDS.items():
            source = site / f"{path}index.html" if not path.endswith("html") else site / path
            text = source.read_text(encoding="utf-8")
            indexed = "noindex" not in text
            pictured = "fetchpriority" in text
            limits = {name: most for name, (_, most, _) in FIGURES.items()}
            if pictured:
                limits[PAINT] = WITH_PICTURE
            runs = [measure(f"{siteurl}/{path}", port)]
            if any(
                wrong(name, value, indexed=indexed, most=limits.get(name, 0))
                for name, value in runs[0].items()
            ):
                runs += [measure(f"{siteurl}/{path}", port) for _ in range(2)]
            for name, row in rows.items():
                values = [found[name] for found in runs]
                value = min(values) if name == PAINT else median(values)
                if name == "seo" and not indexed:
                    continue
                row.of += 1
                bad = min if name in SCORES else max
                worst[name] = bad(value, worst.get(name, value))
                unit = FIGURES[name][2] if name in FIGURES else ""
                row.note = f"最差{worst[name]:.5g}{unit}"
                if wrong(name, value, indexed=indexed, most=limits.get(name, 0)):
                    row.faults.append(f"{kind}（/{path}）：{value:.5g}{unit}")
    return [*rows.values()]


if __name__ == "__main__":
    run(judge)
