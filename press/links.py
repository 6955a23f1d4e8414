"""Find the links and ids of one file of a built tree, and tell where each link leads.

GitHub Pages serves the tree: ``x/`` is ``x/index.html``, ``x`` may be ``x.html``, and names differ
by case also where the disk does not tell them apart. Nothing here reads a file.
"""

import re
import zlib
from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

PAGES = (".html", ".htm")
LISTS = (".xml", ".json", ".txt", ".webmanifest")  # feeds, sitemaps: they name whole addresses
READ = (*PAGES, ".svg", ".css", ".js", ".mjs", *LISTS)

# Names of attributes that lead somewhere, as they stand in a page, and in which few pages have them.
COMMON_NAMES, RARE_NAMES = ("href=", "src="), ("srcset=", "poster=", "action=")
STRANGE = ("<!--", "refresh", " data=")  # a page with one of these is read tag by tag
STYLE = "style="  # so is one with an address in a style
VALUE = re.compile(r"\"([^\"]*)|'([^']*)|([^\s>]*)")
ID = r"\bid=(?:\"([^\"]*)|'([^']*)|([^\s>]*))"
LINKS = frozenset(["href", "xlink:href", "src", "poster", "action", "formaction", "data"])
# Patterns that few pages need are compiled when one does.
START = r"<(?:!--|[a-zA-Z])"
TAG = r"<([a-zA-Z][^\s/>]*)([^\"'>]*(?:\"[^\"]*\"[^\"'>]*|'[^']*'[^\"'>]*)*)>"
ATTRIBUTE = r"([^\s\"'>/=]+)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'>]+))?"
UNREAD = frozenset(["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"])
REFRESH = r"(?i)\s*[\d.]+\s*[;,\s]\s*(?:url\s*=\s*)?[\"']?([^\"']*)"
STYLE_URL = r"(?i)url\(\s*(?:\"([^\"]*)\"|'([^']*)'|([^\"')\s]*))\s*\)"
STYLE_IMPORT = r"(?i)@import\s+(?:\"([^\"]*)\"|'([^']*)')"
STYLE_COMMENT = r"(?s)/\*.*?\*/"
MODULE = r"(?:\bfrom\s*|\bimport\s*\(?\s*)[\"'](\.{0,2}/[^\"']*)[\"']"

SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
BLANK = dict.fromkeys(map(ord, "\t\n\r"))
EDGE = "".join(map(chr, range(33)))  # what the URL standard drops at both ends of an address
LOCAL = r"localhost|.*\.localhost|127(?:\.\d+){1,3}|0\.0\.0\.0|::1?"
SPACES = frozenset(" \"'\n\t/")
PLAIN = re.compile(r"(?:[A-Za-z0-9_-]+/)*(?:[A-Za-z0-9_-]+\.[A-Za-z0-9]+)?")
ACTIVE = frozenset(["javascript", "vbscript", "file"])

# What may be wrong with a link.
MISSING, PLACE, EMPTY, OUTSIDE = "missing", "place", "empty", "outside"
ROOT, MACHINE, SCRIPT, TWICE, SLASH = "root", "machine", "script", "twice", "slash"
WARNINGS = frozenset([SLASH])


class Host(NamedTuple):
    """Where a tree is to be served."""

    origin: str  # "https://example.com", "" if nobody says
    base: str  # "/" or "/repo/"

    @property
    def is_local(self) -> bool:
        """Whether only this machine serves it, so that its links may lead to this machine."""
        return not self.origin or is_local(self.origin)


class Fault(NamedTuple):
    """A link that leads nowhere, or an id that stands twice."""

    page: str  # the file in which it stands
    kind: str
    link: str  # as it stands there
    target: str = ""  # the file that it means
    fragment: str = ""

    @property
    def level(self) -> str:
        """``error``, which stops a build, or ``warning``."""
        return "warning" if self.kind in WARNINGS else "error"


class Place(NamedTuple):
    """A place in another file, to be looked up there."""

    link: str
    target: str
    fragment: str


class Look(NamedTuple):
    """What one file shows by itself."""

    page: str
    faults: tuple[Fault, ...]
    places: tuple[Place, ...]
    leads: bytes  # checksums of the files, and the places of other files, that it leads to
    lost: tuple[str, ...] = ()  # ids that the file had before and has no longer


def host_of(siteurl: str) -> Host:
    """Read the address of a site."""
    parts = urlsplit(siteurl)
    origin = f"{parts.scheme}://{parts.netloc}".lower() if parts.netloc else ""
    return Host(origin, f"{parts.path.rstrip('/')}/")


def seems_local(url: str) -> bool:
    """Tell quickly whether an address is worth a closer look."""
    low = url.lower()
    return "localhost" in low or "127." in low or "0.0.0." in low or "::" in low


def is_local(url: str) -> bool:
    """Tell whether an address names the very machine that opens it."""
    if not seems_local(url):
        return False
    try:
        return re.fullmatch(LOCAL, urlsplit(url).hostname or "") is not None
    except ValueError:
        return False


# ---- what stands in a file ----


def read_page(whole: str) -> tuple[Collection[str], list[str]]:
    """Return the links of a page, each at least once, and its ids, as they are written.

    Names of attributes are taken to be written small. A text or a comment that looks like a link
    counts as one: who finds fault asks :func:`read_tags`, which reads as a browser does, in five
    times the time. That reads at once what is not written as our own templates write it.
    """
    text, css = without_raw(whole)
    if "url(" in css or "@import" in css or any(sign in text for sign in STRANGE):
        return read_tags(whole)
    if STYLE in text and any(sign in style for style in values(text, STYLE) for sign in "(@&"):
        return read_tags(whole)
    links = set(values(text, COMMON_NAMES[0])).union(values(text, COMMON_NAMES[1]))
    for name in RARE_NAMES:
        if name in text:
            found = values(text, name)
            links.update(*map(candidates, found) if name == "srcset=" else [found])
    if text.count("href") != text.count("href="):
        return read_tags(whole)
    ids, start, before = [], -1, text.rfind
    while (start := text.find("id=", start + 1)) > 0:
        if text[start - 1] in SPACES:
            if before("<", 0, start) <= before(">", 0, start):
                return read_tags(whole)  # it is text, or there is a > in a value
            ids.append("".join(filter(None, VALUE.match(text, start + 3).groups())))
    return links, ids


def values(text: str, name: str) -> list[str]:
    """Return what follows each ``name`` of an attribute, in quotes or without."""
    parts = text.split(name)
    del parts[0]
    found = []
    for part in parts:
        if part[:1] == '"':
            found.append(part[1 : part.find('"', 1)])
        elif part[:1] == "'" or part[:1].isspace():
            found.append("".join(filter(None, VALUE.match(part).groups())))
        else:
            found += part.partition(">")[0].split(None, 1)[:1] or [""]
    return found


def without_raw(text: str) -> tuple[str, str]:
    """Return a page without its styles and scripts, most often the greater part; and its styles."""
    css = ""
    for name in ("style", "script"):
        parts, end = [], 0
        while (begin := text.find(f"<{name}", end)) >= 0 and (open_ := text.find(">", begin)) >= 0:
            parts.append(text[end : open_ + 1])
            end = text.find(f"</{name}", open_)
            if end < 0:
                end = len(text)
            css += text[open_:end] if name == "style" else ""
        text = "".join([*parts, text[end:]]) if parts else text
    return text, css


def read_tags(text: str) -> tuple[Collection[str], list[str]]:
    """Do the same tag by tag, as a browser does."""
    links: list[str] = []
    ids: list[str] = []
    for tag, attributes, content in tags(text):
        for name, value in attributes.items():
            if name == "id":
                ids.append(value)
            elif name in {"srcset", "imagesrcset"}:
                links += candidates(value)
            elif name == "style":
                links += style_links(unescape(value))
            elif name in LINKS and (name != "data" or tag == "object"):
                links.append(value)
        if tag == "style":
            links += style_links(content)
        if tag == "meta" and attributes.get("http-equiv", "").lower() == "refresh":
            found = re.match(REFRESH, attributes.get("content", ""))
            links += [found[1]] if found and found[1] else []
    return links, ids


def tags(text: str) -> Iterator[tuple[str, dict[str, str], str]]:
    """Yield the name of each opening tag, its attributes, and what a browser reads not as HTML."""
    start_of, tag_at, end = re.compile(START).search, re.compile(TAG).match, 0
    while start := start_of(text, end):
        end = start.end()
        if start[0] == "<!--":
            close = text.find("-->", end)
            end = close + 3 if close >= 0 else len(text)
        elif tag := tag_at(text, start.start()):
            name, end = tag[1].lower(), tag.end()
            attributes: dict[str, str] = {}
            for key, value in re.findall(ATTRIBUTE, tag[2]):
                plain = value[1:-1] if value[:1] in {'"', "'"} else value
                attributes.setdefault(key.lower(), plain)
            content = ""
            if name in UNREAD:
                close = re.compile(f"</{name}", re.IGNORECASE).search(text, end)
                begin, end = end, close.start() if close else len(text)
                content = text[begin:end]
            yield name, attributes, content


def candidates(srcset: str) -> list[str]:
    """Return the addresses of a ``srcset``."""
    return [part.split()[0] for part in srcset.split(",") if part.strip()]


def style_links(css: str) -> list[str]:
    """Return what a style sheet loads."""
    css = re.sub(STYLE_COMMENT, "", css)
    found = [*re.findall(STYLE_URL, css), *re.findall(STYLE_IMPORT, css)]
    return ["".join(link) for link in found]


def ids_of(text: str) -> frozenset[str]:
    """Return the ids of a page, as a browser knows them; ``<a name>`` is one."""
    ids = set(read_page(text)[1])
    if "<a name=" in text:
        ids |= {found[1].get("name", "") for found in tags(text) if found[0] == "a"}
    return frozenset(map(unescape, ids))


def former_ids(text: str) -> set[str]:
    """Return the ids that a page had, and perhaps more."""
    return {unescape("".join(found)) for found in re.findall(ID, text)}


# ---- where it leads ----


COMMON = 1000  # links of a depth that are remembered: the menus' are among the first


class Checker:
    """Looks at the files of one tree, whose files ``exists`` knows by their exact names."""

    def __init__(self, host: Host, exists: Callable[[str], bool]) -> None:
        self.host = host
        self.exists = exists
        self._is_local = host.is_local
        # Links that lead to the same file from every page of a depth, most often the menus'.
        self._known: dict[int, dict[str, int]] = {}
        self._places: dict[tuple[int, str], Place] = {}  # and to the same place in it
        # Looked for by its ://, which few places have.
        own = re.escape(f"{host.origin}{host.base.rstrip('/')}")
        rest = own[len(host.origin.partition("://")[0]) :]
        self._own_start = f"{host.origin}{host.base}".lower()
        self._in_page = re.compile(
            rf"""{rest}(?<=["=]{own})(?:/([^"'\s<>\\]*))?(?=["'\s>])""", re.IGNORECASE
        )
        ends = r"\s\"'<>&\\)。，；）“”"
        self._in_list = re.compile(
            rf"{rest}(?<={own})(?:/([^{ends}]*))?(?![^{ends}?#])", re.IGNORECASE
        )

    def look(self, page: str, text: str, former: str | None = None) -> Look:
        """Look at one file; ``former`` is what it was in the tree before."""
        ids: list[str] = []
        links: Collection[str] = ()
        if page.endswith(PAGES):
            links, ids = read_page(text)
            found = self._judge(page, text, links, ids, former)
            return self._judge(page, text, *read_tags(text), former) if found.faults else found
        if page.endswith(".svg"):
            links, _ = read_tags(text)
        elif page.endswith(".css"):
            links = style_links(text)
        elif page.endswith((".js", ".mjs")):
            links = re.findall(MODULE, text)
        return self._judge(page, text, links, ids, former)

    def _judge(  # noqa: PLR0912  the quick ways of the common links
        self, page: str, text: str, links: Iterable[str], ids: list[str], former: str | None
    ) -> Look:
        faults: list[Fault] = []
        places: list[Place] = []
        leads: set[int] = set()
        depth = page.count("/")
        known, up = self._known.setdefault(depth, {}), "../" * depth
        keys = set(map(unescape, ids))
        for link in links:
            if (lead := known.get(link)) is not None:
                leads.add(lead)
                continue
            if link[:1] == "#" and link[1:] in keys:
                continue
            if link.startswith(("https://", "http://")) and not self._may_be_ours(link):
                continue
            if depth and link.startswith(up):
                plain = link[len(up) :]
                target = f"{plain}index.html" if plain[-1:] in {"", "/"} else plain
                if PLAIN.fullmatch(plain) and self.exists(target):
                    leads.add(checksum(target))
                    if len(known) < COMMON:
                        known[link] = checksum(target)
                    continue
            found = self._places.get((depth, link)) or self.resolve(page, link)
            if isinstance(found, Fault):
                faults.append(found)
            elif found.target == page and found.fragment:
                faults += [] if has_place(found.fragment, keys) else [Fault(page, PLACE, *found)]
                continue
            elif found.fragment and found.target.endswith(PAGES):
                places.append(found)
                leads.add(checksum(place_name(found.target, found.fragment)))
                if depth and link.startswith(up) and len(self._places) < COMMON:
                    self._places[depth, link] = found
            elif "&" in link and not found.target and len(known) < COMMON:
                known[link] = 0
            if found.target:
                leads.add(checksum(found.target))
        for link in self._whole(page, text):
            target = f"{link}index.html" if link[-1:] in {"", "/"} else link
            if not self.exists(target):
                found = self.resolve(page, f"{self._own_start}{link.partition('#')[0]}")
                faults += [found] if isinstance(found, Fault) else []
                target = found.target
            leads.add(checksum(target))
        if len(ids) != len(keys):
            counts = Counter(map(unescape, ids))
            faults += [Fault(page, TWICE, key) for key, count in counts.items() if count > 1]
        lost = former_ids(former) - keys if former and page.endswith(PAGES) else ()
        leads.discard(0)
        found_leads = array("I", sorted(leads)).tobytes()
        return Look(page, tuple(faults), tuple(places), found_leads, tuple(sorted(lost)))

    def _may_be_ours(self, link: str) -> bool:
        """Tell whether a whole address may lead to this site, or to this machine."""
        origin = self.host.origin
        if origin and link[: len(origin)].lower() == origin:
            return True
        return not self._is_local and seems_local(link)

    def _whole(self, page: str, text: str) -> Iterable[str]:
        """Return what follows the site's own address, wherever that stands in a file."""
        if self.host.origin and page.endswith(PAGES):
            return set(self._in_page.findall(text))
        if self.host.origin and page.endswith(LISTS):
            return set(self._in_list.findall(text.replace("\\/", "/")))
        return ()

    def resolve(self, page: str, written: str) -> Place | Fault:  # noqa: PLR0911  the kinds of links
        """Tell where a link of a page leads; no target: to another site, or it is no address."""
        link = unescape(written).strip(EDGE).translate(BLANK)
        if not link or link == "#":
            return Fault(page, EMPTY, written)
        if scheme := SCHEME.match(link):
            if scheme[1].lower() in {"http", "https"}:
                return self._on_host(page, written, link)
            active = scheme[1].lower() in ACTIVE
            return Fault(page, SCRIPT, written) if active else Place(written, "", "")
        link, _, fragment = link.partition("#")
        fragment = fragment.partition(":~:")[0]
        path = link.partition("?")[0].replace("\\", "/")
        if path.startswith("//"):
            return self._on_host(page, written, f"http:{path}")
        if not path:
            return Place(written, page, fragment)
        if not path.startswith("/"):
            return self._inside(page, written, page.split("/")[:-1], path, fragment)
        if not f"{path}/".startswith(self.host.base):
            return Fault(page, ROOT, written)
        return self._inside(page, written, [], path[len(self.host.base) :], fragment)

    def _on_host(self, page: str, written: str, link: str) -> Place | Fault:
        own = self._own_start
        if self.host.origin and f"{link[: len(own)].lower().rstrip('/')}/" == own:
            path, _, fragment = link[len(own) :].partition("#")
            return self._inside(page, written, [], path.partition("?")[0], fragment)
        if not self._is_local and is_local(link):
            return Fault(page, MACHINE, written)
        return Place(written, "", "")

    def _inside(
        self, page: str, written: str, folders: list[str], path: str, fragment: str
    ) -> Place | Fault:
        steps = path.split("/")
        name = unquote(steps.pop())
        for step in map(unquote, steps):
            if step == "..":
                if not folders:
                    return Fault(page, OUTSIDE, written)
                folders = folders[:-1]
            elif step not in {"", "."}:
                folders = [*folders, step]
        if name == ".." and not folders:
            return Fault(page, OUTSIDE, written)
        if name in {"", ".", ".."}:
            folders, name = folders[:-1] if name == ".." else folders, "index.html"
        target = "/".join([*folders, name])
        if self.exists(target):
            return Place(written, target, fragment)
        if self.exists(f"{target}.html"):
            return Place(written, f"{target}.html", fragment)
        if self.exists(f"{target}/index.html"):
            return Fault(page, SLASH, written, f"{target}/index.html", fragment)
        return Fault(page, MISSING, written, target, fragment)


def checksum(lead: str) -> int:
    """Return what stands for a file or a place; two of one checksum cost a look, nothing more."""
    return zlib.crc32(lead.encode("utf-8", "surrogatepass")) or 1


def has_place(fragment: str, ids: Collection[str]) -> bool:
    """Tell whether a page has the place that a fragment names, by the HTML standard's rule."""
    return fragment in ids or (plain := unquote(fragment)) in ids or plain.lower() == "top"


def place_name(target: str, fragment: str) -> str:
    """Name a place of a file, however its fragment is encoded."""
    return f"{target}#{unquote(fragment)}"
