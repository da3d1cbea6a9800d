"""How sure the brief is: which guesses carry its leading number, and where one of them would flip it."""

from __future__ import annotations

from detente.case.model import Case
from detente.page import Caveat, Section
from detente.studies.question import Asked, question
from detente.studies.sensitivity import Effort, sensitivity
from detente.studies.sensitivity_view import changes
from detente.studies.sensitivity_words import flips
from detente.studies.uncertain import uncertain
from detente.words import count, listed, number, sentence

DRAWS = 100
"""Draws in each run, fewer than the brief itself has: differences are firmer than levels. Judgement."""
MOST = 40
"""Guesses above which a brief leaves the study to its own command: each costs up to two runs. Judgement."""
LOOKED_AT = 2
"""Guesses whose flips are looked for: judgement."""
SHOWN = 8
"""Guesses in the figure: judgement."""


def sure(case: Case, lens: str, seed: int | None) -> Section:
    """Return which guesses carry the leading number; empty where there are none, or too many for a brief.

    Parameters
    ----------
    case : Case
    lens : str
        The lens whose number it is.
    seed : int or None
        Of the lens, where the brief was asked for one.
    """
    options = (f"draws={DRAWS}", *((f"seed={seed}",) if seed is not None else ()))
    asked = question(case, Asked(lens, options=options))
    guesses = [u for u in uncertain(case, asked.measure) if u.basis == "guess"]
    title = "How sure are we"
    if not 0 < len(guesses) <= MOST:
        return Section("sure", title)
    found = sensitivity(case, asked, Effort(0, shown=LOOKED_AT, basis=("guess",)))
    if not found.rows:
        told = f"None of {count(len(guesses), 'guess', 'guesses')} moves the leading number alone."
        return Section("sure", title, told, annex=True)
    first = listed([f"“{r.input.label}”" for r in found.rows[:2]])
    lead = (
        f"{sentence(number(len(found.rows)))} of {count(len(guesses), 'guess', 'guesses')} "
        f"move{'s' if len(found.rows) == 1 else ''} this number: “{asked.measure.label}”. Most: {first}. "
        f"{flips(found)}"
    )
    caveat = Caveat(
        f"Guesses only, one at a time, {DRAWS} draws a run. All inputs, their shares of the spread, and "
        f"what is worth finding out: detente study sensitivity {case.id}."
    )
    return Section("sure", title, lead, (changes(found, SHOWN), caveat), annex=True)
