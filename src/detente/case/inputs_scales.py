"""Scales of a case's numbers: where they end, and in what unit they are."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatch

from annotated_types import Ge, Gt, Le, Lt
from pydantic.fields import FieldInfo

from detente.case.model import Case
from detente.case.yamlfile_spot import Spot


@dataclass(frozen=True, slots=True)
class Scale:
    """Ends of a scale, None where it has none, and its unit."""

    low: float | None
    high: float | None
    unit: str = ""


OWN = "points of its own scale"
"""100 is an actor's best option on every issue, 0 its worst on every issue."""

_PER_CENT = Scale(0, 100, "%")
_SHARE = Scale(0, 1, "share")
_SCALES: tuple[tuple[str, Scale], ...] = (
    ("preferences/*/*/salience", Scale(0, 100, "of 100")),
    ("preferences/*/*/values/*", Scale(0, 100, "of 100")),
    # A worth may lie below the worst deal: fighting on can be worse than anything on the table. The ends
    # are where a slider stops, judgement; the case format allows more.
    ("no_deal/worth/*/worth", Scale(-25, 100, OWN)),
    ("no_deal/worth/*/shift", Scale(-50, 50, OWN)),
    ("interactions/*/points", Scale(-100, 100, OWN)),
    ("quorum/at_least", Scale(1, None, "actors")),
    ("actors/*/capability/*", Scale(0, 100, "of 100")),
    ("issues/*/options/*/position", Scale(0, 100, "place on the issue's scale")),
    ("relations/third_parties/*/capability", Scale(0, 100, "of 100")),
    ("relations/ties/*/weight", Scale(-100, 100, "from hostile to allied")),
    ("relations/*/change", Scale(-200, 200, "points of the tie")),
    ("relations/*/load", Scale(0, 100, "points of capability")),
    ("relations/*/priority", Scale(0, 100, "of 100")),
    ("relations/*/times/*", Scale(0, None, "factor")),
    ("conflict/*/effects/*", Scale(-100, 100, OWN)),
    ("ratification/*/chance", _PER_CENT),
    ("ratification/*/turnout", _PER_CENT),
    ("ratification/*/days", Scale(0, None, "days")),
    ("ratification/*/count", Scale(0, None, "votes")),
    ("ratification/*/seats", Scale(1, None, "votes")),
    ("ratification/*/in_favour", _PER_CENT),
    ("ratification/*/against", _PER_CENT),
    ("ratification/*/asked", Scale(1, None, "people asked")),
    ("durability/*/amount", _PER_CENT),
    ("durability/takes_effect", _PER_CENT),
    ("durability/commitment/*", _PER_CENT),
    ("ripeness/areas/*/size", Scale(0, None, "km²")),
    ("ripeness/areas/*/held", Scale(0, None, "km²")),
    ("ripeness/areas/*/series/*", Scale(None, None, "km² a month")),
    ("ripeness/areas/*/slow", Scale(None, None, "km² a month")),
    ("ripeness/areas/*/fast", Scale(None, None, "km² a month")),
    ("ripeness/areas/*/stay", _SHARE),
    ("ripeness/areas/*/fast_now", _SHARE),
    ("ripeness/people/*/losses", Scale(0, None, "thousand a month")),
    ("ripeness/people/*/recruits", Scale(0, None, "thousand a month")),
    ("ripeness/people/*/reserve", Scale(0, None, "thousand")),
    ("ripeness/aid/*/fates/*", Scale(0, None, "factor")),
    ("ripeness/books/*/relief/options/*", _SHARE),
    ("ripeness/books/*/relief/sanctions", _SHARE),
    ("ripeness/books/*/oil", Scale(0, None, "dollars a barrel")),
    ("ripeness/books/*/oil_reference", Scale(0, None, "dollars a barrel")),
    ("ripeness/books/*/discount", Scale(None, None, "dollars a barrel")),
    ("ripeness/feels/*", Scale(None, None, OWN)),
    ("ripeness/months", Scale(3, 60, "months")),
)
"""The first pattern that matches counts; a star stands for any number of steps."""


def scale_of(spot: Spot, info: FieldInfo, case: Case) -> Scale:
    """Return the scale of a number; where no pattern knows it, the bounds its field has.

    Parameters
    ----------
    spot : tuple
        The place.
    info : FieldInfo
        The field that holds it.
    case : Case
        For scales that depend on the case: nobody has more votes than seats.
    """
    text = "/".join(map(str, spot))
    found = next((scale for pattern, scale in _SCALES if fnmatch(text, pattern)), Scale(None, None))
    low, high = found.low, found.high
    for bound in info.metadata:
        if isinstance(bound, Ge | Gt):
            low = float(bound.ge if isinstance(bound, Ge) else bound.gt) if low is None else low  # type: ignore[arg-type]
        if isinstance(bound, Le | Lt):
            high = float(bound.le if isinstance(bound, Le) else bound.lt) if high is None else high  # type: ignore[arg-type]
    if spot[0] == "quorum" and case.quorum is not None:
        high = float(len(case.quorum.of))
    if found.unit == "votes" and high is None:
        high = _seats(spot, case)
    return Scale(low, high, found.unit)


def _seats(spot: Spot, case: Case) -> float | None:
    """Return the seats of the bloc a place belongs to."""
    here: object = case
    seats: float | None = None
    for step in spot:
        if isinstance(here, tuple):
            here = next((x for n, x in enumerate(here) if step in (n, getattr(x, "id", None))), None)
        else:
            here = getattr(here, str(step), None)
        if isinstance(own := getattr(here, "seats", None), int) and not hasattr(here, "blocs"):
            seats = float(own)
    return seats
