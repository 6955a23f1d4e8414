"""Rules about what law and trust ask of a text."""

from press.gate import Rule

RULES: dict[str, tuple[Rule, str]] = {}
