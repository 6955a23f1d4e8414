"""Tell machines what a page is, in the words of schema.org, from the very values that readers see.

Lends templates ``json_ld`` and the addresses ``absolute`` and ``canonical``.
Settings: ``STRUCTURED_DATA``, see :class:`Settings`.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from markupsafe import Markup

from plugins import _facts
from plugins._card import Card, Link, Subject
from plugins._urls import absolute as whole

LISTED = 20  # items of a list that its page tells machines; sitemaps tell all
# Made once: json.dumps() makes an encoder at every call that has options.
ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, kw_only=True)
class Settings:
    """``STRUCTURED_DATA`` in pelicanconf.py."""

    logo: str = "theme/icon-180.png"
    principles: str = "about/"  # the page that tells how articles are made, or ""
    SITENAME: str
    SITEURL: str
    SITESUBTITLE: str = ""


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
    }


def organization(settings: Settings) -> dict[str, Any]:
    """Describe the publisher."""
    principles = settings.principles
    return (
        publisher(settings)
        | {
            "url": absolute(settings, ""),
            "logo": {"@type": "ImageObject", "url": absolute(settings, settings.logo)},
        }
        | ({"publishingPrinciples": absolute(settings, principles)} if principles else {})
    )


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
        "publisher": publisher(settings),
        "author": [person(settings, c.name, c.url) for c in card.credits if c.role == "作者"]
        or [{"@id": absolute(settings, "#publisher")}],
    }
    if editors := [person(settings, c.name, c.url) for c in card.credits if c.role == "责编"]:
        found["editor"] = editors
    if card.channel:
        found["articleSection"] = card.channel.name
    if card.tags:
        found["keywords"] = [tag.name for tag in card.tags]
    if article.share.own:  # the card of a channel shows nothing of the article
        images = (article.share.image, *article.share.crops)
        found["image"] = [absolute(settings, image.url) for image in images]
    if article.references:
        found["citation"] = [citation(item) for item in article.references]
    if article.licence and article.licence.url:
        found["license"] = article.licence.url
    if article.head.reprint and article.source:
        found["isBasedOn"] = article.source.url
        found["creditText"] = f"{article.source.name} {article.head.original_author}"
    if article.corrections:
        found["correction"] = [
            {"@type": "CorrectionComment", "text": item.text, "datePublished": item.day}
            for item in article.corrections
        ]
    yield found
    yield breadcrumbs(settings, article.trail, card.title)


def person(settings: Settings, name: str, url: str) -> dict[str, Any]:
    """Describe who signs: a desk as well as a person, so of no narrower type than both."""
    return {"@type": "Organization", "name": name, "url": absolute(settings, url)}


def citation(reference: Any) -> dict[str, Any]:
    """Describe one numbered source."""
    found = {
        "@type": "CreativeWork",
        "name": reference.title,
        "publisher": {"@type": "Organization", "name": reference.publisher},
    }
    if reference.date:
        found["datePublished"] = reference.date
    if reference.url:
        found["url"] = reference.url
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
    yield organization(settings)
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
        "mainEntity": person(settings, subject.name, subject.url) | {"description": subject.about},
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
