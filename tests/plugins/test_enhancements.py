from plugins.enhancements import LARGEST, Settings, enhancements


def test_the_script_of_every_page_is_small():
    assert 0 < len(enhancements(Settings()).encode()) <= LARGEST


def test_a_publisher_can_switch_it_off():
    assert enhancements(Settings(on=False)) == ""
