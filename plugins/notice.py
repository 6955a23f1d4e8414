"""Tell rights holders where to complain.

Adds ``article.notice``: a text and the mail address as HTML entities; None where the head says
版权提示: 否 or the site has no CONTACT_EMAIL. Grounds: 信息网络传播权保护条例, articles 14 to 17.
Settings: ``NOTICE``, see :class:`Settings`.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from markupsafe import Markup

from plugins import _facts
from plugins._frozen import Frozen
from plugins._text import entities


class Settings(Frozen):
    """``NOTICE`` in pelicanconf.py."""

    text: str = "本站文章、数据及图片如侵犯了您的权益，请来信告知，我们会尽快核实处理："
    CONTACT_EMAIL: str = ""


class Notice(NamedTuple):
    """The take-down notice, for ``components/notice.html``."""

    text: str
    email_html: Markup


@lru_cache(maxsize=1)  # the same on every page
def mail_link(address: str) -> Markup:
    """Return a mailto link whose address simple harvesters overlook."""
    return Markup(f'<a href="{entities("mailto:" + address)}">{entities(address)}</a>')  # noqa: S704  only entities


def facts(_html: str, metadata: Mapping[str, Any], settings: Settings) -> Notice | None:
    """Articles carry the notice unless they say no, pages only if they say yes."""
    wanted = metadata["head"].notice
    if wanted is None:
        wanted = metadata["kind"] == "article"
    return notice_of(settings) if wanted else None


def notice_of(settings: Settings) -> Notice | None:
    """Return the site's notice."""
    if not settings.CONTACT_EMAIL:
        return None
    return Notice(settings.text, mail_link(settings.CONTACT_EMAIL))


def register() -> None:
    """Join the run."""
    _facts.register(
        "notice", settings=Settings, facts=facts, template_globals={"notice_of": notice_of}
    )
