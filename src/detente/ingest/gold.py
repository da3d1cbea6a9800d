"""Scores proposals against annotated documents; `python -m detente.ingest.gold FOLDER` prints a table."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from detente.case.load import load_case
from detente.case.model import Case
from detente.ingest.document import Document
from detente.ingest.proposal import Proposal
from detente.ingest.propose import propose

_ANNOTATION = " ||| "
_OVERLAP = 0.9
"""Share of characters two places must have in common to count as one. Judgement: a full stop may differ."""


@dataclass(frozen=True, slots=True)
class Gold:
    """One annotated claim; "-" in the file is "" here."""

    start: int
    end: int
    text: str
    actor: str
    stake: str
    speaker: str
    modality: str
    numbers: tuple[tuple[float, str], ...]
    name: str
    same: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Annotated:
    """A document with its claims."""

    name: str
    register: str
    case: str
    document: Document
    claims: tuple[Gold, ...]


@dataclass(slots=True)
class Tally:
    """Right ones, wrong ones and missed ones of one question.

    Examples
    --------
    >>> print(Tally(8, 2, 2))
    0.80 0.80 0.80
    """

    right: int = 0
    wrong: int = 0
    missed: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Share of what was proposed that is right."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Share of what is there that was found."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def add(self, given: str, wanted: str, same: bool, where: str = "") -> None:
        """Count one answer: empty answers are misses, not errors."""
        if wanted and given and same:
            self.right += 1
            return
        self.missed += bool(wanted)
        self.wrong += bool(given)
        if wanted or given:
            self.faults.append(f"{where}: {given or 'nothing'} for {wanted or 'nothing'}")

    def __str__(self) -> str:
        return f"{self.precision:.2f} {self.recall:.2f} {self.f1:.2f}"


QUESTIONS = ("claim", "actor", "stake", "speaker", "modality", "numbers", "same")


def read_annotated(path: Path) -> Annotated:
    """Return an annotated document.

    Raises
    ------
    ValueError
        If an annotation has not five or six parts.
    """
    about: dict[str, str] = {}
    text, claims = "", []
    lines = path.read_text(encoding="utf-8").split("\n")
    body = next(n for n, line in enumerate(lines) if not line.startswith("#"))
    for line in lines[:body]:
        name, _, value = line[1:].partition(":")
        about[name.strip()] = value.strip()
    for line in lines[body:]:
        said, mark, annotation = line.partition(_ANNOTATION)
        said = said.strip()
        if not said:
            text = text.rstrip() + "\n\n" if text else ""
            continue
        start = len(text)
        if mark:
            claims.append(_gold(start, said, annotation))
        text += said + (" " if re.search(r"""[.!?:"”»)-]$""", said) else "\n")
    kind = "official" if re.search("official|statement|briefing", about["register"]) else "news"
    document = Document(
        path.stem,
        text.rstrip() + "\n",
        publisher=about.get("publisher", ""),
        published=about.get("published", ""),
        kind="official" if kind == "official" else "news",
    )
    return Annotated(path.stem, about["register"], about["case"], document, tuple(claims))


def _gold(start: int, said: str, annotation: str) -> Gold:
    parts = [
        part.strip().removesuffix("-") if part.strip() == "-" else part.strip()
        for part in annotation.split(" | ")
    ]
    if len(parts) not in (5, 6):
        raise ValueError(f"an annotation has {len(parts)} parts: {said}")
    marks = parts[5].split() if len(parts) == 6 else []
    names = [m[1:] for m in marks if m.startswith("@")]
    same = [name for m in marks if m.startswith("=") for name in m[1:].split(",")]
    numbers = tuple(_number(part) for part in parts[4].split(";") if part.strip())
    actor, stake, speaker, modality = parts[:4]
    name = names[0] if names else ""
    return Gold(start, start + len(said), said, actor, stake, speaker, modality, numbers, name, tuple(same))


def _number(text: str) -> tuple[float, str]:
    value, _, unit = text.strip().partition(" ")
    low, dots, high = value.partition("..")
    return (float(low) + float(high)) / 2 if dots else float(value), unit


def score(documents: Sequence[Annotated], cases: Callable[[str], Case]) -> dict[str, Tally]:
    """Return a tally for each of `QUESTIONS`.

    Actor, stake, speaker, modality and numbers are counted over the claims found by both; a claim missed or
    invented counts once, under `claim`.

    Parameters
    ----------
    documents : sequence of Annotated
    cases : callable
        Name of a case to the case.
    """
    tallies = {name: Tally() for name in QUESTIONS}
    for name in dict.fromkeys(d.case for d in documents):
        mine = [d for d in documents if d.case == name]
        proposed = propose(cases(name), [d.document for d in mine])
        pairs: list[tuple[Gold, Proposal]] = []
        for d in mine:
            own = [p for p in proposed if p.document == d.document.digest]
            pairs += _compared(d, own, tallies)
        _same(pairs, tallies["same"])
    return tallies


def _compared(d: Annotated, own: list[Proposal], tallies: dict[str, Tally]) -> list[tuple[Gold, Proposal]]:
    left = list(own)
    pairs = []
    for gold in d.claims:
        match = next((p for p in left if _overlap(gold, p) >= _OVERLAP), None)
        if match is None:
            tallies["claim"].add("", gold.text, False, d.name)
            continue
        left.remove(match)
        tallies["claim"].right += 1
        pairs.append((gold, match))
        where = f"{d.name}: {gold.text[:70]}"
        for question, given, wanted in (
            ("actor", match.actor, gold.actor),
            ("stake", match.stake, gold.stake),
            ("modality", match.modality, gold.modality),
        ):
            tallies[question].add(given, wanted, given == wanted, where)
        first = gold.speaker.split(" > ")[0]
        tallies["speaker"].add(match.speaker, first, _alike(match.speaker, first), where)
        _numbers(gold, match, tallies["numbers"], where)
    for proposal in left:
        tallies["claim"].add(proposal.statement, "", False, d.name)
    return pairs


def _overlap(gold: Gold, proposal: Proposal) -> float:
    common = min(gold.end, proposal.end) - max(gold.start, proposal.start)
    return common / (max(gold.end, proposal.end) - min(gold.start, proposal.start))


def _alike(one: str, other: str) -> bool:
    """Whether two ways to name a speaker mean the same: the words of one are among those of the other."""
    a, b = (
        set(re.findall(r"\w+", name.lower())) - {"the", "of", "a", "an", "s", "and"} for name in (one, other)
    )
    return bool(a and b) and (a <= b or b <= a)


def _numbers(gold: Gold, proposal: Proposal, tally: Tally, where: str) -> None:
    left = [(n.value, n.unit) for n in proposal.numbers if n.unit]
    for value, unit in gold.numbers:
        match = next((n for n in left if abs(n[0] - value) < 1e-6 * max(1.0, abs(value))), None)
        if match:
            left.remove(match)
        tally.add(f"{match[0]:g} {match[1]}" if match else "", f"{value:g} {unit}", bool(match), where)
    for value, unit in left:
        tally.add(f"{value:g} {unit}", "", False, where)


def _same(pairs: Sequence[tuple[Gold, Proposal]], tally: Tally) -> None:
    """Count links to known items and between documents; what tells the same as the same tells the same."""
    names = {gold.name: p.id for gold, p in pairs if gold.name}
    wanted = {_link(p.id, names.get(other, other)) for gold, p in pairs for other in gold.same}
    given = {_link(p.id, other) for _, p in pairs for other in p.same_origin}
    groups = {True: _groups(wanted), False: _groups(given)}
    texts = {p.id: gold.text[:60] for gold, p in pairs}
    for link in sorted(wanted | given):
        said = " = ".join(texts.get(end, end) for end in link)
        true = groups[True].get(link[0]) == groups[True].get(link[1], link[1])
        found = groups[False].get(link[0]) == groups[False].get(link[1], link[1])
        if not (true and found and link not in wanted):
            tally.add(said if found else "", said if true else "", true and found, "same")


def _groups(links: set[tuple[str, str]]) -> dict[str, str]:
    """Return the least member of each item's group."""
    head: dict[str, str] = {}
    for one, other in sorted(links):
        a, b = sorted((head.setdefault(one, one), head.setdefault(other, other)))
        head = {name: a if top == b else top for name, top in head.items()}
    return head


def _link(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def table(tallies: dict[str, Tally]) -> str:
    """Return precision, recall and F1 of each question as a Markdown table."""
    rows = [f"| {name} | {t.precision:.2f} | {t.recall:.2f} | {t.f1:.2f} |" for name, t in tallies.items()]
    return "\n".join(["| question | precision | recall | F1 |", "|---|---|---|---|", *rows])


def read_folder(folder: Path) -> tuple[Annotated, ...]:
    """Return the annotated documents of a folder in order of their names."""
    return tuple(read_annotated(path) for path in sorted(folder.glob("*.txt")))


def case_beside(folder: Path) -> Callable[[str], Case]:
    """Return a loader of cases by name: one beside the folder of documents, else a bundled one."""
    return lambda name: load_case(folder.parent / name if (folder.parent / name).is_dir() else name)


def main(arguments: Iterable[str]) -> str:
    """Return the table of a folder, with every fault after it where `--faults` is given."""
    given = list(arguments)
    folder = Path(next(a for a in given if not a.startswith("-")))
    tallies = score(read_folder(folder), case_beside(folder))
    faults = [f"{name}: {fault}" for name, t in tallies.items() for fault in t.faults]
    return "\n".join([table(tallies), *(["", *faults] if "--faults" in given else [])])


if __name__ == "__main__":
    sys.stdout.write(main(sys.argv[1:]) + "\n")
