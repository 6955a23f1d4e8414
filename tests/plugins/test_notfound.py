import pytest

from plugins.notfound import Settings, pages
from tests.plugins.conftest import no_bodies


@pytest.mark.parametrize(
    ("siteurl", "root"),
    [
        ("https://example.com", ""),
        ("https://example.com/", ""),
        ("https://example.com/repo", "/repo"),
        ("https://example.com/a/b/", "/a/b"),
    ],
)
def test_the_page_links_from_the_sites_own_path(siteurl, root):
    (page,) = pages((), Settings(SITEURL=siteurl), no_bodies)
    assert (page.save_as, page.data["SITEURL"], page.relative) == ("404.html", root, False)
