"""Addresses as pages, feeds and machines need them; from the site's root, without a slash."""

import posixpath
import re
from urllib.parse import urljoin

TAG = re.compile(r'<[a-z](?:"[^"]*"|[^">])*>')
LINK = re.compile(r'(?<=\s)(href|src|poster)="([^"]*)"')


def absolute(siteurl: str, url: str) -> str:
    """Return the whole web address of ``url``."""
    return f"{siteurl.rstrip('/')}/{url}"


def relative(url: str, page: str) -> str:
    """Return the relative link to ``url`` from the page at ``page``."""
    link = posixpath.relpath("/" + url, "/" + page)
    return link + "/" if url.endswith("/") or not url else link


def absolute_links(html: str, page: str) -> str:
    """Make every link of a text absolute, for readers that show it away from its page."""

    def whole(link: re.Match[str]) -> str:
        return f'{link[1]}="{urljoin(page, link[2])}"'

    return TAG.sub(lambda tag: LINK.sub(whole, tag[0]), html)
