"""Rules about HTML, and Markdown beyond what a page can bear."""

from press.gate import Rule

RULES: dict[str, tuple[Rule, str]] = {}
