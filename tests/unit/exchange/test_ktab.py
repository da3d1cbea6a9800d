"""KTAB actor tables: habits of the format, every fault at once, and the way out and back."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import InputProblems
from detente.exchange import ktab
from detente.methods.spatial import smp

DATA = Path(__file__).resolve().parents[2] / "data" / "spatial"
SOUND = """Talks, "a test, with commas", 3, 1,
Actor, Description, Influence, Line, Line salience,
North, the $$ side, 100, 0, 90,
South, "says &quot;no&quot;", 60.5, 80, 70,
East, , 10, 50, 20,
"""


@pytest.mark.parametrize("name", ["ktab_SOE-Policy", "ktab_dummyData-a040"])
def test_import_and_run_gives_the_original_programs_positions(name: str) -> None:
    table = ktab.read_ktab(DATA / "imports" / f"{name}.csv")
    expected = json.loads((DATA / f"{name}.json").read_text())
    assert [a["position"] for a in expected["actors"]] == table.position[:, 0].tolist()
    run = smp.play(table.position, table.power, table.salience / 100, smp.COMPAT)
    assert run.position[:, :, 0] == pytest.approx(
        np.array(expected["expected"]["smp"]["positions"]), abs=1e-7
    )


def test_import_in_two_dimensions_gives_the_original_programs_positions() -> None:
    table = ktab.read_ktab(DATA / "imports/synthetic_2d.csv")
    assert table.dimensions == ("First", "Second")
    expected = json.loads((DATA / "synthetic_submodels.json").read_text())["runs"]["2d"]["defaults"]
    run = smp.play(table.position, table.power, table.salience / 100, smp.COMPAT)
    assert run.position[-1] == pytest.approx(np.array(expected["positions_final"]), abs=1e-7)


def test_habits_of_the_format() -> None:
    table = ktab.parse_ktab(SOUND)
    assert (table.name, table.description) == ("Talks", "a test, with commas")
    assert table.descriptions == ("the , side", 'says "no"', "")
    assert table.power.tolist() == [100.0, 60.5, 10.0]
    assert table.notes == ()
    for other in (SOUND.replace("\n", "\r\n"), SOUND.rstrip(), SOUND + "\n\nleft over"):
        again = ktab.parse_ktab(other)
        assert again.position.tolist() == table.position.tolist()


def test_a_byte_order_mark_is_read_over(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(b"\xef\xbb\xbf" + SOUND.encode())
    assert ktab.read_ktab(path).name == "Talks"


def test_every_fault_is_reported_at_once() -> None:
    bad = SOUND.replace("60.5, 80, 70", "0, 180, high").replace("East, , 10, 50, 20", "North, , nan, 50, 0")
    with pytest.raises(InputProblems) as found:
        ktab.parse_ktab(bad, "t.csv")
    told = [(p.line, p.where) for p in found.value.problems]
    assert told == [
        (4, "power"),
        (4, "Line position"),
        (4, "Line salience"),
        (5, "actor"),
        (5, "power"),
        (5, "salience"),
    ]
    assert "t.csv:4: Line position: 180 lies outside 0 to 100" in str(found.value)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("3, 1,", "4, 1,", "promises 4 actors, but 3 follow"),
        ("3, 1,", "three, 1,", "'three' is no whole number"),
        ("3, 1,", "3,", "line 1 has four fields"),
        ("Line, Line salience,", "Line,", "headings have 5 fields"),
        ("100, 0, 90", "100, 0", "an actor has 5 fields here, this line 4"),
        ("0, 90", "1_0, 90", "'1_0' is no number"),
        ("North,", ",", "the actor has no name"),
    ],
)
def test_faults_in_words(old: str, new: str, says: str) -> None:
    with pytest.raises(InputProblems, match=says):
        ktab.parse_ktab(SOUND.replace(old, new, 1))


def test_saliences_over_several_dimensions_share_a_hundred() -> None:
    text = (DATA / "imports/synthetic_2d.csv").read_text()
    with pytest.raises(InputProblems, match="saliences of 'A' add up to 110"):
        ktab.parse_ktab(text.replace("A, invented actor, 100, 10, 50, 80, 30", "A, x, 100, 10, 50, 80, 60"))


def test_departures_that_do_no_harm_are_noted() -> None:
    table = ktab.parse_ktab(SOUND.replace("North", "N" * 30) + "West, , 1, 2, 3\n")
    assert [p.severity for p in table.notes] == ["warning", "warning"]
    assert "30 characters" in str(table.notes[1])


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputProblems, match="cannot open it"):
        ktab.read_ktab(tmp_path / "none.csv")
    (tmp_path / "latin.csv").write_bytes(b"T\xfcr, x, 3, 1")
    with pytest.raises(InputProblems, match="UTF-8"):
        ktab.read_ktab(tmp_path / "latin.csv")
    (tmp_path / "large.csv").write_bytes(b" " * (ktab.MAX_BYTES + 1))
    with pytest.raises(InputProblems, match="larger than"):
        ktab.read_ktab(tmp_path / "large.csv")
    with pytest.raises(InputProblems, match="four fields"):
        ktab.parse_ktab("")


TEXT = st.text(st.sampled_from('abc ,";&x'), max_size=8).map(str.strip)
NUMBER = st.floats(0, 50, allow_subnormal=False)


@given(
    st.lists(st.tuples(TEXT, st.floats(1e-3, 1e6), NUMBER, NUMBER), min_size=3, max_size=6),
    TEXT,
    st.integers(1, 2),
)
def test_export_and_import_give_the_table_back(
    rows: list[tuple[str, float, float, float]], title: str, dims: int
) -> None:
    table = ktab.Table(
        title,
        "",
        tuple(f"d{k}" for k in range(dims)),
        tuple(f"actor {i}" for i in range(len(rows))),
        tuple(r[0] for r in rows),
        np.array([r[1] for r in rows]),
        np.array([[r[2]] * dims for r in rows]),
        np.array([[r[3] / dims + 0.1] * dims for r in rows]),
    )
    back = ktab.parse_ktab(ktab.as_ktab(table))
    assert (back.name, back.actors, back.descriptions) == (title, table.actors, table.descriptions)
    for one, two in (
        (back.power, table.power),
        (back.position, table.position),
        (back.salience, table.salience),
    ):
        assert one.tolist() == two.tolist()


def test_export_refuses_what_the_original_could_not_read() -> None:
    two = ktab.parse_ktab("T,,2,1\nActor,Description,Power,L,S\nA,,1,0,5\nB,,1,90,5")
    with pytest.raises(InputProblems, match="3 to 250 actors"):
        ktab.as_ktab(two)


def test_a_table_becomes_a_case() -> None:
    case = ktab.as_case(ktab.parse_ktab(SOUND), date(2015, 1, 1), "a reader")
    issue = case.issues[0]
    assert [(o.id, o.position) for o in issue.options] == [("at_0", 0.0), ("at_50", 50.0), ("at_80", 80.0)]
    assert case.preferences["A2"]["D1"].tiers == (("at_80",), ("at_50",), ("at_0",))
    assert case.preferences["A2"]["D1"].salience.mid == 70
    assert [a.capability.high for a in case.actors if a.capability] == [100.0, 60.5, 10.0]
    assert case.required == ()
