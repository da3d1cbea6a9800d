"""The four solution concepts of a deal space of any size, each with a certificate anyone can check."""

from __future__ import annotations

from dataclasses import dataclass, replace
from time import perf_counter
from typing import Literal

import numpy as np

from detente.errors import TooLarge, UsageError
from detente.methods.dealspace.certificate import Certificate, Method, scale_of
from detente.methods.dealspace.concepts import CONCEPTS, DEFINITIONS, Optimum, value_of
from detente.methods.dealspace.duplicates import Classes, first_of, merged, spread
from detente.methods.dealspace.layers import Layers, layers_of
from detente.methods.dealspace.rule import ACTORS
from detente.methods.dealspace.scan import TIES, scan
from detente.methods.dealspace.sweeps import furthest
from detente.methods.dealspace.utilities import Ints, Utilities
from detente.methods.space import Allowed
from detente.methods.threads import cores

SCAN_RATE = 150_000_000
"""Deals looked at per second and core with some five actors (measured; docs/methods/deal-space.md)."""

BRANCH_SECONDS = 5.0
"""What the search took on most generated spaces up to 10^20 deals (measured); exponential at worst."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """Which method, what it should cost, and why it was chosen.

    Parameters
    ----------
    method : str
    deals : int
        Feasible deals; -1 where the rules tie too many issues together to count them.
    seconds : float
        Predicted time.
    reason : str
    """

    method: Method
    deals: int
    seconds: float
    reason: str


@dataclass(frozen=True, slots=True)
class Solutions:
    """The answer: per concept the deals (none where no deal suits everybody) and the certificate."""

    forecast: Forecast
    optima: tuple[Optimum, ...]
    certificates: tuple[Certificate, ...]

    def of(self, concept: str) -> Optimum | None:
        """Return the deals of one concept, or None where there are none."""
        return next((o for o in self.optima if o.concept == concept), None)


def forecast(utilities: Utilities, method: Method | None = None, allowed: Allowed | None = None) -> Forecast:
    """Choose a method by predicted cost, or say what a forced one will cost.

    Examples
    --------
    >>> from detente.methods.space import Space
    >>> from detente.methods.dealspace.utilities import utilities_of
    >>> forecast(utilities_of(Space((10,) * 20), [[[o] for o in range(10)]] * 20, [0])).method
    'branch'
    """
    if method == "milp":
        return Forecast("milp", -1, 10.0, "asked for; ties and leximin order are not proved")
    try:
        deals = layers_of(utilities, allowed).count()
    except TooLarge:
        if method is not None:
            raise
        return Forecast("milp", -1, 60.0, "the rules and interactions tie too many issues together")
    seconds = deals / (SCAN_RATE * cores())
    if method == "scan" or (method is None and seconds <= BRANCH_SECONDS):
        reason = "asked for" if method else f"{deals:,} deals can be looked at one by one"
        return Forecast("scan", deals, seconds, reason)
    reason = "asked for" if method else f"{deals:,} deals would take about {seconds:,.0f} s one by one"
    return Forecast("branch", deals, BRANCH_SECONDS, reason)


def solve(
    utilities: Utilities,
    method: Method | None = None,
    allowed: Allowed | None = None,
    ideal_over: Literal["acceptable", "all"] = "acceptable",
) -> Solutions:
    """Find the Nash, Kalai-Smorodinsky, egalitarian and utilitarian deals, all ties, with certificates.

    All are taken over the deals every actor in `utilities` accepts; where there are none, there is no
    solution, and nothing is put in its place.

    Parameters
    ----------
    utilities : Utilities
        The actors whose acceptance is required (`Utilities.only` picks them).
    method : {"scan", "branch", "milp"}, optional
        Forced method; by default the cheapest by forecast.
    allowed : per issue (m_i,) bool, optional
        Options that may be used, such as a win-set.
    ideal_over : {"acceptable", "all"}
        Over which deals the ideal of Kalai-Smorodinsky is taken.

    Raises
    ------
    UsageError
        If an actor has no worth of no deal, or there are more than 12 actors.

    Examples
    --------
    >>> from detente.methods.space import Space
    >>> from detente.methods.dealspace.utilities import utilities_of
    >>> u = utilities_of(Space((3,)), [[[50, -5], [20, 6], [10, 15]]], [0, 0])
    >>> [solve(u, ideal_over=over).of("kalai_smorodinsky").deals.tolist() for over in ("acceptable", "all")]
    [[[2]], [[1]]]
    >>> solve(u).certificates[1].value, solve(u).certificates[1].gap
    (Fraction(1, 2), 0.0)
    """
    lacking = [p for p, d in enumerate(utilities.reserve) if d is None]
    if lacking:
        raise UsageError(
            f"actors {lacking} accept anything: they have no worth of no deal, so no gains. "
            "Remedy: give each a worth, or leave them out"
        )
    if utilities.actors > ACTORS:
        raise UsageError(f"the concepts cover at most {ACTORS} required actors, not {utilities.actors}")
    classes = merged(utilities, allowed)
    single = first_of(classes, utilities.space.sizes)
    plan = forecast(utilities, method, single)
    context = _Context(utilities, single, plan, ideal_over == "all", perf_counter())
    found = {"scan": _by_scan, "branch": _by_branch, "milp": _by_milp}[plan.method](context)
    return _spread(found, classes)


def _spread(found: Solutions, classes: Classes) -> Solutions:
    """Count and list the ties over options nobody can tell apart."""
    if all(len(members) == 1 for issue in classes for members in issue.values()):
        return found
    optima, proofs = [], {c.concept: c for c in found.certificates}
    for first in found.optima:
        proof, wider = proofs[first.concept], first
        if first.ties > len(first.deals):
            proof = replace(proof, not_proved=(*proof.not_proved, "ties over options nobody can tell apart"))
        else:
            wider = spread(first, classes, TIES)
            proof = replace(proof, ties=wider.ties)
        optima.append(wider)
        proofs[first.concept] = proof
    return replace(found, optima=tuple(optima), certificates=tuple(proofs.values()))


@dataclass(frozen=True, slots=True)
class _Context:
    utilities: Utilities
    allowed: Allowed | None
    plan: Forecast
    widest: bool
    start: float

    def widest_ideal(self, graph: Layers) -> Ints:
        """Largest gains over all feasible deals."""
        best = furthest(graph, np.eye(graph.actors))[0][0] - np.array(self.utilities.reserve)
        return np.asarray(best, dtype=np.int64)

    def certificate(
        self, concept: str, ideal: Ints | None, optimum: Optimum | None, work: int
    ) -> Certificate:
        value = optimum.value if optimum else None
        return Certificate(
            concept=concept,
            definition=DEFINITIONS[concept],
            rule="every actor must accept",
            reserve=self.utilities.reserve,
            ideal=() if ideal is None else tuple(ideal.tolist()),
            ideal_over="all feasible deals" if self.widest else "the deals everybody accepts",
            value=value,
            bound=-np.inf if value is None else scale_of(concept, value),
            gap=0.0,
            weights=(),
            ties=optimum.ties if optimum else 0,
            method=self.plan.method,
            work=work,
            digest=self.utilities.digest,
            resolution=self.utilities.resolution,
            not_proved=(),
            seconds=perf_counter() - self.start,
        )


def _by_scan(context: _Context) -> Solutions:
    graph = layers_of(context.utilities, context.allowed)
    found = scan(graph)
    optima, ideal = list(found.optima), found.ideal
    if context.widest and optima:
        ideal = context.widest_ideal(graph)
        optima[1] = scan(graph, ideal=ideal).optima[1]
        ideal = np.where(found.ideal > 0, ideal, 0)
    by_name = {o.concept: o for o in optima}
    shown = ideal if optima else None
    certificates = [context.certificate(c, shown, by_name.get(c), found.deals) for c in CONCEPTS]
    return Solutions(context.plan, tuple(optima), tuple(certificates))


def _by_branch(context: _Context) -> Solutions:
    from detente.methods.dealspace.branch import branch
    from detente.methods.dealspace.branch_ground import prepare

    graph = layers_of(context.utilities, context.allowed)
    ground = prepare(graph)
    wide = ground
    if context.widest and ground.ideal is not None:
        ideal = np.where(ground.ideal > 0, context.widest_ideal(graph), 0)
        wide = replace(ground, ideal=ideal)
    optima, certificates = [], []
    for concept in CONCEPTS:
        found = branch(wide if concept == "kalai_smorodinsky" else ground, concept)
        plain = context.certificate(concept, wide.ideal, found.optimum, found.nodes)
        optima += [found.optimum] if found.optimum else []
        open_ends = [] if found.all_ties else ["that the listed ties are all, and best by leximin"]
        open_ends += (
            [] if found.proved else ["that no deal is better; the bound says by how much one could be"]
        )
        gap = 0.0 if found.proved else found.bound - plain.bound
        certificates.append(
            replace(
                plain,
                bound=plain.bound if found.proved else found.bound,
                gap=gap,
                weights=tuple(found.weights.tolist()),
                not_proved=tuple(open_ends),
            )
        )
    return Solutions(context.plan, tuple(optima), tuple(certificates))


def _by_milp(context: _Context) -> Solutions:
    """Solve one program for each ideal and each concept; ties and leximin order stay open."""
    from detente.methods.dealspace.milp import best_by_concept, ideal_gains
    from detente.methods.dealspace.milp_model import TOLERANCE

    utilities = context.utilities
    ideal = ideal_gains(utilities, context.allowed)
    if ideal is None:
        none = [context.certificate(c, None, None, utilities.actors) for c in CONCEPTS]
        return Solutions(context.plan, (), tuple(none))
    if context.widest:
        anybody = utilities.with_reserve([None] * utilities.actors)
        wide = ideal_gains(anybody, context.allowed)
        ideal = np.where(ideal > 0, wide - np.array(utilities.reserve), 0)
    optima, certificates = [], []
    for concept in CONCEPTS:
        best = best_by_concept(utilities, concept, ideal, context.allowed)
        if best.deal is None:
            plain = context.certificate(concept, ideal, None, 1)
            said: tuple[str, ...] = ("no deal gives everybody a strict gain; use the method branch",)
            certificates.append(replace(plain, not_proved=said))
            continue
        gains = best.totals - np.array(utilities.reserve)
        value = value_of(concept, gains.tolist(), ideal.tolist())
        optima.append(Optimum(concept, best.deal[None, :], 1, best.totals, value))
        plain = context.certificate(concept, ideal, optima[-1], 1)
        gap = TOLERANCE * max(1.0, abs(plain.bound))
        said = ("other deals of the same value, and leximin order", "differences below the tolerance")
        certificates.append(replace(plain, bound=plain.bound + gap, gap=gap, not_proved=said))
    return Solutions(context.plan, tuple(optima), tuple(certificates))
