"""What a YAML parser's complaint means to somebody who is not a programmer, and what to do about it."""

from __future__ import annotations

_STARTS = {
    "\t": ("a tab stands where spaces are needed", "indent with spaces only, two for each level"),
    "|": ("block text (`|`) cannot stand inside { } or [ ]", "put the block on its own indented lines"),
    ">": ("block text (`>`) cannot stand inside { } or [ ]", "put the block on its own indented lines"),
    "@": ("a text cannot begin with `@`", "put the text in double quotes"),
    "`": ("a text cannot begin with a backquote", "put the text in double quotes"),
    "%": ("a text cannot begin with `%`", "put the text in double quotes"),
}

# First row whose needles all stand in the parser's words wins; both of PyYAML's parsers are covered.
_ROWS: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (("tab character",), *_STARTS["\t"]),
    (
        ("document start",),
        "text follows after the end of the document (`...`)",
        "remove the line with `...` or what follows it",
    ),
    (
        ("values are not allowed",),
        "there is a colon where none can stand: a colon inside a text, a missing space after a colon, or a "
        "line indented too far",
        "put a text that contains a colon in double quotes, write `name: value` with a space, and line up "
        "the names of one level",
    ),
    (
        ("sequence entries are not allowed",),
        "a list item (`- `) stands where none can be",
        "start the list on its own line, indented below its name",
    ),
    (
        ("could not find expected ':'",),
        "a line has neither a colon nor a place in a text or list",
        "write `name: value`, or indent the line below the text it continues",
    ),
    (
        ("quoted scalar", "end of stream"),
        "a quotation mark is opened here and never closed",
        "close it, or remove it",
    ),
    (
        ("escape",),
        "a backslash in a double-quoted text starts a code that does not exist",
        "double the backslash, or use single quotes",
    ),
    (
        ("flow mapping",),
        "a { is not closed, or an item in it lacks its comma",
        "write {name: value, name: value}, closed on the same line",
    ),
    (
        ("flow sequence",),
        "a [ is not closed, or an item in it lacks its comma",
        "write [item, item], closed on the same line",
    ),
    (
        ("flow node",),
        "an item is missing between [ ] or { }: two commas, or a bracket that is never closed",
        "write [item, item], closed on the same line",
    ),
    (
        ("block collection",),
        "this line does not belong to the list above it: it is indented differently or lacks its `- `",
        "line it up with the other items",
    ),
    (
        ("block mapping", "within a line"),
        "a text goes on after its closing quotation mark",
        "put the whole text in one pair of quotes; within '...' write '' for an apostrophe",
    ),
    (
        ("block mapping",),
        "this line is indented differently from the lines it belongs to, or its name is missing",
        "line up the names of one level",
    ),
    (("block scalar",), "text stands after `|` or `>`", "begin the text on the next line, indented"),
    (("anchor",), "a text cannot begin with `&`", "put the text in double quotes"),
    (("alias",), "a text cannot begin with `*`", "put the text in double quotes"),
    (("tag",), "a text cannot begin with `!`", "put the text in double quotes"),
    (("incompatible",), "the file asks for another version of YAML", "remove the line that begins with %"),
    (("control characters",), "a character that cannot be printed", "remove it"),
)


def explain(said: str, character: str) -> tuple[str, str]:
    """Return message and remedy for what a YAML parser said.

    Parameters
    ----------
    said : str
        The parser's context and problem, joined.
    character : str
        The character at which it stopped; "" at the end of the file.

    Examples
    --------
    >>> explain("while scanning for the next token; found character that cannot start any token", "@")
    ('a text cannot begin with `@`', 'put the text in double quotes')
    """
    if "cannot start any token" in said and character in _STARTS:
        return _STARTS[character]
    for needles, message, remedy in _ROWS:
        if all(needle in said for needle in needles):
            return message, remedy
    return f"the YAML cannot be read here ({said})", "check quotes, colons and indentation of this line"
