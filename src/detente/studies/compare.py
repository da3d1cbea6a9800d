"""Holds variants of a case against the case on file, headline number by headline number, with one seed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from detente.case.model import Case
from detente.errors import UsageError
from detente.lens import Lens, Measure, Run
from detente.registry import LENSES


@dataclass(frozen=True, slots=True)
class Compared:
    """One headline number in the case on file and in each variant.

    Parameters
    ----------
    lens, name, label, unit : str
        Which number.
    values : tuple of Measure or None
        First on file, then each variant; None where a variant does not have it.
    """

    lens: str
    name: str
    label: str
    unit: str
    values: tuple[Measure | None, ...]

    @property
    def deltas(self) -> tuple[float | None, ...]:
        """Each variant less the case on file; None where either has no value."""
        base = self.values[0].value if self.values[0] else None
        found = (m.value if m else None for m in self.values[1:])
        return tuple(None if base is None or v is None else v - base for v in found)

    @property
    def moved(self) -> bool:
        """Whether any variant differs from the case on file."""
        base = self.values[0].value if self.values[0] else None
        return any((m.value if m else None) != base for m in self.values[1:])


@dataclass(frozen=True, slots=True)
class Comparison:
    """Variants side by side with the case on file, or with another variant.

    Parameters
    ----------
    case : Case
        What they are held against.
    variants : tuple of Case
    rows : tuple of Compared
        All headline numbers, in the order of the registry.
    runs : tuple of tuple of Run
        For what they are held against and then each variant, the runs behind them.
    """

    case: Case
    variants: tuple[Case, ...]
    rows: tuple[Compared, ...]
    runs: tuple[tuple[Run[Any, Any], ...], ...]

    def names(self) -> tuple[str, ...]:
        """Return what the columns are called."""
        return tuple(name_of(case, n) for n, case in enumerate((self.case, *self.variants)))


def name_of(variant: Case, number: int) -> str:
    """Return what a variant is called in a table."""
    own = variant.variant
    return (own.title or own.name if own else "On file") or f"Variant {number}"


def compare(
    case: Case,
    variants: Sequence[Case],
    lenses: Sequence[str] = (),
    draws: int | None = None,
    seed: int | None = None,
) -> Comparison:
    """Run the same lenses with the same seed on the case and its variants.

    Parameters
    ----------
    case : Case
        On file.
    variants : sequence of Case
        As `detente.case.overlay.apply` returns them.
    lenses : sequence of str
        Names; by default every lens that can answer for the case as a whole.
    draws, seed : int, optional
        In place of each lens's own default, where it has them.

    Raises
    ------
    UsageError
        If a lens does not exist or cannot answer for the case.

    Examples
    --------
    >>> from detente.case.load import load_case
    >>> from detente.case.overlay import apply_typed
    >>> case = load_case("minsk-2015")
    >>> found = compare(case, [apply_typed(case, ["no_deal.RUS.worth=90"])], ["settlement"], draws=50)
    >>> [row.name for row in found.rows if row.moved][0]
    'interests'
    """
    chosen = _chosen(case, lenses)
    return compared(
        case, variants, [[_run(lens, one, draws, seed) for lens in chosen] for one in (case, *variants)]
    )


def compared(case: Case, variants: Sequence[Case], runs: Sequence[Sequence[Run[Any, Any]]]) -> Comparison:
    """Return the comparison of runs that are at hand: for what variants are held against, then for each."""
    rows = [row for k, run in enumerate(runs[0]) for row in _rows(run.lens, [of[k] for of in runs])]
    return Comparison(case, tuple(variants), tuple(rows), tuple(map(tuple, runs)))


def _chosen(case: Case, names: Sequence[str]) -> tuple[Lens[Any, Any], ...]:
    able = {lens.name: lens for lens in LENSES if not lens.missing(case)}
    wrong = [name for name in names if name not in able]
    if wrong:
        raise UsageError(
            f"{case.id} cannot answer by {', '.join(wrong)}. Remedy: choose from {', '.join(able)}"
        )
    return tuple(lens for name, lens in able.items() if (name in names if names else lens.in_brief))


def _run(lens: Lens[Any, Any], case: Case, draws: int | None, seed: int | None) -> Run[Any, Any]:
    asked = {"draws": draws, "seed": seed}
    given = {k: v for k, v in asked.items() if v is not None and k in lens.options.model_fields}
    return lens.apply(case, lens.options.model_validate(given))


def _rows(lens: str, runs: Sequence[Run[Any, Any]]) -> list[Compared]:
    """Return the headline numbers of one lens, those that only a variant has last."""
    found = [{m.name: m for m in run.result.measures()} for run in runs]
    names = dict.fromkeys(name for measures in found for name in measures)
    rows = []
    for name in names:
        values = tuple(measures.get(name) for measures in found)
        first = next(m for m in values if m is not None)
        rows.append(Compared(lens, name, first.label, first.unit, values))
    return rows
