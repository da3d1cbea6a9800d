"""The ledger: one origin counts once, disputes show from both sides, nothing later enters unasked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import ValidationError

from detente.case.checks import check_case
from detente.case.ledger import opposed, origins, weigh
from detente.case.load import load_case
from detente.case.model import Case
from detente.case.sources import Evidence, Quote

Spoil = Callable[..., Path]

LATER_ITEM = """\
  - id: e_after
    statement: The envoy left.
    source: [after]
    as_of: 2025-02-03
    later: true
"""
LATER_SOURCE = """\
  - id: after
    publisher: A news agency
    published: 2025-02-03
    later: true
evidence:
"""


def item(name: str, **given: object) -> Evidence:
    return Evidence.model_validate(
        {"id": name, "statement": "x", "source": ("s",), "as_of": "2025-01-01", **given}
    )


def test_one_origin_counts_once_even_through_items_not_cited() -> None:
    ledger = [item("a", same_origin=("b",)), item("b"), item("c", same_origin=("b",)), item("d")]
    assert origins(ledger, ["c", "a", "d", "a"]) == (("c", "a"), ("d",))
    assert weigh(ledger, ["a", "c", "d"]).origins == 2
    assert weigh(ledger, ["a", "b", "c"]).origins == 1
    assert weigh(ledger, []).items == 0


def test_a_dispute_shows_from_both_sides() -> None:
    assert opposed([item("a", contradicts=("b",)), item("b"), item("c")]) == {"a": ("b",), "b": ("a",)}
    assert weigh([item("a", contradicts=("b",)), item("b")], ["b"]).disputed == 1


def test_the_flagship_counts_shared_origins(alaska: Case) -> None:
    linked = [i for i in alaska.evidence if i.same_origin]
    for one in linked:
        both = [one.id, *one.same_origin]
        assert weigh(alaska.evidence, both).origins == 1


def test_a_quote_is_as_long_as_its_place() -> None:
    assert Quote(text="abc", start=2, end=5).document == ""
    with pytest.raises(ValidationError, match="the quote has 3 characters"):
        Quote(text="abc", start=2, end=6)


def test_later_items_are_refused_unless_marked(spoil: Spoil) -> None:
    spoil(("evidence:\n", LATER_SOURCE), ("  - id: e_envoy\n", f"{LATER_ITEM}  - id: e_envoy\n"))
    assert load_case("talks").evidence[2].later
    file = Path("talks/sources.yaml")
    file.write_text(file.read_text().replace("    later: true\n", ""))
    messages = [p.message for p in check_case("talks").errors]
    assert messages == [
        "published 2025-02-03, after the case's own date, 2025-01-31",
        "dated 2025-02-03, after the case's own date, 2025-01-31",
    ]


def test_nothing_but_a_later_option_rests_on_a_later_item(spoil: Spoil) -> None:
    spoil(
        ("evidence:\n", LATER_SOURCE),
        ("  - id: e_envoy\n", f"{LATER_ITEM}  - id: e_envoy\n"),
        ("Regain the river valley, basis: stated, evidence: [e_south]", "Regain, evidence: [e_after]"),
    )
    found = check_case("talks").errors
    assert "e_after is marked as later than the case" in found[0].message
    assert found[0].where.startswith("actors.south.goals#1.evidence")


def test_an_item_cannot_support_and_contradict_another(spoil: Spoil) -> None:
    spoil(
        (
            "    said_by: [Southern president",
            "    supports: [e_north]\n    contradicts: [e_north]\n    said_by: [Southern president",
        )
    )
    assert [p.message for p in check_case("talks").errors] == [
        "the item both supports and contradicts e_north"
    ]


def test_copied_words_are_a_warning(spoil: Spoil) -> None:
    said = "The North will not give up the valley, and would welcome an end to the fighting."
    quote = f"    quote: {{ text: '{said}', start: 10, end: {10 + len(said)} }}\n"
    spoil((f"    statement: {said}\n", f"    statement: {said}\n{quote}"))
    report = check_case("talks")
    assert not report.errors
    assert any("copied word for word: e_north" in p.message for p in report.warnings)
