from types import SimpleNamespace

from tests.components.conftest import text

ADDRESS = "https://example.com/2026/11/x/"


def links(shown):
    return {link.text: link.get("href") for link in shown.iter("a")}


def test_ways_to_share(render):
    share = SimpleNamespace(page="2026/11/x/share/", query="甲%26乙")
    shown = render("share", share, ADDRESS, "../../..")
    assert text(shown) == "分享：微信、二维码和海报微博"
    assert links(shown) == {
        "微信、二维码和海报": "../../../2026/11/x/share/",
        "微博": f"https://service.weibo.com/share/share.php?title=甲%26乙&url={ADDRESS}",
    }


def test_nobody_elsewhere_learns_what_was_read(render):
    shown = render("share", SimpleNamespace(page="", query="甲"), ADDRESS, "..")
    (link,) = shown.iter("a")
    assert link.get("rel").split() == ["nofollow", "noopener", "noreferrer"]


def test_an_old_text_has_no_page_for_sharing(render):
    shown = render("share", SimpleNamespace(page="", query="甲"), ADDRESS, "..")
    assert text(shown) == "分享：微博"
