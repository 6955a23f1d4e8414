"""The search index: what is looked for in a text, and how a volume of texts is written in bytes.

``theme/static/search.js`` reads what this module writes; README.md has a picture of the bytes.
"""

import json
import math
import re
import struct
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from html import unescape
from itertools import accumulate, pairwise, repeat
from operator import sub
from pathlib import Path
from typing import NamedTuple

from plugins._card import Body, Card
from plugins._facts import Former
from plugins._pieces import BREAK, LONGEST, PAIR, Lists, lists_of

TRADITIONAL = "traditional.txt"
APART = re.compile(r"<(math|svg|script|style)\b.*?</\1>", re.DOTALL)
INLINE = re.compile(
    r"</?(?:a|abbr|b|code|del|em|i|ins|kbd|mark|q|s|small|span|strong|sub|sup|u|wbr)\b[^>]*>"
)
TAG = re.compile(r"<[^>]*>")
SPACE = re.compile(r"[^\S\n]+")  # within a line
THOUSANDS = re.compile(r"([0-9]),(?=[0-9]{3})")
# What a word may hold: letters, figures and their signs; a dot between figures, a space in Latin.
RUN = re.compile(r"(?:[^\W_]+|[%‰+#&@$¥€£°]+|(?<=[0-9])\.(?=[0-9])|(?<=[a-z0-9]) (?=[a-z0-9]))+")
HAN = re.compile(r"[\u4e00-\u9fff]+")
QUOTED = re.compile(r"“([^”]*)”|\"([^\"]*)\"")
FIELDS = "title", "marks", "lead", "body", "spelt"
WEIGHTS = 8.0, 5.0, 3.0, 1.0, 0.5  # of a word by the field in which it stands
DENSE = 16  # flag of a list, beside FORK and its field
WAY = 32  # times a way to name a list by the one before; OTHER: told in two bytes of their own
OTHER = 7
ONE = ord("1")
MORE = 0x80  # of a byte of a gap: it goes on
GAP = rb"(?:[%b]|[%b][\x80-\xff]*[\x00-\x7f])"
ENDS = [  # the lowest bit of a gap's first byte tells whether it is the last one
    GAP % tuple(re.escape(bytes(range(start + last, start + MORE, 2))) for start in (0, MORE))
    for last in (0, 1)
]
GAPS = re.compile(b"%b*%b" % tuple(ENDS))
FINE = 8  # buckets a text, at least
EPOCH, MONTHS = 1600, 1 << 13  # the first year of volumes, and how many months there are
LIMIT = 1500  # texts of a volume
STEP = 128  # texts: a dense list grows by so many at once, so that few additions rewrite all
FEW = 64  # texts that have changed or moved: with more, it is quicker to write a volume anew
SLOT, CARD = 4, 512  # bytes of a bucket's offset and of a card


# ---- text ----


@cache
def simplified() -> dict[str, str]:
    """Return the simplified character of each traditional one."""
    lines = Path(__file__).with_name(TRADITIONAL).read_text(encoding="utf-8").splitlines()
    pairs = "".join(line for line in lines if not line.startswith("#"))
    return dict(zip(pairs[::2], pairs[1::2], strict=True))


@cache
def folded(sign: str) -> str:
    """Return a character as it is compared."""
    plain = unicodedata.normalize("NFKC", sign).lower()
    return "".join([simplified().get(one, one) for one in plain])


@cache
def doubtful() -> re.Pattern[str]:
    """Return what finds all characters that may be compared as others, and few besides."""
    traditional = "".join(simplified())
    return re.compile(f"[\0-\x09\x0b-\x1f!-/:-`{{-\u4dff\ua000-\U0010ffff{traditional}]")


def fold(text: str) -> str:
    """Return a text as it is compared: compatible (NFKC), lower case, simplified, by the character.

    >>> fold("ＧＭＶ 電商")
    'gmv 电商'
    """
    for sign in {*doubtful().findall(text)}:  # far fewer than the text has characters
        text = text.replace(sign, folded(sign))
    return text


def units(text: str) -> str:
    """Write a character beyond the first plane as two, as browsers do."""
    raw = text.encode("utf-16-le", "surrogatepass")
    if len(raw) == 2 * len(text):
        return text
    return "".join(chr(raw[at] | raw[at + 1] << 8) for at in range(0, len(raw), 2))


def runs(text: str) -> list[str]:
    """Return the runs of a text that can hold a word.

    >>> runs("GMV破1.6亿，同比+50%。Live  Commerce")
    ['gmv破1.6亿', '同比+50%', 'live commerce']
    """
    return [run for run in joined([text.replace(BREAK, " ")]).split(BREAK) if run]


def words(query: str) -> list[str]:
    """Return the words of a query, each of which a text must hold; in quotes, a space is one.

    >>> words("快手 “live commerce” 快手")
    ['快手', 'live commerce']
    """
    found: list[str] = []
    for place, part in enumerate(QUOTED.split(query)):
        for piece in (part or "").split() if place % 3 == 0 else [part or ""]:
            found += [run[:LONGEST] for run in runs(piece)]
    return list(dict.fromkeys(found))


def lines_of(html: str) -> list[str]:
    """Return the text of some HTML, in which no word goes from one block to the next."""
    text = TAG.sub(BREAK, INLINE.sub("", APART.sub(" ", html)))
    return unescape(text).split(BREAK)


def joined(texts: Iterable[str]) -> str:
    """Return the runs of some texts as a field."""
    text = SPACE.sub(" ", fold(BREAK.join(texts)))
    return units(BREAK.join(RUN.findall(THOUSANDS.sub(r"\1", text))))


@cache
def syllables() -> dict[str, list[str]]:
    """Return how Han sound, and words in which one sounds otherwise."""
    found = {}
    text = Path(__file__).with_name("pinyin.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        *sound, signs = line.split(" ")
        if not line.startswith("#"):
            for sign in signs if len(sound) == 1 else [signs]:
                found[sign] = sound
    return found


def spelt(text: str) -> Iterator[list[str]]:
    """Yield the syllables of each run of Han.

    >>> list(spelt("银行涨，GMV跌"))
    [['yin', 'hang', 'zhang'], ['die']]
    """
    table = syllables()
    for run in HAN.findall(fold(text)):
        found: list[str] = []
        at = 0
        while at < len(run):
            size = next((size for size in (4, 3, 2) if run[at : at + size] in table), 1)
            found += table.get(run[at : at + size], [])
            at += size
        yield found


def sounds(syllables: Sequence[str]) -> tuple[str, str]:
    """Return some syllables in full and their initials.

    >>> sounds(["kuai", "shou"])
    ('kuaishou', 'ks')
    """
    return "".join(syllables), "".join(syllable[:1] for syllable in syllables)


# ---- order ----


def score(stands: Sequence[Sequence[bool]], rare: Sequence[float], age: int) -> float:
    """Return how well a text answers: ``stands[word][field]``, the words' rarity, its age in years.

    A word counts by all fields in which it stands. Words that stand together in a field count half
    as much again there.
    """
    value = sum(
        weight * rarity
        for fields, rarity in zip(stands, rare, strict=True)
        for stands_there, weight in zip(fields, WEIGHTS, strict=True)
        if stands_there
    )
    if len(stands) > 1:
        near = (
            weight
            for place, weight in enumerate(WEIGHTS)
            if all(fields[place] for fields in stands)
        )
        value += max(near, default=0.0) * sum(rare) / 2
    return value * (1 + 0.3 * 0.5**age)


def rarity(texts: int, holding: int) -> float:
    """Return how much it says that a text holds a word, which ``holding`` of ``texts`` do."""
    return math.log(1 + texts / max(1, holding))


# ---- bytes ----


def volumes_of(cards: Sequence[Card], limit: int = LIMIT) -> list[tuple[str, list[Card]]]:
    """Part texts into volumes of at most ``limit``, by the months of their dates.

    A volume is a span of 2ⁿ months since January 1600, halved as long as it holds more; a month is
    never parted. So where a text belongs depends on those of its span alone.
    """
    months: dict[int, list[Card]] = defaultdict(list)
    for card in sorted(cards, key=lambda card: (card.date, card.path)):
        months[(card.date.year - EPOCH) * 12 + card.date.month - 1].append(card)
    found: list[tuple[str, list[Card]]] = []

    def part(start: int, size: int, held: list[int]) -> None:
        count = sum(len(months[month]) for month in held)
        if size > 1 and count > limit:
            middle = start + size // 2
            part(start, size // 2, [month for month in held if month < middle])
            part(middle, size // 2, [month for month in held if month >= middle])
        elif held:
            name = f"{EPOCH + start // 12}-{start % 12 + 1:02}-{size}"
            found.append((name, [card for month in held for card in months[month]]))

    part(0, MONTHS, sorted(months))
    return found


def buckets_of(count: int) -> int:
    """Return the number of buckets of a volume of so many texts: a power of two."""
    return FINE << max(0, count - 1).bit_length()


def bucket(piece: str, buckets: int) -> int:
    """Return where a piece stands, by its first two characters."""
    first, second = ord(piece[0]), ord(piece[1]) if len(piece) > 1 else 0
    value = (first * 0x9E3779B1 ^ second * 0x85EBCA6B) & 0xFFFFFFFF
    value = ((value ^ value >> 15) * 0x2C1B3C6D) & 0xFFFFFFFF
    return (value ^ value >> 13) & (buckets - 1)


def checksum(content: bytes) -> int:
    """Return two bytes that tell a bucket of this index from one of another."""
    return (sum(content) * 31 + len(content) + sum(content[::3])) & 0xFFFF


def card_of(card: Card) -> bytes:
    """Write what a result shows: address, title, day, channel, summary."""
    channel = card.channel.name if card.channel else ""
    day = f"{card.date:%Y-%m-%d}" if card.kind in {"article", "flash"} else ""
    summary = card.summary
    while True:
        values = [card.url, card.title, day, channel, summary]
        raw = json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()
        if len(raw) <= CARD:
            return raw.ljust(CARD)
        summary = summary[: len(summary) * 9 // 10] if summary else ""
        if not summary:
            card = card._replace(title=card.title[: len(card.title) * 9 // 10])


def channel_of(card: Card, channels: Sequence[str]) -> int:
    """Return the number of a text's channel, 0 for none."""
    name = card.channel.name if card.channel else ""
    return min(channels.index(name) + 1, 255) if name in channels else 0


def fields_of(card: Card, body: Body) -> tuple[str, ...]:
    """Return the fields of a text: what is grepped, and the pinyin of title and tags."""
    marks = [link.name for link in card.tags] + [credit.name for credit in card.credits]
    tags = [link.url.rstrip("/").rpartition("/")[2].split("-") for link in card.tags]
    return (
        joined([card.title]),
        joined([*marks, body.source]),
        joined([card.summary, *lines_of(body.lead)]),
        joined(lines_of(body.html)),
        BREAK.join(
            sound for syllables in (*spelt(card.title), *tags) for sound in sounds(syllables)
        ),
    )


def width(count: int) -> int:
    """Return the bytes of a dense list in a volume of so many texts."""
    return -(-count // STEP) * STEP // 8


def dense(places: Iterable[int], count: int) -> bytes:
    """Write a list as one bit a text."""
    size = width(count)
    bits = bytearray(b"0" * (8 * size))
    for place in places:
        bits[~place] = ONE
    return int(bits, 2).to_bytes(size, "little")


class _Gaps(dict[int, bytes]):
    def __missing__(self, value: int) -> bytes:
        raw, rest = bytearray(), value
        while rest >= MORE:
            raw.append(rest & MORE - 1 | MORE)
            rest >>= 7
        raw.append(rest)
        self[value] = found = bytes(raw)
        return found


_gaps = _Gaps()


def sparse(places: Sequence[int]) -> bytes:
    """Write a list as gaps: seven bits a byte, the lowest of a gap tells the last one."""
    steps = map(sub, places[1:], places)
    values = [2 * places[0], *[2 * step - 2 for step in steps]]
    values[-1] += 1
    return b"".join(map(_gaps.__getitem__, values))


def written(places: Sequence[int], count: int) -> tuple[int, bytes]:
    """Return a list in its shorter form, after the flag of that."""
    if len(places) == 1:
        return 0, _gaps[2 * places[0] + 1]
    full = width(count)
    content = sparse(places) if len(places) <= full else b""
    return (0, content) if 0 < len(content) <= full else (DENSE, dense(places, count))


@cache
def ways(length: int) -> tuple[tuple[int, int], ...]:
    """Return the ways to make a name of one of so many units: how many stay, how many follow."""
    return (length, 0), (PAIR, 1), (0, 2), (0, 3), (length, 1), (length - 1, 1), (0, 1)


@cache
def way_of(length: int, same: int, size: int) -> int:
    """Return the number of a way, or OTHER."""
    return ways(length).index((same, size)) if (same, size) in ways(length) else OTHER


def write_bucket(lists: Mapping[str, tuple[int, bytes]]) -> bytes:
    """Write some lists, each under its name and field."""
    return sealed(entries(lists))


def sealed(raw: bytes | bytearray) -> bytes:
    """Return the entries of a bucket behind their checksum; nothing if there are none."""
    return checksum(raw).to_bytes(2, "little") + raw if raw else b""


def entries(lists: Mapping[str, tuple[int, bytes]], before: str = "") -> bytearray:
    """Write lists behind one of the name ``before``; a name says what differs from the one before it."""
    raw = bytearray()
    for key in sorted(lists):
        flag, content = lists[key]
        name = key[:-1]
        same, most = 0, min(len(before), len(name))
        while same < most and name[same] == before[same]:
            same += 1
        if same < PAIR and name != before:
            same = 0
        rest = name[same:]
        way = way_of(len(before), same, len(rest))
        raw.append(ord(key[-1]) | flag | way * WAY)
        if way == OTHER:
            raw += bytes([same, len(rest)])
        if rest:
            raw += rest.encode("utf-16-le", "surrogatepass")
            before = name
        raw += content
    return raw


def read_bucket(raw: bytes, count: int) -> Iterator[tuple[str, int, bytes, bytes]]:
    """Yield the lists of a bucket: name and field, DENSE or 0, content, and the whole entry."""
    at, name, full, end = 2, "", width(count), len(raw)
    while at < end:
        first = at
        head = raw[at]
        way = head // WAY
        at += 1
        if way == OTHER:
            same, size = raw[at : at + 2]
            at += 2
        else:
            same, size = ways(len(name))[way]
        if size:
            start = at
            at += size * 2
            rest = raw[start:at].decode("utf-16-le", "surrogatepass")
            name = name[:same] + (rest if len(rest) == size else units(rest))
        start = at
        at = start + full if head & DENSE else GAPS.match(raw, start).end()
        yield name + chr(head & 15), head & DENSE, raw[start:at], raw[first:at]


def read_list(flag: int, content: bytes) -> list[int]:
    """Return the places of the texts on a list."""
    if flag:
        bits = bin(int.from_bytes(content, "little"))[:1:-1]
        return [place for place, bit in enumerate(bits) if bit == "1"]
    places, place, value, shift = [], -1, 0, 0
    for byte in content:
        value |= (byte & MORE - 1) << shift
        shift += 7
        if byte < MORE:
            place += (value >> 1) + 1
            places.append(place)
            value = shift = 0
    return places


class Volume(NamedTuple):
    """A volume of the index, cut into its parts."""

    channels: bytes
    cards: list[bytes]
    buckets: list[bytes]


def read_volume(raw: bytes, count: int) -> Volume:
    """Cut a volume of ``count`` texts into its parts."""
    buckets = buckets_of(count)
    first = SLOT * (buckets + 1)
    starts = struct.unpack_from(f"<{buckets + 1}I", raw)
    return Volume(
        raw[first : first + count],
        [raw[at : at + CARD] for at in range(first + count, first + count + CARD * count, CARD)],
        [raw[start:end] for start, end in pairwise(starts)],
    )


def write_volume(
    texts: Sequence[tuple[Card, Body]], channels: Sequence[str], former: Former | None = None
) -> bytes:
    """Write the volume of some texts, oldest first.

    What ``former`` tells saves work, without it the same bytes come out. Cost: O(what changed or
    has another place), and a look at each bucket in which that stands or stood; of the volume, if
    more than FEW texts did.
    """
    count, buckets = len(texts), buckets_of(len(texts))
    places = former.places if former else [None] * count
    was = read_volume(former.content, former.count) if former else Volume(b"", [], [])
    cards = [
        card_of(texts[now][0]) if place is None else was.cards[place]
        for now, place in enumerate(places)
    ]
    new = [now for now, place in enumerate(places) if place != now]
    if former and max(len(new), len(former.gone)) <= FEW and is_alike(former, count):
        here = {now: texts[now] for now in new}
        moved = {place: here[now] for now in new if (place := places[now]) is not None}
        parts = renewed(was.buckets, standing(here), standing(former.gone | moved), count)
    else:
        whole = standing({now: texts[now] for now in range(count)})
        parts = map(fresh, parted(whole, buckets), repeat(count))
    raw_buckets = [*parts]
    table = bytes(
        channel_of(texts[now][0], channels) if place is None else was.channels[place]
        for now, place in enumerate(places)
    )
    before = SLOT * (buckets + 1) + count + CARD * count
    starts = accumulate(map(len, raw_buckets), initial=before)
    return b"".join([struct.pack(f"<{buckets + 1}I", *starts), table, *cards, *raw_buckets])


def standing(texts: Mapping[int, tuple[Card, Body]]) -> Lists:
    """Return the lists of some texts by field and FORK and by name: the places of the texts."""
    fields = ((place, fields_of(*text)) for place, text in texts.items())
    if len(texts) <= FEW:
        return lists_of(fields)
    from plugins._pieces_of_many import lists_of_many  # noqa: PLC0415  it loads numpy

    return lists_of_many(fields)


def parted(lists: Lists, buckets: int) -> list[dict[str, list[int]]]:
    """Return lists by bucket, and by name and field."""
    parts: list[dict[str, list[int]]] = [{} for _ in range(buckets)]
    number = cache(partial(bucket, buckets=buckets))
    for flags, on in lists.items():
        for name, places in on.items():
            parts[number(name[:PAIR])][name + chr(flags)] = places
    return parts


def fresh(lists: Mapping[str, Sequence[int]], count: int) -> bytes:
    """Write a bucket anew."""
    return write_bucket({key: written(places, count) for key, places in lists.items()})


def is_alike(former: Former, count: int) -> bool:
    """Tell whether a volume of ``count`` texts is written as the former one was."""
    return width(count) == width(former.count) and buckets_of(count) == buckets_of(former.count)


def renewed(
    was: Sequence[bytes],
    new: Lists,
    old: Lists,
    count: int,
) -> Iterator[bytes]:
    """Write buckets of which some texts were on ``old`` lists and are on ``new`` ones."""
    for flags in new.keys() & old.keys():
        on, off = new[flags], old[flags]
        for name in [name for name in on.keys() & off.keys() if on[name] == off[name]]:
            del on[name], off[name]
    ways = zip(was, parted(new, len(was)), parted(old, len(was)), strict=True)
    for part, on, off in ways:
        yield touched(part, on, off, count) if on or off else part


def touched(
    part: bytes, on: Mapping[str, list[int]], off: Mapping[str, list[int]], count: int
) -> bytes:
    """Return a bucket with some texts taken off lists and others put on.

    All other entries stay as they are, but one whose name was told by an entry that has gone or come.
    """
    raw, full = bytearray(), width(count)
    before = last = ""  # names of the entries before: as written now, as read
    waiting = sorted(on, reverse=True)

    def put(key: str, flag: int, content: bytes) -> None:
        nonlocal before, raw
        raw += entries({key: (flag, content)}, before)
        before = key[:-1]

    for key, flag, content, entry in read_bucket(part, count):
        while waiting and waiting[-1] < key:
            put(waiting[-1], *written(on[waiting.pop()], count))
        if key in on or key in off:
            more, less = on.get(key, ()), off.get(key, ())
            if more:
                waiting.pop()
            if flag and (bits := turned(content, more, less)).bit_count() > full:
                put(key, DENSE, bits.to_bytes(full, "little"))
            elif places := {*read_list(flag, content)}.difference(less).union(more):
                put(key, *written(sorted(places), count))
        elif before == last:
            raw += entry
            before = key[:-1]
        else:
            put(key, flag, content)
        last = key[:-1]
    while waiting:
        put(waiting[-1], *written(on[waiting.pop()], count))
    return sealed(raw)


def turned(content: bytes, on: Iterable[int], off: Iterable[int]) -> int:
    """Return the bits of a dense list with some texts taken off and others put on."""
    bits = int.from_bytes(content, "little")
    for place in off:
        bits &= ~(1 << place)
    for place in on:
        bits |= 1 << place
    return bits
