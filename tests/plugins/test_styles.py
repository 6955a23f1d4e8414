"""A page gets the styles that it calls for, in the order of the cascade."""

from pathlib import Path

import pytest

from plugins import _facts
from plugins.styles import Settings, bundle, called, forget, pages, style, stylesheet
from tests.plugins.conftest import ROOT, no_bodies


@pytest.fixture
def theme(tmp_path: Path) -> Path:
    """A theme of a few files, each with one rule that tells its name."""
    forget()
    for place in (
        "tokens",
        "base",
        "layout",
        "layout/story",
        "components/card",
        "prose/table",
        "print",
    ):
        path = tmp_path / f"styles/{place}.css"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"/* {place} */\n.{path.stem} {{\n  order: 1;\n}}\n", encoding="utf-8")
    return tmp_path


def sheet(theme: Path, html: str, **given: str) -> str:
    return str(style(Settings(THEME=str(theme), **given), html))


def test_every_page_gets_the_ground(theme: Path) -> None:
    assert sheet(theme, "<p>") == (".tokens{order:1}.base{order:1}.layout{order:1}.print{order:1}")


@pytest.mark.parametrize(
    ("html", "rule"),
    [
        ('<article class="card card--lead">', ".card{"),
        ('<p class="wide card__meta">', ".card{"),
        ("<table><tr>", ".table{"),
        ('<div class="table">', ".table{"),
        ('<header class="story__head">', ".story{"),
    ],
)
def test_a_name_calls_its_style(theme: Path, html: str, rule: str) -> None:
    assert rule in sheet(theme, html)


@pytest.mark.parametrize(
    "html", ['<p class="cards">', '<p title="card">', "class=&quot;card&quot;", "<tablet>", "card"]
)
def test_what_only_looks_like_a_name_calls_nothing(theme: Path, html: str) -> None:
    assert ".card{" not in sheet(theme, html)
    assert ".table{" not in sheet(theme, html)


def test_the_order_is_that_of_the_cascade_and_not_of_the_page(theme: Path) -> None:
    names = ["tokens", "base", "layout", "story", "card", "table", "print"]
    page = '<table class="card"><p class="story">'
    assert sheet(theme, page) == "".join(f".{name}{{order:1}}" for name in names)


def test_modifiers_and_elements_belong_to_their_block() -> None:
    assert called('<p class="card__title card--lead">') == {"p", "card"}


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
    (theme / "styles/tokens.css").write_text(":root{--ground:#fff;--ink:#000}", encoding="utf-8")
    (theme / "styles/components/card.css").write_text(
        ".card--ink{color:var(--ink)}", encoding="utf-8"
    )
    forget()
    assert ":root{--a:#fff;--b:#000}" in sheet(theme, "<p>")
    assert ".card--ink{color:var(--b)}" in sheet(theme, '<p class="card">')


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
    names = ["tokens", "base", "layout", "story", "card", "table", "print"]
    css = "".join(f".{name}{{order:1}}" for name in names)
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
