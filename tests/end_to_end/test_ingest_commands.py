"""What a user types to bring documents in, and what comes back."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree
from subprocess import run

import pytest
from click.testing import CliRunner

from detente.cli import app, main

GOLD = Path(__file__).parents[1] / "gold"
TEXT = (
    "Norvian Foreign Minister Edda Korin said her country would reject any foreign force in Kestria.\n\n"
    "Shelling across the Tamer rose by 18 percent in April, according to the League of Straits.\n"
)
KEYS = {"start", "end", "statement", "stake", "actor", "speaker", "modality", "numbers"}


@dataclass(frozen=True)
class Done:
    code: int
    out: str
    err: str


@pytest.fixture
def detente(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[..., Done]:
    copytree(GOLD / "river-talks", tmp_path / "talks")
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    def call(*args: str) -> Done:
        monkeypatch.setattr(sys, "argv", ["detente", *args])
        code = 0
        try:
            main()
        except SystemExit as stop:
            code = int(stop.code or 0)
        said = capsys.readouterr()
        return Done(code, said.out, said.err)

    return call


Command = Callable[..., Done]


def test_json_gives_items_with_exact_places(detente: Command) -> None:
    done = detente("ingest", "talks", "a.txt", "--json", "--published", "2031-05-09")
    assert done.code == 0, done.err
    data = json.loads(done.out)
    assert len(data["items"]) == 2
    for item in data["items"]:
        assert set(item) >= KEYS
        assert TEXT[item["start"] : item["end"]] == item["statement"]
    assert data["items"][1]["numbers"][0]["value"] == 18
    assert data["items"][0]["speaker"] == "Edda Korin"
    assert data["documents"][0]["name"] == "a.txt"


def test_a_bundled_case_can_be_asked_and_is_left_alone(detente: Command) -> None:
    done = detente("ingest", "alaska-2025", "a.txt", "--json", "--published", "2025-08-10")
    assert done.code == 0
    assert json.loads(done.out)["kept"] is None
    done = detente("ingest", "alaska-2025", "a.txt", "--published", "2025-08-10")
    assert "bundled with detente and read-only" in done.out
    assert detente("review", "alaska-2025").code == 2


def test_ingest_review_check_trace(detente: Command) -> None:
    done = detente("ingest", "talks", "a.txt", "--published", "2031-05-09", "--publisher", "Courier")
    assert "2 proposed" in done.out
    assert "Next: detente review talks" in done.out
    assert "P1" in detente("review", "talks", "--list").out
    waiting = json.loads(detente("review", "talks", "--json").out)["items"]
    assert [i["id"] for i in waiting] == ["P1", "P2"]
    done = detente(
        "review", "talks", "--accept", "P1", "--reject", "P2", "--by", "Me", "--set", "credibility=2"
    )
    assert done.code == 0, done.err
    assert "P1 entered as I001" in done.out
    assert detente("review", "talks", "--list").out.strip() == "Nothing waits."
    assert detente("check", "talks").code == 0
    traced = detente("trace", "talks", "I001")
    assert "proposed by rules, accepted by Me" in " ".join(traced.out.split())
    assert "Source courier_310509" in traced.out


def test_a_review_in_the_terminal_stops_and_goes_on(detente: Command) -> None:
    detente("ingest", "talks", "a.txt", "--published", "2031-05-09")
    answers = "e\nIn my own words.\n" + "\n" * 14 + "q\n"
    done = CliRunner().invoke(app, ["review", "talks"], input=answers)
    assert "Entered as I001" in done.output
    assert "Stopped; what was decided stands" in done.output
    assert "In my own words." in Path("talks/sources.yaml").read_text(encoding="utf-8")
    done = CliRunner().invoke(app, ["review", "talks"], input="r\n")
    assert "[1 of 1] P2" in done.output
    assert "Done." in done.output
    assert "Nothing waits" in CliRunner().invoke(app, ["review", "talks"]).output


def test_nothing_enters_on_an_empty_answer(detente: Command) -> None:
    before = Path("talks/sources.yaml").read_bytes()
    detente("ingest", "talks", "a.txt", "--published", "2031-05-09")
    CliRunner().invoke(app, ["review", "talks"], input="\n\n\n")
    assert Path("talks/sources.yaml").read_bytes() == before


def test_what_could_not_be_used_is_said_and_no_review_is_offered_of_nothing(detente: Command) -> None:
    Path("empty.txt").write_bytes(b"")
    Path("binary.txt").write_bytes(bytes(range(256)) * 9)
    done = detente("ingest", "talks", "empty.txt", "binary.txt", "no.txt", "talks")
    assert done.code == 2
    assert done.err.count("Remedy: ") == 4
    assert done.out == (
        "Nothing was proposed: none of the documents could be used (empty.txt, binary.txt, no.txt, talks).\n"
    )
    assert not Path("talks/proposals").exists()
    done = detente("ingest", "talks", "no.txt", "a.txt", "--published", "2031-05-09")
    assert done.code == 1
    assert (
        "1 of 2 documents could not be used: no.txt.\n2 new in talks/proposals. Next: detente review"
        in done.out
    )
    done = detente("ingest", "talks", "a.txt")
    assert (done.code, "Nothing new was proposed; 2 wait for a decision. Next" in done.out) == (0, True)
    detente("review", "talks", "--reject", "P1", "--reject", "P2")
    assert "nothing waits for a decision.\n" in detente("ingest", "talks", "a.txt").out


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("ingest", "talks", "no.txt"), "there is no file"),
        (("ingest", "talks", "http://127.0.0.1:9/"), "cannot be reached"),
        (("ingest", "talks", "https://a b/"), "holds a blank. Remedy"),
        (("ingest", "talks", ""), "a document has no name. Remedy"),
        (("ingest", "talks", "a.txt", "--published", "2031-05-12"), "after the case's own date"),
        (("ingest", "talks", "a.txt", "--published", "May"), "is no date"),
        (("ingest", "no-such", "a.txt"), "no bundled case"),
        (("review", "talks", "--accept", "P7"), "there is no proposal P7"),
        (("review", "talks", "--accept", "P1", "--set", "x"), "sets nothing"),
        (("draft", "new-talks", "no.txt"), "there is no file"),
        (("draft", "Bad Name", "a.txt", "--published", "2031-05-09"), "cannot be the name of a case"),
        (("ingest", "talks", "a.txt", "--llm", "http://127.0.0.1:9/v1"), "needs a name"),
    ],
)
def test_mistakes_get_words(args: tuple[str, ...], words: str, detente: Command) -> None:
    done = detente(*args)
    assert done.code in (1, 2)
    assert words in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    "words",
    [("ingest", "talks", "a.txt", "--published", "2031-05-09"), ("review", "talks", "--reject", "P1")],
)
def test_a_case_that_takes_no_files_is_refused_before_the_work(
    words: tuple[str, ...], detente: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object) -> None:
        raise AssertionError("worked before it looked where to write")

    monkeypatch.setattr("detente.ingest.session.read", never)
    monkeypatch.setattr("detente.ingest.store.Store.find", never)
    monkeypatch.setattr("os.access", lambda place, mode: False)  # root may write everywhere
    done = detente(*words)
    assert (done.code, done.out) == (2, "")
    assert "permission denied. Remedy: mend the permissions" in done.err
    assert not Path("talks/proposals").exists()


def test_draft_then_check(detente: Command) -> None:
    (Path("b.txt")).write_text(
        "Norvia rejects a ceasefire, Norvian President Tomas Arvell said.\n\n"
        "Kestria demands a ceasefire along the front. Kestrian Premier Jana Veles insisted on a truce.\n\n"
        "Norvia refuses to withdraw from the valley. Kestria will not cede territory in the valley.\n",
        encoding="utf-8",
    )
    done = detente("draft", "mine/new-talks", "b.txt", "--published", "2031-05-09")
    assert done.code == 0, done.err
    assert "Still missing:" in done.out
    assert detente("check", "mine/new-talks").code == 0
    assert detente("settlement", "mine/new-talks", "--draws", "20").code == 0


def test_help_of_all_commands_is_quick_and_light() -> None:
    code = (
        "import sys\nfrom detente.cli import app\nfrom click.testing import CliRunner\n"
        "for name in ('ingest', 'review', 'draft', 'trace', 'bundle'):\n"
        "    assert CliRunner().invoke(app, [name, '--help']).exit_code == 0\n"
        "print(sorted({'numpy', 'scipy', 'ruamel', 'trafilatura', 'pypdf', 'pydantic'} & set(sys.modules)))"
    )
    done = run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(json.loads(done.stdout.replace("'", '"')))
    assert not loaded - {"pydantic"}
