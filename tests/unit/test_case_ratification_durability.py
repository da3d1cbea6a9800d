"""The ratification and durability blocks say what is wrong with them, in the analyst's words."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from detente.case.durability import Commitment, Durability
from detente.case.ratification import Gate, Ratification, first

BLOC = {"id": "all", "name": "All members", "seats": 100, "votes": [{"count": [40, 60]}]}
VOTE = {"id": "vote", "name": "Vote", "kind": "assembly", "blocs": [BLOC], "seats": 51}
ROUTE = {"id": "law", "name": "Law", "gates": ["vote"]}
READINGS = {"plain": {"text": "As written"}}


def block(**changes: Any) -> dict[str, Any]:
    return {"readings": READINGS, "gates": [VOTE], "routes": [ROUTE], **changes}


def test_the_first_entry_that_matches_counts_and_open_issues_match_nothing() -> None:
    votes = [
        {"when": {"land": ["ceded"]}, "readings": ["strict"], "count": [0, 10]},
        {"when": {"land": ["ceded"]}, "count": [10, 30]},
        {"count": [40, 60]},
    ]
    bloc = {**BLOC, "votes": votes}
    gate = Ratification.model_validate(block(gates=[{**VOTE, "blocs": [bloc]}])).gates[0]
    entries = gate.blocs[0].votes  # type: ignore[union-attr]
    assert first(entries, {"land": "ceded"}, "strict").count.high == 10
    assert first(entries, {"land": "ceded"}, "plain").count.high == 30
    assert first(entries, {"other": "x"}, "strict").count.high == 60


def test_days_default_to_none_needed() -> None:
    gate = Ratification.model_validate(block()).gates[0]
    assert (gate.days.low, gate.days.high) == (0, 0)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"routes": [{**ROUTE, "gates": ["nowhere"]}]}, "unknown gate: nowhere"),
        ({"gates": [VOTE, VOTE]}, "vote stands twice"),
        ({"gates": [{**VOTE, "seats": None}]}, "give `seats`"),
        (
            {"gates": [{**VOTE, "blocs": [{**BLOC, "votes": [{"count": [40, 160]}]}]}]},
            "between 0 and its 100",
        ),
        (
            {"gates": [{**VOTE, "blocs": [{**BLOC, "votes": [{"when": {"a": ["b"]}, "count": [1, 2]}]}]}]},
            "must be for all deals",
        ),
        ({"readings": {}}, "at least 1"),
    ],
)
def test_faults_of_a_ratification_block_are_named(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Ratification.model_validate(block(**changes))


POLL = {"in_favour": 54, "against": 30, "asked": 1000, "fielded": "2020-01-01"}


@pytest.mark.parametrize(
    ("gate", "message"),
    [
        ({"kind": "referendum", "electorates": [], "id": "r", "name": "R"}, "at least 1"),
        (
            {
                "kind": "referendum",
                "id": "r",
                "name": "R",
                "regions": 2,
                "electorates": [{"id": "e", "name": "E", "support": [{"polls": [POLL]}]}],
            },
            "2 regions are asked for and 1 listed",
        ),
        (
            {
                "kind": "referendum",
                "id": "r",
                "name": "R",
                "electorates": [{"id": "e", "name": "E", "support": [{"polls": [{**POLL, "against": 60}]}]}],
            },
            "more than 100 per cent",
        ),
        (
            {"kind": "council", "id": "c", "name": "C", "need": 3,
             "members": [{"id": "m", "name": "M", "count": 2, "chances": [{"chance": [50, 60]}]}]},
            "between 1 and 2 members",
        ),
        ({"kind": "court", "id": "c", "name": "C", "chances": [{"chance": [50, 160]}]}, "0 to 100"),
    ],
)  # fmt: skip
def test_faults_of_gates_are_named(gate: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        TypeAdapter(Gate).validate_python(gate)


DURABILITY: dict[str, Any] = {
    "war": "civil",
    "kinds": [{"when": {"halt": ["none"]}, "kind": "none"}, {"kind": "truce"}],
}
POWELL: dict[str, Any] = {
    "rising": "A", "falling": "B", "now": [30, 40], "later": [50, 60],
    "destroyed": [5, 15], "discount": [85, 95],
}  # fmt: skip


def test_the_kind_of_halt_follows_the_terms() -> None:
    found = Durability.model_validate(DURABILITY)
    assert found.kind({"halt": "none"}).kind == "none"
    assert found.kind({"halt": "yes"}).kind == "truce"
    assert found.kind({}).kind == "truce"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"kinds": [{"when": {"halt": ["none"]}, "kind": "none"}]}, "must be for all deals"),
        ({"takes_effect": [50, 150]}, "0 to 100"),
        ({"terms": [{"id": "t", "text": "T", "feature": "strength", "amount": [0, 200]}]}, "0 to 100"),
        ({"commitment": {**POWELL, "later": [10, 60]}}, "must not get weaker"),
        ({"commitment": {**POWELL, "discount": [90, 100]}}, "below 100"),
        ({"terms": [{"id": "t", "text": "T", "feature": "luck", "amount": [0, 20]}]}, "peacekeepers"),
    ],
)
def test_faults_of_a_durability_block_are_named(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Durability.model_validate({**DURABILITY, **changes})


def test_a_commitment_block_is_read() -> None:
    assert Commitment.model_validate(POWELL).later.high == 60


def test_names_and_dates_of_the_blocks_are_checked() -> None:
    from detente.case.checks_finding import names_of
    from detente.case.checks_home import home_dates, home_names
    from detente.case.load import load_case

    case = load_case("knesset-1978")
    names = names_of(case)
    assert not [*home_names(case, names), *home_dates(case, names)]
    wrong = Ratification.model_validate(
        block(
            gates=[
                {**VOTE, "needed": [{"when": {"nowhere": ["x"]}, "readings": ["other"]}]},
                {"kind": "referendum", "id": "r", "name": "R",
                 "electorates": [{"id": "e", "name": "E", "support": [{"polls": [POLL]}]}]},
            ]
        )
    )  # fmt: skip
    later = Durability.model_validate(
        {
            **DURABILITY,
            "kinds": [{"kind": "truce"}],
            "commitment": POWELL,
            "precedents": [{"id": "p", "name": "P", "began": "1979-01-01"}],
        }
    )
    faulty = case.model_copy(update={"ratification": wrong, "durability": later})
    found = " ".join(f.message for f in home_names(faulty, names_of(faulty)))
    for unknown in ("nowhere", "other", "`A`", "`B`"):
        assert unknown in found
    dates = [f.spot[-1] for f in home_dates(faulty, names_of(faulty))]
    assert sorted(dates) == ["began", "fielded"]
