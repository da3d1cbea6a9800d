"""Every constant behind the ripeness lens, with its value and where it comes from."""

from __future__ import annotations

from dataclasses import fields

from detente.lenses.ripeness import forces
from detente.methods.ripeness import backtest, base_rates, front, pace
from detente.methods.ripeness.economy import Economy
from detente.methods.ripeness.pressure import Weights
from detente.table import outlook, outlook_forces

JUDGEMENT = "judgement"


def constants() -> tuple[tuple[str, str, str], ...]:
    """Return name, value and source of every constant.

    Examples
    --------
    >>> all(source for _, _, source in constants())
    True
    """
    found = [
        ("Regimes of a front's pace", f"{pace.REGIMES}", f"{JUDGEMENT}: slow and fast"),
        ("Least monthly gain, km2", f"{pace.FLOOR:g}", f"{JUDGEMENT}: so that its log exists"),
        ("Log spread of a series too short to show one", f"{pace.SPREAD:g}", JUDGEMENT),
        ("Prior months staying in and leaving a regime", _pair(pace.STAY), JUDGEMENT),
        ("Prior months of net loss and net gain", _pair(pace.REVERSED), JUDGEMENT),
        ("Share of monthly noise common to all areas", f"{front.COMMON:g}", JUDGEMENT),
        ("Months of data before a back-test forecast", f"{backtest.FEWEST}", JUDGEMENT),
        (
            "Months until aid has reached its fate",
            f"{outlook_forces.SHRINKING}",
            f"{JUDGEMENT}: yearly budgets",
        ),
        (
            "Steps by which levers are moved to show what they do",
            f"{forces.OIL_STEP:g} dollars, {forces.BITE_STEP:g} of the bite, pace times {forces.PACE_STEP:g}",
            JUDGEMENT,
        ),
        ("Months over which one worth of no deal is averaged", f"{outlook.AHEAD}", JUDGEMENT),
        ("Years around the age for which base rates are shown", f"{base_rates.NEAR:g}", JUDGEMENT),
        ("Base rates of wars ending", _rates(), base_rates.SOURCE),
    ]
    found += [
        (
            f"Economy: {f.name.replace('_', ' ')}",
            f"{f.default:g}",
            f"{JUDGEMENT}: ordinary in small quarterly models" if f.default else "off unless a case sets it",
        )
        for f in fields(Economy)
        if isinstance(f.default, float)
    ]
    found += [
        (f"Pressure: weight of {f.name}", f"{f.default:g}", JUDGEMENT)
        for f in fields(Weights)
        if isinstance(f.default, float)
    ]
    return tuple(found)


def _pair(values: tuple[float, float]) -> str:
    return f"{values[0]:g} and {values[1]:g}"


def _rates() -> str:
    return ", ".join(f"{100 * rate.within_12:.0f}% in a year ({rate.group})" for rate in base_rates.RATES)
