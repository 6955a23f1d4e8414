"""The READMEs tell the figures that the cases give."""

from pathlib import Path

import pytest

from tests.gate.__main__ import table

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(("file", "language"), [("README.md", 0), ("README.zh-CN.md", 1)])
def test_the_table_of_the_gate(file, language):
    assert table(language) in (ROOT / file).read_text(encoding="utf-8")
