"""What engines are told, by a server that stands for them; and what comes of their failures."""

import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pytest

from press import ping

SITE = "https://example.com/zhi"
KEY = "0a1b2c3d4e5f"
TOKEN = "edk7yc4rEZP9pDQD"  # noqa: S105  made up
HIDDEN = "<meta name=robots content=noindex>"
FINE = {"/indexnow": (200, b""), "/urls": (200, b'{"remain":99,"success":1}')}


class Engine(ThreadingHTTPServer):
    """Keeps what it is told; answers what it is set to, of a list one after another."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[SimpleNamespace] = []
        self.answers: dict[str, object] = dict(FINE)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def told(self, path: str) -> list[str]:
        return [request.body for request in self.asked if request.path == path]


class Handler(BaseHTTPRequestHandler):
    server: Engine

    def do_POST(self) -> None:
        parts = urlsplit(self.path)
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        query, kind = parse_qs(parts.query), self.headers["Content-Type"]
        self.server.asked.append(
            SimpleNamespace(path=parts.path, query=query, body=body, kind=kind)
        )
        answer = self.server.answers[parts.path]
        if isinstance(answer, list):
            answer = answer.pop(0)
        status, content = answer
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def engine() -> Iterator[Engine]:
    with Engine() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


class Place:
    """A folder with settings, a published tree and its manifest."""

    def __init__(self, folder: Path, engine: Engine):
        self.folder, self.url = folder, engine.url
        self.settings(key=KEY, baidu=True)

    def settings(self, site: str = SITE, **given: object) -> None:
        given = {
            "indexnow_address": f"{self.url}/indexnow",
            "baidu_address": f"{self.url}/urls",
            **given,
        }
        (self.folder / "publishconf.py").write_text(f"SITEURL = {site!r}\nPING = {given!r}\n")

    def publish(self, **pages: str) -> None:
        """Write pages as a build does: ``publish(a="text")`` makes ``a/index.html``."""
        lines = []
        for name, text in sorted(pages.items()):
            path = self.folder / "output" / name.replace("__", "/") / "index.html"
            if name == "index":
                path = self.folder / "output/index.html"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            digest = hashlib.sha256(text.encode()).hexdigest()
            lines.append(f"{digest}  {len(text)}  {path.relative_to(self.folder / 'output')}\n")
        (self.folder / ".build").mkdir(exist_ok=True)
        (self.folder / ".build/manifest").write_text("".join(lines))

    def told(self) -> bool:
        """Whether the published version is noted as told."""
        files = [self.folder / ".build/manifest", self.folder / ".build/manifest.told"]
        return files[1].exists() and files[0].read_text() == files[1].read_text()


@pytest.fixture
def place(tmp_path: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Place:
    """A site that was told once, with pages a and b."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BAIDU_TOKEN", TOKEN)
    monkeypatch.setenv("no_proxy", "*")
    monkeypatch.setattr(ping, "PAUSES", [0, 0])
    made = Place(tmp_path, engine)
    made.publish(a="甲", b="乙")
    assert ping.main([]) == 0
    assert made.told()
    return made


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run the command; return its status and what it said."""

    def say(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        status = ping.main([*arguments])
        said = capsys.readouterr()
        assert TOKEN not in said.out + said.err
        return status, said.out, said.err

    return say


@pytest.mark.usefixtures("place")
def test_the_first_time_nothing_is_told(engine):
    assert engine.asked == []


@pytest.mark.parametrize(
    ("pages", "changed_and_gone"),
    [
        ({"a": "甲", "b": "丙"}, (["b/"], [])),
        ({"a": "甲", "b": "乙", "index": "首页"}, ([""], [])),
        ({"a": "甲", "b": "乙", "2026__11__c": "新"}, (["2026/11/c/"], [])),
        ({"a": "甲"}, ([], ["b/"])),
        ({"a": "改", "b": HIDDEN}, (["a/"], ["b/"])),
        ({"a": "改", "b": '<meta name="robots" content="noindex">'}, (["a/"], ["b/"])),
        ({"a": "改", "b": "乙", "2026__11__c": HIDDEN}, (["a/"], [])),
        ({"a": "改", "b": "乙", "2026__11__share": "一篇"}, (["2026/11/share/", "a/"], [])),
    ],
    ids=[
        "edited",
        "front page",
        "added",
        "gone",
        "withdrawn or moved",
        "withdrawn, in quotes",
        "never listed",
        "an article called share",
    ],
)
def test_engines_are_told_what_changed_and_nothing_else(
    place, engine, say, pages, changed_and_gone
):
    changed, gone = changed_and_gone
    place.publish(**pages)
    assert say()[0] == 0
    every = [f"{SITE}/{url}" for url in [*changed, *gone]]
    assert json.loads(engine.told("/indexnow")[0])["urlList"] == every
    told = [line for body in engine.told("/urls") for line in body.splitlines()]
    assert told == [f"{SITE}/{url}" for url in changed]
    assert place.told()


@pytest.mark.parametrize(
    "name", ["2026__11__a__share", "2026__11__a__wechat", "flash__2026__11__a__share", "search"]
)
def test_nobody_hears_of_a_page_that_was_never_to_be_listed(place, engine, say, name):
    for pages in ({name: HIDDEN}, {name: f"改{HIDDEN}"}, {}):
        place.publish(a="甲", b="乙", **pages)
        assert say()[1] == "没有网页变化，不用推送。\n"
    assert engine.asked == []


def test_what_the_build_lists_is_what_engines_are_told_after_publishing(place, engine, say):
    before = (place.folder / ".build/manifest").read_text()
    (place.folder / "before").write_text(before)
    place.publish(a="改", **{"2026__11__c": "新"})
    _, listed, _ = say("--list", "--before", "before")
    assert listed == f"{SITE}/2026/11/c/\n{SITE}/a/\n- {SITE}/b/\n"
    (place.folder / "list").write_text(listed)
    engine.asked.clear()
    say("--addresses", "list")
    every = [f"{SITE}/2026/11/c/", f"{SITE}/a/", f"{SITE}/b/"]
    assert json.loads(engine.told("/indexnow")[0])["urlList"] == every
    assert engine.told("/urls")[0].splitlines() == every[:2]


def test_what_was_told_is_not_told_again(place, engine, say):
    place.publish(a="改", b="乙")
    say()
    engine.asked.clear()
    assert say() == (0, "没有网页变化，不用推送。\n", "")
    assert engine.asked == []


def test_indexnow_is_shown_the_key_and_where_it_stands(place, engine, say):
    place.publish(a="改", b="乙")
    say()
    request = next(one for one in engine.asked if one.path == "/indexnow")
    assert request.kind == "application/json; charset=utf-8"
    assert json.loads(request.body) == {
        "host": "example.com",
        "key": KEY,
        "keyLocation": f"{SITE}/{KEY}.txt",
        "urlList": [f"{SITE}/a/"],
    }


def test_baidu_is_shown_the_site_and_the_token(place, engine, say):
    place.publish(a="改", b="乙")
    say()
    request = next(one for one in engine.asked if one.path == "/urls")
    assert request.query == {"site": ["https://example.com"], "token": [TOKEN]}
    assert request.kind.startswith("text/plain")


def test_nobody_is_told_unless_it_is_switched_on(place, engine, say):
    place.settings()
    place.publish(a="改", b="乙")
    status, out, _ = say()
    assert (status, engine.asked) == (0, [])
    assert "没有打开推送" in out


def test_without_its_token_baidu_is_not_told(place, engine, say, monkeypatch):
    monkeypatch.delenv("BAIDU_TOKEN")
    place.publish(a="改", b="乙")
    status, _, err = say()
    assert (status, engine.told("/urls")) == (0, [])
    assert "BAIDU_TOKEN是空的" in err
    assert len(engine.told("/indexnow")) == 1


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        (("/indexnow", (400, b"")), "IndexNow没有推送成：格式不对"),
        (("/indexnow", (403, b"")), f"密钥文件还取不到，或与设置不符：{SITE}/{KEY}.txt"),
        (("/indexnow", (422, b"")), "有网址不属于本站"),
        (("/indexnow", (429, b"")), "推送太频繁"),
        (("/indexnow", (418, b"")), "答复是418"),
        (("/indexnow", (503, b"")), "对方出错（503）"),
        (
            ("/urls", (401, b'{"error":401,"message":"token is not valid"}')),
            "BAIDU_TOKEN不对（401）",
        ),
        (("/urls", (400, b'{"error":400,"message":"over quota"}')), "今天的额度用完了（400）"),
        (("/urls", (400, b'{"error":400,"message":"site error"}')), "没有在百度搜索资源平台验证过"),
        (("/urls", (200, b"<html>")), "答复看不懂（200）"),
        (("/urls", (200, b"[]")), "没有说明（200）"),
        (("/urls", (400, b'{"message":"bad ' + TOKEN.encode() + b'"}')), "bad ……（400）"),
        (("/urls", (200, b'{"success":0,"not_same_site":["x"]}')), "有1个网址没有收，如x"),
        (("/urls", (200, b'{"success":0,"not_valid":["y"]}')), "有1个网址没有收，如y"),
    ],
)
def test_a_failure_is_told_in_chinese_and_stops_nothing(place, engine, say, answers, message):
    path, answer = answers
    engine.answers[path] = answer
    place.publish(a="改", b="乙")
    status, _, err = say()
    assert status == 0
    assert message in err
    assert "网站照常发布" in err
    assert not place.told(), "what was not told has to be told next time"
    engine.answers |= FINE
    engine.asked.clear()
    say()
    assert f"{SITE}/a/" in engine.told(path)[0]
    assert place.told()


def test_an_engine_that_is_down_does_not_keep_the_other_from_being_told(place, say):
    place.settings(key=KEY, baidu=True, indexnow_address="http://127.0.0.1:9/indexnow")
    place.publish(a="改", b="乙")
    status, out, err = say()
    assert (status, out) == (0, "已告诉百度：1个网址。\n")
    assert "IndexNow没有推送成：连不上" in err


def test_who_is_out_of_order_for_a_moment_is_asked_again(place, engine, say):
    engine.answers["/indexnow"] = [(500, b""), (502, b""), (202, b"")]
    place.publish(a="改", b="乙")
    assert say()[2] == ""
    assert len(engine.told("/indexnow")) == 3


def test_a_workflow_shows_a_failure_as_a_warning(place, engine, say):
    engine.answers["/indexnow"] = (429, b"")
    place.publish(a="改", b="乙")
    assert say("--format", "github")[2].startswith("::warning::IndexNow没有推送成")


def test_more_than_one_request_may_hold_is_told_in_parts(place, engine, say, monkeypatch):
    monkeypatch.setattr(ping, "MANY", {"IndexNow": 2, "百度": 3})
    place.publish(**{f"n{n}": "新" for n in range(5)})
    say()
    told = [json.loads(body)["urlList"] for body in engine.told("/indexnow")]
    assert [len(part) for part in told] == [2, 2, 2, 1]  # five new ones, two that have gone
    assert [len(body.splitlines()) for body in engine.told("/urls")] == [3, 2]


def test_a_new_look_is_no_news(place, engine, say):
    place.settings(key=KEY, most=3)
    place.publish(**{f"n{n}": "新" for n in range(4)})
    status, _, err = say()
    assert (status, engine.asked) == (0, [])
    assert "有4页变了，多半是换了样子" in err
    assert place.told(), "the next edit is to be told, and not these"
    say("--all")
    assert len(json.loads(engine.told("/indexnow")[0])["urlList"]) == 4


def test_what_has_changed_can_be_listed(place, engine, say):
    place.publish(a="改", b="乙")
    assert say("--list") == (0, f"{SITE}/a/\n", "")
    assert engine.asked == []
    assert not place.told()


def test_the_former_version_may_be_that_of_the_published_site(place, engine, say):
    place.publish(a="改", b="乙")
    status, out, err = say("--list", "--before", f"{engine.url}/manifest.txt")
    assert (status, out) == (0, "")
    assert "还没有上次的清单" in err


@pytest.mark.usefixtures("place")
def test_addresses_can_be_given(engine, say):
    Path("list").write_text(f"{SITE}/x/\n\n{SITE}/y/\n")
    assert say("--addresses", "list")[0] == 0
    assert json.loads(engine.told("/indexnow")[0])["urlList"] == [f"{SITE}/x/", f"{SITE}/y/"]


@pytest.mark.parametrize(
    ("files", "arguments", "message"),
    [
        ({"list": "https://example.org/x/"}, ["--addresses", "list"], "不是本站的网址"),
        ({}, ["--addresses", "none"], "没有文件none"),
        ({}, ["--after", "none"], "没有none，请先生成网站"),
        ({".build/manifest": "??"}, [], ".build/manifest:1:1: 不是文件清单的一行"),
        ({".build/manifest": f"{'0' * 64}  1  no/index.html\n"}, [], "文件清单与网站不符"),
    ],
    ids=["foreign", "no list", "not built", "damaged", "out of date"],
)
@pytest.mark.usefixtures("place")
def test_a_mistake_is_told_with_its_remedy(engine, files, arguments, message):
    for name, text in files.items():
        Path(name).write_text(text)
    with pytest.raises(SystemExit, match=message):
        ping.main(arguments)
    assert engine.asked == []
