"""Whether the deal can be kept once power shifts, with and without each of its guarantees."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from detente.case import durability as block
from detente.case.base import Range
from detente.case.model import Case
from detente.lenses.durability.options import Options
from detente.lenses.durability.result import Chance, Committed, Guarded
from detente.methods.commitment import powell

Array = np.ndarray


def committed(
    case: Case, rules: block.Durability, terms: Mapping[str, str], options: Options
) -> Committed | None:
    """Return how power would shift and what the deal's guarantees block; None where the case is silent.

    The later chance of winning is never drawn below the present one. Where the case does
    not say what the deal leaves the rising side, its share is drawn from all divisions that both would prefer
    to war today (Fearon's range at today's balance).
    """
    written = rules.commitment
    if written is None:
        return None
    draw = _Drawing(options)
    s = _shift(written, terms, draw)
    share, fitted = _share(written, terms, s, draw)
    guards = [g for g in written.guards if g.matches(terms)]
    blocked = np.array([draw.of(g.id, g.blocks) for g in guards]).reshape(len(guards), options.draws).T
    together = powell.combined(blocked)
    return Committed(
        rising=case.actor(written.rising).name,
        falling=case.actor(written.falling).name,
        needed=_range(powell.needed_enforcement(s)),
        needed_here=_range(np.minimum(powell.enforcement_for_share(s, share), 1.0)),
        provided=_range(together),
        unkeepable=_part(powell.war_unavoidable(s, together)),
        unkeepable_bare=_part(powell.war_unavoidable(s)),
        renewed=_part(powell.renewed_war_pays(s, share, together)),
        renewed_bare=_part(powell.renewed_war_pays(s, share)),
        fitted=fitted,
        guards=tuple(_guard(g, k, blocked, s, share) for k, g in enumerate(guards)),
    )


class _Drawing:
    """Even draws from the analyst's ranges, one named stream each."""

    def __init__(self, options: Options) -> None:
        self._seed, self._n = options.seed, options.draws

    def unit(self, name: str) -> Array:
        """Return draws from 0 to 1 that depend on the seed and the name only."""
        return np.random.default_rng([self._seed, *name.encode()]).random(self._n)

    def of(self, name: str, value: Range) -> Array:
        """Return draws from a range in per cent, as shares."""
        return np.asarray((value.low + (value.high - value.low) * self.unit(name)) / 100)


def _shift(written: block.Commitment, terms: Mapping[str, str], draw: _Drawing) -> powell.Shift:
    now = draw.of("now", written.now)
    other = next((s.later for s in written.shifts if s.matches(terms)), written.later)
    later = np.maximum(now, draw.of("later", other))
    return powell.shift(
        now, later, draw.of("destroyed", written.destroyed), draw.of("discount", written.discount)
    )


def _share(
    written: block.Commitment, terms: Mapping[str, str], s: powell.Shift, draw: _Drawing
) -> tuple[Array, bool]:
    given = next((e for e in written.shares if e.matches(terms)), None)
    if given is not None:
        return draw.of("share", given.share), False
    low = s.war_rising_now / s.prize
    high = 1 - s.war_falling / s.prize
    return np.asarray(low + (high - low) * draw.unit("share")), True


def _guard(guard: block.Guard, k: int, blocked: Array, s: powell.Shift, share: Array) -> Guarded:
    without = powell.combined(np.delete(blocked, k, axis=1))
    return Guarded(
        guard.name,
        (guard.blocks.low / 100, guard.blocks.high / 100),
        _part(powell.war_unavoidable(s, without)),
        _part(powell.renewed_war_pays(s, share, without)),
    )


def _range(values: Array) -> Chance:
    low, mid, high = (float(x) for x in np.percentile(values, (5, 50, 95)))
    return Chance(mid, low, high)


def _part(flags: Array) -> float:
    return float(flags.mean())
