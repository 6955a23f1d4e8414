"""Whatever is changed, an incremental build gives what stock Pelican gives from nothing.

One step: something is changed as people, editors and bad luck change things. Then the press builds
in its folder, stock Pelican builds into an empty one, and both sites are compared byte for byte. If
stock refuses the site, so must the press, and its output stays as it was.

``make test-long`` runs this for many minutes with new random steps each time.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from press.audit import check, errors
from press.verdict import siteurl_of
from tests.press.small import (
    DATA,
    KEPT,
    LEDGER,
    NOW,
    STOCK,
    Child,
    Small,
    Text,
    article,
    contents,
    difference,
    picture,
    texts,
    told,
)

BODIES = [
    "只有一段。",
    "第一段提到直播与退货。\n\n## 小标题\n\n第二段，**粗**，*着重*，`代码`。",
    "第一段。\n\n| 甲 | 乙 |\n|---|---:|\n| 1 | 2 |\n\n表：一张表\n\n> [!提示] 留心\n> 一句话。",
    "第一段[^1]。\n\n[^1]: 脚注。\n\n```python\nprint(1)\n```\n\n- [ ] 一\n- [x] 二",
    "退货退货退货，物流物流，促销。\n\n```timeline\n2021-07-22 | 一件事\n```",
    '一段。\n\n![图](../../../pictures/2026/tu.png "说明 | 图：李四")\n\n### 跳级',
    "{filename}不是链接，{{ 也不是 }}，<b>也不是</b>，a & b。",
    "图里的数另放一个文件。\n\n```chart\n类型: 柱形\n标题: 业务量\n单位: 亿件\n口径: 邮政局\n"
    "截止日: 2026-11-22\n数据: parcels.csv\n```",
    "# 一级标题是不许的",
    "",
    "另一段正文，长一些，好让字数和分钟都变。" * 40,
]
HEADS: dict[str, list[str]] = {
    "标签": ["退货", "物流，促销，直播", "权利", "全力", "", "只此一个"],
    "频道": ["电商", "直播", "规则", "数据", "没有的频道"],
    "作者": ["编辑部", "李四", "编辑部，李四", "新来的人", ""],
    "责编": ["李四", ""],
    "专题": ["新规", "", "没有这个专题"],
    "节点": ["2021-07 一件旧事", ""],
    "系列": ["开店", "收摊", ""],
    "权重": ["5", "-1", ""],
    "置顶": ["是", ""],
    "头条": ["头条", "要闻", ""],
    "状态": ["草稿", ""],
    "来源": ["统计局", "没听过的报", ""],
    "更正": ["2026-11-12 改了", ""],
    "资料": ["统计局 | 公报", "统计局 | 公报 | 2025 | https://www.stats.gov.cn/", ""],
    "摘要": ["换一句摘要，说直播。", ""],
    "题图": ["2026/tu.png", "2026/men.png", "2026/none.png", ""],
    "题图说明": ["一张图", ""],
    "字数": ["9999", ""],
    "许可": ["CC BY 4.0", "保留所有权利", ""],
    "AI": ["辅助", ""],
    "公式": ["是", ""],
    "分享图": ["是", "否", ""],
    "修改": ["2026-11-13", ""],
    "撤稿": ["2026-11-22 数字不实", "2026-11-22 又一个原因", ""],
    "旧网址": [
        "/old/",
        "/old/, /2026/11/jiuming/",
        "/post/1.html",
        "/2026/10/dazhe/",
        "/坏 的/",
        "",
    ],
}
FEW = ["标签", "来源", "状态", "摘要", "更正", "作者"]  # of flash, dossiers and pages
DATES = [
    "2026-11-22 11:59",
    "2026-11-22 12:00",
    "2026-11-22 12:00:01",
    "2026-11-11 23:59",
    "2026-11-05",
    "2026年10月8日 8时",
    "2024-02-29",
    "2025-12-31 23:59:59",
    "2027-01-01",
]
NEW = [f"articles/2026/11/xin-{n}.md" for n in range(3)] + [
    "articles/2024/02/jiu.md",
    "flash/2026/10/jiu.md",
    "topics/lao.md",
    "pages/xin.md",
    "articles/2026/11/错名.md",
]
CHANNEL = '[[channel]]\nname = "{}"\naddress = "{}"\n'
AD = (
    '[[ad]]\nslot = "{}"\ntext = "纸箱"\nlink = "https://example.com/"\nadvertiser = "厂"\n'
    'start = 2026-11-{}\nend = 2026-11-{}\npicture = "{}"\n'
)
VARIANTS: dict[str, list[str]] = {
    "channels.toml": [
        DATA["channels.toml"],
        DATA["channels.toml"] + CHANNEL.format("新频道", "new"),
        DATA["channels.toml"].replace('"live"', '"zhibo"'),
        DATA["channels.toml"].replace("数据的事", "数的事"),
        DATA["channels.toml"].replace("fresh_months = 6", "fresh_months = 9"),
        CHANNEL.format("数据", "data")
        + DATA["channels.toml"].partition('[[channel]]\nname = "数据"')[0],
        DATA["channels.toml"].replace("仅供参考。", "不作建议。"),
        CHANNEL.format("电商", "news"),
        "[[channel",
    ],
    "authors.toml": [
        DATA["authors.toml"],
        DATA["authors.toml"].replace("li-si", "lisi"),
        DATA["authors.toml"].replace("写稿的人", "改稿的人"),
        "",
    ],
    "sources.toml": [DATA["sources.toml"], DATA["sources.toml"].replace("www.", ""), ""],
    "tags.toml": [
        "[tags]\n",
        '[tags]\n"权利" = "quan-li-right"\n',
        '[tags]\n"退货" = "tui"\n"权利" = "quan-li-right"\n',
        '[tags]\n"退货" = "坏"\n',
    ],
    "ranks.toml": [
        DATA["ranks.toml"],
        DATA["ranks.toml"].replace("14.5", "14.6"),
        DATA["ranks.toml"]
        + DATA["ranks.toml"].replace("2025年", "2026年").replace("2026-10-05", "2026-11-08"),
        DATA["ranks.toml"].replace('"top"', '"foot-left"'),
        "",
    ],
    "ads.toml": [
        "",
        AD.format("article-foot", "01", "30", ""),
        AD.format("list-foot", "22", "23", ""),
        AD.format("article-foot", "23", "24", "2026/men.png"),
        AD.format("article-foot", "10", "22", "2026/none.png"),
    ],
    "announcement.toml": [
        "",
        'text = "公告"\nlink = "/about/"\nstart = 2026-11-22\nend = 2026-11-23\n',
    ],
    "mottos.txt": [DATA["mottos.txt"], "先验货。\n" + DATA["mottos.txt"], ""],
    "parcels.csv": [
        DATA["parcels.csv"],
        "年份,业务量\n2021,1083.0\n2025,1990.5\n",
        "年份,业务量\n2024,很多\n",
        "年份,业务量\n2024\n",
        "",
    ],
    "words.txt": [DATA["words.txt"], "老文章\n退货的七天\n", ""],
}
SETTINGS: dict[str, list[str]] = {
    "SITENAME": ['"另一个名字"'],
    "SITEURL": ['"https://example.org/repo"'],
    "READING": ['{"fast": 50, "slow": 30}', '{"fastt": 1}'],
    "LISTS": ['{"size": 3}', '{"size": 2, "home": "主页"}'],
    "FRONT": ['{"seconds": 1, "flash": 1, "block": 1}'],
    "RELATED": ['{"limit": 1}', '{"reach": 1}', '{"limit": 2, "reach": 2}'],
    "FEEDS": ['{"limit": 2}'],
    "KEYWORDS": ['{"limit": 3}', '{"title_weight": 1}'],
    "TIMEZONE": ['"UTC"'],
    "BREADCRUMBS": ['{"lead": "在：", "separator": "/"}'],
    "LABEL": ['{"default": "none"}'],
    "ICP": ['"京ICP备1号"'],
    "RELATIVE_URLS": ["False"],
    "IGNORE_FILES": ['[".*", "kuaixun*"]', '[".*", "*.png"]'],
    "THEME_STATIC_PATHS": ['["static", "styles"]'],
    "DEFAULT_PAGINATION": ["3"],
    "PLUGINS": [
        f"[name for name in PLUGINS if name != 'plugins.{name}']"
        for name in [
            "motto",
            "related",
            "feeds",
            "sitemap",
            "topics",
            "reading",
            "comments",
            "series",
            "search",
        ]
    ],
    "FOOTER_PAGES": ['[("关于", "about/")]'],
    "JINJA_ENVIRONMENT": [
        '{**JINJA_ENVIRONMENT, "trim_blocks": False}',
        '{**JINJA_ENVIRONMENT, "keep_trailing_newline": True}',
    ],
    "JINJA_FILTERS": ['{"upper": str.title}'],
    "JINJA_GLOBALS": ['{"a": 1}'],
    "FEED_ALL_ATOM": ['"all.xml"'],  # a way that only Pelican can go
    "DELETE_OUTPUT_DIRECTORY": ["True"],
}
MOMENTS = [
    NOW,
    "2026-11-22T12:00:01+08:00",
    "2026-11-23T00:00:00+08:00",
    "2026-11-25T08:00:00+08:00",
    "2027-06-01T00:00:00+08:00",
    "2026-11-20T00:00:00+00:00",
]
builds = {"same": 0, "refused": 0, "dead links": 0}


class Exact(RuleBasedStateMachine):
    """The press as a command, against stock Pelican."""

    stock: Child

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="exact"))
        self.site = Small(self.folder / "网 站")
        self.texts: dict[str, Text] = texts()
        self.former: dict[str, Text] = dict(self.texts)
        self.now, self.preview, self.confirm = NOW, False, True
        self.given: dict[str, str] = {}
        self.was: tuple[Any, ...] = (NOW, False, True, {})
        self.pending, self.held, self.tries = True, 0, 0
        self.idle = True
        self.number = 0
        self.seconds = 1.0
        self.conf = self.site.get("pelicanconf.py") or b""
        self.killed: list[dict[str, bytes]] = []

    @initialize(worth=st.integers(0, 99))
    def begin(self, worth):
        self.idle = worth == 0  # Hypothesis begins with the plainest steps, all alike

    # ---- what is done to the site ----

    def change(self, path: str, content: bytes | None) -> None:
        self.site.put(path, content)
        self.pending = True

    def write(self, path: str, text: Text | None) -> None:
        if text:
            self.texts[path] = text
        else:
            self.texts.pop(path, None)
        self.change(f"content/{path}", text and text.source())

    def any_text(self, data: st.DataObject, kinds: tuple[str, ...] = ()) -> str:
        found = [path for path in sorted(self.texts) if path.startswith(kinds or ("",))]
        return data.draw(st.sampled_from(found or sorted(self.texts)), "text")

    def fresh(self) -> int:
        self.number += 1
        return self.number

    @rule(data=st.data(), body=st.sampled_from(BODIES))
    def edit_the_body(self, data, body):
        path = self.any_text(data)
        self.write(path, replace(self.texts[path], body=body))

    @rule(data=st.data())
    def add_a_sentence(self, data):
        path = self.any_text(data)
        text = self.texts[path]
        self.write(path, replace(text, body=f"{text.body}\n\n又记第{self.fresh()}笔。"))

    @rule(data=st.data())
    def edit_the_title(self, data):
        path = self.any_text(data)
        title = f"{data.draw(st.sampled_from(['退货', '直播', '物流的账']))}第{self.fresh()}问"
        self.write(path, replace(self.texts[path], title=title))

    @rule(data=st.data())
    def edit_the_head(self, data):
        path = self.any_text(data)
        keys = [*HEADS] if path.startswith("articles") else FEW
        key = data.draw(st.sampled_from(keys), "key")
        value = data.draw(st.sampled_from(HEADS[key]), "value")
        text = self.texts[path]
        self.write(path, replace(text, head={**text.head, key: value}))

    @rule(data=st.data(), date=st.sampled_from(DATES))
    def date_it_otherwise(self, data, date):
        path = self.any_text(data)
        self.write(path, replace(self.texts[path], date=date))

    @rule(data=st.data(), path=st.sampled_from(NEW), date=st.sampled_from(DATES))
    def add(self, data, path, date):
        kind = path.partition("/")[0]
        title = f"新写的第{self.fresh()}篇"
        channel = data.draw(st.sampled_from(["电商", "直播", "规则", "数据"]), "channel")
        text = (
            article(title, date, channel, 标签="促销") if kind == "articles" else Text(title, date)
        )
        self.write(path, text)

    @rule(data=st.data())
    def delete(self, data):
        if len(self.texts) > 3:
            self.write(self.any_text(data), None)

    @rule(data=st.data())
    def delete_and_lead_elsewhere(self, data):
        path = self.any_text(data, ("articles", "flash"))
        other = self.any_text(data, ("articles", "pages"))
        if path != other and len(self.texts) > 3:
            self.write(path, None)
            address = path.removeprefix("articles").removesuffix(".md").strip("/")
            head = {**self.texts[other].head, "旧网址": f"/{address}/"}
            self.write(other, replace(self.texts[other], head=head))

    @rule(data=st.data())
    def withdraw(self, data):
        path = self.any_text(data, ("articles", "flash"))
        head = {**self.texts[path].head, "撤稿": f"2026-11-2{self.fresh() % 3 + 6} 不实"}
        self.write(path, replace(self.texts[path], head=head))

    @rule(data=st.data())
    def correct(self, data):
        path = self.any_text(data)
        head = {**self.texts[path].head, "更正": f"2026-11-2{self.fresh() % 3 + 6} 改了一处"}
        self.write(path, replace(self.texts[path], head=head))

    @rule(confirm=st.booleans())
    def confirm_or_not(self, confirm):
        self.confirm, self.pending = confirm, True

    @rule(how=st.sampled_from(["delete", "conflict", "shuffle", "forget a line", "another end"]))
    def meddle_with_the_ledger(self, how):
        rows = (self.site.get(LEDGER) or b"").decode().splitlines(keepends=True)
        half = len(rows) // 2
        changed = {
            "delete": [],
            "conflict": [*rows, "<<<<<<< HEAD\n"],
            "shuffle": [*rows[half:], *rows[:half]],
            "forget a line": rows[:half] + rows[half + 1 :],
            "another end": [*rows, "old/page/\tarticles/2020/01/x.md\t\t2026-11-01\tarchives/\n"],
        }[how]
        self.change(LEDGER, "".join(changed).encode() if changed else None)

    @rule(data=st.data())
    def rename(self, data):
        path = self.any_text(data)
        text = self.texts[path]
        self.write(path, None)
        if data.draw(st.booleans(), "edited"):
            text = replace(text, title=f"改名第{self.fresh()}次", body=f"{text.body}\n\n改了。")
        folder, _, name = path.rpartition("/")
        if folder.startswith("articles"):
            folder = data.draw(st.sampled_from([folder, "articles/2026/09"]), "folder")
        self.write(f"{folder}/{name.split('.')[0].split('-')[0]}-{self.fresh()}.md", text)

    @rule(data=st.data())
    def link_to_another(self, data):
        path, other = self.any_text(data), self.any_text(data)
        up = "../" * path.count("/")
        text = self.texts[path]
        self.write(path, replace(text, body=f"{text.body}\n\n见[另一篇]({up}{other})。"))

    @rule(name=st.sampled_from(["tu", "men", "meiyong", "xin"]), width=st.integers(1, 5))
    def draw_a_picture(self, name, width):
        self.change(f"content/pictures/2026/{name}.png", picture(width * 100))

    @rule(name=st.sampled_from(["tu", "men", "meiyong"]))
    def remove_a_picture(self, name):
        self.change(f"content/pictures/2026/{name}.png", None)

    @rule(name=st.sampled_from(["tu", "men"]))
    def remove_a_picture_and_what_shows_it(self, name):
        for path, text in [*self.texts.items()]:
            if name in text.head.get("题图", "") or f"{name}.png" in text.body:
                head = {**text.head, "题图": ""}
                self.write(path, replace(text, head=head, body="没有图了。"))
        self.remove_a_picture(name)

    @rule(
        path=st.sampled_from(
            [
                "articles/2026/11/a.txt",
                "articles/2026/11/a.md~",
                "pictures/a.exe",
                "pictures/kuaixun/a.exe",
                ".hidden",
                "pictures/.a",
            ]
        )
    )
    def leave_a_file_where_none_belongs(self, path):
        self.change(f"content/{path}", b"1")

    @rule(data=st.data(), file=st.sampled_from(sorted(VARIANTS)))
    def edit_the_data(self, data, file):
        variant = data.draw(st.sampled_from(VARIANTS[file]), "variant")
        self.change(f"content/data/{file}", variant.encode())

    @rule(other=st.sampled_from(["直播", "规则"]))
    def rename_a_channel_with_its_articles(self, other):
        name = f"{other}{self.fresh()}"
        content = (self.site.get("content/data/channels.toml") or b"").decode()
        self.change(
            "content/data/channels.toml", content.replace(f'"{other}"', f'"{name}"').encode()
        )
        for path, text in [*self.texts.items()]:
            if text.head.get("频道") == other:
                self.write(path, replace(text, head={**text.head, "频道": name}))

    def append(self, path: str, line: str) -> None:
        self.change(path, (self.site.get(path) or b"") + line.encode())

    @rule(data=st.data(), visible=st.booleans())
    def edit_a_template(self, data, visible):
        folder = self.site.root / "theme/templates"
        names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.html"))
        name = data.draw(st.sampled_from(names), "template")
        number = self.fresh()
        self.append(
            f"theme/templates/{name}", f"<i>{number}</i>\n" if visible else f"{{# {number} #}}\n"
        )

    @rule(
        broken=st.sampled_from(["{% if %}", "{{ nothing_of_this_name }}", "{{ article.nothing }}"])
    )
    def break_a_template(self, broken):
        content = (self.site.get("theme/templates/article.html") or b"").decode()
        self.change(
            "theme/templates/article.html",
            content.replace("{% endblock", f"{broken}{{% endblock", 1).encode(),
        )

    @rule(
        name=st.sampled_from(
            [
                "articles",
                "categories",
                "article.category.slug",
                "BUILD_NOW",
                "tags",
                "localsiteurl",
                "article.slug",
                "article.url",
                "article.date",
                "article.save_as",
                "article.status",
                "article.author",
                "article.lang",
                "article.metadata",
                "article.title|upper",
                "'abc'|upper",
                "page",
                "SITENAME",
                "OUTPUT_PATH[:0]",
            ]
        )
    )
    def show_what_pelican_knows(self, name):
        content = (self.site.get("theme/templates/article.html") or b"").decode()
        expression = f"{{{{ {name}|string|length }}}}"
        self.change(
            "theme/templates/article.html",
            content.replace("{% endblock", f"{expression}{{% endblock", 1).encode(),
        )

    @rule(name=st.sampled_from(["tokens.css", "layout.css", "components/card.css", "print.css"]))
    def edit_a_style(self, name):
        self.append(f"theme/styles/{name}", f".card, body, .prose {{ margin: {self.fresh()}px }}\n")

    @rule(name=st.sampled_from(["icon.svg", "neu/a.txt", "b.js"]), there=st.booleans())
    def change_a_file_of_the_theme(self, name, there):
        self.change(f"theme/static/{name}", f"<!-- {self.fresh()} -->".encode() if there else None)

    @rule(
        edit=st.sampled_from(
            [
                ("reading", "阅读本文", "读这篇"),
                ("lists", "size: int = 20", "size: int = 4"),
                ("related", "limit: int = 5", "limit: int = 2"),
                ("freshness", "本文内容", "文中所说"),
                ("_lists", "def ", "def "),
                ("_markdown", '"""', '"""'),
            ]
        )
    )
    def edit_a_plugin(self, edit):
        name, old, new = edit
        path = f"plugins/{name}.py"
        content = (self.site.get(path) or b"").decode()
        # It grows each time: Python tells its own cache by the second and the size.
        self.change(path, f"{content.replace(old, new)}# {'x' * self.fresh()}\n".encode())

    @rule(data=st.data(), name=st.sampled_from(sorted(SETTINGS)))
    def set(self, data, name):
        value = data.draw(st.sampled_from(["", *SETTINGS[name]]), "value")
        self.given.pop(name, None)
        if value:
            self.given[name] = value
        lines = "".join(f"{name} = {value}\n" for name, value in self.given.items())
        self.change("pelicanconf.py", self.conf + lines.encode())

    @rule(preview=st.booleans())
    def preview_or_not(self, preview):
        self.preview, self.pending = preview, True

    @rule(now=st.sampled_from(MOMENTS))
    def time_goes_by(self, now):
        self.now, self.pending = now, True

    @rule(data=st.data())
    def touch(self, data):
        os.utime(self.site.root / "content" / self.any_text(data))
        self.pending = True

    @rule(ahead=st.sampled_from([0, 0, 3600, -3600]))
    def touch_everything(self, ahead):
        moment = time.time() + ahead
        for path in (self.site.root / "content").rglob("*"):
            os.utime(path, (moment, moment))
        self.pending = True

    @rule(data=st.data())
    def edit_twice_within_a_tick(self, data):
        path = self.any_text(data)
        text, number = self.texts[path], 1000 + self.fresh()
        self.write(path, replace(text, body=f"{text.body}\n\n第{number}笔。"))
        self.same()
        if path in self.texts:
            file = self.site.root / "content" / path
            times = file.stat().st_atime_ns, file.stat().st_mtime_ns
            self.write(path, replace(text, body=f"{text.body}\n\n第{number + 1000}笔。"))
            os.utime(file, ns=times)

    # ---- bad luck ----

    def files_in(self, folder: Path) -> list[Path]:
        return sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "lock")

    @rule(
        data=st.data(),
        how=st.sampled_from(["edit", "same size", "delete", "add", "folder", "replace by folder"]),
    )
    def meddle_with_the_output(self, data, how):
        files = self.files_in(self.site.root / "output")
        if not files:
            return
        file = files[data.draw(st.integers(0, 999), "file") % len(files)]
        if how == "edit":
            file.write_bytes(b"other")
        elif how == "same size":
            file.write_bytes(b"x" * file.stat().st_size)
        elif how == "add":
            (file.parent / "alien.html").write_text("x")
        elif how == "folder":
            shutil.rmtree(file.parent) if file.parent.name != "output" else None
        else:
            file.unlink()
            if how != "delete":
                file.mkdir()
                (file / "alien").write_text("x")
        self.pending = True

    @rule(
        data=st.data(),
        how=st.sampled_from(["cut", "garble", "delete", "empty", "version", "append"]),
    )
    def meddle_with_the_cache(self, data, how):
        files = self.files_in(self.site.root / ".build/cache")
        files += [path for path in (self.site.root / ".build").glob("*") if path.is_file()]
        files = [path for path in files if path.name != "lock"]
        if not files:
            return
        file = sorted(files)[data.draw(st.integers(0, 999), "file") % len(files)]
        content = file.read_bytes()
        note(f"{file}: {how}")
        half = len(content) // 2
        {
            "cut": lambda: file.write_bytes(content[:half]),
            "garble": lambda: file.write_bytes(content[:half] + b"\xff?\0" + content[half + 3 :]),
            "delete": file.unlink,
            "empty": lambda: file.write_bytes(b""),
            "version": lambda: file.write_bytes(content.replace(b"press 1", b"press 0")),
            "append": lambda: file.write_bytes(content + b"\0"),
        }[how]()
        self.pending = True

    @rule(what=st.sampled_from([".build", ".build/cache", ".build/staged", "output"]))
    def lose_a_folder(self, what):
        shutil.rmtree(self.site.root / what, ignore_errors=True)
        (self.site.root / "output").mkdir(exist_ok=True)
        self.pending = True

    @rule(data=st.data(), part=st.floats(0, 1.2))
    def kill_the_build(self, data, part):
        if self.idle:
            return
        for _ in range(3):
            self.add_a_sentence(data)
        output = self.site.root / "output"
        before, ledger = contents(output), self.site.get(LEDGER)
        build = self.site.press(
            now=self.now, preview=self.preview, confirm=self.confirm, start_new_session=True
        )
        with build:
            try:
                build.wait(part * self.seconds)
            except subprocess.TimeoutExpired:
                build.kill()
            build.communicate()
        self.site.put(LEDGER, ledger)  # whether it was written is a matter of chance
        now = contents(output)
        if now != before:
            self.killed.append(now)

    @rule(count=st.integers(1, 3))
    def hold(self, count):
        self.held = count

    # ---- what must hold ----

    def ours(self) -> tuple[int, str]:
        start = time.monotonic()
        with self.site.press(now=self.now, preview=self.preview, confirm=self.confirm) as press:
            said, _ = press.communicate(timeout=120)
        self.seconds = time.monotonic() - start
        return press.returncode, said

    def exact(self) -> None:
        output, other = self.site.root / "output", self.folder / "stock"
        shutil.rmtree(other, ignore_errors=True)
        before = contents(output)
        given = told(self.now, preview=self.preview, confirm=self.confirm)
        self.stock.ask(root=str(self.site.root), output=str(other), environment=given)
        try:
            status, said = self.ours()
        finally:
            expected, told_by_stock = self.stock.answer()
        after = contents(output)
        self.pending = False
        note(f"press: {said}stock: {told_by_stock}")
        # What stock Pelican has no eyes for: with dead links nothing is published.
        dead = [] if expected else errors(check(str(other), siteurl_of(str(other))))
        assert (status == 0) == (expected == 0 and not dead), (
            f"press {status}: {said}\nstock {expected}: {told_by_stock}\ndead links: {dead[:3]}"
        )
        builds["dead links"] += bool(dead)
        killed, self.killed = self.killed, []
        if status:
            builds["refused"] += 1
            assert difference(after, before) == ""
            self.tries += 1
            if self.tries == 2:  # some mistakes are left to be met by the next change
                self.tries = 0
                self.take_back()
                self.exact()
            else:
                self.held = 0
        else:
            builds["same"] += 1
            self.tries = 0
            stock = contents(other)
            assert difference(after, stock) == ""
            for found in killed:
                assert difference(found, stock) == ""
            self.site.undo.clear()
            self.former = dict(self.texts)
            self.was = (self.now, self.preview, self.confirm, dict(self.given))

    def take_back(self) -> None:
        self.site.take_back()
        self.texts = dict(self.former)
        self.now, self.preview, self.confirm, given = self.was
        self.given = dict(given)

    @invariant()
    def same(self) -> None:
        if self.held:
            self.held -= 1
        elif self.pending and not self.idle:
            self.exact()

    def teardown(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


class InMemory(Exact):
    """The press kept in memory, as the preview keeps it."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: Child | None = None
        self.code = b""

    def ours(self) -> tuple[int, str]:
        code = b"".join(
            path.read_bytes()
            for path in sorted((self.site.root / "plugins").glob("*"))
            if path.is_file()
        )
        if self.kept and code != self.code:  # the preview begins anew, too
            self.kept.close()
            self.kept = None
        self.code = code
        self.kept = self.kept or Child(KEPT, self.site.root)
        given = told(self.now, preview=self.preview, confirm=self.confirm)
        self.kept.ask(environment=given)
        status, said = self.kept.answer()
        return super().ours() if status == 3 else (status, said)

    def teardown(self) -> None:
        if self.kept:
            self.kept.close()
        super().teardown()


LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
SETTINGS_OF_TESTS = settings(
    deadline=None,
    derandomize=not LONG,
    database=None,  # the folder of the site must not grow a folder of the tests
    max_examples=25 if LONG else 2,  # the first one is not built
    stateful_step_count=30 if LONG else 12,
    suppress_health_check=[*HealthCheck],
)


@pytest.fixture(scope="module", autouse=True)
def stock(tmp_path_factory):
    Exact.stock = Child(STOCK, tmp_path_factory.mktemp("stock"))
    yield
    Exact.stock.close()
    sys.stdout.write(f"{builds}\n")


for machine in (Exact, InMemory):
    machine.TestCase.settings = SETTINGS_OF_TESTS
TestExact = Exact.TestCase
TestInMemory = InMemory.TestCase
