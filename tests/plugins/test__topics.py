from plugins._card import Point
from plugins._topics import members_of, points_of
from tests.plugins.conftest import card


def test_articles_and_flash_items_belong_to_the_dossiers_they_name():
    one = card("a", topics=("服务商", "快手"))
    two = card("b", kind="flash", topics=("快手",))
    assert members_of((one, two)) == {"服务商": [one], "快手": [one, two]}


def test_a_dossier_is_no_member():
    assert not members_of((card("a", kind="topic", topics=("快手",)),))


def test_points_stand_oldest_first_with_their_articles():
    late = card("b", points=(Point("2026-11", "施行"), Point("2021-07-22", "大会")))
    early = card("a", points=(Point("2024", "起草"),))
    assert points_of([late, early]) == [
        (Point("2021-07-22", "大会"), late),
        (Point("2024", "起草"), early),
        (Point("2026-11", "施行"), late),
    ]


def test_a_point_told_twice_stands_once_with_the_older_article():
    point = Point("2021-07-22", "大会")
    new, old = card("b", points=(point,)), card("a", points=(point,))
    assert points_of([new, old]) == [(point, old)]


def test_two_points_of_one_day_both_stand():
    member = card("a", points=(Point("2021", "乙"), Point("2021", "甲")))
    assert {point.text for point, _ in points_of([member])} == {"甲", "乙"}
