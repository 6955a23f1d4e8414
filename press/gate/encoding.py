"""Rules about bytes and characters."""

from press.gate import Rule

RULES: dict[str, tuple[Rule, str]] = {}
