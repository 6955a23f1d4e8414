"""What editors are told of pictures, made here: of their weight, their use, their words."""

import io
from pathlib import Path

import pytest
from PIL import Image

from press import gate
from press.check import Checker
from press.gate.pictures import unused
from tests.press.small import Small

GATE = gate.gate_of({})


def file(form: str, size: tuple[int, int] = (8, 8), **options) -> bytes:
    """A picture of noise, which no format makes small."""
    target = io.BytesIO()
    Image.effect_noise(size, 90).save(target, form, **options)
    return target.getvalue()


def moving(form: str) -> bytes:
    target = io.BytesIO()
    frames = [Image.new("L", (9, 9), shade) for shade in (0, 99, 200)]
    frames[0].save(target, form, save_all=True, append_images=frames[1:])
    return target.getvalue()


# A file below content/pictures/, and what is advised.
FILES = {
    "a small picture": ("a.png", file("PNG"), []),
    "a heavy picture": (
        "a.png",
        file("PNG", (900, 900)),
        [
            "图片有{}KB，手机上要等；请把长边缩到2000像素以内，照片存成JPEG（质量80）、WebP或AVIF",
        ],
    ),
    "a wide picture": (
        "a.jpg",
        file("JPEG", (2401, 3)),
        ["图片的长边有2401像素，屏幕上用不到；请缩到2000像素以内"],
    ),
    "a picture just as wide as it may be": ("a.jpg", file("JPEG", (2400, 3)), []),
    "a moving GIF": (
        "a.gif",
        moving("GIF"),
        ["这是3帧的动图，读者停不下来，也很大；请换成静图，或存成MP4用```video放"],
    ),
    "a still GIF": ("a.gif", file("GIF"), []),
    "a moving PNG": (
        "a.png",
        moving("PNG"),
        ["这是3帧的动图，读者停不下来，也很大；请换成静图，或存成MP4用```video放"],
    ),
    "a moving WebP": (
        "a.webp",
        moving("WEBP"),
        ["这是3帧的动图，读者停不下来，也很大；请换成静图，或存成MP4用```video放"],
    ),
    "a short video": ("a.mp4", b"x", []),
    "a long video": (
        "a.mp4",
        bytes(21_000_000),
        ["视频有21MB，手机上看要很久；请剪短，或放到视频网站上"],
    ),
}


@pytest.mark.parametrize(("name", "data", "told"), FILES.values(), ids=FILES)
def test_what_is_advised_of_a_file(tmp_path, name, data, told):
    (tmp_path / name).write_bytes(data)
    found = gate.examine_file(tmp_path, name, GATE)
    told = [text.format(len(data) // 1000) for text in told]
    assert [(finding.message, finding.level) for finding in found] == [
        (text, "warning") for text in told
    ]


def test_a_publisher_sets_the_limits(tmp_path):
    (tmp_path / "a.jpg").write_bytes(file("JPEG", (300, 3)))
    found = gate.examine_file(tmp_path, "a.jpg", gate.gate_of({"limits": {"picture_width": 299}}))
    assert "长边有300像素" in found[0].message


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return Small(tmp_path_factory.mktemp("pictures") / "site")


ARTICLE = "articles/2026/11/kaidian.md"
PICTURE = "../../../pictures/2026/men.png"

# A line of an article, and column and message of what is told.
LINES = {
    "it says what is there": (f"![门开着，没有人]({PICTURE})", []),
    "it is a picture": (
        f"![图片]({PICTURE})",
        [(3, "替代文字“图片”没说图上有什么；请写给看不见图的人")],
    ),
    "it is a file": (
        f"![IMG_001.jpg]({PICTURE})",
        [(3, "替代文字“IMG_001.jpg”没说图上有什么；请写给看不见图的人")],
    ),
    "it is the title": (
        f"![开店第一天]({PICTURE})",
        [(3, "替代文字“开店第一天”只是重复了标题；请写给看不见图的人")],
    ),
    "it is none": (
        f"![]({PICTURE})",
        [(1, '图片缺少替代文字，请写成![图里有什么](文件)；纯装饰的写(文件 "装饰")')],
    ),
    "it is for decoration": (f'![]({PICTURE} "装饰")', []),
    "there is no picture": (
        "![门](../../../pictures/2026/mem.png)",
        [
            (
                4,
                "找不到图片“../../../pictures/2026/mem.png”；是不是“../../../pictures/2026/men.png”？",
            )
        ],
    ),
    "there is none like it": (
        "![门](../../../pictures/9.gif)",
        [(4, "找不到图片“../../../pictures/9.gif”，请写出它相对于本文的路径")],
    ),
}


@pytest.mark.parametrize(("line", "told"), LINES.values(), ids=LINES)
def test_what_an_editor_is_told_of_a_line(small, line, told, monkeypatch):
    monkeypatch.chdir(small.root)
    source = small.get(f"content/{ARTICLE}").decode()
    number = source.count("\n") + 2
    small.put(f"content/{ARTICLE}", f"{source}\n{line}\n".encode())
    checker = Checker({"PATH": "content", "GATE": {"levels": {"no-link": "off"}}})
    found = [one for one in checker.check([ARTICLE]) if one.line == number]
    small.take_back()
    assert [(one.column, one.message) for one in found] == told


def test_pictures_that_nothing_shows_are_told(small):
    root = small.root / "content"
    paths = [*(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())]
    assert [path for path, _ in unused(root, sorted(paths))] == [
        "pictures/2026/meiyong.png",
        "pictures/2026/xie.jpg",
    ]


def test_a_picture_that_only_an_ad_shows_is_used(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data/ads.toml").write_text('picture = "2026/ad.png"\n')
    assert list(unused(Path(tmp_path), ["pictures/2026/ad.png"])) == []
