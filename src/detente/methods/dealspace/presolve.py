"""What can be said before any search: options in no possible deal, dominated options, separate issues."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from detente.methods.dealspace.layers import Layers, layers_of, restricted
from detente.methods.dealspace.rule import Rule
from detente.methods.dealspace.sweeps import through
from detente.methods.dealspace.utilities import Utilities
from detente.methods.space import Allowed, free

Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Dead:
    """An option that no deal under the acceptance rule can contain.

    Parameters
    ----------
    issue, option : int
    why : {"rules", "reserve", "combination"}
        The rules leave no deal with it; some actors cannot reach their worth of no deal with it; or every
        way to complete it fails somebody, though no one actor is the reason.
    actors : tuple of int
        Who cannot reach its worth of no deal with the option, whatever the rest.
    short : tuple of int
        How many units each of these actors falls short at best.
    """

    issue: int
    option: int
    why: Literal["rules", "reserve", "combination"]
    actors: tuple[int, ...]
    short: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Presolve:
    """Findings about a deal space, and the space that is left.

    Parameters
    ----------
    dead : tuple of Dead
    dominated : tuple of (issue, option, by)
        Options that another option of the issue beats for some actor and loses to for none; in no
        efficient deal, but they count as deals.
    components : tuple of tuple of int
        Issues linked by rules or interactions; different components can be settled apart.
    graph : Layers
        The space without dead options.
    """

    dead: tuple[Dead, ...]
    dominated: tuple[tuple[int, int, int], ...]
    components: tuple[tuple[int, ...], ...]
    graph: Layers


def presolve(utilities: Utilities, rule: Rule, allowed: Allowed | None = None) -> Presolve:
    """Find options no possible deal contains, and who rules them out; repeat until nothing changes.

    An option is dead where the actors that could still reach their worth of no deal with it do not carry
    a deal under the rule. Rules and interactions are followed exactly along the layered graph.

    Parameters
    ----------
    utilities : Utilities
    rule : Rule
        Whose acceptance makes a deal.
    allowed : per issue (m_i,) bool, optional

    Examples
    --------
    >>> from detente.methods.dealspace.rule import unanimity
    >>> from detente.methods.space import Space
    >>> from detente.methods.dealspace.utilities import utilities_of
    >>> u = utilities_of(Space((2, 2)), [[[5, 1], [0, 3]], [[1, 1], [0, 2]]], [2, 0])
    >>> found = presolve(u, unanimity(2))
    >>> found.dead, found.components
    ((Dead(issue=0, option=1, why='reserve', actors=(0,), short=(1,)),), ((0,), (1,)))
    """
    if rule.actors != utilities.actors:
        raise ValueError("the acceptance rule covers another number of actors than the utilities")
    masks = [mask.copy() for mask in (free(utilities.space) if allowed is None else allowed)]
    graph = layers_of(utilities, masks)
    dead = _unused(utilities, graph, masks, None)
    while True:
        best = through(graph)
        arcs = [_alive(graph, rule, table) for table in best]
        why = _reasons(graph, best)
        if all(a.all() for a in arcs):
            break
        graph = restricted(graph, arcs)
        dead += _unused(utilities, graph, masks, why)
    return Presolve(tuple(dead), _dominated(utilities, masks), components(utilities), graph)


def _alive(graph: Layers, rule: Rule, best: NDArray[np.int64]) -> Bools:
    reach = best >= graph.floor
    return rule.carries[reach @ (1 << np.arange(graph.actors))]


def _reasons(graph: Layers, best: list[NDArray[np.int64]]) -> dict[tuple[int, int], NDArray[np.int64]]:
    """Return for each (issue, option) how far each actor stays below its reserve at best."""
    out = {}
    for layer, table in zip(graph.layers, best, strict=True):
        for option in np.unique(layer.option).tolist():
            top = table[layer.option == option].max(axis=0)
            out[layer.issue, option] = np.maximum(graph.floor - top, 0)
    return out


def _unused(
    utilities: Utilities,
    graph: Layers,
    masks: list[Bools],
    why: dict[tuple[int, int], NDArray[np.int64]] | None,
) -> list[Dead]:
    """Take the options without an arc out of the masks and report them."""
    out = []
    for layer in sorted(graph.layers, key=lambda layer: layer.issue):
        used = np.isin(np.arange(utilities.space.sizes[layer.issue]), layer.option)
        for option in np.flatnonzero(masks[layer.issue] & ~used).tolist():
            if why is None:
                out.append(Dead(layer.issue, option, "rules", (), ()))
                continue
            short = why[layer.issue, option]
            actors = tuple(np.flatnonzero(short).tolist())
            kind: Literal["reserve", "combination"] = "reserve" if actors else "combination"
            out.append(Dead(layer.issue, option, kind, actors, tuple(short[list(actors)].tolist())))
        masks[layer.issue] &= used
    return out


def components(utilities: Utilities) -> tuple[tuple[int, ...], ...]:
    """Group the issues that rules or interactions link, in the order of their first issue.

    Examples
    --------
    >>> from detente.methods.space import Space
    >>> from detente.methods.dealspace.utilities import utilities_of
    >>> space = Space((2, 2, 2), ((((0, (0,)), (2, (0,)))),))
    >>> components(utilities_of(space, [[[0], [1]]] * 3, [0]))
    ((0, 2), (1,))
    """
    links = [{i for i, _ in clause} for clause in utilities.space.forbidden]
    links += [set(w.issues) for w in utilities.interactions]
    groups: list[set[int]] = [{i} for i in range(len(utilities.space.sizes))]
    for link in links:
        joined = set().union(*(g for g in groups if g & link))
        groups = [g for g in groups if not g & link] + [joined]
    return tuple(sorted(tuple(sorted(g)) for g in groups))


def _dominated(utilities: Utilities, masks: list[Bools]) -> tuple[tuple[int, int, int], ...]:
    """Compare options within issues that no rule and no interaction touches."""
    alone = [c[0] for c in components(utilities) if len(c) == 1]
    bound = {i for clause in utilities.space.forbidden for i, _ in clause}
    out = []
    for issue in (i for i in alone if i not in bound):
        table, live = utilities.points[issue], np.flatnonzero(masks[issue]).tolist()
        for option in live:
            for other in live:
                if (table[other] >= table[option]).all() and (table[other] > table[option]).any():
                    out.append((issue, option, other))
                    break
    return tuple(out)
