"""The headline numbers of the ripples lens, for studies and scoring."""

from __future__ import annotations

from detente.lens import Measure
from detente.lenses.ripples.result import BAND, Interval, Ripples, ScenarioResult


def measures(result: Ripples, s: ScenarioResult) -> tuple[Measure, ...]:
    """Return the headline numbers of one scenario."""
    ties = ("relations.ties", "relations.effects")
    covers = [g.cover for g in s.guarantees if g.cover is not None]
    found = [
        _interval(
            (f"tension_change.{s.id}", f"change of structural tension against today: {s.label}"),
            s.against_today,
            "ties of full strength",
            ("least sum of |w| whose sign must flip for two camps, less today's", ties),
        ),
        _count(s, "new_tensions", "ties that come under tension", len(result.new_tensions(s))),
        _count(s, "unbalanced_triads", "triads that become unbalanced", len(result.new_unbalanced(s))),
    ]
    if covers:
        found.append(
            _interval(
                (f"lowest_cover.{s.id}", f"least covered guarantee in force: {s.label}"),
                min(covers, key=lambda c: c.mid),
                "share",
                (
                    "capability left after higher stated priorities, over the load",
                    ("relations.commitments", "actors"),
                ),
            )
        )
    for unit, total in s.totals.items():
        found.append(
            _interval(
                (f"support.{s.id}.{unit}", f"support by all donors: {s.label}"),
                total,
                unit,
                (
                    "sum of aid commitments in force, times the factors of the deal",
                    ("relations.commitments",),
                ),
            )
        )
    return tuple(found)


def _interval(name: tuple[str, str], value: Interval, unit: str, how: tuple[str, tuple[str, ...]]) -> Measure:
    return Measure(*name, value.mid, unit, value.low, value.high, BAND, *how)


def _count(s: ScenarioResult, name: str, label: str, n: int) -> Measure:
    formula = "w_ij sum_k w_ik w_kj < 0" if name == "new_tensions" else "w_ij w_jk w_ik < 0"
    return Measure(
        f"{name}.{s.id}",
        f"{label}: {s.label}",
        float(n),
        "count",
        formula=f"{formula} in most draws, and not today",
        inputs=("relations.ties", "relations.effects"),
    )
