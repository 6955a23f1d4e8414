"""The one contract between the plugins and whatever builds the site: stock Pelican or the press.

A plugin registers pure functions under its own name:

``facts(html, metadata, settings)``
    What one article is by itself. The value becomes the article's attribute of that name.
``inputs(html, metadata, settings)``
    For a fact that is dear: all of these that it depends on. While that and the settings are what
    they were, the fact of an edited article is not computed again.
``relation``
    What an article is to those near it, as a :class:`Relation`; the attribute likewise.
``pages(cards, settings, bodies)``
    Pages and files that are made of cards: lists, feeds, sitemaps.
``sees``
    The fields of cards that ``pages`` itself looks at, besides the order of the cards, their paths
    and dates. All others are only shown, by templates and functions that get the cards themselves.
    If nothing else has changed than these, or the texts that are shown, ``pages`` are not asked:
    those are drawn again that hold such a card or text. None: all fields; (): of no card anything.
``editions``
    Further pages of some texts, each as an :class:`Edition`.
``files(card, settings, body)``
    Files of one text, each as a :class:`Drawn`, made of its card and body alone: its images. They
    are looked at when its own page is; see :class:`Edition`.
``until(cards, settings)``
    For a plugin that has BUILD_NOW among its settings: the moment up to which its pages stay as
    they are if only the clock moves on. Without it they are made anew at every build.
``template_globals``
    Functions that templates call; each gets the plugin's settings as its first argument.
``forget()``
    Called when a run begins, by a plugin that keeps something between pages.

``settings`` is the plugin's own :class:`~plugins._frozen.Frozen`. Its fields are filled from the dict in
capitals of the same name (``READING = {"fast": 500}``); a field that is itself in capitals
(``SITEURL``) is Pelican's setting of that name or a file of content/data. So the class is
the whole list of what a plugin can see, and an unknown key stops the build.

Nothing here knows Pelican: :mod:`plugins._pelican` joins its run, ``press`` does without.
"""

import re
import sys
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any, NamedTuple, get_origin
from zoneinfo import ZoneInfo

from markupsafe import Markup

from plugins import _data
from plugins._card import Body, Card, Picture
from plugins._frozen import REQUIRED, Field, Frozen, fields_of
from plugins._glossary import terms_of
from plugins._head import Head
from plugins._ledger import ledger_of
from plugins._renditions import measure
from plugins._share import NEWEST, since

BREAK = re.compile("(<wbr>|<i></i>)")  # of a headline (plugins.headline)
Count = Annotated[int, 1]  # a whole number from 1
# What the value of a plugin's setting may be, by its declared type: in words, and for Python.
KINDS: Mapping[Any, tuple[str, Any]] = {
    str: ("加引号的文字", str),
    int: ("整数", int),
    float: ("数", (int, float)),
    bool: ("True或False", bool),
    Mapping: ("一个字典", Mapping),
}
FILLED = re.compile(r"{(\w+)}")  # a place in a wording that is filled in
LINE = 8  # characters that a line of a list holds at least, text of twice the size on a phone


class RefusalError(Exception):
    """The site cannot be built as it is; each message says where and what to write instead."""

    def __init__(self, *messages: str):
        super().__init__("\n".join(messages))
        self.messages = messages


class Page(NamedTuple):
    """A page that a template draws from plain values and cards."""

    save_as: str
    template: str
    data: Mapping[str, Any]
    relative: bool = True  # False: links from the site's path, for pages shown at any address


class File(NamedTuple):
    """A file written as it is."""

    save_as: str
    content: str | bytes


class Drawn(NamedTuple):
    """A file that a function makes of plain values, cards and bodies: a feed, a sitemap.

    ``draw`` is a function of its module's top level and is called only if the data are new.
    """

    save_as: str
    draw: Callable[..., str | bytes]
    data: Mapping[str, Any]


class Former(NamedTuple):
    """A :class:`Woven` file as it was, and where in it those texts stood that are the same now."""

    content: bytes
    count: int  # of its texts
    places: Sequence[int | None]  # by texts as they stand now; None: new, or changed
    gone: Mapping[int, tuple[Card, Body]]  # what has changed or is gone, as it was, by place


class Woven(NamedTuple):
    """A file into which many texts are woven, of which few change at a time: of the search.

    ``draw(texts, former=…, **data)`` touches those texts alone that ``former`` has no place for:
    they are read when they are touched. A builder that kept nothing gives None; the same bytes must
    come out.
    """

    save_as: str
    draw: Callable[..., bytes]
    texts: Sequence[tuple[Card, Body]]
    data: Mapping[str, Any]


class Record(NamedTuple):
    """A file of content/ that knows what was published: a publishing build brings it up to date.

    ``warning`` is told by a build that may not write it. With the new content the plugin has to
    come to the same pages: builders that only read it make the same site.
    """

    path: str  # below content/
    content: str
    warning: str


class Edition(NamedTuple):
    """A further page of a text, beside its own: the same values in another template.

    It costs what the text's own page costs and is drawn when that is. ``has`` tells it from the card
    and the settings; what it depends on has to be in a fact of the text, too, or a builder will not
    look again.
    """

    suffix: str  # of the text's address: "wechat/"
    template: str
    has: Callable[[Card, Any], bool]


Bodies = Callable[[str], Body]  # the text of a card's path; its HTML is read only when asked for


# One card on a line: its place among all cards, and how much the line matters to it. A plain tuple:
# a site has as many of them as its articles have words.
Stand = tuple[int, Card, float]


class Near(NamedTuple):
    """What a card may know of a line: its own weight there, and who stands near."""

    weight: float
    newer: Sequence[Stand]  # nearest first
    older: Sequence[Stand]  # nearest first


class Relation(NamedTuple):
    """What an article is to others, told so that a change is felt only near it.

    Articles stand on *lines*, newest first: a channel, a series, a keyword. ``value`` sees no
    further than ``reach`` places along them, each way; None is the whole line. So an added article
    can change only those within reach of its places, however many there are. Of the cards near by
    it looks at nothing but their dates and what the lines say: the rest is shown.
    """

    lines: Callable[[Card, Any], Iterable[tuple[Hashable, float]]]  # line and weight
    reach: Callable[[Any], int | None]
    value: Callable[[Card, Mapping[Hashable, Near], Any], Any]


class NoSettings(Frozen):
    """For a plugin that has none."""


class Plugin(NamedTuple):
    """What one plugin registered."""

    name: str
    settings: type[Any] = NoSettings  # a Frozen; of a plugin of others perhaps a dataclass
    facts: Callable[[str, Mapping[str, Any], Any], Any] | None = None
    inputs: Callable[[str, Mapping[str, Any], Any], Any] | None = None
    relation: Relation | None = None
    pages: (
        Callable[[tuple[Card, ...], Any, Bodies], Iterable[Page | File | Drawn | Woven | Record]]
        | None
    ) = None
    editions: tuple[Edition, ...] = ()
    files: Callable[[Card, Any, Body], Iterable[Drawn]] | None = None
    sees: tuple[str, ...] | None = None
    until: Callable[[tuple[Card, ...], Any], datetime] | None = None
    template_globals: Mapping[str, Callable[..., Any]] | None = None
    forget: Callable[[], None] | None = None


_plugins: dict[str, Plugin] = {}


def register(name: str, **functions: Any) -> None:
    """Add the plugin called ``name``; stock Pelican, if it is running, learns of it."""
    _plugins[name] = Plugin(name=name, **functions)
    if blinker := sys.modules.get("blinker"):  # else no Pelican runs, nor need it be loaded
        blinker.signal("pelican_initialized").connect(join)


def join(pelican: Any) -> None:
    """Begin a run of stock Pelican."""
    from plugins import _pelican  # noqa: PLC0415  the press never comes here, nor loads Pelican

    _pelican.start(pelican)


def active(names: Iterable[str]) -> dict[str, Plugin]:
    """Return the plugins that PLUGINS names, in the order of their registration."""
    named = {name.rpartition(".")[2] for name in names}
    return {name: plugin for name, plugin in _plugins.items() if name in named}


def bind(plugin: Plugin, values: Mapping[str, Any]) -> Any:
    """Make the plugin's settings from all settings; raise :class:`RefusalError` for a name it lacks."""
    group = plugin.name.upper()
    known = fields_of(plugin.settings)
    written = values.get(group) or {}
    if not isinstance(written, Mapping):
        raise RefusalError(
            f"pelicanconf.py: {group} 写成了 {written!r}；要写成一个字典，如 {example(known)}"
        )
    given = dict(written)
    for key, value in given.items():
        if key not in known or key.isupper():
            own = [name for name in known if not name.isupper()]
            import difflib  # noqa: PLC0415  for a mistake only

            near = difflib.get_close_matches(str(key), own, 1)
            hint = f"可用：{'、'.join(own)}" if own else "它没有可设的项。"
            hint = f"是不是 {near[0]}？" if near else hint
            raise RefusalError(f"pelicanconf.py: {group} 里没有“{key}”这一项；{hint}")
        if wrong := unlike(value, known[key]):
            raise RefusalError(f'pelicanconf.py: {group}["{key}"] 写成了 {value!r}；{wrong}')
    for name, field in known.items():
        if name.isupper():
            if name in values:
                given[name] = values[name]
            elif field.default is REQUIRED:
                raise RefusalError(f"pelicanconf.py: {name} 没有写；插件 {plugin.name} 要用到它")
    return plugin.settings(**given)


def example(known: Mapping[str, Field]) -> str:
    """Return how a plugin's settings are written, by the first that has a plain default."""
    for name, field in known.items():
        if not name.isupper() and field.default is not REQUIRED:
            return f"{{'{name}': {field.default!r}}}"
    return "{}"


def unlike(value: Any, field: Field) -> str:
    """Say what to write instead of a value that a plugin's setting cannot have; "" if it can."""
    kind = get_origin(field.type) or field.type
    least = 0
    if kind is Annotated:
        kind, (least,) = field.type.__origin__, field.type.__metadata__
    told, kinds = KINDS.get(kind, ("", object))
    if not isinstance(value, kinds) or (isinstance(value, bool) and kind is not bool):
        return f"要写成{told}"
    if kind in {int, float} and value < least:
        return f"不能小于{least}"
    if kind is str and isinstance(field.default, str) and "{" in field.default:
        known = FILLED.findall(field.default)
        try:
            value.format(**dict.fromkeys(known, ""))
        except (KeyError, IndexError, ValueError):
            return f"花括号里只能写{'、'.join(known)}"
    return ""


def bind_all(plugins: Mapping[str, Plugin], settings: Mapping[str, Any]) -> dict[str, Any]:
    """Read content/data and make every plugin's settings.

    Raises:
        RefusalError: a mistake in a data file or a setting.

    """
    content = Path(settings["PATH"])
    data, problems = _data.load(content)
    if problems:
        raise RefusalError(*problems)
    now = build_now(settings.get("BUILD_NOW"), settings["TIMEZONE"])
    values = {
        **settings,
        **data,
        "BUILD_NOW": now,
        "LEDGER": ledger_of(content),
        "TERMS": terms(settings, content, now) if "glossary" in plugins else (),
        "SHARED_SINCE": shared_since(content, settings.get("SHARE")),
        # What the clock decides is decided here once, so that no page depends on the clock.
        "TODAY": now.date(),
        "RUNNING": (ads := running(data["BOOKINGS"], now.date(), content)),
        "PICTURES": frozenset(
            [picture.url for _, picture in ads if picture]
            + [
                text
                for text in settings.values()
                if isinstance(text, str) and text.startswith("pictures/")
            ]
        ),
    }
    return {name: bind(plugin, values) for name, plugin in plugins.items()}


def terms(settings: Mapping[str, Any], content: Path, now: datetime) -> tuple[Any, ...]:
    """Return the terms of the glossary. Cost: O(length of that page), at each build."""
    page = (settings.get("GLOSSARY") or {}).get("page", "glossary")
    preview = bool(settings.get("PREVIEW"))
    return terms_of(content, str(page), ZoneInfo(settings["TIMEZONE"]), now, preview=preview)


def shared_since(content: Path, group: Mapping[str, Any] | None) -> str:
    """Return the month from which texts have images of their own, as SHARE says."""
    newest = (group or {}).get("newest", NEWEST)
    if type(newest) is not int:
        raise RefusalError(
            f"pelicanconf.py: SHARE 的 newest 写成了{newest!r}；请写成整数，如 {NEWEST}"
        )
    return since(content, newest)


def running(
    bookings: Iterable[_data.Ad], day: date, content: Path
) -> tuple[tuple[_data.Ad, Picture | None], ...]:
    """Return the ads of a day with their pictures, in the order of their first days."""
    found = []
    for ad in sorted(bookings, key=lambda ad: ad.start):
        if ad.start <= day <= ad.end:
            picture = measure(content, f"pictures/{ad.picture}", ad.text) if ad.picture else None
            if ad.picture and picture is None:
                raise RefusalError(
                    f"content/data/ads.toml:1: 没有图片 content/pictures/{ad.picture}"
                )
            found.append((ad, picture))
    return tuple(found)


def build_now(written: str | None, timezone: str) -> datetime:
    """Return the only "now" of a build: ``BUILD_NOW`` in ISO 8601, or the start of the build."""
    zone = ZoneInfo(timezone)
    if not written:
        return datetime.now(zone)
    try:
        given = datetime.fromisoformat(written)
    except ValueError:
        raise RefusalError(
            f"BUILD_NOW 写成了“{written}”；请写成 2026-11-22T09:30:00+08:00 的样子"
        ) from None
    return given.astimezone(zone) if given.tzinfo else given.replace(tzinfo=zone)


def where(metadata: Mapping[str, Any], field: str) -> str:
    """Return ``path:line:`` of a field of an article's head, for a refusal."""
    return f"content/{metadata['path']}:{metadata['head'].lines.get(field, 1)}:"


def fact_of(plugin: Plugin, html: str, metadata: Mapping[str, Any], settings: Any) -> Any:
    """Compute one fact of one text.

    Raises:
        RefusalError: also for a plugin that breaks, with the article at which it broke.

    """
    try:
        return plugin.facts(html, metadata, settings)  # type: ignore[misc]
    except RefusalError:
        raise
    except Exception as error:
        raise RefusalError(
            f"content/{metadata['path']}:1: 处理时出错（{type(error).__name__}: {error}）"
        ) from error


def card_of(metadata: Mapping[str, Any], facts: Mapping[str, Any]) -> Card:
    """Draw the card of an article from its head and its facts."""
    head, reading = metadata["head"], facts.get("reading")
    return Card(
        path=metadata["path"],
        kind=metadata["kind"],
        url=metadata["url"],
        title=head.title,
        headline=listed(facts["headline"]) if "headline" in facts else head.title,
        date=metadata["date"],
        timed=head.timed,
        modified=modified_of(head),
        channel=metadata["channel"],
        tags=metadata["tag_links"],
        credits=metadata["credits"],
        topics=head.topics,
        points=head.points,
        series=head.series,
        summary=facts.get("summary", ""),
        keywords=facts.get("keywords", ()) if metadata["kind"] != "withdrawn" else (),
        picture=metadata["picture"],
        minutes=(reading.fastest, reading.slowest) if reading else (0, 0),
        front=head.front,
        pinned=head.pinned,
        weight=head.weight,
        digest=metadata["digest"],
        corrections=tuple(sorted(head.corrections, reverse=True)),
        withdrawal=head.withdrawal,
        aliases=head.aliases,
        share=head.share,
        mark=metadata["mark"],
    )


def listed(headline: Markup) -> Markup:
    """Return a headline without the breaks at which no line of a list ends.

    A line of LINE characters has room for the next phrase too; an entity counts as it is written.
    """
    first, *others = BREAK.split(headline)
    while others and len(first) + len(others[1]) <= LINE:
        first += others[1]
        del others[:2]
    return Markup("".join([first, *others]))  # noqa: S704  pieces of it


def modified_of(head: Head) -> datetime | None:
    """Return when a text was last changed: a correction changes it on its day, if nothing later did.

    Of a correction only the day is known, so its time is the least that comes after all that it
    changed: the beginning of its day, for each further one of that day a second later, and on the
    day of publication a second after that. Feed readers take up each anew; pages show the day.
    """
    if not (head.corrections and head.date):
        return head.modified
    days = [correction.day for correction in head.corrections]
    day, count = max(days), days.count(max(days))
    corrected = datetime.fromisoformat(day).replace(tzinfo=head.date.tzinfo)
    corrected += timedelta(seconds=count - 1)
    if corrected <= head.date:
        corrected = head.date + timedelta(seconds=count)
    return corrected if corrected > (head.modified or head.date) else head.modified


def editions_of(
    card: Card, plugins: Mapping[str, Plugin], settings: Mapping[str, Any]
) -> Iterator[tuple[str, str]]:
    """Yield file and template of each further page of a text."""
    for name, plugin in plugins.items():
        for edition in plugin.editions:
            if edition.has(card, settings[name]):
                yield f"{card.url}{edition.suffix}index.html", edition.template


def files_of(
    card: Card, body: Body, plugins: Mapping[str, Plugin], settings: Mapping[str, Any]
) -> Iterator[Drawn]:
    """Yield each file of a text that is no page."""
    for name, plugin in plugins.items():
        if plugin.files:
            yield from plugin.files(card, settings[name], body)


def in_order(cards: Iterable[Card]) -> tuple[Card, ...]:
    """Return cards newest first; those of one moment by their paths."""
    found = sorted(cards, key=lambda card: card.path)
    return tuple(sorted(found, key=lambda card: card.date, reverse=True))


class Lines:
    """All lines of one relation. Cost: O(cards × lines of a card)."""

    def __init__(self, relation: Relation, cards: Sequence[Card], settings: Any):
        self.relation = relation
        self.settings = settings
        self.reach = relation.reach(settings)
        self._lines: dict[Hashable, list[Stand]] = defaultdict(list)
        lines, lines_of = self._lines, relation.lines
        for place, card in enumerate(cards):  # the inner loop of adding an article
            for line, weight in lines_of(card, settings):
                lines[line].append((place, card, weight))

    def value(self, card: Card, place: int) -> Any:
        """Return what the card at ``place`` of all cards is to others; None if it is on no line."""
        lines = dict(self.relation.lines(card, self.settings))
        if not lines:
            return None
        near = {}
        for line, weight in lines.items():
            stands = self._lines[line]
            here = bisect_left(stands, (place,))
            reach = len(stands) if self.reach is None else self.reach
            newer = stands[max(0, here - reach) : here][::-1]
            near[line] = Near(weight, newer, stands[here + 1 : here + 1 + reach])
        return self.relation.value(card, near, self.settings)

    def felt(self, line: Hashable, place: int) -> Iterator[Card]:
        """Yield the cards that feel a change on a line at ``place`` of all cards."""
        stands = self._lines.get(line, [])
        here = bisect_left(stands, (place,))
        reach = len(stands) if self.reach is None else self.reach
        # One more, for the card itself; where it has gone, the last may never have seen it.
        for _, card, _ in stands[max(0, here - reach) : here + reach + 1]:
            yield card


def written_twice(save_as: str, first: str, second: str) -> RefusalError:
    """Refuse two sources of one file."""
    return RefusalError(f"两处都要写 {save_as}：{first} 与 {second}")


class Addresses:
    """Who writes which file: two sources of one address are refused."""

    def __init__(self) -> None:
        self.taken: dict[str, str] = {}

    def take(self, save_as: str, name: str) -> None:
        """Note that ``name`` writes a file.

        Raises:
            RefusalError: somebody else does already.

        """
        if save_as in self.taken:
            raise written_twice(save_as, self.taken[save_as], name)
        self.taken[save_as] = name
