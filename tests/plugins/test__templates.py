"""Indentation stays in the template; a component is read once."""

import pytest
from jinja2 import DictLoader, Environment, TemplateNotFound

from plugins._templates import Flush


def test_a_template_loses_its_indentation_and_a_text_keeps_it() -> None:
    environment = Environment(extensions=[Flush])  # noqa: S701
    template = environment.from_string("<div>\n    {{ text }}\n\t</div>")
    assert template.render(text="<pre>\n    x") == "<div>\n<pre>\n    x\n</div>"


def test_a_component_is_read_once_in_the_life_of_an_environment() -> None:
    files = {
        "page": "{{ ui.one(text) }}{{ ui.one('<') }}",
        "components/one.html": "{% macro one(text) %}[{{ ui.two(text) }}]{% endmacro %}",
        "components/two.html": "{% macro two(text) %}{{ text }}{% endmacro %}",
    }

    def drawn(environment: Environment) -> str:
        return environment.get_template("page").render(text="甲&乙")

    environment = Environment(loader=DictLoader(files), extensions=[Flush], autoescape=True)
    assert drawn(environment) == "[甲&amp;乙][&lt;]"
    files["components/two.html"] = "{% macro two(text) %}new{% endmacro %}"
    assert drawn(environment) == "[甲&amp;乙][&lt;]"
    again = Environment(loader=DictLoader(files), extensions=[Flush], autoescape=True)
    assert drawn(again) == "[new][new]"


def test_a_component_that_is_not_there_stops_the_page() -> None:
    environment = Environment(loader=DictLoader({"page": "{{ ui.crad() }}"}), extensions=[Flush])  # noqa: S701
    with pytest.raises(TemplateNotFound, match=r"components/crad\.html"):
        environment.get_template("page").render()
