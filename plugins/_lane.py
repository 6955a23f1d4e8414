"""The quick lane: HTML of blocks so plain that Markdown cannot read them otherwise.

What this file makes has to equal, to the byte, what the engine, the tree's processors and the wall
make of the same block between two blank lines, if nothing in the text defines a reference, a
footnote or an abbreviation and no tag is typed. It knows paragraphs of one line, headings, flat
lists and quotes of one line, in them plain text, ``**bold**`` and links to plain addresses of the
web, and tables of plain text. Whatever else a block holds, even a sign that would turn out to mean
nothing, it is not plain.
"""

import re
from collections.abc import Iterable

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
_ROW = rf"\|(?: (?!{_SPACE}){_TEXT}++(?<= )(?<!{_SPACE} )\|)++"
_TABLE = re.compile(rf"{_ROW}\n\|(?: -{{3,}} \|)++(?:\n{_ROW})++")
_NUMBER = re.compile(
    r"(?:约|近|超)?[+\-−±]?[¥￥$€]?\d[\d,，.]*(?:[%％‰万亿元倍]|万元|亿元|个百分点)?|[—–\-]+|"
)
_DIGIT = re.compile(r"\d")
# How a block begins that may go on with a list, or that the list may go on with.
_OF_LIST = re.compile(r"\s|$|[-+]|\* |\d+\.")


def html_of(block: str) -> str | None:
    """Return the HTML of a plain block, None for any other."""
    if _PARAGRAPH.fullmatch(block):
        return f"<p>{_inline(block)}</p>"
    html = None
    if found := _HEADING.fullmatch(block):
        html = _heading(found[1], found[2])
    elif found := _QUOTE.fullmatch(block):
        html = f"<blockquote>\n<p>{_inline(found[1])}</p>\n</blockquote>"
    elif _BULLETS.fullmatch(block):
        html = _list("ul", block)
    elif _NUMBERS.fullmatch(block):
        html = _list("ol", block)
    elif _TABLE.fullmatch(block):
        html = _table(block)
    return html


def _heading(level: str, text: str) -> str | None:
    if "#" in text:  # it may be the heading's end
        return None
    return f"<h{len(level)}>{_inline(text)}</h{len(level)}>"


def _list(tag: str, block: str) -> str:
    items = [line.split(" ", 1)[1] for line in _inline(block).split("\n")]
    return "\n".join([f"<{tag}>", *[f"<li>{item}</li>" for item in items], f"</{tag}>"])


def of_numbers(cells: Iterable[str]) -> bool:
    """Tell whether a column of a table is set as numbers are."""
    return any(map(_DIGIT.search, cells)) and all(map(_NUMBER.fullmatch, cells))


def _table(block: str) -> str | None:
    head, rule, *rows = [line[2:-2].split(" | ") for line in block.split("\n")]
    if any(len(row) != len(head) for row in (rule, *rows)):
        return None
    kinds = [' class="num"' if of_numbers(cells) else "" for cells in zip(*rows, strict=True)]
    pieces = ["<table>\n<thead>\n<tr>"]
    pieces += [f'<th{kind} scope="col">{cell}</th>' for kind, cell in zip(kinds, head, strict=True)]
    pieces.append("</tr>\n</thead>\n<tbody>")
    for row in rows:
        cells = [f"<td{kind}>{cell}</td>" for kind, cell in zip(kinds, row, strict=True)]
        pieces += ["<tr>", *cells, "</tr>"]
    pieces.append("</tbody>\n</table>\n</div>")
    frame = '<div aria-label="表格1" class="table" role="group" tabindex="0">'
    return "\n".join([frame, *pieces])


def _inline(text: str) -> str:
    if "[" in text:
        text = _FOUND_LINK.sub(r'<a href="\2">\1</a>', text)
    if "*" in text:
        pieces = text.split("**")
        pieces[1::2] = [f"<strong>{piece}</strong>" for piece in pieces[1::2]]
        text = "".join(pieces)
    return text


def blocks(text: str) -> tuple[list[str], list[str | None]]:
    """Part a text into its blocks; return their texts and the HTML of those that are plain.

    A list is plain only if no neighbour can be a part of it.
    """
    texts = text.split("\n\n")
    found = [html_of(piece.lstrip("\n")) for piece in texts]
    for place in [place for place, html in enumerate(found) if html and html[1] in "uo"]:
        # Any line of a block that is not plain may be an item.
        after_other = place and (found[place - 1] or "<ul")[1] in "uo"
        if after_other or any(map(_OF_LIST.match, texts[place + 1 : place + 2])):
            found[place] = None
    return texts, found


def whole(text: str) -> str | None:
    """Return the HTML of a text all of whose blocks are plain, None for any other."""
    if "`" in text:  # most of the others, seen at once
        return None
    _, pieces = blocks(text.strip("\n"))
    if None in pieces:
        return None
    level, tables = 1, 0
    for place, html in enumerate(pieces):
        if html.startswith("<h"):
            before, level = level, int(html[2])
            if level > before + 1:  # the engine reports it
                return None
        elif html.startswith("<div"):
            tables += 1
            pieces[place] = html.replace("表格1", f"表格{tables}", 1)
    return "\n".join(pieces)
