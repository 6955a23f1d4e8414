import pytest

from plugins import _data
from plugins._card import Link
from plugins._facts import RefusalError
from plugins.lists import Settings, channels, pages
from tests.plugins.conftest import CHANNELS, card, credit, days, in_order, no_bodies

LAW, TAX = Link("法规", "channel/law/"), Link("税务", "channel/tax/")
SETTINGS = Settings(
    CHANNELS=CHANNELS,
    AUTHORS=(_data.Author(name="甲", address="jia", about="写规则的人。"),),
    size=3,
)


def lists(*cards):
    return {page.save_as: page for page in pages(in_order(*cards), SETTINGS, no_bodies)}


def paths(page):
    return [item.path for item in page.data["cards"]]


def test_the_menu_has_the_upper_channels_in_the_files_order():
    assert [subject.name for subject in channels(SETTINGS)] == ["直播电商", "法规"]


def test_every_channel_has_its_page_also_an_empty_one():
    assert {"channel/live/index.html", "channel/law/index.html", "channel/tax/index.html"} <= set(
        lists()
    )


def test_a_list_without_articles_names_no_feed():
    assert lists()["channel/law/index.html"].data["subject"].feed == ""
    assert lists(card("a", channel=LAW))["channel/law/index.html"].data["subject"].feed


def test_an_upper_channel_lists_its_lower_channels_articles():
    law, tax = card("law", channel=LAW), card("tax", "2026-11-21", channel=TAX)
    found = lists(law, tax)
    assert paths(found["channel/law/index.html"]) == [law.path, tax.path]
    assert paths(found["channel/tax/index.html"]) == [tax.path]


def test_a_lower_channel_stands_below_its_upper_one():
    trail = lists()["channel/tax/index.html"].data["trail"]
    assert [link.name for link in trail] == ["首页", "法规"]


def test_channels_list_articles_only():
    flash = card("f", kind="flash", channel=Link("直播电商", "channel/live/"))
    assert paths(lists(flash)["channel/live/index.html"]) == []


def test_a_pinned_article_stands_first_and_the_others_by_time():
    new, middle, old = days(3)
    found = lists(new, middle, old._replace(pinned=True))["channel/live/index.html"]
    assert paths(found) == [old.path, new.path, middle.path]


def test_tags_and_authors_keep_the_order_of_time_whatever_is_pinned():
    tag = Link("快手", "tag/kuai-shou/")
    new, old = (one._replace(tags=(tag,)) for one in days(2))
    found = lists(new, old._replace(pinned=True))["tag/kuai-shou/index.html"]
    assert paths(found) == [new.path, old.path]


def test_a_pinned_article_stays_on_its_numbered_page():
    cards = [*days(9)[:-1], days(9)[-1]._replace(pinned=True)]
    found = lists(*cards)
    assert cards[-1].path in paths(found["channel/live/page/1/index.html"])
    assert cards[-1].path not in paths(found["channel/live/index.html"])


def test_a_tag_lists_articles_and_flash_items():
    tag = Link("快手", "tag/kuai-shou/")
    article, flash = card("a", tags=(tag,)), card("b", "2026-11-21", kind="flash", tags=(tag,))
    assert paths(lists(article, flash)["tag/kuai-shou/index.html"]) == [article.path, flash.path]


def test_tags_are_counted_the_commonest_first():
    one, two = Link("快手", "tag/kuai-shou/"), Link("京东", "tag/jing-dong/")
    found = lists(card("a", tags=(one, two)), card("b", tags=(two,)))["tag/index.html"]
    assert found.data["tags"] == [(two, 2), (one, 1)]


def test_the_page_of_tags_stands_also_without_any():
    assert lists()["tag/index.html"].data["tags"] == []


def test_a_dossier_carries_its_tags_into_no_list():
    assert "tag/kuai-shou/index.html" not in lists(
        card(kind="topic", tags=(Link("快手", "tag/kuai-shou/"),))
    )


def test_everyone_of_a_byline_has_a_page_and_an_article_stands_there_once():
    both = (credit("甲", "jia"), credit("甲", "jia", "图"), credit("乙", "yi", "责编"))
    found = lists(card("a", credits=both))
    assert paths(found["author/jia/index.html"]) == paths(found["author/yi/index.html"]) != []
    assert len(paths(found["author/jia/index.html"])) == 1


def test_an_author_is_described():
    found = lists(card("a", credits=(credit("甲", "jia"),)))
    assert found["author/jia/index.html"].data["subject"].about == "写规则的人。"


@pytest.mark.parametrize(
    ("field", "one", "two", "file"),
    [
        ("tags", Link("权力", "tag/quan-li/"), Link("权利", "tag/quan-li/"), "tags.toml"),
        ("credits", credit("张毅", "zhang-yi"), credit("张一", "zhang-yi"), "authors.toml"),
    ],
)
def test_two_names_of_one_address_are_refused(field, one, two, file):
    cards = card("a", **{field: (one,)}), card("b", **{field: (two,)})
    with pytest.raises(RefusalError) as refusal:
        lists(*cards)
    (message,) = refusal.value.messages
    assert message.startswith("content/articles/2026/11/")
    assert one.name in message
    assert two.name in message
    assert file in message


def test_no_two_pages_have_one_address():
    cards = [item._replace(tags=(Link("甲", "tag/jia/"),)) for item in days(20)]
    found = [page.save_as for page in pages(tuple(cards), SETTINGS, no_bodies)]
    assert len(found) == len(set(found))


def test_a_new_article_rewrites_no_numbered_page_but_its_neighbours_link():
    def numbered(cards):
        return {at: page.data["cards"] for at, page in lists(*cards).items() if "/page/" in at}

    cards = days(30)
    before, after = numbered(cards[1:]), numbered(cards)
    assert before
    assert before.items() <= after.items()


def test_an_index_of_headlines_is_longer_than_a_channel_with_summaries():
    tag = Link("甲", "tag/jia/")
    cards = [item._replace(tags=(tag,)) for item in days(12)]
    settings = Settings(CHANNELS=CHANNELS, size=2, index=5)
    found = {page.save_as: page for page in pages(tuple(cards), settings, no_bodies)}
    assert len(paths(found["channel/live/page/1/index.html"])) == 2
    assert len(paths(found["tag/jia/page/1/index.html"])) == 5
