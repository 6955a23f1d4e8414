from plugins._card import Link
from plugins.neighbours import RELATION
from tests.plugins.conftest import card, days, relations

LAW = Link("法规", "channel/law/")


def neighbours(*cards):
    return relations(RELATION, cards)


def test_neighbours_are_the_next_older_and_newer_of_the_channel():
    new, middle, old = days(3)
    assert neighbours(new, middle, old) == {
        new.path: (middle, None),
        middle.path: (old, new),
        old.path: (None, middle),
    }


def test_channels_do_not_mix():
    new, between, old = (
        card("c", "2026-11-22"),
        card("b", "2026-11-21", channel=LAW),
        card("a", "2026-11-20"),
    )
    assert neighbours(new, between, old)[new.path].older == old
    assert neighbours(new, between, old)[between.path] == (None, None)


def test_flash_items_stand_among_flash_items():
    article, late = card("a", "2026-11-21"), card("b", "2026-11-22", kind="flash")
    early = card("c", "2026-11-20", kind="flash")
    assert neighbours(article, late, early)[late.path].older == early


def test_pages_and_dossiers_have_none():
    assert neighbours(card(kind="page"), card(kind="topic")) == {}


def test_a_new_article_changes_one_other():
    before, new = days(50)[1:], days(1)
    old, now = neighbours(*before), neighbours(*before, *new)
    assert [path for path in old if old[path] != now[path]] == [before[0].path]


def test_no_articles_no_neighbours():
    assert neighbours() == {}
