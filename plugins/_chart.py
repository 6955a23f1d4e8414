"""Read a fenced block ``chart``: options, then numbers as CSV, in the block or in a file.

Options are ``名称: 值``, one a line, up to a blank line or the first line that is none. A mistake is
told at its line of the article; one in a file of content/data with that file's line besides.
"""

import csv
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from typing import NamedTuple

from plugins import _chart_svg as svg
from plugins._body import Source

KINDS = {
    "柱形": "column",
    "分组柱形": "grouped",
    "折线": "line",
    "占比": "share",
    "时间线": "timeline",
    "坡度": "slope",
    "数字": "number",
}
OPTIONS = {
    "类型": "kind",
    "标题": "title",
    "单位": "unit",
    "口径": "scope",
    "截止日": "until",
    "来源": "source",
    "数据": "data",
    "起点": "base",
}
HINTS = {
    "类型": "类型: 柱形",
    "标题": "标题: 全国快递业务量",
    "单位": "单位: 亿件",
    "口径": "口径: 国家邮政局公布",
    "截止日": "截止日: 2026-11-22",
}
TIMELINE = {"时间线", "timeline"}  # has no unit
OPTION = re.compile(r"\s*([^\s:：,，]{1,12})\s*[:：]\s*(.*?)\s*")
NUMBER = re.compile(r"约?[-−]?\d{1,15}(?:\.\d{1,6})?")
OTHER_MARK = re.compile(r"[，|｜、；;]|[ \t]+")  # that people put between cells
THOUSANDS = re.compile(r"(?<![\d.])\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?")
LIKE_TIME = re.compile(r"(\d{4})(?:年|[-/.年](\d{1,2})月?)(?<!-\d\d)")
EMPTY = frozenset(["", "—", "-", "缺"])
DAY = re.compile(r"(\d{4})(?:[-年](\d{1,2})(?:[-月](\d{1,2})日?|月)?|年)?")
MOST = {
    "column": 60,
    "grouped": 24,
    "line": 60,
    "share": 6,
    "timeline": 40,
    "slope": 8,
    "number": 3,
}
MOST_SERIES = {"column": 1, "grouped": 3, "line": 4, "share": 1, "slope": 2, "number": 1}
MOST_NUMBERS = 120
LONGEST = {"label": 40, "event": 120, "title": 60, "text": 120}
HEAVIEST = 3 * 1024  # bytes of a drawn chart, compressed
SHOWN = 30  # characters of what was typed, in a message


Fault = tuple[int, str]  # line of the body, 0 if no single one is wrong; what is wrong


class WrongChartError(Exception):
    """The block cannot be drawn, for one fault or several of a kind."""

    def __init__(self, line: int, message: str, *more: Fault) -> None:
        super().__init__(message)
        self.faults: tuple[Fault, ...] = ((line, message), *more)

    def within(self, name: str) -> "WrongChartError":
        """Return the same of a file of content/data, "" for none: the lines are the file's then."""
        if not name:
            return self
        first, *more = (
            (0, f"data/{name}第{line}行：{what}" if line else what) for line, what in self.faults
        )
        return WrongChartError(*first, *more)


def refuse(faults: Iterable[Fault]) -> None:
    """Raise a WrongChartError of all faults, if there is one."""
    if found := list(faults):
        raise WrongChartError(*found[0], *found[1:])


class Table(NamedTuple):
    """CSV, cut into cells."""

    lines: tuple[int, ...]  # of each row, the head's first
    rows: tuple[tuple[str, ...], ...]
    name: str = ""  # of its file


def chart(lines: list[str], row: int, source: Source) -> str:
    """Draw the block whose opening line is ``row``; report what is wrong with it."""
    options, places, rest = options_of(lines, row, source)
    wanted = [name for name in HINTS if name != "单位" or options.get("类型") not in TIMELINE]
    missing = [name for name in wanted if not options.get(name)]
    for name in missing:
        source.report(row, 0, f"chart缺少“{name}”，请加一行“{HINTS[name]}”")
    kind = kind_of(options, places, source)
    until = day_of(options.get("截止日", ""))
    if options.get("截止日") and not until:
        what = f"截止日“{options['截止日'][:SHOWN]}”不对，请写成“截止日: 2026-11-22”"
        source.report(places["截止日"], 0, what)
    if missing or not kind or not until:
        return ""
    name = options.get("数据", "")
    at = places.get("数据", row)
    try:
        if not name:
            table = table_of(lines[rest:], row + 1 + rest)
        elif any(line.strip() for line in lines[rest:]):
            raise WrongChartError(0, f"数据在“{name}”里，“数据”一行下面不要再写数")
        else:
            table = of_file(name, source)
        return source.hold_player(drawn(kind, table, options, until[0]))
    except WrongChartError as error:
        for line, what in error.faults:
            source.report(line or at, 0, what)
    return ""


def of_file(name: str, source: Source) -> Table:
    """Cut a file of content/data into cells; a mistake of its own is told with its line."""
    try:
        table = table_of(source.data(name).split("\n"), 1)
    except ValueError as error:
        raise WrongChartError(0, str(error)) from None
    except WrongChartError as error:
        raise error.within(name) from None
    return table._replace(name=name)


def drawn(kind: str, table: Table, options: Mapping[str, str], until: str) -> str:
    """Return the figure of a table.

    Raises:
        WrongChartError: what of it cannot be drawn.

    """
    base = base_of(options.get("起点", ""), kind)
    try:
        made = made_of(kind, table, options.get("单位", ""))
    except WrongChartError as error:
        raise error.within(table.name) from None
    found = svg.Chart(
        kind=kind,
        title=options["标题"],
        unit=options.get("单位", ""),
        scope=options["口径"],
        until=until,
        source=options.get("来源", ""),
        head=table.rows[0],
        rows=made if kind != "timeline" else (),
        events=made if kind == "timeline" else (),
        base=base,
    )
    if base and base.value > min(svg.numbers_of(found)):
        raise WrongChartError(0, f"起点{base.text}比最小的数还大，请写小些，或删去“起点”")
    html = svg.figure(found)
    if len(zlib.compress(html.encode(), 9)) > HEAVIEST:
        raise WrongChartError(0, "这张图字太多，手机上要等：请把名称写短，或分成几张")
    return html


def options_of(
    lines: Sequence[str], row: int, source: Source
) -> tuple[dict[str, str], dict[str, int], int]:
    """Return the options, the row of each in the body, and where the numbers begin."""
    options: dict[str, str] = {}
    places: dict[str, int] = {}
    english = {value: name for name, value in OPTIONS.items()}
    for number, line in enumerate(lines):
        found = OPTION.fullmatch(line)
        if found is None:
            return options, places, number
        name = english.get(found[1].lower(), found[1])
        at = row + 1 + number
        if name not in OPTIONS:
            near = get_close_matches(name, OPTIONS, 1, 0.5)
            hint = f"是不是“{near[0]}”？" if near else f"可写：{'、'.join(OPTIONS)}"
            source.report(at, 0, f"chart里不认识“{found[1]}”；{hint}")
        elif name in options:
            source.report(at, 0, f"“{name}”写了两次，请删去一行")
        most = LONGEST["title" if name == "标题" else "text"]
        if len(found[2]) > most:
            source.report(at, 0, f"“{found[1]}”有{len(found[2])}个字，最多{most}个")
        options[name], places[name] = found[2][:most], at
    return options, places, len(lines)


def kind_of(options: dict[str, str], places: dict[str, int], source: Source) -> str:
    """Return the kind of chart, "" if there is none of that name."""
    name = options.get("类型", "")
    if not name or name in KINDS.values():
        return name
    if name not in KINDS:
        near = get_close_matches(name, KINDS, 1, 0.4)
        hint = f"；是不是“{near[0]}”？" if near else ""
        what = f"没有“{name[:SHOWN]}”这种图{hint}可写：{'、'.join(KINDS)}"
        source.report(places["类型"], 0, what)
    return KINDS.get(name, "")


def day_of(text: str) -> tuple[str, int] | None:
    """Return a day, month or year as Chinese writes it, and its number; None if there is none."""
    if not (found := DAY.fullmatch(text)):
        return None
    year, month, day = (int(part) if part else 0 for part in found.groups())
    try:
        number = date(year, month or 1, day or 1).toordinal()
    except ValueError:
        return None
    shown = f"{year}年" + (f"{month}月" if month else "") + (f"{day}日" if day else "")
    return shown, number


def base_of(text: str, kind: str) -> svg.Number | None:
    """Return where the axis begins, None for zero."""
    if not text:
        return None
    if kind not in {"line", "slope"}:
        raise WrongChartError(0, "只有折线和坡度可以写“起点”：柱形从0起，才看得出谁是谁的几倍")
    if not NUMBER.fullmatch(text):
        raise WrongChartError(0, f"起点“{text[:SHOWN]}”不是数，请写成“起点: 60”")
    number = svg.Number(text, svg.worth(text))
    return number if number.value else None


def table_of(lines: Sequence[str], first: int) -> Table:
    """Cut CSV into cells; ``first`` is the number of the first line. Lines with # are comments."""
    kept = [
        (number, line)
        for number, line in enumerate(lines, start=first)
        if line.strip() and not line.startswith("#")
    ]
    if len(kept) < 2:  # noqa: PLR2004  a head and a row
        what = "没有数：请先写一行表头，如“年份,业务量”，再一行一个数，如“2025,1989.5”"
        raise WrongChartError(0, what)
    rows, unpaired = [], []
    for number, line in kept:
        try:
            cells = next(csv.reader([line], strict=True))
        except csv.Error:
            unpaired.append((number, "引号没有配对：格子里有逗号的，整格放进一对半角引号"))
            continue
        rows.append(tuple(" ".join(cell.split()) for cell in cells))
    refuse(unpaired)
    head = rows[0]
    if len(head) == 1 and (mark := OTHER_MARK.search(kept[0][1])):
        shown = f"“{mark[0]}”" if mark[0].strip() else "空格或制表符"
        what = f"格子之间要用半角逗号，不用{shown}，如“年份,业务量”"
        raise WrongChartError(kept[0][0], what)
    refuse(
        (number, uneven(cells, head, line))
        for (number, line), cells in zip(kept, rows, strict=True)
        if len(cells) != len(head)
    )
    return Table(tuple(number for number, _ in kept), tuple(rows))


def uneven(cells: Sequence[str], head: Sequence[str], line: str) -> str:
    """Say what is wrong with a row that has not as many cells as the head."""
    hint = "；格子之间要用半角逗号" if "，" in line else ""
    if len(cells) > len(head) and (found := THOUSANDS.search(line)):
        hint = f"；数里不写千分撇，{found[0]}写成{found[0].replace(',', '')}"
    return f"这一行有{len(cells)}格，表头有{len(head)}格，没有数的格子写“—”{hint}"


def made_of(kind: str, table: Table, unit: str = "") -> tuple:
    """Return what a chart is drawn of: rows with numbers, or events."""
    head, *rows = table.rows
    at = table.lines
    if len(rows) > MOST[kind]:
        what = f"有{len(rows)}行，{NAMES[kind]}最多画{MOST[kind]}行"
        raise WrongChartError(at[MOST[kind] + 1], what)
    if kind == "timeline":
        return events_of(head, rows, at)
    series = len(head) - 1
    if kind == "slope" and series != MOST_SERIES[kind]:
        raise WrongChartError(at[0], "坡度要有三列：名称、从前、后来，如“平台,2020,2024”")
    if not 1 <= series <= MOST_SERIES[kind]:
        what = (
            f"要有一列名称和1～{MOST_SERIES[kind]}列数"
            if MOST_SERIES[kind] > 1
            else "要有一列名称和一列数"
        )
        hint = "；几列数用“分组柱形”或“折线”" if kind == "column" else ""
        raise WrongChartError(at[0], f"{NAMES[kind]}{what}，现在有{len(head)}列{hint}")
    for place, name in enumerate(head[1:], start=2):
        if not name:
            raise WrongChartError(at[0], f"表头第{place}格是空的，请写上名称")
    typed = list(zip(rows, at[1:], strict=True))
    refuse(fault for cells, line in typed for fault in faults_of(cells, line))
    made = [row_of(cells) for cells in rows]
    if not any(number for row in made for number in row.numbers):
        raise WrongChartError(at[1], "一个数也没有，请至少写一个")
    first = {cells[0]: line for cells, line in reversed(typed)}
    refuse(
        (line, f"“{cells[0][:SHOWN]}”写了两次，请合成一行")
        for cells, line in typed
        if first[cells[0]] != line
    )
    if kind in {"share", "slope", "number"}:
        check_share(made, at, kind, unit)
        return tuple(made)
    check_times(made, at, kind)
    return tuple(with_gaps(made, at, series, kind))


NAMES = {value: name for name, value in KINDS.items()}


def faults_of(cells: Sequence[str], line: int) -> Iterator[Fault]:
    """Yield what is wrong with the cells of one line."""
    label, *texts = cells
    if not label:
        yield line, "第一格是空的，请写上名称或年份"
    if len(label) > LONGEST["label"]:
        what = f"名称“{label[:SHOWN]}……”有{len(label)}个字，最多{LONGEST['label']}个"
        yield line, what
    for text in texts:
        if text not in EMPTY and not NUMBER.fullmatch(text):
            hint = "只写数，如1989.5、-3、约830；单位写在“单位”一行，没有数的写“—”"
            yield line, f"“{text[:SHOWN]}”不是数：{hint}"


def row_of(cells: Sequence[str]) -> svg.Row:
    """Make a row of one line's cells; what is no number is a gap."""
    label, *texts = cells
    numbers = (None if text in EMPTY else svg.Number(text, svg.worth(text)) for text in texts)
    return svg.Row(label, tuple(numbers))


def check_share(rows: Sequence[svg.Row], at: Sequence[int], kind: str, unit: str) -> None:
    """Refuse parts of a whole that are negative, and parts that are more than the whole."""
    refuse(
        (line, f"“{row.label[:SHOWN]}”是负数，画不成占比：请用柱形")
        for row, line in zip(rows, at[1:], strict=True)
        if kind == "share" and row.numbers[0] and row.numbers[0].value < 0
    )
    total = sum(row.numbers[0].value for row in rows if row.numbers[0])
    rounding = len(rows) / 2  # what it adds at most, in whole numbers
    if kind == "share" and unit in {"%", "％"} and total > 100 + rounding:
        what = f"各项加起来有{total:.6g}%，不是一个整体的几部分：请改正数，或用柱形"
        raise WrongChartError(at[1], what)


def check_times(rows: Sequence[svg.Row], at: Sequence[int], kind: str) -> None:
    """Refuse years and months that a line would take for mere names."""
    faults = []
    for row, line in zip(rows, at[1:], strict=True):
        if kind == "line" and (found := LIKE_TIME.fullmatch(row.label)):
            right = found[1] + (f"-{int(found[2]):02}" if found[2] else "")
            faults.append((line, f"时间“{row.label}”请写成{right}"))
    refuse(faults)


def with_gaps(
    rows: Sequence[svg.Row], at: Sequence[int], series: int, kind: str
) -> Iterator[svg.Row]:
    """Yield rows in their order; of years, also those that are missing, as gaps."""
    times = [svg.MONTH.fullmatch(row.label) for row in rows]
    years = all(svg.YEAR.fullmatch(row.label) for row in rows)
    if years or all(times):
        refuse(
            (line, f"{after.label}写在{before.label}后面，请从早到晚写")
            for before, after, line in zip(rows, rows[1:], at[2:], strict=False)
            if after.label < before.label
        )
    count = int(rows[-1].label) - int(rows[0].label) + 1 if years else len(rows)
    if count > MOST[kind]:
        what = f"从{rows[0].label}到{rows[-1].label}有{count}年，{NAMES[kind]}最多画{MOST[kind]}年"
        raise WrongChartError(at[-1], what)
    if count * series > MOST_NUMBERS:
        raise WrongChartError(
            at[0], f"一张图最多{MOST_NUMBERS}个数，现在有{count * series}个；请分成几张"
        )
    known = {row.label: row for row in rows}
    if not years:
        yield from rows
        return
    for year in range(int(rows[0].label), int(rows[-1].label) + 1):
        yield known.get(str(year)) or svg.Row(str(year), (None,) * series)


def events_of(
    head: Sequence[str], rows: Sequence[Sequence[str]], at: Sequence[int]
) -> tuple[svg.Event, ...]:
    """Return the events of a timeline."""
    if len(head) != 2:  # noqa: PLR2004  day and event
        raise WrongChartError(at[0], "时间线要有两列：“日期,事件”")
    found, faults, former = [], [], 0
    for (typed, text), line in zip(rows, at[1:], strict=True):
        day = day_of(typed)
        if day is None:
            what = f"“{typed[:SHOWN]}”不是日期，请写成2021-07-22、2021-07或2021"
            faults.append((line, what))
        elif day[1] < former:
            faults.append((line, f"{day[0]}比上一行早，请从早到晚写"))
        if not text:
            faults.append((line, "没有写事件，请写在逗号后面"))
        if len(text) > LONGEST["event"]:
            faults.append((line, f"事件有{len(text)}个字，最多{LONGEST['event']}个"))
        if day:
            former = day[1]
            found.append(svg.Event(day[0], text, day[1]))
    refuse(faults)
    return tuple(found)
