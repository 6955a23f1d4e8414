import math

import pytest

from plugins.keywords import RARE, WORTH, Settings, facts, rarity, weigh
from tests.plugins.conftest import metadata

SETTINGS = Settings()


def words(html, head="标题: 无", settings=SETTINGS):
    return [word for word, _ in facts(html, metadata(head, body="。"), settings)]


def test_the_table_of_rarity_is_of_words_and_numbers():
    table = rarity()
    assert len(table) == 12_000
    assert all(WORTH.fullmatch(word) and word == word.lower() for word in table)
    assert all(0 < value < RARE * 2 for value in table.values())


def test_a_rare_word_weighs_more_than_a_common_one():
    weights = dict(weigh({"我们": 1, "囤标": 1}, 5))
    assert weights["囤标"] > weights["我们"]


def test_repetition_counts_less_and_less():
    one, two, nine = (dict(weigh({"快手": n, "京东": 1}, 5))["快手"] for n in (1, 2, 9))
    assert one < two < nine < 9 * one


@pytest.mark.parametrize("counts", [{"快手": 3, "京东": 1, "商家": 7}, {"GMV": 1}])
def test_weights_have_length_one_heaviest_first(counts):
    weights = [weight for _, weight in weigh(counts, 5)]
    assert math.hypot(*weights) == pytest.approx(1, abs=0.001)
    assert weights == sorted(weights, reverse=True)


def test_no_words_weigh_nothing():
    assert weigh({}, 5) == ()


def test_only_words_of_two_characters_or_more_count():
    assert set(words("<p>的 快手 12 1.6亿 GMV a 了</p>")) == {"快手", "gmv"}


def test_code_and_footnotes_do_not_count():
    assert words('<pre>淘宝</pre><section class="notes">京东</section><p>快手</p>') == ["快手"]


def test_tags_and_title_count_most():
    head = "标题: 快递\n标签: 仓库"
    assert words("<p>包裹</p>", head)[-1] == "包裹"
    assert set(words("<p>包裹</p>", head)) == {"快递", "仓库", "包裹"}


def test_there_are_at_most_so_many():
    assert len(words("<p>快手京东淘宝天猫抖音快递仓库</p>", settings=Settings(limit=3))) == 3


def test_an_empty_text_has_the_words_of_its_title():
    assert words("", "标题: 快手") == ["快手"]
