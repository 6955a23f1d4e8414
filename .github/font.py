"""Make the type of the share cards, ``plugins/share.otf``, from the whole family.

    pip install "fonttools==4.68.0"
    python .github/font.py /usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc

It holds what ``plugins._share.covered`` promises and no more. Its digest, printed in the end, goes
into ``plugins/_share.py``.
"""

import hashlib
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from plugins._share import FONT, covered  # noqa: E402

FACE = "Noto Sans CJK SC Bold"
# Glyphs stand side by side as they are: no vertical setting, and no feature is asked for.
TABLES = ["BASE", "GPOS", "GSUB", "VORG", "vhea", "vmtx"]


def main(family: str) -> None:
    """Write the subset."""
    faces = TTCollection(family, lazy=True).fonts
    (font,) = (face for face in faces if face["name"].getDebugName(4) == FACE)
    font.recalcTimestamp = False
    options = subset.Options(hinting=False, notdef_outline=True, name_IDs=["*"])
    options.drop_tables += TABLES
    maker = subset.Subsetter(options)
    wanted = {char for char in map(chr, range(0x20, 0x10000)) if covered(char)}
    maker.populate(text="".join(sorted(wanted)))
    maker.subset(font)
    missing = wanted - set(map(chr, font.getBestCmap()))
    if missing:
        raise SystemExit(f"{FACE} lacks {''.join(sorted(missing))}")
    font.save(FONT)  # as WOFF2 it would be a quarter smaller, and be unpacked for each size
    print(FONT.stat().st_size, hashlib.sha256(FONT.read_bytes()).hexdigest())  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1])
