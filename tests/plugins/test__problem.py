from plugins._problem import MOST, Problem, limited


def test_an_editor_is_told_where_and_what():
    problem = Problem(3, 5, "没有这一天")
    assert problem.told("content", "pages/a.md") == "content/pages/a.md:3:5: 没有这一天"


def test_of_very_many_the_first_are_listed_once():
    many = [Problem(line, 1, "错") for line in range(MOST + 3, 0, -1)] * 2
    found = limited(many)
    assert found[:MOST] == [Problem(line, 1, "错") for line in range(1, MOST + 1)]
    assert found[MOST:] == [Problem(MOST + 1, 1, "这个文件还有3处问题没有列出，请先改好前面的")]
    assert limited(many[:2]) == [Problem(MOST + 2, 1, "错"), Problem(MOST + 3, 1, "错")]
