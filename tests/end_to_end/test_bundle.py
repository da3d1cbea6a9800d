"""A bundle is complete, its checksums hold, and running it again gives the same bytes."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from detente.brief.bundle import bundle
from detente.case.folders import folder_of
from detente.cli import app
from detente.cli.parcel import deliver_files, zipped
from detente.errors import UsageError


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return bundle("alaska-2025", draws=40)


def rows(files: dict[str, bytes], name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files[name].decode())))


def test_the_case_is_in_it_byte_for_byte(files: dict[str, bytes]) -> None:
    for file in ("case.yaml", "sources.yaml"):
        assert files[f"case/alaska-2025/{file}"] == (folder_of("alaska-2025") / file).read_bytes()


def test_checksums_hold_and_cover_every_other_file(files: dict[str, bytes]) -> None:
    listed = dict(reversed(line.split("  ")) for line in files["SHA256SUMS"].decode().splitlines())
    assert set(listed) == set(files) - {"SHA256SUMS"}
    assert all(hashlib.sha256(files[name]).hexdigest() == digest for name, digest in listed.items())


def test_running_it_again_from_the_bundle_gives_the_same_bytes(
    files: dict[str, bytes], tmp_path: Path
) -> None:
    place = deliver_files(files, tmp_path, "alaska-2025")
    command = files["README.md"].decode().split("detente bundle ")[1].split("\n")[0].split()
    command[0] = str(place / command[0])
    done = CliRunner().invoke(app, ["bundle", *command[:-1], str(tmp_path / "again.zip")])
    assert done.exit_code == 0, done.output
    with zipfile.ZipFile(tmp_path / "again.zip") as archive:
        again = {name.removeprefix("alaska-2025/"): archive.read(name) for name in archive.namelist()}
    assert again == files


def test_tables_agree_with_the_ledger_and_the_results(files: dict[str, bytes]) -> None:
    results = {n: json.loads(d) for n, d in files.items() if n.startswith("results/") and n.endswith(".json")}
    chains = results.pop("results/chains.json")["chains"]
    measures = [(r["lens"], m["name"]) for r in results.values() for m in r["measures"]]
    assert sorted((row["lens"], row["name"]) for row in rows(files, "results/measures.csv")) == sorted(
        measures
    )
    assert {f"{lens}.{name}" for lens, name in measures} == set(chains)
    ids = [row["id"] for row in rows(files, "ledger/evidence.csv")]
    assert len(ids) == len(set(ids)) > 100
    sources = {row["id"] for row in rows(files, "ledger/sources.csv")}
    assert {s for row in rows(files, "ledger/evidence.csv") for s in row["source"].split("; ")} <= sources
    assert {e["id"] for e in json.loads(files["ledger/sources.csl.json"])} == sources
    assert all(f"{{{name}," in files["ledger/sources.bib"].decode() for name in sources)
    assert {row["lens"] for row in rows(files, "results/constants.csv")} == {
        r["lens"] for r in results.values()
    }


def test_no_trace_of_this_machine(files: dict[str, bytes]) -> None:
    here = str(Path(__file__).parents[2]).encode()
    assert not [name for name, data in files.items() if here in data]


def test_a_zip_file_has_no_times(files: dict[str, bytes]) -> None:
    data = zipped(files)
    assert data == zipped(dict(reversed(files.items())))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.testzip() is None


def test_nothing_is_overwritten_or_half_written(files: dict[str, bytes], tmp_path: Path) -> None:
    place = deliver_files({"a/b": b"1"}, tmp_path, "x")
    with pytest.raises(UsageError, match="exists already"):
        deliver_files({"a/b": b"2"}, tmp_path, "x")
    assert (place / "a" / "b").read_bytes() == b"1"
    with pytest.raises(UsageError, match="cannot write"):
        deliver_files({"a": b"1"}, Path("/proc/nowhere"), "x")
    with pytest.raises(UsageError, match="cannot write"):
        deliver_files({"a": b"1", "a/b": b"2"}, tmp_path, "y")  # a file cannot also be a folder
    assert sorted(p.name for p in tmp_path.iterdir()) == ["x"]
