"""List articles by channel, tag and author, in pages that stay as they are once full.

Adds the pages ``/channel/…/``, ``/tag/…/``, ``/author/…/`` and ``/tag/``, and lends templates
``channels`` for the menu. Settings: ``LISTS``, see :class:`Settings`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from plugins import _data, _facts
from plugins._card import Card, Link, Subject
from plugins._frozen import Frozen
from plugins._lists import leaves


class Settings(Frozen):
    """``LISTS`` in pelicanconf.py."""

    size: _facts.Count = 20  # items on a full page of a channel, with summaries
    index: _facts.Count = 40  # of a tag or an author, headlines only
    home: str = "首页"
    tags: str = "标签"
    CHANNELS: tuple[_data.Channel, ...] = ()
    AUTHORS: tuple[_data.Author, ...] = ()


def feed_of(url: str) -> str:
    """Return the address of a list's Atom feed."""
    return f"feeds/{url}atom.xml"


def channel_subject(channel: _data.Channel) -> Subject:
    """Return a channel as the subject of its list."""
    url = f"channel/{channel.address}/"
    return Subject(channel.name, url, channel.about, feed_of(url))


def channels(settings: Settings) -> tuple[Subject, ...]:
    """Return the channels of the menu: those that stand under no other, in the file's order."""
    return tuple(channel_subject(item) for item in settings.CHANNELS if not item.parent)


def pages(
    cards: tuple[Card, ...], settings: Settings, _bodies: _facts.Bodies
) -> Iterator[_facts.Page]:
    """Draw every list and the list of tags. Cost: O(articles × their tags and authors)."""
    articles = [card for card in cards if card.kind == "article"]
    home = Link(settings.home, "")
    yield from channel_pages(articles, settings, home)
    by_tag: dict[Link, list[Card]] = defaultdict(list)
    by_author: dict[tuple[str, ...], list[Card]] = defaultdict(list)
    for card in cards:
        if card.kind not in {"article", "flash"}:
            continue
        for tag in card.tags:
            by_tag[tag].append(card)
        for credit in card.credits:
            members = by_author[credit[1:]]
            if not members or members[-1] is not card:  # who wrote and drew stands there once
                members.append(card)
    tags, authors = sorted(by_tag.items()), sorted(by_author.items())
    same_address("标签", "tags.toml", tags)
    same_address("作者", "authors.toml", authors)
    all_tags = Link(settings.tags, "tag/")
    for tag, members in tags:
        yield from leaf_pages("tag", Subject(*tag), members, (home, all_tags), settings.index)
    about = {author.name: author.about for author in settings.AUTHORS}
    for (name, url), members in authors:
        subject = Subject(name, url, about.get(name, ""), feed_of(url))
        yield from leaf_pages("author", subject, members, (home,), settings.index)
    counts = sorted(
        ((tag, len(members)) for tag, members in tags), key=lambda item: (-item[1], item[0].url)
    )
    yield _facts.Page(
        "tag/index.html",
        "tags",
        {"subject": Subject(*all_tags), "tags": counts, "trail": (home,)},
    )


def channel_pages(articles: list[Card], settings: Settings, home: Link) -> Iterator[_facts.Page]:
    """Draw each channel with its lower channels' articles, pinned ones first on its first page."""
    listed = {channel.name: channel for channel in settings.CHANNELS}
    members: dict[str, list[Card]] = defaultdict(list)
    for card in articles:
        name = card.channel.name if card.channel else ""
        while name:
            members[name].append(card)
            name = listed[name].parent
    for channel in settings.CHANNELS:
        trail = [home]
        if channel.parent:
            trail.append(Link(channel.parent, f"channel/{listed[channel.parent].address}/"))
        subject, listed_here = channel_subject(channel), members[channel.name]
        if not listed_here:  # then there is no feed either
            subject = subject._replace(feed="")
        yield from leaf_pages("channel", subject, listed_here, tuple(trail), settings.size)


def leaf_pages(
    template: str,
    subject: Subject,
    members: list[Card],
    trail: tuple[Link, ...],
    size: int,
) -> Iterator[_facts.Page]:
    """Draw the pages of one list."""
    for leaf in leaves(subject.url, members, size):
        shown = leaf.items
        if template == "channel" and leaf.pager.number is None:
            shown = sorted(shown, key=lambda card: not card.pinned)
        yield _facts.Page(
            f"{leaf.url}index.html",
            template,
            {
                "subject": subject,
                "cards": shown,
                "trail": trail,
                "pager": leaf.pager,
            },
        )


def same_address(kind: str, file: str, found: Iterable[tuple[tuple[str, ...], list[Card]]]) -> None:
    """Refuse two names of one address: 权力 and 权利 must not share a page."""
    taken: dict[str, str] = {}
    for (name, url), members in found:
        if url in taken:
            raise _facts.RefusalError(
                f"content/{members[0].path}:1: {kind}“{name}”和“{taken[url]}”"
                f"的地址都是 /{url}；请在 content/data/{file} 里给其中一个另写地址"
            )
        taken[url] = name


def register() -> None:
    """Join the run."""
    _facts.register(
        "lists",
        settings=Settings,
        pages=pages,
        sees=("kind", "channel", "tags", "credits", "pinned"),
        template_globals={"channels": channels},
    )
