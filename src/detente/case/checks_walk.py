"""Walks every part of a case, so that a check need not know where ids, evidence and bases stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from detente.case.base import Model
from detente.case.yamlfile_spot import Spot


def walk(part: Model, spot: Spot = (), within: Iterable[str] | None = None) -> Iterator[tuple[Spot, Model]]:
    """Yield every part below a part, with its place; a whole before its own parts.

    Parameters
    ----------
    part : Model
    spot : tuple
        Its place.
    within : iterable of str, optional
        Only what stands below these fields of it.

    Examples
    --------
    >>> from detente.case.parties import Issue
    >>> issue = Issue.model_validate(
    ...     {"id": "line", "stake": "land", "name": "Line", "options": [{"id": "freeze", "text": "Freeze"}]}
    ... )
    >>> [spot for spot, _ in walk(issue)]
    [('options', 'freeze')]
    """
    chosen = None if within is None else set(within)
    for name, about in type(part).model_fields.items():
        if chosen is not None and name not in chosen:
            continue
        value = getattr(part, name)
        if isinstance(value, Model | tuple | dict) and value:
            yield from _parts(value, (*spot, about.alias or name))


def _parts(value: Any, spot: Spot) -> Iterator[tuple[Spot, Model]]:
    if isinstance(value, Model):
        yield spot, value
        yield from walk(value, spot)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _parts(item, (*spot, key))
    elif isinstance(value, tuple):
        for position, item in enumerate(value):
            if not isinstance(item, str):
                yield from _parts(item, (*spot, getattr(item, "id", position)))
