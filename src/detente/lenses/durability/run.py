"""From a case's kind of halt and its terms to the chance that it holds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.case import durability as block
from detente.case.model import Case
from detente.errors import UsageError
from detente.lenses.durability.commitment import committed
from detente.lenses.durability.engines import base_of, engines_of
from detente.lenses.durability.options import Options
from detente.lenses.durability.result import YEAR, Base, Chance, Curve, DealHeld, Effect, Held, Like
from detente.methods.durability import engine
from detente.methods.durability.pieces import HORIZONS
from detente.methods.durability.precedents import like, years
from detente.methods.durability.ratios import priors
from detente.methods.durability.references import FORTNA_VARYING, ReferenceClass, kaplan_meier, size
from detente.table.asked import Asked, asked_deals

Array = np.ndarray

GRID = (0, 7, 15, *range(30, 365, 15), *range(365, 1826, 60))
"""Days at which curves are drawn, beside the horizons."""


@dataclass(frozen=True, slots=True)
class Counting:
    """What numbers count from.

    Parameters
    ----------
    held : float
        Days the halt is known to have held when counting begins.
    enters : (n,) array
        Chance that it takes effect at all, per draw; ones where it is taken to have.
    words : str
    """

    held: float
    enters: Array
    words: str

    def chances(self, failed: Array, weights: Array | None) -> tuple[Chance, ...]:
        """Return chances to hold from drawn probabilities of failure, (n, k), and weights of the draws."""
        mean, low, high = engine.summary((1 - failed) * self.enters[:, None], weights)
        return tuple(Chance(float(a), float(b), float(c)) for a, b, c in zip(mean, low, high, strict=True))


def run(case: Case, options: Options) -> Held:
    """Compute the durability lens.

    Raises
    ------
    UsageError
        If the case has no durability block, a deal does not exist, or announced halts are asked about
        without a chance that they take effect.
    """
    rules = rules_of(case)
    counting = _counting(rules, options)
    deals = tuple(_deal(case, rules, deal, counting, options) for deal in asked_deals(case, options.deal))
    kind = next((d.kind for d in deals if d.kind != "none"), "truce")
    alike = like(rules.war, "settlement" if kind == "settlement" else "truce", case.as_of)
    return Held(
        deals,
        options.definition,
        counting.words,
        tuple(_own(case, p) for p in rules.precedents),
        tuple(
            Like(p.name, f"{p.conflict}, {p.kind} of {p.began.year}; {p.outside}", p.fate(case.as_of))
            for p in alike
        ),
        options.draws,
        options.seed,
    )


def rules_of(case: Case) -> block.Durability:
    """Return the case's durability block, or refuse."""
    if case.durability is None:
        raise UsageError(
            "the case has no `durability` block. Remedy: describe the kinds of halt in case.yaml"
        )
    return case.durability


def _counting(rules: block.Durability, options: Options) -> Counting:
    certain = np.ones(options.draws)
    if options.definition == "held":
        words = f"counted from the day it has held for {options.held_days} days"
        return Counting(float(options.held_days), certain, words)
    if options.definition == "in_force":
        return Counting(0.0, certain, "counted from the day it takes effect")
    if rules.takes_effect is None:
        raise UsageError(
            "the case does not say how likely an announced halt is to take effect. Remedy: give "
            "durability.takes_effect: [low, high] in per cent, or ask with --definition in_force"
        )
    enters = np.random.default_rng([options.seed, 11]).uniform(
        rules.takes_effect.low / 100, rules.takes_effect.high / 100, options.draws
    )
    return Counting(0.0, enters, "counted from its announcement, with the chance that it takes effect at all")


def _deal(case: Case, rules: block.Durability, deal: Asked, counting: Counting, options: Options) -> DealHeld:
    kind = rules.kind(deal.terms).kind
    if kind == "none":
        return DealHeld(deal, kind)
    base = base_of(kind, rules)
    written = [
        t for t in rules.terms if t.matches(deal.terms) and priors()[t.feature].feature not in base.features
    ]
    terms = [*_kind_terms(rules, kind, base), *(_term(t) for t in written)]
    labels = [t.ratio.label for t in terms[: len(terms) - len(written)]] + [t.text for t in written]
    # One stream for every deal: two deals meet the same hazards, so their difference is not noise.
    drawn = engine.draw(base, terms, options.draws, np.random.default_rng([options.seed, 1]))
    horizons = HORIZONS
    days = sorted({*GRID, *horizons})
    return DealHeld(
        deal,
        kind,
        _base(base),
        horizons,
        Curve(
            deal.label,
            tuple(days),
            counting.chances(_failed(drawn, days, counting.held), drawn.weights(counting.held)),
        ),
        Curve(
            base.group,
            tuple(days),
            counting.chances(_failed_base(drawn, days, counting.held), drawn.weights_base(counting.held)),
        ),
        _seen(base, counting),
        tuple(_effect(drawn, terms[k], labels[k], k, counting) for k in range(len(terms))),
        engines_of(rules, deal.terms, kind, counting.held, (horizons, options)),
        committed(case, rules, deal.terms, options),
        rules.own_class(kind) is not None,
    )


def _failed(drawn: engine.Draws, days: list[int], held: float, leave_out: int | None = None) -> Array:
    return drawn.failed([held + d for d in days], held, leave_out)


def _failed_base(drawn: engine.Draws, days: list[int], held: float) -> Array:
    return drawn.failed_base([held + d for d in days], held)


def _kind_terms(rules: block.Durability, kind: str, base: ReferenceClass) -> list[engine.Term]:
    """Return what the kind of halt and of war bring beyond the class: the packaged are civil-war general."""
    wanted = [("partial", kind == "partial"), ("interstate", rules.war == "interstate")]
    return [engine.Term(priors()[name]) for name, applies in wanted if applies and name not in base.features]


def _term(term: block.Term) -> engine.Term:
    return engine.Term(priors()[term.feature], term.amount.low / 100, term.amount.high / 100)


def _effect(drawn: engine.Draws, term: engine.Term, text: str, k: int, counting: Counting) -> Effect:
    held = counting.held
    with_it = counting.chances(_failed(drawn, [YEAR], held), drawn.weights(held))[0]
    without = counting.chances(_failed(drawn, [YEAR], held, leave_out=k), drawn.weights(held, k))[0]
    r = term.ratio
    return Effect(text, r.median, r.low, r.high, r.source, (term.low, term.high), with_it, without)


def _base(base: ReferenceClass) -> Base:
    return Base(base.group, base.cited, base.lifetime, size(base.source, base.group), base.events)


def _seen(base: ReferenceClass, counting: Counting) -> tuple[tuple[float, float], ...]:
    """Return the measured curve nearest to a packaged class; only where counting begins at the start."""
    if base.source != FORTNA_VARYING:
        return ()
    if counting.held or counting.enters.min() < 1:
        return ()
    kind = base.group.split(",", 1)[0]
    table = kaplan_meier("civil-war ceasefires 1989-99 (Fortna 2008)", f"{kind}, never peacekeepers")
    return ((0.0, 1.0), *((float(day), 1 - failed) for day, failed in table))


def _own(case: Case, p: block.Precedent) -> Like:
    if p.ended is None:
        days = (case.as_of - p.began).days
        return Like(p.name, p.text, f"not ended after {_span(days)}", p.evidence)
    return Like(p.name, p.text, f"ended after {_span((p.ended - p.began).days)}", p.evidence)


def _span(days: int) -> str:
    return f"{days} days" if days < 2 * YEAR else f"{years(days)} years"
