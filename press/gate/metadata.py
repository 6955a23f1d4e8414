"""Rules about the head of a text."""

from press.gate import Rule

RULES: dict[str, tuple[Rule, str]] = {}
