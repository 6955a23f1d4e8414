"""Every link, anchor, picture, feed and icon leads somewhere, wherever the folder is served."""

import re

from press.audit import check

LINKS = "//@href|//@src|//@poster"
ABSOLUTE = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|//|/)", re.IGNORECASE)


def links_of(page) -> list[str]:
    found = page.all(LINKS)
    for value in page.all("//@srcset|//@imagesrcset"):
        found += [part.split()[0] for part in value.split(",")]
    return found


def test_every_link_resolves(site, siteurl):
    assert check(str(site), siteurl) == []


def test_every_link_resolves_below_a_path(build):
    folder = build({"SITEURL": "https://example.com/repo"})
    assert check(str(folder), "https://example.com/repo") == []


def test_no_link_names_the_index_file(documents):
    faults = [
        (page.path, link)
        for page in documents
        for link in links_of(page)
        if link.split("#")[0].endswith("index.html")
    ]
    assert faults == []


def test_links_within_the_site_are_relative_but_for_404(tree, siteurl):
    faults = []
    for page in tree.documents.values():
        own = page.all("//link[@rel='canonical']/@href")
        for link in links_of(page):
            if link in own:
                continue
            inside = link.startswith("/") if page.path != "404.html" else not ABSOLUTE.match(link)
            if (inside and not link.startswith("#")) or link.startswith(siteurl):
                faults.append((page.path, link))
    assert faults == []


def test_every_page_is_reached_from_the_front_page(tree):
    reached, waiting = {"index.html"}, ["index.html"]
    while waiting:
        page = tree.documents[waiting.pop()]
        for link in page.all("//body//a/@href | //body//form/@action"):
            file = tree.target(link, page.url, "/")
            if file in tree.documents and file not in reached:
                reached.add(file)
                waiting.append(file)
    assert tree.documents.keys() - reached == {"404.html"}


def images_for_machines(tree):
    """The files that pages name for who shows a link to them."""
    for page in tree.documents.values():
        yield from page.all("//meta[@property='og:image']/@content")
        for thing in page.data:
            yield from thing.get("image", ())


def test_every_file_of_the_tree_is_used(tree, siteurl):
    asked_by_name = re.compile(
        r"feeds/|llms\.txt$|theme/feed\.css$|theme/enhancements\.js$|sitemap|robots\.txt$|urls\.txt$|favicon\.ico$|theme/favicon\.ico$|404\.html$"
        r"|search/.+\.(?:bin|txt)$|_headers$|\.nojekyll$|CNAME$|LICENSE$"
    )
    used = {
        tree.target(link, page.url, "/")
        for page in tree.documents.values()
        for link in links_of(page)
    }
    used |= {url.removeprefix(f"{siteurl}/") for url in images_for_machines(tree)}
    left = {file for file in tree.files - used if not asked_by_name.match(file)}
    assert (
        left - {"theme/icon-512.png", "theme/enhancements.js"} == set()
    )  # the logo; a script names it


def test_links_open_where_the_reader_is(documents):
    assert [page.path for page in documents if page.all("//a[@target]|//base")] == []


def test_no_address_is_written_in_two_cases(tree):
    lower = [file.lower() for file in tree.files]
    assert len(lower) == len(set(lower))


def test_lists_hold_as_many_as_the_links_to_them_say(tree):
    checked = 0
    for page in tree.documents.values():
        for node in page.all("//*[contains(@class, '__count')]|//ul[@class='cloud']/li/span"):
            link = node.xpath("preceding-sibling::a|parent::a|preceding-sibling::*//a")[0]
            listing = tree.documents[tree.target(link.get("href"), page.url, "/")]
            files = {
                tree.target(link, listing.url, "/")
                for link in listing.all(
                    "//main//*[contains(@class, 'card__title')]/a/@href"
                    "|//main//*[@class='archive' or @class='headlines']//li/a/@href"
                )
            }
            told = int("".join(filter(str.isdecimal, "".join(node.itertext()))))
            is_whole = not listing.of_class("pager") and not listing.of_class("archive__count")
            if is_whole:
                assert len(files) == told, (page.path, listing.path)
                checked += 1
    assert checked > 10
