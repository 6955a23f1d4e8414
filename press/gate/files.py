"""Rules about what lies in content/ and is not to be published, or leads out of it."""

from press.gate import Rule

RULES: dict[str, tuple[Rule, str]] = {}
