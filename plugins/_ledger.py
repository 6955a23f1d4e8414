"""The ledger of published addresses, ``content/data/addresses.tsv``, and what it asks of a build.

One line an address: address, source, mark, first day, and where it leads if nothing stands there
any more. A publishing build brings the file up to date; whoever only reads it comes to the same
site. So an address, once published, is answered for ever: by its text, by a redirect to where
the text has gone, or by the notice of its withdrawal.

A moved text is known by its mark: half of it tells its moment, half its title. ``git mv`` leaves
both; a new title for the moved file leaves a moment to the second. What could be two texts is
asked, not guessed. Cost of :func:`plan`: O(addresses), of which the press remembers the outcome.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from plugins._problem import Problem

NAME = "data/addresses.tsv"
HEAD = (
    "# 发布过的网址，一行一个：网址、来自哪个文件、指纹、首次发布的日子、改到哪里。\n"
    "# make html自动登记，请连同稿件一起提交；一般不用手改。最后一栏是-的，是确认过不再要的。\n"
)
GONE = "-"  # given up, with CONFIRM=yes
HALF = 8  # hexadecimal digits of a mark's half
COLUMNS = 5  # the last may be left out with its tab, which editors like to cut off
ROW_TABS = 3  # of a line whose address leads nowhere else
# More than a tenth of the texts lost in one build is taken for an accident; three are an edit.
SHARE, FEW = 10, 3
SHOWN = 5  # examples in a message

ADDRESS = re.compile(r"(?!\.)[^\s/]+(?:/(?!\.)[^\s/]+)*(?:/|\.html?)")
SOURCE = re.compile(r"\S[^\t]*")
MARK = re.compile(rf"(?:[0-9a-f]{{{2 * HALF}}})?")
# A whole line without a mistake: nearly all are, and this is six times as fast as looking at columns.
ROW = re.compile(
    rf"({ADDRESS.pattern})\t({SOURCE.pattern})\t({MARK.pattern})\t(\d{{4}}-\d\d-\d\d)"
    rf"(?:\t({ADDRESS.pattern}|{GONE}|))?"
)
CONFLICT = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
# Where readers of an empty list are led; a channel has no such place.
INDEXES = {"tag": "tag/", "author": "archives/"}
LISTS = {"channel": "频道", "tag": "标签", "author": "作者"}
PLACES = {"archives/", "flash/", "tag/"}  # pages of the site that a redirect may lead to besides


class Line(NamedTuple):
    """One line of the file."""

    address: str
    source: str  # "articles/2026/11/x.md", or "tag:退货"
    mark: str
    first: str  # ISO day
    to: str = ""
    number: int = 0


class Live(NamedTuple):
    """What stands at an address in this build."""

    source: str
    name: str = ""  # for readers
    mark: str = ""
    timed: bool = False  # its moment is no mere day, so that no two texts share it by chance
    aliases: tuple[str, ...] = ()


class Plan(NamedTuple):
    """What comes of comparing the ledger with the site."""

    moved: dict[str, str]  # address → the live one to which it leads
    emptied: dict[str, str]  # address of a list without articles → where else to look
    refused: list[str]
    lines: list[Line]  # what the ledger is to say after this build
    unlisted: list[str]  # addresses that it does not say yet


class Ledger(NamedTuple):
    """The file as it is, unread: two of equal digest say the same."""

    path: str
    sha256: str

    def text(self) -> str:
        """Read the file; "" if there is none."""
        return Path(self.path).read_text(encoding="utf-8-sig") if self.sha256 else ""


def ledger_of(content: Path) -> Ledger:
    """Look at the ledger of a site. Cost: O(its bytes), unread."""
    path = content / NAME
    try:
        with path.open("rb") as file:
            return Ledger(str(path), hashlib.file_digest(file, "sha256").hexdigest())
    except FileNotFoundError:
        return Ledger(str(path), "")


@lru_cache(4096)
def _half(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:HALF]


def mark_of(moment: datetime | None, title: str) -> str:
    """Return the mark of a text: half by its moment, half by its title."""
    return _half(str(int(moment.timestamp())) if moment else "") + _half(title)


def parse(text: str) -> tuple[list[Line], list[Problem]]:
    """Read the lines of a ledger, in any order; of equal ones the oldest counts."""
    found: dict[str, Line] = {}
    problems: list[Problem] = []
    days: set[str] = set()
    for number, row in enumerate(text.splitlines(), start=1):
        if (right := ROW.fullmatch(row)) and right[1] not in found:
            address, source, mark, first, to = right.groups("")
            if first in days or _is_day(first):
                days.add(first)
                found[address] = Line(address, source, mark, first, to, number)
                continue
        if not row or row.startswith("#"):
            continue
        if row.startswith(CONFLICT):
            message = "这里有合并冲突的标记：两边的行都留下，删去以<、=、>开头的行，再运行make html"
            return [], [Problem(number, 1, message)]
        parts = row.split("\t")
        if len(parts) not in {COLUMNS - 1, COLUMNS}:
            message = (
                f"这一行有{len(parts)}栏，应有四到五栏，用制表符分开：网址、来源、指纹、日期、改到"
            )
            problems.append(Problem(number, 1, message))
            continue
        line = Line(*[*parts, ""][:COLUMNS], number)
        former = found.get(line.address)
        if wrong := list(_wrong(line, former)):
            problems += wrong
        elif former is None or line.first < former.first:
            found[line.address] = line
    return list(found.values()), problems


def _wrong(line: Line, former: Line | None) -> Iterator[Problem]:
    column = 1
    for value, form, message in (
        (line.address, ADDRESS, "网址要写成2026/11/jd-live/这样，开头没有斜线"),
        (line.source, SOURCE, "这里写来自哪个文件"),
        (line.mark, MARK, "指纹是16个0～9、a～f，由make html填写，也可以留空"),
    ):
        if not form.fullmatch(value):
            yield Problem(line.number, column, f"“{value}”不对：{message}")
        column += len(value) + 1
    if not _is_day(line.first):
        yield Problem(line.number, column, f"“{line.first}”不是日期，要写成2026-11-22这样")
    column += len(line.first) + 1
    if line.to not in {"", GONE} and not ADDRESS.fullmatch(line.to):
        yield Problem(line.number, column, f"“{line.to}”不对：要写本站的网址，如2026/11/jd-live/")
    if former and former.to != line.to:
        message = f"网址{line.address}在第{former.number}行登记过，去处不同：请只留一行"
        yield Problem(line.number, 1, message)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == len("2026-11-22")


def told(lines: Iterable[Line]) -> str:
    """Return the text of a ledger: sorted, so that two editors' new lines seldom meet."""
    rows = ("\t".join(line[:COLUMNS]).rstrip("\t") for line in sorted(lines))
    return HEAD + "".join(f"{row}\n" for row in rows)


def extended(text: str, live: Mapping[str, Live], today: str) -> tuple[str, list[str]] | None:
    """Return the ledger with what is new, and the new addresses; None: :func:`plan` has to look.

    For the common case, in which all that it says stands where it says: a sixth of the time.
    """
    rows = text.removeprefix(HEAD).split("\n")
    if not text.startswith(HEAD) or rows.pop() or any(it.aliases for it in live.values()):
        return None
    known = {row.partition("\t")[0]: row for row in rows}
    days = {row.rpartition("\t")[2] for row in rows}
    if len(known) < len(rows) or not all(_is_day(day) and day <= today for day in days):
        return None
    if not any(_is_news(it.source) for it in live.values()) or not known.keys() <= live.keys():
        return None
    new = []
    for address, it in live.items():
        start = f"{address}\t{it.source}\t{it.mark}\t"
        if address not in known:
            new.append(address)
            rows.append(start + today)
        elif not known[address].startswith(start) or known[address].count("\t") != ROW_TABS:
            return None
    return HEAD + "".join(f"{row}\n" for row in sorted(rows)), new


# ---- comparing it with the site ----


class Rules(NamedTuple):
    """How strict a build is, and what it can look up for a message."""

    today: str  # lines of a later day are not published yet: a build of the past knows them not
    strict: bool = True  # False: a preview, in which nothing is lost
    confirmed: bool = False  # CONFIRM=yes
    root: str = "content"
    # Of a file below content/ and some keys of its head: line and column of the first of these
    # that is there, else (1, 1); None: there is no such file.
    place: Callable[..., tuple[int, int] | None] = lambda *_: None


def plan(lines: Collection[Line], live: Mapping[str, Live], rules: Rules) -> Plan:
    """Find where every published address leads, and what stops the build."""
    return _Comparison(lines, live, rules).plan()


class _Comparison:
    def __init__(self, lines: Collection[Line], live: Mapping[str, Live], rules: Rules) -> None:
        self.live, self.rules = live, rules
        self.known = {line.address: line for line in lines if line.first <= rules.today}
        self.later = {line.address: line for line in lines if line.first > rules.today}
        self.refused: list[str] = []
        self.claims: dict[str, str] = {}  # former address → that of the text which claims it
        self.targets: dict[str, str] = {}  # one step of the way
        self.emptied: dict[str, str] = {}
        self.lost: list[Line] = []
        self.gone: set[str] = set(self.later)

    def plan(self) -> Plan:
        """Take the steps in their order."""
        rules = self.rules
        self.claim()
        if rules.strict:
            self.refuse_reuse()
        missing = [line for address, line in self.known.items() if address not in self.live]
        if missing:
            self.find(missing)
        moved = self.ends()
        if rules.strict and not rules.confirmed:
            self.refuse_loss()
        after = self.after(moved)
        known, later = self.known, self.later
        unlisted = [line[0] for line in after if line[0] not in known and line[0] not in later]
        return Plan(moved, self.emptied, self.refused, after, unlisted)

    def refuse(self, source: str, message: str, *keys: str) -> None:
        """Refuse at a key of a text's head."""
        line, column = self.rules.place(source, *keys) or (1, 1)
        self.refused.append(f"{self.rules.root}/{source}:{line}:{column}: {message}")

    def refuse_line(self, line: Line, message: str, column: int = 1) -> None:
        """Refuse at a line of the ledger."""
        self.refused.append(f"{self.rules.root}/{NAME}:{line.number}:{column}: {message}")

    def claim(self) -> None:
        """Take what texts say of their former addresses (旧网址)."""
        for address, it in [item for item in self.live.items() if item[1].aliases]:
            for alias in it.aliases:
                other = self.live.get(alias)
                if alias == address:
                    self.refuse(it.source, f"旧网址/{alias}就是这一篇现在的网址：请删去", "alias")
                elif other:
                    message = f"旧网址/{alias}上现在还有{other.source}：请写别的，或删去这一行"
                    self.refuse(it.source, message, "alias")
                elif alias in self.claims:
                    first = self.live[self.claims[alias]].source
                    message = f"旧网址/{alias}，{first}也写了：只能转到一篇，请删去一处"
                    self.refuse(it.source, message, "alias")
                else:
                    self.claims[alias] = address

    def refuse_reuse(self) -> None:
        """Refuse a text at the published address of another."""
        others = [
            (line, it)
            for address, it in self.live.items()
            if (line := self.known.get(address))
            and (line.mark != it.mark or line.source != it.source)
        ]
        sources = {it.source for it in self.live.values()} if others else set()
        for line, it in others:
            address = line.address
            if _kind(it.source) in LISTS:
                # A list that was renamed takes its address along; one that lives elsewhere does not.
                if line.source != it.source and line.source in sources:
                    self.refuse_line(
                        line,
                        f"网址/{address}原来是{_called(line.source)}的，现在成了{_called(it.source)}的："
                        f"请在data/{_kind(it.source)}s.toml里给{_called(it.source)}另写一个地址",
                    )
            elif _apart(line, it):
                self.refuse(
                    it.source,
                    f"网址/{address}发表过另一篇（{NAME}第{line.number}行，来自{line.source}）："
                    "请给这一篇换个文件名。如果是同一篇，只是标题和日期都改了，"
                    "把账本那一行的指纹删空，再运行make html",
                )

    def find(self, missing: Iterable[Line]) -> None:
        """Find what has become of the addresses at which nothing stands."""
        lists = {it.source: address for address, it in self.live.items() if not it.mark}
        texts = []
        for line in missing:
            if line.address in self.claims:
                continue
            if line.to == GONE:
                self.gone.add(line.address)
            elif line.to:
                self.targets[line.address] = line.to
            elif (kind := _kind(line.source)) not in LISTS:
                texts.append(line)
            elif line.source in lists:
                self.targets[line.address] = lists[line.source]
            elif kind in INDEXES:
                self.emptied[line.address] = INDEXES[kind]
            else:
                self.lost.append(line)
        if texts:
            self.find_texts(texts)

    def find_texts(self, missing: Iterable[Line]) -> None:
        """Find texts by their marks: the same one, or a new one of the same moment."""
        whole, moments = defaultdict(list), defaultdict(list)
        for address, it in self.live.items():
            if it.mark:
                whole[_folder(it.source), it.mark].append(address)
                if it.timed and address not in self.known:
                    moments[_folder(it.source), it.mark[:HALF]].append(address)
        guessed: dict[str, list[Line]] = defaultdict(list)
        for line in missing:
            folder = _folder(line.source)
            if found := whole.get((folder, line.mark)):
                self.settle(line, found)
            elif found := moments.get((folder, line.mark[:HALF])):
                self.settle(line, found)
                guessed[found[0]].append(line)
            else:
                self.lost.append(line)
        for address, lines in guessed.items():
            if len(lines) > 1:  # the moment alone does not tell them apart
                for line in lines:
                    self.targets.pop(line.address, None)
                    self.ask(line, [address])

    def settle(self, line: Line, found: list[str]) -> None:
        """Lead an address to the one text that it can be; ask if there are more."""
        if len(found) == 1:
            self.targets[line.address] = found[0]
        else:
            self.ask(line, found)

    def ask(self, line: Line, found: Iterable[str]) -> None:
        """Ask an editor which text it is."""
        self.gone.add(line.address)
        if self.rules.strict:
            names = "、".join(f"{self.rules.root}/{self.live[address].source}" for address in found)
            self.refuse_line(
                line,
                f"{self.rules.root}/{line.source}不见了，它可能改名成了{names}，从日期和标题分不清："
                f"请在接替它的那一篇的头里写一行“旧网址: /{line.address}”",
            )

    def ends(self) -> dict[str, str]:
        """Follow every redirect to its end; refuse what leads in a circle or nowhere."""
        targets = self.targets | self.claims
        lost = {line.address for line in self.lost}
        moved = {}
        for start in targets:
            address, seen = start, set()
            while address in targets and address not in seen and address not in self.live:
                seen.add(address)
                address = targets[address]
            address = self.emptied.get(address, address)
            if address in self.live or address in PLACES:
                moved[start] = address
            elif address in self.gone or address in lost:
                self.gone.add(start)
            elif line := self.known.get(start):
                column = len("\t".join(line[: COLUMNS - 1])) + 2
                why = "绕成了一圈" if address in seen else "上什么也没有"
                self.refuse_line(line, f"改到的/{address}{why}：请写现在有文章的网址", column)
        return moved

    def refuse_loss(self) -> None:
        """Refuse a site from which published texts are missing."""
        root, lost = self.rules.root, sorted(self.lost)
        texts = [line for line in lost if _kind(line.source) not in LISTS]
        if not any(_is_news(it.source) for it in self.live.values()):
            self.refused.append(
                f"{root}/articles:1:1: 一篇文章也没有，网站会整个空掉。是文件夹放错了吗？"
                "确实要这样发布，请运行make html CONFIRM=yes"
            )
            return
        published = self.known.values() if len(texts) > FEW else ()
        total = sum(not line.to and _kind(line.source) not in LISTS for line in published)
        if len(texts) > FEW and len(texts) * SHARE > total:
            names = "、".join(f"{root}/{line.source}" for line in texts[:SHOWN])
            more = "等" if len(texts) > SHOWN else ""
            self.refuse_line(
                texts[0],
                f"发布过的{total}篇里，有{len(texts)}篇不见了：{names}{more}。是误删，还是文件夹放错了？"
                "请先找回来。确实都不要了，请运行make html CONFIRM=yes；"
                f"如果是换成自己的内容、从头开始，先删去{root}/{NAME}",
            )
            return
        for line in lost:
            self.refuse_lost(line)

    def refuse_lost(self, line: Line) -> None:
        """Refuse the loss of one published address, with what can be done about it."""
        root, withdraw = self.rules.root, f"“撤稿: {self.rules.today} 原因”"
        if _kind(line.source) in LISTS:
            self.refuse_line(
                line,
                f"{_called(line.source)}没有了，它的网址/{line.address}会打不开：请放回data里，"
                "或在这一行的最后一栏写上接替它的网址，如channel/news/；"
                "网站还没有对外发布过的，删去这一行就行",
            )
        elif self.rules.place(line.source):
            message = (
                f"这一篇发布过，网址/{line.address}不能就这样消失，草稿和将来的日期都会让它消失："
                f"请改回去；要撤下来，写一行{withdraw}"
            )
            self.refuse(line.source, message, "status", "date")
        else:
            self.refuse_line(
                line,
                f"{root}/{line.source}不见了，它发布过的网址/{line.address}会打不开。"
                f"请把文件放回去，要撤下来就在头里写一行{withdraw}；"
                f"或者在接替它的那一篇的头里写一行“旧网址: /{line.address}”",
            )

    def after(self, moved: Mapping[str, str]) -> list[Line]:
        """Return what the ledger is to say. With it, the same site comes out."""
        known, today = self.known, self.rules.today
        found = dict(self.later)
        for address, it in self.live.items():
            line = known.get(address)
            if line and (line.source, line.mark, line.to) == (it.source, it.mark, ""):
                found[address] = line
            else:
                new = Line(address, it.source, it.mark, line.first if line else today)
                found.setdefault(address, new)
        for address, line in known.items():
            if address not in self.live:
                lists = _kind(line.source) in LISTS
                to = line.to if lists else moved.get(address, line.to)
                found[address] = line._replace(to=to)
        for address, owner in self.claims.items():
            it = self.live[owner]
            line = known.get(address) or Line(address, it.source, it.mark, today)
            found[address] = line._replace(to=moved.get(address, owner))
        for line in self.lost:
            if self.rules.confirmed:
                found[line.address] = line._replace(to=GONE)
        return list(found.values())


def _kind(source: str) -> str:
    """Return which list it is: "tag"; of a text nothing that is one."""
    return source.partition(":")[0]


def _folder(source: str) -> str:
    """Return the kind of text that a file is, by its folder."""
    return source.partition("/")[0]


def _is_news(source: str) -> bool:
    return _folder(source) in {"articles", "flash"}


def _called(source: str) -> str:
    kind, _, name = source.partition(":")
    return f"{LISTS[kind]}“{name}”"


def _apart(line: Line, it: Live) -> bool:
    """Tell whether another text was published at this address: both halves of its mark differ."""
    if not line.mark or not it.mark:
        return bool(line.to) and line.source != it.source
    return line.mark[:HALF] != it.mark[:HALF] and line.mark[HALF:] != it.mark[HALF:]
