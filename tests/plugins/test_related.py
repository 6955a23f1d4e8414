import random

from hypothesis import given, settings
from hypothesis import strategies as st

from plugins._card import Link
from plugins.keywords import weigh
from plugins.related import RELATION, Settings
from tests.plugins.conftest import card, days, relations

SETTINGS = Settings()
LAW = Link("法规", "channel/law/")
SUBJECTS = [[f"题{subject}词{word}" for word in range(12)] for subject in range(25)]
COMMON = [f"常用{word}" for word in range(40)]


def about(*words):
    return weigh(dict.fromkeys(words, 1), 16)


def related(*cards, **given):
    found = relations(RELATION, cards, Settings(**given))
    return {path: [item.path for item in near] for path, near in found.items()}


def a_trade_site(count):
    """Return cards of 25 subjects, each with words of its subject and some that all share."""
    chance = random.Random(1)  # noqa: S311  the same site each time
    return [
        item._replace(
            keywords=weigh(
                {
                    **{
                        word: chance.randint(1, 9)
                        for word in chance.sample(SUBJECTS[number % 25], 8)
                    },
                    **dict.fromkeys(chance.sample(COMMON, 3), 1),
                },
                16,
            )
        )
        for number, item in enumerate(days(count))
    ]


def test_the_article_that_shares_most_words_is_nearest():
    one = card("one", keywords=about("快手", "服务商", "大会"))
    near = card("near", "2024-01-01", keywords=about("快手", "服务商"))
    far = card("far", keywords=about("快手", "财报", "股价"))
    assert related(one, near, far)[one.path] == [near.path, far.path]


def test_a_rare_word_joins_more_than_a_common_one():
    one = card("one", keywords=(("囤标", 0.9), ("商家", 0.1)))
    rare, common = card("rare", keywords=(("囤标", 0.5),)), card("b", keywords=(("商家", 0.5),))
    assert related(one, rare, common)[one.path] == [rare.path, common.path]


def test_of_equals_the_nearest_in_time_stands_first():
    cards = days(7, keywords=about("快手"))
    one = cards[3]
    near = [cards[place].path for place in (2, 4, 1, 5, 0)]
    assert related(*cards)[one.path] == near


def test_an_article_that_shares_no_word_has_its_channels_nearest_in_time():
    cards = days(9)
    other = card("other", "2026-11-18", channel=LAW)
    near = [cards[place].path for place in (3, 5, 2, 6, 1)]
    assert related(*cards, other)[cards[4].path] == near


def test_a_lonely_article_has_none():
    assert related(card("a")) == {card("a").path: []}


def test_only_articles_are_related():
    word = about("快手")
    flash, page = card("f", kind="flash", keywords=word), card("p", kind="page", keywords=word)
    assert related(card("a", keywords=word), flash, page) == {card("a").path: []}


@settings(max_examples=50)
@given(
    st.lists(
        st.lists(st.sampled_from(COMMON[:6]), max_size=4, unique=True), min_size=2, max_size=15
    )
)
def test_no_article_is_related_to_itself_or_twice_and_no_list_is_empty(words):
    cards = [
        item._replace(keywords=about(*mine))
        for item, mine in zip(days(len(words)), words, strict=True)
    ]
    for path, near in related(*cards).items():
        assert path not in near
        assert len(near) == len(set(near)) == min(5, len(cards) - 1)


def test_a_new_article_touches_few_lists():
    cards = a_trade_site(301)
    before, after = related(*cards[1:]), related(*cards)
    changed = [path for path in before if before[path] != after[path]]
    own_subject = [item.path for item in cards[25::25]]
    assert len(own_subject) == 12
    assert len(changed) <= 12
    assert set(changed) <= set(own_subject)


def test_a_word_of_all_articles_compares_the_nearest_in_time_only():
    cards = days(30, keywords=about("商家"), channel=None)
    assert set(related(*cards, reach=2)[cards[9].path]) == {
        cards[place].path for place in (7, 8, 10, 11)
    }


def test_the_number_shown_is_a_setting():
    cards = days(9, keywords=about("快手"))
    assert {len(near) for near in related(*cards, limit=3).values()} == {3}
