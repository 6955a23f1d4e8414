"""Every page of the tree, read as a file: what its HTML must be."""

import base64
import hashlib
import re
from collections import Counter
from itertools import pairwise

import pelicanconf
from plugins.enhancements import LARGEST
from plugins.search import LOST
from tests.site.conftest import text_of

OUTSIDE = re.compile(r"^(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
CSS_LOAD = re.compile(r"url\(\s*[\"']?([^\"')]*)|@import\s+[\"']([^\"']*)")
LOADING_LINKS = {"stylesheet", "icon", "apple-touch-icon", "manifest", "preload", "modulepreload"}
OBSOLETE = {"acronym", "big", "center", "dir", "font", "frame", "frameset", "marquee", "tt"}
PRESENTATIONAL = {"align", "valign", "bgcolor", "border", "cellpadding", "cellspacing", "nowrap"}
SEARCH = "search/index.html"
INTERACTIVE = ("a[@href]", "button", "summary", "iframe", "select", "textarea", "input")


def policy(document) -> dict[str, list[str]]:
    content = document.one("//meta[@http-equiv='Content-Security-Policy']/@content")
    rules = [rule.split() for rule in content.split(";")]
    assert len({rule[0] for rule in rules}) == len(rules), f"{document.path}: a rule twice"
    return {name: values for name, *values in rules}


def digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def name_of(document, node) -> str:
    if label := node.get("aria-label"):
        return label.strip()
    ids = (node.get("aria-labelledby") or "").split()
    return "".join(text_of(document.one(f"//*[@id='{name}']")) for name in ids)


def test_the_parser_finds_no_error(documents):
    assert [(page.path, page.errors) for page in documents if page.errors] == []


def test_no_obsolete_element_or_attribute(documents):
    faults = [
        (page.path, node.tag, sorted(node.attrib))
        for page in documents
        for node in page.all("//body//*")
        if node.tag in OBSOLETE or PRESENTATIONAL & set(node.attrib)
    ]
    assert faults == []


def test_the_notice_stands_where_there_is_room_above_it(documents):
    roomy = {"story__foot", "story__terms", "page wrap"}
    places = [
        (page.path, node.getparent().get("class"))
        for page in documents
        for node in page.all("//p[@class='notice']")
    ]
    assert ("about/index.html", "story__foot") in places
    assert [place for place in places if place[1] not in roomy] == []


def test_lists_hold_items_and_links_hold_no_links(documents):
    inside = " | ".join(f"//a//{tag} | //button//{tag}" for tag in INTERACTIVE)
    faults = [
        (page.path, node.getparent().tag, node.tag)
        for page in documents
        for node in page.all(f"//ul/*[not(self::li)] | //ol/*[not(self::li)] | {inside}")
    ]
    assert faults == []


def test_exactly_one_h1_and_no_level_skipped(documents):
    faults = []
    for page in documents:
        headings = page.all("//h1|//h2|//h3|//h4|//h5|//h6")
        levels = [int(node.tag[1]) for node in headings]
        if levels.count(1) != 1 or levels[0] != 1:
            faults.append((page.path, "h1", levels))
        if any(after > before + 1 for before, after in pairwise(levels)):
            faults.append((page.path, "skipped", levels))
        faults += [
            (page.path, "empty", node.tag)
            for node in headings
            if not text_of(node) and not node.xpath(".//*[@aria-label]|.//img[@alt!='']")
        ]
    assert faults == []


def test_the_main_part_is_one_and_not_empty(documents):
    for page in documents:
        words = text_of(page.one("//main")).removeprefix(text_of(page.one("//h1")))
        assert words, page.path


def test_ids_are_unique_and_without_spaces(documents):
    faults = []
    for page in documents:
        found = Counter(page.all("//@id"))
        faults += [(page.path, name) for name, times in found.items() if times > 1 or not name]
        faults += [(page.path, name) for name in found if re.search(r"\s", name)]
    assert faults == []


def test_labels_point_to_what_exists(documents):
    faults = []
    for page in documents:
        pointed = page.all("//@aria-labelledby|//@aria-describedby|//@aria-controls|//label/@for")
        faults += [(page.path, name) for value in pointed for name in value.split()
                   if name not in page.ids]  # fmt: skip
    assert faults == []


def test_language_and_encoding_come_first(documents):
    for page in documents:
        assert page.source.startswith("<!doctype html>"), page.path
        assert page.one("/html/@lang") == "zh-CN", page.path
        first = page.one("/html/head/*[1]")
        assert dict(first.attrib) == {"charset": "utf-8"}, page.path
        assert "�" not in page.source, page.path


def test_no_two_pages_share_a_title(documents):
    titles = Counter(page.one("/html/head/title").text for page in documents)
    assert [title for title, times in titles.items() if times > 1] == []


def test_titles_follow_the_pattern(documents):
    titles = {page.path: page.one("/html/head/title").text for page in documents}
    front = f"{pelicanconf.SITENAME}：{pelicanconf.SITESUBTITLE}"
    assert titles["index.html"] == front
    for page in documents:
        if page.path in {"index.html", "404.html"}:
            continue
        heading = "".join(page.one("//h1").itertext())
        name = re.sub(r"第(\d+)页$", r"（第\1页）", heading.strip())
        expected = pelicanconf.TITLE.format(title=name, site=pelicanconf.SITENAME)
        if page.of_class("subject"):  # a list may say first what kind of list it is
            assert titles[page.path].endswith(expected), page.path
        else:
            assert titles[page.path] == expected, page.path


def test_every_page_describes_itself(documents):
    for page in documents:
        description = page.one("/html/head/meta[@name='description']/@content")
        assert description.strip(), page.path
        assert description == " ".join(description.split()), page.path


FOR_PASSING_ON = ("/share/index.html", "/wechat/index.html")


def test_canonical_is_the_page_itself_but_what_is_not_indexed_has_none(documents, siteurl):
    for page in documents:
        canonical = page.all("//link[@rel='canonical']/@href")
        if page.path in {"404.html", SEARCH} or page.path.endswith(FOR_PASSING_ON):
            assert canonical == []
            assert not page.is_indexed, page.path
        else:
            assert canonical == [f"{siteurl}/{page.url}"], page.path
            assert page.is_indexed, page.path
            assert page.one("//meta[@property='og:url']/@content") == canonical[0]


def test_no_style_attribute_and_no_inline_handler(documents):
    faults = [
        (page.path, node.tag, name)
        for page in documents
        for node in page.all("//*[@*]")
        for name in node.attrib
        if (name == "style" and not node.xpath("ancestor::article[@class='edition__text']"))
        or name.startswith("on")
    ]
    assert faults == []


def test_no_link_runs_a_script(documents):
    faults = [
        (page.path, link)
        for page in documents
        for link in page.all("//@href|//@src|//@action|//@formaction")
        if re.match(r"\s*(?:javascript|data|vbscript):", link, re.IGNORECASE)
    ]
    assert faults == []


def test_the_only_scripts_are_data_and_a_small_one_of_all_pages_and_what_the_search_says_without_its_own(
    documents,
):
    found = {
        (tuple(node.attrib.items()), node.text if not node.attrib else "")
        for page in documents
        for node in page.all("//script[not(@src)]")
        if not (page.path == SEARCH and node.text == LOST)
    }
    ((none, script), data) = sorted(found)
    assert data == ((("type", "application/ld+json"),), "")
    assert none == ()
    assert len(script.encode()) <= LARGEST


def test_few_pages_have_a_script_of_their_own(documents):
    for page in documents:
        own = [
            (node.get("src").partition("?")[0], node.get("type"))
            for node in page.all("//script[@src]")
        ]
        if page.path == SEARCH:
            assert own == [("../theme/search.js", "module")]
        elif page.path.endswith(FOR_PASSING_ON):
            name = page.path.split("/")[-2]
            assert own == [(f"{'../' * page.path.count('/')}theme/{name}.js", None)], page.path
        else:
            assert own == [], page.path


def test_the_policy_stands_right_after_the_encoding(documents):
    for page in documents:
        second = page.one("/html/head/*[2]")
        assert second.get("http-equiv") == "Content-Security-Policy", page.path


def test_the_policy_allows_the_page_and_nothing_else(documents):
    for page in documents:
        rules = policy(page)
        styles = [digest(node.text) for node in page.all("//style")]
        data = [digest(node.text) for node in page.all("//script[not(@src)]")]
        assert rules["default-src"] == ["'none'"], page.path
        assert len(styles) == 1, page.path
        assert rules["style-src"] == styles, page.path
        assert rules["script-src"] == ["'self'", *data], page.path
        assert rules["base-uri"] == ["'none'"], page.path
        rest = rules.keys() - {"default-src", "style-src", "script-src", "base-uri", "frame-src"}
        if page.path.endswith("/wechat/index.html"):
            assert rules["style-src-attr"] == ["'unsafe-inline'"]
            rest -= {"style-src-attr"}
        for name in rest:
            assert set(rules[name]) <= {"'self'", "data:"}, (page.path, name)


def test_frames_load_only_what_the_policy_names_and_only_after_a_tap(documents):
    for page in documents:
        frames = page.all("//iframe")
        assert ("frame-src" in policy(page)) == bool(frames), page.path
        for frame in frames:
            assert frame.get("loading") == "lazy", page.path
            assert frame.get("title"), page.path
            assert frame.xpath("ancestor::details[not(@open)]"), page.path


def test_pictures_have_a_text_and_a_size(documents):
    faults = [
        (page.path, dict(node.attrib))
        for page in documents
        for node in page.all("//img")
        if node.get("alt") is None
        or not (node.get("width") or "").isdecimal()
        or not (node.get("height") or "").isdecimal()
    ]
    assert faults == []


def test_a_picture_without_a_text_stands_in_a_link_that_is_hidden_too(documents):
    for page in documents:
        for node in page.all("//img[@alt='']"):
            assert node.xpath("ancestor::*[@aria-hidden='true']"), page.path


def test_what_is_hidden_cannot_be_focused(documents):
    for page in documents:
        hidden = page.all("//*[@aria-hidden='true']/descendant-or-self::a[@href]")
        assert all(node.get("tabindex") == "-1" for node in hidden), page.path


def test_nothing_is_loaded_from_another_host(documents):
    faults = []
    for page in documents:
        loads = page.all(
            "//*[not(self::iframe)]/@src|//@poster|//object/@data"
            "|//*[local-name()='image' or local-name()='use']/@href"
        )
        for value in page.all("//@srcset|//@imagesrcset"):
            loads += [part.split()[0] for part in value.split(",")]
        for link in page.all("//link"):
            if LOADING_LINKS & set(link.get("rel", "").split()):
                loads.append(link.get("href"))
        for css in page.all("//style/text()"):
            loads += [one or two for one, two in CSS_LOAD.findall(css)]
        faults += [(page.path, link) for link in loads if OUTSIDE.match(link)]
    assert faults == []


def test_style_sheets_are_inlined(documents):
    assert [page.path for page in documents if page.all("//link[@rel='stylesheet']")] == []


def test_landmarks_are_named_and_differ(documents):
    faults = []
    for page in documents:
        found: Counter[tuple[str, str]] = Counter()
        for node in page.all(
            "//nav|//aside|//form|//search|//*[@role='region']|//section[@aria-label]"
        ):
            kind = node.get("role") or node.tag
            name = name_of(page, node)
            found[kind, name] += 1
            if not name:
                faults.append((page.path, kind, "no name"))
        faults += [(page.path, *key) for key, times in found.items() if times > 1]
        for tag in ("header", "footer"):
            if len(page.all(f"/html/body/{tag}")) != 1:
                faults.append((page.path, tag, "not one"))
    assert faults == []


def test_the_first_link_skips_to_the_main_part(documents):
    for page in documents:
        first = page.all("//body//a[@href]")[0]
        assert first.get("href") == f"#{page.one('//main/@id')}", page.path


def test_the_menu_marks_where_the_reader_is(documents):
    for page in documents:
        current = page.all("//nav//a[@aria-current='page']")
        at_home = [node for node in current if node.get("href") == "./"]
        assert len(at_home) == (page.path == "index.html"), page.path


def test_times_are_written_for_machines_too(documents):
    moment = re.compile(
        r"\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}:\d{2}[+-]\d{2}:\d{2}| \d{2}:\d{2})?)?)?$"
    )  # the forms that the site writes, out of those of HTML
    faults = [
        (page.path, node.get("datetime"), text_of(node))
        for page in documents
        for node in page.all("//time")
        if not moment.match(node.get("datetime") or node.text)
    ]
    assert faults == []


def test_no_empty_element_is_left_where_a_value_is_missing(documents):
    empty = "//*[not(ancestor-or-self::*[@hidden])][self::p or self::li or self::ul or self::ol or self::a or self::nav or self::span]"
    faults = [
        (page.path, node.tag, node.get("class"))
        for page in documents
        for node in page.all(
            f"{empty}[not(@role='status' or @aria-label)]"
            "[not(.//img|.//input|.//*[local-name()='svg'])]"
        )
        if not text_of(node)
    ]
    assert faults == []


def test_nothing_of_python_or_jinja_is_left_in_a_page(documents):
    faults = [
        (page.path, found)
        for page in documents
        for found in re.findall(
            r"\{\{|\{%|Undefined|&amp;[a-z]+;|None(?=[<，。\s])|Markup\(|datetime\.",
            re.sub(r"<(pre|code)\b.*?</\1>", "", page.source, flags=re.DOTALL),
        )
    ]
    assert faults == []
