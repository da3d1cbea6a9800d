"""Places in a file: how they are kept, and how they are said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Spot = tuple[str | int, ...]
"""Names of mappings and positions (or, in a search, ids) of list items, from the top."""


def spell(data: Any, spot: Spot) -> str:
    """Return a place in the file's own words: list items by their id, or by their number from 1.

    Examples
    --------
    >>> spell({"issues": [{"id": "line", "options": ["a"]}]}, ("issues", 0, "options", 0))
    'issues.line.options#1'
    """
    words = ""
    for step in spot:
        data = below(data, step)
        own = data.get("id") if isinstance(data, dict) and isinstance(step, int) else step
        if isinstance(step, int) and not isinstance(own, str):
            words += f"#{step + 1}"
        else:
            words += f".{own}" if words else f"{own}"
    return words


def holds(data: Any, step: str | int) -> bool:
    """Whether a mapping has a name, or a list a position."""
    if isinstance(data, dict):
        return step in data
    return isinstance(data, list) and isinstance(step, int) and step < len(data)


def below(data: Any, step: str | int) -> Any:
    """Return what stands under a name or position; None where nothing does."""
    return data[step] if holds(data, step) else None


def line_of(lines: Mapping[Spot, int], spot: Spot) -> int | None:
    """Return the line of a spot, or of the nearest spot around it that has one.

    Examples
    --------
    >>> line_of({("issues",): 4, ("issues", 0): 5}, ("issues", 0, "name"))
    5
    """
    return next((lines[spot[:n]] for n in range(len(spot), 0, -1) if spot[:n] in lines), None)
