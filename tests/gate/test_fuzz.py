"""Any input at all: no traceback, no hang, nothing that acts on a page.

Inputs grow from the cases: their lines are cut, doubled, shuffled and mixed with what has hurt others,
their bytes are flipped. ``make test-long`` goes on for many minutes (``HYPOTHESIS_PROFILE=long``).
"""

import os
import random
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plugins import _markdown
from plugins._limits import within
from press import gate
from press.check import Checker
from press.server import Server
from tests.gate.active import active
from tests.gate.cases import HEAD, HERE, OWN, WORLD, encoded, load, put
from tests.gate.test_build import OWN_PLAYERS, Site

LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
EXAMPLES = 30_000 if LONG else 300
SECONDS = 5  # of a processor, for any input
GIVEN = [
    b"".join(what for what in case.files().values() if isinstance(what, bytes)) for case in load()
]
SMALL = [data for data in GIVEN if 0 < len(data) < 3_000]
LINES = sorted({line for data in SMALL for line in data.split(b"\n")})
# What has hurt somebody: pieces that begin, end or hide something.
PIECES = [
    encoded(line).removesuffix(b"\n")
    for line in (HERE / "pieces.txt").read_text(encoding="utf-8").splitlines()
]
OPTIONS = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=not LONG,
    suppress_health_check=list(HealthCheck),
    database=None,
)


def cut(data: bytes, place: float) -> int:
    return int(place * len(data))


places = st.floats(0, 1, exclude_max=True)
changes = st.one_of(
    st.tuples(st.just("insert"), places, st.sampled_from(PIECES)),
    st.tuples(
        st.just("insert"), places, st.sampled_from(LINES).map(lambda line: b"\n" + line + b"\n")
    ),
    st.tuples(st.just("insert"), places, st.binary(min_size=1, max_size=3)),
    st.tuples(st.just("repeat"), places, st.tuples(st.sampled_from(PIECES), st.integers(2, 200))),
    st.tuples(st.just("remove"), places, st.integers(1, 60)),
    st.tuples(st.just("double"), places, st.integers(1, 200)),
    st.tuples(st.just("flip"), places, st.integers(0, 7)),
    st.tuples(st.just("shuffle"), places, st.integers(0, 99)),
)


def changed(data: bytes, change: tuple[str, float, object]) -> bytes:
    """Return an input with one change."""
    kind, place, what = change
    at = cut(data, place)
    made = data
    match kind:
        case "insert":
            made = data[:at] + what + data[at:]
        case "repeat":
            made = data[:at] + what[0] * what[1] + data[at:]
        case "remove":
            made = data[:at] + data[at + what :]
        case "double":
            made = data[: at + what] + data[at:]
        case "flip" if data:
            made = data[:at] + bytes([data[at] ^ (1 << what)]) + data[at + 1 :]
        case "shuffle":
            lines = data.split(b"\n")
            random.Random(what).shuffle(lines)  # noqa: S311  no secret
            made = b"\n".join(lines)
    return made


@st.composite
def inputs(draw: st.DrawFn) -> bytes:
    """A file that grew from a case."""
    data = draw(st.sampled_from(SMALL))
    for change in draw(st.lists(changes, min_size=1, max_size=6)):
        data = changed(data, change)
    return data if draw(st.booleans()) else HEAD.encode() + data


@pytest.fixture(scope="module")
def reading() -> Iterator[gate.Reading]:
    with TemporaryDirectory() as folder:
        content = Path(folder) / "content"
        put(content, WORLD)
        yield Checker({"PATH": str(content)}).by


def body_html(data: bytes) -> str:
    """The HTML that the converter makes of an input, also of one that the gate refuses."""
    body = data.decode("utf-8", "replace").replace("\x02", "?").replace("\x03", "?")
    return _markdown.convert(
        body,
        line=1,
        take_lead=False,
        math=True,
        references=2,
        link=lambda path: "../other/" if path == "other.md" else None,
        picture=lambda _path: None,
    ).html


# A player as plugins/_blocks.py makes it, to the letter.
PLAYER = re.compile(
    '<iframe title="[^"<>]*" loading="lazy" allowfullscreen referrerpolicy="no-referrer" '
    f'src="(?:{"|".join(map(re.escape, OWN_PLAYERS))})[^"<>]*"></iframe>'
)


def check(data: bytes, by: gate.Reading) -> None:
    (by.root / OWN).write_bytes(data)
    with within(SECONDS):
        text, found = gate.read(OWN, by)
        assert text is not None or any(finding.level == "error" for finding in found)
        for finding in found:
            assert finding.line >= 1
            assert finding.column >= 1
            assert len(finding.message) > 5
            assert "已经停下" not in finding.message  # the time limit is for what nobody thought of
        if text is not None:
            assert not [*active(PLAYER.sub("", f"{text.lead}\n{text.html}"))]
        assert not [*active(PLAYER.sub("", body_html(data)))]


@OPTIONS
@given(data=inputs())
def test_any_input_is_read_or_refused_and_nothing_of_it_acts(data, reading):
    check(data, reading)


@OPTIONS
@given(text=st.text(st.characters(codec="utf-8"), max_size=200))
def test_any_text_is_read_or_refused(text, reading):
    check(text.encode(), reading)


def mutants(count: int, seed: int) -> list[bytes]:
    """Some changed cases, always the same ones."""
    chance = random.Random(seed)  # noqa: S311  no secret
    found = []
    while len(found) < count:
        data = chance.choice(SMALL)
        for _ in range(chance.randint(1, 4)):
            at = chance.randint(0, len(data))
            data = data[:at] + chance.choice([*PIECES, chance.choice(LINES)]) + data[at:]
        found.append(data if chance.random() < 0.3 else HEAD.encode() + data)
    return found


def test_a_build_of_many_changed_cases_leaves_the_output_as_it_was(tmp_path):
    site = Site(tmp_path)
    assert site.build("press").returncode == 0
    before = site.output()
    files = {
        f"articles/2026/11/m{number:03}.md": data for number, data in enumerate(mutants(200, 4))
    }
    put(site.folder / "content", files)
    built = site.build("press")
    assert built.returncode == 1
    assert "Traceback" not in built.stderr
    assert site.output() == before


# ---- in a real browser ----

POLICY = "default-src 'none'; img-src 'self'; form-action 'none'; base-uri 'none'"
PAGE = """<!doctype html><html lang=zh-CN><head><meta charset=utf-8>
<meta http-equiv=Content-Security-Policy content="{policy}"><title>甲</title></head><body>
{bodies}
<p id=end>完</p></body></html>"""
LISTEN = """
window.heard = [];
document.addEventListener("securitypolicyviolation", e => heard.push(e.violatedDirective + " " + e.sample));
for (const name of ["alert", "confirm", "prompt"]) window[name] = () => heard.push(name);
"""
# Whoever hears a pointer, hears it now.
HOVER = """for (const a of document.querySelectorAll("main *"))
  a.dispatchEvent(new MouseEvent("mouseover", {bubbles: true}))"""


@pytest.fixture
def heard(page, tmp_path):
    """Show bodies on a page in Chromium; return what was reported, opened or asked for."""
    with Server(tmp_path) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()

        def heard(bodies: list[str]) -> list[str]:
            articles = "\n".join(f"<article><main>{body}</main></article>" for body in bodies)
            (tmp_path / "index.html").write_text(
                PAGE.format(policy=POLICY, bodies=articles), encoding="utf-8"
            )
            opened = page()
            told: list[str] = []
            opened.add_init_script(LISTEN)
            opened.on(
                "dialog", lambda dialog: (told.append(f"dialog {dialog.message}"), dialog.dismiss())
            )
            opened.on("request", lambda request: told.append(request.url))
            opened.goto(server.url)
            assert opened.locator("#end").is_visible()  # nothing swallows what comes after it
            assert opened.locator("article").count() == len(bodies)
            opened.evaluate(HOVER)
            opened.wait_for_timeout(300)
            ours = {server.url, f"{server.url}favicon.ico"}
            return [one for one in told + opened.evaluate("heard") if one not in ours]

        yield heard
        server.shutdown()
        thread.join()


ACTING = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<kbd onmouseover=alert(1)>x</kbd>",
    '<p style="color:red">x</p>',
    "<iframe src=https://evil.invalid/></iframe>",
    "<img src=https://evil.invalid/x.png>",
]


@pytest.mark.parametrize("body", ACTING[:-1])
def test_what_acts_is_seen_in_the_html_too(body):
    assert [*active(body)]


@pytest.mark.parametrize("body", ACTING)
def test_the_browser_would_tell(heard, body):
    assert heard([f"<p>前</p>{body}"])


def test_nothing_of_all_cases_and_their_changes_acts_in_a_browser(heard):
    inputs = [*SMALL, *mutants(1500 if LONG else 400, 11)]
    bodies = [
        html for data in inputs if "<iframe" not in (html := body_html(data)) and "<img" not in html
    ]
    assert len(bodies) > 800
    assert heard(bodies) == []
