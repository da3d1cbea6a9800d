"""Writes the page of a robustness study: which other choices leave the answer as it is, and which do not."""

from __future__ import annotations

from detente.page import Caveat, Cell, Fact, Page, Section, Table, Text
from detente.studies import words as say
from detente.studies.robustness import Robustness, Trial
from detente.words import count, listed, sentence

NAMED = 4
"""Choices of a kind named in the lead: judgement; the table has all."""

KINDS = {
    "Reading": "readings of the red lines",
    "Rule": "readings of contested rules",
    "Red line": "red lines moved by one option",
    "If talks fail": "what holds if talks fail",
    "Consent": "whose consent is needed",
    "Basis": "how far guesses are trusted",
    "Method": "ways of counting",
    "Seed": "seeds",
}


def view(found: Robustness) -> Page:
    """Return the page; computes nothing new."""
    sections = [
        Section("trials", "Choice by choice", _by_kind(found), (_table(found),)),
        Section("limits", "How far this goes", blocks=_limits(found)),
    ]
    return Page(_title(found), say.base(found.question), tuple(sections), _facts(found))


def _title(found: Robustness) -> str:
    if not found.told:
        return "Nothing tried tells whether the answer would change"
    if not found.broken:
        return f"The answer stays under all {count(len(found.told), 'other choice')} tried"
    kept = len(found.told) - len(found.broken)
    return f"The answer stays under {kept} of {len(found.told)} other choices tried"


def _facts(found: Robustness) -> tuple[Fact, ...]:
    if not found.told:
        return ()
    kept = len(found.told) - len(found.broken)
    facts = [Fact(f"{kept} of {len(found.told)}", "other choices leave the answer", _counts(found))]
    if found.broken:
        first = found.broken[0]
        facts.append(Fact(sentence(first.what), say.value(found.question, first.value), "Here it changes."))
    return tuple(facts)


def _counts(found: Robustness) -> str:
    q = found.question
    return f"It counts as held {say.line(q)}; on file it {'holds' if q.says else 'does not hold'}."


def _by_kind(found: Robustness) -> str:
    """Return, kind by kind, how many trials keep the answer."""
    parts = []
    for kind, words in KINDS.items():
        told = [t for t in found.told if t.kind == kind]
        if told:
            broken = [t.what for t in told if t.holds is False]
            more = [f"{len(broken) - NAMED} more"] if len(broken) > NAMED else []
            fate = "changes with " + listed([*broken[:NAMED], *more]) if broken else "stays"
            parts.append(f"{words}: {fate}")
    return f"{sentence('; '.join(parts))}." if parts else ""


def _table(found: Robustness) -> Table:
    rows = tuple(
        (
            Cell(t.kind),
            Cell(sentence(t.what)),
            Cell(
                say.value(found.question, t.value) if t.value is not None else f"no number: {t.why}", t.value
            ),
            Cell(_fate(t), mark={True: "yes", False: "no", None: ""}[t.holds]),
        )
        for t in found.trials
    )
    columns = ("Kind", "What is changed", "The number then", "Answer")
    return Table("One choice changed at a time", columns, rows, numeric=columns[2:3])


def _fate(t: Trial) -> str:
    return {True: "stays", False: "changes", None: "cannot be told"}[t.holds]


def _limits(found: Robustness) -> tuple[Caveat | Text, ...]:
    limits: list[Caveat | Text] = [
        Caveat(
            "One choice at a time: two together may change what neither changes alone. Choices that nobody "
            "has coded, such as another reading of an order, are not tried."
        )
    ]
    if found.question.threshold is None:
        limits.append(
            Text(f"{found.question.measure.unit}: say from where on it counts, with --threshold NUMBER.")
        )
    return tuple(limits)
