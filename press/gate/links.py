"""Rules about links inside the site and to others."""

from press.gate import Rule

RULES: dict[str, tuple[Rule, str]] = {}
