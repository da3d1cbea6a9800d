"""Text is made harmless, and only web addresses become links."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.render.plain import clean, shorten, web_address


@given(st.text(alphabet=st.characters()))
def test_cleaned_text_is_encodable_on_one_line_and_cannot_steer_the_reader(text: str) -> None:
    safe = clean(text)
    safe.encode("utf-8")
    assert "\n" not in safe
    kept = {unicodedata.category(c) for c in safe if c not in "\u200c\u200d\u00ad"}
    assert not kept & {"Cc", "Cf", "Cs", "Zl", "Zp"}


@given(st.text(alphabet=st.characters()))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.text(alphabet=st.characters(categories=("L", "N", "P", "S")), min_size=1))
def test_printable_text_is_left_alone(text: str) -> None:
    assert clean(text) == text


def test_direction_overrides_become_visible() -> None:
    assert clean("safe\u202egnp.exe") == "safe\ufffdgnp.exe"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,<script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//example.org",
        "https://",
        "http:example.org",
        "java\nscript:alert(1)",
        "https://a b.org",
        "https://[broken",
        "",
    ],
)
def test_other_addresses_are_no_links(url: str) -> None:
    assert web_address(url) == ""


def test_web_addresses_are_links() -> None:
    assert web_address("https://example.org/a?b=c&d=e#f") == "https://example.org/a?b=c&d=e#f"
    assert web_address(" http://example.org ") == "http://example.org"


@given(st.text(max_size=40), st.integers(1, 30))
def test_shortened_text_fits(text: str, length: int) -> None:
    assert len(shorten(text, length)) <= max(length, 1)
