"""Suggest an address for a title or a tag: phrase-aware pinyin in lower-case words.

Addresses are suggested once and then stand in a file's name or a data file; a newer
dictionary may suggest another one, so nothing published is ever computed again.
"""

import re
import unicodedata

HAN = r"\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
TOKEN = rf"[{HAN}]+|[a-z0-9]+|[^\W_]"  # compiled for a new address alone: it is dear
ACCENTS = re.compile(r"(?<=[a-z])[\u0300-\u036f]+")
# What tells C++ from C, 1.6亿 from 16亿 and 35% from 35; other marks only part words.
SPOKEN = [
    (re.compile(r"(?<=[a-z0-9])\+\+"), " plus plus "),
    (re.compile(r"(?<=[a-z0-9])\+"), " plus "),
    (re.compile(r"(?<=[a-z0-9])#"), " sharp "),
    (re.compile(r"(?<=[0-9])\.(?=[0-9])"), " dian "),
    (re.compile(r"(?<=[0-9]),(?=[0-9]{3})"), ""),
    (re.compile(r"(?<=[0-9])%"), " percent "),
    (re.compile(r"&"), " and "),
    (re.compile(r"['’](?=s\b)"), ""),
]


def codepoints(text: str) -> list[str]:
    """Name characters that have no pinyin, so that two words in them stay apart."""
    return [f"u{ord(char):x}" for char in text]


def plain(text: str) -> str:
    """Lower case, full-width forms as ASCII, accents off."""
    bare = ACCENTS.sub("", unicodedata.normalize("NFKD", text).lower())
    return unicodedata.normalize("NFKC", bare)


def words(text: str) -> list[str]:
    """Cut a text into the words of its address."""
    text = plain(text)
    for pattern, spoken in SPOKEN:
        text = pattern.sub(spoken, text)
    found: list[str] = []
    for token in re.findall(TOKEN, text):
        if re.match(rf"[{HAN}]", token):
            # Its dictionary takes a quarter of a second to load, and most addresses are known.
            from pypinyin import lazy_pinyin  # noqa: PLC0415

            found.extend(lazy_pinyin(token, errors=codepoints))
        elif token.isascii():
            found.append(token)
        else:
            found.extend(codepoints(token))
    return found


# A few tags and authors stand on very many articles. The press keeps these between builds.
SPELT: dict[str, str] = {}


def address(text: str) -> str:
    """Give the address of a text, ``yin-hang-hang-zhang``, cut at a word; "" if it has no word.

    >>> address("银行行长谈1.6亿")
    'yin-hang-hang-zhang-tan-1-dian-6-yi'
    """
    if text not in SPELT:
        SPELT[text] = spell(text)
    return SPELT[text]


def spell(text: str, limit: int = 60) -> str:
    """Spell a text anew."""
    result = ""
    for word in words(text):
        longer = f"{result}-{word}" if result else word[:limit]
        if len(longer) > limit:
            break
        result = longer
    return result
