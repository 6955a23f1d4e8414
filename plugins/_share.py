"""Draw what is shown where a link is shared: cards for chats and search engines, and the poster.

Pure: the same item gives the same bytes, on any machine with the same Pillow and zlib. The type is
a subset of Noto Sans CJK SC Bold (share.otf, share.OFL.txt; made by .github/font.py): what GB 2312 holds,
and :data:`BEYOND`. Text with any other character is not drawn (:func:`uncovered`): never a box.
"""

import hashlib
import os
import struct
import zlib
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from plugins import _wordmark
from plugins._qr import dots
from plugins._renditions import softened, within
from plugins._typeset import LEADING, Setting, cut, filled, fit, most_lines, runs, width

if TYPE_CHECKING:
    from PIL import Image, ImageFont

NEWEST = 500  # texts with images of their own, unless a publisher says otherwise
FONT = Path(__file__).with_name("share.otf")
FONT_SUM = "766f467980942e4959a36729890902157958dad897afcd06f142cde107e5e3d4"  # SHA-256 of it: another font, other images
# Beyond GB 2312: marks that the news uses, and Han of names and of talk.
BEYOND = (
    "—·–•€©®™¥£℃‰″№㎡㎏㎝①②③④⑤⑥⑦⑧⑨⑩−‐"
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝßàáâãäåæçèéêëìíîïñòóôõöøùúûüýÿ"
    "喆堃昇珺祎翀瑀怼囧槑嘚镕垚犇骉淼焱"
)
GROUND, INK, ACCENT = (255, 255, 255), (26, 28, 31), (200, 16, 46)  # tokens.css, light
# Places in the palette. Three shades between ink and paper: type of this size shows no more, and
# each further one is a twentieth of an image.
BLACK, GREY, WHITE, RED = 0, 1, 4, 7
SIZES = (112, 100, 90, 80, 70, 60, 50, 40)
NOTE, TEXT, LOOSE = 34, 40, 1.5  # pixels: the day; running text, and its leading


class Form(NamedTuple):
    """A size in which cards are made."""

    suffix: str
    width: int
    height: int
    scale: float = 1  # of its type and rules


WIDE = Form("", 1200, 630)  # what Open Graph asks for
# What Google asks for besides, of 50,000 pixels at least; only WIDE is ever shown large.
FORMS = (WIDE, Form("-4x3", 800, 600, 2 / 3), Form("-1x1", 600, 600, 2 / 3))


class Item(NamedTuple):
    """What a card says."""

    phrases: tuple[str, ...]  # of the title, between which a line may end
    site: str
    mark: str  # the word-mark as an SVG of paths; "", or one of more than paths: the site's name
    channel: str = ""
    day: str = ""
    about: str = ""  # running text under the title


def uncovered(text: str) -> str:
    """Return the characters of a text that the type lacks, each once.

    >>> uncovered("快手𰻝𰻝面")
    '𰻝'
    """
    return "".join(dict.fromkeys(char for char in text if not covered(char)))


@cache
def covered(char: str) -> bool:
    """Tell whether the type has a character."""
    if " " <= char <= "~" or char in BEYOND:
        return True
    try:
        return len(char.encode("gb2312")) == 2  # noqa: PLR2004  bytes of every character it adds to ASCII
    except UnicodeEncodeError:
        return False


def since(content: Path, newest: int) -> str:
    """Return the month ("2026/03") from which texts have images of their own; "": all have.

    It is the last one with which the newest months hold so many files. So the line moves by whole
    months, and a new article changes no old one's page. Cost: O(newest) names.
    """
    if newest <= 0:
        return "9999"
    months: dict[str, list[Path]] = {}
    for folder in ("articles", "flash"):
        for month in (content / folder).glob("[0-9][0-9][0-9][0-9]/[0-9][0-9]"):
            months.setdefault(f"{month.parent.name}/{month.name}", []).append(month)
    count = 0
    for name in sorted(months, reverse=True):
        for month in months[name]:
            count += sum(1 for file in os.scandir(month) if file.name.endswith(".md"))
        if count >= newest:
            return name
    return ""


# ---- type ----


@lru_cache(maxsize=16)
def font(size: int) -> "ImageFont.FreeTypeFont":
    """Return the type in a size."""
    from PIL import ImageFont  # noqa: PLC0415  it costs more than a whole small build

    return ImageFont.truetype(FONT, size, layout_engine=ImageFont.Layout.BASIC)


@cache
def advance(char: str) -> float:
    """Return the width of a character in em."""
    return 1.0 if "⺀" <= char <= "￠" else font(SIZES[2]).getlength(char) / SIZES[2]


# ---- sheets ----


@lru_cache(maxsize=1024)  # about 5 MB; a few hundred characters make up most headlines
def shape(text: str, size: int) -> tuple["Image.Image", int, int]:
    """Return what is inked of some type, and where it begins: right of its place, below the base line."""
    from PIL import Image, ImageDraw  # noqa: PLC0415  as above

    left, top, right, bottom = font(size).getbbox(text, anchor="ls")
    mask = Image.new("L", (right - left, bottom - top))
    ImageDraw.Draw(mask).text((-left, -top), text, 255, font(size), anchor="ls")
    return mask, left, top


class Sheet:
    """White paper, on which one prints in ink and in red; its pixels are places in the palette.

    ``scale``: pixels for each of those in which places and sizes are told.
    """

    def __init__(self, size: tuple[int, int], scale: float = 1) -> None:
        from PIL import Image, ImageDraw  # noqa: PLC0415  as above

        self.paper = Image.new("L", size, WHITE)
        self.pen = ImageDraw.Draw(self.paper)
        self.scale = scale

    def text(self, place: tuple[float, float], line: str, size: int, colour: int = BLACK) -> None:
        """Print a line with its left end on a base line."""
        left, base, size = *self.scaled(place), round(size * self.scale)
        for run in runs(line, advance):
            mask, right, down = shape(run.text, size)
            # As Image.paste() prints, which takes five times as long about a sign.
            self.pen.bitmap((round(left + run.left * size) + right, base + down), mask, colour)

    def scaled(self, place: Sequence[float]) -> tuple[int, ...]:
        """Return a place in pixels."""
        return tuple(round(value * self.scale) for value in place)

    def block(
        self,
        place: tuple[float, float],
        setting: Setting,
        leading: float = LEADING,
        colour: int = BLACK,
    ) -> float:
        """Print lines below one another, the first one's top at a place; return where they end."""
        left, top = place
        for number, line in enumerate(setting.lines):
            base = top + setting.size * (0.88 + number * leading)
            self.text((left, base), line, setting.size, colour)
        return top + setting.size * (1 + (len(setting.lines) - 1) * leading)

    def bar(self, box: tuple[int, int, int, int]) -> None:
        """Print a rule: left, top, right, bottom."""
        self.paper.paste(BLACK, self.scaled(box))

    def dots(self, place: tuple[int, int], rows: Sequence[Sequence[int]], scale: int) -> None:
        """Print rows of square dots, 1 dark, each so many pixels wide."""
        from PIL import Image  # noqa: PLC0415  as above

        raw = bytes(255 * dark for row in rows for dark in row)
        code = Image.frombytes("L", (len(rows[0]), len(rows)), raw)
        size = code.width * scale, code.height * scale
        self.paper.paste(BLACK, place, code.resize(size, Image.Resampling.NEAREST))

    def masthead(self, item: Item, left: int, top: int, height: int) -> None:
        """Print the word-mark, or the site's name where none can be drawn."""
        if drawn := _wordmark.drawn(item.mark, round(height * self.scale)):
            for colour, part in zip((BLACK, RED), drawn, strict=True):
                self.paper.paste(colour, self.scaled((left, top)), part)
        else:
            self.text((left, top + height * 0.86), "".join(filter(covered, item.site)), height)

    def image(self) -> "Image.Image":
        """Return it as an image of eight colours."""
        self.paper.putpalette([part for colour in PALETTE for part in colour])
        return self.paper

    def png(self) -> bytes:
        """Return it as a PNG."""
        made = png(self.image(), zlib.Z_RLE)
        return made if len(made) <= MOST_BYTES else png(self.image(), zlib.Z_DEFAULT_STRATEGY)


def png(image: "Image.Image", strategy: int) -> bytes:
    """Return an image of at most sixteen colours and of even width as a PNG (PNG, third edition).

    Each row as its difference from the one above, which on flat paper is most often nothing, and of
    that runs alone: smaller than what Pillow finds, which tries five differences, in half the time.
    """
    from PIL import Image, ImageChops  # noqa: PLC0415  as above

    width, height = image.size
    paired = width // 2, height  # two pixels are a byte
    rows = Image.frombytes("L", paired, image.tobytes("raw", "P;4"))
    above = rows.crop((0, -1, width // 2, height - 1))
    told = Image.new("L", (width // 2 + 1, height), UP)  # a row begins with its kind of difference
    told.paste(ImageChops.subtract_modulo(rows, above), (1, 0))
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS, 7, strategy)
    pixels = packer.compress(told.tobytes()) + packer.flush()
    head = struct.pack(">2I5B", width, height, 4, PALETTED, 0, 0, 0)
    chunks = (b"IHDR", head), (b"PLTE", bytes(image.getpalette() or ())), (b"IDAT", pixels)
    return SIGNATURE + b"".join(chunk(*one) for one in (*chunks, (b"IEND", b"")))


def chunk(kind: bytes, data: bytes) -> bytes:
    """Return a chunk of a PNG: length, kind, data, checksum."""
    told = kind + data
    return struct.pack(">I", len(data)) + told + struct.pack(">I", zlib.crc32(told))


def between(one: Sequence[int], other: Sequence[int], part: float) -> tuple[int, ...]:
    """Return a colour between two."""
    return tuple(round(a + (b - a) * part) for a, b in zip(one, other, strict=True))


# From black by ink's shades to white, on to red: what is printed through a mask stays between its
# own colour and white.
PALETTE = [
    *(between(INK, GROUND, step / WHITE) for step in range(WHITE)),
    *(between(GROUND, ACCENT, step / (RED - WHITE)) for step in range(RED - WHITE + 1)),
]
SIGNATURE = b"\x89PNG\r\n\x1a\n"
PALETTED, UP = 3, 2  # of PNG: a kind of colour, a kind of difference
MOST_BYTES = 60_000  # of a card, also of one cut from a photograph


def card(item: Item, form: Form) -> bytes:
    """Draw a card: masthead and day, a rule, the channel in red, the title as large as it can be."""
    sheet = Sheet((form.width, form.height), form.scale)
    whole, bottom = form.width / form.scale, form.height / form.scale - 52
    side = whole * 6 // 100
    right = whole - side
    sheet.masthead(item, side, 46, 56)
    if item.day:
        sheet.text((right - width(item.day, advance) * NOTE, 97), item.day, NOTE, GREY)
    sheet.bar((side, 124, right + 1, 130))
    top = 160
    if item.channel:
        sheet.text((side, top + 36), item.channel, 40, RED)
        top += 68
    title = fit(item.phrases, right - side, bottom - top, SIZES, advance)
    top = sheet.block((side, top), title)
    if item.about:
        room, most = (right - side) / TEXT, most_lines(bottom - top - TEXT, TEXT, LOOSE)
        lines = cut(filled(item.about, room, advance), most, room, advance)
        sheet.block((side, top + TEXT), Setting(TEXT, lines), LOOSE, GREY)
    return sheet.png()


POSTER = (1080, 1440)  # 3:4, the shape that phones show whole
PHOTO = (920, 400)  # pixels of a photograph on it, and
UNDER = 32  # below the rule
LEAD, SHORT_LEAD = 6, 2  # lines that a title leaves to the lead at least; under a photograph
MOST_BYTES_OF_A_POSTER = 120_000  # with a photograph
CODE = 300  # pixels of the QR code, about


def poster(item: Item, address: str, photo: "Image.Image | None" = None) -> bytes:
    """Draw a poster: what the card says with the lead, and the address as a QR code.

    With a photograph of the size :data:`PHOTO`, which stands at its head, it is a JPEG.
    """
    sheet = Sheet(POSTER)
    side, right = 80, POSTER[0] - 80
    sheet.masthead(item, side, 80, 72)
    sheet.text((right - width(item.day, advance) * NOTE, 146), item.day, NOTE, GREY)
    sheet.bar((side, 176, right + 1, 182))
    down = UNDER + photo.height if photo else 0
    sheet.text((side, 258 + down), item.channel, 40, RED)
    code = dots(address)
    scale = CODE // len(code)
    foot = POSTER[1] - side - scale * len(code)
    top = down + (290 if item.channel else 222)
    room, step = (right - side) / TEXT, TEXT * LOOSE
    about = filled(item.about, room, advance)
    free = foot - top - 2 * TEXT - min(len(about), SHORT_LEAD if photo else LEAD) * step
    title = fit(item.phrases, right - side, free, SIZES, advance)
    top = sheet.block((side, top), title) + TEXT
    lines = cut(about, most_lines(foot - TEXT - top, TEXT, LOOSE), room, advance)
    sheet.block((side, top), Setting(TEXT, lines), LOOSE, GREY)
    sheet.dots((side, foot), code, scale)
    words = side + scale * len(code) + 48
    sheet.text((words, foot + 60), "长按识别，读全文", 44)
    sheet.text((words, foot + 124), item.site, NOTE, GREY)
    if not photo:
        return sheet.png()
    image = sheet.image().convert("RGB")

    def draw(detail: float) -> "Image.Image":
        image.paste(softened(photo, detail), (side, 181 + UNDER))
        return image

    return within(MOST_BYTES_OF_A_POSTER, draw)


@lru_cache(maxsize=1)
def program() -> str:
    """Name what draws: this code, its type, Pillow, zlib."""
    from PIL import __version__  # noqa: PLC0415  as above

    found = hashlib.sha256((FONT_SUM + __version__ + zlib.ZLIB_RUNTIME_VERSION).encode())
    for name in ("_share.py", "_typeset.py", "_wordmark.py", "_qr.py", "_renditions.py"):
        found.update(Path(__file__).with_name(name).read_bytes())
    return found.hexdigest()
