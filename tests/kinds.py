"""One page of each kind that the site has: what is measured, is measured on all of them."""

ARTICLE = "2026/11/kuaishou-fuwushang-2021/"
KINDS = {
    "front": "",
    "article": ARTICLE,
    "article with a chart": "2026/11/kuaishou-gmv/",
    "article of two charts": "2026/11/wangshang-lingshou-shinian/",
    "flash item": "flash/2026/11/kuaidi-1989-yi/",
    "channel": "channel/data/",
    "tag": "tag/kuai-shou/",
    "author": "author/desk/",
    "dossier": "topic/kuaishou-fuwushang/",
    "flash list": "flash/",
    "year": "2026/",
    "month": "2026/11/",
    "archive": "archives/",
    "all tags": "tag/",
    "all dossiers": "topic/",
    "page": "about/",
    "corrections": "corrections/",
    "search": "search/",
    "not found": "404.html",
}
