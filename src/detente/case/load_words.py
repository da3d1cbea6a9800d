"""Says in plain words what pydantic found wrong with a case, at the place in the file it is about."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from detente.case.checks_finding import Finding, closest, nearest
from detente.case.schema_walk import place
from detente.case.yamlfile_spot import Spot, below, holds
from detente.words import count, listed

_NOUNS = {
    "string_type": "a text",
    "float_type": "a number",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "bool_type": "true or false",
    "tuple_type": "a list, [like, this]",
    "dict_type": "a block of `name: value` lines",
    "model_type": "a block of `name: value` lines",
    "date_type": "a date such as 2025-08-14",
    "date_parsing": "a date such as 2025-08-14",
    "date_from_datetime_parsing": "a date such as 2025-08-14",
}
_PATTERNS = (
    ("[A-Za-z][A-Za-z0-9_]*", "an id begins with a letter; letters, digits and _ may follow"),
    ("[a-z0-9][a-z0-9-]*", "use small letters, digits and hyphens, such as my-case-2025"),
    (r"\d{4}", "write 2025, 2025-08 or 2025-08-13"),
)


@dataclass(frozen=True, slots=True)
class Fault:
    """One place that does not fit the format, with all that pydantic says about it."""

    spot: Spot
    errors: tuple[ErrorDetails, ...]

    @property
    def kind(self) -> str:
        """Pydantic's word for what is wrong."""
        return str(self.errors[0]["type"])


def faults_of(error: ValidationError, data: dict[str, Any]) -> tuple[Fault, ...]:
    """Gather what pydantic says by place in the file; of alternatives, only what the writer meant.

    Parameters
    ----------
    error : ValidationError
        From validating `data`.
    data : dict
        The plain data of both files.
    """
    by_spot: dict[Spot, list[ErrorDetails]] = {}
    for detail in error.errors(include_url=False):
        if not _follows(detail):
            by_spot.setdefault(_spot(detail, data), []).append(detail)
    inner = {spot[:n] for spot in by_spot for n in range(len(spot))}
    return tuple(
        Fault(spot, tuple(details))
        for spot, details in by_spot.items()
        if not (spot in inner and all(detail["type"] in _NOUNS for detail in details))
    )


def _follows(detail: ErrorDetails) -> bool:
    """Whether a list is short only because items of it were refused."""
    return detail["type"] == "too_short" and len(detail["input"]) >= detail["ctx"]["min_length"]


def _spot(detail: ErrorDetails, data: Any) -> Spot:
    """Return the place in the file; pydantic's own markers of alternatives are left out."""
    spot: Spot = ()
    for step in detail["loc"]:
        pair = {"low": 0, "high": 1}.get(str(step)) if isinstance(data, list) else None
        here = step if pair is None else pair
        if holds(data, here):
            data, spot = below(data, here), (*spot, here)
    return (*spot, detail["loc"][-1]) if detail["type"] == "missing" else spot


def findings(faults: tuple[Fault, ...], schema: dict[str, Any]) -> Iterator[Finding]:
    """Yield each fault in plain words; a name that is missing because it is misspelt only once.

    Parameters
    ----------
    faults : tuple of Fault
        From `faults_of`.
    schema : dict
        What may stand where.
    """
    misspelt = {
        (*fault.spot[:-1], closest(str(fault.spot[-1]), place(schema, fault.spot[:-1]).fields))
        for fault in faults
        if fault.kind == "extra_forbidden"
    }
    for fault in faults:
        if not (fault.kind == "missing" and fault.spot in misspelt):
            yield Finding(fault.spot, *_said(fault, schema))


def _said(fault: Fault, schema: dict[str, Any]) -> tuple[str, str]:
    """Return message and remedy."""
    detail = fault.errors[0]
    name = fault.spot[-1] if fault.spot else ""
    if fault.kind == "missing":
        about = place(schema, fault.spot[:-1]).fields.get(str(name), "")
        hint = f": {about[:1].lower()}{about[1:].rstrip('.')}" if about else ""
        return f"`{name}` is missing", f"add `{name}: ...`{hint}"
    if fault.kind == "extra_forbidden":
        return f"`{name}` is not known here", nearest(str(name), place(schema, fault.spot[:-1]).fields)
    if fault.kind in _NOUNS:
        nouns = dict.fromkeys(_noun(error) for error in fault.errors if error["type"] in _NOUNS)
        return f"must be {listed(list(nouns), 'or')}, not {shown(detail['input'])}", _cure(detail)
    return _WORDS.get(fault.kind, _as_is)(detail)


def _noun(detail: ErrorDetails) -> str:
    if detail.get("ctx", {}).get("class_name") == "_Range":
        return "a range, [low, high]"
    return _NOUNS[detail["type"]]


_CURES = {
    "bool_type": "write true or false",
    "tuple_type": "write a list, [like, this]",
    "dict_type": "name what is inside it, one `name: value` for each",
    "model_type": "name what is inside it, one `name: value` for each",
}
_TYPED_CURES = {
    "tuple_type": "write [{}]",
    "float_type": "remove the quotes or the words around the number",
    "int_type": "remove the quotes or the words around the number",
}
"""Where a text stands that means something else."""


def _cure(detail: ErrorDetails) -> str:
    value, kind = detail["input"], detail["type"]
    if value is None:
        return "fill it in"
    if kind == "string_type" and not isinstance(value, list | dict):
        return "put it in quotes"
    if isinstance(value, str) and kind in _TYPED_CURES:
        return _TYPED_CURES[kind].format(value[:30])
    return _CURES.get(kind, f"write {_noun(detail)}")


def _choice(detail: ErrorDetails) -> tuple[str, str]:
    options = detail["ctx"]["expected"].replace("'", "")
    known = options.replace(" or ", ", ").split(", ")
    return f"must be {options}, not {shown(detail['input'])}", nearest(str(detail["input"])[:60], known)


def _pattern(detail: ErrorDetails) -> tuple[str, str]:
    form = detail["ctx"]["pattern"]
    remedy = next((words for needle, words in _PATTERNS if needle in form), f"it must match {form}")
    return f"{shown(detail['input'])} cannot stand here", remedy


def _as_is(detail: ErrorDetails) -> tuple[str, str]:
    return detail["msg"], "docs/reference/case-format.md shows what may stand here"


_WORDS: dict[str, Callable[[ErrorDetails], tuple[str, str]]] = {
    "literal_error": _choice,
    "string_pattern_mismatch": _pattern,
    "string_too_long": lambda d: (f"is longer than {d['ctx']['max_length']} characters", "shorten it"),
    "too_short": lambda d: (
        f"has {count(len(d['input']), 'item')}",
        f"give at least {d['ctx']['min_length']}",
    ),
    "greater_than_equal": lambda d: (f"{d['input']:g} is below {d['ctx']['ge']:g}", "keep to the scale"),
    "less_than_equal": lambda d: (f"{d['input']:g} is above {d['ctx']['le']:g}", "keep to the scale"),
    "value_error": lambda d: (str(d["ctx"]["error"]), ""),
}


def shown(value: Any) -> str:
    """Return how a value is quoted in a message.

    Examples
    --------
    >>> shown(None), shown(True), shown("yes"), shown([1]), shown({}), shown(3)
    ('nothing', 'true', '`yes`', 'a list', 'a block of names', '3')
    """
    if isinstance(value, str):
        return f"`{value[:40]}...`" if len(value) > 40 else f"`{value}`"
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "a block of names"
    if isinstance(value, bool):
        return str(value).lower()
    return "nothing" if value is None else str(value)
