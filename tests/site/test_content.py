"""What the site's own content must hold; read from the source files, without Pelican."""

import re
import tomllib
from datetime import datetime, timedelta, timezone
from itertools import pairwise
from pathlib import Path

import pytest

CONTENT = Path(__file__).parents[2] / "content"
ARTICLES = sorted(CONTENT.glob("articles/**/*.md"))
FLASH = sorted(CONTENT.glob("flash/**/*.md"))
TOPICS = sorted(CONTENT.glob("topics/*.md"))
PAGES = sorted(CONTENT.glob("pages/*.md"))
SHANGHAI = timezone(timedelta(hours=8))

HAN = re.compile(r"[\u4e00-\u9fff]")
CITE = re.compile(r"\[\[(\d+)\]\]")
LINK = re.compile(r"\]\(([^)\s]+)[^)]*\)")
FENCE = re.compile(r"^```.*?^```$", re.M | re.S)
RELATIVE_DAY = re.compile(r"去年|今年|近日|日前|目前|昨天|前不久")
FAKE_ORDERS = re.compile(r"补单|刷单|空包|好评返现")
HOLLOW = re.compile(r"值得注意的是|总的来说|在当今|众所周知|业内人士|记者获悉")
TYPED_SPACE = re.compile(r"[\u4e00-\u9fff] +[A-Za-z0-9]|[A-Za-z0-9%] +[\u4e00-\u9fff]")
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,;:?!]|[\"「」『』]|\.\.\.|。。")
SHORT_YEAR = re.compile(r"(?<!\d)\d{2}年")


def head_and_body(path: Path) -> tuple[dict[str, list[str]], str]:
    head, body = path.read_text(encoding="utf-8").split("\n\n", 1)
    fields: dict[str, list[str]] = {}
    for line in head.splitlines():
        key, value = line.split(": ", 1)
        fields.setdefault(key, []).append(value)
    return fields, body


def data(name: str) -> dict:
    return tomllib.loads((CONTENT / "data" / name).read_text(encoding="utf-8"))


def lines_of(name: str) -> list[str]:
    lines = (CONTENT / "data" / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def names(file: str, kind: str) -> set[str]:
    return {entry["name"] for entry in data(file)[kind]}


def each(paths: list[Path]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("path", paths, ids=lambda path: path.stem)


def prose(body: str) -> str:
    """The body without fences, marks and link targets, line starts stripped of their signs.

    What stands in backticks is a word that is named, not used.
    """
    body = re.sub(r"`[^`\n]+`", "", FENCE.sub("", body))
    text = LINK.sub("]", CITE.sub("", FENCE.sub("", body)))
    text = re.sub(r"<[^>]+>", "", text)
    return re.sub(
        r"^(#+|>|-|\d+\.|\[\^\d\]:|\*\[\w+\]:) *|(?<=\|) +| +(?=\|)", "", text, flags=re.M
    )


@each(ARTICLES)
def test_title_has_12_to_28_characters(path):
    head, _ = head_and_body(path)
    assert 12 <= len(head["标题"][0]) <= 28


@each(ARTICLES)
def test_lead_has_50_to_90_han_and_does_not_repeat_the_title(path):
    head, _ = head_and_body(path)
    assert 50 <= len(HAN.findall(head["摘要"][0])) <= 90
    assert head["标题"][0] not in head["摘要"][0]


@each(ARTICLES + FLASH)
def test_every_source_is_cited_and_every_mark_has_its_source(path):
    head, body = head_and_body(path)
    cited = {int(number) for number in CITE.findall(body)}
    assert cited == set(range(1, len(head["资料"]) + 1))


@each(ARTICLES + FLASH)
def test_sources_say_publisher_and_title(path):
    head, _ = head_and_body(path)
    for reference in head["资料"]:
        parts = [part.strip() for part in reference.split("|")]
        assert 2 <= len(parts) <= 4
        assert parts[0]
        assert parts[1]
        assert len(parts) < 4 or parts[3].startswith(("https://", "http://"))


@each(ARTICLES)
def test_channel_author_source_and_dossier_are_known(path):
    head, _ = head_and_body(path)
    assert head["频道"][0] in names("channels.toml", "channel")
    assert set(head["作者"] + head.get("责编", [])) <= names("authors.toml", "author")
    assert head["来源"][0] in names("sources.toml", "source")
    assert set(head.get("专题", [])) <= {head_and_body(topic)[0]["标题"][0] for topic in TOPICS}


@each(ARTICLES)
def test_article_has_three_to_five_tags(path):
    head, _ = head_and_body(path)
    tags = head["标签"][0].split(", ")
    assert len(set(tags)) == len(tags)
    assert 3 <= len(tags) <= 5


@each(ARTICLES + FLASH + TOPICS + PAGES)
def test_is_not_dated_in_the_future(path):
    head, _ = head_and_body(path)
    written = datetime.strptime(head["日期"][0], "%Y-%m-%d %H:%M:%S").replace(tzinfo=SHANGHAI)
    assert written <= datetime.now(SHANGHAI)


@each(ARTICLES + FLASH)
def test_lies_in_the_folder_of_its_month(path):
    head, _ = head_and_body(path)
    assert path.parts[-3:-1] == tuple(head["日期"][0].split("-")[:2])
    assert re.fullmatch(r"[a-z0-9-]+", path.stem)


@each(ARTICLES)
def test_every_table_says_how_it_was_counted_and_until_when(path):
    _, body = head_and_body(path)
    blocks = body.split("\n\n")
    tables = [i for i, block in enumerate(blocks) if block.startswith("|")]
    for i in tables:
        assert blocks[i - 1].startswith("表：")
        assert "口径：" in blocks[i - 1]
        assert re.search(r"截至\d{4}年\d{1,2}月\d{1,2}日）$", blocks[i - 1])


@each(ARTICLES + FLASH + TOPICS)
def test_no_paragraph_is_longer_than_180_characters(path):
    _, body = head_and_body(path)
    for block in FENCE.sub("", body).split("\n\n"):
        if not block.startswith(("|", "表：", "- ", "1. ", "> [!")):
            assert len(LINK.sub("]", CITE.sub("", block))) <= 180, block


@each(ARTICLES + FLASH + TOPICS + PAGES)
@pytest.mark.parametrize("unwanted", [RELATIVE_DAY, HOLLOW, TYPED_SPACE, HALF_WIDTH, SHORT_YEAR])
def test_text_is_free_of(path, unwanted):
    head, body = head_and_body(path)
    text = "\n".join([*head["标题"], *head.get("摘要", []), prose(body)])
    assert not unwanted.search(text), unwanted.search(text)


@each(ARTICLES + FLASH + TOPICS + PAGES)
def test_only_the_law_channel_names_fake_orders_and_never_in_a_link(path):
    head, body = head_and_body(path)
    lawful = head.get("频道") == ["法规"]
    texts = re.findall(r"\[[^\]]*\]\([^)]*\)", body) if lawful else ["\n".join(head["标题"]), body]
    texts += head["标签"] + head.get("资料", []) if "标签" in head else []
    assert not FAKE_ORDERS.search("\n".join(texts))


@each(ARTICLES + FLASH + TOPICS + PAGES)
def test_internal_links_lead_somewhere(path):
    _, body = head_and_body(path)
    for target in LINK.findall(body):
        if target.startswith("/"):
            page = CONTENT / "pages" / f"{target.strip('/')}.md"
            assert target.startswith("/feeds/") or page.is_file(), target
        elif not target.startswith(("https://", "http://", "mailto:")):
            assert (path.parent / target).is_file(), target


def test_front_page_has_one_lead_and_four_to_six_seconds():
    ranks = [head_and_body(path)[0].get("头条", [""])[0] for path in ARTICLES]
    assert ranks.count("头条") == 1
    assert 4 <= ranks.count("要闻") <= 6


def test_every_channel_has_an_article():
    used = {head_and_body(path)[0]["频道"][0] for path in ARTICLES}
    assert used == names("channels.toml", "channel")


@each(TOPICS)
def test_dossier_has_an_introduction_members_and_points(path):
    head, body = head_and_body(path)
    assert 120 <= len(HAN.findall(body)) <= 250
    members = [head_and_body(article)[0] for article in ARTICLES]
    members = [member for member in members if head["标题"][0] in member.get("专题", [])]
    assert len(members) >= 2
    assert all(member.get("节点") for member in members)


@each(FLASH)
def test_flash_is_one_dated_paragraph_under_a_short_title(path):
    head, body = head_and_body(path)
    assert len(head["标题"][0]) <= 36
    assert "\n\n" not in body.strip()
    assert re.search(r"\d{4}年", body)
    assert len(head["资料"]) == 1


def test_moments_of_writing_are_all_different():
    dates = [head_and_body(path)[0]["日期"][0] for path in ARTICLES + FLASH]
    assert len(set(dates)) == len(dates)


def test_addresses_in_the_data_are_used_once():
    for file, kind in (("channels.toml", "channel"), ("authors.toml", "author")):
        addresses = [entry["address"] for entry in data(file)[kind]]
        assert len(set(addresses)) == len(addresses)
        assert all(re.fullmatch(r"[a-z0-9-]+", address) for address in addresses)


def test_ranks_descend_and_say_how_they_were_counted():
    for rank in data("ranks.toml")["rank"]:
        values = [float(row["value"]) for row in rank["row"]]
        assert all(higher > lower for higher, lower in pairwise(values)), rank["id"]
        assert rank["method"]
        assert rank["source"]
        assert rank["edition"]


def test_no_advertisement_and_no_announcement_is_on():
    assert data("ads.toml") == {}
    assert data("announcement.toml") == {}


def test_mottos_are_60_different_short_lines():
    mottos = lines_of("mottos.txt")
    assert len(set(mottos)) == len(mottos) == 60
    assert all(6 <= len(HAN.findall(motto)) <= 20 for motto in mottos)


def test_glossary_explains_30_terms_each_at_its_own_anchor():
    _, body = head_and_body(CONTENT / "pages/glossary.md")
    terms = re.findall(r"^### (.+)\n\n\S", body, re.M)
    assert len(set(terms)) == len(terms) == body.count("\n### ") == 30


def test_site_words_are_different():
    words = lines_of("words.txt")
    assert len(set(words)) == len(words) >= 60
