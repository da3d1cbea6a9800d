"""Other models put to the same question: where they disagree, a reader should see it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from detente.case import durability as block
from detente.lenses.durability.options import Options
from detente.lenses.durability.result import Chance, Engine
from detente.methods.durability import engine
from detente.methods.durability.cox import fits, fortna_failed
from detente.methods.durability.pieces import Counts
from detente.methods.durability.ratios import priors
from detente.methods.durability.references import (
    AGREEMENTS,
    FORTNA_VARYING,
    TERMINATIONS,
    ReferenceClass,
    classes,
    size,
)
from detente.methods.durability.weibull import models

Asked = tuple[tuple[int, ...], Options]
"""Days asked about, and the options."""


def base_of(kind: str, rules: block.Durability | None = None) -> ReferenceClass:
    """Return the class of past halts a kind of deal starts from: the case's own, else a packaged one."""
    own = rules.own_class(kind) if rules is not None else None
    if own is not None:
        counts = Counts(np.array(own.events), np.array(own.days))
        features = frozenset({kind, *own.features} - {"truce"})
        return ReferenceClass(own.source, own.name, counts, counts, features, own.lifetime)
    group = "settlement" if kind == "settlement" else "truce"
    return classes()[FORTNA_VARYING, f"{group}, peacekeepers absent"]


def engines_of(
    rules: block.Durability, terms: Mapping[str, str], kind: str, held: float, asked: Asked
) -> tuple[Engine, ...]:
    """Return the other models' answers, each with what its lifetimes are and how many cases it saw.

    Parameters
    ----------
    rules : Durability
    terms : mapping
        The deal.
    kind : str
        partial, truce or settlement.
    held : float
        Days the halt has held when counting begins.
    asked : (days, options)
    """
    amount = _peacekeepers(rules, terms)
    settled = float(kind == "settlement")
    base = base_of(kind, rules)
    found = [_class(base, "Its class alone", held, asked)]
    if base.source != FORTNA_VARYING:
        found.append(_class(base_of(kind), "The packaged class alone", held, asked))
    group = "settlement" if settled else "truce"
    found.append(
        _class(
            classes()[FORTNA_VARYING, f"{group}, peacekeepers present"],
            "The same with peacekeepers",
            held,
            asked,
        )
    )
    if settled:
        ratio = [engine.Term(priors()["settlement"])]
        found.append(_class(base_of("truce"), "Truces, times the ratio of a settlement", held, asked, ratio))
    if not held:
        found.append(_cox(amount, settled, asked))
        found += [_weibull("A", {"pk_dum": amount, "treaty": settled}, asked), _agreements(kind, asked)]
    outcome = "peace agreement" if settled else "ceasefire"
    war = "interstate" if rules.war == "interstate" else "intrastate"
    ended = classes()[TERMINATIONS, f"{war}, {outcome}"]
    found.append(_class(ended, f"Ended wars: {war}, {outcome}", held, asked))
    return tuple(found)


def _peacekeepers(rules: block.Durability, terms: Mapping[str, str]) -> float:
    """Return how much of peacekeepers the deal has: the middle of its most generous term, 0 to 1."""
    amounts = [t.amount.mid for t in rules.terms if t.feature == "peacekeepers" and t.matches(terms)]
    return max(amounts, default=0.0) / 100


def _class(
    base: ReferenceClass, name: str, held: float, asked: Asked, terms: list[engine.Term] | None = None
) -> Engine:
    days, options = asked
    drawn = engine.draw(base, terms or [], options.draws, np.random.default_rng([options.seed, 2]))
    start = max(held, base.from_day)
    chances: list[Chance | None] = []
    for day in days:
        at = held + day
        chances.append(
            None if at <= base.from_day else _chance(drawn.failed([at], start), drawn.weights(held))
        )
    n = size(base.source, base.group)
    seen = f"{base.events} failures" if n is None else f"{n} cases, {base.events} failures"
    note = "; given that the first year has passed" if base.from_day else ""
    return Engine(
        f"{name}: {base.group}" if "alone" in name else name, base.lifetime + note, seen, tuple(chances)
    )


def _chance(failed: np.ndarray, weights: np.ndarray | None = None) -> Chance:
    mean, low, high = engine.summary(1 - failed, weights)
    return Chance(float(mean[0]), float(low[0]), float(high[0]))


def _columns(failed: np.ndarray) -> tuple[Chance | None, ...]:
    return tuple(_chance(failed[:, [k]]) for k in range(failed.shape[1]))


def _cox(peacekeepers: float, settled: float, asked: Asked) -> Engine:
    _, options = asked
    rng = np.random.default_rng([options.seed, 3])
    failed = fortna_failed({"pk_dum": peacekeepers, "treaty": settled}, options.draws, rng)
    fit = fits()["fortna_2008"]
    seen = f"{fit.n} spells, {fit.events} failures"
    return Engine("Cox model, all controls at their mean", fit.lifetime, seen, _columns(failed))


def _weibull(letter: str, x: dict[str, float], asked: Asked) -> Engine:
    days, options = asked
    model = models()[letter]
    failed = model.draws(x, days, options.draws, np.random.default_rng([options.seed, 4]))
    lifetime = base_of("truce").lifetime if letter == "A" else _agreement_lifetime()
    name = "Weibull model of ceasefires" if letter == "A" else "Weibull model of peace agreements"
    return Engine(name, lifetime, f"{model.n} cases, {model.events} failures", _columns(failed))


def _agreements(kind: str, asked: Asked) -> Engine:
    x = {"cease": 1.0, "full": float(kind == "settlement")}
    return _weibull("B", x, asked)


def _agreement_lifetime() -> str:
    return classes()[AGREEMENTS, "all"].lifetime
