"""What all components and all styles have in common."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STYLES = ROOT / "theme/styles"
TEMPLATES = ROOT / "theme/templates"
COMPONENTS = sorted(path.stem for path in (TEMPLATES / "components").glob("*.html"))
SHEETS = sorted(path.relative_to(STYLES).as_posix() for path in STYLES.rglob("*.css"))
GENERATED = "prose/highlight.css"  # two palettes of accessible-pygments
SCALE = {0, 1, 2, 3, 4, 8, 12, 16, 24, 32, 48, 64, 96}
COLOUR = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch|color)a?\(|: *(?:white|black|red|gr[ae]y)\b"
)


def read(sheet: str) -> str:
    """Return a style sheet without its comments."""
    return re.sub(r"/\*.*?\*/", "", (STYLES / sheet).read_text(encoding="utf-8"), flags=re.DOTALL)


def selectors(css: str) -> Iterator[str]:
    """Yield every selector of every rule."""
    for prelude in re.findall(r"([^{};]+)\{", css):
        if not prelude.strip().startswith("@"):
            yield from (part.strip() for part in re.split(r",(?![^(]*\))", prelude))


def test_a_component_is_a_template_a_style_and_a_test() -> None:
    styles = sorted(path.stem for path in (STYLES / "components").glob("*.css"))
    assert styles == COMPONENTS
    tests = {path.stem.removeprefix("test_") for path in Path(__file__).parent.glob("test_*.py")}
    assert tests - {"all", "states"} == set(COMPONENTS)


@pytest.mark.parametrize("component", COMPONENTS)
def test_a_component_is_one_macro_of_its_name(component: str) -> None:
    template = (TEMPLATES / f"components/{component}.html").read_text(encoding="utf-8")
    assert re.findall(r"{% macro (\w+)\(", template) == [component]


@pytest.mark.parametrize("component", COMPONENTS)
def test_a_component_styles_only_itself(component: str) -> None:
    block = re.compile(rf"\.{component}(?![a-z])")
    css = read(f"components/{component}.css")
    assert [one for one in selectors(css) if not block.match(one)] == []


@pytest.mark.parametrize("component", COMPONENTS)
def test_a_component_has_no_style_for_what_it_does_not_show(component: str) -> None:
    template = (TEMPLATES / f"components/{component}.html").read_text(encoding="utf-8")
    template += (TEMPLATES / "wordmark.svg").read_text(encoding="utf-8")
    css = read(f"components/{component}.css")
    elements = set(re.findall(rf"\.({component}__[a-z]+)", css))
    assert {name for name in elements if name not in template} == set()


@pytest.mark.parametrize("sheet", SHEETS)
def test_specificity_stays_flat(sheet: str) -> None:
    css = read(sheet)
    assert "!important" not in css
    assert [one for one in selectors(css) if re.search(r"#[a-z]", one)] == []


@pytest.mark.parametrize("sheet", sorted(set(SHEETS) - {"tokens.css", GENERATED}))
def test_colours_stand_in_the_tokens_only(sheet: str) -> None:
    assert COLOUR.findall(read(sheet)) == []


@pytest.mark.parametrize("sheet", sorted(set(SHEETS) - {GENERATED}))
def test_spaces_are_of_the_scale(sheet: str) -> None:
    values = re.findall(r"(?:margin|padding|gap)[a-z-]*: *([^;]+);", read(sheet))
    sizes = {int(size) for value in values for size in re.findall(r"(\d+)px", value)}
    assert sizes <= SCALE


def test_templates_carry_no_style_and_no_handler() -> None:
    for path in TEMPLATES.rglob("*.html"):
        template = path.read_text(encoding="utf-8")
        assert not re.search(r"\s(?:style|on[a-z]+)=", template), path


def test_components_are_placed_by_name_and_every_one_is() -> None:
    placed: set[str] = set()
    for path in TEMPLATES.rglob("*.html"):
        template = path.read_text(encoding="utf-8")
        assert not re.search(r"{%-? *(?:from|import) ", template), f"{path}: slow, write ui.name()"
        placed.update(re.findall(r"\bui\.(\w+)\(", template))
    assert placed == set(COMPONENTS)


def luminance(colour: str) -> float:
    """Return the relative luminance of #rgb or #rrggbb, as WCAG 2 defines it."""
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    channels = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def palettes() -> dict[str, dict[str, str]]:
    """Return the tokens' colours for light, dark by the system and dark by choice."""
    blocks = re.findall(r"([^{}]+)\{((?:\s*[\w-]+:[^;}]+;)+)", read("tokens.css"))
    colours = [dict(re.findall(r"--([a-z]+): *(#[0-9a-f]+)", body)) for _, body in blocks]
    return dict(zip(("light", "system", "choice"), filter(None, colours), strict=True))


def test_dark_is_the_same_by_system_and_by_choice() -> None:
    assert palettes()["system"] == palettes()["choice"]
    assert palettes()["light"].keys() == palettes()["system"].keys()


@pytest.mark.parametrize("palette", ["light", "system"])
@pytest.mark.parametrize("ground", ["ground", "soft", "tint"])
@pytest.mark.parametrize("text", ["ink", "second", "accent"])
def test_text_is_legible(palette: str, ground: str, text: str) -> None:
    colours = palettes()[palette]
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("place", [0, 1])
def test_code_is_legible_without_effort(place: int) -> None:
    light, dark, *_ = (
        re.findall(r"--[a-z]:(#[0-9a-f]{6})", block)
        for block in re.findall(r"\{((?:--[a-z]:#[0-9a-f]{6};?)+)\}", read(GENERATED))
    )
    ground = palettes()[("light", "system")[place]]["ground"]
    assert min(contrast(colour, ground) for colour in (light, dark)[place]) >= 7
