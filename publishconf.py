"""What differs in public: the address that readers, feeds and search engines are given."""

import os

import pelicanconf
from pelicanconf import *  # noqa: F403

PREVIEW = False
# From the command, else as the settings have it, unless that is this machine.
written = getattr(pelicanconf, "SITEURL", "")
SITEURL = (os.environ.get("SITEURL") or written.removeprefix("http://127.0.0.1:8000")).rstrip("/")
if not SITEURL.startswith(("https://", "http://")):
    raise SystemExit(
        "请给出网站对外的网址，如：make publish SITEURL=https://用户名.github.io/仓库名"
    )
if getattr(pelicanconf, "CONTACT_EMAIL", "").endswith("example.org"):
    raise SystemExit(
        "请先在pelicanconf.py里把CONTACT_EMAIL改成收得到信的邮箱：版权投诉和举报都要用它"
    )
