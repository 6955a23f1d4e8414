import pytest

HEAD = "标题: {title}\n日期: 2026-11-22 09:30:00\n频道: {channel}\n\n正文的第一段。\n"


def test_every_problem_is_shown_with_its_place_and_counted(tiny, run):
    data = tiny / "content/data"
    data.mkdir()
    (data / "channels.toml").write_text(
        '[[channel]]\nname = "电商资讯"\naddress = "news"\nabout = "新闻"\n', encoding="utf-8"
    )
    folder = tiny / "content/articles/2026/11"
    folder.mkdir(parents=True)
    good, bad = folder / "good.md", folder / "bad.md"
    good.write_text(HEAD.format(title="好", channel="电商资讯"), encoding="utf-8")
    result = run("press", "check")
    assert (result.returncode, result.stdout) == (0, "检查了1个文件，没有发现问题。\n")

    bad.write_text(HEAD.format(title="坏", channel="电商咨询"), encoding="utf-8")
    result = run("press", "check")
    assert result.returncode == 1
    assert result.stdout.startswith("content/articles/2026/11/bad.md:3:")
    assert result.stderr == "检查了2个文件，共1处问题。\n"

    assert run("press", "check", "content/articles/2026/11/good.md").returncode == 0


@pytest.mark.usefixtures("tiny")
def test_a_file_that_is_not_of_the_content_is_named(run):
    result = run("press", "check", "pelicanconf.py")
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == "pelicanconf.py不是content/里的文件；不写文件名，就检查全部\n"
