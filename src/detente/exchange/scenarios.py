"""Finds out which tool a scenario folder comes from, and reads it."""

from __future__ import annotations

from pathlib import Path

from detente.errors import UsageError
from detente.exchange.genius import read_genius
from detente.exchange.geniusweb import KIND, read_geniusweb
from detente.exchange.llmdelib import read_llmdelib
from detente.exchange.negmas import read_negmas
from detente.exchange.negolog import read_negolog
from detente.exchange.scenario import Imported

PEEK = 4_000_000
"""Characters of a file looked at to recognise it. Judgement: whole profiles fit."""


def is_scenario(folder: Path) -> bool:
    """Whether a folder looks like a scenario of another tool."""
    return _format(folder) != ""


def read_scenario(folder: Path) -> Imported:
    """Read a scenario of GENIUS, GeniusWeb, NegMAS, NegoLog or LLM-Deliberation.

    Parameters
    ----------
    folder : Path
        The folder, or any file in it.

    Raises
    ------
    UsageError
        If the folder is none of these.
    InputProblems
        If the scenario cannot be used; lists everything that is wrong with it.
    """
    readers = {
        "genius": read_genius,
        "geniusweb": read_geniusweb,
        "llmdelib": read_llmdelib,
        "negmas": read_negmas,
        "negolog": read_negolog,
    }
    kind = _format(folder)
    if kind not in readers:
        raise UsageError(
            f"{folder} is no scenario of GENIUS, GeniusWeb, NegMAS, NegoLog or LLM-Deliberation. "
            "Remedy: give the folder that holds the domain and one file per actor"
        )
    return readers[kind](folder)


MARKS = (
    ("genius", ("<utility_space", "<negotiation_template")),
    ("geniusweb", (f'"{KIND}"',)),
    ("negmas", ("LinearAdditiveUtilityFunction", "OutcomeSpace")),
    ("negolog", ('"issueWeights"',)),
)
"""What the files of a format contain; the first format found counts."""


def _format(folder: Path) -> str:
    place = folder if folder.is_dir() else folder.parent
    if not place.is_dir():
        return ""
    if (place / "config.txt").is_file() and (place / "scores_files").is_dir():
        return "llmdelib"
    files = sorted(f for f in place.iterdir() if f.is_file())
    texts = [_start(f) for f in files if f.suffix.lower() in (".xml", ".json", ".yml", ".yaml")]
    found = (name for name, marks in MARKS for t in texts for mark in marks if mark in t)
    return next(found, "")


def _start(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            return stream.read(PEEK).decode("utf-8", errors="replace")
    except OSError:
        return ""
