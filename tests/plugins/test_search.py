from plugins import _data, _facts
from plugins.search import Settings, channels_of, pages, searched
from tests.plugins.conftest import CHANNELS, ROOT, body_of, card, in_order

SETTINGS = Settings(
    SITEURL="https://example.org/repo", THEME=str(ROOT / "theme"), CHANNELS=CHANNELS
)


def made(*cards, settings=SETTINGS):
    return {page.save_as: page for page in pages(in_order(*cards), settings, body_of)}


def page(*cards, **changes):
    return made(*cards, settings=Settings(**vars(SETTINGS) | changes))["search/index.html"].data


def test_the_page_tells_which_volumes_there_are_and_of_which_years():
    told = page(card("a", "2025-03-01"), card("b", "2026-01-01"), card("c", "2026-02-01"))
    assert told["volumes"] == "1600-01-8192:2025,1:2026,2"
    assert told["years"] == [2026, 2025]


def test_a_page_without_a_date_has_no_year_to_choose():
    assert page(card("a", "1970-01-01", kind="page"))["years"] == []


def test_a_site_without_texts_has_a_page_all_the_same():
    assert page()["volumes"] == ""


def test_what_was_withdrawn_is_not_searched():
    files = made(card("a"), card("b")._replace(kind="withdrawn"))
    (volume,) = (file for file in files.values() if isinstance(file, _facts.Woven))
    assert [found.path for found, _ in volume.texts] == ["articles/2026/11/a.md"]


def test_to_choose_a_channel_is_to_choose_those_below_it():
    assert channels_of(CHANNELS) == [("1", "直播电商"), ("2,3", "法规"), ("3", "税务")]


def test_channels_have_no_other_names():
    assert channels_of([_data.Channel(name="甲", address="a")]) == [("1", "甲")]


def test_the_script_has_a_new_address_when_it_changes(tmp_path):
    (tmp_path / "static").mkdir()
    addresses = set()
    for content in ("1", "2"):
        (tmp_path / "static/search.js").write_text(content)
        addresses.add(page(THEME=str(tmp_path))["script"])
    assert len(addresses) == 2
    assert all(address.startswith("theme/search.js?") for address in addresses)


def test_a_theme_without_the_script_has_no_search(tmp_path):
    bare = Settings(**vars(SETTINGS) | {"THEME": str(tmp_path)})
    assert made(card("a"), settings=bare) == {}
    assert not searched(bare)
    assert searched(SETTINGS)


def test_a_search_engine_is_asked_for_this_site_only_if_the_publisher_names_it():
    assert page()["outside"] == []
    engine = {"必应": "https://cn.bing.com/search?q=site:{host}"}
    assert page(outside=engine)["outside"] == [
        ("必应", "https://cn.bing.com/search?q=site:example.org")
    ]


def test_the_table_of_traditional_characters_is_published_beside_the_index():
    table = (ROOT / "plugins/traditional.txt").read_bytes()
    assert made()["search/traditional.txt"].content == table
    assert "電电".encode() in table
