"""Dates as Chinese editors write them: read exactly, or refused with the form to write.

Nothing is completed from today's date and no order of day and month is guessed.
"""

import re
from calendar import monthrange
from datetime import UTC, datetime, timedelta, timezone, tzinfo

FORM = "请写成“2026-11-22 09:30”或“2026-11-22”"
YEARS = (1990, 2100)  # of a publication
PAST = (1900, 2100)  # of an event told in a text
LONGEST = 60  # characters; the longest form that is read has about 40
SHOWN = 40  # characters of a wrong value repeated in a message

# One character for one, so that places in the text stay what they are.
_HALF_WIDTH = str.maketrans("０１２３４５６７８９－／．：＋　ＴＺ", "0123456789-/.:+ TZ")

_DATE = re.compile(
    r"""
    (?P<year>[0-9]{4})
    (?:
        (?P<mark>[-/.])(?P<month>[0-9]{1,2})(?P=mark)(?P<day>[0-9]{1,2})
      | \s*年\s*(?P<month_han>[0-9]{1,2})\s*月\s*(?P<day_han>[0-9]{1,2})\s*[日号]
    )
    (?P<time>
        (?: [Tt] | \s+ | (?<=[日号]) | (?=[凌早上中下晚]) )
        (?P<part>凌晨|早上|上午|中午|下午|晚上)?\s*
        (?:
            (?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})
            (?: :(?P<second>[0-9]{2}) (?:\.[0-9]{1,9})? )?
          | (?P<hour_han>[0-9]{1,2})\s*[时点]\s*
            (?:
                (?P<minute_han>[0-9]{1,2})\s*分 (?: \s*(?P<second_han>[0-9]{1,2})\s*秒 )?
              | (?P<minute_bare>[0-9]{2})
              | (?P<half>半)
              | 整
            )?
        )
        (?: \s*(?P<offset>[Zz]|[+-][0-9]{2}:?[0-9]{2}) )?
    )?
    """,
    re.VERBOSE,
)

_DAY = re.compile(
    r"""
    (?P<year>[0-9]{4})
    (?:
        (?P<mark>[-/.])(?P<month>[0-9]{1,2})(?: (?P=mark)(?P<day>[0-9]{1,2}) )?
      | \s*年 (?: \s*(?P<month_han>[0-9]{1,2})\s*月 (?: \s*(?P<day_han>[0-9]{1,2})\s*[日号] )? )?
    )?
    (?![0-9年月日号/.-])
    """,
    re.VERBOSE,
)

# The hours that each part of the day leaves as they are, and those to which it adds twelve.
_PARTS = {
    "凌晨": (range(6), range(0)),
    "早上": (range(4, 12), range(0)),
    "上午": (range(12), range(0)),
    "中午": (range(11, 15), range(1, 3)),
    "下午": (range(12, 24), range(1, 12)),
    "晚上": (range(17, 24), range(5, 12)),
}

# Why a text is no date, the first that fits.
_REASONS = tuple(
    (re.compile(pattern, re.IGNORECASE), reason)
    for pattern, reason in (
        (r"今|昨|明天|前天|后天|刚刚|现在|today|now|yesterday", "要写出具体的日期，不按今天推算"),
        (r".*\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)", "月份要用数字写"),
        (r"[0-9]+$", "只有数字，看不出年、月、日"),
        (r"[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{4}", "年份要写在最前面，不猜哪个是月、哪个是日"),
        (r"[0-9]{2}[-/.年]", "年份要写满四位"),
        (r"[0-9]{1,2}\s*月", "缺少年份，不用今年补上"),
        (r"[〇零○一二三四五六七八九十]+年", "数字要用阿拉伯数字写"),
        (r"[0-9]{4}\s*[-/.年]\s*[0-9]{1,2}\s*月?$", "只写到月，缺少日"),
        (r".*(星期|周[一二三四五六日天])", "不用写星期几"),
    )
)


def show(written: str) -> str:
    """Quote a wrong value in a message: short, and with what cannot be seen made visible."""
    short = written if len(written) <= SHOWN else written[:SHOWN] + "……"
    return "".join(c if c.isprintable() or c == "　" else f"〔U+{ord(c):04X}〕" for c in short)


def parse_date(written: str, zone: tzinfo) -> tuple[datetime, bool]:
    """Read a date with or without a time; the second value says whether a time was given.

    Raises ValueError with a sentence in Chinese: what is wrong and what to write instead.
    """
    text = written.translate(_HALF_WIDTH).strip()
    match = _DATE.fullmatch(text) if len(text) <= LONGEST else None
    if not match:
        raise ValueError(f"看不懂“{show(written)}”：{_reason(text)}；{FORM}")
    try:
        day = _real_day(match, YEARS)
        if not match["time"]:
            return datetime(*day, tzinfo=zone), False
        moment = datetime(*day, *_real_time(match), tzinfo=zone)
        if match["offset"]:
            return moment.replace(tzinfo=_offset(match["offset"])), True
        if moment.utcoffset() != moment.replace(fold=1).utcoffset():
            raise ValueError("这一刻因夏令时不存在或出现两次，要在后面写明时区，如“+08:00”")
    except ValueError as error:
        raise ValueError(f"“{show(written)}”不对：{error}；{FORM}") from None
    return moment, True


def split_day(text: str) -> tuple[str, str] | None:
    """Part "2021-07-22 文字" (or only a month or a year) into the day, as ISO, and the text.

    None if the text does not begin with a day; ValueError if it begins with an impossible one.
    """
    match = _DAY.match(text.translate(_HALF_WIDTH))
    if not match:
        return None
    try:
        day = _real_day(match, PAST)
    except ValueError as error:
        raise ValueError(f"“{show(match[0])}”不对：{error}；请写成“2026-11-22”") from None
    iso = "-".join((f"{day[0]:04}", *(f"{number:02}" for number in day[1:])))
    return iso, text[match.end() :].lstrip(" \t　:：,，")


def _reason(text: str) -> str:
    for pattern, reason in _REASONS:
        if pattern.match(text):
            return reason
    if (day := _DAY.match(text)) and (rest := text[day.end() :].strip()):
        return f"日期后面的“{show(rest)}”不是认得的时刻"
    return "不是认得的日期写法"


def _real_day(match: re.Match[str], years: tuple[int, int]) -> list[int]:
    """The numbers of the year, the month and the day, as far as they were written."""
    written = match["year"], match["month"] or match["month_han"], match["day"] or match["day_han"]
    numbers = [int(number) for number in written if number]
    _within("年份", numbers[0], *years)
    if len(numbers) > 1:
        _within("月份", numbers[1], 1, 12)
    if len(numbers) > 2 and not 1 <= numbers[2] <= monthrange(*numbers[:2])[1]:  # noqa: PLR2004
        raise ValueError(f"{numbers[0]}年{numbers[1]}月没有{numbers[2]}日")
    return numbers


def _real_time(match: re.Match[str]) -> tuple[int, int, int]:
    hour = int(match["hour"] or match["hour_han"])
    minute = match["minute"] or match["minute_han"] or match["minute_bare"]
    minute = 30 if match["half"] else int(minute or 0)
    second = int(match["second"] or match["second_han"] or 0)
    _within("小时", hour, 0, 23)
    _within("分钟", minute, 0, 59)
    _within("秒", second, 0, 59)
    if part := match["part"]:
        same, later = _PARTS[part]
        if hour not in same and hour not in later:
            raise ValueError(f"“{part}{hour}时”说不清是几时，要用24小时制")
        hour += 12 if hour in later else 0
    return hour, minute, second


def _offset(written: str) -> timezone:
    if written in "Zz":
        return UTC
    hours, minutes = int(written[1:3]), int(written[-2:])
    _within("时区的小时", hours, 0, 14)
    _within("时区的分钟", minutes, 0, 59)
    ahead = timedelta(hours=hours, minutes=minutes)
    return timezone(-ahead if written[0] == "-" else ahead)


def _within(name: str, number: int, least: int, most: int) -> None:
    if not least <= number <= most:
        raise ValueError(f"{name}{number}不在{least}～{most}之间")
