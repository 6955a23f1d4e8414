from pathlib import Path

import pytest

from plugins._kept import folder_of, kept


def test_images_are_kept_beside_the_content():
    assert folder_of("/site/content", "share") == Path("/site/.build/share")


def test_an_image_is_made_once(tmp_path):
    calls = []

    def make():
        calls.append(1)
        return b"image"

    for _ in range(2):
        assert kept(tmp_path / "share", "a/card.png", "key", make) == b"image"
    assert len(calls) == 1


@pytest.mark.parametrize(
    "spoil", [lambda kept: kept[:-1], lambda _: b"", lambda kept: b"x" + kept[1:]]
)
def test_an_image_that_came_to_harm_is_made_again(tmp_path, spoil):
    kept(tmp_path, "a", "key", lambda: b"image")
    (file,) = tmp_path.iterdir()
    file.write_bytes(spoil(file.read_bytes()))
    assert kept(tmp_path, "a", "key", lambda: b"again") == b"again"


def test_another_key_another_image_and_no_file_more(tmp_path):
    kept(tmp_path, "a", "one", lambda: b"one")
    assert kept(tmp_path, "a", "two", lambda: b"two") == b"two"
    assert len([*tmp_path.iterdir()]) == 1


def test_where_nothing_can_be_kept_it_is_made(tmp_path):
    (tmp_path / "share").write_bytes(b"a file")
    assert kept(tmp_path / "share", "a", "key", lambda: b"image") == b"image"
