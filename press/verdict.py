"""What people are told of a built tree: each dead link where it was typed; ``python -m press audit``."""

import argparse
import gzip
import os
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from plugins._facts import RefusalError
from press import links
from press.audit import Audit, check, files_of, read_file
from press.check import tell
from press.gate.report import Told
from press.links import Fault

NEAR = 20  # faults for which the nearest name is looked for
AROUND = '(<"|：: \t'  # what may stand before an address in a source


def sources_of(page: str) -> list[str]:
    """Return the texts below content/ that a page may be made of."""
    name = page.removesuffix("index.html").strip("/")
    if name.startswith("topic/"):
        return [f"topics/{name.removeprefix('topic/')}.md"]
    if name.startswith("flash/"):
        return [f"{name}.md"]
    return [f"articles/{name}.md", f"pages/{name}.md"]


def nearest(target: str, files: Collection[str]) -> str:
    """Return the name that was meant, as far as anybody can tell; "" if there is none like it."""
    from difflib import get_close_matches  # noqa: PLC0415  for a mistake only

    folded = target.casefold()
    same = (file for file in files if file.casefold() == folded)
    if found := next(same, ""):
        return found
    stem = target.removesuffix("index.html").strip("/")
    name = stem.rpartition("/")[2]
    akin = [file for file in files if f"{name}/" in file or file.endswith(name)] if name else []
    return next(iter(get_close_matches(target, akin or files, 1)), "")


def message(  # noqa: PLR0911  one for each kind
    fault: Fault, files: Collection[str], content: Path | None
) -> str:
    """Say what is wrong with a link, and what to write instead."""
    link, target = f"链接“{unquote(fault.link)[:80]}”", unquote(fault.target)
    match fault.kind:
        case links.EMPTY:
            return "链接是空的；请写上地址，或删去这个链接"
        case links.OUTSIDE:
            return f"{link}跑到网站的文件夹外面去了；请少写几个../"
        case links.ROOT:
            return f"{link}从域名的根算起，而网站放在子目录里；请写成相对于本页的路径"
        case links.MACHINE:
            return f"{link}指向本机，读者打不开；请写成公开的网址，或删去"
        case links.SCRIPT:
            return f"{link}会在读者的电脑上执行或打开文件；请删去"
        case links.TWICE:
            return f"页面里有两处id都是“{fault.link}”，跳转只到得了头一处；请改掉一处"
        case links.SLASH:
            return f"{link}末尾少了“/”，读者要多等一次跳转；请补上"
        case links.PLACE:
            where = f"{target}里没有“#{unquote(fault.fragment)}”这个位置"
            return f"{link}到不了：{where}；请写成那一页某个小标题的文字"
    for source in sources_of(fault.target) if content else ():
        if (content / source).is_file():
            return f"{link}的稿件{content.name}/{source}还没有发布（草稿，或没到时间）；请先发布它，或删去链接"
    if target.endswith(".md"):
        return f"{link}是稿件的源文件，网站上没有；请写那篇文章的网址"
    near = nearest(target, files)
    if near.casefold() == target.casefold():
        return f"{link}的大小写不对；文件叫{near}，请照样写"
    hint = f"是不是{near.removesuffix('index.html')}？" if near else "请改成有的地址，或删去链接"
    return f"{link}到不了：网站上没有{target}；{hint}"


def position(text: str, needles: Iterable[str], before: str = "") -> tuple[int, int] | None:
    """Return line and column of the first of some strings that a text holds.

    With ``before``, of the word in which it stands: what follows the nearest of these signs.
    """
    for needle in needles:
        if needle and (start := text.find(needle)) >= 0:
            line = text.rfind("\n", 0, start) + 1
            if before:
                line_start = text[line:start]
                start = line + max(line_start.rfind(sign) for sign in before) + 1
            return text.count("\n", 0, start) + 1, start - line + 1
    return None


def needles_in_source(fault: Fault) -> Iterator[str]:
    """Yield how an editor may have typed a link, the surest first."""
    stem = fault.target.removesuffix("/index.html").rpartition("/")[2]
    name = f"{unquote(stem)}.md" if fault.target.endswith("index.html") else unquote(stem)
    fragment = unquote(fault.fragment)
    if fragment:
        yield from (f"{name}#{fragment}", f"{name}#{fault.fragment}", f"#{fragment}")
        yield f"#{fault.fragment}"
    yield fault.link
    yield unquote(fault.link)
    yield name
    yield f"/{fault.target.removesuffix('index.html')}" if fault.target else ""
    yield fault.link.lstrip("./")


def told(
    faults: Iterable[Fault],
    tree: str,
    files: Collection[str],
    *,
    content: Path | None = None,
    source_of: Callable[[str], str | None] = lambda _page: None,
) -> list[Told]:
    """Tell of each fault where its text says it, else once for all the pages that show it.

    ``source_of`` gives the text below ``content`` of which a page is made.
    """
    found: list[Told] = []
    typed: set[tuple[str, ...]] = set()
    elsewhere: dict[tuple[str, ...], list[Fault]] = defaultdict(list)
    for fault in faults:
        same = fault.kind, fault.target or fault.link, fault.fragment
        source = source_of(fault.page) if content else None
        if source and content:
            place = position(read_file(f"{content}/{source}"), needles_in_source(fault), AROUND)
            if place:
                said = message(fault, files, content)
                found.append(Told(f"{content.name}/{source}", *place, said, "links", fault.level))
                typed.add(same)
                continue
        elsewhere[same].append(fault)
    shown = os.path.relpath(tree)
    for same, group in elsewhere.items():
        if same in typed:  # a list or a feed shows what a text says
            continue
        first = group[0]
        pages = len({fault.page for fault in group})
        written = (f'"{first.link}"', f"'{first.link}'", first.link)
        line, column = position(read_file(f"{tree}/{first.page}"), written) or (1, 1)
        more = f"（共{pages}页如此：多半写在模板、设置或数据文件里）" if pages > 1 else ""
        said = message(first, files, content) + more
        found.append(Told(f"{shown}/{first.page}", line, column, said, "links", first.level))
    return sorted(set(found))


def refuse(
    faults: Iterable[Fault], audit: Audit, content: Path, source_of: Callable[[str], str | None]
) -> None:
    """Refuse a site whose links are dead.

    Raises:
        RefusalError: always.

    """
    files = {*audit.standing, *audit.drawn}
    found = told(faults, audit.staged, files, content=content, source_of=source_of)
    raise RefusalError(*map(str, found))


# ---- the weight of pages ----

FIRST_FLIGHT = 13_900  # bytes: what fits the first ten segments of a connection (DESIGN 7)


def weights(tree: str, pages: Iterable[str]) -> Iterator[Told]:
    """Advise about pages that are heavier than a reader's first round trip. Cost: O(bytes)."""
    shown = os.path.relpath(tree)
    for page in pages:
        size = len(gzip.compress(Path(tree, page).read_bytes(), 9, mtime=0))
        if size > FIRST_FLIGHT:
            said = (
                f"这一页压缩后有{size}字节，超过{FIRST_FLIGHT}字节，读者要多等一个来回；"
                "请把长文分成几篇，或少放些列表"
            )
            yield Told(f"{shown}/{page}", 1, 1, said, "weight", "warning")


# ---- the command ----


def siteurl_of(tree: str) -> str:
    """Return the address that the front page of a tree gives as its own, "" if it gives none."""
    for tag, attributes, _ in links.tags(read_file(f"{tree}/index.html")):
        if tag == "link" and attributes.get("rel") == "canonical":
            return attributes.get("href", "")
    return ""


def main(arguments: list[str]) -> int:
    """``python -m press audit FOLDER``: check a built tree; 1 if a link leads nowhere."""
    parser = argparse.ArgumentParser(prog="python -m press audit")
    parser.add_argument("folder", nargs="?", default="output", help="要检查的文件夹，默认output")
    parser.add_argument("--siteurl", help="网站对外的网址；默认按首页上写的")
    parser.add_argument(
        "--format", choices=["text", "github"], default="text", help="github：工作流的注释"
    )
    options = parser.parse_args(arguments)
    files = files_of(options.folder)
    pages = sorted(file for file in files if file.endswith(links.PAGES))
    if not pages:
        raise SystemExit(f"{options.folder}里没有网页；请先make html，或写对文件夹")
    siteurl = siteurl_of(options.folder) if options.siteurl is None else options.siteurl
    if siteurl and not urlsplit(siteurl).netloc:
        raise SystemExit(f"--siteurl写成了“{siteurl}”；请写成https://用户名.github.io/仓库名的样子")
    found = told(check(options.folder, siteurl), options.folder, files)
    return tell([*found, *weights(options.folder, pages)], len(pages), options.format)
