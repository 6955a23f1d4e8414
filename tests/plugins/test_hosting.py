from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from plugins import _facts
from plugins.hosting import Settings, pages, until
from tests.plugins.conftest import CHANNELS, NOW, ROOT, card, in_order, no_bodies

GIVEN = {
    "SITENAME": "掌柜志",
    "SITEURL": "https://example.com/zhi",
    "SITEDESCRIPTION": "写给卖家。",
}


def settings(theme=ROOT / "theme", **given):
    return Settings(THEME=str(theme), **{**GIVEN, "BUILD_NOW": NOW, **given})


def files(theme=ROOT / "theme", cards=(), **given):
    made = pages(in_order(*cards), settings(theme, **given), no_bodies)
    return {file.save_as: file.content for file in made}


def test_github_serves_the_folder_as_it_is():
    assert files()[".nojekyll"] == ""


def test_the_icon_of_the_theme_stands_at_the_root():
    assert files()["favicon.ico"] == (ROOT / "theme/static/favicon.ico").read_bytes()


def test_a_theme_without_an_icon_is_no_mistake(tmp_path):
    assert "favicon.ico" not in files(tmp_path)


def test_an_own_domain_is_told_only_if_there_is_one():
    assert "CNAME" not in files()
    assert files(domain="www.example.com")["CNAME"] == "www.example.com\n"


def test_no_page_may_be_framed_by_another_site():
    assert "  Content-Security-Policy: frame-ancestors 'none'" in files()["_headers"].splitlines()


def test_people_are_named_only_if_a_setting_names_them():
    assert "humans.txt" not in files()
    assert files(humans="\n编辑部：甲\n")["humans.txt"] == "编辑部：甲\n"


# ---- security.txt ----


def fields(**given):
    text = files(security="mailto:a@example.com", **given)[".well-known/security.txt"]
    return [line.split(": ", 1) for line in text.splitlines()]


def test_where_to_report_a_hole_is_told_only_if_a_setting_does():
    assert ".well-known/security.txt" not in files()
    assert dict(fields())["Contact"] == "mailto:a@example.com"


def test_security_txt_has_what_its_standard_asks():
    names = [name for name, _ in fields()]
    assert (names.count("Contact"), names.count("Expires")) == (1, 1)
    assert dict(fields())["Canonical"] == "https://example.com/zhi/.well-known/security.txt"


@pytest.mark.parametrize(
    ("now", "expires"),
    [
        ("2026-11-01 00:00", "2027-09-30T16:00:00Z"),  # midnight in Shanghai
        ("2026-11-30 23:59", "2027-09-30T16:00:00Z"),
        ("2026-12-01 00:00", "2027-10-31T16:00:00Z"),
        ("2026-01-31 12:00", "2026-11-30T16:00:00Z"),
        ("2026-02-28 12:00", "2026-12-31T16:00:00Z"),
    ],
)
def test_it_runs_out_in_less_than_a_year_and_is_the_same_all_month(now, expires):
    moment = datetime.fromisoformat(now).replace(tzinfo=ZoneInfo("Asia/Shanghai"))
    assert dict(fields(BUILD_NOW=moment))["Expires"] == expires
    end = datetime.fromisoformat(expires.replace("Z", "+00:00"))
    assert timedelta(days=300) < end - moment < timedelta(days=365)


def test_the_files_hold_up_to_the_end_of_the_month():
    with_date = settings(security="https://example.com/report/")
    assert until((), with_date).isoformat() == "2026-11-30T23:59:59+08:00"
    assert until((), settings()).year == 9999


@pytest.mark.parametrize("contact", ["a@example.com", "http://example.com/", "mailto:a", "请来信"])
def test_a_contact_that_nobody_could_use_is_refused(contact):
    with pytest.raises(_facts.RefusalError, match=r"HOSTING\[\"security\"\]写成了“"):
        settings(security=contact)


# ---- llms.txt ----


def test_a_language_model_is_told_what_the_site_is_and_where_its_texts_are():
    cards = (
        card("about", kind="page", title="关于", summary="本站是什么。"),
        card("t", kind="topic", title="服务商", summary=""),
        card("a", title="文章"),
    )
    assert files(cards=cards, CHANNELS=CHANNELS[:1])["llms.txt"].splitlines() == [
        "# 掌柜志",
        "",
        "> 写给卖家。",
        "",
        "## 全文",
        "",
        "- [JSON Feed](https://example.com/zhi/feeds/feed.json)：最近的文章，全文",
        "- [Atom](https://example.com/zhi/feeds/atom.xml)：同上；每个频道、作者、专题也各有一份",
        "- [站点地图](https://example.com/zhi/sitemap.xml)：全部文章的网址和改动时间",
        "",
        "## 频道",
        "",
        "- [直播电商](https://example.com/zhi/channel/live/)",
        "",
        "## 专题",
        "",
        "- [服务商](https://example.com/zhi/topic/t/)",
        "",
        "## 关于本站",
        "",
        "- [关于](https://example.com/zhi/about/)：本站是什么。",
    ]


def test_a_new_article_changes_none_of_these_files():
    assert files(cards=(card("a"),)) == files(cards=(card("a"), card("b", title="新")))
