from datetime import date

import pytest

from plugins._data import load

CHANNEL = '[[channel]]\nname = "直播电商"\naddress = "live"\n'
RANK = (
    '[[rank]]\nid = "a"\ntitle = "榜"\nslot = "top"\nedition = "2026年"\nsince = 2026-01-01\n'
    'unit = "亿元"\nmethod = "法"\nsource = "国家统计局"\n'
)
ROW = '[[rank.row]]\nname = "广东"\nvalue = "1"\n'
AD = '[[ad]]\nslot = "article-foot"\ntext = "纸箱"\nlink = "https://example.com/"\nadvertiser = "某厂"\n'
BULLETIN = 'text = "征稿"\nstart = 2026-11-20\nend = 2026-11-22\n'


@pytest.fixture
def read(tmp_path):
    """Read a folder of data that holds the given files."""

    def read(**files):
        folder = tmp_path / "content/data"
        folder.mkdir(parents=True)
        for name, text in files.items():
            data = text if isinstance(text, bytes) else text.encode()
            (folder / name.replace("_", ".")).write_bytes(data)
        return load(tmp_path / "content")

    return read


def test_a_site_without_data_files_is_no_mistake(tmp_path):
    values, problems = load(tmp_path)
    assert not problems
    assert not any(values.values())


def test_empty_files_are_no_mistake(read):
    values, problems = read(channels_toml="", ads_toml="# 没有广告\n", mottos_txt="", tags_toml="")
    assert not problems
    assert not any(values.values())


def test_channels_stand_in_the_files_order(read):
    values, problems = read(
        channels_toml=CHANNEL + '[[channel]]\nname = "税务"\naddress = "tax"\nparent = "直播电商"\n'
    )
    assert not problems
    assert [(item.name, item.parent) for item in values["CHANNELS"]] == [
        ("直播电商", ""),
        ("税务", "直播电商"),
    ]


def test_a_rank_has_its_rows(read):
    values, problems = read(ranks_toml=RANK + ROW + ROW)
    assert not problems
    (rank,) = values["EDITIONS"]
    assert (rank.since, [row.name for row in rank.row]) == (date(2026, 1, 1), ["广东", "广东"])


def test_an_announcement_is_one_table(read):
    values, problems = read(announcement_toml=BULLETIN)
    assert not problems
    assert values["ANNOUNCEMENT"].text == "征稿"


def test_lines_are_read_without_comments_and_empty_ones(read):
    values, problems = read(mottos_txt="# 句子\n\n  货真价实  \n和气生财\n", words_txt="快手\n")
    assert not problems
    assert values["MOTTOS"] == ("货真价实", "和气生财")
    assert values["WORDS"] == ("快手",)


def test_a_byte_order_mark_does_no_harm(read):
    values, problems = read(mottos_txt="\ufeff货真价实\n", channels_toml="\ufeff" + CHANNEL)
    assert not problems
    assert values["MOTTOS"] == ("货真价实",)


@pytest.mark.parametrize(
    ("file", "text", "line", "message"),
    [
        pytest.param("channels_toml", CHANNEL + "about = 好\n", 4, "这一行的写法不对", id="form"),
        pytest.param(
            "channels_toml", CHANNEL + 'about = "好', 4, "这一行的写法不对", id="unclosed"
        ),
        pytest.param("channels_toml", '[[chanel]]\nname = "a"\n', 1, "不认识“chanel”", id="table"),
        pytest.param("channels_toml", '[channel]\nname = "a"\n', 1, "两层方括号", id="brackets"),
        pytest.param("channels_toml", CHANNEL + 'abuot = "好"\n', 2, "不认识“abuot”", id="key"),
        pytest.param(
            "channels_toml", '[[channel]]\nname = "甲"\n', 2, "缺少 address", id="missing"
        ),
        pytest.param(
            "channels_toml", CHANNEL.replace('"live"', '""'), 2, "缺少 address", id="empty value"
        ),
        pytest.param(
            "channels_toml", CHANNEL.replace("live", "Live_1"), 2, "只能用小写字母", id="address"
        ),
        pytest.param(
            "channels_toml", CHANNEL + CHANNEL, 2, "name “直播电商” 写了两次", id="name twice"
        ),
        pytest.param(
            "channels_toml",
            CHANNEL + CHANNEL.replace("直播电商", "税务"),
            3,
            "address “live” 写了两次",
            id="address twice",
        ),
        pytest.param(
            "channels_toml", CHANNEL + 'parent = "法规"\n', 4, "上级“法规”不在", id="unknown parent"
        ),
        pytest.param(
            "channels_toml",
            CHANNEL + 'parent = "直播电商"\n',
            4,
            "频道只分两层",
            id="its own parent",
        ),
        pytest.param(
            "channels_toml",
            CHANNEL + 'fresh_months = "6"\n',
            2,
            "不带引号的整数",
            id="quoted number",
        ),
        pytest.param(
            "channels_toml",
            CHANNEL + "fresh_months = -1\n",
            2,
            "不带引号的整数",
            id="negative number",
        ),
        pytest.param("channels_toml", CHANNEL + "about = 6\n", 2, "英文双引号", id="unquoted text"),
        pytest.param("channels_toml", CHANNEL.encode("gbk"), 1, "不是 UTF-8", id="GBK"),
        pytest.param(
            "authors_toml",
            '[[author]]\nname = "甲"\naddress = "甲"\n',
            2,
            "只能用小写字母",
            id="author",
        ),
        pytest.param(
            "authors_toml",
            '[[author]]\nname = "甲"\naddress = "jia"\ndesk = "是"\n',
            2,
            "不带引号的true或false",
            id="desk",
        ),
        pytest.param(
            "sources_toml",
            '[[source]]\nname = "某报"\nurl = "example.com"\n',
            2,
            "要写全",
            id="link",
        ),
        pytest.param(
            "sources_toml",
            '[[source]]\nname = "某报"\nurl = "javascript:alert(1)"\n',
            2,
            "要写全",
            id="dangerous link",
        ),
        pytest.param("ranks_toml", RANK, 2, "缺少 row", id="rank without rows"),
        pytest.param(
            "ranks_toml",
            RANK.replace('"top"', '"left"') + ROW,
            2,
            "可以写 top、foot-left",
            id="slot",
        ),
        pytest.param(
            "ranks_toml",
            RANK.replace("2026-01-01", '"2026-01-01"') + ROW,
            2,
            "不带引号的日期",
            id="date",
        ),
        pytest.param(
            "ranks_toml",
            RANK.replace("2026-01-01", "2026-01-01 08:00:00") + ROW,
            2,
            "只写日期",
            id="time",
        ),
        pytest.param(
            "ranks_toml",
            RANK + '[[rank.row]]\nname = "广东"\n',
            11,
            "缺少 value",
            id="row without value",
        ),
        pytest.param("ads_toml", AD, 2, "缺少 start", id="ad without days"),
        pytest.param(
            "ads_toml",
            AD + "start = 2026-11-02\nend = 2026-11-01\n",
            2,
            "早于开始日",
            id="ad backwards",
        ),
        pytest.param(
            "announcement_toml", BULLETIN + 'lnik = "a"\n', 1, "不认识“lnik”", id="announcement key"
        ),
        pytest.param("tags_toml", '[tags]\n"权利" = "Quan"\n', 2, "只能用小写字母", id="tag"),
        pytest.param(
            "tags_toml", '[tags]\n"权利" = 1\n', 2, "只能用小写字母", id="tag of a number"
        ),
        pytest.param(
            "tags_toml", '[tags]\n"权利" = ["a"]\n', 2, "只能用小写字母", id="tag of a list"
        ),
        pytest.param(
            "tags_toml",
            '[tags]\n"甲" = "a"\n"乙" = "a"\n',
            2,
            "用了同一个地址 a",
            id="tags of one address",
        ),
        pytest.param("tags_toml", '"权利" = "a"\n', 1, "[tags]", id="tags without their table"),
        pytest.param("tags_toml", 'tags = "a"\n', 1, "[tags]", id="tags as a text"),
    ],
)
def test_a_mistake_is_told_with_its_file_and_line(read, file, text, line, message):
    _, problems = read(**{file: text})
    place = f"content/data/{file.replace('_', '.')}:{line}: "
    assert [told for told in problems if told.startswith(place) and message in told]


def test_all_mistakes_are_told_at_once(read):
    _, problems = read(channels_toml='[[channel]]\nnam = "a"\n', mottos_txt=b"\xff", ads_toml=AD)
    assert {told.partition(":")[0].rpartition("/")[2] for told in problems} == {
        "channels.toml",
        "mottos.txt",
        "ads.toml",
    }
