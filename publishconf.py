"""What differs in public: the address that readers, feeds and search engines are given."""

import os

from pelicanconf import *  # noqa: F403

SITEURL = os.environ.get("SITEURL", "").rstrip("/")
if not SITEURL.startswith(("https://", "http://")):
    raise SystemExit(
        "请给出网站对外的网址，如：make publish SITEURL=https://用户名.github.io/仓库名"
    )
