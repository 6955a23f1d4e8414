import base64
import hashlib

from plugins.csp import Settings, csp

FRAME = '<details><iframe loading="lazy" src="https://player.example.com/v?a=1"></iframe></details>'


def rules(css="", data="", html="", mode="inline", **statistics):
    policy = csp(Settings(STATISTICS=statistics, CSS=mode), css, data, html)
    return {rule.split()[0]: rule.split()[1:] for rule in policy.split(";")}


def sha256(text):
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_everything_is_forbidden_but_the_sites_own():
    assert rules()["default-src"] == ["'none'"]
    assert rules()["script-src"] == ["'self'"]
    assert rules()["connect-src"] == ["'self'"]
    assert rules()["base-uri"] == ["'none'"]
    assert not [value for value in rules().values() if {"*", "'unsafe-inline'"} & set(value)]


def test_the_style_and_the_data_block_are_allowed_by_their_hashes():
    found = rules("a{color:red}", '{"标题":"甲"}')
    assert found["style-src"] == [sha256("a{color:red}")]
    assert found["script-src"] == ["'self'", sha256('{"标题":"甲"}')]


def test_the_script_of_all_pages_is_allowed_by_its_hash():
    policy = csp(Settings(), "", "{}", "", "let a=1")
    assert f"script-src 'self' {sha256('let a=1')} {sha256('{}')}" in policy


def test_a_pages_own_script_is_allowed_by_its_hash_too():
    policy = csp(Settings(), "", "", "", "let a=1", own="let b=2")
    assert f"script-src 'self' {sha256('let b=2')} {sha256('let a=1')};" in policy


def test_a_style_in_a_file_is_the_sites_own_and_none_in_the_page_is_allowed():
    assert rules("a{color:red}", mode="file")["style-src"] == ["'self'"]


def test_frames_are_allowed_only_where_they_are():
    assert "frame-src" not in rules(html="<p>https://player.example.com/</p>")
    assert rules(html=FRAME)["frame-src"] == ["https://player.example.com"]


def test_two_frames_of_one_host_are_one_rule():
    assert rules(html=FRAME + FRAME)["frame-src"] == ["https://player.example.com"]


def test_pictures_in_the_style_are_allowed_only_where_they_are():
    assert rules("a{}")["img-src"] == ["'self'"]
    assert rules("a{background:url(data:image/svg+xml,x)}")["img-src"] == ["'self'", "data:"]


def test_the_host_of_statistics_is_allowed_when_they_are_on():
    found = rules(script="https://s.example.com/a/s.js")
    assert "https://s.example.com" in found["script-src"]
    assert "https://s.example.com" in found["connect-src"]


def test_a_host_cannot_end_the_attribute():
    policy = csp(Settings(), "", html='<iframe src="https://a\'b&c/">')
    assert "frame-src https://a'b&amp;c" in policy
    assert '"' not in csp(Settings(STATISTICS={"script": 'https://a"b/'}), "")
