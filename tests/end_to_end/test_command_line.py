"""What a user types, and what comes back: answers, files, errors; never a traceback."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from detente.cli import main
from detente.cli.output import deliver


@dataclass(frozen=True)
class Done:
    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def detente(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Done]:
    """Return the command line, run in this process as a user's shell would run it."""

    def call(*args: str, cwd: Path | None = None) -> Done:
        monkeypatch.setattr(sys, "argv", ["detente", *args])
        if cwd is not None:
            monkeypatch.chdir(cwd)
        code = 0
        try:
            main()
        except SystemExit as stop:
            code = int(stop.code or 0)
        said = capsys.readouterr()
        return Done(code, said.out, said.err)

    return call


Command = Callable[..., Done]


def test_the_brief_writes_one_file_and_prints_the_answer(tmp_path: Path, detente: Command) -> None:
    done = detente("brief", "alaska-2025", "--draws", "100", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "No deal on the table" in done.stdout
    page = (tmp_path / "out" / "alaska-2025" / "brief.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>") or page.startswith("<!DOCTYPE html>")
    assert [p.name for p in (tmp_path / "out" / "alaska-2025").iterdir()] == ["brief.html"]
    assert not {"src=http", 'src="http', "url(http", "@import"} & set(page.split())


STARTS = {".html": "<!DOCTYPE html>", ".md": "#", ".json": "{", ".txt": "The special-status"}


@pytest.mark.parametrize("ending", STARTS)
@pytest.mark.parametrize(
    "words",
    [
        ("brief", "minsk-2015", "--draws", "50"),
        ("settlement", "minsk-2015", "--draws", "50"),
        ("compare", "minsk-2015", "--set", "issues.rank.name=Rank", "--draws", "50", "--lens", "settlement"),
        ("study", "robustness", "minsk-2015", "--with", "draws=50"),
    ],
    ids=lambda words: words[0],
)
def test_the_ending_of_a_file_says_its_format(
    words: tuple[str, ...], ending: str, tmp_path: Path, detente: Command
) -> None:
    target = tmp_path / f"made{ending}"
    done = detente(*words, "-o", str(target))
    assert done.returncode == 0, done.stderr
    assert target.read_text(encoding="utf-8").lower().startswith(STARTS[ending].lower())
    assert (f"The whole brief: {target}" in done.stdout) == (words[0] == "brief")


@pytest.mark.parametrize(
    ("target", "says"),
    [("x.docx", "nothing here writes .docx"), (".", "is a folder"), ("file/x.html", "is a file")],
)
def test_a_place_that_cannot_be_written_is_refused_before_the_work(
    target: str, says: str, tmp_path: Path, detente: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError("worked before it looked where to write")

    monkeypatch.setattr("detente.cli.trial.tried", never)
    (tmp_path / "file").write_text("kept")
    for command in ("brief", "settlement"):
        done = detente(command, "minsk-2015", "-o", target, cwd=tmp_path)
        assert (done.returncode, says in done.stderr, "Remedy" in done.stderr) == (2, True, True)
    assert [p.name for p in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize(
    ("words", "work"),
    [
        (("brief", "minsk-2015"), "detente.brief.compose.compose"),
        (("bundle", "minsk-2015"), "detente.brief.bundle.bundle"),
        (("bundle", "minsk-2015", "-o", "out"), "detente.brief.bundle.bundle"),
        (("bundle", "minsk-2015", "-o", "out/b.zip"), "detente.brief.bundle.bundle"),
        (("trace", "minsk-2015", "settlement.feasible", "-o", "out/t.txt"), "detente.brief.trace.trace"),
        (("compare", "minsk-2015", "-o", "out/c.md"), "detente.case.load.load_case"),
        (("study", "robustness", "minsk-2015", "-o", "out/s.md"), "detente.studies.question.question"),
        (("forecast", "alaska-2025", "-o", "out/f.html"), "detente.lens.Lens.apply"),
        (("new", "out/talks"), ""),
        (("draft", "out/talks", "a.txt"), "detente.ingest.session.told"),
        (("ingest", "alaska-2025", "a.txt", "-o", "out/p.json"), "detente.ingest.session.ingest"),
        (("scoreboard", "a.txt", "-o", "out/s.json"), "detente.studies.deu.read_decisions"),
        (("refit", "pax", "a.txt", "-o", "out/s.json"), "detente.exchange.refit.refit"),
    ],
    ids=lambda given: " ".join(given) if isinstance(given, tuple) else "",
)
def test_every_command_looks_where_to_write_before_it_works(
    words: tuple[str, ...], work: str, tmp_path: Path, detente: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError("worked before it looked where to write")

    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "out").write_text("a file, where a folder is wanted")
    if work:
        monkeypatch.setattr(work, never)
    done = detente(*words, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "out is a file. Remedy: choose" in done.stderr
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.txt", "out"]


def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    deliver("the answer", pipe)
    assert os.read(reader, 100) == b"the answer"
    assert pipe.is_fifo()
    os.close(reader)


def test_the_same_seed_gives_the_same_bytes_and_another_does_not(tmp_path: Path) -> None:
    made = {}
    for name, seed, threads in (("a", "1", "1"), ("b", "1", "2"), ("c", "2", "2")):
        target = tmp_path / f"{name}.html"
        args = [
            "brief",
            "alaska-2025",
            "--draws",
            "50",
            "--seed",
            seed,
            "--format",
            "html",
            "-o",
            str(target),
        ]
        command = [sys.executable, "-m", "detente", *args]
        subprocess.run(command, check=True, env={**os.environ, "NUMBA_NUM_THREADS": threads})
        made[name] = target.read_bytes()
    assert made["a"] == made["b"] != made["c"]


def test_with_opens_deals_and_json_says_so(detente: Command) -> None:
    done = detente("settlement", "alaska-2025", "--with", "line=donetsk_neutral", "--draws", "50", "--json")
    data = json.loads(done.stdout)
    values = {m["name"]: m["value"] for m in data["measures"]}
    assert values["zone.flexible"] == 48
    assert data["options"]["with"] == ["line=donetsk_neutral"]


def test_an_option_of_ones_own_comes_from_a_file(tmp_path: Path, detente: Command) -> None:
    idea = tmp_path / "idea.yaml"
    idea.write_text(
        "id: lease\nissue: line\ntext: Ukraine leases its part of Donetsk to a third party\n"
        "floated: my own idea\nafter: {RUS: donetsk, UKR: freeze}\n"
        "accepts: {RUS: [flexible], UKR: [flexible]}\nrules_like: donetsk\nbasis: guess\n",
        encoding="utf-8",
    )
    done = detente("settlement", "alaska-2025", "--with", str(idea), "--draws", "50", "--json")
    assert done.returncode == 0, done.stderr
    values = {m["name"]: m["value"] for m in json.loads(done.stdout)["measures"]}
    assert values["zone.flexible"] == 48
    page = detente("settlement", "alaska-2025", "--with", str(idea), "--draws", "50")
    assert "leases its part" in " ".join(page.stdout.split())
    idea.write_text(
        "id: lease\nissue: line\ntext: x\nfloated: me\nafter: {XXX: donetsk, RUS: moon}\n", encoding="utf-8"
    )
    wrong = detente("settlement", "alaska-2025", "--with", str(idea))
    assert wrong.returncode == 2
    assert "idea.yaml:5: after.XXX" in wrong.stderr
    assert "idea.yaml:5: after.RUS" in wrong.stderr


def test_locating_the_reported_package(detente: Command) -> None:
    done = detente("locate", "alaska-2025", "reported", "--draws", "100")
    assert done.returncode == 0, done.stderr
    assert done.stdout.split("\n\n")[1].startswith("Ukraine would refuse this package")
    typed = detente("locate", "alaska-2025", "line=donetsk", "align=neutral", "guar=article5", "--json")
    data = json.loads(typed.stdout)["result"]
    assert data["completions"] == 0
    assert data["broken"] == ["K1"]


@pytest.mark.parametrize(
    "args",
    [
        ("brief", "no-such-case"),
        ("settlement", "alaska-2025", "--with", "line=moon"),
        ("settlement", "alaska-2025", "--coalition", "XXX"),
        ("settlement", "alaska-2025", "--rule", "K7=Z"),
        ("settlement", "alaska-2025", "--rule", "nonsense"),
        ("settlement", "alaska-2025", "--draws", "0"),
        ("locate", "alaska-2025"),
        ("locate", "alaska-2025", "line=moon"),
        ("locate", "alaska-2025", "moon=line"),
        ("locate", "alaska-2025", "nonsense"),
        ("breif", "alaska-2025"),
        ("brief",),
        ("brief", "alaska-2025", "--format", "html", "-o", "/proc/nowhere/x.html"),
        ("brief", "alaska-2025", "--format", "html", "-o", "/"),
    ],
)
def test_mistakes_get_words_and_a_way_out(args: tuple[str, ...], detente: Command) -> None:
    done = detente(*args)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert "Remedy" in done.stderr or "Usage" in done.stderr


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (
            ("settlement", "minsk-2015", "--draws", "0", "--seed", "-1"),
            "draws: must be at least 1; seed: must be",
        ),
        (("durability", "minsk-2015", "--held-days", "0"), "held-days: must be at least 1"),
        (("settlement", "minsk-2015", "--rule", "a=b"), "no rule of the case is contested"),
        (("unlock", "minsk-2015", "moon=line"), "there is no issue 'moon'"),
        (("stability", "alaska-2025", "--state", "99"), "only a written conflict has numbered states"),
        (("forecast", "minsk-2015"), "what the case can answer: settlement, unlock, locate"),
        (("ingest", "minsk-2015", "x.txt", "--published", "2015-13-40"), "`2015-13-40` is no date"),
        (("check", ""), "no case is named. Remedy: choose from alaska-2025"),
        (("trace", "minsk-2015", "settlement.feasible", "-o", "chain.html"), "writes text or JSON"),
        (("settlement", "minsk-2015", "--draws", "2000000"), "draws: must be at most 1,000,000. Remedy"),
        (("settlement", "y" * 300), "there is no such folder, and no bundled case of that name. Remedy"),
        (("bundle", "y" * 300), "there is no such folder, and no bundled case of that name. Remedy"),
        (("review", "y" * 300), "there is no such folder, and no bundled case of that name. Remedy"),
        (("serve", "y" * 300), "there is no such folder, and no bundled case of that name. Remedy"),
        (("serve", "minsk-2015", "--host", ""), "there is no address to listen at. Remedy"),
        (("study", "robustness", "minsk-2015", "--threshold", "nan"), "parts nothing. Remedy"),
        (("compare", "minsk-2015", "--set", "no_deal.worth.RUS=1"), "Remedy: name what is inside it"),
    ],
)
def test_what_is_wrong_is_said_as_it_is_typed(args: tuple[str, ...], says: str, detente: Command) -> None:
    done = detente(*args)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr


@pytest.mark.parametrize("command", ["check", "settlement", "bundle", "review", "ingest"])
def test_a_folder_that_may_not_be_opened_is_called_that(
    command: str, tmp_path: Path, detente: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    stat = Path.stat

    def refused(path: Path, **how: bool) -> os.stat_result:
        if path.parent.name == "closed":  # root may open everything, so the system's answer is played
            raise PermissionError(13, "Permission denied", str(path))
        return stat(path, **how)

    (tmp_path / "closed").mkdir()
    monkeypatch.setattr(Path, "stat", refused)
    done = detente(command, "closed", *(["a.txt"] if command == "ingest" else []), cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert (
        "closed: the folder may not be opened: permission denied. Remedy: mend its permissions" in done.stderr
    )


@pytest.mark.slow
def test_ctrl_c_stops_with_a_word_and_leaves_nothing(tmp_path: Path) -> None:
    # A shell that runs the tests in the background has them, and all they start, ignore Ctrl-C.
    heed = "import runpy, signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    start = heed + "runpy.run_module('detente', run_name='__main__')"
    command = [sys.executable, "-c", start, "brief", "alaska-2025", "--full", "--draws", "20000"]
    work = subprocess.Popen(
        [*command, "-o", "b.html"], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    with pytest.raises(subprocess.TimeoutExpired):
        work.wait(timeout=4)
    work.send_signal(signal.SIGINT)
    out, err = work.communicate(timeout=60)
    assert (work.returncode, out) == (130, "")
    assert err.endswith("detente: stopped; nothing was half-written\n")
    assert "Traceback" not in err
    assert list(tmp_path.iterdir()) == []


def test_a_failed_run_leaves_the_old_file_as_it_was(tmp_path: Path, detente: Command) -> None:
    target = tmp_path / "brief.html"
    target.write_text("old", encoding="utf-8")
    assert detente("brief", "no-such-case", "-o", str(target)).returncode == 2
    assert target.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_reader_that_leaves_early_is_no_error() -> None:
    for words in ("settlement alaska-2025 --draws 50 --json | head -c 10", "cases | true", "--help | true"):
        command = f"set -o pipefail; {sys.executable} -m detente {words}"
        done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
        assert done.returncode == 0
        assert not [line for line in done.stderr.splitlines() if not line.startswith("Still at work")]


def test_a_new_case_passes_check(tmp_path: Path, detente: Command) -> None:
    assert detente("new", "my-talks", cwd=tmp_path).returncode == 0
    done = detente("check", "my-talks", cwd=tmp_path)
    assert done.returncode == 0, done.stdout
    assert detente("settlement", "my-talks", "--draws", "50", cwd=tmp_path).returncode == 0


def test_a_new_case_can_be_made_elsewhere(tmp_path: Path, detente: Command) -> None:
    folder = tmp_path / "cases" / "my-talks"
    assert detente("new", str(folder)).returncode == 0
    assert detente("check", str(folder)).returncode == 0
    assert '\nid: "my-talks"\n' in (folder / "case.yaml").read_text(encoding="utf-8")


def test_every_bundled_case_passes_check_and_answers(detente: Command) -> None:
    listed = [line.split()[0] for line in detente("cases").stdout.splitlines()]
    assert {"alaska-2025", "camp-david-1978"} <= set(listed)
    for name in listed:
        done = detente("check", name)
        assert done.returncode == 0, done.stdout


PRISONERS = {
    "options": [
        {"name": "A cooperates", "permittedDirection": "both"},
        {"name": "B cooperates", "permittedDirection": "both"},
    ],
    "decisionMakers": [
        {"name": "A", "options": [0], "preferences": [], "preferenceRanking": [3, 4, 1, 2]},
        {"name": "B", "options": [1], "preferences": [], "preferenceRanking": [2, 4, 1, 3]},
    ],
    "infeasibles": [],
    "useManualPreferenceRanking": True,
}


def test_stability_answers_for_a_file_of_another_tool(tmp_path: Path, detente: Command) -> None:
    file = tmp_path / "pd.gmcr"
    file.write_text(json.dumps(PRISONERS), encoding="utf-8")
    data = json.loads(detente("stability", str(file), "--json").stdout)
    both = [1, 4]
    assert data["result"]["equilibria"] == {"nash": [1], "gmr": both, "smr": both, "seq": both, "sseq": both}
    assert data["result"]["states"]["pattern"] == ["NN", "YN", "NY", "YY"]
    assert "two equilibria" in detente("stability", str(file)).stdout
    file.write_text("{}", encoding="utf-8")
    wrong = detente("stability", str(file))
    assert wrong.returncode == 2
    assert wrong.stderr.count("Remedy") >= 4


def test_the_nearest_misses_can_be_followed_by_name(detente: Command) -> None:
    data = json.loads(detente("durability", "alaska-2025", "misses", "--draws", "500", "--json").stdout)
    assert [deal["deal"]["id"] for deal in data["result"]["deals"]] == ["deal1", "deal2", "deal3", "deal4"]
    one = json.loads(detente("locate", "alaska-2025", "--deal", "nearest", "--json").stdout)
    assert one["result"]["open_issues"] == []
    assert one["result"]["shown"]["broken"] == [["RUS", "line"]]


def test_one_issue_cannot_have_two_options(detente: Command) -> None:
    done = detente("locate", "alaska-2025", "line=freeze", "line=donetsk")
    assert done.returncode == 2
    assert "two options" in done.stderr


def test_settlement_answers_for_a_scenario_of_another_tool(tmp_path: Path, detente: Command) -> None:
    profile = {
        "reservationValue": 0.3,
        "issueWeights": {"Price": 0.6, "Time": 0.4},
        "issues": {"Price": {"low": 1.0, "mid": 0.6, "high": 0.0}, "Time": {"soon": 1.0, "late": 0.2}},
    }
    other = {
        "reservationValue": 0.3,
        "issueWeights": {"Price": 0.5, "Time": 0.5},
        "issues": {"Price": {"low": 0.0, "mid": 0.7, "high": 1.0}, "Time": {"soon": 0.3, "late": 1.0}},
    }
    (tmp_path / "profileA.json").write_text(json.dumps(profile), encoding="utf-8")
    (tmp_path / "profileB.json").write_text(json.dumps(other), encoding="utf-8")
    result = json.loads(detente("settlement", str(tmp_path), "--json").stdout)["result"]["answer"]
    # By hand: A has 1, .68 (low), .76, .44 (mid), .4, .08 (high); B .15, .5, .5, .85, .65, 1.
    assert (result["deals"], result["unanimous"], [n for _, n in result["alone"]]) == (6, 4, [5, 5])
    assert result["solutions"][0]["deals"] == [["mid", "soon"]]
    assert {s["gap"] for s in result["solutions"]} == {0.0}
    page = detente("settlement", str(tmp_path)).stdout
    assert "4 of 6" in page
    broken = {**other, "issueWeights": {"Price": -1, "Space": 2}, "reservationValue": "high"}
    (tmp_path / "profileB.json").write_text(json.dumps(broken), encoding="utf-8")
    wrong = detente("settlement", str(tmp_path))
    assert wrong.returncode == 2
    assert "Remedy" in wrong.stderr
