"""Rules about pictures, drawings and videos."""

from press.gate import Rule

RULES: dict[str, tuple[Rule, str]] = {}
