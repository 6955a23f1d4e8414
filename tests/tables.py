"""Write the tables of the search from the libraries that know better: ``python -m tests.tables``.

Needs ``pip install opencc-python-reimplemented==0.1.7`` for the characters; pypinyin is there.
"""

from collections import defaultdict
from importlib.util import find_spec
from pathlib import Path

PLUGINS = Path(__file__).parents[1] / "plugins"
WIDTH = 80


def traditional() -> str:
    """Return traditional characters that Big5 knows, each with the first of its simplified ones."""
    found = find_spec("opencc")
    if found is None or found.origin is None:
        raise SystemExit("pip install opencc-python-reimplemented==0.1.7")
    file = Path(found.origin).parent / "dictionary/TSCharacters.txt"
    table = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        sign, _, several = line.partition("\t")
        simple = several.split(" ")[0]
        if len(sign) == len(simple) == 1 and sign != simple and sign.encode("big5", "ignore"):
            table[sign] = simple
    table = {sign: table.get(simple, simple) for sign, simple in table.items()}
    text = "".join(sign + simple for sign, simple in sorted(table.items()) if sign != simple)
    return (
        "# Traditional characters of Big5, each followed by its simplified one: TSCharacters of OpenCC"
        "\n# (Apache License 2.0), from opencc-python-reimplemented 0.1.7. Written by tests/tables.py.\n"
        + "".join(f"{text[at : at + WIDTH]}\n" for at in range(0, len(text), WIDTH))
    )


def pinyin() -> str:
    """Return the syllable of each Han of GB 2312, and words in which one is read otherwise."""
    from pypinyin import lazy_pinyin

    signs = defaultdict(list)
    for high in range(0xB0, 0xF8):
        for low in range(0xA1, 0xFF):
            sign = bytes([high, low]).decode("gb2312", "ignore")
            if sign:
                signs[lazy_pinyin(sign)[0]].append(sign)
    lines = [f"{syllable} {''.join(found)}" for syllable, found in sorted(signs.items())]
    own = {sign: syllable for syllable, found in signs.items() for sign in found}
    words = set()
    for line in (PLUGINS / "keywords.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            words.update(line.split("\t")[::2])
    for word in sorted(words):
        if 1 < len(word) < 5 and all(sign in own for sign in word):
            read = lazy_pinyin(word)
            if read != [own[sign] for sign in word]:
                lines.append(f"{' '.join(read)} {word}")
    return (
        "# The syllables of Han, and of words in which one is read otherwise: pypinyin 0.55.0 (MIT), for\n"
        "# the words of keywords.tsv. Written by tests/tables.py.\n" + "\n".join(lines) + "\n"
    )


if __name__ == "__main__":
    (PLUGINS / "traditional.txt").write_text(traditional(), encoding="utf-8")
    (PLUGINS / "pinyin.txt").write_text(pinyin(), encoding="utf-8")
