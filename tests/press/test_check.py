"""``make check``: what an editor is told, in which form, and the exit status."""

import re

import pytest

HEAD = "标题: {title}\n日期: 2026-11-22 09:30:00\n频道: {channel}\n\n{text}\n"
TITLE = "电商法给开店的人定了哪几条"
CHANNELS = '[[channel]]\nname = "电商资讯"\naddress = "news"\nabout = "新闻"\n'
ALL_IN_ORDER = 'GATE = {"required": {"article": []}}\n'


@pytest.fixture
def desk(tiny):
    """A tiny site with a channel; write articles into it by their names."""
    data = tiny / "content/data"
    data.mkdir()
    (data / "channels.toml").write_text(CHANNELS, encoding="utf-8")
    (tiny / "content/one.md").unlink()
    (tiny / "content/articles/2026/11").mkdir(parents=True)

    def write(name, title="", channel="电商资讯", text="正文的第一段。"):
        article = HEAD.format(title=title or f"{TITLE}（{name}）", channel=channel, text=text)
        (tiny / f"content/articles/2026/11/{name}.md").write_text(article, encoding="utf-8")

    def settings(lines):
        with (tiny / "pelicanconf.py").open("a", encoding="utf-8") as file:
            file.write(lines)

    write.settings = settings
    return write


def test_nothing_wrong(desk, run):
    desk.settings(ALL_IN_ORDER)
    desk("good")
    result = run("press", "check")
    assert (result.returncode, result.stdout) == (0, "检查了1个文件，没有发现问题。\n")


def test_every_problem_is_shown_with_its_place_and_counted(desk, run):
    desk.settings(ALL_IN_ORDER)
    desk("good")
    desk("bad", channel="电商咨询", text="[链接](none.md)")
    desk("worse", title=f"<b>{TITLE}</b>")
    result = run("press", "check")
    assert result.returncode == 1
    assert result.stdout == (
        "content/articles/2026/11/bad.md:3:1: 没有“电商咨询”这个频道；是不是“电商资讯”？（频道写在 data/channels.toml）\n"
        "content/articles/2026/11/bad.md:5:4: 找不到链接“none.md”的文件，请写出它相对于本文的路径；外站地址以https://开头\n"
        "\n"
        "content/articles/2026/11/worse.md:1:5: 不能有HTML标签“<b>”：请删去；要写尖括号本身，请用“＜”“＞”\n"
        "content/articles/2026/11/worse.md:1:21: 不能有HTML标签“</b>”：请删去；要写尖括号本身，请用“＜”“＞”\n"
    )
    assert result.stderr == "检查了3个文件，2个文件里有4处错误。\n"


def test_a_site_of_another_name_hears_where_ours_is_left(desk, run):
    desk.settings(ALL_IN_ORDER)
    desk("good", text="见关于页。\n\n这里是掌柜志的正文。")
    assert run("press", "check").stdout == (
        "content/articles/2026/11/good.md:7:4: 提醒（borrowed-name）：这里还写着“掌柜志”，站名却是“小站”；"
        "请换成自己的，或删去\n"
    )
    desk.settings('SITENAME = "掌柜志"\n')
    assert run("press", "check").stdout == "检查了1个文件，没有发现问题。\n"


def test_a_picture_that_has_to_be_renamed_is_told_once(desk, run, tiny):
    desk.settings(ALL_IN_ORDER)
    folder = tiny / "content/pictures/2026/11"
    folder.mkdir(parents=True)
    for name in ("竹 篮.JPG", "x.PNG", "y.heic"):
        (folder / name).write_bytes(b"")
    assert [line for line in run("press", "check").stdout.split("\n") if line] == [
        "content/pictures/2026/11/x.PNG:1:1: 扩展名要小写：请把文件改名为“x.png”",
        "content/pictures/2026/11/y.heic:1:1: 浏览器打不开.heic：请在手机相册或看图软件里导出为JPEG，再放进来",
        "content/pictures/2026/11/竹 篮.JPG:1:1: 文件名“竹 篮.JPG”里不能有“ ”：只用文字、数字、“-”“_”和“.”，如“竹-篮.jpg”",
    ]


def test_a_dossier_that_is_not_there_is_told_as_a_build_tells_it(desk, run, tiny):
    desk.settings(ALL_IN_ORDER + 'PLUGINS = ["plugins.reader", "plugins.topics"]\n')
    (tiny / "content/topics").mkdir()
    (tiny / "content/topics/kuai-di.md").write_text("标题: 快递十年\n\n引言。\n", encoding="utf-8")
    desk("good", channel="电商资讯\n专题: 快递十年")
    desk("bad", channel="电商资讯\n专题: 快递十五年")
    desk("draft", channel="电商资讯\n专题: 没有的\n状态: 草稿")
    result = run("press", "check")
    assert result.returncode == 1
    assert result.stdout == (
        "content/articles/2026/11/bad.md:4:1: 没有“快递十五年”这个专题；是不是“快递十年”？\n"
    )


def test_one_file_alone(desk, run):
    desk.settings(ALL_IN_ORDER)
    desk("good")
    desk("bad", channel="电商咨询")
    assert run("press", "check", "content/articles/2026/11/good.md").returncode == 0
    assert run("press", "check", "content/articles/2026/11/bad.md").returncode == 1


def test_a_title_that_stands_twice_is_told_of_one_file_alone(desk, run):
    desk.settings(ALL_IN_ORDER)
    desk("a", title=TITLE)
    desk("b", title=TITLE)
    desk("c")
    told = (
        "content/articles/2026/11/b.md:1:1: 提醒（same-title）：“电商资讯”里已有同题的文章"
        "content/articles/2026/11/a.md：读者分不清，请给一篇换个标题\n"
    )
    for names in ((), ("b",), ("b", "c")):
        files = [f"content/articles/2026/11/{name}.md" for name in names]
        result = run("press", "check", *files)
        assert (result.returncode, result.stdout) == (0, told)
    fine = "检查了1个文件，没有发现问题。\n"
    assert run("press", "check", "content/articles/2026/11/c.md").stdout == fine


def test_a_warning_is_told_and_stops_nothing(desk, run):
    desk("good")
    desk.settings('GATE = {"required": {"article": ["author"]}}\n')
    result = run("press", "check")
    assert result.returncode == 0
    assert result.stdout == (
        "content/articles/2026/11/good.md:1:1: 提醒（required）：缺少“作者”（author）：请加一行“作者: ……”\n"
    )
    assert result.stderr == "检查了1个文件，1个文件里有1处提醒。\n"


def test_a_publisher_makes_it_an_error(desk, run):
    desk("good")
    desk.settings('GATE = {"levels": {"required": "error"}, "required": {"article": ["author"]}}\n')
    result = run("press", "check")
    assert result.returncode == 1
    assert "提醒" not in result.stdout


def test_a_publisher_switches_it_off(desk, run):
    desk("good")
    desk.settings('GATE = {"levels": {"required": "off"}}\n')
    assert run("press", "check").stdout == "检查了1个文件，没有发现问题。\n"


MISTAKES = {
    'GATE = {"level": {}}': "GATE 里没有“level”这一项；是不是 levels？",
    'GATE = {"levels": {"requird": "off"}}': "“requird”这一项；是不是 required？",
    'GATE = {"levels": {"required": "warn"}}': "写成了“warn”；可以写 off、warning、error",
    'GATE = {"required": {"article": ["autor"]}}': "“autor”这一项；是不是 author？",
    'GATE = {"required": {"page": ["channel"]}}': '["page"] 里没有“channel”这一项',
    'GATE = {"required": {"article": "author"}}': "写成了 'author'；要写成 (",
    'GATE = {"levels": "off"}': "GATE[\"levels\"] 写成了 'off'；要写成一个字典",
}


@pytest.mark.parametrize(("line", "told"), MISTAKES.items(), ids=MISTAKES)
def test_a_setting_that_nobody_knows_is_refused(desk, run, line, told):
    desk("good")
    desk.settings(f"{line}\n")
    result = run("press", "check")
    assert result.returncode == 1
    assert re.match(r"pelicanconf\.py:9:\d+: GATE", result.stdout)
    assert told in result.stdout


def test_the_commonest_kinds_come_first_in_the_summary(desk, run):
    desk.settings(ALL_IN_ORDER)
    desk("a", text="[甲](a1.md)和[乙](b1.md)\n\n# 题")
    desk("b", text="[丙](c1.md)\n\n# 题")
    desk("c", text="[丁](d1.md)")
    result = run("press", "check")
    assert result.stderr.splitlines() == [
        "检查了3个文件，3个文件里有6处错误。",
        "最多的几种：",
        "     4处 找不到链接“…”的文件，请写出它相对于本文的路径",
        "     2处 一级标题留给文章的题目，这里请写“…”",
    ]


def test_annotations_for_a_workflow(desk, run):
    desk("bad", title="电商法里的A,B:100%要写成哪样<b>", text="正文。\n\n[链接](none,50%.md)")
    desk.settings('GATE = {"required": {"article": ["author"]}}\n')
    result = run("press", "check", "--format", "github")
    assert result.returncode == 1
    assert result.stdout.splitlines() == [
        "::error file=content/articles/2026/11/bad.md,line=1,col=23,title=错误（metadata）::"
        "不能有HTML标签“<b>”：请删去；要写尖括号本身，请用“＜”“＞”",
        "::error file=content/articles/2026/11/bad.md,line=7,col=4,title=错误（markup）::"
        "找不到链接“none,50%25.md”的文件，请写出它相对于本文的路径；外站地址以https://开头",
    ]


@pytest.mark.usefixtures("tiny")
def test_a_file_that_is_not_of_the_content_is_named(run):
    result = run("press", "check", "pelicanconf.py")
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == "pelicanconf.py不是content/里的文件；不写文件名，就检查全部\n"


def test_a_mistake_in_the_data_is_told(desk, run, tiny):
    desk("good")
    (tiny / "content/data/authors.toml").write_text('[[author]]\nname = "甲"\n', encoding="utf-8")
    result = run("press", "check")
    assert result.returncode == 1
    assert result.stdout.startswith(
        "content/data/authors.toml:2:1: 第 1 个 [[author]]：缺少 address"
    )


def test_a_commit_hook_may_name_any_file_of_the_content(desk, run, tiny):
    desk.settings(ALL_IN_ORDER)
    desk("good")
    (tiny / "content/README.md").write_text("写稿指南", encoding="utf-8")
    (tiny / "content/jd.md").write_text("放错了地方", encoding="utf-8")
    fine = run("press", "check", "content/README.md", "content/data/channels.toml")
    assert (fine.returncode, fine.stdout) == (0, "检查了2个文件，没有发现问题。\n")
    stray = run("press", "check", "content/jd.md")
    assert stray.returncode == 1
    assert stray.stdout.startswith("content/jd.md:1:1: 这里的稿件不会发布")


def test_what_a_plugin_refuses_is_told_as_a_build_tells_it(ours, run):
    article = next((ours / "content/articles").rglob("*.md"))
    text = article.read_text(encoding="utf-8")
    article.write_text(text.replace("\n日期", "\n许可: WTFPL\n日期", 1), encoding="utf-8")
    result = run("press", "check", cwd=ours)
    assert result.returncode == 1
    assert "不认识许可“WTFPL”" in result.stdout
