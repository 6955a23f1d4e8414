from plugins.hosting import Settings, pages
from tests.plugins.conftest import ROOT, no_bodies


def files(theme=ROOT / "theme", **given):
    made = pages((), Settings(THEME=str(theme), **given), no_bodies)
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
