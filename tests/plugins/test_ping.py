import pytest

from plugins import _facts
from plugins.ping import Settings, pages
from tests.plugins.conftest import contents, no_bodies

KEY = "0a1b2c3d-4e5f"


def test_the_key_stands_in_a_file_of_its_name():
    assert contents(pages((), Settings(key=KEY), no_bodies)) == {f"{KEY}.txt": KEY}


def test_without_a_key_there_is_no_file():
    assert contents(pages((), Settings(), no_bodies)) == {}


@pytest.mark.parametrize("key", ["short", "with space", "../../etc", "密钥密钥密钥密钥", "a" * 129])
def test_a_key_that_indexnow_would_refuse_is_refused(key):
    with pytest.raises(_facts.RefusalError, match=r'PING\["key"\]要有8～128个'):
        Settings(key=key)


def test_an_address_of_an_engine_is_whole():
    with pytest.raises(_facts.RefusalError, match="要写完整的网址"):
        Settings(baidu_address="data.zz.baidu.com/urls")
