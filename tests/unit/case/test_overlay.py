"""Edits on trial: found as a person types them, refused with every reason, never touching the case itself."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.case.load import load_case
from detente.case.model import Case
from detente.case.overlay import Edit, Overlay, apply, apply_typed, parse_edits, value_at
from detente.errors import InputProblems


def test_a_case_and_its_digest_stay_as_they_are(alaska: Case) -> None:
    before = alaska.model_dump_json()
    changed = apply_typed(alaska, ["no_deal.russia.shift=-30 to -20", "preferences.UKR.line.salience=10..20"])
    assert alaska.model_dump_json() == before
    assert alaska.variant is None
    assert changed.no_deal.worth["RUS"].shift.low == -30
    assert changed.preferences["UKR"]["line"].salience.high == 20


def test_the_digest_names_base_and_edits_and_not_the_reasons(alaska: Case) -> None:
    edit = Edit(path="no_deal.RUS.shift", value=[-30, -20])
    one = apply(alaska, Overlay(edits=(edit,)))
    other = apply(alaska, Overlay(edits=(edit.model_copy(update={"why": "sanctions", "who": "me"}),)))
    third = apply(alaska, Overlay(edits=(edit.model_copy(update={"value": [-30, -21]}),)))
    assert one.digest == other.digest != third.digest
    assert one.digest.split("+")[0] == alaska.digest


@pytest.mark.parametrize(
    "typed",
    [
        "no_deal.worth.RUS.shift",
        "no_deal.RUS.shift",
        "no_deal.Russia.shift",
        "no_deal.kremlin.shift",
        " no_deal.worth.rus.shift ",
    ],
)
def test_actors_go_by_id_name_or_alias(alaska: Case, typed: str) -> None:
    changed = apply(alaska, Overlay(edits=(Edit(path=typed, value=-5),)))
    assert changed.variant is not None
    assert changed.variant.edits[0].path == "no_deal.worth.RUS.shift"
    assert changed.variant.edits[0].value == [-5, -5]
    assert changed.variant.edits[0].was == [-10, 10]


def test_every_problem_comes_at_once(alaska: Case) -> None:
    with pytest.raises(InputProblems) as caught:
        apply_typed(alaska, ["nonsense", "preferences.RUS.lin.salience=3", "as_of=2026-01-01"])
    said = [str(p) for p in caught.value.problems]
    assert len(said) == 3
    assert "did you mean `line`?" in said[1] or "did you mean `line`?" in said[2]


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        ("no_deal.RUS.shift=20 to 0", "runs backwards"),
        ("preferences.RUS.line.salience=120", "leaves the scale"),
        ("preferences.RUS.line.salience=much", "must be a range"),
        ("preferences.RUS.line.order=[freeze]", "leaves out"),
        ("no_deal.options.line=zzz", "no option of line named `zzz`"),
        ("no_deal.worth.XXX.worth=3", "there is no `XXX` in no_deal.worth"),
        ("rules.K7.reading=Z", "no reading `Z`"),
        ("rules.K99.reading=A", "no `K99` in rules"),
        ("no_deal=null", "`no_deal` is missing"),
        ("id=other", "cannot be edited"),
        ("evidence.F001.statement=x", "cannot be edited"),
        ("title.x=3", "single value"),
        ("=3", "not path=value"),
        ("no_deal.RUS.shift=[1, 2", "cannot be read"),
        ("actors.RUS.consent=no", "must be true or false"),
        ("no_deal.RUS.shift={low: 1}", "missing"),
    ],
)
def test_what_is_wrong_is_said_in_a_users_words(alaska: Case, edit: str, words: str) -> None:
    with pytest.raises(InputProblems, match=words):
        apply_typed(alaska, [edit])


def test_two_edits_of_one_place_are_refused(alaska: Case) -> None:
    with pytest.raises(InputProblems, match="same place"):
        apply_typed(alaska, ["no_deal.RUS.shift=1", "no_deal.worth.RUS={worth: [1, 2]}"])


def test_a_worth_takes_the_place_of_a_deal_it_was_like(alaska: Case) -> None:
    changed = apply_typed(alaska, ["no_deal.russia.worth=50 to 60"]).no_deal.worth["RUS"]
    assert (changed.worth.low, changed.like, changed.shift) == (50, None, None)


def test_an_edited_judgement_says_so(alaska: Case) -> None:
    before = alaska.preferences["RUS"]["line"]
    edit = Edit(path="preferences.RUS.line.salience", value=[1, 2], why="a test", who="A. Nalyst")
    after = apply(alaska, Overlay(edits=(edit,))).preferences["RUS"]["line"]
    assert before.basis != "guess"
    assert after.basis == "guess"
    assert after.note.startswith("On trial: salience 1 to 2, on file ")
    assert "a test. By A. Nalyst." in after.note
    assert after.evidence == before.evidence
    cited = edit.model_copy(update={"source": ("F001",)})
    backed = apply(alaska, Overlay(edits=(cited,))).preferences["RUS"]["line"]
    assert backed.basis == "inferred"
    assert "F001" in backed.evidence


def test_an_edit_to_what_already_stands_changes_no_number_and_no_basis(alaska: Case) -> None:
    same = apply(alaska, Overlay(edits=(Edit(path="no_deal.RUS.shift", value=[-10, 10]),)))
    assert same.no_deal == alaska.no_deal


def test_edits_add_up_and_remember_what_was_on_file(alaska: Case) -> None:
    once = apply_typed(alaska, ["no_deal.RUS.shift=1 to 2"])
    twice = apply_typed(once, ["no_deal.RUS.shift=3 to 4", "preferences.RUS.line.salience=5"])
    assert twice.variant is not None
    assert next((e.path, e.was, e.value) for e in twice.variant.edits) == (
        "no_deal.worth.RUS.shift",
        [-10, 10],
        [3, 4],
    )
    direct = apply_typed(alaska, ["preferences.RUS.line.salience=5", "no_deal.RUS.shift=3 to 4"])
    assert twice.digest == direct.digest


def test_a_wider_edit_takes_up_those_within_it(alaska: Case) -> None:
    once = apply_typed(alaska, ["no_deal.RUS.shift=1 to 2"])
    twice = apply_typed(once, ["no_deal.worth.RUS={worth: [40, 50], basis: guess}"])
    assert twice.variant is not None
    assert twice.variant.paths() == ("no_deal.worth.RUS",)


def test_a_variant_is_as_valid_as_a_case_read_from_disk(alaska: Case) -> None:
    """Parts are read anew one by one; that is as good as reading the whole only while nothing spans parts."""
    decorators = Case.__pydantic_decorators__
    assert not decorators.model_validators
    assert not decorators.field_validators
    changed = apply_typed(alaska, ["no_deal.RUS.shift=-3", "rules.K7.reading=B", "signposts=null"])
    again = Case.model_validate_json(changed.model_dump_json(by_alias=True, exclude_unset=True), strict=True)
    assert again.no_deal == changed.no_deal
    assert again.rules == changed.rules
    assert changed.signposts == ()


def test_an_entry_that_a_case_lacks_can_be_added(alaska: Case) -> None:
    assert "NAT" not in alaska.no_deal.worth
    changed = apply_typed(alaska, ["no_deal.worth.NAT.worth=40 to 60"])
    assert changed.no_deal.worth["NAT"].worth.mid == 50


@given(text=st.text(max_size=60))
def test_no_text_typed_breaks_anything(text: str) -> None:
    case = load_case_once()
    with contextlib.suppress(InputProblems):
        apply_typed(case, [text, f"no_deal.RUS.shift={text}", f"{text}=1"])


_CASES: list[Case] = []


def load_case_once() -> Case:
    if not _CASES:
        _CASES.append(load_case("alaska-2025"))
    return _CASES[0]


def test_typed_values_are_what_a_person_means() -> None:
    typed = ["a=5", "a=5 to 9", "a=-20..−5", "a=[x, [y, z]]", "a=true", "a=null", "a=NO", "a=1e3"]
    values = [parse_edits([text])[0].value for text in typed]
    assert values == [5, [5, 9], [-20, -5], ["x", ["y", "z"]], True, None, "NO", 1000.0]


def test_what_stands_at_a_place_can_be_asked(alaska: Case) -> None:
    assert value_at(alaska, "no_deal.RUS.shift") == [-10, 10]
    assert value_at(alaska, "no_deal.RUS.worth") is None
    with pytest.raises(InputProblems, match="no such place"):
        value_at(alaska, "nowhere.at.all")
