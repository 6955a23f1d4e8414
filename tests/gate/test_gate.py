"""Every case of tests/gate through the gate; what they mean is told in cases.py."""

import pytest

from tests.gate.cases import Case, load, shown

CASES = load()


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_case(case: Case) -> None:
    assert shown(case) == list(case.expected)


def test_no_case_stands_twice() -> None:
    given = [(case.file, case.given, str(case.settings)) for case in CASES]
    assert len(given) == len(set(given))
    assert len({case.name for case in CASES}) == len(CASES)
