"""Tell search engines which pages have changed since they were last told: IndexNow and Baidu.

What has changed is the difference of two manifests (trees.py). IndexNow takes what is gone, too
(https://www.indexnow.org/faq: "added, updated, or deleted"); of Baidu's API the documents tell none but
``urls``, for pages that are there. An engine that is down stops nothing: it is told in one line, and
told again next time.
"""

import argparse
import json
import os
import re
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit

from plugins import _facts, ping
from plugins._urls import absolute
from plugins.share import EDITIONS
from press.settings import execute

MANIFEST = ".build/manifest"
TOLD = ".build/manifest.told"  # what had been published when engines were last told
LINE = re.compile(r"([0-9a-f]{64})  [0-9]+  (.+)")
GONE = "- "  # before an address that is gone, in a list of addresses
# Pages that were never to be listed, so that nobody need hear that they are gone.
ASIDE = re.compile(
    rf"404\.html|search/index\.html|.*/\d\d/[^/]+/(?:{'|'.join(EDITIONS)})/index\.html"
)
HIDDEN = re.compile(r"""<meta name=["']?robots["']? content=["']?noindex""")
PAUSES = [2, 8]  # seconds before another try
TIMEOUT = 20
MANY = {"IndexNow": 10_000, "百度": 2_000}  # addresses that one request may hold
INDEXNOW = {
    400: "格式不对",
    403: "密钥文件还取不到，或与设置不符：{key}",
    422: "有网址不属于本站，或密钥不合规定",
    429: "推送太频繁，请过些时候再试",
}
BAIDU = {
    "site error": "没有在百度搜索资源平台验证过这个网站",
    "empty content": "没有收到网址",
    "over quota": "今天的额度用完了",
    "token is not valid": "BAIDU_TOKEN不对",
    "not found": "接口地址不对",
}


class FailedError(Exception):
    """An engine could not be told; says why."""


class Changes(NamedTuple):
    """Addresses of pages that are new or different, and of those that are no more to be listed."""

    changed: list[str]
    gone: list[str]


def entries(text: str, name: str) -> dict[str, str]:
    """Read a manifest: the digest of each file by its path."""
    found = {}
    for number, line in enumerate(text.splitlines(), start=1):
        match = LINE.fullmatch(line)
        if not match:
            raise SystemExit(f"{name}:{number}:1: 不是文件清单的一行，请重新生成网站")
        found[match[2]] = match[1]
    return found


def differences(
    before: Mapping[str, str], after: Mapping[str, str], output: Path, siteurl: str
) -> Changes:
    """Compare two manifests. Cost: O(files), and reading the pages that have changed.

    A page that asks no longer to be listed is gone: of a text withdrawn or moved a note is left.
    """
    changed, gone = [], []
    for path in sorted(before.keys() | after.keys()):
        if (
            not path.endswith(".html")
            or ASIDE.fullmatch(path)
            or before.get(path) == after.get(path)
        ):
            continue
        if path in after and listed(output / path):
            changed.append(address(siteurl, path))
        elif path in before:
            gone.append(address(siteurl, path))
    return Changes(changed, gone)


def listed(page: Path) -> bool:
    """Tell whether engines may list a page."""
    try:
        return not HIDDEN.search(page.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SystemExit(f"{page}不在了，文件清单与网站不符，请重新生成网站") from None


def address(siteurl: str, path: str) -> str:
    """Return the address of a page by its file."""
    name = path.removesuffix("index.html") if path.endswith("/index.html") else path
    return absolute(siteurl, "" if name == "index.html" else name)


def post(url: str, body: bytes, kind: str) -> tuple[int, bytes]:
    """Send a request, again if nobody answers or the other side is out of order."""
    request = urllib.request.Request(url, body, {"Content-Type": f"{kind}; charset=utf-8"})  # noqa: S310  http(s) only
    why = ""
    for pause in [*PAUSES, None]:
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310  as above
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            if error.code < 500:  # noqa: PLR2004
                return error.code, error.read()
            why = f"对方出错（{error.code}）"
        except (OSError, urllib.error.URLError, ValueError):
            why = "连不上"
        except Exception as error:  # noqa: BLE001  http.client has many names for a broken answer
            why = f"答复看不懂（{type(error).__name__}）"
        if pause is not None:
            time.sleep(pause)
    raise FailedError(why)


def tell_indexnow(addresses: Sequence[str], settings: ping.Settings, siteurl: str) -> None:
    """Tell IndexNow, which passes it on to Bing and others.

    Raises:
        FailedError: it would not hear.

    """
    key = absolute(siteurl, f"{settings.key}.txt")
    body = {
        "host": urlsplit(siteurl).netloc,
        "key": settings.key,
        "keyLocation": key,
        "urlList": list(addresses),
    }
    status, _ = post(settings.indexnow_address, json.dumps(body).encode(), "application/json")
    if status not in {200, 202}:
        raise FailedError(INDEXNOW.get(status, f"答复是{status}").format(key=key))


def tell_baidu(addresses: Sequence[str], settings: ping.Settings, siteurl: str, token: str) -> None:
    """Tell Baidu (普通收录的API提交).

    Raises:
        FailedError: it would not hear.

    """
    parts = urlsplit(siteurl)
    query = urlencode({"site": f"{parts.scheme}://{parts.netloc}", "token": token})
    url = f"{settings.baidu_address}?{query}"
    status, answer = post(url, "\n".join(addresses).encode(), "text/plain")
    try:
        told = json.loads(answer)
    except ValueError:
        raise FailedError(f"答复看不懂（{status}）") from None
    if not isinstance(told, dict) or "success" not in told:
        said = str(told.get("message", "")) if isinstance(told, dict) else ""
        why = BAIDU.get(said, said.replace(token, "……"))
        raise FailedError(f"{why or '没有说明'}（{status}）")
    if refused := [*told.get("not_same_site", []), *told.get("not_valid", [])]:
        raise FailedError(f"有{len(refused)}个网址没有收，如{refused[0]}")


def read(place: str) -> str | None:
    """Return the text of a manifest, here or on the published site; None if there is none yet."""
    if not place.startswith(("https://", "http://")):
        path = Path(place)
        return path.read_text(encoding="utf-8") if path.exists() else None
    try:
        with urllib.request.urlopen(place, timeout=TIMEOUT) as answer:  # noqa: S310  http(s) only
            return answer.read().decode("utf-8", "replace")
    except (OSError, ValueError):
        return None


def batches(addresses: Sequence[str], most: int) -> Iterable[Sequence[str]]:
    """Cut addresses into what one request may hold."""
    return (addresses[start : start + most] for start in range(0, len(addresses), most))


def tell(changes: Changes, settings: ping.Settings, siteurl: str, mark: str) -> bool:
    """Tell every engine that is switched on; False if one could not be told."""
    token = os.environ.get("BAIDU_TOKEN", "").strip()
    engines: dict[str, tuple[list[str], Any]] = {}
    if settings.key:
        every = [*changes.changed, *changes.gone]
        engines["IndexNow"] = every, lambda some: tell_indexnow(some, settings, siteurl)
    if settings.baidu and not token:
        print(f"{mark}百度没有推送：环境变量BAIDU_TOKEN是空的。", file=sys.stderr)
    elif settings.baidu:
        engines["百度"] = changes.changed, lambda some: tell_baidu(some, settings, siteurl, token)
    well = not settings.baidu or bool(token)
    for name, (addresses, send) in engines.items():
        if not addresses:
            continue
        try:
            for some in batches(addresses, MANY[name]):
                send(some)
        except FailedError as error:
            well = False
            print(f"{mark}{name}没有推送成：{error}。网站照常发布，下次再推。", file=sys.stderr)
        else:
            print(f"已告诉{name}：{len(addresses)}个网址。")
    return well


def chosen(options: argparse.Namespace, settings: Mapping[str, Any]) -> Changes | None:
    """Return what to tell: the addresses given, else what has changed; None: nothing to compare."""
    siteurl = settings["SITEURL"]
    if options.addresses:
        given = sys.stdin.read() if options.addresses == "-" else read(options.addresses)
        if given is None:
            raise SystemExit(f"没有文件{options.addresses}")
        lines = [line.strip() for line in given.splitlines() if line.strip()]
        found = {line.removeprefix(GONE): line.startswith(GONE) for line in lines}
        if foreign := [one for one in found if not one.startswith(absolute(siteurl, ""))]:
            raise SystemExit(f"{foreign[0]}不是本站的网址（{siteurl}）")
        return Changes(*([one for one in found if found[one] is gone] for gone in (False, True)))
    after = read(options.after)
    if after is None:
        raise SystemExit(f"没有{options.after}，请先生成网站：make publish")
    before = "" if options.all else read(options.before)
    if before is None:
        return None
    output = Path(settings.get("OUTPUT_PATH", "output"))
    known = entries(before, options.before)
    return differences(known, entries(after, options.after), output, siteurl)


def main(arguments: list[str]) -> int:
    """``python -m press ping``: tell engines what has changed; 0 also if one of them is down."""
    parser = argparse.ArgumentParser(prog="python -m press ping")
    parser.add_argument("--settings", default="publishconf.py", type=Path, help="设置文件")
    parser.add_argument("--before", default=TOLD, help="上次的文件清单，可以是网址")
    parser.add_argument("--after", default=MANIFEST, help="这次的文件清单")
    parser.add_argument(
        "--addresses", help="推送这个文件里的网址，一行一个，没有了的前面加“- ”；-：从标准输入读"
    )
    parser.add_argument("--all", action="store_true", help="全部网页都推送")
    parser.add_argument(
        "--list", action="store_true", help="只列出有变化的网址，没有了的前面有“- ”，不推送"
    )
    parser.add_argument("--format", choices=["text", "github"], default="text")
    options = parser.parse_args(arguments)

    values = execute(options.settings)
    settings = _facts.bind(_facts.Plugin(name="ping", settings=ping.Settings), values)
    mark = "::warning::" if options.format == "github" else ""
    if not settings.key and not settings.baidu:
        if not options.list:
            print("没有打开推送：在pelicanconf.py的PING里写key（IndexNow）或baidu。")
        return 0
    changes = chosen(options, values)
    kept = not options.addresses and not options.list and options.before == TOLD
    if changes is None:
        print("还没有上次的清单，这次只记下，不推送；要推送全部网页，加--all。", file=sys.stderr)
    elif not options.all and len(changes.changed) > settings.most:
        why = "多半是换了样子，不是换了内容"
        count = len(changes.changed)
        print(f"{mark}有{count}页变了，{why}，没有推送；确实要推，加--all。", file=sys.stderr)
    elif options.list:
        lines = [*changes.changed, *(f"{GONE}{one}" for one in changes.gone)]
        print("".join(f"{line}\n" for line in lines), end="")
    elif not changes.changed and not changes.gone:
        print("没有网页变化，不用推送。")
    elif not tell(changes, settings, values["SITEURL"], mark):
        return 0  # what was told before stays noted: next time these are told again
    if kept:
        Path(TOLD).write_text(read(options.after) or "", encoding="utf-8")
    return 0
