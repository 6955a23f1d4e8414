import pytest
from hypothesis import given
from hypothesis import strategies as st

from press import store
from press.store import LostRecordError, Pack, Shards

HARMS = {
    "missing": lambda path: path.unlink(),
    "empty": lambda path: path.write_bytes(b""),
    "cut short": lambda path: path.write_bytes(path.read_bytes()[:-1]),
    "cut in its head": lambda path: path.write_bytes(path.read_bytes()[:20]),
    "one bit": lambda path: path.write_bytes(
        path.read_bytes()[:-3] + bytes([path.read_bytes()[-3] ^ 1]) + path.read_bytes()[-2:]
    ),
    "longer": lambda path: path.write_bytes(path.read_bytes() + b"\0"),
    "of another format": lambda path: path.write_bytes(
        path.read_bytes().replace(store.MAGIC, b"press 0\n")
    ),
    "a folder": lambda path: (path.unlink(), path.mkdir()),
}


def test_what_was_saved_is_read(tmp_path):
    store.save(tmp_path / "x", b"one", b"payload")
    assert store.load(tmp_path / "x", b"one") == b"payload"
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


def test_what_another_version_saved_is_nothing(tmp_path):
    store.save(tmp_path / "x", b"one", b"payload")
    assert store.load(tmp_path / "x", b"two") is None


@pytest.mark.parametrize("harm", HARMS.values(), ids=HARMS)
def test_what_was_harmed_is_nothing(tmp_path, harm):
    store.save(tmp_path / "x", b"one", b"a payload of some length")
    harm(tmp_path / "x")
    assert store.load(tmp_path / "x", b"one") is None


def full(path, count=2000) -> Shards:
    values = Shards(path)
    for number in range(count):
        values[f"articles/{number}.md"] = number
    values.extra = "more"
    values.save(b"one")
    return values


def read(path) -> Shards:
    values = Shards(path)
    values.load(b"one")
    return values


def test_values_come_back(tmp_path):
    saved = full(tmp_path / "x")
    found = read(tmp_path / "x")
    assert (found.all(), found.extra, found.clean) == (saved.all(), "more", True)


def test_one_value_is_read_without_the_others(tmp_path):
    full(tmp_path / "x")
    found = read(tmp_path / "x")
    offset, length, _ = found.places[found.part_of("articles/8.md")]
    content = (tmp_path / "x").read_bytes()
    harmed = bytes(len(content[:offset])) + content[offset : offset + length]
    (tmp_path / "x").write_bytes(harmed + bytes(len(content) - len(harmed)))
    assert found.get("articles/8.md") == 8
    with pytest.raises(LostRecordError):
        found.all()


@pytest.mark.parametrize("harm", HARMS, ids=HARMS)
def test_a_harmed_table_is_nothing(tmp_path, harm):
    full(tmp_path / "x", 10)
    HARMS[harm](tmp_path / "x.table")
    found = read(tmp_path / "x")
    assert (found.all(), found.extra) == ({}, None)


@pytest.mark.parametrize("harm", ["missing", "empty", "cut short", "longer", "a folder"])
def test_a_table_without_its_parts_is_nothing(tmp_path, harm):
    full(tmp_path / "x", 10)
    HARMS[harm](tmp_path / "x")
    found = read(tmp_path / "x")
    assert (found.all(), found.extra) == ({}, None)


def test_a_harmed_part_is_noticed_when_it_is_read(tmp_path):
    full(tmp_path / "x", 10)
    HARMS["one bit"](tmp_path / "x")
    with pytest.raises(LostRecordError):
        read(tmp_path / "x").get("articles/7.md")


def test_a_change_makes_one_part_to_be_written_again(tmp_path):
    full(tmp_path / "x")
    found = read(tmp_path / "x")
    before = [digest for _, _, digest in found.places]
    assert len(before) > 4
    found["articles/7.md"] = "changed"
    del found["articles/8.md"]
    own = {found.part_of("articles/7.md"), found.part_of("articles/8.md")}
    found.save(b"one")
    assert {n for n, (_, _, digest) in enumerate(found.places) if digest != before[n]} == own
    again = read(tmp_path / "x")
    assert again.get("articles/7.md") == "changed"
    assert again.get("articles/8.md") is None
    assert len(again.all()) == 1999


def test_parts_follow_the_number_of_values(tmp_path):
    found = full(tmp_path / "x")
    many = len(found.places)
    for number in range(1990):
        del found[f"articles/{number}.md"]
    found.save(b"one")
    assert len(found.places) < many
    assert read(tmp_path / "x").all() == {f"articles/{n}.md": n for n in range(1990, 2000)}


def test_neighbouring_names_are_read_together(tmp_path):
    full(tmp_path / "x")
    found = read(tmp_path / "x")
    names = sorted(f"articles/{number}.md" for number in range(2000))
    assert len({found.part_of(name) for name in names[1000 : 1000 + store.SIZE]}) <= 2


@given(
    st.lists(
        st.dictionaries(st.text("abc", max_size=4), st.integers(0, 9) | st.none(), max_size=99),
        max_size=5,
    )
)
def test_values_are_those_of_a_dict_after_any_changes(tmp_path_factory, changes):
    """A name with None is deleted; each dict of changes is saved, and read by another."""
    path, expected = tmp_path_factory.mktemp("shards") / "x", {}
    for change in changes:
        found = read(path)
        for name, value in change.items():
            if value is None:
                del found[name]
                expected.pop(name, None)
            else:
                found[name] = expected[name] = value
        found.save(b"one")
        assert found.all() == expected
        again = read(path)
        assert {name: again.get(name) for name in expected} == expected
        assert read(path).all() == expected


def test_values_in_memory_outlive_the_loss_of_their_file(tmp_path):
    found = full(tmp_path / "x")
    (tmp_path / "x").unlink()
    found["articles/7.md"] = "changed"
    found.save(b"one")
    assert read(tmp_path / "x").all() == found.all()


def test_values_not_yet_read_are_lost_with_their_file(tmp_path):
    full(tmp_path / "x")
    found = read(tmp_path / "x")
    (tmp_path / "x").unlink()
    found.dirty.add(0)
    with pytest.raises(LostRecordError):
        found.save(b"one")


@pytest.fixture
def pack():
    """Makes packs, and closes them in the end."""
    made = []

    def pack(path):
        made.append(Pack(path))
        return made[-1]

    yield pack
    for one in made:
        one.close()


def test_records_come_back_from_a_pack(tmp_path, pack):
    places = [*pack(tmp_path / "pack").append(iter([b"one", "二".encode()]))]
    again = pack(tmp_path / "pack")
    assert [again.read(place) for place in places] == [b"one", "二".encode()]
    [place] = again.append(iter([b"four"]))
    assert again.read(place) == b"four"


@pytest.mark.parametrize("harm", [b"", b"on", b"oNe"], ids=["empty", "cut short", "one letter"])
def test_a_harmed_record_is_nothing(tmp_path, pack, harm):
    [place] = pack(tmp_path / "pack").append(iter([b"one"]))
    (tmp_path / "pack").write_bytes(harm)
    assert pack(tmp_path / "pack").read(place) is None
    (tmp_path / "pack").unlink()
    assert pack(tmp_path / "pack").read(place) is None


def test_no_record_is_empty(tmp_path, pack):
    [place] = pack(tmp_path / "pack").append(iter([b""]))
    assert pack(tmp_path / "pack").read(place) is None


def test_a_pack_takes_over_what_another_process_packed(tmp_path, pack):
    whole, other = pack(tmp_path / "pack"), pack(tmp_path / "pack.1")
    [first] = whole.append(iter([b"first"]))
    [(offset, length, checksum)] = other.append(iter([b"second"]))
    start = whole.absorb(other)
    assert not other.path.exists()
    assert whole.read(first) == b"first"
    assert whole.read((start + offset, length, checksum)) == b"second"
