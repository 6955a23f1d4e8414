"""What a publisher is told of a wrong setting, in the very file of this site."""

from pathlib import Path

import pytest

from plugins._facts import RefusalError
from press import settings, values
from press.gate import gate_of, report
from tests.press.conftest import ROOT, tree

FILE = (ROOT / "pelicanconf.py").read_text(encoding="utf-8")
NAME = 'SITENAME = "掌柜志"'
URL = 'os.environ.get("SITEURL", "http://127.0.0.1:8000").rstrip("/")'
FRIENDS = "FRIENDS: list[tuple[str, str]] = []"
ABOUT = '    ("关于", "about/"),'
NO_PYTHON = "代码里不能有全角的标点；引号、逗号、括号、等号都换成半角的"
COMMA = "多半少了一个逗号；各项之间都要有半角逗号"
PAIR = '("名称", "https://example.com/")'

# What stands in the file, what a publisher makes of it, where it is told (or "": the place of what
# was written), what is told.
CASES = [
    (NAME, "SITENAME = “我的站”", "SITENAME = ", NO_PYTHON),
    (NAME, 'SITENAME： "我的站"', "SITENAME", NO_PYTHON),
    (NAME, 'SITENAME = "我的站', "SITENAME = ", "引号只有一半；请补上另一半"),
    (NAME, "SITENAME = 我的站", "", "不认识“我的站”；文字要加半角引号"),
    (NAME, "SITENAME = true", "", "不认识“true”；文字要加半角引号，是和否写True和False"),
    (NAME, '  SITENAME = "我的站"', None, "行首的空格不对；设置的名字要顶格写"),
    (NAME, 'SITENAME = ["我的站"]', "", "SITENAME 写成了['我的站']；要写成加引号的文字"),
    (NAME, 'SITENAME = " "', "", "SITENAME 空着；请写站名"),
    (NAME, 'SITENMAE = "我的站"', "", "SITENMAE 不是已知的设置；是不是 SITENAME？"),
    (NAME, 'SITE_NAME = "我的站"', "", "SITE_NAME 不是已知的设置；是不是 SITENAME？"),
    (URL, '"a.github.io/repo"', "", "SITEURL 写成了“a.github.io/repo”；要写完整的网址"),
    (URL, '"https:/a.github.io"', "", "SITEURL 写成了“https:/a.github.io”；要写完整的网址"),
    (URL, '"https://a.cn/index.html"', "", "SITEURL 写成了“https://a.cn/index.html”；只写到"),
    ('"contact@example.org"', '"mailto:a@b.cn"', "", "CONTACT_EMAIL 写成了“mailto:a@b.cn”"),
    ('"contact@example.org"', '"a＠b.cn"', "", "CONTACT_EMAIL 写成了“a＠b.cn”；要写一个邮箱"),
    ('"Asia/Shanghai"', '"Asia/Beijing"', "", "TIMEZONE 写成了“Asia/Beijing”；北京时间写"),
    ('"{title}-{site}"', '"{title}-{stie}"', "", "TITLE 写成了“{title}-{stie}”；花括号里只能写"),
    ('"{title}-{site}"', '"{site}"', "", "TITLE 写成了“{site}”；里面要有 {title}"),
    (FRIENDS, f"FRIENDS = {PAIR}", "FRIENDS = (", "FRIENDS 第1项 写成了“名称”；要写成"),
    (FRIENDS, 'FRIENDS = [("名", "a.cn")]', "FRIENDS = [", "FRIENDS 第1项 写成了“a.cn”；要以"),
    (FRIENDS, 'FRIENDS = "https://a.cn"', "", "FRIENDS 写成了“https://a.cn”；要写成一个列表"),
    (ABOUT, '    ("关于", "about/")', None, COMMA),
    (ABOUT, '    ("关于"， "about/"),', '    ("关于"', NO_PYTHON),
    (ABOUT, '    ("关于" "about/"),', "    (", "FOOTER_PAGES 第1项 写成了“关于about/”；要写成"),
    (ABOUT, '    ("关于", "/about/"),', "    ", "FOOTER_PAGES 第1项 写成了“/about/”；前面不加斜杠"),
    (
        ABOUT,
        '    ("微博", "https://a.cn"),',
        "    ",
        "FOOTER_PAGES 第1项 写成了“https://a.cn”；这里",
    ),
    (
        '"plugins.comments",',
        '"plugins.coments",',
        "",
        "PLUGINS 第20项 写成了“plugins.coments”；没有",
    ),
    ('"plugins.comments",', '"plugins.comments"', "", "PLUGINS 第20项 写成了“plugins.comments"),
    (
        'PSB, PSB_URL = "", ""',
        'PSB, PSB_URL = "京公网安备1号", ""',
        "",
        "PSB 有备案号，PSB_URL却空着",
    ),
    ('WECHAT_QR = ""', 'WECHAT_QR = "pictures/qr.png"', "", "WECHAT_QR 写成了“pictures/qr.png”"),
    ('ICP = ""', "ICP = 12345", "", "ICP 写成了12345；要写成加引号的文字"),
    ('LICENCE = {"de', 'LICENSE = {"de', "", "LICENSE 不是已知的设置；是不是 LICENCE？"),
    ('"separator": ">"', '"seperator": ">"', "", "BREADCRUMBS 里没有“seperator”这一项"),
    ('PATH = "content"', 'PATH = "contents"', "", "PATH 写成了“contents”；没有这个文件夹"),
    ('OUTPUT_PATH = "output"', 'OUTPUT_PATH = "."', "", "OUTPUT_PATH 写成了“.”；那里有稿件或程序"),
    ('TH = "output"', 'TH = "content/x"', "", "OUTPUT_PATH 写成了“content/x”；那里有稿件或程序"),
]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    return tmp_path


def told(site: Path, text: str | bytes) -> list[str]:
    """What the press says of a settings file."""
    path = site / "pelicanconf.py"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    try:
        settings.judge(settings.execute(path), path)
    except RefusalError as refusal:
        return [values.located(message, site) for message in refusal.messages]
    return []


def test_our_own_settings_are_right(site):
    assert told(site, FILE) == []


@pytest.mark.parametrize(("old", "new", "before", "message"), CASES, ids=[c[1] for c in CASES])
def test_a_wrong_setting_is_told_with_its_line_and_a_remedy(site, old, new, before, message):
    assert FILE.count(old) == 1
    spoilt = FILE.replace(old, new)
    found = told(site, spoilt)
    assert len(found) == 1
    assert message in found[0]
    line = FILE[: FILE.index(old)].count("\n") + 1
    assert found[0].startswith(f"pelicanconf.py:{line}:")
    if before:
        assert found[0].startswith(f"pelicanconf.py:{line}:{len(before) + 1}:")


@pytest.mark.parametrize("encoding", ["gbk", "utf-16"])
def test_a_file_of_another_encoding_says_so(site, encoding):
    assert "请另存为UTF-8" in told(site, FILE.encode(encoding))[0]


def test_a_byte_order_mark_does_no_harm(site):
    assert told(site, FILE.encode("utf-8-sig")) == []


RIGHT = [
    (URL, '"https://a.github.io/repo/"'),
    (URL, '"http://例子.中国:8080"'),
    (ABOUT, '    ["关于", "about/"],'),
    ('"contact@example.org"', '""'),
    (NAME, f'{NAME}\nMY_COLOUR = "red"'),
]


@pytest.mark.parametrize(("old", "new"), RIGHT, ids=[new for _, new in RIGHT])
def test_what_a_publisher_may_write_is_let_through(site, old, new):
    assert FILE.count(old) == 1
    assert told(site, FILE.replace(old, new)) == []


def test_all_that_is_wrong_is_told_at_once(site):
    assert len(told(site, FILE.replace(NAME, "SITENAME = 1").replace('ICP = ""', "ICP = 2"))) == 2


PLACES = [
    ('LABEL = {"default": "x"}\n', "pelicanconf.py: LABEL 的 default 写成了", (1, 10)),
    (
        '\nLABEL = {\n    "文字": 1, "default": "x"}\n',
        'pelicanconf.py: LABEL["default"] 写成了',
        (3, 14),
    ),
    (
        'GATE = {"levels": {"甲": "off"}}\n',
        'pelicanconf.py: GATE["levels"] 里没有“甲”这一项',
        (1, 20),
    ),
    ("A = 1\nPSB, PSB_URL = 1, 2\n", "pelicanconf.py: PSB_URL 写成了2", (2, 6)),
    ("A = 1\nA = 2\n", "pelicanconf.py: A 写成了2", (2, 1)),
    ("A = [1,\n     2]\n", "pelicanconf.py: A 第2项 写成了2", (2, 6)),
    ("A = 1\n", "pelicanconf.py: B 没有写", (1, 1)),
    ("A = (\n", "pelicanconf.py: A 写成了1", (1, 1)),
]


@pytest.mark.parametrize(("text", "message", "place"), PLACES, ids=[text for text, *_ in PLACES])
def test_a_message_gets_the_place_of_its_setting(site, text, message, place):
    (site / "pelicanconf.py").write_text(text, encoding="utf-8")
    found = report.parse(values.located(message, site))
    assert (found.path, found.line, found.column) == ("pelicanconf.py", *place)


def test_a_message_about_no_setting_stays_as_it_is():
    assert values.located("content/a.md:1:1: 甲") == "content/a.md:1:1: 甲"


COMMANDS = [
    ("html",),
    ("check",),
    ("fix",),
    ("find", "甲"),
    ("ping", "--settings", "pelicanconf.py"),
]


@pytest.mark.parametrize("command", COMMANDS, ids=[command[0] for command in COMMANDS])
@pytest.mark.parametrize("line", ["FRIENDS = [(“甲”, 1)]", "SITENAME = 甲"])
def test_every_command_tells_it_and_fails(tiny, run, command, line):
    run("press", "html")
    before = tree(tiny / "output")
    with (tiny / "pelicanconf.py").open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")
    result = run("press", *command)
    assert result.returncode == 1
    assert "pelicanconf.py:9:" in result.stdout + result.stderr
    assert "Traceback" not in result.stderr
    assert tree(tiny / "output") == before


def test_the_gates_own_refusals_have_their_line(site, monkeypatch):
    monkeypatch.chdir(site)
    told(site, 'A = 1\nGATE = {"levels": {"relative-dat": "off"}}\n')
    with pytest.raises(RefusalError) as refused:
        gate_of({"levels": {"relative-dat": "off"}})
    assert report.refusal(refused.value.messages).startswith("pelicanconf.py:2:20: GATE")
