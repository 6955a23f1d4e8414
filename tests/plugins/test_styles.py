"""A page gets the styles that it calls for, in the order of the cascade."""

from pathlib import Path

import pytest

from plugins import _facts
from plugins.styles import Settings, bundle, forget, pages, style, stylesheet
from tests.plugins.conftest import ROOT, no_bodies

PLACES = {
    "tokens": ":root",
    "base": "body",
    "layout": "*",
    "layout/story": ".story",
    "components/card": ".card",
    "prose/table": "table",
    "print": "::before",
}


@pytest.fixture
def theme(tmp_path: Path) -> Path:
    """A theme of a few files, each with one rule that tells its name."""
    forget()
    for place, selector in PLACES.items():
        path = tmp_path / f"styles/{place}.css"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"/* {place} */\n{selector} {{\n  order: 1;\n}}\n", encoding="utf-8")
    return tmp_path


def sheet(theme: Path, html: str, **given: str) -> str:
    return str(style(Settings(THEME=str(theme), **given), html))


def test_every_page_gets_the_ground(theme: Path) -> None:
    assert sheet(theme, "<p>") == ":root{order:1}body{order:1}*{order:1}::before{order:1}"


@pytest.mark.parametrize(
    ("html", "selector"),
    [
        pytest.param('<p class="card">', ".card", id="a class"),
        pytest.param("<p class=card>", ".card", id="a class without quotes"),
        pytest.param('<p class="wide card">', ".card", id="one of two classes"),
        pytest.param("<table><tr>", "table", id="an element"),
        pytest.param('<div class="card"><h2>', ".card h2", id="an element in a class"),
        pytest.param('<a class="card">', ".card:not(.wide):hover", id="what must not be there"),
        pytest.param('<p class="card">', ".card[data-x=y]::before", id="an attribute"),
        pytest.param('<p class="card"><i class="wide">', ".card>.wide+i", id="neighbours"),
        pytest.param('<p class="card">', ".card:is(.wide,.long)", id="one of several"),
    ],
)
def test_what_a_selector_names_calls_its_rule(theme: Path, html: str, selector: str) -> None:
    (theme / "styles/components/card.css").write_text(f"{selector}{{order:2}}", encoding="utf-8")
    assert f"{selector}{{order:2" in sheet(theme, html)


@pytest.mark.parametrize(
    ("html", "selector"),
    [
        pytest.param('<p class="card__title">', ".card", id="a part without its block"),
        pytest.param('<p class="card">', ".card--wide", id="another state"),
        pytest.param('<p class="card">', ".card h2", id="no such element"),
        pytest.param('<p class="cards">', ".card", id="a longer class"),
        pytest.param('<p title="card">', ".card", id="another attribute"),
        pytest.param("class=&quot;card&quot;", ".card", id="a text"),
        pytest.param("card", ".card", id="a word"),
        pytest.param("<tablet>", "table", id="a longer element"),
    ],
)
def test_what_is_not_on_the_page_calls_nothing(theme: Path, html: str, selector: str) -> None:
    (theme / "styles/components/card.css").write_text(f"{selector}{{order:2}}", encoding="utf-8")
    assert "order:2" not in sheet(theme, html)


def test_of_several_selectors_those_stay_that_may_select(theme: Path) -> None:
    (theme / "styles/components/card.css").write_text(
        "@media (min-width:640px){.card,.wide,.card p{order:2}}.wide{order:3}", encoding="utf-8"
    )
    html = '<p class="card">'
    assert sheet(theme, html).endswith("@media (min-width:640px){.card,.card p{order:2}}")
    assert "order:3" not in sheet(theme, html)


@pytest.mark.parametrize(
    "css",
    [
        "@media screen{.other{order:2}}",
        "@supports (mask:none){.other{order:2}}",
        ".other{order:2}",
    ],
)
def test_a_condition_without_rules_is_not_written(theme: Path, css: str) -> None:
    (theme / "styles/components/card.css").write_text(css, encoding="utf-8")
    assert sheet(theme, "<p>") == ":root{order:1}body{order:1}*{order:1}::before{order:1}"


@pytest.mark.parametrize(
    "css",
    ["@font-face{font-family:x}", "@keyframes x{from{order:1}to{order:2}}", "@page{margin:1cm}"],
)
def test_what_selects_nothing_is_for_every_page(theme: Path, css: str) -> None:
    (theme / "styles/print.css").write_text(css, encoding="utf-8")
    assert sheet(theme, "<p>").endswith(css)


def test_the_order_is_that_of_the_cascade_and_not_of_the_page(theme: Path) -> None:
    page = '<table class="card"><p class="story">'
    assert sheet(theme, page) == "".join(f"{name}{{order:1}}" for name in PLACES.values())


def test_pages_that_differ_in_plain_names_share_a_sheet(theme: Path) -> None:
    sheet(theme, '<p class="card">')
    before = bundle.cache_info().currsize
    sheet(theme, '<ul class="card unheard-of">')
    assert bundle.cache_info().currsize == before


def test_a_saved_style_is_seen_by_the_next_build(theme: Path) -> None:
    sheet(theme, '<p class="card">')
    (theme / "styles/components/card.css").write_text(".card{order:2}", encoding="utf-8")
    forget()
    assert ".card{order:2}" in sheet(theme, '<p class="card">')


def test_tokens_are_called_by_one_letter_on_every_page(theme: Path) -> None:
    (theme / "styles/tokens.css").write_text(
        ":root{--ground:#fff;--ink:#000}@media screen{:root{--ground:#000;--ink:#fff}}",
        encoding="utf-8",
    )
    (theme / "styles/base.css").write_text("body{background:var(--ground)}", encoding="utf-8")
    (theme / "styles/components/card.css").write_text(".card{color:var(--ink)}", encoding="utf-8")
    assert sheet(theme, "<p>").startswith(
        ":root{--a:#fff}@media screen{:root{--a:#000}}body{background:var(--a)}"
    )
    assert ".card{color:var(--b)}" in sheet(theme, '<p class="card">')


@pytest.mark.parametrize(
    ("tokens", "written"),
    [
        pytest.param(":root{--gap:1rem}", "order:1rem", id="short and the same everywhere"),
        pytest.param(":root{--gap:1.12345rem}", "order:var(--a)", id="longer than its name"),
        pytest.param(":root{--gap:1px}@media x{:root{--gap:2px}}", "order:var(--a)", id="of two values"),
    ],
)  # fmt: skip
def test_a_token_gives_way_to_a_value_that_is_no_longer(theme, tokens, written) -> None:
    (theme / "styles/tokens.css").write_text(tokens, encoding="utf-8")
    (theme / "styles/base.css").write_text("body{order:var(--gap)}", encoding="utf-8")
    assert f"body{{{written}}}" in sheet(theme, "<p>")


def test_a_token_that_only_tokens_use_is_kept(theme: Path) -> None:
    (theme / "styles/tokens.css").write_text(
        ":root{--ink:#000000000;--line:#111111111}@media x{:root{--line:var(--ink)}}",
        encoding="utf-8",
    )
    (theme / "styles/base.css").write_text("body{color:var(--line)}", encoding="utf-8")
    assert ":root{--a:#000000000;--b:#111111111}@media x{:root{--b:var(--a)}}" in sheet(theme, "")


def test_rules_for_wide_screens_stand_together_and_paper_is_last(theme: Path) -> None:
    for name, order in (("card", 1), ("story", 2)):
        path = theme / f"styles/components/{name}.css"
        path.write_text(
            f"@media print {{.{name} {{order: 0}}}}"
            f"@media (min-width: 992px) {{.{name} {{order: {order}}}}}"
            f"@media (min-width: 640px) {{.{name} {{order: 9}}}}",
            encoding="utf-8",
        )
    forget()
    assert sheet(theme, '<p class="card story">').endswith(
        "@media (min-width:640px){.card{order:9}.story{order:9}}"
        "@media (min-width:992px){.card{order:1}.story{order:2}}"
        "@media print{.card{order:0}.story{order:0}}"
    )


@pytest.mark.parametrize(
    ("card", "link", "written"),
    [
        pytest.param(".card{b:c}", ".link{b:c}", ".card,.link{b:c}", id="the same"),
        pytest.param(".card p{b:c}", ".link p{b:c}", ".card p,.link p{b:c}", id="below"),
        pytest.param(
            ".card{b:c}", ".link{d:e}.link p{b:c}", ".card,.link p{b:c}.link{d:e}", id="passing by another property"
        ),
        pytest.param(".card{b:c}", ".link{b-d:e}.link p{b:c}", None, id="not by the same property"),
        pytest.param(".card{font:c}", ".link{line-height:e}.link p{font:c}", None, id="nor by its part"),
        pytest.param(".card{b:c}", ".link:hover{b:c}", None, id="what an old browser may not know"),
        pytest.param(".card{b:c}", "@media x{.link{b:c}}", None, id="under a condition"),
        pytest.param(".card{b:c}", ".link,.link p{b:c}", None, id="of several selectors"),
        pytest.param(".card{b:c}", ".story{b:c}", None, id="not of a component"),
    ],
)  # fmt: skip
def test_what_components_say_alike_is_said_once(theme: Path, card, link, written) -> None:
    for name, css in (("card", card), ("link", link)):
        (theme / f"styles/components/{name}.css").write_text(css, encoding="utf-8")
    (theme / "styles/layout/story.css").unlink()
    forget()
    found = sheet(theme, '<p class="card link story">').removeprefix(
        sheet(theme, "").split("::")[0]
    )
    assert found == f"{written or card + link}::before{{order:1}}"


def test_a_page_with_one_of_them_gets_its_own_rule_alone(theme: Path) -> None:
    for name in ("card", "link"):
        path = theme / f"styles/components/{name}.css"
        path.write_text(f".{name}{{b:c}}", encoding="utf-8")
    forget()
    assert ".link{b:c}" in sheet(theme, "<p class=link>")
    assert "card" not in sheet(theme, "<p class=link>")


def test_a_drawing_comes_along(theme: Path) -> None:
    (theme / "templates").mkdir()
    (theme / "templates/m.svg").write_text('<svg viewBox="0 0 1 1"/>\n', encoding="utf-8")
    (theme / "styles/components/card.css").write_text(".card{mask:url(m.svg)}", encoding="utf-8")
    forget()
    assert (
        """.card{mask:url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' """
        """viewBox='0 0 1 1'/%3E")}""" in sheet(theme, '<p class="card">')
    )


def test_a_style_cannot_end_its_element() -> None:
    assert "<" not in sheet(ROOT / "theme", "", CSS="file")


def shared(theme: Path) -> tuple[str, list[_facts.File]]:
    """Return the address that pages link to, and what is written, with one file for all pages."""
    settings = Settings(THEME=str(theme), CSS="file")
    return stylesheet(settings), list(pages((), settings, no_bodies))


def test_one_file_holds_every_style_in_the_order_of_the_cascade(theme: Path) -> None:
    url, written = shared(theme)
    css = "".join(f"{name}{{order:1}}" for name in PLACES.values())
    assert written == [_facts.File(url, css)]
    assert sheet(theme, "<p>", CSS="file") == css


def test_the_name_of_the_file_changes_with_its_content_and_only_then(theme: Path) -> None:
    first, _ = shared(theme)
    forget()
    assert shared(theme)[0] == first
    (theme / "styles/components/card.css").write_text(".card{order:2}", encoding="utf-8")
    forget()
    second, written = shared(theme)
    assert second != first
    assert written[0].save_as == second


def test_without_the_setting_no_file_is_written(theme: Path) -> None:
    settings = Settings(THEME=str(theme))
    assert stylesheet(settings) == ""
    assert list(pages((), settings, no_bodies)) == []


def test_a_mode_that_is_none_is_refused() -> None:
    with pytest.raises(
        _facts.RefusalError, match=r"CSS 写成了“flie”；请写 .inline.（.+）或 .file."
    ):
        Settings(CSS="flie")
