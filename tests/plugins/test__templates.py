"""A template's indentation stays in the template; a text's own stays in the page."""

from jinja2 import Environment

from plugins._templates import Flush


def test_a_template_loses_its_indentation_and_a_text_keeps_it() -> None:
    environment = Environment(extensions=[Flush])  # noqa: S701
    template = environment.from_string("<div>\n    {{ text }}\n\t</div>")
    assert template.render(text="<pre>\n    x") == "<div>\n<pre>\n    x\n</div>"
