from plugins._card import Picture

PHOTO = Picture("pictures/x.jpg", 1200, 800, "货架", "0123456789")
DRAWING = Picture("pictures/x.svg", 780, 440, "柱状图")
SIZES = "(min-width:992px) 684px,100vw"


def test_a_browser_chooses_form_and_size(render):
    shown = render("picture", PHOTO, "..", SIZES)
    source, image = shown.find(".//source"), shown.find(".//img")
    assert source.get("type") == "image/avif"
    assert source.get("srcset") == PHOTO.srcset("avif", "../")
    assert image.get("srcset") == PHOTO.srcset("jpg", "../")
    assert {source.get("sizes"), image.get("sizes")} == {SIZES}


def test_a_browser_that_chooses_nothing_gets_a_jpeg_of_the_column(render):
    image = render("picture", PHOTO, "..", SIZES).find(".//img")
    assert image.get("src") == "../pictures/x.jpg.0123456789-780.jpg"


def test_its_place_is_kept_free(render):
    image = render("picture", PHOTO, "..", SIZES).find(".//img")
    assert (image.get("width"), image.get("height")) == ("1200", "800")


def test_only_the_lead_is_loaded_at_once(render):
    lead = render("picture", PHOTO, "..", SIZES, lead=True).find(".//img")
    other = render("picture", PHOTO, "..", SIZES).find(".//img")
    assert (lead.get("fetchpriority"), lead.get("loading")) == ("high", None)
    assert (other.get("fetchpriority"), other.get("loading")) == (None, "lazy")


def test_a_drawing_is_shown_as_it_is(render):
    shown = render("picture", DRAWING, ".", SIZES)
    image = shown.find("img")
    assert (image.get("src"), image.get("srcset")) == ("./pictures/x.svg", None)
    assert image.get("alt") == "柱状图"


def test_a_tap_shows_all_of_it(render):
    link = render("picture", PHOTO, "..", SIZES, large=True).find("a")
    assert link.get("href") == "../pictures/x.jpg.0123456789-1200.jpg"
    assert link.get("aria-label") == "看大图：货架"


def test_what_the_page_shows_in_full_leads_nowhere(render):
    assert render("picture", PHOTO._replace(width=780), "..", SIZES, large=True).find("a") is None
