from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from PIL import Image

from plugins import _facts, ads, csp, headline, reading, statistics, summary
from plugins._card import Card
from plugins._facts import (
    Addresses,
    Lines,
    Near,
    Plugin,
    RefusalError,
    Relation,
    active,
    bind,
    build_now,
    card_of,
    fact_of,
    listed,
    running,
    where,
)
from plugins._frozen import Frozen
from tests.plugins.conftest import ad, card, days, in_order, metadata, when

READING = Plugin(name="reading", settings=reading.Settings)


@pytest.mark.parametrize(
    ("key", "hint"),
    [("fasst", "是不是 fast？"), ("txt", "是不是 text？"), ("SITEURL", "可用：fast、slow、text")],
)
def test_an_unknown_setting_is_refused_with_the_nearest_name(key, hint):
    with pytest.raises(RefusalError, match=f"READING 里没有“{key}”这一项；{hint}"):
        bind(READING, {"READING": {key: 1}})


UNLIKE = [
    ({"fast": "500"}, "READING[\"fast\"] 写成了 '500'；要写成整数"),
    ({"fast": True}, 'READING["fast"] 写成了 True；要写成整数'),
    ({"slow": 0}, 'READING["slow"] 写成了 0；不能小于1'),
    ({"text": 5}, 'READING["text"] 写成了 5；要写成加引号的文字'),
    ({"text": "共{字数}字"}, "READING[\"text\"] 写成了 '共{字数}字'；花括号里只能写chars、minutes"),
    ({"text": "共{chars字"}, "READING[\"text\"] 写成了 '共{chars字'；花括号里只能写chars、minutes"),
    ("500", "READING 写成了 '500'；要写成一个字典，如 {'fast': 500}"),
    (["fast"], "READING 写成了 ['fast']；要写成一个字典，如 {'fast': 500}"),
]


@pytest.mark.parametrize(("given", "told"), UNLIKE)
def test_a_value_of_another_kind_is_refused_with_what_to_write(given, told):
    with pytest.raises(RefusalError) as refused:
        bind(READING, {"READING": given})
    assert str(refused.value) == f"pelicanconf.py: {told}"


@dataclass(frozen=True, kw_only=True)
class Aloud:
    """Settings as a plugin of others may declare them."""

    SITENAME: str
    speed: int = 240
    voices: list[str] = field(default_factory=list)


ALOUD = Plugin(name="aloud", settings=Aloud)


def test_settings_may_be_a_dataclass():
    bound = bind(ALOUD, {"ALOUD": {"speed": 200}, "SITENAME": "掌柜志", "SITEURL": ""})
    assert bound == Aloud(SITENAME="掌柜志", speed=200, voices=[])


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"ALOUD": {"sped": 200}, "SITENAME": ""}, "ALOUD 里没有“sped”这一项；是不是 speed？"),
        ({"ALOUD": {"speed": "200"}, "SITENAME": ""}, "要写成整数"),
        ({}, "SITENAME 没有写"),
    ],
)
def test_a_dataclass_is_held_to_its_fields(given, told):
    with pytest.raises(RefusalError, match=told):
        bind(ALOUD, given)


def test_a_wording_need_not_fill_in_all():
    assert bind(READING, {"READING": {"text": "{minutes}分钟"}}).text == "{minutes}分钟"


def test_a_plugin_without_settings_takes_none():
    with pytest.raises(RefusalError, match="没有可设的项"):
        bind(Plugin(name="series"), {"SERIES": {"size": 1}})


def test_settings_are_the_defaults_and_what_is_given():
    assert bind(READING, {"READING": {"fast": 400}}) == reading.Settings(fast=400)
    assert bind(READING, {"READING": None}) == bind(READING, {}) == reading.Settings()


def test_a_setting_in_capitals_is_the_sites():
    plugin = Plugin(name="csp", settings=csp.Settings)
    found = bind(plugin, {"STATISTICS": {"script": "https://s.example.com/s.js"}}).STATISTICS
    assert found["script"] == "https://s.example.com/s.js"


def test_a_plugin_sees_no_setting_that_it_does_not_name():
    with pytest.raises(RefusalError):
        bind(READING, {"READING": {"WORDS": ()}})
    assert not hasattr(bind(READING, {"SITEURL": "https://example.com"}), "SITEURL")


def test_a_setting_that_a_plugin_needs_must_be_there():
    class Needs(Frozen):
        SITEURL: str

    with pytest.raises(RefusalError, match="SITEURL 没有写；插件 map 要用到它"):
        bind(Plugin(name="map", settings=Needs), {})


def test_a_plugin_may_refuse_a_value():
    with pytest.raises(RefusalError, match="https"):
        bind(
            Plugin(name="statistics", settings=statistics.Settings), {"STATISTICS": {"script": "a"}}
        )


@pytest.mark.parametrize(
    ("written_now", "moment"),
    [
        ("2026-11-22T09:30:00+08:00", "2026-11-22T09:30:00+08:00"),
        ("2026-11-22T17:30:00+00:00", "2026-11-23T01:30:00+08:00"),
        ("2026-11-22T09:30", "2026-11-22T09:30:00+08:00"),
        ("2026-11-22", "2026-11-22T00:00:00+08:00"),
    ],
)
def test_the_builds_now_is_in_the_sites_zone(written_now, moment):
    assert build_now(written_now, "Asia/Shanghai").isoformat() == moment


def test_without_a_word_now_is_the_start_of_the_build():
    before = datetime.now().astimezone()
    assert before <= build_now("", "Asia/Shanghai") <= datetime.now().astimezone()


def test_a_now_that_is_none_is_refused():
    with pytest.raises(RefusalError, match="BUILD_NOW 写成了“今天”"):
        build_now("今天", "Asia/Shanghai")


def test_a_refusal_names_the_line_of_a_field():
    assert where(metadata("许可: X"), "licence") == "content/articles/2026/11/a.md:4:"
    assert where(metadata(), "licence") == "content/articles/2026/11/a.md:1:"


def test_a_mistake_in_a_data_file_is_a_refusal(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data/ads.toml").write_text('[[ad]]\nslot = "top"\n')
    with pytest.raises(RefusalError, match=r"data/ads\.toml:2: "):
        _facts.bind_all({}, {"PATH": str(tmp_path), "TIMEZONE": "Asia/Shanghai"})


def test_what_the_clock_decides_is_decided_once(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data/channels.toml").write_text('[[channel]]\nname = "法"\naddress = "law"\n')
    (tmp_path / "data/ads.toml").write_text(
        '[[ad]]\nslot = "article-foot"\ntext = "纸箱"\nlink = "https://example.com/"\n'
        'advertiser = "某厂"\nstart = 2026-11-01\nend = 2026-11-30\n'
    )
    plugins = {"ads": Plugin(name="ads", settings=ads.Settings)}
    site = {"PATH": str(tmp_path), "TIMEZONE": "Asia/Shanghai"}
    for now, texts in (("2026-11-22", ["纸箱"]), ("2026-12-01", [])):
        found = _facts.bind_all(plugins, {**site, "BUILD_NOW": now})["ads"]
        assert [one.text for one, _ in found.RUNNING] == texts


@pytest.mark.parametrize(
    ("day", "runs"),
    [
        pytest.param("2026-10-31", False, id="the day before"),
        pytest.param("2026-11-01", True, id="its first"),
        pytest.param("2026-11-30", True, id="its last"),
        pytest.param("2026-12-01", False, id="the day after"),
    ],
)
def test_an_ad_runs_from_its_first_day_to_its_last(tmp_path, day, runs):
    assert bool(running([ad()], date.fromisoformat(day), tmp_path)) is runs


def test_the_ad_that_started_later_comes_later(tmp_path):
    booked = [ad("新", start="2026-11-20"), ad("旧", start="2026-11-02")]
    found = running(booked, date(2026, 11, 22), tmp_path)
    assert [one.text for one, _ in found] == ["旧", "新"]


def test_an_ads_picture_comes_with_its_size(tmp_path):
    (tmp_path / "pictures").mkdir()
    Image.new("RGB", (640, 80)).save(tmp_path / "pictures/box.png")
    ((_, picture),) = running([ad(picture="box.png")], date(2026, 11, 22), tmp_path)
    assert picture[:4] == ("pictures/box.png", 640, 80, "纸箱")


def test_an_ad_without_its_picture_is_refused(tmp_path):
    with pytest.raises(RefusalError, match=r"^content/data/ads.toml:1: 没有图片 .*box.png"):
        running([ad(picture="box.png")], date(2026, 11, 22), tmp_path)


def test_the_plugins_that_run_are_those_named_in_the_order_of_their_registration():
    for plugin in (summary, headline, reading):
        plugin.register()
    found = list(active(["plugins.headline", "plugins.nobody", "plugins.summary"]))
    assert sorted(found) == ["headline", "summary"]
    assert found == [name for name in _facts._plugins if name in found]


def test_a_fact_is_what_the_plugin_says():
    plugin = Plugin(name="double", facts=lambda html, told, by: (html * by, told["head"].title))
    assert fact_of(plugin, "a", metadata("标题: 甲"), 2) == ("aa", "甲")


def test_a_plugin_that_breaks_is_told_with_the_article():
    def facts(_html, metadata, _settings):
        return metadata["nothing"]

    with pytest.raises(RefusalError, match=r"^content/articles/2026/11/a\.md:1: .*KeyError"):
        fact_of(Plugin(name="faulty", facts=facts), "", metadata(), None)


def test_a_plugin_that_refuses_is_told_as_it_says():
    def facts(_html, _metadata, _settings):
        raise RefusalError("一", "二")

    with pytest.raises(RefusalError) as told:
        fact_of(Plugin(name="strict", facts=facts), "", metadata(), None)
    assert told.value.messages == ("一", "二")


def test_a_card_is_drawn_from_head_and_facts():
    read = reading.estimate(3000, reading.Settings())
    facts = {
        "reading": read,
        "headline": Markup("双11<wbr>落幕：<wbr>退货率<wbr>涨了"),
        "summary": "摘",
        "keywords": (("快手", 1.0),),
    }
    found = card_of(metadata("标题: 双11落幕：退货率涨了\n系列: 开店\n权重: 3"), facts)
    assert (found.title, found.series, found.weight) == ("双11落幕：退货率涨了", "开店", 3)
    assert found.headline == Markup("双11落幕：<wbr>退货率<wbr>涨了")
    assert (found.summary, found.keywords) == ("摘", (("快手", 1.0),))
    assert found.minutes == (6, 10)


@pytest.mark.parametrize(
    ("headline", "in_lists"),
    [
        pytest.param("快手", "快手", id="one phrase"),
        pytest.param("平台<wbr>佣金", "平台佣金", id="shorter than any line"),
        pytest.param(
            "甲乙丙<wbr>丁戊己<wbr>庚辛<wbr>壬", "甲乙丙丁戊己庚辛<wbr>壬", id="a full line"
        ),
        pytest.param("卖家<i></i>30天<wbr>术语条", "卖家30天术语条", id="Latin within a line"),
        pytest.param(
            "卖家的许多术语<i></i>30条", "卖家的许多术语<i></i>30条", id="Latin after a line"
        ),
        pytest.param("甲乙丙丁戊己庚<wbr>辛壬", "甲乙丙丁戊己庚<wbr>辛壬", id="a long phrase"),
        pytest.param("A&amp;B<wbr>&lt;乙", "A&amp;B<wbr>&lt;乙", id="entities as written"),
    ],
)
def test_a_headline_has_breaks_in_lists_only_where_a_line_may_end(headline, in_lists):
    found = listed(Markup(headline))  # noqa: S704
    assert found == Markup(in_lists)  # noqa: S704
    assert isinstance(found, Markup)


def test_a_card_needs_no_fact():
    found = card_of(metadata("标题: 甲"), {})
    assert (found.headline, found.summary, found.keywords, found.minutes) == ("甲", "", (), (0, 0))


@given(st.permutations([*days(4), card("z", "2026-11-21"), card("y", "2026-11-21")]))
def test_cards_stand_newest_first_and_those_of_one_moment_by_their_paths(cards):
    found = _facts.in_order(cards)
    assert [(one.date.day, one.path[-4:]) for one in found] == sorted(
        ((one.date.day, one.path[-4:]) for one in cards), key=lambda key: (-key[0], key[1])
    )


def test_two_sources_of_one_address_are_refused():
    addresses = Addresses()
    addresses.take("a/index.html", "pages/a.md")
    addresses.take("b/index.html", "lists")
    with pytest.raises(RefusalError, match=r"两处都要写 a/index\.html：pages/a\.md 与 lists"):
        addresses.take("a/index.html", "lists")


def seen(item: Card, near: Mapping[Hashable, Near], _reach: int | None) -> object:
    """Tell all that a relation lets a card see."""
    return item.title, {
        line: (weight, [*map(told, newer)], [*map(told, older)])
        for line, (weight, newer, older) in near.items()
    }


def told(stand: _facts.Stand) -> tuple[str, str, float]:
    """Name one who stands near."""
    _, item, weight = stand
    return item.path, item.title, weight


def on_keywords(item: Card, _reach: int | None) -> tuple[tuple[str, float], ...]:
    """Let a card stand on the lines of its keywords."""
    return item.keywords


# Its one setting is how far it reaches.
SEEN = Relation(lines=on_keywords, reach=lambda reach: reach, value=seen)


def test_a_card_sees_so_many_places_each_way_the_nearest_first():
    cards = days(9, keywords=(("甲", 0.5),))
    names = [one.path for one in cards]
    _, lines = Lines(SEEN, cards, 2).value(cards[4], 4)
    weight, newer, older = lines["甲"]
    assert weight == 0.5
    assert [path for path, *_ in newer] == [names[3], names[2]]
    assert [path for path, *_ in older] == [names[5], names[6]]


def test_a_card_sees_only_who_stands_on_its_lines_and_how_heavily():
    one = card("one", "2026-11-20", keywords=(("甲", 0.5), ("乙", 0.1)))
    other = card("other", "2026-11-21", keywords=(("乙", 0.7), ("丙", 0.9)))
    stranger = card("stranger", "2026-11-22", keywords=(("丙", 1.0),))
    cards = in_order(one, other, stranger)
    _, lines = Lines(SEEN, cards, 9).value(one, cards.index(one))
    assert lines == {"甲": (0.5, [], []), "乙": (0.1, [(other.path, other.title, 0.7)], [])}


def test_a_card_at_an_end_sees_one_way():
    cards = days(3, keywords=(("甲", 1.0),))
    lines = Lines(SEEN, cards, 5)
    assert [len(lines.value(one, place)[1]["甲"][1]) for place, one in enumerate(cards)] == [
        0,
        1,
        2,
    ]
    assert [len(lines.value(one, place)[1]["甲"][2]) for place, one in enumerate(cards)] == [
        2,
        1,
        0,
    ]


def test_without_a_reach_the_whole_line_is_seen():
    cards = days(30, keywords=(("甲", 1.0),))
    _, lines = Lines(SEEN, cards, None).value(cards[15], 15)
    assert (len(lines["甲"][1]), len(lines["甲"][2])) == (15, 14)


def test_who_stands_on_no_line_is_nothing_to_others():
    cards = (card("a"),)
    assert Lines(SEEN, cards, 5).value(cards[0], 0) is None


def test_nobody_feels_a_change_on_a_line_that_is_not_there():
    assert list(Lines(SEEN, days(3), 5).felt("甲", 1)) == []


NAMES_OF_CARDS = st.sampled_from("abcdefghijkl")
# A few days, so that several cards share one; a few lines, so that they meet.
SPECS = st.tuples(
    st.integers(1, 6),
    st.dictionaries(st.sampled_from("甲乙丙"), st.sampled_from([0.5, 1.0])),
    st.sampled_from(["旧题", "新题"]),
)
SITES = st.dictionaries(NAMES_OF_CARDS, SPECS, max_size=12)
REACHES = st.sampled_from([0, 1, 2, None])


def site_of(specs: Mapping[str, tuple[int, dict[str, float], str]]) -> tuple[Card, ...]:
    """Return the cards of a site in their order."""
    return in_order(
        *(
            card(name, title=title, keywords=tuple(lines.items()), path=name)._replace(
                date=when(f"2026-11-0{day}")
            )
            for name, (day, lines, title) in specs.items()
        )
    )


def values(cards: tuple[Card, ...], reach: int | None) -> dict[str, object]:
    """Return what every card is to the others."""
    lines = Lines(SEEN, cards, reach)
    return {one.path: lines.value(one, place) for place, one in enumerate(cards)}


def who_feels(changed: Card, cards: tuple[Card, ...], reach: int | None) -> set[str]:
    """Return the paths of those who feel a card that came to a site or left it."""
    place = in_order(changed, *cards).index(changed)
    lines = Lines(SEEN, cards, reach)
    return {one.path for line, _ in changed.keywords for one in lines.felt(line, place)}


@given(SITES, st.dictionaries(NAMES_OF_CARDS, SPECS | st.none(), max_size=4), REACHES)
def test_who_feels_no_change_stays_the_same(before, changes, reach):
    both = {**before, **changes}
    old, new = site_of(before), site_of({name: spec for name, spec in both.items() if spec})
    changed = {one for one in (*old, *new) if (one in old) != (one in new)}
    felt = {path for one in changed for path in who_feels(one, new, reach)}
    were, are = values(old, reach), values(new, reach)
    for path in are.keys() - felt - {one.path for one in changed}:
        assert were[path] == are[path]


@given(SITES, SPECS, REACHES)
def test_all_and_only_those_within_reach_feel_a_card_that_came(before, spec, reach):
    old, new = site_of(before), site_of({**before, "new": spec})
    (came,) = set(new) - set(old)
    were, are = values(old, reach), values(new, reach)
    assert who_feels(came, new, reach) - {"new"} == {
        path for path in were if were[path] != are[path]
    }
