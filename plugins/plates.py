"""Draw the lead picture of a text whose head says ``题图: 图表``: its own first chart.

A list shows it as an image, which knows none of the page's styles: so the drawing gets its own, for
light and dark. Numbers and events, which are words, are set anew, as large as there is room. Adds
``chart.svg`` beside such a text. Settings: ``PLATES``, see :class:`Settings`.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape
from operator import itemgetter
from typing import NamedTuple

from plugins import _facts
from plugins._card import PLATE, Body, Card
from plugins._chart_svg import balanced, width, wrapped
from plugins._frozen import Frozen
from plugins._text import Drawing, first_drawing

WIDTH, HEIGHT = PLATE
MARGIN = 24
ROOM = WIDTH - 2 * MARGIN
TITLE, UNIT = 36, 26  # pixels
LARGEST, LEAST = 36, 12  # pixels of the labels
SMALLEST = 24  # the same where only words stand
LABEL = 36  # pixels of what a number is
LEADING = 1.35  # from line to line
TIGHTEST = 0.4  # of a line: between two events
GAP = 32  # pixels between what stands side by side
FEWEST = 10  # em of a label beside a number, at the least
CAPITAL = 0.74  # em that a figure is high
BOLD = 1.06  # how much wider a bold figure is
SMALL, SPACE = 0.3, 0.2  # of a number: its unit; of that: what parts the two
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


class Settings(Frozen):
    """``PLATES`` in pelicanconf.py: the colours of the drawing, those of the theme's tokens."""

    light: Mapping[str, str] = LIGHT
    dark: Mapping[str, str] = DARK


class Line(NamedTuple):
    """Some words at ``x`` and ``y`` pixels; ``words`` is markup."""

    x: float
    y: float
    size: float
    words: str
    attributes: str = ""


def plate(body: Body, light: Mapping[str, str], dark: Mapping[str, str]) -> str:
    """Return a text's first chart as a drawing that stands by itself."""
    found = first_drawing(body.html)
    assert found is not None  # noqa: S101  _content has refused a text without one
    title, top = titled(found)
    drawn = SET.get(found.kind, scaled)(found, top)
    style = STYLE.format(**light)
    style += f"@media(prefers-color-scheme:dark){{{COLOURS.format(**dark)}}}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}"'
        f' viewBox="0 0 {WIDTH} {HEIGHT}"><style>{escape(style, quote=False)}</style>'
        f"{write(title)}{drawn}</svg>\n"
    )


def write(lines: Iterable[Line]) -> str:
    """Return lines as text elements."""
    return "".join(
        f'<text x="{line.x:.0f}" y="{line.y:.0f}" font-size="{line.size:.0f}"{line.attributes}>'
        f"{line.words}</text>"
        for line in lines
    )


def titled(found: Drawing) -> tuple[list[Line], float]:
    """Set the title, with its unit unless each number has it; return where the rest begins."""
    bold = ' font-weight="700"'
    cut = balanced(found.title, ROOM / TITLE)
    lines = [
        Line(MARGIN, MARGIN + TITLE * (1 + LEADING * number), TITLE, escape(words), bold)
        for number, words in enumerate(cut)
    ]
    unit = f"（单位：{found.unit}）" if found.unit and found.kind not in SET else ""
    if unit:
        last, used = lines[-1], width(cut[-1]) * TITLE
        second = ' class="chart-second"'
        if used + width(unit) * UNIT <= ROOM:
            part = f'<tspan{second} font-size="{UNIT}" font-weight="400">{escape(unit)}</tspan>'
            lines[-1] = last._replace(words=last.words + part)
        else:
            lines.append(Line(MARGIN, last.y + UNIT * LEADING, UNIT, escape(unit), second))
    return lines, lines[-1].y + MARGIN


def scaled(found: Drawing, top: float) -> str:
    """Draw a chart as its text does, as large as there is room."""
    tall = float(TALL.search(found.svg)[1])  # type: ignore[index]
    size = max(min(LARGEST, (HEIGHT - top - MARGIN) / tall), LEAST)
    return (
        f'<svg x="{MARGIN}" y="{top:.0f}" width="{ROOM}" height="{HEIGHT - top:.0f}"'
        f' font-size="{size:.0f}">{found.svg}</svg>'
    )


def numerals(found: Drawing, top: float) -> str:
    """Set a few numbers as large as there is room, each with its unit and what it is."""
    em = max(
        BOLD * width(number.removeprefix("约"))
        + SMALL * (number.startswith("约") + width(found.unit) + bool(found.unit) * SPACE)
        for _, number in found.rows
    )
    labels = [label for label, _ in found.rows]
    high = HEIGHT - top - MARGIN
    size, places = max((way(labels, em, high) for way in (rows, columns)), key=itemgetter(0))
    if size < LABEL:  # so many words that the numbers would be smaller
        return scaled(found, top)
    lines = []
    for (_, number), (x, y, *below) in zip(found.rows, places, strict=True):
        words = escape(number.removeprefix("约"))
        small = f'<tspan class="chart-second" font-size="{size * SMALL:.0f}"'
        if number.startswith("约"):
            words = f"{small}>约</tspan>{words}"
        if found.unit:
            apart = f' dx="{size * SMALL * SPACE:.0f}"'
            words += f"{small}{apart}>{escape(found.unit)}</tspan>"
        lines.append(Line(x, top + y, size, words, ' class="chart-value chart-2"'))
        lines += [line._replace(y=top + line.y) for line in below]
    return write(lines)


Places = list[tuple]  # of each number: x, y, then the lines that say what it is


def rows(labels: Sequence[str], em: float, high: float) -> tuple[float, Places]:
    """Place numbers of ``em`` one below the other, what they are on their right; and their size."""
    band = high / len(labels)
    size = min(band * 0.76 / CAPITAL, (ROOM - GAP - LABEL * FEWEST) / em)
    x = MARGIN + em * size + GAP
    places: Places = []
    for number, label in enumerate(labels):
        lines = balanced(label, (MARGIN + ROOM - x) / LABEL)
        if len(lines) * LABEL * LEADING > band:
            return 0, []
        middle = (number + 0.5) * band
        first = middle + LABEL * (0.36 - (len(lines) - 1) * LEADING / 2)
        told = [
            Line(x, first + place * LABEL * LEADING, LABEL, escape(words))
            for place, words in enumerate(lines)
        ]
        places.append((MARGIN, middle + size * CAPITAL / 2, *told))
    return size, places


def columns(labels: Sequence[str], em: float, high: float) -> tuple[float, Places]:
    """Place numbers of ``em`` side by side, what they are below them; and their size."""
    wide = (ROOM - GAP * (len(labels) - 1)) / len(labels)
    cut = [balanced(label, wide / LABEL) for label in labels]
    below = LABEL * (0.5 + LEADING * max(map(len, cut)))
    size = max(min((high - below - GAP) / CAPITAL, wide / em), 0)
    y = (high - below + size * CAPITAL) / 2
    places: Places = []
    for number, lines in enumerate(cut):
        x = MARGIN + number * (wide + GAP)
        told = [
            Line(x, y + LABEL * (0.4 + LEADING * place), LABEL, escape(words))
            for place, words in enumerate(lines, start=1)
        ]
        places.append((x, y, *told))
    return size, places


def column_of(days: Iterable[str], size: float) -> float:
    """Return where words begin that stand beside days."""
    return MARGIN + (BOLD * max(map(width, days)) + 2) * size


def room_left(told: Sequence[tuple[str, str]], size: float, high: float) -> float:
    """Return the pixels between events of ``size``, negative if they have no room."""
    room = (MARGIN + ROOM - column_of([day for day, _ in told], size)) / size
    lines = sum(len(wrapped(words, room)) for _, words in told)
    return (high - lines * size * LEADING) / len(told)


def events(found: Drawing, top: float) -> str:
    """Set events in rows, days on the left; the newest, if not all of them have room."""
    high = HEIGHT - top - MARGIN
    most = int(high / (SMALLEST * (LEADING + TIGHTEST)))
    told = found.rows[-most:]
    while len(told) > 1 and room_left(told, SMALLEST, high) < SMALLEST * TIGHTEST:
        told = told[1:]
    sizes = range(LARGEST, SMALLEST, -2)
    fits = (size for size in sizes if room_left(told, size, high) >= size * TIGHTEST)
    size = next(fits, SMALLEST)
    apart = room_left(told, size, high)
    room = (MARGIN + ROOM - column_of([day for day, _ in told], size)) / size
    cut = [(day, balanced(words, room)) for day, words in told]
    return write_events(cut, top + apart / 2, size, apart)


def write_events(told: Sequence[tuple[str, list[str]]], y: float, size: float, apart: float) -> str:
    """Return days, a point for each on a line, and what happened, ``apart`` pixels between them."""
    lines, points = [], []
    x = column_of([day for day, _ in told], size)
    for day, words in told:
        points.append(y + size * 0.68)
        lines.append(Line(MARGIN, y + size, size, escape(day), ' class="chart-value"'))
        for line in words:
            y += size * LEADING
            lines.append(Line(x, y - size * (LEADING - 1), size, escape(line)))
        y += apart
    at = x - size
    drawn = "".join(
        f'<circle class="chart-2" cx="{at:.0f}" cy="{point:.0f}" r="{size / 4:.0f}"'
        ' fill="currentColor"/>'
        for point in points
    )
    line = (
        f'<line class="chart-axis" x1="{at:.0f}" x2="{at:.0f}" y1="{points[0]:.0f}"'
        f' y2="{points[-1]:.0f}"/>'
    )
    return line + drawn + write(lines)


SET: Mapping[str, Callable[[Drawing, float], str]] = {"数字": numerals, "时间线": events}


def files(card: Card, settings: Settings, body: Body) -> Iterator[_facts.Drawn]:
    """Yield the drawing of a text that has one."""
    if card.picture and card.picture.is_plate:
        data = {"body": body, "light": dict(settings.light), "dark": dict(settings.dark)}
        yield _facts.Drawn(card.picture.url, plate, data)


def register() -> None:
    """Join the run."""
    _facts.register("plates", settings=Settings, files=files)
