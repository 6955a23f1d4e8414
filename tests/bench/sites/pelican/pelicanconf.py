"""Stock Pelican: the same pages and addresses as the other sites of the benchmark."""

import os

SITENAME = "样稿"
SITEURL = "https://example.com"
PATH, OUTPUT_PATH, THEME = "content", "output", "theme"
TIMEZONE, DEFAULT_LANG = "Asia/Shanghai", "zh"
DEFAULT_PAGINATION = 20
ARTICLE_URL = "{date:%Y}/{date:%m}/{slug}/"
CATEGORY_URL, TAG_URL = "channel/{slug}/", "tag/{slug}/"
ARTICLE_SAVE_AS = f"{ARTICLE_URL}index.html"
CATEGORY_SAVE_AS, TAG_SAVE_AS = f"{CATEGORY_URL}index.html", f"{TAG_URL}index.html"
AUTHOR_SAVE_AS = ""
# Every page of a list in a folder of its own: page 2 of tag 1 is not page 1 of tag 12.
PAGINATION_PATTERNS = (
    (1, "{base_name}/", "{base_name}/index.html"),
    (2, "{base_name}/page/{number}/", "{base_name}/page/{number}/index.html"),
)
DIRECT_TEMPLATES = ["index", "archives"]
ARCHIVES_SAVE_AS = "archives/index.html"
FEED_ALL_ATOM, CATEGORY_FEED_ATOM, TRANSLATION_FEED_ATOM = "index.xml", None, None
AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
FEED_MAX_ITEMS = 20
if os.environ.get("PELICAN_CACHE"):  # what Pelican itself offers against building anew
    CACHE_CONTENT = LOAD_CONTENT_CACHE = True
    CONTENT_CACHING_LAYER = "reader"
