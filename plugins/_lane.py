"""The quick lane: HTML of blocks so plain that Markdown cannot read them otherwise.

What this file makes has to equal, to the byte, what the engine, the tree's processors and the wall
make of the same block between two blank lines, if nothing in the text defines a reference, a
footnote or an abbreviation and no tag is typed. It knows paragraphs of one line, headings, flat
lists and quotes of one line; in them plain text, ``**bold**`` and links to plain addresses of the
web. Whatever else a block holds, even a sign that would turn out to mean nothing, it is not plain.
"""

import re
from typing import NamedTuple

# What no page may hold, what the wall writes in another way, and spaces but those an editor types.
_ODD = (
    r"\x00-\x1f\x7f-\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f"
    r"\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
)
_SPACE = r"[ \u3000]"
_TEXT = rf"[^{_ODD}`\\\[\]<>&*_~=|]"
# A host that is a name: the wall judges numbers and other scripts by the rules of addresses.
_LABEL = "[a-z0-9]+(?:-[a-z0-9]+)*"
_URL = rf"https?://(?:{_LABEL}\.)+[a-z]{{2,}}(?:/[A-Za-z0-9/._~%?=+:@,;!-]*)?"
_LINK = rf"\[((?![!！^]|{_SPACE}){_TEXT}+)\]\(({_URL})\)"
_BOLD = rf"\*\*((?!{_SPACE}){_TEXT}+(?<!{_SPACE}))\*\*"
_INLINE = rf"(?:{_TEXT}++|(?<!!){_LINK}|{_BOLD})++(?<!{_SPACE})"
# A number with a dot may be an item, and 表： a caption.
_SENTENCE = rf"(?![#+\-]|{_SPACE}|\d+\.|表[：:]){_INLINE}"

# In text that is known to be plain, every bracket is of a link and every second ** ends what is bold.
_FOUND_LINK = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")
_PARAGRAPH = re.compile(_SENTENCE)
_HEADING = re.compile(rf"(#{{2,4}}) ((?!{_SPACE}){_INLINE})")
_QUOTE = re.compile(rf"> ((?!\[){_SENTENCE})")
_BULLETS = re.compile(rf"- {_SENTENCE}(?:\n- {_SENTENCE})*+")
_NUMBERS = re.compile(rf"1\. {_SENTENCE}(?:\n[0-9]{{1,9}}\. {_SENTENCE})*+")
_LEVEL = re.compile("<h([2-4])>")
# How a block begins that may go on with a list, or that the list may go on with.
_OF_LIST = re.compile(r"\s|$|[-+]|\* |\d+\.")


def html_of(block: str) -> str | None:
    """Return the HTML of a plain block, None for any other."""
    if _PARAGRAPH.fullmatch(block):
        return f"<p>{_inline(block)}</p>"
    if block.startswith("#"):
        found = _HEADING.fullmatch(block)
        if found and "#" not in found[2]:
            level = len(found[1])
            return f"<h{level}>{_inline(found[2])}</h{level}>"
    elif block.startswith(">"):
        if found := _QUOTE.fullmatch(block):
            return f"<blockquote>\n<p>{_inline(found[1])}</p>\n</blockquote>"
    elif block.startswith("-"):
        if _BULLETS.fullmatch(block):
            return _list("ul", block)
    elif _NUMBERS.fullmatch(block):
        return _list("ol", block)
    return None


def _list(tag: str, block: str) -> str:
    items = [line.split(" ", 1)[1] for line in _inline(block).split("\n")]
    return "\n".join([f"<{tag}>", *[f"<li>{item}</li>" for item in items], f"</{tag}>"])


def _inline(text: str) -> str:
    if "[" in text:
        text = _FOUND_LINK.sub(r'<a href="\2">\1</a>', text)
    if "*" in text:
        pieces = text.split("**")
        pieces[1::2] = [f"<strong>{piece}</strong>" for piece in pieces[1::2]]
        text = "".join(pieces)
    return text


class Block(NamedTuple):
    """What stands between two blank lines; its HTML if it is plain, else None."""

    text: str
    html: str | None


def blocks(text: str) -> list[Block]:
    """Part a text into its blocks. A list is plain only if no neighbour can be a part of it."""
    found = [Block(piece, html_of(piece.lstrip("\n"))) for piece in text.split("\n\n")]
    for place in [place for place, one in enumerate(found) if one.html and one.html[1] in "uo"]:
        # Any line of a block that is not plain may be an item.
        after_other = place and (found[place - 1].html or "<ul")[1] in "uo"
        if after_other or any(_OF_LIST.match(one.text) for one in found[place + 1 : place + 2]):
            found[place] = found[place]._replace(html=None)
    return found


def whole(text: str) -> str | None:
    """Return the HTML of a text all of whose blocks are plain, None for any other."""
    if "|" in text or "`" in text:  # most of the others, seen at once
        return None
    found = [html for _, html in blocks(text.strip("\n"))]
    if None in found:
        return None
    html = "\n".join(found)
    level = 1
    for deeper in map(int, _LEVEL.findall(html)):
        if deeper > level + 1:  # the engine reports it
            return None
        level = deeper
    return html
