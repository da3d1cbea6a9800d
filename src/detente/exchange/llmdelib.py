"""Reads LLM-Deliberation games: whole-point scores with acceptance thresholds, two vetoes and a quorum.

Format of github.com/S-Abdelnabi/LLM-Deliberation (Abdelnabi et al., arXiv:2309.17234).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from detente.exchange.scenario import Imported, Names, Reader
from detente.methods.dealspace.rule import quorum
from detente.methods.space import Space

VETOES = ("p1", "p2")
"""Roles that hold a veto; the others are players."""

TITLE = re.compile(r"Issue ([A-Z])\s*:\s*[\"“]?([^\n\"”.]+)")


@dataclass(frozen=True, slots=True)
class _Actor:
    name: str
    file: Path
    role: str


def read_llmdelib(folder: Path) -> Imported:
    """Read a game: config.txt, global_instructions.txt and one file of scores per actor.

    Agreement needs both holders of a veto and all but one of all actors; an actor accepts a deal whose
    score reaches its threshold, the last line of its file.

    Parameters
    ----------
    folder : Path
        The folder, or any file in it.

    Raises
    ------
    InputProblems
        If the game cannot be used; lists everything that is wrong with it.
    """
    place = folder if folder.is_dir() else folder.parent
    reader = Reader(f"LLM-Deliberation game {place.name}")
    config = place / "config.txt"
    if not config.is_file():
        reader.refuse(place, "there is no config.txt", "give the folder of a game")
    actors = _actors(reader, config)
    tables = [_scores(reader, actor.file) for actor in actors]
    reader.stop_if_faulty()
    sizes = [len(line) for line in tables[0][:-1]]
    for actor, table in zip(actors, tables, strict=True):
        if [len(line) for line in table[:-1]] != sizes:
            reader.fault(actor.file, "", "issues and options differ from the first actor's", "mend the file")
    holders = [k for k, actor in enumerate(actors) if actor.role in VETOES]
    if len(holders) != len(VETOES):
        reader.fault(
            config, "", f"{len(holders)} actors hold a veto instead of 2", "give the roles p1 and p2"
        )
    reader.stop_if_faulty()
    points = tuple(np.array([table[i] for table in tables]).T for i in range(len(sizes)))
    reserve = np.array([table[-1][0] for table in tables])
    letters = [chr(ord("A") + i) for i in range(len(sizes))]
    options = tuple(tuple(f"{a}{k + 1}" for k in range(m)) for a, m in zip(letters, sizes, strict=True))
    names = Names(_titles(reader, place, letters), options, tuple(actor.name for actor in actors))
    rule = quorum(len(actors), holders, len(actors) - 1)
    space = Space(tuple(sizes))
    return Imported(
        "LLM-Deliberation", place.name, space, points, reserve, names, tuple(reader.dropped), rule
    )


def _actors(reader: Reader, config: Path) -> list[_Actor]:
    actors = []
    for number, line in enumerate(reader.text(config).splitlines(), 1):
        if not line.strip():
            continue
        parts = [part.strip() for part in line.split(",")]
        if len(parts) < 3:
            reader.fault(config, "", "a line names an actor, its file and its role", "add them", number)
            continue
        actors.append(_Actor(parts[0], config.parent / "scores_files" / f"{parts[1]}.txt", parts[2]))
        if re.search(r"[/\\]|\.\.", parts[1]):
            reader.fault(
                config, parts[1], "a file name must not lead elsewhere", "write the bare name", number
            )
    reader.note("Attitudes and models of the actors are left out.")
    if not actors:
        reader.fault(config, "", "there is no actor", "add one line for each")
    reader.stop_if_faulty()
    return actors


def _scores(reader: Reader, file: Path) -> list[list[float]]:
    """Return one list of scores per issue, and last the threshold alone."""
    table = []
    for number, line in enumerate(reader.text(file).splitlines(), 1):
        if line.strip():
            table.append([reader.number(v, file, "", number) for v in line.strip().rstrip(",").split(",")])
    if len(table) < 2 or len(table[-1]) != 1:
        reader.fault(
            file, "", "scores line by line and a last line with the threshold are needed", "add them"
        )
        return [[0.0], [0.0]]
    if len(table) > 27:
        reader.fault(file, "", "more than 26 issues have no letter", "leave some out")
    return table


def _titles(reader: Reader, place: Path, letters: list[str]) -> tuple[str, ...]:
    """Return the issues' titles from the instructions, or their letters."""
    file = place / "global_instructions.txt"
    found = dict(TITLE.findall(reader.text(file))) if file.is_file() else {}
    if missing := [a for a in letters if a not in found]:
        reader.note(f"The instructions give no title for {', '.join(missing)}; the letter stands for it.")
    return tuple(found.get(a, f"Issue {a}").strip() for a in letters)
