"""Rules about where a file lies and which address that gives."""

from press.gate import Rule

RULES: dict[str, tuple[Rule, str]] = {}
