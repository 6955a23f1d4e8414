"""Draw the lead picture of a text whose head says ``题图: 图表``: its own first chart.

A list shows it as an image, which knows none of the page's styles: so the drawing gets its own, for
light and dark. Adds ``chart.svg`` beside such a text. Settings: ``PLATES``, see :class:`Settings`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import escape

from plugins import _facts
from plugins._card import PLATE, Body, Card
from plugins._text import first_drawing

WIDTH, HEIGHT = PLATE
MARGIN = 24
TITLE = 34  # pixels
UNIT = 26
LARGEST, LEAST = 36, 12  # pixels of the labels
TALL = re.compile(r'height="([\d.]+)em"')
LIGHT = {"ink": "#1a1c1f", "second": "#5c636d", "accent": "#c8102e", "ground": "#fff"}
DARK = {"ink": "#e4e6ea", "second": "#9aa3af", "accent": "#ff7a85", "ground": "#14161a"}
STYLE = """text{{font-family:'PingFang SC','HarmonyOS Sans SC','MiSans','Microsoft YaHei',\
'Noto Sans CJK SC',sans-serif;stroke:{ground};stroke-width:6px;paint-order:stroke}}\
svg{{fill:currentColor;color:{ink};overflow:visible}}path,line{{stroke-width:2px;\
vector-effect:non-scaling-stroke}}path,rect{{fill:currentColor}}.chart-lines path{{fill:none;\
stroke:currentColor}}.chart-value{{font-weight:700}}.chart-second{{fill:{second}}}\
.chart-2{{color:{accent}}}.chart-3{{color:{second}}}.chart-4{{opacity:.4}}\
.chart-5{{color:{accent};opacity:.45}}.chart-6{{color:{second};opacity:.4}}\
.chart-lines .chart-2{{stroke-dasharray:7 4}}.chart-lines .chart-3{{stroke-dasharray:2 4}}\
.chart-lines .chart-dots{{stroke-width:5px;stroke-linecap:round;stroke-dasharray:none}}\
path.chart-axis,line.chart-axis{{fill:none;stroke:{second};stroke-width:1px}}"""
COLOURS = """text{{stroke:{ground}}}svg{{color:{ink}}}.chart-second{{fill:{second}}}\
.chart-2,.chart-5{{color:{accent}}}.chart-3,.chart-6{{color:{second}}}\
.chart-axis{{stroke:{second}}}"""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """``PLATES`` in pelicanconf.py: the colours of the drawing, those of the theme's tokens."""

    light: Mapping[str, str] = field(default_factory=lambda: dict(LIGHT))
    dark: Mapping[str, str] = field(default_factory=lambda: dict(DARK))


def plate(body: Body, light: Mapping[str, str], dark: Mapping[str, str]) -> str:
    """Return a text's first chart as a drawing that stands by itself."""
    found = first_drawing(body.html)
    assert found is not None  # noqa: S101  _content has refused a text without one
    top = MARGIN * 2 + TITLE
    tall = float(TALL.search(found.svg)[1])  # type: ignore[index]
    size = max(min(LARGEST, (HEIGHT - top - MARGIN) / tall), LEAST)
    style = STYLE.format(**light)
    style += f"@media(prefers-color-scheme:dark){{{COLOURS.format(**dark)}}}"
    unit = f"（单位：{found.unit}）" if found.unit else ""
    title = (
        f'<text x="{MARGIN}" y="{MARGIN + TITLE}" font-size="{TITLE}" font-weight="700">'
        f'{found.title}<tspan class="chart-second" font-size="{UNIT}" font-weight="400">'
        f"{unit}</tspan></text>"
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}"'
        f' viewBox="0 0 {WIDTH} {HEIGHT}"><style>{escape(style, quote=False)}</style>{title}'
        f'<svg x="{MARGIN}" y="{top}" width="{WIDTH - 2 * MARGIN}" height="{HEIGHT - top}"'
        f' font-size="{size:.0f}">{found.svg}</svg></svg>\n'
    )


def pages(
    cards: tuple[Card, ...], settings: Settings, bodies: _facts.Bodies
) -> Iterator[_facts.Drawn]:
    """Yield the drawings of all texts that have one. Cost: O(texts) looks at cards."""
    for card in cards:
        if card.picture and card.picture.is_plate:
            data = {
                "body": bodies(card.path),
                "light": dict(settings.light),
                "dark": dict(settings.dark),
            }
            yield _facts.Drawn(card.picture.url, plate, data)


def register() -> None:
    """Join the run."""
    _facts.register("plates", settings=Settings, pages=pages, sees=("picture",))
