from plugins.reader import Settings
from tests.plugins.conftest import CHANNELS, NOW, written

SECRET = {
    "articles/2026/11/draft.md": written(
        "标题: 密稿甲\n状态: 草稿\n标签: 密签\n作者: 密人\n系列: 密集", "密文甲。"
    ),
    "articles/2026/12/future.md": written(
        "标题: 密稿乙\n日期: 2026-12-01 08:00\n标签: 密签", "密文乙。"
    ),
    "flash/2026/11/draft.md": written("标题: 密稿丙\n状态: 草稿", "密文丙。", "flash"),
    "pages/draft.md": written("标题: 密稿丁\n状态: 草稿", "密文丁。", "page"),
    "topics/draft.md": written("标题: 密稿戊\n状态: 草稿", "密文戊。", "topic"),
}


def test_a_head_may_use_the_names_of_the_data_files():
    settings = Settings(
        PATH="content",
        TIMEZONE="Asia/Shanghai",
        BUILD_NOW=NOW,
        CHANNELS=CHANNELS,
        AUTHORS=(),
        TAGS={"权利": "quan-li-right"},
    )
    assert settings.names.channel("税务").url == "channel/tax/"
    assert settings.names.tag("权利").url == "tag/quan-li-right/"
    assert settings.names.author("甲").url == "author/jia/"


def test_drafts_and_the_future_leave_no_byte(small):
    site = small({**SECRET, "articles/2026/11/a.md": written()})
    built = site.build()
    assert (built.returncode, built.stderr) == (0, "")
    files = site.files()
    assert [path for path, content in files.items() if "密".encode() in content] == []
    assert [
        path for path in files if "draft" in path or "future" in path or "2026/12" in path
    ] == []


def test_a_preview_shows_them(small):
    site = small(SECRET)
    built = site.build(PREVIEW="1")
    assert built.returncode == 0, built.stderr
    pages = dict(site.pages())
    assert "密文甲。" in pages["2026/11/draft/index.html"]
    assert "密文乙。" in pages["2026/12/future/index.html"]
    assert "密文丙。" in pages["flash/2026/11/draft/index.html"]
    assert "密稿丁" in pages["draft/index.html"]
    assert "密稿戊" in pages["topic/draft/index.html"]
