"""YAML becomes plain data with lines; what a case must not use is refused, and said for analysts."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from detente.case import yamlfile, yamlfile_text
from detente.case.yamlfile import head, read_yaml
from detente.case.yamlfile_plain import plain


@pytest.fixture(params=["CSafeLoader", "SafeLoader"])
def loader(request, monkeypatch):
    """Run with the fast parser, and with the one used where the fast one was not built."""
    if not hasattr(yaml, request.param):
        pytest.skip("PyYAML was built without its fast parser")
    monkeypatch.setattr(yamlfile, "_LOADER", getattr(yaml, request.param))
    return request.param


def read(tmp_path: Path, text: str | bytes):
    path = tmp_path / "x.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_yaml(path, "x.yaml")


def test_data_and_lines(tmp_path, loader):
    text = "a: 1\nb:\n  - id: x\n    c: [p, q]\n  - >-\n    long\n    text\n\nd: {e: f}\n"
    file = read(tmp_path, text)
    assert file.data == {"a": 1, "b": [{"id": "x", "c": ["p", "q"]}, "long text"], "d": {"e": "f"}}
    assert file.lines == {
        ("a",): 1,
        ("b",): 2,
        ("b", 0): 3,
        ("b", 0, "id"): 3,
        ("b", 0, "c"): 4,
        ("b", 0, "c", 0): 4,
        ("b", 0, "c", 1): 4,
        ("b", 1): 5,
        ("d",): 9,
        ("d", "e"): 9,
    }
    assert not file.problems
    assert file.usable


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(
            (word, word)
            for word in ("NO", "no", "on", "yes", "Off", "y", "2025-08-14", "12:30", "1_000", "0b1")
        ),
        *((word, word) for word in ("+", "-", ".", "1.2.3", "1e", "truE", "nULL", "=", "<<")),
        *(("true", True), ("False", False), ("null", None), ("~", None), ("", None)),
        *(("7", 7), ("-7", -7), ("+7", 7), ("010", 10), ("0o10", 8), ("0x1F", 31)),
        *(("1.5", 1.5), ("-.5", -0.5), ("1.", 1.0), ("2e3", 2000.0), ("1E-2", 0.01)),
    ],
)
def test_core_schema(text, value):
    # YAML 1.2.2, section 10.3.2, without the words for infinity and not-a-number.
    assert plain(text) == value
    assert type(plain(text)) is type(value)


def test_quoted_is_text(tmp_path, loader):
    assert read(tmp_path, "a: \"true\"\nb: '7'\nno: on\n").data == {"a": "true", "b": "7", "no": "on"}


@pytest.mark.parametrize("text", [".inf", "-.INF", ".nan", "1e999", "9" * 41, "0." + "1" * 60])
def test_numbers_without_use(tmp_path, text):
    (problem,) = read(tmp_path, f"a: 1\nb: {text}\n").problems
    assert problem.line == 2


REFUSED = [
    ("a: &x 1\n", [(1, "`&x` names a place")]),
    ("a: &x [1]\nb: [*x, *x]\n*x : 1\n", [(1, "`&x`"), (2, "`*x` points"), (2, "`*x`"), (3, "`*x`")]),
    ("a: !!python/object:os.system x\n", [(1, "the tag `tag:yaml.org,2002:python/object:os.system`")]),
    ("a: !secret\n  b: 1\n", [(1, "the tag `!secret`")]),
    (
        "a: 1\nb: 2\na: 3\nb: {c: 1, c: 2}\na: 4\n",
        [(3, "line 1"), (4, "line 2"), (4, "line 4"), (5, "line 1")],
    ),
    ("a: 1\n---\nb: 2\n", [(2, "a second document begins")]),
    ("a: 1\n...\nb: 2\n", [(3, "text follows after the end")]),
    ("", [(None, "the file is empty")]),
    ("# only a comment\n---\n", [(None, "the file is empty")]),
    ("just words\n", [(1, "does not consist of `name: value` lines")]),
    ("- a\n- b\n", [(1, "does not consist of `name: value` lines")]),
    ("[" * 5000, [(1, "more than 40 levels")]),
    ("a:\n" + "".join(" " * n + "- \n" for n in range(1, 60)), [(41, "more than 40 levels")]),
    ("{a: " * 50 + "1" + "}" * 50, [(1, "more than 40 levels")]),
    (": 1\n", [(1, "")]),
    ("'': 1\n", [(1, "the name before the colon is missing")]),
    ("a: {{name}}\n", [(1, "the name before a colon cannot be a list or { }")]),
    ("a: 1\nb: \x07\n", [(2, "control character U+0007")]),
    ("a: 1\nb: x\x85y\x80\n", [(2, "control character U+0080")]),
    ('a: "\\x07"\n', [(1, "a code for a control character")]),
    (b"a: 1\nb: caf\xe9\n", [(2, "byte 0xe9 is not UTF-8")]),
    ("a: 1\n".encode("utf-16"), [(None, "saved as UTF-16")]),
    (b"\x00" * 100, [(1, "U+0000")]),
    ("%YAML 2.0\n---\na: 1\n", [(1, "another version of YAML")]),
]


@pytest.mark.parametrize(("text", "expected"), REFUSED, ids=[str(r[0])[:30] for r in REFUSED])
def test_refused(tmp_path, loader, text, expected):
    found = read(tmp_path, text).problems
    assert [p.line for p in found] == [line for line, _ in expected]
    assert all(message in p.message and p.remedy for p, (_, message) in zip(found, expected, strict=True))


# The analyst's words for what the parser says: line, a word of the message.
BROKEN = [
    ("a:\n\tb: 1\n", 2, "a tab stands where spaces are needed"),
    ("a: 1\n\tb: 2\n", 2, "a tab"),
    ("a: He said: no\n", 1, "a colon where none can stand"),
    ("a:1\nb: 2\n", 2, "a missing space after a colon"),
    ("a: {b: |\n  text\n }\n", 1, "block text (`|`) cannot stand inside"),
    ("a: [>-\n  text]\n", 1, "block text (`>`) cannot stand inside"),
    ("a:\n    b: 1\n  c: 2\n", 3, "indented differently"),
    ("a:\n  - b: 1\n   c: 2\n", 3, "does not belong to the list above"),
    ("a: 1\n- b\n", 2, "indented differently"),
    ('a: 1\nb: "open\nc: 1\n', 2, "opened here and never closed"),
    ("a: 'it's'\nb: 2\n", 1, "goes on after its closing quotation mark"),
    ('a: "b" c\n', 1, "goes on after its closing quotation mark"),
    ("a: {b: 1\nc: 2\n", 1, "a { is not closed"),
    ("a: [b, c\nd: 2\n", 1, "a [ is not closed"),
    ("a: [b,, c]\n", 1, "an item is missing"),
    ("a: 1\nwords\nb: 2\n", 3, "neither a colon nor a place"),
    ("a: @b\n", 1, "cannot begin with `@`"),
    ("a: `b`\n", 1, "cannot begin with a backquote"),
    ("a: %b\n", 1, "cannot begin with `%`"),
    ("a: * b\n", 1, "cannot begin with `*`"),
    ("a: & b\n", 1, "cannot begin with `&`"),
    ("a: !x!b 1\n", 1, "cannot begin with `!`"),
    ('a: "\\q"\n', 1, "a backslash"),
    ("a: - b\n", 1, "a list item"),
    ("a: >b\n c\n", 1, "text stands after `|` or `>`"),
]


@pytest.mark.parametrize(("text", "line", "message"), BROKEN, ids=[b[0][:20] for b in BROKEN])
def test_parser_errors_in_plain_words(tmp_path, loader, text, line, message):
    (problem,) = read(tmp_path, text).problems
    assert problem.line == line
    assert message in problem.message
    assert problem.remedy


def test_doubled_names_say_where_and_leave_the_rest_usable(tmp_path, loader):
    file = read(tmp_path, "a:\n  - id: x\n    b: 1\n    b: {c: 2}\n")
    assert [(p.where, p.line) for p in file.problems] == [("a.x.b", 4)]
    assert file.usable
    assert file.data == {"a": [{"id": "x", "b": 1}]}


def test_byte_order_mark_and_windows_line_ends(tmp_path, loader):
    file = read(tmp_path, b"\xef\xbb\xbfa: 1\r\nb: two\r\n")
    assert file.data == {"a": 1, "b": "two"}
    assert file.lines[("b",)] == 2


@pytest.mark.parametrize("path", ["/dev/zero", ".", "missing.yaml", "a\0b", "a" * 5000])
def test_no_file(path):
    (problem,) = read_yaml(Path(path)).problems
    assert problem.line is None
    assert problem.remedy


def test_too_large(tmp_path, monkeypatch):
    monkeypatch.setattr(yamlfile_text, "MAX_BYTES", 3)
    (problem,) = read(tmp_path, "a: 1\n").problems
    assert "5 bytes" in problem.message


def test_head_reads_no_further_than_needed(tmp_path):
    path = tmp_path / "x.yaml"
    path.write_text("id: x\nas_of: 2025-01-31\nrest: [1, 2]\nbroken: {\n")
    assert head(path, ("id", "as_of")) == {"id": "x", "as_of": "2025-01-31"}
    assert head(path, ("id", "nothing")) == {"id": "x"}
    assert head(tmp_path / "none.yaml", ("id",)) == {}
