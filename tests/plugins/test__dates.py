"""Dates as editors write them: the forms that are read, and what the others are told.

Contents: forms that are read · the zone of the site and of the author · forms that are
refused · days of events.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins._dates import LONGEST, parse_date, show, split_day

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        # a day
        ("2026-11-22", "2026-11-22"),
        ("2026-1-5", "2026-01-05"),
        ("2026/11/22", "2026-11-22"),
        ("2026.11.22", "2026-11-22"),
        ("2026年11月22日", "2026-11-22"),
        ("2026年11月22号", "2026-11-22"),
        ("2026 年 1 月 5 日", "2026-01-05"),
        ("2024-02-29", "2024-02-29"),
        # a minute
        ("2026-11-22 09:30", "2026-11-22 09:30:00"),
        ("2026-11-22 9:30", "2026-11-22 09:30:00"),
        ("2026/11/22 9:30", "2026-11-22 09:30:00"),
        ("2026.11.22 0:00", "2026-11-22 00:00:00"),
        ("2026-11-22T09:30", "2026-11-22 09:30:00"),
        ("2026年11月22日 9:30", "2026-11-22 09:30:00"),
        ("2026年11月22日9:30", "2026-11-22 09:30:00"),
        ("2026年11月22日 9时30分", "2026-11-22 09:30:00"),
        ("2026年11月22日9点30分", "2026-11-22 09:30:00"),
        ("2026年11月22日9点30", "2026-11-22 09:30:00"),
        ("2026年11月22日9点半", "2026-11-22 09:30:00"),
        ("2026年11月22日9点", "2026-11-22 09:00:00"),
        ("2026年11月22日21时整", "2026-11-22 21:00:00"),
        # a second
        ("2026-11-22 09:30:15", "2026-11-22 09:30:15"),
        ("2026-11-22T09:30:15", "2026-11-22 09:30:15"),
        ("2026-11-22T09:30:15.250", "2026-11-22 09:30:15"),
        ("2026年11月22日 9时30分15秒", "2026-11-22 09:30:15"),
        # a part of the day
        ("2026-11-22 上午 9:30", "2026-11-22 09:30:00"),
        ("2026-11-22下午3:30", "2026-11-22 15:30:00"),
        ("2026年11月22日下午12:05", "2026-11-22 12:05:00"),
        ("2026年11月22日下午15:30", "2026-11-22 15:30:00"),
        ("2026年11月22日晚上8点", "2026-11-22 20:00:00"),
        ("2026年11月22日中午1点", "2026-11-22 13:00:00"),
        ("2026年11月22日凌晨1点10分", "2026-11-22 01:10:00"),
        # full width
        ("２０２６－１１－２２　０９：３０", "2026-11-22 09:30:00"),
        ("2026-11-22 09：30：15", "2026-11-22 09:30:15"),
    ],
)
def test_a_date_is_read(written, read):
    expected = datetime.fromisoformat(read).replace(tzinfo=SHANGHAI)
    assert parse_date(written, SHANGHAI) == (expected, " " in read)


@pytest.mark.parametrize(
    ("written", "zone", "iso"),
    [
        ("2026-11-22 09:30", "Asia/Shanghai", "2026-11-22T09:30:00+08:00"),
        ("2026-11-22", "Europe/Berlin", "2026-11-22T00:00:00+01:00"),
        ("2026-11-22T09:30:15+08:00", "Europe/Berlin", "2026-11-22T09:30:15+08:00"),
        ("2026-11-22 09:30 +0800", "Europe/Berlin", "2026-11-22T09:30:00+08:00"),
        ("2026-11-22T01:30:15.000Z", "Asia/Shanghai", "2026-11-22T01:30:15+00:00"),
        ("2026-11-22T01:30:15-03:30", "Asia/Shanghai", "2026-11-22T01:30:15-03:30"),
        ("2026-10-25 02:30 +02:00", "Europe/Berlin", "2026-10-25T02:30:00+02:00"),
    ],
)
def test_the_zone_is_the_site_s_unless_the_author_gives_one(written, zone, iso):
    assert parse_date(written, ZoneInfo(zone))[0].isoformat() == iso


@pytest.mark.parametrize(
    ("written", "why"),
    [
        # what would have to be guessed
        ("01-02-2026", "年份要写在最前面，不猜哪个是月、哪个是日"),
        ("1/2/2026", "年份要写在最前面，不猜哪个是月、哪个是日"),
        ("26-11-22", "年份要写满四位"),
        ("26年11月22日", "年份要写满四位"),
        ("11月22日", "缺少年份，不用今年补上"),
        ("11-22 09:30", "年份要写满四位"),
        ("2026-11", "只写到月，缺少日"),
        ("2026年11月", "只写到月，缺少日"),
        ("今天", "要写出具体的日期，不按今天推算"),
        ("昨天上午", "要写出具体的日期，不按今天推算"),
        ("now", "要写出具体的日期，不按今天推算"),
        ("20261122", "只有数字，看不出年、月、日"),
        ("1763775000", "只有数字，看不出年、月、日"),
        ("2026", "只有数字，看不出年、月、日"),
        ("Nov 22, 2026", "月份要用数字写"),
        ("Sun, 22 Nov 2026 09:30:15 +0800", "月份要用数字写"),
        ("二〇二六年十一月二十二日", "数字要用阿拉伯数字写"),
        ("2026年11月22日 星期日", "不用写星期几"),
        ("2026-11-22 9", "日期后面的“9”不是认得的时刻"),
        ("2026-11-22 9:3", "日期后面的“9:3”不是认得的时刻"),
        ("2026-11-22 09:30 CST", "日期后面的“09:30 CST”不是认得的时刻"),
        ("2026-11-22Z", "日期后面的“Z”不是认得的时刻"),
        ("2026-11/22", "不是认得的日期写法"),
        ("2026-11-209:30", "不是认得的日期写法"),
        ("٢٠٢٦-١١-٢٢", "不是认得的日期写法"),
        ("2026-11-22 上午12:30", "“上午12时”说不清是几时，要用24小时制"),
        ("2026-11-22 晚上12点", "“晚上12时”说不清是几时，要用24小时制"),
        ("2026-11-22 上午13:30", "“上午13时”说不清是几时，要用24小时制"),
        # what does not exist
        ("2026-13-01", "月份13不在1～12之间"),
        ("2026-00-01", "月份0不在1～12之间"),
        ("2026-02-30", "2026年2月没有30日"),
        ("2025年2月29日", "2025年2月没有29日"),
        ("2026-11-31", "2026年11月没有31日"),
        ("2026-11-00", "2026年11月没有0日"),
        ("2026-11-22 25:00", "小时25不在0～23之间"),
        ("2026-11-22 24:00", "小时24不在0～23之间"),
        ("2026-11-22 09:60", "分钟60不在0～59之间"),
        ("2026-11-22 23:59:60", "秒60不在0～59之间"),
        ("2026-11-22 09:30 +15:00", "时区的小时15不在0～14之间"),
        ("2026-11-22 09:30 +08:75", "时区的分钟75不在0～59之间"),
        ("1989-12-31", "年份1989不在1990～2100之间"),
        ("2101-01-01", "年份2101不在1990～2100之间"),
    ],
)
def test_a_date_is_refused_with_its_reason_and_the_form_to_write(written, why):
    with pytest.raises(ValueError, match="请写成“2026-11-22 09:30”或“2026-11-22”") as refused:
        parse_date(written, SHANGHAI)
    assert f"“{written}”" in str(refused.value)
    assert why in str(refused.value)


@pytest.mark.parametrize("written", ["2026-03-29 02:30", "2026-10-25 02:30"])
def test_a_moment_that_summer_time_skips_or_repeats_needs_its_zone(written):
    with pytest.raises(ValueError, match="夏令时"):
        parse_date(written, ZoneInfo("Europe/Berlin"))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("2021-07-22 快手电商服务商大会", ("2021-07-22", "快手电商服务商大会")),
        ("2021/7/22：快手", ("2021-07-22", "快手")),
        ("2021年7月22日快手", ("2021-07-22", "快手")),
        ("2021-07 快手", ("2021-07", "快手")),
        ("2021年7月，快手", ("2021-07", "快手")),
        ("2021 618大促", ("2021", "618大促")),
        ("2021年双11", ("2021", "双11")),
        ("1984 公司成立", ("1984", "公司成立")),
        ("2021-07-22", ("2021-07-22", "")),
        ("快手2021年", None),
        ("2021-7月22日 快手", None),
        ("2021-07-223", None),
        ("2021-2023", None),
        ("", None),
    ],
)
def test_the_day_of_an_event_is_parted_from_its_text(text, parts):
    assert split_day(text) == parts


@pytest.mark.parametrize("text", ["2021-02-30 快手", "2021-13 快手", "1066 快手", "3021年快手"])
def test_an_impossible_day_of_an_event_is_refused(text):
    with pytest.raises(ValueError, match="请写成“2026-11-22”"):
        split_day(text)


def test_a_wrong_value_is_shown_short_and_visible():
    assert show("标题\u200b\x07") == "标题〔U+200B〕〔U+0007〕"
    assert show("长" * 1000) == "长" * 40 + "……"


@settings(max_examples=200, deadline=None)
@given(st.datetimes(datetime(1992, 1, 1), datetime(2100, 12, 31)))
def test_all_forms_of_one_moment_are_read_alike(moment):
    moment = moment.replace(microsecond=0)
    d, t = moment.date(), moment.time()
    forms = (
        f"{moment:%Y-%m-%d %H:%M:%S}",
        f"{moment:%Y-%m-%dT%H:%M:%S}+08:00",
        f"{d.year}/{d.month}/{d.day} {t.hour}:{t:%M:%S}",
        f"{d.year}.{d.month}.{d.day}　{t.hour}：{t:%M：%S}",
        f"{d.year}年{d.month}月{d.day}日{t.hour}时{t.minute}分{t.second}秒",
    )
    for form in forms:
        assert parse_date(form, SHANGHAI) == (moment.replace(tzinfo=SHANGHAI), True)


@settings(max_examples=300, deadline=None)
@given(st.text("0123456789-/.:年月日时点分秒上下午TZ+ ０：今", max_size=LONGEST + 5))
def test_nothing_but_a_reason_comes_of_a_text_that_is_no_date(text):
    try:
        moment, _ = parse_date(text, SHANGHAI)
    except ValueError as error:
        assert "请写成" in str(error)  # noqa: PT017 -- most texts are refused, not all
    else:
        assert moment.tzinfo
