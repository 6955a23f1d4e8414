"""A video of another site, as a reader's browser meets it."""

import threading

from press.server import Server
from tests.site.conftest import copy_project

ARTICLE = """标题: 一段放在外站的视频，点开之前什么也不连
日期: 2026-11-22 09:30:15
频道: 数据

导语一段，说明下面有什么。

```video
哔哩哔哩: BV1xx411c7mD
标题: 样片
```
"""


def test_nothing_is_asked_of_another_site_before_a_tap(build, tmp_path, page):
    root = copy_project(tmp_path / "site")
    source = root / "content/articles/2026/11/shi-pin.md"
    source.write_text(ARTICLE, encoding="utf-8")
    with Server(build({}, root=root)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        opened, asked = page(width=390, height=844), []
        opened.on("request", lambda request: asked.append(request.url))
        opened.goto(f"{server.url}2026/11/shi-pin/")
        opened.locator("details.video").scroll_into_view_if_needed()
        opened.wait_for_load_state("networkidle")
        assert [url for url in asked if not url.startswith(server.url)] == []
        with opened.expect_request("https://player.bilibili.com/**") as tapped:
            opened.locator("details.video summary").click()
        assert "bvid=BV1xx411c7mD" in tapped.value.url
        server.shutdown()
