"""Take the picture of the front page that the READMEs show, from the site in ``output/``."""

import io
import os
import sys
import threading
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from press import chromium  # noqa: E402
from press.server import Server  # noqa: E402

SIZES = (1440, 900), (390, 900)  # a desktop's and a phone's, of one height to stand side by side
GAP = 24
WIDTH = 1660  # twice the column that a README has on GitHub


def main() -> None:
    """Set both widths side by side into ``.github/front.webp``."""
    with Server(ROOT / "output") as server, sync_playwright() as playwright:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(
            executable_path=chromium.find(), chromium_sandbox=os.geteuid() != 0
        )
        shots = []
        for width, height in SIZES:
            page = browser.new_page(viewport={"width": width, "height": height}, locale="zh-CN")
            page.goto(server.url)
            shots.append(Image.open(io.BytesIO(page.screenshot())).convert("RGB"))
        browser.close()
        server.shutdown()
    picture = Image.new(
        "RGB", (sum(shot.width for shot in shots) + GAP, shots[0].height), "#e3e6ea"
    )
    left = 0
    for shot in shots:
        picture.paste(shot, (left, 0))
        left += shot.width + GAP
    height = round(picture.height * WIDTH / picture.width)
    file = Path(__file__).with_name("front.webp")
    picture.resize((WIDTH, height), Image.Resampling.LANCZOS).save(file, quality=82, method=6)


main()
