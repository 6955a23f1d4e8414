"""The index: what is looked for, and that it finds this and nothing else."""

import json
import os
import random
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins import _search
from plugins._card import Body, Link
from plugins._facts import Former
from tests.bench import corpus
from tests.index import Index, grep
from tests.plugins.conftest import card, credit, text, when

CHANNELS = ("直播电商", "法规")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("快手", ["快手"]),
        ("快手 电商", ["快手", "电商"]),
        ("快手　电商", ["快手", "电商"]),
        ("快手，电商", ["快手", "电商"]),
        ("快手 快手", ["快手"]),
        ("GMV破50万", ["gmv破50万"]),
        ("ＧＭＶ１１", ["gmv11"]),
        ("1.6亿", ["1.6亿"]),
        ("1,250 1250", ["1250"]),
        ("25%", ["25%"]),
        ("C++ C#", ["c++", "c#"]),
        ("電商 國家", ["电商", "国家"]),
        ("㎡", ["m2"]),
        ("live commerce", ["live", "commerce"]),
        ("“live commerce”", ["live commerce"]),
        ('"live commerce" 快手', ["live commerce", "快手"]),
        ("“破50万，同比”", ["破50万", "同比"]),
        ("“没有关上", ["没有关上"]),
        ("𠮷野家", ["\ud842\udfb7野家"]),
        ("，。！", []),
        ("", []),
        ("字" * 40, ["字" * 32]),
        ("3.", ["3"]),
        ("<b>&amp;</b>", ["b", "&amp"]),
    ],
)
def test_the_words_of_a_query(query, words):
    assert _search.words(query) == words


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<p>甲<strong>乙</strong>丙</p>", ["甲乙丙"]),
        ("<p>甲</p><p>乙</p>", ["甲", "乙"]),
        ("<td>甲</td><td>乙</td>", ["甲", "乙"]),
        ("<li>甲&amp;乙</li>", ["甲&乙"]),
        ("甲<br>乙", ["甲", "乙"]),
        ("<p>甲<math><mi>x</mi></math>乙</p>", ["甲 乙"]),
        ("<p>快<wbr>手</p>", ["快手"]),
    ],
)
def test_no_word_goes_from_one_block_to_the_next(html, lines):
    assert [line for line in _search.lines_of(html) if line] == lines


@given(st.sets(st.integers(0, 299), min_size=1))
def test_a_list_is_read_as_it_was_written(places):
    flag, content = _search.written(sorted(places), 300)
    assert _search.read_list(flag, content) == sorted(places)
    assert len(content) <= _search.width(300)


NAMES = st.text("ab电平台\ud842\udfb7", min_size=1, max_size=8)


@given(
    st.dictionaries(st.tuples(NAMES, st.integers(0, 15)), st.sets(st.integers(0, 99), min_size=1))
)
def test_a_bucket_is_read_as_it_was_written(lists):
    given = {
        name + chr(flags): _search.written(sorted(on), 100) for (name, flags), on in lists.items()
    }
    read = {
        key: (flag, content)
        for key, flag, content, _ in _search.read_bucket(_search.write_bucket(given), 100)
    }
    assert read == given


LISTS = st.dictionaries(
    st.tuples(NAMES, st.integers(0, 15)).map(lambda key: key[0] + chr(key[1])),
    st.sets(st.integers(0, 99), min_size=1),
)


@given(LISTS, LISTS, LISTS)
def test_a_bucket_with_changes_is_written_as_anew(before, on, off):
    def bucket(lists):
        return _search.fresh({key: sorted(places) for key, places in lists.items()}, 100)

    taken = {key: places - off.get(key, set()) for key, places in before.items()}
    after = {key: taken.get(key, set()) | on.get(key, set()) for key in taken.keys() | on.keys()}
    given = [{key: sorted(places) for key, places in lists.items()} for lists in (on, off)]
    expected = bucket({key: places for key, places in after.items() if places})
    assert _search.touched(bucket(before), *given, 100) == expected


def made(number: int) -> tuple:
    """A text of the benchmark's corpus as the search gets it."""
    item = corpus.article(number)
    source = "\n".join(line for line in item.body.splitlines() if not line.startswith("|"))
    read = text(body=source, head="摘要: " + item.summary, name=f"a{number}")
    found = card(
        f"a{number}",
        f"{item.date:%Y-%m-%d %H:%M}",
        title=item.title,
        summary=item.summary,
        tags=tuple(Link(tag, f"tag/x-{place}/") for place, tag in enumerate(item.tags)),
        credits=(credit(item.author, "a"),),
    )
    return found, Body(read.lead, read.html, "某报")


def texts_of(size: int) -> list[tuple]:
    return sorted(map(made, range(size)), key=lambda one: (one[0].date, one[0].path))


def runs_of(texts) -> list[list[str]]:
    return [
        [run for field in _search.fields_of(*one)[:4] for run in field.split("\n")] for one in texts
    ]


def index_of(texts, limit=_search.LIMIT) -> Index:
    volumes = _search.volumes_of([found for found, _ in texts], limit)
    bodies = {found.path: body for found, body in texts}
    told, contents = [], {}
    for name, members in volumes:
        years = sorted(found.date.year for found in members)
        told.append(
            ":".join([name, *(f"{year},{years.count(year)}" for year in dict.fromkeys(years))])
        )
        contents[name] = _search.write_volume(
            [(one, bodies[one.path]) for one in members], CHANNELS
        )
    return Index(" ".join(told), contents.__getitem__)


@pytest.fixture(scope="module")
def texts():
    return texts_of(60)


@pytest.fixture(scope="module")
def fields(texts) -> list[list[str]]:
    return runs_of(texts)


@pytest.fixture(scope="module")
def index(texts) -> Index:
    found = index_of(texts, 25)
    assert len(found.parts) > 2
    return found


def missed(index, texts, fields) -> list[str]:
    """Substrings taken at random that the index does not find where grep does, or also elsewhere."""
    dice = random.Random(7)  # noqa: S311  the same each time
    runs = [run for text_runs in fields for run in text_runs if run]
    whole = [["\n".join(text_runs)] for text_runs in fields]
    found = []
    for _ in range(1000):
        run = dice.choice(runs)
        size = dice.randint(1, 8)
        start = dice.randrange(max(1, len(run) - size + 1))
        query = f"“{run[start : start + size].strip()}”"
        urls = {texts[place][0].url for place in grep(_search.words(query), whole)}
        if {hit.url for hit in index.find(query) if not hit.spelt} != urls:
            found.append(query)
    return found


def test_random_substrings_are_found_as_grep_finds_them(index, texts, fields):
    assert missed(index, texts, fields) == []


LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"


def test_in_a_large_site_random_substrings_are_found_as_grep_finds_them():
    texts = texts_of(10_000 if LONG else 1_000)
    assert missed(index_of(texts), texts, runs_of(texts)) == []


def test_words_put_together_at_random_are_found_as_grep_finds_them(index, texts, fields):
    dice = random.Random(8)  # noqa: S311  the same each time
    runs = [run for text_runs in fields for run in text_runs if len(run) > 6]
    several = 0
    for _ in range(500):
        first, second = dice.choice(runs), dice.choice(runs)
        cut, other = dice.randrange(1, len(first) - 1), dice.randrange(1, len(second) - 1)
        query = first[max(0, cut - 4) : cut] + dice.choice(["", " "]) + second[other : other + 4]
        places = grep(_search.words(query), fields)
        several += bool(places)
        urls = {texts[place][0].url for place in places}
        assert {hit.url for hit in index.find(query) if not hit.spelt} == urls, query
    assert several > 50


def volume(texts, former=None) -> bytes:
    return _search.write_volume(texts, CHANNELS, former)


def changed(one, html="<p>全新的一段，破1.6亿。</p>"):
    found, body = one
    return found, body._replace(html=body.html + html)


@pytest.mark.parametrize(
    ("now", "places"),
    [
        pytest.param(lambda old: [*old], lambda old: [*range(len(old))], id="the same"),
        pytest.param(
            lambda old: [*old[:9], changed(old[9]), *old[10:]],
            lambda old: [None if n == 9 else n for n in range(len(old))],
            id="one edited",
        ),
        pytest.param(
            lambda old: [*old, made(99)], lambda old: [*range(len(old)), None], id="added"
        ),
        pytest.param(
            lambda old: [*old[:-3], made(99), *old[-3:]],
            lambda old: [*range(len(old) - 3), None, *range(len(old) - 3, len(old))],
            id="added before the last",
        ),
        pytest.param(lambda old: old[:-1], lambda old: [*range(len(old) - 1)], id="last gone"),
        pytest.param(lambda old: old[1:], lambda old: [*range(1, len(old))], id="first gone"),
        pytest.param(
            lambda old: [made(98), *old[5:20], made(97)],
            lambda _: [None, *range(5, 20), None],
            id="most gone, two new",
        ),
        pytest.param(
            lambda old: [*map(changed, old)], lambda old: [None] * len(old), id="all edited"
        ),
        pytest.param(lambda _: [], lambda _: [], id="all gone"),
    ],
)
@pytest.mark.parametrize("few", [_search.FEW, 0], ids=["renewed", "written anew"])
def test_what_is_kept_of_a_volume_gives_the_same_bytes(texts, now, places, few, monkeypatch):
    before, kept = volume(texts), places(texts)
    gone = {place: text for place, text in enumerate(texts) if place not in kept}
    expected = volume(now(texts))
    monkeypatch.setattr(_search, "FEW", few)
    assert volume(now(texts), Former(before, len(texts), kept, gone)) == expected


def lists_in(raw, count) -> int:
    return sum(
        1
        for part in _search.read_volume(raw, count).buckets
        for _ in _search.read_bucket(part, count)
    )


def test_only_the_buckets_of_what_was_and_is_are_read(texts, monkeypatch):
    read = []
    real = _search.read_bucket
    monkeypatch.setattr(_search, "read_bucket", lambda *of: read.append(of) or real(*of))
    before = volume(texts)
    places = [None if n == 9 else n for n in range(len(texts))]
    now = [*texts[:9], changed(texts[9]), *texts[10:]]
    volume(now, Former(before, len(texts), places, {9: texts[9]}))
    assert 0 < len(read) < len(_search.read_volume(before, len(texts)).buckets) / 2


def test_texts_that_keep_their_places_are_not_touched(texts):
    touched = set()

    class Watched(list):
        def __getitem__(self, place):
            touched.add(place)
            return super().__getitem__(place)

        __iter__ = None

    before, count = volume(texts), len(texts)
    now = Watched([*texts[:9], changed(texts[9]), *texts[10:]])
    places = [None if n == 9 else n for n in range(count)]
    volume(now, Former(before, count, places, {9: texts[9]}))
    assert touched == {9}


def test_lists_of_texts_that_keep_their_places_are_not_read_for_one_that_comes_before_others(
    texts, monkeypatch
):
    read = []
    real = _search.read_list
    monkeypatch.setattr(_search, "read_list", lambda *of: read.append(of) or real(*of))
    before, count = volume(texts), len(texts)
    now, places = [*texts[:-1], made(99), texts[-1]], [*range(count - 1), None, count - 1]
    lists = lists_in(before, count)
    volume(now, Former(before, count, places, {}))
    assert 0 < len(read) < lists / 2


def test_no_list_is_read_anew_for_each_text_that_changed(texts, monkeypatch):
    read = []
    real = _search.read_list
    monkeypatch.setattr(_search, "read_list", lambda *of: read.append(of) or real(*of))
    before = volume(texts)
    lists = lists_in(before, len(texts))
    volume(
        [*map(changed, texts)],
        Former(before, len(texts), [None] * len(texts), dict(enumerate(texts))),
    )
    assert 0 < len(read) <= 2 * lists


def test_an_unchanged_text_is_not_read_again(texts):
    class Unread:
        @property
        def html(self):
            raise AssertionError("read")

    now = [(found, Unread()) for found, _ in texts]
    assert volume(now, Former(volume(texts), len(texts), [*range(len(texts))], {})) == volume(texts)


def days(count):
    first = when("2020-01-05")
    return [card(f"d{n}", f"{first + timedelta(days=11 * n):%Y-%m-%d}") for n in range(count)]


def test_few_texts_are_one_volume():
    ((name, members),) = _search.volumes_of(days(100), 100)
    assert len(members) == 100
    assert name == "1600-01-8192"


def test_no_volume_holds_more_than_its_limit_and_every_text_is_in_one():
    cards = days(500)
    volumes = _search.volumes_of(cards, 100)
    assert max(len(members) for _, members in volumes) <= 100
    assert [one for _, members in volumes for one in members] == cards


def test_a_month_is_not_parted():
    cards = [card(f"m{n}", "2024-02-29") for n in range(30)]
    assert [(name, len(members)) for name, members in _search.volumes_of(cards, 10)] == [
        ("2024-02-1", 30)
    ]


def test_a_new_text_changes_only_the_volume_in_which_it_falls():
    cards = days(500)
    before = dict(_search.volumes_of(cards, 100))
    new = card("new", "2021-06-01")
    after = dict(_search.volumes_of([*cards, new], 100))
    assert sum(before.get(name) != members for name, members in after.items()) <= 2
    assert sum(new in members for members in after.values()) == 1


def test_a_card_has_room():
    long = _search.card_of(card(title="题" * 900, summary="摘" * 900))
    assert len(long) == _search.CARD
    assert json.loads(long)[0] == "2026/11/a/"


@pytest.mark.parametrize(
    ("title", "spelt"),
    [
        ("快手服务商", ("kuaishoufuwushang", "ksfws")),
        ("银行行长", ("yinhanghangzhang", "yhhz")),
        ("GMV是什么", ("shishenme", "ssm")),
    ],
)
def test_a_title_is_spelt(title, spelt):
    (syllables,) = _search.spelt(title)
    assert _search.sounds(syllables) == spelt


def rank(*stands, rare=None, age=0):
    return _search.score(stands, rare or [1.0] * len(stands), age)


TITLE, MARKS, LEAD, BODY = ([n == place for n in range(5)] for place in range(4))


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        pytest.param(rank(TITLE), rank(MARKS), id="title before tag"),
        pytest.param(rank(MARKS), rank(LEAD), id="tag before lead"),
        pytest.param(rank(LEAD), rank(BODY), id="lead before body"),
        pytest.param(rank(BODY, age=0), rank(BODY, age=1), id="newer before older"),
        pytest.param(rank(TITLE, age=5), rank(LEAD, age=0), id="title before new"),
        pytest.param(rank(LEAD, LEAD), rank(LEAD, BODY), id="together before apart"),
        pytest.param(
            rank(TITLE, BODY, rare=[5, 1]),
            rank(BODY, TITLE, rare=[5, 1]),
            id="the rarer in the title",
        ),
    ],
)
def test_what_stands_before_what(better, worse):
    assert better > worse
