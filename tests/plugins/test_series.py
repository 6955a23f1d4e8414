from plugins.series import RELATION
from tests.plugins.conftest import card, days, relations


def series(*cards):
    return relations(RELATION, cards)


def test_the_parts_stand_oldest_first_on_each_of_them():
    new, old = days(2, series="开店")
    found = series(new, old)
    assert found == {new.path: ("开店", (old, new)), old.path: ("开店", (old, new))}


def test_series_do_not_mix():
    one, two = card("a", series="开店"), card("b", series="规则")
    assert series(one, two)[one.path].cards == (one,)


def test_who_names_none_has_none():
    assert series(card("a"), card("b", kind="flash")) == {}
