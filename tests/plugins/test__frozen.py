import pickle
from collections.abc import Mapping

import pytest

from plugins._frozen import Frozen


class Speed(Frozen):
    """Settings of a plugin, as an example."""

    slow: int = 300
    unit: str
    names: Mapping[str, str] = {}

    def __post_init__(self) -> None:
        if self.slow < 1:
            raise ValueError("too slow")


class Reading(Speed):
    """The same and one more."""

    fast: int = 500


def test_what_is_not_given_has_its_default():
    assert vars(Speed(unit="字")) == {"slow": 300, "unit": "字", "names": {}}


def test_a_class_below_has_the_fields_of_both():
    assert vars(Reading(unit="字")) == {"slow": 300, "unit": "字", "names": {}, "fast": 500}
    assert list(Speed._fields) == ["slow", "unit", "names"]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        pytest.param({}, "Speed lacks unit", id="a field without default"),
        pytest.param({"unit": "字", "fast": 1}, "Speed has no fast", id="an unknown one"),
    ],
)
def test_what_is_given_fits_the_fields(given, told):
    with pytest.raises(TypeError, match=told):
        Speed(**given)


def test_a_class_may_refuse_a_value():
    with pytest.raises(ValueError, match="too slow"):
        Speed(unit="字", slow=0)


def test_a_value_is_fixed():
    with pytest.raises(AttributeError, match="slow is fixed"):
        Speed(unit="字").slow = 200


def test_equal_values_are_equal_and_of_one_class():
    assert Speed(unit="字") == Speed(unit="字", slow=300)
    assert Speed(unit="字") != Speed(unit="词")
    assert Speed(unit="字", names={}) != Reading(unit="字", names={})


def test_it_is_as_it_was_after_pickling():
    kept = pickle.dumps(Speed(unit="字"))
    assert pickle.loads(kept) == Speed(unit="字")  # noqa: S301  made here


def test_it_shows_what_it_holds():
    assert repr(Speed(unit="字")) == "Speed(slow=300, unit='字', names={})"
