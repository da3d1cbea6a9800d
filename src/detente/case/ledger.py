"""Reads the ledger as a whole: which items go back to one original, and which say otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from detente.case.sources import Evidence


@dataclass(frozen=True, slots=True)
class Weight:
    """How much evidence there is, said apart from what it says.

    Parameters
    ----------
    items : int
        Evidence items.
    sources : int
        Documents they stand in.
    origins : int
        Independent originals: items that go back to one original count once.
    disputed : int
        Items that some item of the ledger contradicts.

    Examples
    --------
    >>> print(Weight(4, 3, 2, 1))
    4 items in 3 sources, 2 of independent origin; 1 disputed
    >>> print(Weight(1, 1, 1, 0))
    1 item in 1 source
    """

    items: int
    sources: int
    origins: int
    disputed: int

    def __str__(self) -> str:
        text = f"{_plural(self.items, 'item')} in {_plural(self.sources, 'source')}"
        if self.items > 1:
            text += f", {self.origins} of independent origin"
        return text + (f"; {self.disputed} disputed" if self.disputed else "")


def _plural(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


def origins(ledger: Iterable[Evidence], ids: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Return the items in groups that go back to one original each.

    `same_origin` holds in both directions, and through items that were not asked about.

    Parameters
    ----------
    ledger : iterable of Evidence
        All items of a case.
    ids : iterable of str
        The items in question; those the ledger lacks are left out.

    Examples
    --------
    >>> def item(id, *same):
    ...     return Evidence.model_validate(
    ...         {"id": id, "statement": "x", "source": ["s"], "as_of": "2025-01-01", "same_origin": same}
    ...     )
    >>> ledger = [item("a", "b"), item("b"), item("c", "b"), item("d")]
    >>> origins(ledger, ["a", "c", "d"])
    (('a', 'c'), ('d',))
    """
    head = {item.id: item.id for item in ledger}

    def root(name: str) -> str:
        while head[name] != name:
            head[name] = head[head[name]]
            name = head[name]
        return name

    for item in ledger:
        for other in item.same_origin:
            if other in head:
                head[root(other)] = root(item.id)
    groups: dict[str, list[str]] = {}
    for name in dict.fromkeys(ids):
        if name in head:
            groups.setdefault(root(name), []).append(name)
    return tuple(tuple(group) for group in groups.values())


def opposed(ledger: Iterable[Evidence]) -> Mapping[str, tuple[str, ...]]:
    """Return for each disputed item the items that say otherwise, in both directions.

    Examples
    --------
    >>> def item(id, *against):
    ...     return Evidence.model_validate(
    ...         {"id": id, "statement": "x", "source": ["s"], "as_of": "2025-01-01", "contradicts": against}
    ...     )
    >>> opposed([item("a", "b"), item("b"), item("c")])
    {'a': ('b',), 'b': ('a',)}
    """
    found: dict[str, dict[str, None]] = {}
    for item in ledger:
        for other in item.contradicts:
            found.setdefault(item.id, {})[other] = None
            found.setdefault(other, {})[item.id] = None
    return {name: tuple(others) for name, others in found.items()}


def weigh(ledger: Sequence[Evidence], ids: Iterable[str]) -> Weight:
    """Return how many items, documents and independent originals stand behind something.

    Parameters
    ----------
    ledger : sequence of Evidence
        All items of a case.
    ids : iterable of str
        The items cited.
    """
    wanted = dict.fromkeys(ids)
    chosen = [item for item in ledger if item.id in wanted]
    disputed = opposed(ledger)
    return Weight(
        items=len(chosen),
        sources=len({source for item in chosen for source in item.source}),
        origins=len(origins(ledger, (item.id for item in chosen))),
        disputed=sum(item.id in disputed for item in chosen),
    )
