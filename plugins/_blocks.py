"""What stands between two lines of ```: code, charts, timelines, videos and formulas."""

import re
from datetime import date
from functools import cache
from html import escape
from typing import TYPE_CHECKING, NamedTuple
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from plugins._body import Source

if TYPE_CHECKING:
    from pygments.formatters import HtmlFormatter
    from pygments.lexer import Lexer

# Some languages take Pygments a time that grows with the square of the text: beyond, no colours.
MAX_COLOURED = 10_000
MAX_COLOURED_IN_BODY = 50_000
MAX_FORMULA = 2_000
DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
CHARTS = ("chart", "图表")
OWN = (*CHARTS, "math", "timeline", "video")
HAN_LETTERS = r"(?:<mi>[\u3400-\u9fff]</mi>)+"
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")


class Player(NamedTuple):
    """A video site: how its numbers look, and where it shows a video in a frame and on a page."""

    number: re.Pattern[str]
    form: str
    frame: str
    page: str


PLAYERS = {
    "哔哩哔哩": Player(
        re.compile(r"BV[0-9A-Za-z]{10}"),
        "BV开头的12位编号",
        "https://player.bilibili.com/player.html?bvid={}&autoplay=0",
        "https://www.bilibili.com/video/{}/",
    ),
    "腾讯视频": Player(
        re.compile(r"[0-9a-z]{11}"),
        "网址末尾的11位编号",
        "https://v.qq.com/txp/iframe/player.html?vid={}&autoplay=false",
        "https://v.qq.com/x/page/{}.html",
    ),
}


def fence(info: str, lines: list[str], row: int, source: Source) -> str | Element:
    """Make HTML, or an element whose text is still Markdown, of a fenced block.

    ``info`` is what stands behind the opening ```; ``row`` is that line's.
    """
    if info.lower() in OWN:
        info = info.lower()
    if info in CHARTS:
        from plugins._chart import chart  # noqa: PLC0415  few articles have one

        return chart(lines, row, source)
    if info == "timeline":
        return timeline(lines, row, source)
    if info == "video":
        return video(lines, row, source)
    if info == "math":
        return formula("\n".join(lines), row, source)
    return code(info, "\n".join(lines), row, source)


def code(info: str, text: str, row: int, source: Source) -> str:
    """Colour code by class names. No language is ever guessed."""
    language = info.split(" ", 1)[0].lower()
    lexer = lexer_of(language) if language else None
    if language and lexer is None:
        from difflib import get_close_matches  # noqa: PLC0415  only what is misspelt needs it

        near = get_close_matches(language, sorted([*languages(), *OWN]), 1)
        hint = f"是不是{near[0]}？" if near else ""
        source.report(row, 0, f"不认识的代码语言“{language}”，{hint}不写语言就是纯文本")
    source.codes += 1
    source.coloured += len(text)
    if lexer is None:
        return _pre(source.codes, "", escape(text, quote=False))
    if len(text) > MAX_COLOURED or source.coloured > MAX_COLOURED_IN_BODY:
        return _pre(source.codes, f"：{lexer.name}", escape(text, quote=False))
    return _pre(source.codes, f"：{lexer.name}", coloured(text, lexer))


def coloured(text: str, lexer: "Lexer") -> str:
    """Return code as HTML, each word with the class of its kind."""
    # Pygments takes longer to load than an article to convert, and few articles hold code.
    from pygments import highlight  # noqa: PLC0415

    return highlight(text, lexer, _formatter()).rstrip("\n")


@cache
def _formatter() -> "HtmlFormatter":
    from pygments.formatters import HtmlFormatter  # noqa: PLC0415  as in ``coloured``

    return HtmlFormatter(nowrap=True)


def _pre(number: int, language: str, html: str) -> str:
    # Long lines scroll sideways, so the keyboard must reach the block and hear its name.
    label = f"代码{number}{escape(language)}"
    attributes = f'class="highlight" role="region" tabindex="0" aria-label="{label}"'
    # The first line break after <pre> is dropped by HTML: one that the code begins with stays.
    return f"<pre {attributes}><code>{html}\n</code></pre>"


@cache
def lexer_of(language: str) -> "Lexer | None":
    """Return what colours a language."""
    from pygments.lexers import get_lexer_by_name  # noqa: PLC0415  as in ``coloured``
    from pygments.util import ClassNotFound  # noqa: PLC0415

    try:
        return get_lexer_by_name(language, stripnl=False)
    except ClassNotFound:
        return None


@cache
def languages() -> tuple[str, ...]:
    """Return all names by which Pygments knows its languages."""
    from pygments.lexers import get_all_lexers  # noqa: PLC0415  as in ``coloured``

    return tuple(alias for lexer in get_all_lexers() for alias in lexer[1])


def timeline(lines: list[str], row: int, source: Source) -> Element:
    """Make a list of dated events; an event may hold inline Markdown."""
    events = Element("dl", {"class": "timeline"})
    for number, line in enumerate(lines, start=row + 1):
        if not line.strip():
            continue
        day, _, event = line.replace("｜", "|", 1).partition("|")
        day, event = day.strip(), event.strip()
        shown = chinese_day(day)
        if not shown or not event:
            source.report(number, 0, f"请写成“2021-07-22 | 事件”，现在是“{line.strip()[:40]}”")
            continue
        # No <time>: whoever extracts the text drops what stands in one.
        SubElement(events, "dt").text = AtomicString(shown)
        SubElement(events, "dd").text = event
    if not len(events):
        source.report(row, 0, "timeline里没有事件，请写成“2021-07-22 | 事件”，每行一件")
    return events


def chinese_day(day: str) -> str:
    """Write 2021, 2021-07 or 2021-07-22 in Chinese; "" if there is no such day."""
    if not (match := DAY.fullmatch(day)):
        return ""
    year, month, number = (int(part) if part else None for part in match.groups())
    try:
        date(year, month or 1, number or 1)
    except ValueError:
        return ""
    return f"{year}年" + (f"{month}月" if month else "") + (f"{number}日" if number else "")


def video(lines: list[str], row: int, source: Source) -> str:
    """Show a video: an own file without loading it, a video site's only after a tap."""
    fields: dict[str, str] = {}
    for number, line in enumerate(lines, start=row + 1):
        name, _, value = line.replace("：", ":", 1).partition(":")
        if line.strip():
            fields[name.strip()] = value.strip()
            if name.strip() not in ("地址", "标题", *PLAYERS):
                known = "、".join(("地址", "标题", *PLAYERS))
                source.report(number, 0, f"video里不认识“{line.strip()[:40]}”，可写：{known}")
    title = fields.get("标题", "")
    if not title:
        source.report(row, 0, "video缺少标题，请加一行“标题: ……”")
    places = [name for name in ("地址", *PLAYERS) if fields.get(name)]
    if len(places) != 1:
        source.report(row, 0, "video要有而且只有一个地址：“地址: ……”“哔哩哔哩: ……”或“腾讯视频: ……”")
        return ""
    html = (
        _own_video(fields["地址"], title, row, source)
        if places == ["地址"]
        else _foreign_video(places[0], fields[places[0]], title, row, source)
    )
    return source.hold_player(html) if html else ""


def _own_video(address: str, title: str, row: int, source: Source) -> str:
    url = None if SCHEME.match(address) else source.link(address)
    if url is None:
        source.report(row, 0, f"找不到视频文件“{address}”，请写出它相对于本文的路径")
        return ""
    title = escape(title)
    return (
        f'<figure class="video"><video controls preload="none" src="{escape(url)}"'
        f' aria-label="{title}"></video><figcaption>{title}</figcaption></figure>'
    )


def _foreign_video(site: str, number: str, title: str, row: int, source: Source) -> str:
    player = PLAYERS[site]
    if not player.number.fullmatch(number):
        source.report(row, 0, f"{site}的编号应是{player.form}，现在是“{number[:40]}”")
        return ""
    title = escape(title)
    return (
        f'<details class="video"><summary>播放：{title}（来自{site}，点开后才连接该网站）</summary>'
        f'<iframe title="{title}" loading="lazy" allowfullscreen referrerpolicy="no-referrer"'
        f' src="{escape(player.frame.format(number))}"></iframe>'
        f'<p><a href="{player.page.format(number)}">到{site}观看：{title}</a></p></details>'
    )


def formula(tex: str, row: int, source: Source) -> str:
    """Set a formula that stands by itself."""
    if not source.math:
        source.report(row, 0, "要用公式，请在文章开头加一行“公式: 是”")
        return ""
    try:
        return f'<div class="math">{mathml(tex, "block")}</div>'
    except ValueError as error:
        source.report(row, 0, str(error))
        return ""


def mathml(tex: str, display: str) -> str:
    """Turn TeX into MathML; ValueError says in Chinese what is wrong."""
    # It costs a tenth of a second to load, and one article in a hundred has formulas.
    from latex2mathml.converter import convert  # noqa: PLC0415

    if len(tex) > MAX_FORMULA:
        raise ValueError(f"公式有{len(tex)}字符，最多{MAX_FORMULA}")
    try:
        html = convert(tex, display=display)
    except Exception as error:
        raise ValueError(f"公式“{tex.strip()[:40]}”写错了：{type(error).__name__}") from error
    # A Han word is one text, not a product of letters.
    return re.sub(HAN_LETTERS, lambda m: f"<mtext>{re.sub('</?mi>', '', m[0])}</mtext>", html)
