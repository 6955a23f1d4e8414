"""Addresses as pages, feeds and machines need them; from the site's root, without a slash."""

import posixpath
import re
from urllib.parse import urljoin

TAG = re.compile(r'<[a-z](?:"[^"]*"|[^">])*>')
# What offers renditions of a picture to a browser: (source and picture)(attributes of img).
OFFER = re.compile(r'<source [^>]*>|<picture [^>]*>|(?<=\s)(?:srcset|sizes)="[^"]*" ?')
LINK = re.compile(r'(?<=\s)(href|src|poster)="([^"]*)"')


def absolute(siteurl: str, url: str) -> str:
    """Return the whole web address of ``url``."""
    return f"{siteurl.rstrip('/')}/{url}"


def relative(url: str, page: str) -> str:
    """Return the relative link to ``url`` from the page at ``page``."""
    link = posixpath.relpath("/" + url, "/" + page)
    return link + "/" if url.endswith("/") or not url else link


def absolute_links(html: str, page: str) -> str:
    """Make every link of a text absolute, for readers that show it away from its page.

    They get of each picture the one that every reader can show.
    """

    def whole(link: re.Match[str]) -> str:
        return f'{link[1]}="{urljoin(page, link[2])}"'

    if "<picture " in html:
        html = TAG.sub(lambda tag: OFFER.sub("", tag[0]), html).replace("</picture>", "")
    return TAG.sub(lambda tag: LINK.sub(whole, tag[0]), html)
