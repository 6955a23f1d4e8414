"""The benchmark measures what it says; nothing here asserts a time."""

import hashlib
import json
import subprocess
import sys

import pytest

from tests.bench import corpus
from tests.bench.__main__ import measure
from tests.bench.sites import HERE, BenchError, Site, copy_project, tool
from tests.bench.table import HEADINGS, Row, markdown, rows

BURN = """
import os, sys, time
if os.fork() == 0:
    held = bytearray(60 << 20)
    while time.process_time() < 0.1:
        pass
    os._exit(0)
if sys.argv[1] == "waits":
    os.wait()
sys.exit(3)
"""


def row(tool: str = "plain", size: int = 10_000, mode: str = "cold", **figures: float) -> Row:
    values = dict.fromkeys(("wall", "cpu", "largest", "together", "pages", "output"), 10.0)
    return Row(size=size, mode=mode, tool=tool, **values | figures)


def test_an_article_is_the_same_in_every_corpus_and_on_every_python(tmp_path):
    for size in (5, 9):
        folder = tmp_path / str(size)
        corpus.write(map(corpus.article, range(size)), {folder: "ours"})
    few, more = ({p.name: p.read_bytes() for p in tmp_path.rglob(f"{n}/**/*.md")} for n in (5, 9))
    assert few.items() < more.items()
    digest = hashlib.sha256(corpus.article(7).text("ours").encode()).hexdigest()
    assert digest.startswith("25e5b98a5ae2b977")


def test_the_dialects_differ_in_their_heads_alone():
    item = corpus.article(3)
    texts = {item.text(dialect) for dialect in corpus.HEADS}
    assert len(texts) == 3
    assert {text.partition("\n\n")[2] for text in texts} == {item.body}


def test_articles_are_as_long_and_as_varied_as_trade_news():
    items = [corpus.article(number) for number in range(300)]
    lengths = [corpus.han(item.body) for item in items]
    assert min(lengths) >= 1650
    assert max(lengths) <= 3900
    for part in (
        "\n## ",
        "\n### ",
        "\n- ",
        "\n1. ",
        "\n> ",
        "\n| ",
        "```json",
        "```python",
        "**",
        "](",
    ):
        assert any(part in item.body for item in items), part
    assert {item.channel for item in items} == set(corpus.CHANNELS)
    assert {item.author for item in items} == set(corpus.AUTHORS)
    tags = [tag for item in items for tag in item.tags]
    assert tags.count(corpus.TAGS[0]) > 3 * tags.count(corpus.TAGS[-1])


def test_the_gate_refuses_nothing_of_the_corpus(tmp_path):
    copy_project(tmp_path)
    items = [corpus.article(number) for number in range(30)]
    content = tmp_path / "content"
    corpus.write(items, {content: "ours"})
    paths = [f"content/{item.path}" for item in items]
    told = subprocess.run(
        [sys.executable, "-m", "press", "check", *paths],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stdout


ADOPTS = pytest.mark.skipif(sys.platform != "linux", reason="no other system lets adopt orphans")


@pytest.mark.parametrize("parent", ["waits", pytest.param("leaves", marks=ADOPTS)])
def test_the_work_of_every_process_counts(parent):
    command = [sys.executable, "-I", HERE / "measure.py", sys.executable, "-c", BURN, parent]
    found = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    assert found["code"] == 3
    assert found["cpu"] >= 0.1
    assert found["largest"] > 60 << 20


@pytest.fixture
def site(tmp_path):
    return Site(tool("plain", tmp_path), tmp_path / "plain", 20)


def test_a_run_of_the_press_gives_every_cell(site):
    found = rows(20, measure([site], ["cold", "edit"], runs=1, limit=120))
    assert [(row.mode, row.pages > 20) for row in found] == [("cold", True), ("edit", True)]
    lines = [line for line in markdown(found).splitlines() if line.startswith("| 20 ")]
    for line in lines:
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        assert len(cells) == len(HEADINGS)
        assert all(cells)
        assert not {"0.00", "0", "0.0"} & set(cells)


def test_a_cold_build_finds_nothing_that_another_left(tmp_path):
    site = Site(tool("pelican", tmp_path), tmp_path / "pelican", 20)
    site.prepare()
    site.change("cold", 0)
    before = sorted(path.name for path in site.folder.iterdir())
    for name in ("output", ".cache", "anything"):
        (site.folder / name / "deep").mkdir(parents=True)
    (site.folder / "file").touch()
    site.change("cold", 0)
    assert sorted(path.name for path in site.folder.iterdir()) == before
    assert "content" in before


def test_a_build_that_lacks_a_page_is_no_figure(site):
    item = site.middle
    page = site.output / item.url / "index.html"
    with pytest.raises(BenchError, match=f"lacks 1 pages: {item.url}"):
        site.check([item.url], "cold", 0)
    page.parent.mkdir(parents=True)
    page.write_text("正文")
    site.check([item.url], "cold", 0)
    with pytest.raises(BenchError, match="the added paragraph"):
        site.check([item.url], "edit", 0)


def test_a_build_that_fails_is_no_figure(site):
    site.folder.mkdir()
    with pytest.raises(BenchError, match="status 1"):
        site.build(60)


def test_a_budget_is_told_as_met_or_not():
    text = markdown([row("hugo"), row(cpu=9.0, wall=12.0, together=400.0)])
    assert "wall ≤ 1 × hugo **not met: 1.20 ×**" in text
    assert "cpu ≤ 1 × hugo met" in text
    assert "memory ≤ 300 MiB **not met: 400.00**" in text
    alone = markdown([row()])
    assert "hugo" not in alone.partition("\n| 10,000")[2]


def test_growth_is_told_from_thousand_to_ten_thousand():
    assert "plain 12.5" in markdown([row(size=1_000, cpu=0.8), row()])
