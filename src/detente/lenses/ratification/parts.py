"""What a gate is expected to bring beside what it needs, and who inside it decides."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from detente.case import ratification as block
from detente.lenses.ratification.result import Count, Part
from detente.methods.ratification.gates import Assembly, Council, Reversed
from detente.methods.ratification.referendum import Referendum
from detente.methods.ratification.worlds import Worlds

Array = NDArray[np.float64]

Found = tuple[tuple[Count, ...], tuple[Part, ...]]


def measured(written: block.Gate, gate: object, worlds: Worlds) -> Found:
    """Return the counts of a gate and its parts; both empty for a single decision or a halt."""
    match written, gate:
        case block.AssemblyGate(), Assembly():
            blocs = _parts(_names(written), gate.votes(worlds), "votes", gate.decides(worlds))
            return (_votes(written.name, gate, worlds, 1.0),), blocs
        case block.ReversedGate(), Reversed():
            return _reversed(written, gate, worlds)
        case block.ReferendumGate(), Referendum():
            names = [e.name for e in written.electorates]
            shares = 100 * gate.shares(worlds)
            need = 100 * gate.rule.share
            counts = tuple(_count(n, row, need, "% yes") for n, row in zip(names, shares, strict=True))
            return counts, _parts(names, shares, "% yes", gate.decides(worlds))
        case block.CouncilGate(), Council():
            agree = gate.agree(worlds)
            names = [m.name for m in written.members for _ in range(m.count)]
            members = tuple(
                Part(name, chance, chance, chance, "% chance to agree", decides)
                for name, chance, decides in zip(
                    names, (100 * agree.mean(axis=1)).tolist(), gate.blocks(worlds), strict=True
                )
            )
            return (_count(written.name, agree.sum(axis=0), gate.need, "members"),), members
        case _:
            return (), ()


def _reversed(written: block.ReversedGate, gate: Reversed, worlds: Worlds) -> Found:
    counts: list[Count] = []
    found: list[Part] = []
    for hurdle, vote, decides in zip(written.hurdles, gate.hurdles, gate.decides(worlds), strict=True):
        counts.append(_votes(hurdle.name, vote, worlds, -1.0))
        names = [f"{name} ({hurdle.name})" for name in _names(hurdle)]
        found += _parts(names, vote.votes(worlds, -1.0), "votes against", decides)
    return tuple(counts), tuple(found)


def _names(vote: block.AssemblyGate | block.Hurdle) -> list[str]:
    return [b.name for b in vote.blocs]


def _parts(names: Sequence[str], rows: Array, unit: str, decides: Sequence[float]) -> tuple[Part, ...]:
    ends = np.percentile(rows, (5, 50, 95), axis=1).T
    return tuple(
        Part(name, float(low), float(mid), float(high), unit, decided)
        for name, (low, mid, high), decided in zip(names, ends, decides, strict=True)
    )


def _votes(name: str, vote: Assembly, worlds: Worlds, favour: float) -> Count:
    yes = vote.votes(worlds, favour).sum(axis=0)
    if vote.majority.seats:
        return _count(name, yes, vote.majority.seats, "votes" if favour > 0 else "votes against")
    room = sum(b.seats - b.absent for b in vote.blocs)
    share = 100 * yes / np.maximum(yes + np.clip(room - yes, 0, None), 1e-12)
    return _count(name, share, 100 * vote.majority.cast, "% of votes cast")


def _count(name: str, values: NDArray[np.float64] | NDArray[np.int_], need: float, unit: str) -> Count:
    low, mid, high = (float(x) for x in np.percentile(values, (5, 50, 95)))
    return Count(name, low, mid, high, float(need), unit)
