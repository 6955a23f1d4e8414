"""What the ledger of addresses asks of a build: lines in, redirects and refusals out."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins import _ledger
from plugins._ledger import GONE, HALF, Line, Live, Rules, mark_of, parse, plan, told

TODAY = "2026-11-22"
NINE, TEN = datetime(2026, 11, 1, 9), datetime(2026, 11, 1, 10)
OTHER = {"2026/11/z/": Live("articles/2026/11/z.md", "", mark_of(TEN, "还在的一篇"), timed=True)}


def line(name, title="甲", moment=NINE, to="", folder="articles", **given):
    """The line of an article of November."""
    values = {"mark": mark_of(moment, title), "first": "2026-11-02", "number": 7}
    return Line(f"2026/11/{name}/", f"{folder}/2026/11/{name}.md", to=to, **values | given)


def text(name, title="甲", moment=NINE, *aliases, timed=True):
    """What stands at the address of an article of November."""
    source = f"articles/2026/11/{name}.md"
    return {f"2026/11/{name}/": Live(source, title, mark_of(moment, title), timed, aliases)}


def compared(*lines, live=None, **rules):
    """The plan for a site of these texts, and of one more that nothing happens to."""
    return plan(lines, OTHER | (live or {}), Rules(TODAY, **rules))


def here(*_):
    """Stand for a file that is there."""
    return (3, 5)


# ---- where an address leads ----

A, B, C = "2026/11/a/", "2026/11/b/", "2026/11/c/"
MOVES = [
    pytest.param([line("a")], text("b"), {A: B}, id="git mv"),
    pytest.param([line("a")], text("b", "新标题"), {A: B}, id="git mv and a new title"),
    pytest.param([line("a")], text("b", moment=TEN), None, id="the same title at another time"),
    pytest.param([line("a")], text("b", timed=False), {A: B}, id="a mere day, and the title"),
    pytest.param([line("a")], text("b", "乙", timed=False), None, id="a mere day is not enough"),
    pytest.param([line("a")], text("b") | text("c"), None, id="two that may be it"),
    pytest.param([line("a"), line("c", "丙")], text("b", "乙"), None, id="two that one may be"),
    pytest.param([line("a"), line("c")], text("b"), {A: B, C: B}, id="two that were the same"),
    pytest.param([line("a"), line("b")], text("b"), {A: B}, id="a copy that was listed before"),
    pytest.param(
        [line("a"), line("b", "乙")], text("b", "乙"), None, id="one that is listed itself"
    ),
    pytest.param([line("a", to=B), line("b")], text("b"), {A: B}, id="moved before"),
    pytest.param([line("a", to=B), line("b")], text("c"), {A: C, B: C}, id="moved twice: no chain"),
    pytest.param([line("a", to=B), line("b")], text("a"), {B: A}, id="moved back"),
    pytest.param([line("a", to=GONE)], {}, {}, id="given up"),
    pytest.param([line("a", to=B), line("b", to=GONE)], {}, {}, id="led to what was given up"),
    pytest.param([line("a", to="archives/")], {}, {A: "archives/"}, id="led to a list by hand"),
    pytest.param([line("a")], text("b", "乙", TEN, A), {A: B}, id="claimed by 旧网址"),
    pytest.param([], text("b", "甲", NINE, "post/1.html"), {"post/1.html": B}, id="from elsewhere"),
    pytest.param(
        [line("a", to=C)], text("b", "乙", TEN, A), {A: B}, id="旧网址 outweighs the ledger"
    ),
    pytest.param(
        [line("a", to=B), line("b")], text("c", "丙", TEN, B), {A: C, B: C}, id="claimed on its way"
    ),
    pytest.param([line("a", first="2026-11-23")], {}, {}, id="a build of the day before"),
    pytest.param([line("a")], text("a", "新标题"), {}, id="edited where it stands"),
]


@pytest.mark.parametrize(("lines", "live", "moved"), MOVES)
def test_where_published_addresses_lead(lines, live, moved):
    found = compared(*lines, live=live)
    assert (found.moved if not found.refused else None) == moved


@pytest.mark.parametrize(("lines", "live", "moved"), MOVES)
def test_the_new_ledger_gives_the_same_site_and_stays_as_it_is(lines, live, moved):
    first = compared(*lines, live=live)
    if moved is not None:
        again = compared(*first.lines, live=live)
        assert (again.moved, again.emptied, again.refused) == (moved, first.emptied, [])
        assert told(again.lines) == told(first.lines)
        assert not again.unlisted


LISTED = [
    Line("tag/tui-huo/", "tag:退货", "", "2026-11-02", number=3),
    Line("author/li/", "author:李四", "", "2026-11-02", number=4),
    Line("channel/live/", "channel:直播", "", "2026-11-02", number=5),
]


@pytest.mark.parametrize(
    ("live", "moved", "emptied"),
    [
        pytest.param(
            {"tag/tui/": Live("tag:退货")},
            {"tag/tui-huo/": "tag/tui/"},
            {"author/li/": "archives/"},
            id="the tag's address was changed",
        ),
        pytest.param(
            {"author/li/": Live("author:李四")}, {}, {"tag/tui-huo/": "tag/"}, id="the tag is empty"
        ),
        pytest.param(
            {"tag/tui-huo/": Live("tag:退 货"), "author/li/": Live("author:李四")},
            {},
            {},
            id="the tag was renamed and kept its address",
        ),
    ],
)
def test_lists_that_move_or_run_empty(live, moved, emptied):
    found = compared(*LISTED, live=live | {"channel/live/": Live("channel:直播")})
    assert (found.moved, found.emptied, found.refused) == (moved, emptied, [])
    again = compared(*found.lines, live=live | {"channel/live/": Live("channel:直播")})
    assert (again.moved, again.emptied, again.refused) == (moved, emptied, [])


# ---- what is refused ----


@pytest.mark.parametrize(
    ("lines", "live", "messages"),
    [
        pytest.param(
            [line("a")],
            {},
            [
                "content/data/addresses.tsv:7:1: content/articles/2026/11/a.md不见了，它发布过的网址"
                "/2026/11/a/会打不开。请把文件放回去，要撤下来就在头里写一行“撤稿: 2026-11-22 原因”；"
                "或者在接替它的那一篇的头里写一行“旧网址: /2026/11/a/”"
            ],
            id="a lost file",
        ),
        pytest.param(
            [line("a")],
            text("b") | text("c"),
            [
                "content/data/addresses.tsv:7:1: content/articles/2026/11/a.md不见了，它可能改名成了"
                "content/articles/2026/11/b.md、content/articles/2026/11/c.md，从日期和标题分不清："
                "请在接替它的那一篇的头里写一行“旧网址: /2026/11/a/”"
            ],
            id="two candidates",
        ),
        pytest.param(
            [line("a")],
            text("a", "乙", TEN),
            [
                "content/articles/2026/11/a.md:1:1: 网址/2026/11/a/发表过另一篇"
                "（data/addresses.tsv第7行，来自articles/2026/11/a.md）：请给这一篇换个文件名。"
                "如果是同一篇，只是标题和日期都改了，把账本那一行的指纹删空，再运行make html"
            ],
            id="another text at a published address",
        ),
        pytest.param(
            [line("a", mark="")], text("a", "乙", TEN), [], id="unless the mark is erased"
        ),
        pytest.param(
            [line("a", to=B), line("b")],
            text("a", "乙", TEN) | text("b"),
            ["content/articles/2026/11/a.md:1:1: 网址/2026/11/a/发表过另一篇"],
            id="another text at an address that leads on",
        ),
        pytest.param(
            [line("a", to=GONE)],
            text("a", "乙", TEN),
            ["content/articles/2026/11/a.md:1:1: 网址/2026/11/a/发表过另一篇"],
            id="another text at an address that was given up",
        ),
        pytest.param(
            [line("a", to=B), line("b", to=A)],
            {},
            [
                "content/data/addresses.tsv:7:62: 改到的/2026/11/a/绕成了一圈",
                "content/data/addresses.tsv:7:62: 改到的/2026/11/b/绕成了一圈",
            ],
            id="a circle",
        ),
        pytest.param(
            [line("a", to="nowhere/")],
            {},
            ["content/data/addresses.tsv:7:62: 改到的/nowhere/上什么也没有：请写现在有文章的网址"],
            id="to nothing",
        ),
        pytest.param(
            [],
            text("b", "乙", TEN, B),
            ["content/articles/2026/11/b.md:1:1: 旧网址/2026/11/b/就是这一篇现在的网址：请删去"],
            id="旧网址 is its own",
        ),
        pytest.param(
            [],
            text("b", "乙", TEN, "2026/11/z/"),
            [
                "content/articles/2026/11/b.md:1:1: 旧网址/2026/11/z/上现在还有articles/2026/11/z.md："
                "请写别的，或删去这一行"
            ],
            id="旧网址 is another's",
        ),
        pytest.param(
            [],
            text("b", "乙", TEN, A) | text("c", "丙", NINE, A),
            [
                "content/articles/2026/11/c.md:1:1: 旧网址/2026/11/a/，articles/2026/11/b.md也写了："
                "只能转到一篇，请删去一处"
            ],
            id="旧网址 of two",
        ),
        pytest.param(
            LISTED[2:],
            {},
            [
                "content/data/addresses.tsv:5:1: 频道“直播”没有了，它的网址/channel/live/会打不开："
                "请放回data里，或在这一行的最后一栏写上接替它的网址，如channel/news/；"
                "网站还没有对外发布过的，删去这一行就行"
            ],
            id="a lost channel",
        ),
        pytest.param(
            LISTED[:1],
            {"tag/tui-huo/": Live("tag:推活"), "tag/tui/": Live("tag:退货")},
            [
                "content/data/addresses.tsv:3:1: 网址/tag/tui-huo/原来是标签“退货”的，"
                "现在成了标签“推活”的：请在data/tags.toml里给标签“推活”另写一个地址"
            ],
            id="a tag at another's address",
        ),
    ],
)
def test_what_stops_a_build(lines, live, messages):
    found = compared(*lines, live=live).refused
    assert len(found) == len(messages)
    for message, expected in zip(sorted(found), sorted(messages), strict=True):
        assert message.startswith(expected)


def test_a_text_that_is_there_but_not_published_is_refused_where_its_head_says_so():
    (message,) = compared(line("a"), place=here).refused
    assert message == (
        "content/articles/2026/11/a.md:3:5: 这一篇发布过，网址/2026/11/a/不能就这样消失，"
        "草稿和将来的日期都会让它消失：请改回去；要撤下来，写一行“撤稿: 2026-11-22 原因”"
    )


def many(count, lost):
    """A ledger of so many texts, of which the first ones are not on the site."""
    moments = [datetime(2026, 1, 1 + n % 28, n // 28) for n in range(count)]
    lines = [line(f"n{n:03}", f"题{n}", moment) for n, moment in enumerate(moments)]
    live = {one.address: Live(one.source, "", one.mark) for one in lines[lost:]}
    return lines, live


@pytest.mark.parametrize(
    ("count", "lost", "messages"),
    [
        pytest.param(5, 3, 3, id="a tiny site: each is named"),
        pytest.param(5, 4, 1, id="a tiny site that loses nearly all"),
        pytest.param(40, 4, 4, id="a tenth is no mass"),
        pytest.param(40, 5, 1, id="more than a tenth"),
    ],
)
def test_the_loss_of_many_is_told_in_one_message(count, lost, messages):
    lines, live = many(count, lost)
    assert len(plan(lines, live, Rules(TODAY)).refused) == messages


def test_lost_channels_are_no_mass_loss_of_texts():
    lines, live = many(40, 0)
    names = "甲乙丙丁戊"
    gone = [
        Line(f"channel/c{n}/", f"channel:{name}", "", "2026-11-02") for n, name in enumerate(names)
    ]
    refused = plan([*lines, *gone], live, Rules(TODAY)).refused
    assert [f"频道“{name}”没有了" in one for name, one in zip(names, refused, strict=True)] == [
        True
    ] * 5


def test_a_mass_loss_gives_number_examples_and_the_way_to_confirm_it():
    lines, live = many(40, 6)
    (message,) = plan(lines, live, Rules(TODAY)).refused
    assert message.startswith(
        "content/data/addresses.tsv:7:1: 发布过的40篇里，有6篇不见了：content/articles/2026/11/n000.md、"
    )
    assert "n004.md等。" in message
    assert "make html CONFIRM=yes" in message


def test_a_confirmed_loss_is_noted_and_its_addresses_stay_taken():
    lines, live = many(40, 6)
    found = plan(lines, live, Rules(TODAY, confirmed=True))
    assert (found.refused, found.moved) == ([], {})
    assert [one.address for one in found.lines if one.to == GONE] == [
        f"2026/11/n{n:03}/" for n in range(6)
    ]
    assert plan(found.lines, live, Rules(TODAY)).refused == []
    reused = live | {"2026/11/n000/": Live("articles/2026/11/n000.md", "", mark_of(TEN, "另一篇"))}
    (message,) = plan(found.lines, reused, Rules(TODAY)).refused
    assert "发表过另一篇" in message


def test_a_site_without_any_news_is_refused_also_where_nothing_is_known():
    page = {"about/": Live("pages/about.md")}
    (message,) = plan([], page, Rules(TODAY)).refused
    assert message.startswith("content/articles:1:1: 一篇文章也没有")
    assert plan([], page, Rules(TODAY, confirmed=True)).refused == []
    assert plan([], page, Rules(TODAY, strict=False)).refused == []


def test_a_preview_loses_nothing():
    lines, live = many(40, 30)
    assert plan(lines, live, Rules(TODAY, strict=False)).refused == []


def test_what_the_ledger_does_not_know_is_told():
    assert compared(line("a"), live=text("a") | text("b", "乙", TEN)).unlisted == ["2026/11/z/", B]


# ---- the file ----

ROW = "2026/11/a/\tarticles/2026/11/a.md\t0123456789abcdef\t2026-11-02"


def test_a_ledger_is_read_as_it_is_written():
    lines = [line("b", to=A), line("a"), *LISTED]
    read, problems = parse(told(lines))
    assert not problems
    assert {one[:5] for one in read} == {one[:5] for one in lines}
    assert told(read) == told(lines)


def test_lines_are_sorted_by_address():
    assert [row.split("\t")[0] for row in told([line("b"), line("a")]).splitlines()[2:]] == [A, B]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        pytest.param(f"{ROW}\n<<<<<<< HEAD\n{ROW}", "2:1: 这里有合并冲突的标记", id="a conflict"),
        pytest.param("a b\n", "1:1: 这一行有1栏", id="no columns"),
        pytest.param(f"{ROW}\t\t\n", "1:1: 这一行有6栏", id="too many columns"),
        pytest.param(f"/{ROW}", "1:1: “/2026/11/a/”不对", id="a slash before it"),
        pytest.param(ROW.replace("2026/11/a/\t", "../a/\t"), "1:1: “../a/”不对", id="leads out"),
        pytest.param(ROW.replace("cdef", "cde"), "1:34: “0123456789abcde”不对", id="a short mark"),
        pytest.param(ROW.replace("-02", "-32"), "1:51: “2026-11-32”不是日期", id="no day"),
        pytest.param(f"{ROW}\t/b/", "1:62: “/b/”不对", id="a slash before its end"),
        pytest.param(
            f"{ROW}\t{B}\n{ROW}\t{C}",
            "2:1: 网址2026/11/a/在第1行登记过，去处不同：请只留一行",
            id="two ways",
        ),
    ],
)
def test_a_mistake_in_the_file_is_told_with_its_place(text, problem):
    _, problems = parse(text)
    assert len(problems) == 1
    (line, column, message) = problems[0]
    assert f"{line}:{column}: {message}".startswith(problem)


def test_the_same_line_of_two_editors_counts_once_and_from_the_earlier_day():
    (found,), problems = parse(f"{ROW}\n{ROW.replace('11-02', '11-01').replace('abc', '000')}\n")
    assert (found.first, problems) == ("2026-11-01", [])


def test_a_mark_has_a_half_of_its_moment_and_a_half_of_its_title():
    one, other = mark_of(NINE, "甲"), mark_of(NINE, "乙")
    assert one[:HALF] == other[:HALF]
    assert one[HALF:] != other[HALF:]
    assert mark_of(None, "甲")[HALF:] == one[HALF:]
    assert len(one) == 2 * HALF


# ---- whatever happens ----

NAMES = "abcdef"
TITLES, MOMENTS = st.sampled_from("甲乙丙"), st.sampled_from([NINE, TEN])
SITES = st.dictionaries(
    st.sampled_from(NAMES), st.tuples(TITLES, MOMENTS, st.sampled_from(["", *NAMES])), max_size=5
)


@given(st.lists(SITES, min_size=2, max_size=5))
def test_after_any_history_no_redirect_leads_to_a_redirect_and_none_is_forgotten(history):
    lines, published = [], set()
    for site in history:
        live = dict(OTHER)
        for name, (title, moment, alias) in site.items():
            aliases = [f"2026/11/{alias}/"] if alias and alias not in {name, *site} else []
            live |= text(name, title, moment, *aliases)
        found = plan(lines, live, Rules(TODAY))
        if found.refused:
            continue
        assert set(found.moved.values()) <= live.keys()
        assert not found.moved.keys() & live.keys()
        assert published <= live.keys() | found.moved.keys()
        again = plan(found.lines, live, Rules(TODAY))
        assert (again.moved, again.refused, told(again.lines)) == (
            found.moved,
            [],
            told(found.lines),
        )
        lines, _ = parse(told(found.lines))
        published |= live.keys() | found.moved.keys()


# ---- the common case, in which nothing has moved ----

KNOWN = {
    **text("a"),
    **text("b", "乙"),
    "tag/tui-huo/": Live("tag:退货"),
    "channel/live/": Live("channel:直播"),
}
SAID = [Line(address, it.source, it.mark, "2026-11-02") for address, it in KNOWN.items()]


def test_what_is_new_joins_a_ledger_of_which_nothing_has_moved():
    new = text("c", "丙")
    found = _ledger.extended(told(SAID), KNOWN | new, TODAY)
    (address, it), row = *new.items(), Line(*["2026/11/c/", "articles/2026/11/c.md"], "", TODAY)
    assert found == (told([*SAID, row._replace(mark=it.mark)]), [address])


@pytest.mark.parametrize(
    ("ledger", "live"),
    [
        pytest.param("", KNOWN, id="no ledger"),
        pytest.param(told(SAID), {}, id="no text"),
        pytest.param(told(SAID[1:])[:-1], KNOWN, id="the last line cut off"),
        pytest.param(told([*SAID, line("z", "丁")]), KNOWN, id="one is gone"),
        pytest.param(told([*SAID, line("z", to=A)]), KNOWN, id="one had moved"),
        pytest.param(told([SAID[0]._replace(to=B)]), KNOWN, id="one that leads elsewhere"),
        pytest.param(told(SAID), KNOWN | text("a", "新标题"), id="another title"),
        pytest.param(told(SAID), KNOWN | text("c", "丙", NINE, "post/1.html"), id="a 旧网址"),
        pytest.param(told([line("a", first="2026-11-23")]), KNOWN, id="of a later day"),
        pytest.param(told([line("a", first="2026-11-31")]), KNOWN, id="no day"),
        pytest.param(told(SAID) + told(SAID[:1]), KNOWN, id="the head again"),
        pytest.param(told([*SAID, SAID[0]]), KNOWN, id="a line twice"),
    ],
)
def test_whatever_else_is_left_to_the_plan(ledger, live):
    assert _ledger.extended(ledger, live, TODAY) is None


@given(st.lists(SITES, min_size=2, max_size=2))
def test_the_common_case_comes_to_what_the_plan_comes_to(history):
    one, two = (
        OTHER | {a: it for n, (t, m, _) in site.items() for a, it in text(n, t, m).items()}
        for site in history
    )
    ledger = told(plan([], one, Rules("2026-11-20")).lines)
    for live in (one, one | two):
        whole = plan(parse(ledger)[0], live, Rules(TODAY))
        found = _ledger.extended(ledger, live, TODAY)
        assert found is None or (found, whole.moved, whole.refused) == (
            (told(whole.lines), whole.unlisted),
            {},
            [],
        )
    assert _ledger.extended(ledger, one, TODAY) == (ledger, [])


def test_a_ledger_that_is_not_there_is_empty(tmp_path):
    assert parse(_ledger.ledger_of(tmp_path).text()) == ([], [])
