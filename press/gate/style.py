"""Rules about the house style."""

from press.gate import Rule

RULES: dict[str, tuple[Rule, str]] = {}
