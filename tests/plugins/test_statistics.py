import pytest

from plugins._facts import RefusalError
from plugins.statistics import Settings, statistics


def test_nobody_is_counted_by_default():
    assert statistics(Settings()) is None


def test_a_script_comes_with_its_attributes():
    found = statistics(Settings(script="https://s.example.com/s.js", attributes={"data-id": "1"}))
    assert found == ("https://s.example.com/s.js", {"data-id": "1"})


@pytest.mark.parametrize("script", ["http://e.cn/s.js", "//e.cn/s.js", "s.js", "javascript:1"])
def test_a_script_that_is_not_https_is_refused(script):
    with pytest.raises(RefusalError, match="STATISTICS 的 script"):
        Settings(script=script)
