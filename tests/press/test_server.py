import gzip
import http.client
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from press.server import Live, Server, allow_live, find, make_live

PAGE = "<!doctype html><body>{}</body>"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "网 站"
    files = {
        "index.html": PAGE.format("首页"),
        "404.html": PAGE.format("没有这一页"),
        "about.html": PAGE.format("关于"),
        "2026/11/jd/index.html": PAGE.format("京东"),
        "2026/11/jd/index.md": "# 京东",
        "empty/x.txt": "文字",
        ".git/config": "secret",
        "app.webmanifest": "{}",
        "图片.avif": "0123456789",
        "feed.atom": "<feed/>",
        "odd.bin": "?",
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    (tmp_path / "outside.txt").write_text("secret")
    return root


@contextmanager
def running(server: Server) -> Iterator[Server]:
    with server:
        thread = threading.Thread(target=server.serve_forever, args=[0.01])
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture(params=["/", "/repo/"])
def server(root: Path, request: pytest.FixtureRequest) -> Iterator[Server]:
    with running(Server(root, base=request.param)) as server:
        yield server


def ask(
    server: Server, path: str, method: str = "GET", **headers: str
) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=5)
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, server.base + path, headers=names)
    response = connection.getresponse()
    answer = response.status, dict(response.headers), response.read()
    connection.close()
    return answer


@pytest.mark.parametrize(
    ("target", "status", "file"),
    [
        ("/r/", 200, "index.html"),
        ("/r/index.html", 200, "index.html"),
        ("/r/about", 200, "about.html"),
        ("/r/2026/11/jd/?from=feed", 200, "2026/11/jd/index.html"),
        ("/r/%E5%9B%BE%E7%89%87.avif", 200, "图片.avif"),
        ("/r/empty/", 404, "404.html"),
        ("/r/nothing", 404, "404.html"),
        ("/r//index.html", 404, "404.html"),
        ("/r/.git/config", 404, "404.html"),
        ("/r/../outside.txt", 404, "404.html"),
        ("/r/%2e%2e/outside.txt", 404, "404.html"),
        ("/r/2026/%2e%2e/%2e%2e/outside.txt", 404, "404.html"),
        ("/r/%00", 404, "404.html"),
        ("/index.html", 404, "404.html"),
    ],
)
def test_find(root, target, status, file):
    answer = find(root, "/r/", target)
    assert (answer.status, answer.file) == (status, root / file)


@pytest.mark.parametrize(
    ("target", "location"),
    [
        ("/r", "/r/"),
        ("/r/2026/11/jd", "/r/2026/11/jd/"),
        ("/r/2026/11/jd?a=1", "/r/2026/11/jd/?a=1"),
    ],
)
def test_a_folder_gets_its_slash(root, target, location):
    answer = find(root, "/r/", target)
    assert (answer.status, answer.location) == (301, location)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("", "text/html; charset=utf-8"),
        ("2026/11/jd/index.md", "text/markdown; charset=utf-8"),
        ("app.webmanifest", "application/manifest+json; charset=utf-8"),
        ("feed.atom", "application/atom+xml; charset=utf-8"),
        ("%E5%9B%BE%E7%89%87.avif", "image/avif"),
        ("odd.bin", "application/octet-stream"),
    ],
)
def test_types(server, path, kind):
    status, headers, _ = ask(server, path)
    assert (status, headers["Content-Type"], headers["Cache-Control"]) == (200, kind, "no-store")


def test_a_missing_page_is_the_sites_own_404(server):
    status, _, body = ask(server, "nothing/")
    assert status == 404
    assert "没有这一页" in body.decode()


def test_text_is_compressed_on_request_only(server):
    _, headers, body = ask(server, "", Accept_Encoding="gzip, br")
    assert headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(body).decode() == PAGE.format("首页")
    assert "Content-Encoding" not in ask(server, "")[1]
    headers = ask(server, "%E5%9B%BE%E7%89%87.avif", Accept_Encoding="gzip")[1]
    assert "Content-Encoding" not in headers


@pytest.mark.parametrize(
    ("asked", "told", "body"),
    [("bytes=2-4", "bytes 2-4/10", b"234"), ("bytes=8-", "bytes 8-9/10", b"89")],
)
def test_a_part_of_a_film(server, asked, told, body):
    status, headers, sent = ask(server, "%E5%9B%BE%E7%89%87.avif", Range=asked)
    assert (status, headers["Content-Range"], sent) == (206, told, body)


def test_head_has_no_body(server):
    status, headers, body = ask(server, "", "HEAD")
    assert (status, body) == (200, b"")
    assert int(headers["Content-Length"]) == len(PAGE.format("首页").encode())


def test_without_live_reload_the_bytes_are_the_files(server, root):
    assert ask(server, "")[2] == (root / "index.html").read_bytes()


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        (
            "default-src 'none'; img-src 'self'",
            "default-src 'none'; img-src 'self'; script-src 'self'; connect-src 'self'",
        ),
        (
            "default-src 'none'; script-src 'sha256-x'; connect-src 'none'",
            "default-src 'none'; script-src 'sha256-x' 'self'; connect-src 'self'",
        ),
        ("default-src 'self'", "default-src 'self'"),
        ("img-src 'self'", "img-src 'self'"),
    ],
)
def test_the_policy_lets_live_reload_in(policy, expected):
    assert allow_live(policy) == expected


@pytest.mark.parametrize("quote", ["'", "&#39;"])
def test_a_page_gets_the_script_and_its_policy_is_widened(quote):
    meta = f'<meta http-equiv="Content-Security-Policy" content="default-src {quote}none{quote}">'
    page = make_live(f"{meta}<body>文</body></html>".encode(), 7).decode()
    assert "script-src 'self'; connect-src 'self'\">" in page
    assert page.endswith('文<script src="/__live.js?7" defer></script></body></html>')


def test_open_pages_are_told_of_each_build(root):
    live = Live()
    with running(Server(root, live=live)) as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=5)
        connection.request("GET", "/__live")
        stream = connection.getresponse()
        assert stream.readline() == b'data: {"build": 0, "error": ""}\n'
        live.tell(0, "第一行\n第二行")
        stream.readline()
        assert stream.readline().decode() == 'data: {"build": 0, "error": "第一行\\n第二行"}\n'
        live.close()
        stream.close()
        connection.close()


def test_a_real_page_shows_errors_and_reloads_under_a_strict_policy(
    root: Path, page: Callable[..., Page]
):
    policy = "default-src 'none'; script-src 'sha256-x'"
    meta = f'<!doctype html><meta http-equiv="Content-Security-Policy" content="{policy}">'
    front = root / "index.html"
    front.write_text(f"{meta}<body><h1>旧</h1></body>", encoding="utf-8")
    live = Live()
    with running(Server(root, live=live)) as server:
        opened = page(server.url)
        live.tell(0, "content/a.md:3: 日期写错了")
        expect(opened.get_by_role("alert")).to_have_text("content/a.md:3: 日期写错了")
        assert opened.get_by_role("heading").inner_text() == "旧"
        front.write_text(f"{meta}<body><h1>新</h1></body>", encoding="utf-8")
        live.tell(1, "")
        expect(opened.get_by_role("heading")).to_have_text("新")
        expect(opened.get_by_role("alert")).to_have_count(0)
        opened.close()
        live.close()
