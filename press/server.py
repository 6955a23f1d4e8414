"""Serve a built folder on this machine as GitHub Pages would serve it, with live reload if asked.

Pages' manners: ``404.html`` with status 404, a folder without its slash is redirected, nothing is
listed, ``/about`` finds ``about.html``, hidden files do not exist, text is compressed.
"""

import gzip
import html
import json
import re
import sys
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

TYPES = {
    ".atom": "application/atom+xml",
    ".avif": "image/avif",
    ".css": "text/css",
    ".csv": "text/csv",
    ".gif": "image/gif",
    ".html": "text/html",
    ".ico": "image/x-icon",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript",
    ".json": "application/json",
    ".md": "text/markdown",
    ".mp4": "video/mp4",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".rss": "application/rss+xml",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".webm": "video/webm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
TEXT = re.compile(r"text/|.*[/+](?:json|xml)$")
RANGE = re.compile(r"bytes=(\d+)-(\d*)$")
SCRIPT = "/__live.js"
EVENTS = "/__live"
HEARTBEAT = 15  # seconds; a closed page is noticed when something is written to it
POLICY = re.compile(
    rb"""(<meta\s[^>]*http-equiv=["']?Content-Security-Policy["']?[^>]*\scontent=)(["'])(.*?)\2""",
    re.IGNORECASE | re.DOTALL,
)
EMPTY_404 = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>404</title>
<body><h1>404</h1><p>这里没有网页。</p></body></html>"""


class Answer(NamedTuple):
    """What an address leads to: a file with its status, or another address."""

    status: HTTPStatus
    file: Path | None = None
    location: str = ""


def find(root: Path, base: str, target: str) -> Answer:
    """Find the file for a requested address below ``base``, as Pages does."""
    path, _, query = target.partition("?")
    rest = f"?{query}" if query else ""
    if path + "/" == base:
        return Answer(HTTPStatus.MOVED_PERMANENTLY, location=base + rest)
    parts = unquote(path.removeprefix(base)).split("/")
    odd = any(part.startswith(".") or "\0" in part for part in parts) or "" in parts[:-1]
    if path.startswith(base) and not odd:
        file = root.joinpath(*parts)
        if parts[-1] == "":
            file /= "index.html"
        elif file.is_dir():
            return Answer(HTTPStatus.MOVED_PERMANENTLY, location=f"{path}/{rest}")
        elif not file.is_file():
            file = file.with_name(f"{file.name}.html")
        if file.is_file():
            return Answer(HTTPStatus.OK, file)
    missing = root / "404.html"
    return Answer(HTTPStatus.NOT_FOUND, missing if missing.is_file() else None)


def allow_live(policy: str) -> str:
    """Let a page's security policy accept the script and the event stream of live reload."""
    directives = {
        words[0].lower(): words[1:] for part in policy.split(";") if (words := part.split())
    }
    for name in ("script-src", "connect-src"):
        sources = directives.get(name, directives.get("default-src"))
        if sources is not None and "'self'" not in sources:
            directives[name] = [word for word in sources if word != "'none'"] + ["'self'"]
    return "; ".join(" ".join([name, *words]) for name, words in directives.items())


def make_live(page: bytes, build: int) -> bytes:
    """Add the script of live reload to the bytes of one page."""

    def rewrite(match: re.Match[bytes]) -> bytes:
        policy = allow_live(html.unescape(match[3].decode()))
        return match[1] + b'"' + html.escape(policy).replace("&#x27;", "'").encode() + b'"'

    page = POLICY.sub(rewrite, page, count=1)
    script = f'<script src="{SCRIPT}?{build}" defer></script>'.encode()
    before, end, after = page.rpartition(b"</body>")
    return before + script + end + after if end else page + script


class Live:
    """The latest build and what was wrong with it, for all open pages."""

    def __init__(self) -> None:
        self.build = 0
        self.error = ""
        self.closed = False
        self.changed = threading.Condition()

    @property
    def message(self) -> str:
        """What the script of an open page is told."""
        return json.dumps({"build": self.build, "error": self.error}, ensure_ascii=False)

    def tell(self, build: int, error: str) -> None:
        """Announce a finished build: a new number reloads pages, an error is shown on them."""
        with self.changed:
            self.build, self.error = build, error
            self.changed.notify_all()

    def close(self) -> None:
        """Let all streams end."""
        with self.changed:
            self.closed = True
            self.changed.notify_all()

    def wait(self, known: str) -> str:
        """Return the message as soon as it is not the known one, or after a heartbeat."""
        with self.changed:
            self.changed.wait_for(lambda: self.closed or self.message != known, HEARTBEAT)
            return self.message


class Server(ThreadingHTTPServer):
    """A folder on 127.0.0.1; port 0 takes any free one."""

    daemon_threads = True

    def __init__(
        self, root: Path, *, port: int = 0, base: str = "/", live: Live | None = None
    ) -> None:
        self.root = root
        self.base = f"/{base.strip('/')}/".replace("//", "/")
        self.live = live
        super().__init__(("127.0.0.1", port), Handler)

    @property
    def url(self) -> str:
        """The address of the front page."""
        return f"http://127.0.0.1:{self.server_port}{self.base}"

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a browser that closed its connection."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class Handler(BaseHTTPRequestHandler):
    """Answers one connection."""

    server: Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer with a file, or with the script or stream of live reload."""
        path = urlsplit(self.path).path
        if self.server.live and path == EVENTS:
            self.stream(self.server.live)
        elif self.server.live and path == SCRIPT:
            self.send(HTTPStatus.OK, ".js", Path(__file__).with_name("live.js").read_bytes())
        else:
            self.answer(find(self.server.root, self.server.base, self.path))

    def do_HEAD(self) -> None:
        """Answer as to GET, without the body."""
        self.do_GET()

    def answer(self, answer: Answer) -> None:
        """Send what was found."""
        if answer.location:
            self.send_response(answer.status)
            self.send_header("Location", answer.location)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        suffix = answer.file.suffix if answer.file else ".html"
        body = answer.file.read_bytes() if answer.file else EMPTY_404.encode()
        if self.server.live and suffix == ".html":
            body = make_live(body, self.server.live.build)
        self.send(answer.status, suffix, body)

    def send(self, status: HTTPStatus, suffix: str, body: bytes) -> None:
        """Send a body, compressed or in part if the browser asks for that."""
        kind = TYPES.get(suffix.lower(), "application/octet-stream")
        text = TEXT.match(kind)
        headers = {"Content-Type": f"{kind}; charset=utf-8" if text else kind}
        wanted = RANGE.match(self.headers.get("Range", ""))
        if text:
            headers["Vary"] = "Accept-Encoding"
            if "gzip" in self.headers.get("Accept-Encoding", ""):
                headers["Content-Encoding"] = "gzip"
                body = gzip.compress(body, mtime=0)
        elif wanted and status == HTTPStatus.OK and int(wanted[1]) < len(body):
            start, end = int(wanted[1]), int(wanted[2] or len(body) - 1)
            status = HTTPStatus.PARTIAL_CONTENT  # Safari plays no video without parts
            headers["Content-Range"] = f"bytes {start}-{min(end, len(body) - 1)}/{len(body)}"
            body = body[start : end + 1]
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def stream(self, live: Live) -> None:
        """Tell an open page of each build until it is closed."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Connection", "close")
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        known = ""
        while not live.closed:
            message = live.wait(known)
            self.wfile.write(b":\n\n" if message == known else f"data: {message}\n\n".encode())
            known = message

    def log_message(self, *_: object) -> None:
        """Keep the terminal for builds."""
