"""Rules about the head of a text. What it cannot do without is in ``plugins/_head.py``."""

from collections.abc import Iterator

from plugins import _head
from plugins._content import KINDS
from press.gate import Gate, Place, Rule, Source


def required(source: Source, gate: Gate) -> Iterator[Place]:
    """Miss the fields that the house wants, though a text can be built without them."""
    kind = KINDS[source.path.partition("/")[0]]
    head = source.head
    if head is None or head.status == "draft":
        return
    for name in gate.required.get(kind, ()):
        if name not in head.lines:
            yield 1, 1, f"缺少{_head.called(name)}：请加一行“{_head.example(name)}”"


RULES: dict[str, tuple[Rule, str]] = {"required": (required, "warning")}
