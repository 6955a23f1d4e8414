from plugins.corrections import Entry
from tests.components.conftest import text

DAYS = [
    (
        "2026-11-23",
        [Entry("2026-11-23", "“70%”应为“65%”。", "甲文", "2026/11/a/", withdrawn=False)],
    ),
    (
        "2026-11-20",
        [Entry("2026-11-20", "数字有误。", "/2026/11/b/", "2026/11/b/", withdrawn=True)],
    ),
]


def test_each_has_its_day_its_text_and_its_article(render):
    shown = render("record", DAYS, ".")
    assert text(shown) == "2026-11-23甲文“70%”应为“65%”。2026-11-20撤稿/2026/11/b/数字有误。"
    assert [node.get("href") for node in shown.iter("a")] == ["./2026/11/a/", "./2026/11/b/"]
    assert [node.text for node in shown.iter("time")] == ["2026-11-23", "2026-11-20"]
