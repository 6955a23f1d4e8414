"""What a picture file is by its own bytes, and the same file without what it says besides.

A photograph tells where, when and by whom it was taken (EXIF, XMP, IPTC), programs leave comments,
phones hang a second picture on the end. All of that goes, container by container, and not one pixel
changes: the compressed data are copied as they are. A colour profile stays, since without it the
colours would be others. Pure functions; cost O(bytes). Sources: ITU T.81 (JPEG), the PNG, WebP and
GIF89a specifications, ISO/IEC 14496-12 (MP4, AVIF).
"""

import re
import struct
import zlib
from collections.abc import Iterator

PNG = b"\x89PNG\r\n\x1a\n"
# Ancillary chunks that say how to draw; all others only say something about the picture.
PNG_DRAWN = frozenset(
    b"tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs cICP mDCV cLLI acTL fcTL fdAT hIST sPLT".split()
)
WEBP_DRAWN = frozenset([b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"])
WEBP_EXIF_XMP = 0x0C  # flags in VP8X
GIF_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012")
SAYS = frozenset([b"udta", b"meta", b"uuid"])  # boxes of an MP4 that only say something
HOLDS = frozenset([b"moov", b"trak"])
COMMENT = re.compile(rb"<!\[CDATA\[.*?\]\]>|<!--.*?-->", re.DOTALL)

SOI, EOI, SOS, COM = 0xD8, 0xD9, 0xDA, 0xFE
RESTARTS = range(0xD0, 0xD8)


class BrokenError(ValueError):
    """The file is cut off or damaged."""


def kind_of(data: bytes) -> str:
    """Return the kind of a file by its first bytes: ``jpg``, ``png`` …, "" for an unknown one."""
    if data.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if data.startswith(PNG):
        return "png"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "gif"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data[4:8] == b"ftyp":
        return "avif" if data[8:12] in {b"avif", b"avis"} else "mp4"
    return "svg" if re.match(rb"(?:\xef\xbb\xbf)?\s*<[?!s]", data) else ""


def cleaned(data: bytes, kind: str) -> bytes:  # noqa: PLR0911  one for each kind
    """Return a file without what it says besides its picture.

    Raises:
        BrokenError: it is not whole.

    """
    try:
        match kind:
            case "jpg":
                return b"".join(_jpeg(data))
            case "png":
                return PNG + b"".join(_png(data))
            case "webp":
                return _webp(data)
            case "gif":
                return b"".join(_gif(data))
            case "mp4":
                return _mp4(data)
            case "svg":
                return COMMENT.sub(lambda m: m[0] if m[0].startswith(b"<![") else b"", data)
    except (IndexError, struct.error):
        raise BrokenError(kind) from None
    return data


def _jpeg(data: bytes) -> Iterator[bytes]:
    """Yield what draws: all up to the end of the picture but APPn (profile, JFIF, Adobe) and COM."""
    yield data[:2]
    place = 2
    while True:
        if data[place] != 0xFF:  # noqa: PLR2004  the sign before a marker
            raise BrokenError("jpg")
        marker = data[place + 1]
        if marker == 0xFF:  # noqa: PLR2004  filling
            place += 1
            continue
        if marker == EOI:
            yield data[place : place + 2]
            return
        if marker in RESTARTS or marker == 1:
            yield data[place : place + 2]
            place += 2
            continue
        end = place + 2 + struct.unpack_from(">H", data, place + 2)[0]
        segment = data[place:end]
        if len(segment) != end - place or end < place + 4:
            raise BrokenError("jpg")
        if _jpeg_draws(marker, segment[4:]):
            yield segment
        place = end
        if marker == SOS:
            place = _next_marker(data, end)
            yield data[end:place]


def _jpeg_draws(marker: int, content: bytes) -> bool:
    if marker == 0xE2:  # noqa: PLR2004  that of profiles
        return content.startswith(b"ICC_PROFILE\0")
    if marker in {0xE0, 0xEE}:  # APP0, APP14
        return content.startswith((b"JFIF\0", b"Adobe"))
    return marker != COM and not 0xE0 <= marker <= 0xEF  # noqa: PLR2004  APPn


def _next_marker(data: bytes, place: int) -> int:
    """Return where the compressed data end."""
    while (place := data.find(b"\xff", place)) >= 0:
        following = data[place + 1]
        if following and following not in RESTARTS and following != 0xFF:  # noqa: PLR2004
            return place
        place += 1
    raise BrokenError("jpg")


def _png(data: bytes) -> Iterator[bytes]:
    place, kind = len(PNG), b""
    while kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", data, place)
        end = place + 12 + length
        (found,) = struct.unpack_from(">I", data, end - 4)
        if found != zlib.crc32(data[place + 4 : end - 4]):
            raise BrokenError("png")
        if kind[:1].isupper() or kind in PNG_DRAWN:
            yield data[place:end]
        place = end


def _webp(data: bytes) -> bytes:
    (size,) = struct.unpack_from("<I", data, 4)
    if size + 8 > len(data):
        raise BrokenError("webp")
    parts, place, end = [], 12, size + 8
    while place < end:
        kind, length = struct.unpack_from("<4sI", data, place)
        whole = length + length % 2 + 8
        if place + 8 + length > end:
            raise BrokenError("webp")
        chunk = data[place : place + whole]
        if kind == b"VP8X":
            chunk = chunk[:8] + bytes([chunk[8] & ~WEBP_EXIF_XMP]) + chunk[9:]
        if kind in WEBP_DRAWN:
            parts.append(chunk)
        place += whole
    body = b"WEBP" + b"".join(parts)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _gif(data: bytes) -> Iterator[bytes]:
    def table(flags: int) -> int:
        return 3 << (flags & 7) + 1 if flags & 0x80 else 0

    def blocks(place: int) -> int:
        while data[place]:
            place += data[place] + 1
        return place + 1

    place = 13 + table(data[10])
    yield data[:place]
    while data[place] != 0x3B:  # noqa: PLR2004  the end of the file
        start = place
        if data[place] == 0x2C:  # noqa: PLR2004  a picture
            place = blocks(place + 11 + table(data[place + 9]))
            drawn = True
        elif data[place] == 0x21:  # noqa: PLR2004  an extension
            place = blocks(start + 2)
            label = data[start + 1]
            application = data[start + 3 : start + 14] in GIF_LOOPS
            drawn = label == 0xF9 or (label == 0xFF and application)  # noqa: PLR2004
        else:
            raise BrokenError("gif")
        if place > len(data):
            raise BrokenError("gif")
        if drawn:
            yield data[start:place]
    yield b";"


def boxes(data: bytes, place: int, end: int) -> Iterator[tuple[bytes, int, int, int]]:
    """Yield the boxes of an MP4 or AVIF: kind, start, start of the content, end.

    Raises:
        BrokenError: a box reaches beyond what holds it.

    """
    while place < end:
        length, kind = struct.unpack_from(">I4s", data, place)
        head = 8
        if length == 1:
            (length,) = struct.unpack_from(">Q", data, place + 8)
            head = 16
        close = end if length == 0 else place + length
        if close > end or close < place + head:
            raise BrokenError("mp4")
        yield kind, place, place + head, close
        place = close


def _mp4(data: bytes) -> bytes:
    """Turn the boxes that only say something into free space: what follows stays in its place."""
    changed = bytearray(data)
    waiting, kinds = [(0, len(data))], set()
    while waiting:
        for kind, start, inside, end in boxes(data, *waiting.pop()):
            kinds.add(kind)
            if kind in HOLDS:
                waiting.append((inside, end))
            elif kind in SAYS:
                changed[start + 4 : start + 8] = b"free"
                changed[inside:end] = bytes(end - inside)
    if not {b"moov", b"ftyp"} <= kinds:
        raise BrokenError("mp4")
    return bytes(changed)


def says(data: bytes, kind: str) -> bool:
    """Tell whether an AVIF holds EXIF or XMP, which cannot be taken out without encoding it anew."""
    return kind == "avif" and (
        b"Exif\0" in data[:10_000] or b"application/rdf+xml" in data[:10_000]
    )
