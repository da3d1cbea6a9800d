"""The uncertain inputs behind a headline number, and variants of the case that fix them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.case.edits import Edit, Overlay
from detente.case.inputs import Input, adjustable
from detente.case.model import Case
from detente.case.overlay import apply
from detente.lens import Measure

Array = NDArray[np.float64]

_ENDS = (".low", ".high")


@dataclass(frozen=True, slots=True)
class Uncertain:
    """One input that the case states as a range.

    Parameters
    ----------
    paths : tuple of str
        Its place, or the places of its two ends.
    label : str
    low, high : float
        The range stated.
    least, most : float or None
        Ends of its scale.
    unit, basis : str
    actor : str
        Id, "" where it is about nobody.
    """

    paths: tuple[str, ...]
    label: str
    low: float
    high: float
    least: float | None
    most: float | None
    unit: str
    basis: str
    actor: str

    @property
    def name(self) -> str:
        """Its place, without an end."""
        return self.paths[0].removesuffix(".low")

    def edits(self, low: float, high: float | None = None) -> tuple[Edit, ...]:
        """Return the edits that fix it at a value, or give it another range."""
        ends = (float(low), float(low if high is None else high))
        values = ends if len(self.paths) == 2 else (list(ends),)
        # The basis stays: a world of a study supposes a value, it claims nothing.
        basis = {"basis": self.basis} if self.basis else {}
        return tuple(
            Edit.model_validate({"path": path, "value": value, **basis})
            for path, value in zip(self.paths, values, strict=True)
        )


def uncertain(case: Case, measure: Measure) -> tuple[Uncertain, ...]:
    """Return the ranges behind a headline number: those in the places the measure names as its inputs.

    A measure that names no place may hang on any range of the case.

    Examples
    --------
    >>> from detente.case.load import load_case
    >>> from detente.lens import Measure
    >>> case = load_case("alaska-2025")
    >>> found = uncertain(case, Measure("x", "", 0.5, "share", inputs=("no_deal",)))
    >>> [(u.name, u.low, u.high) for u in found][:2]
    [('no_deal.worth.RUS.shift', -10.0, 10.0), ('no_deal.worth.UKR.shift', -15.0, 0.0)]
    >>> found = uncertain(case, Measure("x", "", 0.5, "share", inputs=("actors.RUS",)))
    >>> [(u.name, u.low, u.high) for u in found]
    [('actors.RUS.capability', 75.0, 95.0)]
    """
    groups = tuple(dict.fromkeys(place.split(".")[0] for place in measure.inputs))
    inputs = [i for i in adjustable(case, groups) if below(i.path, measure.inputs)]
    by_path = {i.path: i for i in inputs}
    found = (_range(i) if i.kind == "range" else _pair(i, by_path) for i in inputs)
    return tuple(u for u in found if u is not None and u.low < u.high)


def below(path: str, places: Sequence[str]) -> bool:
    """Return whether a place lies in one of those named; any does where none is.

    Examples
    --------
    >>> below("no_deal.worth.RUS", ("no_deal",)), below("rules", ("no_deal",)), below("rules", ())
    (True, False, True)
    """
    return not places or any(path == p or path.startswith((f"{p}.", f"{p}#")) for p in places)


def _range(i: Input) -> Uncertain:
    low, high = i.value
    return Uncertain((i.path,), i.label, low, high, i.low, i.high, i.unit, i.basis, i.actor)


def _pair(i: Input, others: dict[str, Input]) -> Uncertain | None:
    """Return a range whose ends stand as two numbers, at the place of the lower."""
    first, last = _ENDS
    top = others.get(i.path.removesuffix(first) + last)
    if not i.path.endswith(first) or i.kind != "number" or top is None or top.kind != "number":
        return None
    label = i.label.removesuffix(", low")
    paths = (i.path, top.path)
    return Uncertain(paths, label, i.value, top.value, i.low, i.high, i.unit, i.basis, i.actor)


def fixed(case: Case, inputs: Sequence[Uncertain], values: Sequence[float]) -> Case:
    """Return the case with inputs fixed at values, one each."""
    edits = tuple(e for u, v in zip(inputs, values, strict=True) for e in u.edits(float(v)))
    return apply(case, Overlay(edits=edits), "this study")


def drawn(inputs: Sequence[Uncertain], worlds: int, seed: int) -> Array:
    """Return independent uniform draws over the stated ranges, shape (worlds, inputs).

    Each input has its own stream, so that leaving one out changes no other.
    """
    from zlib import crc32

    columns = [
        np.random.default_rng((seed, crc32(u.name.encode()))).uniform(u.low, u.high, worlds) for u in inputs
    ]
    return np.column_stack(columns) if columns else np.empty((worlds, 0))
