"""Importers read a user's own copy by its published column names and say plainly what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from detente.errors import InputProblems
from detente.exchange import ethprio, pax, ucdp
from detente.methods.durability import estimate

AGREEMENT_HEAD = ",".join(ucdp.AGREEMENTS.columns)


def _write(folder: Path, *lines: str) -> Path:
    path = folder / "copy.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def test_agreements_are_timed_from_signature(tmp_path: Path) -> None:
    path = _write(
        tmp_path,
        AGREEMENT_HEAD,
        "1,First,2000-01-01,1,1,2000-01-31,1,0,0,0,0,0,0,0",
        "2,Second,2021-12-01,3,,,0,1,0,0,0,0,0,0",
        "3,Same day,2001-05-05,2,True,2001-05-05,0,0,0,0,0,0,0,0",
        "4,No date,,2,,,0,0,0,0,0,0,0,0",
    )
    found = ucdp.read_agreements(path)
    assert found.names == ("First (2000)", "Second (2021)", "Same day (2001)")
    assert found.spells.leave.tolist() == [30.0, 30.0, 0.5]
    assert found.spells.failed.tolist() == [True, False, True]
    assert found.covariates["full"].tolist() == [1.0, 0.0, 0.0]
    assert found.skipped == 1


def test_agreements_from_the_extract_equal_its_own_days(shared: Path) -> None:
    import csv

    path = shared / "data/conflict/ucdp_peace_agreements_221_survival.csv"
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    found = ucdp.read_agreements(path)
    assert found.spells.leave == pytest.approx([float(row["days"]) for row in rows])
    assert found.spells.failed.tolist() == [row["event"] == "True" for row in rows]
    fit = estimate.cox(found.spells, found.covariates)
    assert fit.log_likelihood == pytest.approx(-714.32, abs=5e-3)


TERMINATION_HEAD = ",".join(ucdp.TERMINATIONS.columns)


def test_terminations_run_to_the_next_episode(tmp_path: Path) -> None:
    path = _write(
        tmp_path,
        TERMINATION_HEAD,
        "7,1,1990,0,,3,1,2,A,B",
        "7,1,1991,1,2,3,1,1,A,B",
        "7,2,1995,1,1,3,1,1,A,B",
        "8,1,2020,1,5,2,2,1,C,D",
    )
    found = ucdp.read_terminations(path)
    assert found.names == ("A / B (1991)", "A / B (1995)")
    assert found.spells.leave == pytest.approx([4 * 365.25, 26 * 365.25])
    assert found.spells.failed.tolist() == [True, False]
    assert found.covariates["ceasefire"].tolist() == [1.0, 0.0]
    assert found.covariates["war_intensity"].tolist() == [1.0, 0.0]
    assert found.covariates["log_duration"] == pytest.approx([np.log(2), 0.0])
    assert found.cluster == (7, 7)


CEASEFIRE_HEAD = ",".join(ethprio.CEASEFIRES.columns)


def test_ceasefires_count_once_and_may_leave_out_unknown_ends(tmp_path: Path) -> None:
    path = _write(
        tmp_path,
        CEASEFIRE_HEAD,
        # cc, cf_id, dec y m d, effect y m d, end y m d, partial hum hol written nego send impl enf
        "X,1,2000,1,1,2000,1,10,2000,2,9,1,0,0,1,0,0,0,0",
        "X,1,2000,1,1,2000,1,10,2000,1,20,1,0,0,1,0,0,0,0",
        "X,2,2010,3,-1,-1,-1,-1,-1,-1,-1,0,0,0,1,1,0,1,0",
        "X,3,-1,-1,-1,-1,-1,-1,-1,-1,-1,0,0,0,0,0,0,0,0",
    )
    found = ethprio.read_ceasefires(path)
    assert found.names == ("X 1 (2000)", "X 2 (2010)")
    assert found.spells.leave.tolist() == [30.0, 3944.0]
    assert found.spells.failed.tolist() == [True, False]
    assert found.skipped == 1
    assert ethprio.read_ceasefires(path, open_ended=False).names == ("X 1 (2000)",)


def test_pax_lists_ceasefires_in_order(tmp_path: Path) -> None:
    path = _write(
        tmp_path,
        "AgtId,Con,PPName,Agt,Dat,Stage,Other",
        '2,Y,Process,"Later, with comma",2001-02-03,Cea,x',
        "1,Y,Process,Earlier,1999-01-01,SubPar,x",
    )
    found = pax.read_pax(path)
    assert [a.name for a in found] == ["Earlier", "Later, with comma"]
    assert [a.id for a in pax.ceasefires(found)] == [2]


def test_a_wrong_file_is_named_with_the_missing_columns(tmp_path: Path) -> None:
    path = _write(tmp_path, "a,b", "1,2")
    with pytest.raises(
        InputProblems, match=r"columns are missing: paid, pa_name.*Remedy: take the file named"
    ):
        ucdp.read_agreements(path)


def test_a_spreadsheet_is_refused_with_the_way_out(tmp_path: Path) -> None:
    path = tmp_path / "file.xlsx"
    path.write_bytes(b"PK")
    with pytest.raises(InputProblems, match="save it as CSV"):
        ethprio.read_ceasefires(path)


def test_a_missing_or_binary_file_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(InputProblems, match="check the path"):
        pax.read_pax(tmp_path / "nowhere.csv")
    path = tmp_path / "latin.csv"
    path.write_bytes(b"AgtId,Con\n\xff\xfe")
    with pytest.raises(InputProblems, match="not UTF-8"):
        pax.read_pax(path)


def test_every_bad_row_is_listed_with_its_line(tmp_path: Path) -> None:
    path = _write(
        tmp_path,
        AGREEMENT_HEAD,
        "1,Backwards,2000-01-02,1,1,1999-12-31,0,0,0,0,0,0,0,0",
        "2,No date,soon,1,,,0,0,0,0,0,0,0,0",
        "x,Fine otherwise,2000-01-02,1,,,0,0,0,0,0,0,0,0",
    )
    with pytest.raises(InputProblems) as caught:
        ucdp.read_agreements(path)
    assert [p.line for p in caught.value.problems] == [2, 3, 4]
    assert "before it was signed" in str(caught.value)


def test_many_bad_rows_are_counted_not_all_printed(tmp_path: Path) -> None:
    rows = [f"{k},Bad,soon,1,,,0,0,0,0,0,0,0,0" for k in range(50)]
    with pytest.raises(InputProblems, match="30 more rows"):
        ucdp.read_agreements(_write(tmp_path, AGREEMENT_HEAD, *rows))


def test_a_semicolon_file_is_read_too(tmp_path: Path) -> None:
    head = AGREEMENT_HEAD.replace(",", ";")
    path = _write(tmp_path, head, "1;First;2000-01-01;1;1;2000-01-31;1;0;0;0;0;0;0;0")
    assert ucdp.read_agreements(path).spells.leave.tolist() == [30.0]


def test_an_empty_table_gives_no_lifetimes(tmp_path: Path) -> None:
    assert ucdp.read_agreements(_write(tmp_path, AGREEMENT_HEAD)).names == ()
