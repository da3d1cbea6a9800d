"""Traces one number or one field of a case back to the documents that said so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from detente.brief.trace_links import Link, Tracer
from detente.brief.trace_places import Places
from detente.case.checks_finding import closest
from detente.case.load import load_case, read_case
from detente.errors import UsageError
from detente.lens import Lens
from detente.registry import LENSES
from detente.words import listed


def trace(path: str | Path, name: str, asked: Mapping[str, Any] | None = None) -> Link:
    """Return the chain behind a number or a field.

    Parameters
    ----------
    path : str or Path
        A case.
    name : str
        A measure, with or without its lens (``settlement.zone.flexible``, ``zone.flexible``), or a place in
        the case (``preferences.RUS.line``), or the id of evidence or of a source.
    asked : mapping, optional
        Options of the lens that gives the number.

    Raises
    ------
    UsageError
        If there is no such number and no such place; names the nearest.

    Examples
    --------
    >>> chain = trace("alaska-2025", "preferences.RUS.line")
    >>> chain.kind, chain.links[0].kind, chain.links[0].links[0].kind
    ('judgement', 'evidence', 'source')
    """
    read = read_case(path)
    case = load_case(path) if read.case is None or read.errors else read.case  # raises, with every problem
    tracer = Tracer(Places(read))
    if (found := tracer.places.find(name)) is not None:
        return tracer.field(name, found)
    known: list[str] = []
    for lens in _candidates(name):
        if lens.missing(case) or not (lens.in_brief or name.startswith(f"{lens.name}.")):
            continue
        run = lens.apply(case, _options(lens, asked or {}))
        measures = {m.name: m for m in run.result.measures()}
        known += [f"{lens.name}.{m}" for m in measures]
        if measure := measures.get(name.removeprefix(f"{lens.name}.")):
            return tracer.number(lens, run, measure)
    raise UsageError(f"there is no number and no place `{name}`. Remedy: {_nearest(name, known, tracer)}")


def _candidates(name: str) -> Sequence[Lens[Any, Any]]:
    """Return the lens a name begins with, or all."""
    named = [lens for lens in LENSES if name.startswith(f"{lens.name}.")]
    return named or LENSES


def _options(lens: Lens[Any, Any], asked: Mapping[str, Any]) -> Any:
    fields = {info.alias or key for key, info in lens.options.model_fields.items()}
    fields |= set(lens.options.model_fields)
    return lens.options.model_validate({key: value for key, value in asked.items() if key in fields})


def _nearest(name: str, known: list[str], tracer: Tracer) -> str:
    short = {k.partition(".")[2]: k for k in known}
    places = [*tracer.places.parts, *(e.id for e in tracer.places.case.evidence)]
    close = closest(name, [*known, *short, *places])
    if close:
        return f"did you mean `{short.get(close, close)}`?"
    some = listed([f"`{k}`" for k in (*known[:6], *list(tracer.places.parts)[:2])])
    return f"numbers and places are named like {some}"
