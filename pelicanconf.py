"""Every setting of the site, in groups. plugins/README.md explains those of the plugins."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).parent
if str(ROOT) not in sys.path:  # so that the bare `pelican` command finds plugins/ and press/
    sys.path.insert(0, str(ROOT))

# —— Site ——
SITENAME = "掌柜志"
SITESUBTITLE = "写给电商卖家的资讯与数据"
SITEDESCRIPTION = (
    "掌柜志是写给电商卖家的资讯与数据站：平台规则、直播电商、法规和行业数字，逐条列明来源。"
)
SITEURL = os.environ.get("SITEURL", "http://127.0.0.1:8000").rstrip("/")
WORDMARK = "wordmark.svg"  # drawn, in theme/templates/; "": the name as text
TITLE = "{title}-{site}"
CONTACT_EMAIL = "contact@example.org"  # yours: rights holders and readers write to it
TIMEZONE = "Asia/Shanghai"
DEFAULT_LANG = "zh-CN"
DEFAULT_DATE_FORMAT = "%Y-%m-%d"
LOCALE = ["C"]
PREVIEW = os.environ.get("PREVIEW") == "1"  # `make serve` shows drafts and future articles
CONFIRM = os.environ.get("CONFIRM") == "yes"  # published texts may be missing from this build
BUILD_NOW = os.environ.get("BUILD_NOW", "")  # the only "now"; empty: the start of the build

# —— Foot of every page: what is empty is not shown ——
ICP = ""  # 备案号; links to beian.miit.gov.cn
PSB, PSB_URL = "", ""  # 公安联网备案号 and its address
STATEMENT = "本站文章由人工智能生成。"
WECHAT_QR = ""  # such as "pictures/qr.png", a file below content/
FRIENDS: list[tuple[str, str]] = []
FOOTER_PAGES = [
    ("关于", "about/"),
    ("AI使用说明", "ai/"),
    ("术语", "glossary/"),
    ("版权与投诉", "copyright/"),
    ("更正与撤稿", "corrections/"),
    ("广告政策", "advertising/"),
    ("隐私", "privacy/"),
    ("归档", "archives/"),
    ("标签", "tag/"),
    ("订阅", "subscribe/"),
    ("违法和不良信息举报", "report/"),
]

# —— Folders ——
PATH = "content"
OUTPUT_PATH = "output"
ARTICLE_PATHS = ["articles", "flash"]
PAGE_PATHS = ["pages", "topics"]
STATIC_PATHS = ["pictures"]
READERS = {"html": None, "rst": None}
IGNORE_FILES = [".*", "*~", "#*#", "__pycache__"]

# —— Addresses: an article's own address is its path (plugins/_content.py) ——
RELATIVE_URLS = True
CATEGORY_URL, TAG_URL, AUTHOR_URL = "channel/{slug}/", "tag/{slug}/", "author/{slug}/"
# Lists are drawn by our own plugins, in pages that do not change; Pelican's would all change.
CATEGORY_SAVE_AS = TAG_SAVE_AS = AUTHOR_SAVE_AS = ""
DIRECT_TEMPLATES: list[str] = []
ARTICLE_TRANSLATION_ID = PAGE_TRANSLATION_ID = None
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
FORMATTED_FIELDS: list[str] = []

# —— Plugins ——
PLUGINS = [
    "plugins.reader",
    "plugins.reading",
    "plugins.headline",
    "plugins.summary",
    "plugins.keywords",
    "plugins.outline",
    "plugins.glossary",
    "plugins.source",
    "plugins.references",
    "plugins.corrections",
    "plugins.trail",
    "plugins.motto",
    "plugins.ranks",
    "plugins.ads",
    "plugins.notice",
    "plugins.licence",
    "plugins.freshness",
    "plugins.label",
    "plugins.disclaimer",
    "plugins.comments",
    "plugins.neighbours",
    "plugins.series",
    "plugins.related",
    "plugins.lists",
    "plugins.topics",
    "plugins.flashes",
    "plugins.archives",
    "plugins.front",
    "plugins.plates",
    "plugins.notfound",
    "plugins.redirects",
    "plugins.qr",
    "plugins.wechat",
    "plugins.share",
    "plugins.feeds",
    "plugins.sitemap",
    "plugins.ping",
    "plugins.hosting",
    "plugins.search",
    "plugins.structured_data",
    "plugins.verification",
    "plugins.statistics",
    "plugins.enhancements",
    "plugins.csp",
    "plugins.styles",
]
GATE: dict[str, dict] = {}  # levels of the rules for texts, required fields, lists: press/README.md
BREADCRUMBS = {"lead": "您当前的位置：", "separator": ">"}
FRONT = {"topics": 4, "points": 1, "flash": 6}  # all dossiers, within 9 KB
READING = {"fast": 500, "slow": 300}
LABEL = {"default": "generated"}  # none, assisted or generated, where an article does not say
LICENCE = {"default": "CC BY 4.0"}
COMMENTS = {"frame": ""}  # off
PING = {"key": "", "baidu": False}  # off
VERIFICATION = {"google": "", "bing": "", "baidu": "", "qihoo": "", "sogou": ""}  # off
STATISTICS = {"script": ""}  # off
SEARCH = {"outside": {}}  # such as {"必应": "https://cn.bing.com/search?q=site:{host}"}; none

# —— Look ——
THEME = "theme"
CSS = "inline"  # the styles stand in each page; "file": one file for all pages, for large sites
THEME_STATIC_PATHS = ["static"]

# —— Engine ——
PELICAN_CLASS = "press.Press"
CACHE_CONTENT = False
JINJA_ENVIRONMENT = {
    "autoescape": True,  # Pelican's default is off: a headline with < or & would break the page
    "trim_blocks": True,
    "lstrip_blocks": True,
    # Strict: a misspelt name in a template stops the build.
    "extensions": ["plugins._templates.Strict", "plugins._templates.Flush"],
}
