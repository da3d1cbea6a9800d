"""What a page shows is what its address says: edits, question, levers, variants to compare."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from detente.case.edits import Edit, Overlay
from detente.case.inputs import Input
from detente.case.model import Case
from detente.case.overlay import apply, parse_edits
from detente.errors import DetenteError

MOST_EDITS = 60
"""Edits in one address. Judgement: more belong into a saved variant."""

Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class State:
    """The part of an address that all pages share.

    Parameters
    ----------
    edits : tuple of str
        ``path=value``, as on the command line.
    lens : str
        The question asked; "" for the first that the case can answer.
    levers : tuple of (name, value)
        Options of that lens, as typed.
    shown : tuple of str
        Further assumptions to show a control for.
    """

    edits: tuple[str, ...] = ()
    lens: str = ""
    levers: tuple[tuple[str, str], ...] = ()
    shown: tuple[str, ...] = ()

    def pairs(self) -> list[tuple[str, str]]:
        """Return the state as query pairs, in one order."""
        found = [("lens", self.lens)] if self.lens else []
        found += [("set", edit) for edit in self.edits]
        found += [(f"opt.{name}", value) for name, value in self.levers]
        return found + [("show", path) for path in self.shown]

    def link(self, page: str, **extra: str) -> str:
        """Return the address of a page in this state."""
        query = urlencode([*self.pairs(), *extra.items()])
        return f"{page}?{query}" if query else page

    def without(self, path: str) -> State:
        """Return the state without the edits of one place."""
        return replace(self, edits=tuple(e for e in self.edits if e.partition("=")[0] != path))

    def only(self, path: str) -> State:
        """Return the state with the edits of one place alone."""
        return replace(self, edits=tuple(e for e in self.edits if e.partition("=")[0] == path))


def read_state(pairs: Pairs) -> State:
    """Return the state an address says; what it does not know is left out.

    Examples
    --------
    >>> read_state([("set", "no_deal.RUS.shift=1"), ("opt.aid", "stops"), ("x", "y")])
    State(edits=('no_deal.RUS.shift=1',), lens='', levers=(('aid', 'stops'),), shown=())
    """
    last = dict(pairs)
    edits = tuple(dict.fromkeys(value for name, value in pairs if name == "set" and value))
    levers = {n.removeprefix("opt."): v for n, v in pairs if n.startswith("opt.") and v != ""}
    shown = tuple(dict.fromkeys(value for name, value in pairs if name == "show" and value))
    return State(edits[:MOST_EDITS], last.get("lens", ""), tuple(sorted(levers.items())), shown[:MOST_EDITS])


def variant_of(case: Case, state: State) -> Case:
    """Return the case with the edits of an address.

    Raises
    ------
    InputProblems
        With everything that is wrong with any of them.
    """
    from detente.case.overlay import apply_typed

    return apply_typed(case, state.edits) if state.edits else case


def canonical(case: Case, state: State) -> tuple[State, Case]:
    """Return the state with edits spelled in full and those that change nothing left out, and its variant."""
    variant = variant_of(case, state)
    edits = variant.variant.edits if variant.variant else ()
    changed = tuple(e for e in edits if e.value != e.was)
    spelled = tuple(typed(e.path, e.value) for e in changed)
    if len(changed) < len(edits):
        variant = apply(case, Overlay(edits=tuple(Edit(path=e.path, value=e.value) for e in changed)))
    return replace(state, edits=spelled), variant


def typed(path: str, value: Any) -> str:
    """Return an edit as it is typed.

    Examples
    --------
    >>> typed("a.b", [1, 2.5]), typed("a", ["x", ["y", "z"]]), typed("a", None), typed("a", True)
    ('a.b=[1,2.5]', 'a=[x,[y,z]]', 'a=null', 'a=true')
    """
    return f"{path}={_flow(value)}"


def _flow(value: Any) -> str:
    if isinstance(value, list | tuple):
        return f"[{','.join(_flow(item) for item in value)}]"
    if isinstance(value, str):
        plain = value.replace("_", "a").replace("-", "a").isalnum() and not value[:1].isdigit()
        return value if plain and value not in ("true", "false", "null") else json.dumps(value)
    return json.dumps(value, ensure_ascii=False)


def from_form(inputs: Iterable[Input], pairs: Pairs, state: State) -> State:
    """Return the state a submitted form says: its controls over what the address said before.

    Controls are called ``low:PATH``, ``high:PATH``, ``value:PATH`` and, for sets, ``in:PATH`` beside a
    ``has:PATH`` that tells an empty set from one that was not on the form.

    Parameters
    ----------
    inputs : iterable of Input
        What can be adjusted.
    pairs : sequence of (name, value)
        The form.
    state : State
        The address it was shown at.
    """
    last = dict(pairs)
    edits = {e.partition("=")[0]: e for e in state.edits}
    for item in inputs:
        given = _given(item, last, pairs)
        if given is None:
            continue
        edits.pop(item.path, None)
        if given != _plain(item.value):
            edits[item.path] = typed(item.path, given)
    return replace(state, edits=tuple(edits[path] for path in sorted(edits)))


def _given(item: Input, last: Mapping[str, str], pairs: Pairs) -> Any:
    """Return what the form says of one input; None where it does not speak of it."""
    if item.kind == "range":
        low, high = last.get(f"low:{item.path}"), last.get(f"high:{item.path}")
        if low is None or high is None:
            return None
        ends = [_number(low), _number(high)]
        return sorted(ends) if all(isinstance(x, int | float) for x in ends) else ends
    if item.kind == "set":
        return _chosen(item, pairs) if f"has:{item.path}" in last else None
    value = last.get(f"value:{item.path}")
    if value is None or item.kind == "choice":
        return value
    return value == "true" if item.kind == "switch" else _number(value)


def _chosen(item: Input, pairs: Pairs) -> list[str]:
    """Return what is ticked: first what the case has, in its order, then the rest."""
    ticked = {value for name, value in pairs if name == f"in:{item.path}"}
    kept = [x for x in item.value if x in ticked]
    return kept + [c for c, _ in item.choices if c in ticked and c not in kept]


def _number(text: str) -> Any:
    """Return a number as typed; anything else stays text, for the case's own checks to refuse in words."""
    try:
        edit = parse_edits([f"x={text.strip()}"])[0]
    except DetenteError:
        return text
    return edit.value


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
