import pytest

from plugins import _facts
from plugins.verification import Settings, verification
from tests.plugins.conftest import written


@pytest.mark.parametrize(
    ("engine", "name"),
    [
        ("google", "google-site-verification"),
        ("bing", "msvalidate.01"),
        ("baidu", "baidu-site-verification"),
        ("qihoo", "360-site-verification"),
        ("sogou", "sogou_site_verification"),
    ],
)
def test_each_engine_finds_its_tag(engine, name):
    assert list(verification(Settings(**{engine: "codeva-1A2b"}))) == [(name, "codeva-1A2b")]


def test_without_codes_there_is_no_tag():
    assert list(verification(Settings())) == []


@pytest.mark.parametrize(
    "code", ['<meta name="google-site-verification" content="abcd">', 'abcd"><script>', "一二三四"]
)
def test_what_is_no_code_is_refused(code):
    with pytest.raises(_facts.RefusalError, match="只写content里的那一串"):
        Settings(baidu=code)


def test_the_tags_stand_on_the_front_page_alone(small):
    site = small({"articles/2026/11/a.md": written()})
    built = site.build(settings='VERIFICATION = {"baidu": "codeva-1A2b"}')
    assert (built.returncode, built.stderr) == (0, "")
    told = [path for path, page in site.pages() if "baidu-site-verification" in page]
    assert told == ["index.html"]
