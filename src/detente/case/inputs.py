"""Lists what can be adjusted in a case: every number, range and choice, with its scale and its ground."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from detente.case.base import Basis, Model, _Range
from detente.case.checks_walk import walk
from detente.case.inputs_names import Labels
from detente.case.inputs_scales import scale_of
from detente.case.model import Case
from detente.case.yamlfile_spot import Spot

Kind = Literal["range", "number", "choice", "set", "switch"]
"""A low and a high end; one number; one of several; any of several; yes or no."""

_LEFT_ALONE = ("sources", "evidence", "deals", "stakes", "format", "id", "as_of", "borders")
"""What documents said, what was proposed, and who the case is: no assumptions."""
_ABOUT_JUDGEMENT = ("basis", "evidence", "note")
_NO_ASSUMPTION = ("role", "kind", "core", "context", "series", "attitude", "asked", "direction", "feature")
"""Names whose values say what something is, or what was measured."""


@dataclass(frozen=True, slots=True)
class Input:
    """One adjustable value of a case.

    Parameters
    ----------
    path : str
        Its place; what an `Edit` takes.
    label : str
        What a reader sees.
    group : str
        The part of the case it belongs to, such as ``no_deal`` or ``preferences``.
    kind : {"range", "number", "choice", "set", "switch"}
        A low and a high end; one number; one of several; any of several; yes or no.
    value : number, (low, high), str, tuple of str or bool
        What the case says.
    low, high : float or None
        Ends of the scale; None where the scale has none. A stated worth may leave them.
    unit : str
        Of the value; "" where it has none.
    choices : tuple of (id, label)
        For a choice or a set.
    basis : {"stated", "inferred", "guess", ""}
        How the value is known; "" where the case does not say.
    evidence : tuple of str
        Ids of the evidence behind the judgement it belongs to.
    note : str
        The reason given there.
    actor, issue : str
        Ids, where it is about one.
    """

    path: str
    label: str
    group: str
    kind: Kind
    value: Any
    low: float | None = None
    high: float | None = None
    unit: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    basis: Basis | Literal[""] = ""
    evidence: tuple[str, ...] = ()
    note: str = ""
    actor: str = ""
    issue: str = ""

    @property
    def mid(self) -> float | None:
        """The middle of a range, or the number; None for anything else."""
        if self.kind == "range":
            low, high = self.value
            return float(low + high) / 2
        return float(self.value) if self.kind == "number" else None


def adjustable(case: Case, groups: tuple[str, ...] = ()) -> tuple[Input, ...]:
    """Return everything that can be adjusted in a case, in the order of the file.

    Parameters
    ----------
    case : Case
    groups : tuple of str
        Only these top-level parts of the case, such as ``("no_deal", "preferences")``; all where empty.

    Examples
    --------
    >>> from detente.case.load import load_case
    >>> found = adjustable(load_case("alaska-2025"), ("no_deal",))
    >>> shift = next(i for i in found if i.path == "no_deal.worth.RUS.shift")
    >>> shift.label, shift.value, shift.unit, shift.basis
    ('Russia: worth of no deal, shift', (-10.0, 10.0), 'points of its own scale', 'guess')
    >>> next(i.value for i in found if i.path == "no_deal.options.line")
    'freeze'
    """
    labels = Labels(case)
    return tuple(
        found for spot, part, held in _fields(case, groups) if (found := _input(labels, spot, part, held))
    )


@dataclass(frozen=True, slots=True)
class _Held:
    """A value with the field that holds it and the judgement around it."""

    value: Any
    info: FieldInfo
    judged: Model | None


def _fields(case: Case, groups: tuple[str, ...]) -> Iterator[tuple[Spot, Model, _Held]]:
    """Yield every value that could be adjusted, with its place."""
    judged: dict[Spot, Model] = {}
    names = [n for n in type(case).model_fields if n not in _LEFT_ALONE and (not groups or n in groups)]
    for spot, part in walk(case, within=names):
        if isinstance(part, _Range):
            continue
        around = next((judged[spot[:n]] for n in range(len(spot) - 1, 0, -1) if spot[:n] in judged), None)
        if "basis" in type(part).model_fields and hasattr(part, "evidence"):
            judged[spot] = part
            around = part
        for name, info in type(part).model_fields.items():
            if name not in _ABOUT_JUDGEMENT + _NO_ASSUMPTION and not set(spot) & set(_NO_ASSUMPTION):
                place = (*spot, info.alias or name)
                for at, value in _leaves(getattr(part, name), place):
                    yield at, part, _Held(value, info, around)


def _leaves(value: Any, spot: Spot) -> Iterator[tuple[Spot, Any]]:
    """Yield a value, or each value of a mapping of values."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _leaves(item, (*spot, key))
    elif value is not None and not (isinstance(value, Model) and not isinstance(value, _Range)):
        yield spot, value


def _input(labels: Labels, spot: Spot, part: Model, held: _Held) -> Input | None:
    """Return the input at a place, or None where what stands there is no assumption."""
    choices = labels.choices(spot)
    kind = _kind(held, choices)
    if kind is None:
        return None
    literal = _literals(held.info.annotation)
    if kind == "choice" and not choices:
        choices = tuple((str(c), str(c)) for c in literal)
    value: Any = held.value
    if isinstance(value, _Range):
        value = (value.low, value.high)
    scale = scale_of(spot, held.info, labels.case) if kind in ("range", "number") else None
    return Input(
        path=labels.path(spot),
        label=labels.label(spot),
        group=str(spot[0]),
        kind=kind,
        value=value,
        low=scale.low if scale else None,
        high=scale.high if scale else None,
        unit=(scale.unit if scale else "") or _own_unit(part, spot),
        choices=choices,
        basis=getattr(held.judged, "basis", ""),
        evidence=tuple(getattr(held.judged, "evidence", ())),
        note=getattr(held.judged, "note", ""),
        actor=labels.actor(spot),
        issue=labels.issue(spot),
    )


def _own_unit(part: Model, spot: Spot) -> str:
    """Return the unit a part of the case states for its amount."""
    return str(getattr(part, "unit", "")) if spot[-1] in ("amount", "fates") else ""


def _kind(held: _Held, choices: tuple[tuple[str, str], ...]) -> Kind | None:
    value = held.value
    if isinstance(value, _Range):
        return "range"
    if isinstance(value, bool):
        return "switch"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, tuple) and choices and all(isinstance(x, str) for x in value):
        return "set"
    known = [c for c, _ in choices] or [str(x) for x in _literals(held.info.annotation)]
    if isinstance(value, str) and len(known) > 1 and value in known:
        return "choice"
    return None


def _literals(annotation: Any) -> tuple[Any, ...]:
    """Return the values a field allows by name."""
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    return (
        tuple(x for inner in get_args(annotation) for x in _literals(inner)) if get_origin(annotation) else ()
    )
