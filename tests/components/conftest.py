"""Components rendered by themselves: no Pelican, no site."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from jinja2 import Environment, FileSystemLoader
from lxml.html import HtmlElement, fragment_fromstring
from markupsafe import Markup

from pelicanconf import JINJA_ENVIRONMENT
from plugins._card import Card, Credit, Link

TEMPLATES = Path(__file__).parents[2] / "theme/templates"


@pytest.fixture(scope="session")
def environment() -> Environment:
    """The templates with the site's own options."""
    return Environment(loader=FileSystemLoader(TEMPLATES), **JINJA_ENVIRONMENT)  # noqa: S701


@pytest.fixture
def render(environment: Environment) -> Callable[..., HtmlElement]:
    """Call a component: ``render("card", card, ".")``."""

    def render(component: str, *values: object, **named: object) -> HtmlElement:
        macro = getattr(environment.globals["ui"], component)
        return fragment_fromstring(str(macro(*values, **named)), "root")

    return render


def text(element: HtmlElement) -> str:
    """Return what a reader reads, without the spaces of the source."""
    return "".join(element.itertext()).replace("\n", "").replace("  ", "").strip()


def make_card(**changes: object) -> Card:
    """Return the card of an article about whatever the test is about."""
    card = Card(
        path="articles/2026/11/x.md",
        kind="article",
        url="2026/11/x/",
        title="GMV不是销售额",
        headline=Markup("GMV不是<wbr>销售额"),
        date=datetime(2026, 11, 22, 8, 30, 5, tzinfo=ZoneInfo("Asia/Shanghai")),
        timed=True,
        modified=None,
        channel=Link("数据", "channel/data/"),
        tags=(),
        credits=(Credit("作者", "编辑部", "author/desk/"),),
        topics=(),
        points=(),
        series="",
        summary="下单即可计入，不问付款。",
        keywords=(),
        picture=None,
        minutes=(2, 4),
        front="",
        pinned=False,
        weight=0,
        digest="",
    )
    return card._replace(**changes)
