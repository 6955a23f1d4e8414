"""What is wrong with the settings, told as editors are told: file, line, column, remedy."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

FILE = "pelicanconf.py"  # named by every message about a setting, here and in plugins/
NAMED = re.compile(rf"{re.escape(FILE)}: (?P<name>[A-Z_]+)(?P<items>[^；]*)")
# An item of a dict, by its name, or of a list, by its number.
ITEM = re.compile(r'\["([^"]+)"\]| 的 (\w+) | 里没有“([^”]+)”| 第(\d+)项')
LONGEST = 60  # characters of a value that a message shows
CRUMBS = ("lead", "separator")
MAIL = re.compile(r"[^\s@<>:：，、]+@[^\s@<>:：，、]+\.[^\s@<>:：，、.]+")
WEB = re.compile(r"https?://[^\s/]+")
OURS = Path(__file__).parents[1] / "plugins"
SURE = 0.8  # how like a known name an unknown one is that is taken for a slip (difflib's ratio)
# Settings of this site that are neither Pelican's nor a plugin's.
OWN = (
    "BREADCRUMBS",
    "BUILD_NOW",
    "CONFIRM",
    "CONTACT_EMAIL",
    "CSS",
    "FOOTER_PAGES",
    "FRIENDS",
    "GATE",
    "ICP",
    "PREVIEW",
    "PSB",
    "PSB_URL",
    "ROOT",
    "SITEDESCRIPTION",
    "STATEMENT",
    "TITLE",
    "WECHAT_QR",
    "WORDMARK",
)
# What Python says of a slip, by a part of it, and what to do.
SLIPS = (
    ("indent", "行首的空格不对；设置的名字要顶格写"),
    ("invalid character", "代码里不能有全角的标点；引号、逗号、括号、等号都换成半角的"),
    ("invalid non-printable", "有看不见的字符，多半是从网页上复制来的；请把这一行删去重打"),
    ("unterminated", "引号只有一半；请补上另一半"),
    ("was never closed", "这个括号没有合上；请补上另一半"),
    ("unmatched", "多了半个括号；请删去，或者补上前面的一半"),
    ("does not match", "前后的括号不是一对；请改成一样的"),
    ("forgot a comma", "多半少了一个逗号；各项之间都要有半角逗号"),
    ("is not callable", "多半少了一个逗号；各项之间都要有半角逗号"),
    ("indices must be", "多半少了一个逗号；各项之间都要有半角逗号"),
    ("null byte", "文件是UTF-16编码；请另存为UTF-8"),
    ("codec can't decode", "文件不是UTF-8编码；请另存为UTF-8"),
)
UNLIKE = "不合写法；请看这一行和上一行，引号、逗号、括号是不是都成对、都是半角"


def slip(error: Exception, path: Path) -> str:
    """Tell what Python found wrong when it read or ran the settings file ``path``."""
    text, line, column = str(error), 1, 1
    if isinstance(error, SyntaxError):
        text, line, column = error.msg, error.lineno or 1, error.offset or 1
        path = Path(error.filename or path)
    else:
        step = error.__traceback__
        while step is not None:
            name = Path(step.tb_frame.f_code.co_filename)
            if name.name in {path.name, FILE}:
                path, line = name, step.tb_lineno
            step = step.tb_next
    if isinstance(error, NameError):
        what = f"不认识“{error.name}”；文字要加半角引号，是和否写True和False"
    else:
        what = next((told for part, told in SLIPS if part in text), UNLIKE)
    return f"{path.name}:{line}:{column}: {what}（Python的原话：{text}）"


def located(message: str, folder: Path = Path()) -> str:
    """Add line and column to a message about a setting, as far as the file holds it."""
    found = NAMED.match(message)
    if not found:
        return message
    path = folder / FILE
    line, column = 1, 1
    with suppress(OSError, SyntaxError, ValueError):
        items = [next(filter(None, item)) for item in ITEM.findall(found["items"])]
        line, column = _place(path.read_bytes(), found["name"], items)
    return f"{FILE}:{line}:{column}: {message.removeprefix(f'{FILE}: ')}"


def _place(source: bytes, name: str, items: list[str]) -> tuple[int, int]:
    """Return where a setting is assigned last, or the item of it that is named."""
    import ast  # noqa: PLC0415  for a mistake only

    place: ast.AST | None = None
    value: ast.AST | None = None
    for node in ast.parse(source).body:
        if not isinstance(node, ast.Assign | ast.AnnAssign):
            continue
        for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
            for part in ast.walk(target):
                if isinstance(part, ast.Name) and part.id == name:
                    place, value = part, node.value
    if place is None:
        return 1, 1
    for item in items:
        keys: list[Any] = value.keys if isinstance(value, ast.Dict) else []
        inner = value.values if keys else getattr(value, "elts", [])
        names = [getattr(key, "value", "") for key in keys] or map(str, range(1, len(inner) + 1))
        found = dict(zip(names, zip(keys or inner, inner, strict=True), strict=True)).get(item)
        if found is None:
            break
        place, value = found
    text = source.decode("utf-8-sig").splitlines()[place.lineno - 1]
    before = text.encode()[: place.col_offset].decode(errors="ignore")
    return place.lineno, len(before) + 1


# —— Each function returns what follows the setting's name if its value is wrong, else "". ——


def _is(value: Any, remedy: str) -> str:
    shown = f"“{value}”" if isinstance(value, str) else repr(value)
    return f" 写成了{shown if len(shown) <= LONGEST else shown[:LONGEST] + '……'}；{remedy}"


def _text(value: Any) -> str:
    return "" if isinstance(value, str) else _is(value, "要写成加引号的文字")


def _line(value: Any) -> str:
    if wrong := _text(value):
        return wrong
    return _is(value, "只能写一行") if "\n" in value else ""


def _name(value: Any) -> str:
    return _line(value) or ("" if value.strip() else " 空着；请写站名")


def _title(value: Any) -> str:
    if wrong := _line(value):
        return wrong
    try:
        value.format(title="", site="")
    except (KeyError, IndexError, ValueError):
        return _is(value, "花括号里只能写title和site，如 {title}-{site}")
    if "{title}" not in value:
        return _is(value, "里面要有 {title}，不然每一页的标题都一样")
    return ""


def _address(value: Any) -> str:
    if wrong := _line(value):
        return wrong
    try:
        parts = urlsplit(value)
        whole = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        whole = False
    if not whole or re.search(r"\s", value):
        return _is(value, "要写完整的网址，如 https://用户名.github.io/仓库名")
    if parts.query or parts.fragment or value.endswith((".html", ".htm")):
        return _is(value, "只写到网站所在的文件夹，如 https://用户名.github.io/仓库名")
    return ""


def _mail(value: Any) -> str:
    if wrong := _line(value):
        return wrong
    if not value or MAIL.fullmatch(value):
        return ""
    return _is(value, "要写一个邮箱，如 editor@example.com，前面不加 mailto:")


def _zone(value: Any) -> str:
    from zoneinfo import available_timezones  # noqa: PLC0415  O(files of the zones)

    if wrong := _line(value):
        return wrong
    return "" if value in available_timezones() else _is(value, "北京时间写 Asia/Shanghai")


def _pairs(value: Any, example: str, of_address: Callable[[str], str]) -> str:
    if not isinstance(value, list | tuple):
        return _is(value, f"要写成一个列表，如 [{example}]")
    for number, item in enumerate(value, 1):
        here = f" 第{number}项"
        match item:
            case [str(name), str(address)] if name.strip():
                if wrong := of_address(address):
                    return here + _is(address, wrong)
            case _:
                return here + _is(item, f"要写成 {example}，项与项之间有逗号")
    return ""


def _outside(address: str) -> str:
    return "" if WEB.match(address) else "要以 https:// 开头"


def _inside(address: str) -> str:
    if "://" in address:
        return "这里只写站内的页面；站外的写进FRIENDS"
    return "前面不加斜杠，如 about/" if address.startswith(("/", ".")) else ""


def _friends(value: Any) -> str:
    return _pairs(value, '("名称", "https://example.com/")', _outside)


def _footer(value: Any) -> str:
    return _pairs(value, '("名称", "about/")', _inside)


def _record(value: Any) -> str:
    if wrong := _line(value):
        return wrong
    return _is(value, wrong) if value and (wrong := _outside(value)) else ""


def _crumbs(value: Any) -> str:
    example = '{"lead": "您当前的位置：", "separator": ">"}'
    if not isinstance(value, Mapping):
        return _is(value, f"要写成一个字典，如 {example}")
    for name in value:
        if name not in CRUMBS:
            return f" 里没有“{name}”这一项；只有 {'、'.join(CRUMBS)}"
    for name in CRUMBS:
        if not isinstance(value.get(name), str):
            return f"{_is(value, f'要有 {name}，值是加引号的文字，如 {example}')}"
    return ""


def _plugins(value: Any) -> str:
    if value is None:
        return ""
    if not isinstance(value, list | tuple):
        return _is(value, "要写成一个列表，每项是加引号的插件名")
    from difflib import get_close_matches  # noqa: PLC0415  not for what was found right before

    known = [f"plugins.{path.stem}" for path in OURS.glob("[!_]*.py")]
    for number, name in enumerate(value, 1):
        if isinstance(name, str) and name.startswith("plugins.") and name not in known:
            near = get_close_matches(name, known, 1)
            hint = f"是不是 {near[0]}？" if near else "请删去这一项"
            if name.count("plugins.") > 1:
                hint = "多半是两项之间少了逗号"
            return f" 第{number}项" + _is(name, f"没有这个插件；{hint}")
    return ""


RULES: Mapping[str, Callable[[Any], str]] = {
    **dict.fromkeys(
        ("SITESUBTITLE", "SITEDESCRIPTION", "WORDMARK", "ICP", "PSB", "WECHAT_QR", "THEME", "PATH"),
        _line,
    ),
    "SITENAME": _name,
    "SITEURL": _address,
    "TITLE": _title,
    "CONTACT_EMAIL": _mail,
    "TIMEZONE": _zone,
    "PSB_URL": _record,
    "STATEMENT": _text,
    "FRIENDS": _friends,
    "FOOTER_PAGES": _footer,
    "PLUGINS": _plugins,
    "BREADCRUMBS": _crumbs,
}


def problems(given: Mapping[str, Any], folder: Path) -> Iterator[str]:
    """Yield what is wrong with the settings that a file in ``folder`` gives.

    Cost: O(settings); Pelican is loaded only for an unknown name that is like a known one.
    """
    yield from _slips_of_names(given)
    for name, rule in RULES.items():
        if name in given and (wrong := rule(given[name])):
            yield f"{FILE}: {name}{wrong}"
    if given.get("PSB") and not given.get("PSB_URL"):
        yield f"{FILE}: PSB 有备案号，PSB_URL却空着；请写它的链接，以 https://beian.mps.gov.cn/ 开头"
    yield from _missing(given, folder)


def _missing(given: Mapping[str, Any], folder: Path) -> Iterator[str]:
    """Yield what should lie on the disk and does not, or would be overwritten."""
    names = ("PATH", "OUTPUT_PATH", "WECHAT_QR")
    path, output, picture = (str(given.get(name, "")) for name in names)
    content, out = (folder / path).resolve(), (folder / output).resolve()
    if path and not content.is_dir():
        yield f"{FILE}: PATH" + _is(path, "没有这个文件夹；稿件在 content")
    elif picture and not (content / picture).is_file():
        yield f"{FILE}: WECHAT_QR" + _is(
            picture, f"{path}/里没有这个文件；请把图放进去，写成 pictures/文件名"
        )
    if output and (folder.resolve().is_relative_to(out) or out.is_relative_to(content)):
        yield f"{FILE}: OUTPUT_PATH" + _is(
            output, "那里有稿件或程序，生成时会被换掉；请写一个单独的文件夹，如 output"
        )


def _slips_of_names(given: Mapping[str, Any]) -> Iterator[str]:
    from difflib import get_close_matches  # noqa: PLC0415  as above

    known = {*OWN, *RULES, *(path.stem.upper() for path in OURS.glob("[!_]*.py"))}
    for name in given:
        near = [] if name in known else get_close_matches(name, known, 1, SURE)
        if near and not _pelicans(name):
            yield (
                f"{FILE}: {name} 不是已知的设置；是不是 {near[0]}？"
                "如果是你自己加的，请换一个不那么像的名字"
            )


def _pelicans(name: str) -> bool:
    from pelican.settings import DEFAULT_CONFIG  # noqa: PLC0415  it loads Pelican

    return name in DEFAULT_CONFIG
