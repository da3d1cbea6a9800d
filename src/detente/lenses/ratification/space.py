"""Ratification over the whole deal space: how many deals would pass, and which options are in reach."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from detente.case.model import Case
from detente.lenses.ratification.gates import Builder
from detente.lenses.ratification.result import Overlap, Reach
from detente.methods.ratification.ladder import chance
from detente.methods.ratification.worlds import Estimate, Worlds
from detente.methods.redlines import agreed
from detente.methods.space import count_deals, enumerate_deals
from detente.table.agreeing import agreement
from detente.table.encode import Encoded, encode

LISTED = 250_000
"""Largest deal space that is listed. Judgement: a second on two cores."""

EVEN = 0.5
"""A deal counts as ratifiable from an even chance on. Judgement."""


def overlaps_and_reach(
    case: Case, builder: Builder, readings: tuple[str, ...], worlds: Worlds
) -> tuple[tuple[Overlap, ...], tuple[Reach, ...], int]:
    """Return ratifiable deals beside accepted ones, the reach of options, and how many deals there are.

    Deals that meet the same gates on the same routes share one chance, so each such ladder is climbed once.
    Only core issues vary; a gate that looks at another issue treats it as left open.
    """
    enc = encode(case)
    if count_deals(enc.scoped) > LISTED:
        return (), (), 0
    deals = enumerate_deals(enc.scoped)
    looked = [k for k, issue in enumerate(enc.issues) if issue.id in builder.issues]
    patterns, which = np.unique(deals[:, looked], axis=0, return_inverse=True)
    terms = [_terms(enc, looked, row) for row in patterns]
    overlaps: list[Overlap] = []
    reach: list[Reach] = []
    for reading in readings:
        first, ladder = _ladders(enc, builder, patterns, looked, reading)
        climbed = [chance(builder.routes(terms[k], reading), worlds) for k in first]
        chances = [climbed[k] for k in ladder]
        passes = np.array([c.value >= EVEN for c in chances])[which.reshape(-1)]
        overlaps += [_overlap(enc, deals, reading, lines, passes) for lines in case.readings]
        reach += _reach(enc, looked, reading, terms, chances)
    return tuple(overlaps), tuple(reach), len(deals)


def _ladders(
    enc: Encoded, builder: Builder, patterns: NDArray[np.int16], looked: list[int], reading: str
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return one pattern of terms for each ladder they can meet, and which ladder each pattern meets.

    A gate looks at few issues, so it is asked once for each way these can be agreed, not once a deal.
    """
    forms = []
    for part in (*builder.case.gates, *builder.case.routes):
        own = [c for c, k in enumerate(looked) if enc.issues[k].id in builder.looks_at(part)]
        sizes = [len(enc.issues[looked[c]].options) for c in own]
        code = np.zeros(len(patterns), dtype=np.int64)
        for c, size in zip(own, sizes, strict=True):
            code = code * size + patterns[:, c]
        _, rows, alike = np.unique(code, return_index=True, return_inverse=True)
        number: dict[object, int] = {}
        met = [builder.form(part, _terms(enc, looked, patterns[row]), reading) for row in rows]
        forms.append(np.array([number.setdefault(form, len(number)) for form in met])[alike.reshape(-1)])
    _, first, ladder = np.unique(np.array(forms).T, axis=0, return_index=True, return_inverse=True)
    return first, ladder.reshape(-1)


def _terms(enc: Encoded, looked: list[int], row: NDArray[np.int16]) -> dict[str, str]:
    return {enc.issues[k].id: enc.issues[k].options[o].id for k, o in zip(looked, row, strict=True)}


def _overlap(
    enc: Encoded, deals: NDArray[np.int16], reading: str, lines: str, passes: NDArray[np.bool_]
) -> Overlap:
    accepted = agreed(enc.accepts[lines], agreement(enc), deals)
    return Overlap(reading, lines, int(passes.sum()), int(accepted.sum()), int((passes & accepted).sum()))


def _reach(
    enc: Encoded,
    looked: list[int],
    reading: str,
    terms: list[dict[str, str]],
    chances: list[Estimate],
) -> list[Reach]:
    found = []
    for k in looked:
        issue = enc.issues[k]
        for option in issue.options:
            having = [c for t, c in zip(terms, chances, strict=True) if t[issue.id] == option.id]
            if having:
                best = max(having, key=lambda c: c.value)
                found.append(Reach(reading, issue.id, option.id, best, *_refused(enc, k, option.id)))
    return found


def _refused(enc: Encoded, issue: int, option: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return whose red lines stop an option under every reading of them, and whose under some only."""
    o = next(n for n, one in enumerate(enc.issues[issue].options) if one.id == option)
    rule = agreement(enc)
    stops = [rule.stopping([masks[issue][o] for masks in table]) for table in enc.accepts.values()]
    found = {p: sum(p in actors for actors in stops) for p in rule.counted}
    always = tuple(enc.actors[p].id for p, times in found.items() if times == len(stops))
    return always, tuple(enc.actors[p].id for p, times in found.items() if 0 < times < len(stops))
