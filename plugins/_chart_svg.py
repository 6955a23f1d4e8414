"""Draw a chart of a few numbers: from values to markup, nothing else is asked.

Nothing in a chart is scaled with its width but the bars and lines themselves: text stands in em and
per cent, so it is as large on a phone as on a desk and follows a reader's own text size. Whether
labels fit is reckoned for ``ROOM``, the column of a phone.

What is honest is decided here: columns and bars begin at zero, a year without a number is a gap, a
line never goes through one, an axis that begins elsewhere is drawn broken and says so.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from itertools import groupby
from typing import NamedTuple
from unicodedata import east_asian_width

ROOM = 24.5  # em across a phone of 350 pixels, at the chart's text of 13 pixels
NARROW = 21.5  # the same of the narrowest phone, 320 pixels: for lines of text that are full
LINE = 1.5  # em from one line of text to the next
APART = 1.1  # em between two labels, one below the other
PLOT = 11.0  # em that bars and lines are high
WIDEST = 22  # per cent across that the columns of a label take at most
BAR = 0.9  # em that a lying bar is thick
SCALE = 1000  # units across the plot, each way
FEW = 16  # columns whose numbers are all told if there is room
EDGE = 40  # units that the points of a line keep from its sides
LEAST = 8  # units of a bar that is not zero: else 1 beside 10,000 could not be seen
LARGE = 4  # em of a number that stands for itself
TICK = 0.35  # em of the mark of a broken axis
GAP = "缺"
YEAR = re.compile(r"\d{4}")
MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
TIME = re.compile(r"\d{4}(?:\D.*)?")
UNPARTED = re.compile(
    r"[“‘（《]*(?:[A-Za-z0-9.,%+-]+[年月日时天元万亿件]*|.)[—”’）》，。、；：？！]*"
)
KINDS = {
    "column": "柱形图",
    "grouped": "分组柱形图",
    "line": "折线图",
    "share": "占比图",
    "timeline": "时间线",
    "slope": "坡度图",
    "number": "数字",
}


class Number(NamedTuple):
    """A number as it was typed, and what it is worth."""

    text: str
    value: float


class Row(NamedTuple):
    """A label with its number in each series; None is a gap."""

    label: str
    numbers: tuple[Number | None, ...]


class Event(NamedTuple):
    """A point of a timeline; ``day`` counts days."""

    date: str
    text: str
    day: int


class Chart(NamedTuple):
    """All that is drawn."""

    kind: str
    title: str
    unit: str
    scope: str  # 口径
    until: str  # 截止日, as it is shown
    source: str
    head: tuple[str, ...]  # names of the columns: of the labels, then of the series
    rows: tuple[Row, ...] = ()
    events: tuple[Event, ...] = ()
    base: Number | None = None  # where the axis of a line begins, if not at zero


class Label(NamedTuple):
    """Some text: at ``x`` per cent and ``y`` em."""

    x: float
    y: float
    text: str
    side: str = "middle"
    name: str = ""  # its class


def figure(chart: Chart) -> str:
    """Return the whole figure: title, drawing, and a caption with the same numbers as a table."""
    drawn, height = DRAWN[chart.kind](chart)
    told = {
        "单位": chart.unit,
        "口径": chart.scope,
        "截至": chart.until,
        "来源": chart.source,
    }
    notes = "；".join(
        f"{name}{'' if name == '截至' else '：'}{text}" for name, text in told.items() if text
    )
    return (
        f'<figure class="chart"><p><strong>{escape(chart.title)}</strong></p>'
        f'<svg role="img" width="100%" height="{short(height)}em"'
        f' aria-label="{escape(described(chart))}">{drawn}</svg>'
        f'<figcaption>{escape(notes)}<details class="details"><summary>数据表</summary>'
        f"{table(chart)}</details></figcaption></figure>"
    )


def table(chart: Chart) -> str:
    """Return the numbers as a table, as they were typed."""
    name = f"数据表：{chart.title}"
    heads = "".join(
        f'<th scope="col"{"" if number == 0 or chart.events else num()}>{escape(text)}</th>'
        for number, text in enumerate(chart.head)
    )
    rows = [
        f"<tr><td>{escape(event.date)}</td><td>{escape(event.text)}</td></tr>"
        for event in chart.events
    ]
    for row in chart.rows:
        cells = (number.text if number else "—" for number in row.numbers)
        told = "".join(f"<td{num()}>{escape(cell)}</td>" for cell in cells)
        rows.append(f"<tr><td>{escape(row.label)}</td>{told}</tr>")
    return (
        f'<div class="table" role="group" tabindex="0" aria-label="{escape(name)}"><table><thead>'
        f"<tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def num() -> str:
    """Return the attribute of a cell that holds a number."""
    return ' class="num"'


# ---- what it shows, in words


def described(chart: Chart) -> str:
    """Say what a chart shows: how many, the highest, the lowest, what is missing."""
    unit = f"，单位{chart.unit}" if chart.unit else ""
    if chart.events:
        first, last = chart.events[0].date, chart.events[-1].date
        span = f"从{first}到{last}" if first != last else first
        return f"时间线：{chart.title}。{span}，共{len(chart.events)}件。"
    if chart.kind == "number":
        parts = "；".join(f"{row.label}{told(row.numbers[0])}{chart.unit}" for row in chart.rows)
        return f"数字：{chart.title}。{parts}。"
    if chart.kind == "share":
        parts = "，".join(f"{row.label}{told(row.numbers[0])}" for row in chart.rows)
        return f"占比图：{chart.title}{unit}。{parts}。"
    if chart.kind == "slope":
        first, last = chart.head[1:]
        parts = "；".join(
            f"{row.label}{first}为{told(row.numbers[0])}，{last}为{told(row.numbers[1])}"
            for row in chart.rows
        )
        return f"坡度图：{chart.title}{unit}。{parts}。{broken(chart)}"
    rows = chart.rows
    span = f"从{rows[0].label}到{rows[-1].label}，共{len(rows)}项" if len(rows) > 1 else ""
    series = chart.head[1:]
    parts = [span] if span else []
    for place, name in enumerate(series):
        text = extremes([(row.label, row.numbers[place]) for row in rows])
        parts.append(f"{name}{text}" if len(series) > 1 else text)
    return f"{KINDS[chart.kind]}：{chart.title}{unit}。{'；'.join(parts)}。{broken(chart)}"


def told(number: Number | None) -> str:
    """Return a number, or that there is none."""
    return number.text if number else "空缺"


def extremes(points: Sequence[tuple[str, Number | None]]) -> str:
    """Say which of some numbers are the highest and the lowest, and which are missing."""
    known = [(label, number) for label, number in points if number]
    gaps = "、".join(label for label, number in points if not number)
    missing = f"，{gaps}空缺" if gaps else ""
    values = {number.value for _, number in known}
    if len(known) == 1:
        label, number = known[0]
        return f"{label}为{number.text}{missing}"
    if len(values) == 1:
        return f"都是{known[0][1].text}{missing}"
    label, most = max(known, key=lambda point: point[1].value)
    name, least = min(known, key=lambda point: point[1].value)
    return f"最高是{label}的{most.text}，最低是{name}的{least.text}{missing}"


def broken(chart: Chart) -> str:
    """Say that an axis does not begin at zero, "" if it does."""
    return f"纵轴从{chart.base.text}起，不是从0起" if chart.base else ""


# ---- text


def width(text: str) -> float:
    """Return about how many em a text is wide."""
    return sum(1.0 if east_asian_width(sign) in "WFA" else 0.58 for sign in text)


def wrapped(text: str, room: float) -> list[str]:
    """Cut a text into lines of ``room`` em; Latin words and numbers stay whole if they fit.

    No line begins with a closing mark or ends with an opening one (CLREQ, line composition rules).
    """
    lines, line = [], ""
    for piece in UNPARTED.findall(text):
        for part in [piece] if width(piece) <= room else piece:
            if line and width(line + part) > room:
                lines.append(line)
                line = ""
            line += part
    return [*lines, line]


def balanced(text: str, room: float) -> list[str]:
    """Cut a text into as few lines of ``room`` em as there can be, of about the same length."""
    best = wrapped(text, room)
    while len(best) > 1 and room > 1:
        room -= 0.5
        lines = wrapped(text, room)
        if len(lines) > len(best):
            break
        best = lines
    return best


def short(number: float) -> str:
    """Write a length without needless digits."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


def write(labels: Iterable[Label]) -> str:
    """Return text elements; those of one class and side share a group."""
    found = sorted(labels, key=lambda label: (label.name, label.side))
    groups = []
    for (name, side), members in groupby(found, key=lambda label: (label.name, label.side)):
        texts = "".join(
            f'<text x="{short(label.x)}%" y="{short(label.y)}em">{escape(label.text)}</text>'
            for label in members
        )
        attributes = f' class="{name}"' if name else ""
        attributes += f' text-anchor="{side}"' if side != "start" else ""
        groups.append(f"<g{attributes}>{texts}</g>" if attributes else texts)
    return "".join(groups)


def kept_inside(label: Label) -> Label:
    """Return a centred label as it stands within the drawing."""
    half, middle = width(label.text) / 2, label.x * ROOM / 100
    if half > middle:
        return label._replace(x=0, side="start")
    if half > ROOM - middle:
        return label._replace(x=100, side="end")
    return label


class Board:
    """Where labels stand already: a new one is put down only where it covers none."""

    def __init__(self) -> None:
        self.labels: list[Label] = []
        self.taken: list[tuple[float, float, float]] = []  # left, right, baseline in em

    def put(self, label: Label, *others: Label) -> bool:
        """Put down a label, or the first of its ``others`` that has room."""
        for one in map(kept_inside, (label, *others)):
            wide, at = width(one.text) + 0.4, one.x * ROOM / 100
            left = {"start": at, "middle": at - wide / 2, "end": at - wide}[one.side]
            if all(
                left >= right or left + wide <= start or abs(one.y - y) >= APART
                for start, right, y in self.taken
            ):
                self.labels.append(one)
                self.taken.append((left, left + wide, one.y))
                return True
        return False


# ---- shapes


def plot(kind: str, top: float, height: float, paths: Iterable[tuple[str, str]]) -> str:
    """Return the part of a drawing that is stretched: paths by class, in units of SCALE."""
    drawn = "".join(f'<path class="{name}" d="{path}"/>' for name, path in paths if path)
    return (
        f'<svg class="{kind}" y="{short(top)}em" width="100%" height="{short(height)}em"'
        f' viewBox="0 0 {SCALE} {SCALE}" preserveAspectRatio="none">{drawn}</svg>'
    )


def bar(x: float, y: float, wide: float, high: float) -> str:
    """Return the path of a rectangle."""
    return f"M{x:.0f} {y:.0f}h{wide:.0f}v{high:.0f}h-{wide:.0f}z"


def legend(names: Sequence[str], top: float = 0) -> tuple[str, float]:
    """Return a sign and a name for each series, and how high they are; nothing for one."""
    if len(names) < 2:  # noqa: PLR2004  one needs no name
        return "", 0
    pieces, x, y = [], 0.0, top
    for number, name in enumerate(names, start=1):
        wide = 1.2 + width(name) + 1.2
        if x and x + wide > NARROW:
            x, y = 0.0, y + LINE
        pieces.append(
            f'<rect class="chart-{number}" x="{short(x)}em" y="{short(y + 0.3)}em" width=".8em"'
            f' height=".8em"/><text x="{short(x + 1.2)}em" y="{short(y + 1.05)}em">'
            f"{escape(name)}</text>"
        )
        x += wide
    return "".join(pieces), y + LINE - top + 0.4


def span_of(values: Iterable[float], base: float) -> tuple[float, float]:
    """Return the ends of an axis that holds some values and ``base``."""
    found = [*values, base]
    low, high = min(found), max(found)
    return low, high if high > low else low + 1


def numbers_of(chart: Chart) -> list[float]:
    """Return the values of a chart."""
    return [number.value for row in chart.rows for number in row.numbers if number]


# ---- columns and bars


def columns(chart: Chart) -> tuple[str, float]:
    """Draw standing columns, or lying bars where standing ones have no room for their labels."""
    if all_fit(chart):
        return standing(chart, sparse=False)
    if places(chart) == 1 and all(TIME.fullmatch(row.label) for row in chart.rows):
        return standing(chart, sparse=True)
    return lying(chart)


def places(chart: Chart) -> int:
    """Return how many columns stand beside one another at a label.

    Series of which each label has but one number take each other's place: it is one column in
    two colours, as where a count has changed its rules.
    """
    return max(sum(number is not None for number in row.numbers) for row in chart.rows) or 1


def all_fit(chart: Chart) -> bool:
    """Tell whether each column has room for its number and its label."""
    slot = ROOM / len(chart.rows)
    beside = places(chart)
    texts = [number.text for row in chart.rows for number in row.numbers if number]
    widest = max(map(width, texts), default=0)
    lines = [wrapped(row.label, max(slot - 0.4, 1)) for row in chart.rows]
    return (
        (widest + 0.5) * beside <= slot * (1 if beside == 1 else 0.9)
        and max(map(len, lines)) <= 2  # noqa: PLR2004
        and all(width(line) <= slot - 0.3 for found in lines for line in found)
    )


def standing(chart: Chart, *, sparse: bool) -> tuple[str, float]:
    """Draw columns from zero; ``sparse``: with the labels that have room."""
    signs, top = legend(chart.head[1:])
    low, high = span_of(numbers_of(chart), 0)
    top += LINE
    slot, beside = 100 / len(chart.rows), places(chart)
    filled = 0.64 if beside == 1 else 0.86
    wide = min(slot * filled, WIDEST) / beside
    unit = SCALE / (high - low)
    tall_plot = PLOT if any(numbers_of(chart)) else LINE  # all zero: there is nothing to show
    zero = high * unit
    one = len(chart.head) == 2 and TIME.fullmatch(chart.rows[-1].label)  # noqa: PLR2004
    paths = [""] * (len(chart.head) - 1)
    newest = ""
    stood: list[Column] = []
    labels, names = [], []
    below = tall_plot + (LINE if low < 0 else 0.2)
    for place, row in enumerate(chart.rows):
        middle = (place + 0.5) * slot
        names.append((middle, row.label))
        stand = 0
        for series, number in enumerate(row.numbers):
            if number is None:
                if beside > 1:
                    stand += 1
                continue
            x = middle + (stand - beside / 2) * wide
            stand += 1
            tall = max(abs(number.value) * unit, LEAST) if number.value else 0
            y = zero if number.value < 0 else zero - tall
            if tall:
                path = bar(x * SCALE / 100, y, wide * SCALE / 100, tall)
                if one and place == len(chart.rows) - 1:
                    newest = path
                else:
                    paths[series] += path
            y = (y + tall) if number.value < 0 else y
            at = top + y * tall_plot / SCALE + (1.1 if number.value < 0 else -0.35)
            label = Label(x + wide / 2, at, number.text, name="chart-value")
            stood.append(Column(label, number.value, series))
        if not any(row.numbers):
            at = top + zero * tall_plot / SCALE - 0.35
            labels.append(Label(middle, at, GAP, name="chart-second"))
    texts, depth = names_below(names, top + below + 1, slot, sparse=sparse)
    labels += labels_of(stood, wide) if sparse else [column.label for column in stood]
    labels += texts
    drawn = plot(
        "chart-bars",
        top,
        tall_plot,
        [
            *((f"chart-{number}", path) for number, path in enumerate(paths, start=1)),
            ("chart-2", newest),
            ("chart-axis", f"M0 {zero:.0f}h{SCALE}"),
        ],
    )
    return signs + drawn + write(labels), top + below + depth * LINE


def names_below(
    names: Sequence[tuple[float, str]], top: float, slot: float, *, sparse: bool
) -> tuple[list[Label], int]:
    """Return the labels under an axis, and on how many lines; ``sparse``: those that have room."""
    if not sparse:
        lines = [(x, wrapped(name, slot * ROOM / 100 - 0.3)) for x, name in names]
        labels = [
            Label(x, top + number * LINE, line, name="chart-second")
            for x, found in lines
            for number, line in enumerate(found)
        ]
        return labels, max(len(found) for _, found in lines)
    board = Board()
    order = [names[0], names[-1], *names[1:-1]]
    for x, name in order:
        board.put(Label(x, top, name, name="chart-second"))
    return board.labels, 1


class Column(NamedTuple):
    """A column that stands: where its number would be written, and what it is worth."""

    label: Label
    value: float
    series: int


def labels_of(columns: Sequence[Column], wide: float) -> list[Label]:
    """Return the numbers that have room over columns ``wide`` per cent.

    The last, highest, lowest and first of each series come before all others. Of many, no others
    are told: they would be a pattern, not an answer.
    """
    board = Board()
    series = [
        [column for column in columns if column.series == number]
        for number in sorted({column.series for column in columns}, reverse=True)
    ]
    ranks = [
        (found[-1], max(found, key=worth_of), min(found, key=worth_of), found[0])
        for found in series
    ]
    chief = dict.fromkeys(column for rank in zip(*ranks, strict=True) for column in rank)
    others = columns if len(columns) <= FEW else ()
    for column in dict.fromkeys([*chief, *others]):
        reach = width(column.label.text) / 2 * 100 / ROOM + wide / 2
        over = [
            other
            for other in columns
            if other is not column and abs(other.label.x - column.label.x) < reach
        ]
        if column in chief or all(other.label.y >= column.label.y for other in over):
            board.put(column.label)
    return board.labels


def worth_of(column: Column) -> float:
    """Return what a column is worth, for who looks for the highest."""
    return column.value


def lying(chart: Chart) -> tuple[str, float]:
    """Draw bars from zero, each label in full above its bar."""
    signs, y = legend(chart.head[1:])
    low, high = span_of(numbers_of(chart), 0)
    several = len(chart.head) > 2  # noqa: PLR2004
    texts = [number.text for row in chart.rows for number in row.numbers if number]
    # Beside a bar of several stands its number; a single one stands at the end of its label's line.
    share = 1 - (max(map(width, texts)) + 0.8) / NARROW if several else 1
    unit = SCALE * share / (high - low)
    zero = -low * unit
    begin = y
    labels: list[Label] = []
    bars: list[tuple[int, float, float, float]] = []  # series, x, y in em, width
    for row in chart.rows:
        beside = 0.0
        if not several:
            number = row.numbers[0]
            text = number.text if number else GAP
            beside = width(text) + 1
            name = "chart-value" if number else "chart-second"
            labels.append(Label(100, y + 1.05, text, "end", name))
        for line in wrapped(row.label, NARROW - beside):
            labels.append(Label(0, y + 1.05, line, "start"))
            y += LINE
        known = row.numbers if any(row.numbers) else row.numbers[:1]
        for series, number in enumerate(known):
            if number is None:
                if several:
                    labels.append(Label(0.5, y + BAR - 0.05, GAP, "start", "chart-second"))
                    y += BAR + 0.3
                continue
            wide = max(abs(number.value) * unit, 3) if number.value else 0
            x = zero - wide if number.value < 0 else zero
            if wide:
                bars.append((series, x, y, wide))
            if several:
                at = (x + wide) * 100 / SCALE + 1
                labels.append(Label(at, y + BAR - 0.05, number.text, "start", "chart-value"))
            y += BAR + 0.3
        y += 0.5
    y -= 0.5
    tall = SCALE / (y - begin)
    paths = [
        (
            f"chart-{series + 1}",
            "".join(
                bar(x, (at - begin) * tall, wide, BAR * tall)
                for number, x, at, wide in bars
                if number == series
            ),
        )
        for series in range(len(chart.head) - 1)
    ]
    if low < 0:
        paths.append(("chart-axis", f"M{zero:.0f} 0v{SCALE}"))
    return signs + plot("chart-bars", begin, y - begin, paths) + write(labels), y + 0.3


# ---- lines


def across(rows: Sequence[Row]) -> list[float]:
    """Return where rows stand from 0 to 1: months by the calendar, all else evenly."""
    if len(rows) == 1:
        return [0.5]
    months = [MONTH.fullmatch(row.label) for row in rows]
    if all(months):
        counts = [int(found[1]) * 12 + int(found[2]) for found in months if found]
        return [(count - counts[0]) / (counts[-1] - counts[0]) for count in counts]
    return [place / (len(rows) - 1) for place in range(len(rows))]


def lines(chart: Chart) -> tuple[str, float]:
    """Draw a line for each series, with a gap where a number is missing."""
    signs, top = legend(chart.head[1:])
    low, high = span_of(numbers_of(chart), chart.base.value if chart.base else 0)
    top += LINE
    xs = [EDGE + place * (SCALE - 2 * EDGE) for place in across(chart.rows)]
    unit = SCALE / (high - low)
    board = Board()
    paths, told_points = [], []
    for series in range(len(chart.head) - 1):
        points = [
            (x, SCALE - (row.numbers[series].value - low) * unit, row.numbers[series])
            if row.numbers[series]
            else None
            for x, row in zip(xs, chart.rows, strict=True)
        ]
        paths.append((f"chart-{series + 1}", line_through(points)))
        paths.append((f"chart-{series + 1} chart-dots", dots_at(points)))
        known = [point for point in points if point]
        if known:
            told_points.append(ranked(known))
    rest = max(map(len, told_points), default=0)
    for place in range(rest):  # the last of each series before the highest of any
        for points in told_points:
            if place < len(points):
                x, y, number = points[place]
                beside = [
                    (other - y) * PLOT / SCALE
                    for found in told_points
                    for at, other, _ in found
                    if at == x and other != y
                ]
                put_beside(board, x / SCALE * 100, top + y * PLOT / SCALE, number.text, beside)
    if low < 0 < high:
        paths.append(("chart-axis", f"M0 {SCALE + low * unit:.0f}h{SCALE}"))
    bottom = top + PLOT + (LINE if low < 0 or chart.base else 1)
    names = [(x / SCALE * 100, row.label) for x, row in zip(xs, chart.rows, strict=True)]
    labels, _ = names_below(names, bottom + 1, 0, sparse=True)
    floor = axis(chart, top + PLOT) if not low < 0 < high else ""
    end = bottom + LINE
    if chart.base:
        labels.append(Label(0, end + 1, broken(chart), "start", "chart-second"))
        end += LINE
    drawn = plot("chart-lines", top, PLOT, paths)
    return signs + floor + drawn + write([*board.labels, *labels]), end


def axis(chart: Chart, y: float) -> str:
    """Draw the axis under a line; one that does not begin at zero is broken."""
    at = short(y)
    if not chart.base:
        return f'<line class="chart-axis" x2="100%" y1="{at}em" y2="{at}em"/>'
    cut = "".join(
        f'<line class="chart-axis" x1="{short(x - TICK / 2)}em" x2="{short(x + TICK / 2)}em"'
        f' y1="{short(y + TICK)}em" y2="{short(y - TICK)}em"/>'
        for x in (0.8, 1.15)
    )
    return (
        f'<line class="chart-axis" x2=".8em" y1="{at}em" y2="{at}em"/>{cut}'
        f'<line class="chart-axis" x1="1.15em" x2="100%" y1="{at}em" y2="{at}em"/>'
    )


Point = tuple[float, float, Number]


def line_through(points: Sequence[Point | None]) -> str:
    """Return the path of a line that ends at each gap."""
    path, on = "", False
    for point in points:
        if point:
            path += f"{'L' if on else 'M'}{point[0]:.0f} {point[1]:.0f}"
        on = point is not None
    return path


def dots_at(points: Sequence[Point | None]) -> str:
    """Return the path of dots, each a stroke of no length."""
    return "".join(f"M{point[0]:.0f} {point[1]:.0f}h0" for point in points if point)


def ranked(points: Sequence[Point]) -> list[Point]:
    """Return points by how much their labels tell: last, highest, lowest, first, the rest."""
    most = min(points, key=lambda point: point[1])
    least = max(points, key=lambda point: point[1])
    return list(dict.fromkeys([points[-1], most, least, points[0], *points]))


def put_beside(board: Board, x: float, y: float, text: str, others: Sequence[float]) -> None:
    """Put a number above its point, or below; not towards ``others``, points of the same label.

    So the order of the numbers is that of the points; where there is no room, the table tells.
    """
    above = Label(x, y - 0.6, text, name="chart-value")
    sides = [
        label
        for label, nearest in ((above, -1.7), (above._replace(y=y + 1.4), 1.7))
        if not any(0 < other / nearest < 1 for other in others)
    ]
    if sides:
        board.put(*sides)


def slope(chart: Chart) -> tuple[str, float]:
    """Draw a line from before to after for each row."""
    low, high = span_of(numbers_of(chart), chart.base.value if chart.base else 0)
    unit = SCALE / (high - low)
    left, right = 46, 84  # per cent
    room = NARROW * left / 100
    ends: tuple[list, list] = ([], [])
    paths = []
    for place, row in enumerate(chart.rows):
        marks = [SCALE - (number.value - low) * unit if number else None for number in row.numbers]
        path = "".join(
            f"{'L' if side and marks[0] is not None else 'M'}{x * SCALE / 100:.0f} {mark:.0f}"
            for side, (x, mark) in enumerate(zip((left, right), marks, strict=True))
            if mark is not None
        )
        name = f"chart-{place % 3 + 1}"
        paths.append((name, path))
        dots = [
            (x * SCALE / 100, mark, Number("", 0))
            for x, mark in zip((left, right), marks, strict=True)
            if mark is not None
        ]
        paths.append((f"{name} chart-dots", dots_at(dots)))
        first, last = row.numbers
        text = f"{row.label} {first.text}" if first else f"{row.label} {GAP}"
        at = marks[0] if marks[0] is not None else marks[1]
        ends[0].append((at, wrapped(text, room - 1)))
        if last:
            ends[1].append((marks[1], [last.text]))
    top = LINE + 0.9
    tall = max(PLOT, *(sum(len(found) for _, found in side) * 1.25 for side in ends))
    labels = [
        Label(left, 1.05, chart.head[1], "end", "chart-second"),
        Label(right, 1.05, chart.head[2], "start", "chart-second"),
    ]
    bottom = top + tall
    for side, x, found in ((0, left - 3, ends[0]), (1, right + 3, ends[1])):
        for y, text in spread(found, top, tall):
            name = "chart-value" if side else ""
            labels.append(Label(x, y, text, "start" if side else "end", name))
            bottom = max(bottom, y)
    bottom += 0.6
    if chart.base:
        labels.append(Label(0, bottom + 1, broken(chart), "start", "chart-second"))
        bottom += LINE
    return plot("chart-lines", top, tall, paths) + write(labels), bottom


def spread(
    found: Sequence[tuple[float, list[str]]], top: float, tall: float
) -> Iterator[tuple[float, str]]:
    """Yield lines of text near their points, none over another."""
    y = float("-inf")
    for mark, texts in sorted(found, key=lambda one: one[0]):
        y = max(y, top + mark * tall / SCALE + 0.35 - (len(texts) - 1) * 0.6)
        for text in texts:
            yield y, text
            y += 1.2


# ---- shares, events


def share(chart: Chart) -> tuple[str, float]:
    """Draw one bar, parted; what is not told of a hundred per cent stays empty."""
    values = [row.numbers[0].value if row.numbers[0] else 0.0 for row in chart.rows]
    whole = max(sum(values), 100.0) if chart.unit == "%" else sum(values) or 1.0
    x, paths, signs, labels = 0.0, [], [], []
    y = 2.6
    for number, (row, value) in enumerate(zip(chart.rows, values, strict=True), start=1):
        wide = value * SCALE / whole
        paths.append((f"chart-{number}", bar(x, 0, max(wide - 3, 1), SCALE) if wide else ""))
        x += wide
        text = row.numbers[0].text if row.numbers[0] else GAP
        signs.append(
            f'<rect class="chart-{number}" y="{short(y + 0.3)}em" width=".8em" height=".8em"/>'
        )
        labels.append(Label(100, y + 1.05, text, "end", "chart-value"))
        for line in wrapped(row.label, NARROW - width(text) - 2.4):
            signs.append(f'<text x="1.2em" y="{short(y + 1.05)}em">{escape(line)}</text>')
            y += LINE
    frame = ("chart-axis", bar(0, 0, SCALE, SCALE))
    drawn = plot("chart-bars", 0.1, 1.9, [frame, *paths])
    return drawn + "".join(signs) + write(labels), y + 0.3


def numerals(chart: Chart) -> tuple[str, float]:
    """Set each number large, its unit beside it and what it is below."""
    y, pieces, labels = 0.0, [], []
    for row in chart.rows:
        text = row.numbers[0].text if row.numbers[0] else GAP
        y += LARGE * 0.9  # a figure is less high than its font
        unit = f'<tspan class="chart-second" font-size="{short(1 / LARGE)}em"> {escape(chart.unit)}</tspan>'
        # Lengths in em are of the text's own size.
        pieces.append(
            f'<text class="chart-value chart-2" y="{short(y / LARGE)}em" font-size="{LARGE}em">'
            f"{escape(text)}{unit}</text>"
        )
        y += 0.3
        for line in wrapped(row.label, NARROW):
            y += LINE
            labels.append(Label(0, y, line, "start"))
        y += LINE
    return "".join(pieces) + write(labels), y


def events(chart: Chart) -> tuple[str, float]:
    """Draw events down a line; long times between them are longer on it."""
    room = NARROW - 1.6
    least = [LINE * (1 + len(wrapped(event.text, room))) + 0.5 for event in chart.events]
    days = [
        after.day - before.day
        for before, after in zip(chart.events, chart.events[1:], strict=False)
    ]
    longest = max(days, default=0) or 1
    y, pieces, labels = 0.0, [], []
    for place, event in enumerate(chart.events):
        pieces.append(f'<circle cx=".4em" cy="{short(y + 0.7)}em" r=".3em"/>')
        pieces.append(
            f'<text class="chart-second" x="1.6em" y="{short(y + 1.05)}em">{event.date}</text>'
        )
        for number, line in enumerate(wrapped(event.text, room), start=1):
            at = short(y + 1.05 + number * LINE)
            pieces.append(f'<text x="1.6em" y="{at}em">{escape(line)}</text>')
        if place < len(days):
            step = max(least[place], least[place] + 4 * days[place] / longest - 2)
            labels.append((y + 0.7, y + step + 0.7))
            y += step
    end = y + least[-1]
    lines_ = "".join(
        f'<line class="chart-axis" x1=".4em" x2=".4em" y1="{short(a)}em" y2="{short(b)}em"/>'
        for a, b in labels
    )
    return lines_ + "".join(pieces), end


DRAWN: dict[str, Callable[[Chart], tuple[str, float]]] = {
    "column": columns,
    "grouped": columns,
    "line": lines,
    "share": share,
    "timeline": events,
    "slope": slope,
    "number": numerals,
}


def worth(text: str) -> float:
    """Return what a number is worth that was typed."""
    return float(text.removeprefix("约").replace("−", "-"))
