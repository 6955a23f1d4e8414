from plugins._problem import Problem


def test_an_editor_is_told_where_and_what():
    problem = Problem(3, 5, "没有这一天")
    assert problem.told("content", "pages/a.md") == "content/pages/a.md:3:5: 没有这一天"
