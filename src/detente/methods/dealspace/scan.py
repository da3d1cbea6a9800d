"""Every deal looked at once: who accepts what, and the best deals, without keeping a table of deals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from detente.errors import TooLarge
from detente.methods.dealspace.concepts import CONCEPTS, Optimum, value_of
from detente.methods.dealspace.layers import Layers
from detente.methods.dealspace.paths import Paths, cut_at, walk
from detente.methods.dealspace.rule import Rule, unanimity
from detente.methods.dealspace.utilities import Ints
from detente.methods.progress import tell
from detente.methods.threads import fold

if TYPE_CHECKING:
    from detente.methods.dealspace.scan_kernel import Best, Count, Halves

LIMIT = 2_000_000_000
"""Most deals to look at one by one: some ten seconds on two cores. Judgement."""

TIES = 10_000
"""Most tied deals to list; they are counted beyond it. Judgement."""

BLOCKS = 200
"""Pieces of work: small enough for progress and for Ctrl-C. Judgement."""

Progress = Callable[[float], None]
"""Called with the share of the work that is done."""


@dataclass(frozen=True, slots=True)
class Scan:
    """What one look at every deal shows.

    Parameters
    ----------
    deals : int
        Feasible deals.
    exactly : tuple of int
        2^P counts of deals by who exactly accepts.
    accepted : int
        Deals that carry under the rule.
    options : per issue (m,) int64
        How many of these contain each option; an option in all of them is settled, in none is dead.
    ideal : (P,) int64
        Largest gain of each actor over the deals everybody accepts; -1 where there are none.
    optima : tuple of Optimum
        The four concepts over the deals everybody accepts; empty where there are none, or where an actor
        accepts anything.
    """

    deals: int
    exactly: tuple[int, ...]
    accepted: int
    options: tuple[Ints, ...]
    ideal: Ints
    optima: tuple[Optimum, ...]


def _halves(graph: Layers, rule: Rule, first: Paths, second: Paths, states: int) -> Halves:
    from detente.methods.dealspace.scan_kernel import Halves

    reserve = np.array([d or 0 for d in graph.reserve], dtype=np.int64)
    bounds = np.searchsorted(second.start, np.arange(states + 1))
    suffix = np.ascontiguousarray(second.points.T.astype(np.int32))
    ends = [(suffix[:, a:b].min(axis=1), suffix[:, a:b].max(axis=1)) for a, b in pairwise(bounds)]
    always = sum(1 << p for p, d in enumerate(graph.reserve) if d is None)
    return Halves(
        np.ascontiguousarray((first.points - reserve).astype(np.int32)),
        np.ascontiguousarray(first.state),
        suffix,
        bounds,
        np.array([low for low, _ in ends]),
        np.array([high for _, high in ends]),
        always,
        rule.carries,
    )


def scan(
    graph: Layers,
    rule: Rule | None = None,
    ties: int = TIES,
    progress: Progress | None = None,
    ideal: Ints | None = None,
) -> Scan:
    """Look at every deal once, in blocks on every core; Ctrl-C stops between blocks.

    Parameters
    ----------
    graph : Layers
    rule : Rule, optional
        Which coalitions carry a deal; everybody by default. The solution concepts are always taken over
        the deals everybody accepts.
    ties : int
        Most tied deals to list.
    progress : callable
        Told the share done; by default whoever listens (`detente.methods.progress`).
    ideal : (P,) int64, optional
        Ideal gains for the ratios of Kalai-Smorodinsky, such as those over all deals; by default those over
        the deals everybody accepts. An actor that cannot gain among these never counts.

    Raises
    ------
    TooLarge
        If there are more than `LIMIT` deals.

    Examples
    --------
    >>> from detente.methods.dealspace.layers import layers_of
    >>> from detente.methods.space import Space
    >>> from detente.methods.dealspace.utilities import utilities_of
    >>> u = utilities_of(Space((3,)), [[[50, -5], [20, 6], [10, 15]]], [0, 0])
    >>> found = scan(layers_of(u))
    >>> found.exactly, [o.deals.tolist() for o in found.optima]
    ((0, 1, 0, 2), [[[2]], [[2]], [[2]], [[1]]])
    """
    rule = rule or unanimity(graph.actors)
    if rule.actors != graph.actors:
        raise ValueError("the acceptance rule covers another number of actors than the utilities")
    deals = graph.count()
    if deals > LIMIT:
        raise TooLarge(f"{deals:,} deals are too many to look at one by one; use another method")
    if deals == 0:
        sizes = sorted((layer.issue, layer.size) for layer in graph.layers)
        empty = tuple(np.zeros(size, np.int64) for _, size in sizes)
        return Scan(0, (0,) * (1 << graph.actors), 0, empty, np.full(graph.actors, -1), ())
    cut, first, second, halves = _cut(graph, rule)
    count = _count(halves, progress or tell(f"Looking at {deals:,} deals"))
    options = _options(graph, cut, (first, second), count)
    measure = count.ideal if ideal is None else np.where(count.ideal > 0, ideal, 0)
    optima = _optima(graph, (first, second), halves, count._replace(ideal=measure), ties)
    exactly = tuple(count.exactly.tolist())
    return Scan(deals, exactly, int(count.of_prefix.sum()), options, count.ideal, optima)


def scan_counts(graph: Layers) -> tuple[int, ...]:
    """Count the deals by who exactly accepts, without solving anything: half the work of `scan`.

    Examples
    --------
    >>> from detente.methods.dealspace.layers import layers_of
    >>> from detente.methods.space import Space
    >>> from detente.methods.dealspace.utilities import utilities_of
    >>> scan_counts(layers_of(utilities_of(Space((3,)), [[[50, -5], [20, 6], [10, 15]]], [0, 0])))
    (0, 1, 0, 2)
    """
    deals = graph.count()
    if deals > LIMIT:
        raise TooLarge(f"{deals:,} deals are too many to look at one by one; use another method")
    if deals == 0:
        return (0,) * (1 << graph.actors)
    halves = _cut(graph, unanimity(graph.actors))[3]
    return tuple(_count(halves, tell(f"Counting {deals:,} deals")).exactly.tolist())


def _cut(graph: Layers, rule: Rule) -> tuple[int, Paths, Paths, Halves]:
    """Split the layers in two and list the part-deals of both halves."""
    cut = cut_at(graph)
    first = walk(graph.layers[:cut], 1, graph.actors)
    states = graph.layers[cut].before if cut < len(graph.layers) else 1
    second = walk(graph.layers[cut:], states, graph.actors)
    return cut, first, second, _halves(graph, rule, first, second, states)


def _count(halves: Halves, progress: Progress) -> Count:
    from detente.methods.dealspace.scan_kernel import Count, count_block

    prefixes, actors = halves.prefix.shape
    shapes = (halves.carries.size, prefixes, halves.suffix.shape[1], prefixes, actors)
    step = max(1, -(-prefixes // BLOCKS))
    blocks = range(0, prefixes, step)
    done = iter(range(1, len(blocks) + 1))

    def empty() -> Count:
        count = Count(*(np.zeros(shape, np.int64) for shape in shapes))
        count.ideal[:] = -1
        return count

    def work(count: Count, start: int) -> None:
        count_block(halves, start, min(start + step, prefixes), count)

    states = fold(blocks, empty, work, lambda: progress(next(done) / len(blocks)))
    tables = [np.sum(column, axis=0) for column in zip(*states, strict=True)]
    return Count(*tables)._replace(ideal=np.max([s.ideal for s in states], axis=0))


def _options(graph: Layers, cut: int, halves: tuple[Paths, Paths], count: Count) -> tuple[Ints, ...]:
    """Add the accepted deals up by option, in the order of the issues."""
    by_issue: dict[int, Ints] = {}
    for k, layer in enumerate(graph.layers):
        paths, numbers = (halves[0], count.of_prefix) if k < cut else (halves[1], count.of_row)
        column = paths.options[:, k if k < cut else k - cut]
        totals = np.zeros(layer.size, np.int64)
        np.add.at(totals, column, numbers)
        by_issue[layer.issue] = totals
    return tuple(by_issue[i] for i in sorted(by_issue))


def _optima(
    graph: Layers, paths: tuple[Paths, Paths], halves: Halves, count: Count, ties: int
) -> tuple[Optimum, ...]:
    from detente.methods.dealspace.scan_kernel import Best, solve_block

    live = np.flatnonzero(count.rational)
    if not live.size or halves.always:
        return ()
    actors = graph.actors

    def empty() -> Best:
        key, listed = np.full((4, actors + 2), -1, np.int64), np.zeros((4, ties, 2), np.int64)
        return Best(np.full(4, -1.0), key, listed, np.zeros(4, np.int64))

    def work(best: Best, prefixes: Ints) -> None:
        solve_block(halves, prefixes, count.ideal, best)

    found = fold(np.array_split(live, min(BLOCKS, live.size)), empty, work)
    return tuple(_merged(graph, paths, count.ideal, found, c) for c in range(len(CONCEPTS)))


def _merged(graph: Layers, paths: tuple[Paths, Paths], ideal: Ints, found: list[Best], c: int) -> Optimum:
    top = max(tuple(best.key[c].tolist()) for best in found)
    winners = [best for best in found if tuple(best.key[c].tolist()) == top]
    pairs = np.concatenate([best.ties[c, : best.number[c]] for best in winners])
    rows = np.hstack([paths[0].options[pairs[:, 0]], paths[1].options[pairs[:, 1]]])
    deals = rows[:, np.argsort(graph.order)]
    order = np.lexsort(deals.T[::-1])
    totals = (paths[0].points[pairs[:, 0]] + paths[1].points[pairs[:, 1]])[order[0]]
    gains = [int(u) - (d or 0) for u, d in zip(totals, graph.reserve, strict=True)]
    ties = sum(int(best.number[c]) for best in winners)
    return Optimum(CONCEPTS[c], deals[order], ties, totals, value_of(CONCEPTS[c], gains, ideal.tolist()))
