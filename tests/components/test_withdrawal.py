from plugins._card import Correction
from tests.components.conftest import make_card, text


def test_it_says_when_and_why_and_nothing_of_the_article(render):
    card = make_card(kind="withdrawn", withdrawal=Correction("2026-11-27", "主要数字<有误>。"))
    shown = render("withdrawal", card, "..")
    assert text(shown) == (
        "这里原有一篇文章，2026-11-22发布，2026-11-27撤回，内容不再提供。"
        "撤回原因：主要数字<有误>。更正与撤稿记录"
    )
    assert shown.find(".//a").get("href") == "../corrections/"
