from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from plugins.motto import Settings, facts, motto_of
from tests.plugins.conftest import metadata

MOTTOS = tuple(f"第{number}句" for number in range(30))
DAYS = [date(2026, 1, 1) + timedelta(days=number) for number in range(1000)]
SETTINGS = Settings(MOTTOS=MOTTOS)


def test_an_article_has_the_motto_of_its_day_at_any_hour():
    morning, evening = metadata("日期: 2026-11-22 00:01"), metadata("日期: 2026-11-22 23:59")
    assert facts("", morning, SETTINGS) == facts("", evening, SETTINGS)
    assert facts("", morning, SETTINGS) == motto_of(SETTINGS, date(2026, 11, 22))


@given(st.permutations(MOTTOS))
def test_the_order_of_the_lines_does_not_matter(mottos):
    day = DAYS[0]
    assert motto_of(Settings(MOTTOS=tuple(mottos)), day) == motto_of(SETTINGS, day)


def test_every_motto_has_its_days():
    assert {motto_of(SETTINGS, day) for day in DAYS} == set(MOTTOS)


def test_a_new_line_takes_few_days_and_moves_no_other():
    before = [motto_of(SETTINGS, day) for day in DAYS]
    after = [motto_of(Settings(MOTTOS=(*MOTTOS, "新句")), day) for day in DAYS]
    changed = [new for old, new in zip(before, after, strict=True) if old != new]
    assert set(changed) == {"新句"}
    assert len(changed) < 2 * len(DAYS) / len(MOTTOS)


def test_a_line_taken_out_gives_only_its_own_days_away():
    fewer = Settings(MOTTOS=MOTTOS[1:])
    moved = {
        motto_of(SETTINGS, day) for day in DAYS if motto_of(SETTINGS, day) != motto_of(fewer, day)
    }
    assert moved == {MOTTOS[0]}


def test_no_lines_no_motto():
    assert motto_of(Settings(), DAYS[0]) is None


def test_no_day_no_motto():
    assert motto_of(SETTINGS, None) is None
