from plugins._card import Picture
from plugins.ads import Ad
from tests.components.conftest import text

AD = Ad("账本软件新版", "https://example.com/", None, "某软件公司")


def test_an_ad_says_that_it_is_one_and_who_pays(render):
    assert text(render("ad", AD, "..")).startswith("广告某软件公司")


def test_its_link_passes_nothing_on(render):
    (link,) = render("ad", AD, "..").iter("a")
    assert link.get("rel") == "sponsored nofollow noopener"


def test_its_picture_has_its_size(render):
    picture = Picture("pictures/a.png", 640, 100, "账本")
    (image,) = render("ad", AD._replace(picture=picture), "..").iter("img")
    assert (image.get("src"), image.get("width"), image.get("alt")) == (
        "../pictures/a.png",
        "640",
        "账本",
    )


def test_an_empty_slot_is_nothing(render):
    assert text(render("ad", None, "..")) == ""
