from datetime import datetime

from plugins._card import Subject
from tests.components.conftest import text

DAY = datetime(2026, 11, 28, 4, 46)


def test_each_dossier_with_its_words_count_and_newest_day(render):
    subject = Subject("服务商", "topic/fuwushang/", "谁替谁开店。", "")
    shown = render("dossiers", [(subject, 3, DAY)], "..")
    assert text(shown) == "服务商谁替谁开店。3篇最新2026-11-28"
    assert shown.find(".//h2/a").get("href") == "../topic/fuwushang/"
    assert shown.find(".//time").get("datetime") == "2026-11-28"


def test_one_without_articles_and_words(render):
    shown = render("dossiers", [(Subject("新的", "topic/xin/", "", ""), 0, None)], "..")
    assert text(shown) == "新的还没有文章"
