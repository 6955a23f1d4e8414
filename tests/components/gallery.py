"""One page of all components in all their states, and what each looked like last.

``python -m tests.components.gallery`` writes the page and says where; with ``--write`` also the
pictures in ``shots/`` that the tests compare with.
"""

import argparse
import io
import json
import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader
from PIL import Image, ImageOps
from playwright.sync_api import Browser, sync_playwright

from pelicanconf import JINJA_ENVIRONMENT
from plugins import styles
from press import chromium
from tests.components.states import PHOTO, STATES

ROOT = Path(__file__).parents[2]
SHOTS = Path(__file__).with_name("shots")
MODES = [(width, dark) for width in (390, 1440) for dark in (False, True)]
LOADED = """() => Promise.allSettled([...document.images].map(image => {
    image.loading = "eager";
    image.decoding = "sync";
    return image.decode();
}))"""
SCROLLED = """top => new Promise(done => {
    scrollTo(0, top);
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 100)));
})"""
SLICE = 4000  # pixels of the page that are seen at once
SCALE = 4  # of a shot: glyphs blur, so that another rasteriser makes no other picture
PHOTOGRAPH = """<svg xmlns="http://www.w3.org/2000/svg" width="960" height="540">
<rect width="960" height="540" fill="#789"/><rect x="90" y="90" width="300" height="360" fill="#c63"/>
<circle cx="640" cy="270" r="150" fill="#ed9"/></svg>"""
PAGE = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>组件</title>
<meta name="viewport" content="width=device-width,initial-scale=1"><style>{style}</style></head>
<body><main class="wrap">{states}</main></body></html>
"""
STATE = '<section aria-label="{name}"><p><code>{name}</code></p>\n<div class="state">{html}</div></section>\n'


def states() -> Iterator[tuple[str, str]]:
    """Yield name and HTML of every state."""
    loader = FileSystemLoader(ROOT / "theme/templates")
    environment = Environment(loader=loader, **JINJA_ENVIRONMENT)  # noqa: S701
    for component, given in STATES.items():
        for state, values in given.items():
            macro = getattr(environment.globals["ui"], component)
            html = macro(**values) if isinstance(values, dict) else macro(*values)
            yield f"{component} {state}".strip(), str(html)


def write(folder: Path) -> Path:
    """Write the page with its styles and pictures; return it."""
    found = "".join(STATE.format(name=escape(name), html=html) for name, html in states())
    settings = styles.Settings(THEME=str(ROOT / "theme"))
    picture = folder / PHOTO.url
    picture.parent.mkdir(parents=True, exist_ok=True)
    picture.write_text(PHOTOGRAPH)
    page = folder / "index.html"
    page.write_text(
        PAGE.format(style=styles.style(settings, found), states=found), encoding="utf-8"
    )
    return page


class Shot(NamedTuple):
    """What a state looks like: a grey picture of a quarter of its size."""

    name: str
    image: Image.Image


def shots(browser: Browser, page: Path, width: int, *, dark: bool) -> list[Shot]:
    """Look at every state in one mode."""
    scheme = "dark" if dark else "light"
    context = browser.new_context(viewport={"width": width, "height": SLICE}, color_scheme=scheme)
    try:
        opened = context.new_page()
        opened.goto(page.as_uri())
        opened.evaluate(LOADED)
        places = opened.evaluate(
            """() => [...document.querySelectorAll(".state")].map(node => {
                const box = node.getBoundingClientRect();
                return [node.parentElement.getAttribute("aria-label"), box.top, box.height];
            })"""
        )
        whole = Image.new("L", (width, opened.evaluate("document.documentElement.scrollHeight")))
        for top in range(0, whole.height, SLICE):
            opened.evaluate(SCROLLED, top)
            with Image.open(io.BytesIO(opened.screenshot(animations="disabled"))) as image:
                whole.paste(image.convert("L"), (0, int(opened.evaluate("scrollY"))))
    finally:
        context.close()
    return [
        Shot(name, small(whole.crop((0, round(top), width, round(top + max(height, SCALE))))))
        for name, top, height in places
    ]


def small(image: Image.Image) -> Image.Image:
    """Return a quarter of a picture in sixteen greys, which is a tenth of its bytes."""
    return ImageOps.posterize(image.reduce(SCALE), 4)


def file_of(width: int, *, dark: bool) -> Path:
    """Name the picture that keeps all shots of one mode, one below the other."""
    return SHOTS / f"{width}-{'dark' if dark else 'light'}.png"


def keep(found: list[Shot], file: Path) -> None:
    """Keep shots, with their names and heights beside."""
    width = max(shot.image.width for shot in found)
    whole = Image.new("L", (width, sum(shot.image.height for shot in found)))
    top = 0
    for shot in found:
        whole.paste(shot.image, (0, top))
        top += shot.image.height
    file.parent.mkdir(exist_ok=True)
    whole.save(file, optimize=True)
    heights = {shot.name: shot.image.height for shot in found}
    file.with_suffix(".json").write_text(json.dumps(heights, indent=0) + "\n")


def kept(file: Path) -> dict[str, Image.Image]:
    """Return the shots that were kept."""
    heights = json.loads(file.with_suffix(".json").read_text())
    found, top = {}, 0
    with Image.open(file) as whole:
        grey = whole.convert("L")
    for name, height in heights.items():
        found[name] = grey.crop((0, top, grey.width, top + height))
        top += height
    return found


def main() -> None:
    """``make components``."""
    parser = argparse.ArgumentParser(prog="python -m tests.components.gallery")
    parser.add_argument("--write", action="store_true", help="keep how the states look now")
    options = parser.parse_args()
    page = write(ROOT / ".build/components")
    sys.stdout.write(f"所有组件的所有状态：{page.relative_to(ROOT)}\n")
    if options.write:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=chromium.find(), args=["--no-sandbox"]
            )
            for width, dark in MODES:
                keep(shots(browser, page, width, dark=dark), file_of(width, dark=dark))


if __name__ == "__main__":
    main()
