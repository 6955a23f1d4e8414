"""Tell machines what a page is, in the words of schema.org, from the very values that readers see.

Lends templates ``json_ld`` and the addresses ``absolute`` and ``canonical``.
Settings: ``STRUCTURED_DATA``, see :class:`Settings`.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from typing import Any

from markupsafe import Markup

from plugins import _data, _facts
from plugins._card import Card, Credit, Link, Subject
from plugins._frozen import Frozen
from plugins._urls import absolute as whole

ROLES = {"作者": "author", "责编": "editor", "校对": "contributor", "图": "illustrator"}
LISTED = 20  # items of a list that its page tells machines; sitemaps tell all
# Made once: json.dumps() makes an encoder at every call that has options.
ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
# What a machine had to do with a text, in the words of IPTC that schema.org took over.
LABELS = {
    "assisted": "https://schema.org/CompositeWithTrainedAlgorithmicMediaDigitalSource",
    "generated": "https://schema.org/TrainedAlgorithmicMediaDigitalSource",
}


class Settings(Frozen):
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
    """Describe one article or flash item; what it lacks is left out.

    Each key stands where the page is shortest once it is packed.
    """
    card: Card = article.card
    people: dict[str, list[dict[str, Any]]] = {}
    for credit in card.credits:
        # schema.org lets none but a person be an editor or illustrator.
        desk = credit.role != "作者" and is_desk(settings, credit.name)
        role = "contributor" if desk else ROLES[credit.role]
        people.setdefault(role, []).append(who(settings, credit))
    reprinted = article.source if article.head.reprint else None
    found = {
        "@type": "NewsArticle",
        "headline": card.title,
        "articleSection": card.channel.name if card.channel else "",
        "url": absolute(settings, card.url),
        "wordCount": article.reading.chars,
        "keywords": [tag.name for tag in card.tags],
        "datePublished": card.date.isoformat(),
        "dateModified": (card.modified or card.date).isoformat(),
        "inLanguage": "zh-CN",
        "author": [{"@id": absolute(settings, "#publisher"), "name": settings.SITENAME}],
        **people,
        "publisher": publisher(settings),
        **principles(settings),
        "about": [{"name": name} for name in card.topics],
        "description": card.summary,
        "image": images(settings, article.share),
        "citation": [citation(item) for item in article.references],
        "isBasedOn": reprinted.url if reprinted else "",
        "creditText": f"{reprinted.name} {article.head.original_author}" if reprinted else "",
        "digitalSourceType": LABELS[article.label.kind] if article.label else "",
        "isAccessibleForFree": True,
        "license": article.licence.url if article.licence else "",
        "correction": [
            {"@type": "CorrectionComment", "text": item.text, "datePublished": item.day}
            for item in article.corrections
        ],
    }
    yield breadcrumbs(settings, article.trail, card.title)
    yield {key: value for key, value in found.items() if value not in ("", [])}


def images(settings: Settings, share: Any) -> list[str]:
    """Return the images of an article; the card of a channel shows nothing of it."""
    shown = (share.image, *share.crops) if share.own else ()
    return [absolute(settings, image.url) for image in shown]


def is_desk(settings: Settings, name: str) -> bool:
    """Tell whether a name of the byline is no person's (authors.toml). Cost: O(authors)."""
    return any(author.desk for author in settings.AUTHORS if author.name == name)


def who(settings: Settings, named: Credit | Subject) -> dict[str, Any]:
    """Describe somebody of a byline."""
    kind = "Organization" if is_desk(settings, named.name) else "Person"
    return {"@type": kind, "name": named.name, "url": absolute(settings, named.url)}


def citation(reference: Any) -> str:
    """Tell one numbered source by the words of its line, and its address.

    schema.org takes a text as well as a work; ten works would be a tenth of a page's weight.
    """
    told = f"{reference.publisher}：{reference.title}", reference.date, reference.url
    return "，".join(filter(None, told))


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
        "url": absolute(settings, ""),
        "name": settings.SITENAME,
        "description": settings.SITESUBTITLE,
        "publisher": publisher(settings) | {"url": absolute(settings, "")},
    }
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
