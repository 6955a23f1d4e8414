"""Tell machines what a page is, in the words of schema.org, from the very values that readers see.

Lends templates ``json_ld`` and the addresses ``absolute`` and ``canonical``.
Settings: ``STRUCTURED_DATA``, see :class:`Settings`.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from markupsafe import Markup

from plugins import _data, _facts
from plugins._card import Card, Credit, Link, Subject
from plugins._urls import absolute as whole

ROLES = {"责编": "editor", "校对": "contributor", "图": "illustrator"}
LISTED = 20  # items of a list that its page tells machines; sitemaps tell all
# Made once: json.dumps() makes an encoder at every call that has options.
ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
DAY = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}")  # ISO 8601, as far as it is known
# What a machine had to do with a text, in the words of IPTC that schema.org took over.
LABELS = {
    "assisted": "https://schema.org/CompositeWithTrainedAlgorithmicMediaDigitalSource",
    "generated": "https://schema.org/TrainedAlgorithmicMediaDigitalSource",
}


@dataclass(frozen=True, kw_only=True)
class Settings:
    """``STRUCTURED_DATA`` in pelicanconf.py."""

    logo: str = "theme/icon-180.png"
    principles: str = "about/"  # the page that tells how articles are made, or ""
    SITENAME: str
    SITEURL: str
    SITESUBTITLE: str = ""
    AUTHORS: tuple[_data.Author, ...] = ()


def absolute(settings: Settings, url: str) -> str:
    """Return the whole address of something on the site."""
    return whole(settings.SITEURL, url)


def canonical(settings: Settings, output_file: str) -> str:
    """Return the one true address of a page, by its file in the output."""
    return whole(settings.SITEURL, output_file.removesuffix("index.html"))


def json_ld(settings: Settings, kind: str, **values: Any) -> Markup:
    """Describe a page of a kind (article, front, list, profile, page) as JSON-LD."""
    graph = list(KINDS[kind](settings, **values))
    text = ENCODER.encode({"@context": "https://schema.org", "@graph": graph})
    # Inside <script> a "<" could end the element or open a comment (HTML standard, 4.12.1.3).
    # Not str.translate(): on Chinese text it is thirty times slower.
    text = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return Markup(text)  # noqa: S704  escaped for its place


def publisher(settings: Settings) -> dict[str, Any]:
    """Name the publisher; the front page describes it in full."""
    return {
        "@type": "Organization",
        "@id": absolute(settings, "#publisher"),
        "name": settings.SITENAME,
        "logo": absolute(settings, settings.logo),
    }


def principles(settings: Settings) -> dict[str, str]:
    """Tell where the rules stand by which articles are made."""
    page = settings.principles
    return {"publishingPrinciples": absolute(settings, page)} if page else {}


def breadcrumbs(settings: Settings, trail: Iterable[Link], name: str) -> dict[str, Any]:
    """Describe the visible trail, and after a single step the page itself: Google asks for two."""
    steps = [
        {
            "@type": "ListItem",
            "position": place,
            "name": link.name,
            "item": absolute(settings, link.url),
        }
        for place, link in enumerate(trail, start=1)
    ]
    if len(steps) == 1:
        steps.append({"@type": "ListItem", "position": 2, "name": name})
    return {"@type": "BreadcrumbList", "itemListElement": steps}


def article(settings: Settings, article: Any) -> Iterable[dict[str, Any]]:
    """Describe one article or flash item."""
    card: Card = article.card
    found: dict[str, Any] = {
        "@type": "NewsArticle",
        "url": absolute(settings, card.url),
        "headline": card.title,
        "description": card.summary,
        "datePublished": card.date.isoformat(),
        "dateModified": (card.modified or card.date).isoformat(),
        "inLanguage": "zh-CN",
        "wordCount": article.reading.chars,
        "isAccessibleForFree": True,
        "publisher": publisher(settings),
        "author": [who(settings, c) for c in card.credits if c.role == "作者"]
        or [{"@id": absolute(settings, "#publisher"), "name": settings.SITENAME}],
    } | principles(settings)
    for credit in card.credits:
        if credit.role != "作者":
            # schema.org lets none but a person be an editor or illustrator.
            role = "contributor" if is_desk(settings, credit.name) else ROLES[credit.role]
            found.setdefault(role, []).append(who(settings, credit))
    if card.channel:
        found["articleSection"] = card.channel.name
    if card.tags:
        found["keywords"] = [tag.name for tag in card.tags]
        found["about"] = [{"@type": "Thing", "name": tag.name} for tag in card.tags]
    if card.picture:
        found["image"] = {
            "@type": "ImageObject",
            "url": absolute(settings, card.picture.url),
            "width": card.picture.width,
            "height": card.picture.height,
        }
    if article.references:
        found["citation"] = [citation(item) for item in article.references]
    if article.licence and article.licence.url:
        found["license"] = article.licence.url
    if article.head.reprint and article.source:
        found["isBasedOn"] = article.source.url
        found["creditText"] = f"{article.source.name} {article.head.original_author}"
    if article.label:
        found["digitalSourceType"] = LABELS[article.label.kind]
    if article.corrections:
        found["correction"] = [
            {"@type": "CorrectionComment", "text": item.text, "datePublished": item.day}
            for item in article.corrections
        ]
    yield found
    yield breadcrumbs(settings, article.trail, card.title)


def is_desk(settings: Settings, name: str) -> bool:
    """Tell whether a name of the byline is no person's (authors.toml). Cost: O(authors)."""
    return any(author.desk for author in settings.AUTHORS if author.name == name)


def who(settings: Settings, named: Credit | Subject) -> dict[str, Any]:
    """Describe somebody of a byline."""
    kind = "Organization" if is_desk(settings, named.name) else "Person"
    return {"@type": kind, "name": named.name, "url": absolute(settings, named.url)}


def citation(reference: Any) -> dict[str, Any] | str:
    """Describe one numbered source by the words of its line; one that has an address as a work.

    Ten works in full would be a twentieth of a page's weight.
    """
    line = f"{reference.publisher}：{reference.title}"
    if not reference.url:
        return f"{line}，{reference.date}" if reference.date else line
    found = {"@type": "CreativeWork", "name": line, "url": reference.url}
    if DAY.fullmatch(reference.date):  # an editor may add words to it: 2022-03-15 施行
        found["datePublished"] = reference.date
    return found


def item_list(settings: Settings, cards: Iterable[Card]) -> dict[str, Any]:
    """Describe the first articles that a page lists, in its order."""
    return {
        "@type": "ItemList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "url": absolute(settings, card.url)}
            for place, card in enumerate(islice(cards, LISTED), start=1)
        ],
    }


def front(
    settings: Settings, lead: Card | None, seconds: Iterable[Card]
) -> Iterable[dict[str, Any]]:
    """Describe the site and what leads it."""
    yield {
        "@type": "WebSite",
        "@id": absolute(settings, "#website"),
        "url": absolute(settings, ""),
        "name": settings.SITENAME,
        "description": settings.SITESUBTITLE,
        "inLanguage": "zh-CN",
        "publisher": {"@id": absolute(settings, "#publisher")},
    }
    told = {"url": absolute(settings, ""), "description": settings.SITESUBTITLE}
    yield publisher(settings) | told | principles(settings)
    if lead:
        yield item_list(settings, [lead, *seconds])


def listing(
    settings: Settings, subject: Subject, trail: Iterable[Link], cards: Iterable[Card] = ()
) -> Iterable[dict[str, Any]]:
    """Describe a list page."""
    found = {
        "@type": "CollectionPage",
        "name": subject.name,
        "url": absolute(settings, subject.url),
        "inLanguage": "zh-CN",
    }
    yield found | ({"mainEntity": item_list(settings, cards)} if cards else {})
    yield breadcrumbs(settings, trail, subject.name)


def profile(
    settings: Settings, subject: Subject, trail: Iterable[Link]
) -> Iterable[dict[str, Any]]:
    """Describe an author's page."""
    yield {
        "@type": "ProfilePage",
        "url": absolute(settings, subject.url),
        "mainEntity": who(settings, subject)
        | ({"description": subject.about} if subject.about else {}),
    }
    yield breadcrumbs(settings, trail, subject.name)


def page(settings: Settings, page: Any) -> Iterable[dict[str, Any]]:
    """Describe a page that stands by itself."""
    yield {
        "@type": "WebPage",
        "name": page.card.title,
        "url": absolute(settings, page.card.url),
        "description": page.card.summary,
        "inLanguage": "zh-CN",
        "publisher": publisher(settings),
    }
    yield breadcrumbs(settings, page.trail, page.card.title)


KINDS: Mapping[str, Callable[..., Iterable[dict[str, Any]]]] = {
    "article": article,
    "front": front,
    "list": listing,
    "profile": profile,
    "page": page,
}


def register() -> None:
    """Join the run."""
    _facts.register(
        "structured_data",
        settings=Settings,
        template_globals={"json_ld": json_ld, "absolute": absolute, "canonical": canonical},
    )
