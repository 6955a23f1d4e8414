"""Keep every published address answered: a moved text leaves a redirect by itself.

Compares the site with the ledger of addresses, ``content/data/addresses.tsv`` (:mod:`_ledger`), and
draws a page at each address from which a text, channel, tag or author has moved; ``_redirects`` says
the same to hosts that read it. A published address that is lost or used for another text stops the
build. A publishing build of the press brings the ledger up to date.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain
from pathlib import Path
from urllib.parse import quote, urlsplit

from plugins import _data, _facts, _head, _ledger
from plugins._card import Card, Link
from plugins._frozen import Frozen

NEWS = {"article", "flash"}  # whose tags and authors have lists
PLACES = {"tag/": "全部标签", "archives/": "归档", "flash/": "快讯"}
EMPTIED = {"tag": "这个标签下已经没有文章，请看：", "author": "这位作者已经没有文章，请看："}
MOVED = "您要找的内容已经移到："
SHOWN = 5


class Settings(Frozen):
    """No settings of its own."""

    PATH: str
    SITEURL: str
    CHANNELS: tuple[_data.Channel, ...] = ()
    LEDGER: _ledger.Ledger
    TODAY: date
    PREVIEW: bool = False
    CONFIRM: bool = False


def addresses_of(
    cards: Iterable[Card], channels: Iterable[_data.Channel]
) -> dict[str, _ledger.Live]:
    """Return what stands at every address of the site."""
    live = {
        f"channel/{channel.address}/": _ledger.Live(f"channel:{channel.name}", channel.name)
        for channel in channels
    }
    for card in cards:
        live[card.url] = _ledger.Live(card.path, card.title, card.mark, card.timed, card.aliases)
    news = [card for card in cards if card.kind in NEWS]
    for name, url in sorted(set(chain.from_iterable(card.tags for card in news))):
        live[url] = _ledger.Live(f"tag:{name}", name)
    for _, name, url in sorted(set(chain.from_iterable(card.credits for card in news))):
        live[url] = _ledger.Live(f"author:{name}", name)
    return live


def place_in(content: Path, source: str, *keys: str) -> tuple[int, int] | None:
    """Return where a text's head has the first of these keys that is there; None: no such text."""
    try:
        text, _ = _head.decode((content / source).read_bytes())
    except OSError:
        return None
    fields = {one.name: one for one in _head.split(text)[0]}
    found = next((fields[key] for key in keys if key in fields), None)
    return (found.line, found.column) if found else (1, 1)


def pages(
    cards: tuple[Card, ...], settings: Settings, _bodies: _facts.Bodies
) -> Iterator[_facts.Page | _facts.File | _facts.Record]:
    """Draw a page for every address that leads elsewhere. Cost: O(addresses)."""
    content = Path(settings.PATH)
    text, live = settings.LEDGER.text(), addresses_of(cards, settings.CHANNELS)
    if same := _ledger.extended(text, live, settings.TODAY.isoformat()):
        ledger, new = same
        yield _facts.Record(_ledger.NAME, ledger, unlisted(new, content))
        return
    lines, problems = _ledger.parse(text)
    if problems:
        told = (problem.told(content.name, _ledger.NAME) for problem in problems)
        raise _facts.RefusalError(*told)
    rules = _ledger.Rules(
        today=settings.TODAY.isoformat(),
        strict=not settings.PREVIEW,
        confirmed=settings.CONFIRM,
        root=content.name,
        place=lambda source, *keys: place_in(content, source, *keys),
    )
    plan = _ledger.plan(lines, live, rules)
    if plan.refused:
        raise _facts.RefusalError(*plan.refused)
    for old, new in sorted(plan.moved.items()):
        yield page(old, Link(live[new].name if new in live else PLACES[new], new), MOVED)
    for old, new in sorted(plan.emptied.items()):
        yield page(old, Link(PLACES[new], new), EMPTIED[old.partition("/")[0]])
    if rules_of_hosts := host_rules(plan.moved | plan.emptied, settings.SITEURL):
        yield _facts.File("_redirects", rules_of_hosts)
    yield _facts.Record(_ledger.NAME, _ledger.told(plan.lines), unlisted(plan.unlisted, content))


def page(old: str, link: Link, words: str) -> _facts.Page:
    """Return the page at an address from which something has moved."""
    save_as = f"{old}index.html" if old.endswith("/") else old
    return _facts.Page(save_as, "moved", {"link": link, "words": words})


def host_rules(moved: dict[str, str], siteurl: str) -> str:
    """Write the redirects as Cloudflare Pages and Netlify read them: a true 301."""
    root = urlsplit(siteurl).path.rstrip("/")
    return "".join(
        f"{root}/{quote(old)} {root}/{quote(new)} 301\n" for old, new in sorted(moved.items())
    )


def unlisted(addresses: list[str], content: Path) -> str:
    """Say what the ledger does not know, for who may not write it."""
    if not addresses:
        return ""
    named = "、".join(f"/{address}" for address in sorted(addresses)[:SHOWN])
    more = "等" if len(addresses) > SHOWN else ""
    return (
        f"{content.name}/{_ledger.NAME}:1:1: 警告：{len(addresses)}个网址没有登记：{named}{more}；"
        "请在自己的电脑上运行make html，把这个文件和稿件一起提交"
    )


def register() -> None:
    """Join the run."""
    _facts.register(
        "redirects",
        settings=Settings,
        pages=pages,
        sees=("path", "kind", "url", "title", "timed", "tags", "credits", "aliases", "mark"),
    )
