"""Checks a case: every error and warning at once, and how much of it is stated, inferred or guessed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from detente.case import checks_advice_deals, checks_advice_preferences, checks_advice_sources
from detente.case.base import Basis
from detente.case.checks_errors import Check
from detente.case.checks_finding import Finding, Names, names_of
from detente.case.load import ReadCase, read_case
from detente.case.model import Case
from detente.case.narrative_check import unverified
from detente.errors import Problem

ADVICE: tuple[Check, ...] = (
    checks_advice_preferences.support,
    checks_advice_preferences.win_sets,
    checks_advice_preferences.weights,
    checks_advice_preferences.gaps,
    checks_advice_deals.positions,
    checks_advice_deals.idle_rules,
    checks_advice_deals.without_a_deal,
    checks_advice_sources.unused,
    checks_advice_sources.contradictions,
    checks_advice_sources.copied,
    checks_advice_sources.dates,
    checks_advice_sources.plain_words,
    unverified,
)
"""What an analyst wants to know although nothing stops; each yields all it finds."""

_KINDS = {
    "readings": "readings",
    "actors": "goals and capabilities",
    "preferences": "preferences",
    "no_deal": "worth of no deal",
    "later_options": "later options",
    "signposts": "signposts",
    "relations": "relations",
    "trade_offs": "trade-offs",
    "accompanying": "accompanying measures",
    "phasing": "steps",
    "questions": "open questions",
    "local_voices": "local voices",
    "map": "control on the map",
}


@dataclass(frozen=True, slots=True)
class Shares:
    """How the judgements of one kind are known.

    Parameters
    ----------
    kind : str
        What is judged, in words.
    stated, inferred, guess : int
        Numbers of judgements.

    Examples
    --------
    >>> print(Shares("preferences", 32, 23, 11))
    preferences: 32 stated (48%), 23 inferred (35%), 11 guessed (17%)
    """

    kind: str
    stated: int
    inferred: int
    guess: int

    @property
    def total(self) -> int:
        """All judgements of the kind."""
        return self.stated + self.inferred + self.guess

    def __str__(self) -> str:
        counts = {"stated": self.stated, "inferred": self.inferred, "guessed": self.guess}
        parts = (f"{n} {word} ({n / self.total:.0%})" for word, n in counts.items())
        return f"{self.kind}: {', '.join(parts)}"


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check found.

    Parameters
    ----------
    name : str
        The case as the user named it.
    case : Case or None
        The case; None if there is an error.
    problems : tuple of Problem
        Errors first, each part in the order of the files.
    shares : dict
        Share of the preferences by basis; empty if there is an error.
    kinds : tuple of Shares
        How the judgements of every kind are known; empty if the format is not right.
    """

    name: str
    case: Case | None
    problems: tuple[Problem, ...]
    shares: dict[Basis, float]
    kinds: tuple[Shares, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What stops an analysis."""
        return tuple(problem for problem in self.problems if problem.severity == "error")

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What an analyst should know."""
        return tuple(problem for problem in self.problems if problem.severity == "warning")


def check_case(path: str | Path) -> CheckReport:
    """Check a case.

    Parameters
    ----------
    path : str or Path
        A folder with case.yaml and sources.yaml, or the name of a bundled case.

    Raises
    ------
    InputProblems
        If there is no such folder and no such bundled case.

    Examples
    --------
    >>> report = check_case("alaska-2025")
    >>> report.errors
    ()
    """
    read = read_case(path)
    problems = read.problems
    kinds: tuple[Shares, ...] = ()
    if read.case is not None:
        names = names_of(read.case)
        found = [*_folder_name(read), *(f for check in ADVICE for f in check(read.case, names))]
        problems = (*problems, *map(read.files.problem, found))
        kinds = kinds_of(names)
    files = {read.files.case.name: 0, read.files.sources.name: 1}
    ordered = sorted(problems, key=lambda p: (p.severity, files.get(p.file, 2), p.line or 0))
    case = None if read.errors else read.case
    return CheckReport(read.name, case, tuple(ordered), _shares(case), kinds)


def _shares(case: Case | None) -> dict[Basis, float]:
    counts = case.basis_counts if case else {}
    total = sum(counts.values())
    return {basis: n / total for basis, n in counts.items()} if total else {}


def _folder_name(read: ReadCase) -> list[Finding]:
    folder = Path(read.files.case.name).resolve().parent.name
    if read.case is None or folder == read.case.id:
        return []
    message = f"the folder is called {folder}, the case {read.case.id}"
    return [Finding(("id",), message, "give both one name, so that outputs are found", "warning")]


def kinds_of(names: Names) -> tuple[Shares, ...]:
    """Count the judgements of each kind by how they are known; kinds without judgements are left out."""
    found = Counter(
        (str(spot[0]), basis) for spot, part in names.parts if (basis := getattr(part, "basis", ""))
    )
    kinds = dict.fromkeys(kind for kind, _ in found)
    return tuple(
        Shares(_KINDS.get(k, k), found[k, "stated"], found[k, "inferred"], found[k, "guess"]) for k in kinds
    )
