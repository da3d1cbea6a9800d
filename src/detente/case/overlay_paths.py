"""Finds the place in a case that a person typed, and reads the value typed for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from detente.case.checks_finding import nearest
from detente.case.model import Case
from detente.case.schema import model_schema
from detente.case.schema_walk import Place, place
from detente.case.yamlfile import flow
from detente.case.yamlfile_spot import Spot, below, holds, spell

_BETWEEN = re.compile(r"\s*(?:\bto\b|\.\.|…)\s*")
_PLACED = re.compile(r"#(\d+)")
FIXED = ("format", "id", "as_of", "sources", "evidence")
"""What no variant may touch: who the case is, its date, and what documents said."""


class Unplaced(Exception):
    """There is no such place; carries what is wrong and the remedy."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.message, self.remedy = message, remedy


@dataclass(frozen=True, slots=True)
class At:
    """A place of a case: its spot in plain data, and its one canonical spelling."""

    spot: Spot
    path: str


def find(case: Case, data: dict[str, Any], typed: str) -> At:
    """Return the place a person means; actors may be called by name or alias, ids in any case of letters.

    Parameters
    ----------
    case : Case
    data : dict
        The case as plain data.
    typed : str
        Such as ``no_deal.worth.RUS.shift``; ``no_deal.russia.shift`` means the same.

    Raises
    ------
    Unplaced
        If there is no such place; says the nearest.

    Examples
    --------
    >>> from detente.case.load import load_case
    >>> case = load_case("alaska-2025")
    >>> data = case.model_dump(mode="json", by_alias=True, exclude_unset=True)
    >>> find(case, data, "no_deal.russia.shift").path
    'no_deal.worth.RUS.shift'
    """
    steps = [s for s in _PLACED.sub(r".#\1", typed.strip()).split(".") if s]
    if not steps:
        raise Unplaced("no place is named", "write path=value, such as no_deal.worth.RUS.shift=[-10, 0]")
    if steps[0] in FIXED:
        raise Unplaced(f"`{steps[0]}` cannot be edited on trial", "change the file of the case instead")
    steps = _spelled_out(case, steps)
    spot: Spot = ()
    here: Any = data
    for n, step in enumerate(steps):
        spot = (*spot, _step(case, (data, here), spot, step))
        here = below(here, spot[-1])
        if n + 1 < len(steps) and here is not None and not isinstance(here, dict | list):
            raise Unplaced(f"`{spell(data, spot)}` is a single value", "end the path there")
    if spot[0] in FIXED:  # spelled in another way
        raise Unplaced(f"`{spot[0]}` cannot be edited on trial", "change the file of the case instead")
    return At(spot, spell(data, spot))


def _spelled_out(case: Case, steps: list[str]) -> list[str]:
    """Let `no_deal.ACTOR...` stand for `no_deal.worth.ACTOR...`."""
    if steps[0] == "no_deal" and len(steps) > 1 and actor_of(case, steps[1]):
        return ["no_deal", "worth", *steps[1:]]
    return steps


def actor_of(case: Case, word: str) -> str:
    """Return the id of the actor called so, or ""."""
    said = _folded(word)
    for actor in case.actors:
        if said in {_folded(name) for name in (actor.id, actor.name, *actor.aliases)}:
            return actor.id
    return ""


def _folded(word: str) -> str:
    return re.sub(r"[\s_-]", "", word).casefold()


def _step(case: Case, within: tuple[Any, Any], spot: Spot, step: str) -> str | int:
    """Return the key or position that a word means; `within` is the whole and what stands at the place."""
    whole, here = within
    if isinstance(here, list):
        return _item(here, spell(whole, spot), step)
    if holds(here, step):
        return step
    around = about(spot)
    if step in around.fields:
        return step
    known = [str(key) for key in here] if isinstance(here, dict) else []
    same = [k for k in (*known, *around.fields) if _folded(k) == _folded(step)]
    if same:
        return same[0]
    if not around.fields and (step in _ids(case) or actor_of(case, step)):
        return step if step in _ids(case) else actor_of(case, step)
    names = list(dict.fromkeys((*known, *around.fields)))
    raise Unplaced(f"there is no `{step}` in {spell(whole, spot) or 'the case'}", nearest(step, names))


def _ids(case: Case) -> set[str]:
    """Return the ids by which entries can be named that the case does not have yet."""
    options = (o.id for issue in case.issues for o in issue.options)
    return {*(a.id for a in case.actors), *(i.id for i in case.issues), *case.readings, *options}


def _item(here: list[Any], where: str, step: str) -> int:
    ids = [str(x.get("id", "")) if isinstance(x, dict) else str(x) for x in here]
    if step.startswith("#") and step[1:].isdigit() and 1 <= int(step[1:]) <= len(here):
        return int(step[1:]) - 1
    for test in (str, _folded):
        for n, name in enumerate(ids):
            if name and test(name) == test(step):
                return n
    raise Unplaced(f"there is no `{step}` in {where}", nearest(step, [i for i in ids if i]))


@lru_cache(maxsize=8192)  # a study edits the same places thousands of times
def about(spot: Spot) -> Place:
    """Return what may stand below a place of a case."""
    return place(model_schema(Case), spot)


def is_range(spot: Spot) -> bool:
    """Whether a range stands at a place."""
    return set(about(spot).fields) == {"low", "high"}


def read_value(text: str) -> Any:
    """Return a value as typed: a number, ``5 to 9``, ``[5, 9]``, a word, a list of words, or null.

    Raises
    ------
    Unplaced
        If it cannot be read.

    Examples
    --------
    >>> read_value("5 to 9"), read_value("-20..0"), read_value("[freeze, return]"), read_value("keep")
    ([5, 9], [-20, 0], ['freeze', 'return'], 'keep')
    """
    if "\n" in text or len(text) > 2000:
        raise Unplaced("the value is not one short line", "write it as [a, b] on one line")
    try:
        ends = [flow(part) for part in _BETWEEN.split(text.replace("−", "-").strip())]
        if len(ends) == 2 and all(isinstance(x, int | float) for x in ends):
            return ends
        return flow(text.replace("−", "-"))
    except ValueError as error:
        raise Unplaced(
            f"`{text[:40]}` cannot be read: {error}", "write 5, [5, 9], a word or [a, b]"
        ) from None
