"""From a case to everything that would unlock it, exact at the mean of the draws."""

from __future__ import annotations

from collections.abc import Sequence

from detente.case.model import Case
from detente.errors import UsageError
from detente.lenses.unlock import Options
from detente.lenses.unlock.asked import Question
from detente.lenses.unlock.result import NamedOption, NewOption, Package, Unlocked
from detente.methods.dealspace.unlock_insert import Insertion, insertions
from detente.methods.space import broken
from detente.table.agreeing import agreement
from detente.table.draws import draw
from detente.table.encode import Encoded, encode
from detente.table.look import look
from detente.table.nearest import crossed, nearest_rows
from detente.table.typed import find_later, parse_readings, read_deal

KEPT = 20
"""Packages shown. Judgement: enough for the runner-up and what follows it."""


def run(case: Case, options: Options) -> Unlocked:
    """Find what it would take.

    Raises
    ------
    UsageError
        If the options name a reading, actor or deal the case does not have, or a deal left open.
    """
    asked = _question(case, options)
    enc = asked.enc
    target = _target(enc, options.deal)
    found = [asked.carry(target)] if target else asked.packages()
    later = find_later(case, options.added)
    return Unlocked(
        issues=tuple(i.id for i in enc.issues),
        added=tuple(((o.issue, o.id), o.short or o.text) for o in later),
        reading=asked.reading,
        required=asked.ids(asked.rule.vetoes),
        movers=asked.ids(asked.movers),
        target=tuple(o.id for o in enc.options(target)) if target else (),
        packages=tuple(found[:KEPT]),
        total=len(found),
        miss=None if target or not _moves(found) else _miss(asked),
        options=() if target else tuple(_new(asked, x) for x in _insertions(asked)),
        named=() if target else tuple(_named(case, options)),
        draws=options.draws,
        seed=options.seed,
    )


def _question(case: Case, options: Options) -> Question:
    later = find_later(case, options.added)
    enc = encode(case, options.issues, later, parse_readings(options.rule))
    if options.reading and options.reading not in case.readings:
        known = ", ".join(case.readings)
        raise UsageError(f"there is no reading '{options.reading}'. Remedy: choose from {known}")
    rule = agreement(enc)
    voices = rule.counted
    ids = [enc.actors[p].id for p in voices]
    unknown = [a for a in options.actor if a not in ids]
    if unknown:
        raise UsageError(
            f"the consent of {', '.join(unknown)} is not required. Remedy: choose from {', '.join(ids)}"
        )
    return Question(
        enc,
        draw(enc, options.draws, options.seed),
        options.reading or list(case.readings)[-1],
        rule,
        tuple(voices[ids.index(a)] for a in options.actor) or voices,
    )


def _target(enc: Encoded, items: Sequence[str]) -> tuple[int, ...]:
    if not items:
        return ()
    elsewhere = {issue.id for issue in enc.case.issues} - {issue.id for issue in enc.issues}
    row = enc.index({i: o for i, o in read_deal(enc.case, items).items() if i not in elsewhere})
    if (row < 0).any():
        left = [i.id for i, o in zip(enc.issues, row, strict=True) if o < 0]
        raise UsageError(f"the deal leaves {', '.join(left)} open. Remedy: name an option for each")
    _check_rules(enc, row.tolist())
    return tuple(int(o) for o in row)


def _check_rules(enc: Encoded, row: Sequence[int]) -> None:
    """Refuse a deal that breaks a rule: no movement of the actors mends that."""
    hit = set(broken(enc.scoped, row))
    ids = [r for r, clause in zip(enc.clause_rules, enc.scoped.forbidden, strict=True) if clause in hit]
    if ids:
        texts = "; ".join(r.text.rstrip(".") for r in enc.case.rules if r.id in ids)
        raise UsageError(
            f"the deal breaks a rule, and no movement mends that: {texts}. "
            "Remedy: change an option the rule names"
        )


def _moves(found: Sequence[Package]) -> bool:
    """Whether something has to move at all, as far as anybody's movement can help."""
    return not found or any(m.drops or m.short > 0 for m in found[0].moves)


def _miss(asked: Question) -> Package | None:
    """Return what would carry the leading nearest miss, whoever has to move."""
    found = look(asked.enc, asked.rule, asked.draws, seed=1)
    rows = nearest_rows(found, crossed(asked.enc.accepts[asked.reading], found.deals, asked.rule))
    return asked.carry(tuple(int(o) for o in found.deals[rows[0]])) if rows else None


def _insertions(asked: Question) -> list[Insertion]:
    """Return the new options that would do, for the first coalition that is enough."""
    return list(insertions(asked.demands(asked.rule.coalitions[0])))


def _new(asked: Question, x: Insertion) -> NewOption:
    enc, unit = asked.enc, asked.unit
    members = asked.ids(asked.rule.coalitions[0])
    deal = tuple("" if o < 0 else enc.issues[i].options[o].id for i, o in enumerate(x.deal))
    needs = tuple((a, n / unit) for a, n in zip(members, x.needs, strict=True))
    return NewOption(enc.issues[x.issue].id, needs, x.share, deal)


def _named(case: Case, options: Options) -> list[NamedOption]:
    """Return, for each option of the case not on the table, what would still have to move with it there."""
    used = {(o.issue, o.id) for o in find_later(case, options.added)}
    core = {i.id for i in case.issues if i.core or options.issues == "all"}
    out = []
    for o in case.later_options:
        if (o.issue, o.id) in used or o.issue not in core:
            continue
        wider = options.model_copy(update={"added": (*options.added, f"{o.issue}={o.id}")})
        asked = _question(case, wider)
        out.append(NamedOption(o.issue, o.id, next(iter(asked.packages()), None)))
    return out
