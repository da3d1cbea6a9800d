"""How deals do over the draws: who accepts, who refuses first, what each gains."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.methods.agreement import Agreement
from detente.methods.smaa import SmaaResult, gain_quantiles, monte_carlo_error
from detente.table.concessions import RedLine
from detente.table.draws import Draws
from detente.table.encode import Encoded


@dataclass(frozen=True, slots=True)
class Share:
    """A share of draws with its 95% Monte Carlo interval (Wilson)."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Gain:
    """An actor's gain over no deal, in points of its own scale (5, 50, 95% of draws)."""

    actor: str
    low: float
    mid: float
    high: float


@dataclass(frozen=True, slots=True)
class DealView:
    """One deal: its options, who refuses it on what, and how it does over the draws.

    Parameters
    ----------
    options : tuple of str
        Option ids in the order of the issues in use.
    broken : tuple of (actor, issue)
        Red lines that stop it under the reading it is shown for: of required actors, and of others where
        too few of those a quorum counts accept.
    accepted : Share
        Draws in which every required actor, and enough of those a quorum counts, prefers it to no deal.
    by_actor : tuple of (actor, Share)
        The same for each actor with preferences.
    gains : tuple of Gain
        For the same actors.
    refuses_first : str
        The required actor that most often has the largest shortfall; "" if none ever refuses.
    refuses_share : float
        In what share of draws it is the first to refuse.
    """

    options: tuple[str, ...]
    broken: tuple[RedLine, ...]
    accepted: Share
    by_actor: tuple[tuple[str, Share], ...]
    gains: tuple[Gain, ...]
    refuses_first: str
    refuses_share: float


def share(value: float, n: int) -> Share:
    """Return a share of n draws with its interval."""
    return shares([value], n)[0]


def shares(values: Sequence[float] | NDArray[np.float64], n: int) -> tuple[Share, ...]:
    """Return shares of n draws with their intervals."""
    found = np.asarray(values, dtype=np.float64)
    low, high = monte_carlo_error(found, n)
    return tuple(Share(*x) for x in zip(found.tolist(), low.tolist(), high.tolist(), strict=True))


def with_views(enc: Encoded) -> tuple[int, ...]:
    """Return the rows of actors that have preferences over the issues in use."""
    return tuple(p for p, views in enumerate(enc.views) if any(v.salience[1] > 0 for v in views))


def broken_lines(
    enc: Encoded, reading: str, rule: Agreement, deal: NDArray[np.integer]
) -> tuple[RedLine, ...]:
    """Return the red lines that stop a deal under a reading: of required actors, and of too many others."""
    inside = [[mask[o] for mask, o in zip(masks, deal, strict=True)] for masks in enc.accepts[reading]]
    return tuple(
        (enc.actors[p].id, issue.id)
        for p in rule.stopping([all(fits) for fits in inside])
        for issue, fits in zip(enc.issues, inside[p], strict=True)
        if not fits
    )


Stand = tuple[NDArray[np.float64], NDArray[np.float64]]
"""Of one deal, for each actor: share of draws that accept it, share in which the actor refuses first."""


@dataclass(frozen=True, slots=True)
class Evaluated:
    """Deals looked at draw by draw: the table, the draws and the shares found.

    `solved` has, for each group of deals, the draws in which all its deals were weighed, listed or not;
    0 where what is said of the group rests on the listed deals alone.
    """

    enc: Encoded
    rule: Agreement
    deals: NDArray[np.int16]
    draws: Draws
    result: SmaaResult
    solved: tuple[int, ...] = ()

    @property
    def required(self) -> tuple[int, ...]:
        """Rows of the actors who must all accept."""
        return self.rule.vetoes

    def views(self, rows: Sequence[int], reading: str) -> tuple[DealView, ...]:
        """Return what there is to say about some of the deals."""
        points, columns = self.draws.columns(self.deals[list(rows)])
        quantiles = gain_quantiles(points, self.draws.worth, columns)
        stands = self.stands(rows)
        return tuple(self._view(row, quantiles[:, k], stands[k], reading) for k, row in enumerate(rows))

    def stands(self, rows: Sequence[int]) -> list[Stand]:
        """Return how actors stand to some of the deals: shares that accept, shares that refuse first."""
        found = self.result
        return [(found.accept[row], found.first_refuser[row]) for row in rows]

    def _view(self, row: int, gains: NDArray[np.float64], stand: Stand, reading: str) -> DealView:
        found, enc, deal = self.result, self.enc, self.deals[row]
        actors = with_views(enc)
        accept, refusing = stand
        first = int(np.argmax(refusing))
        told = shares(accept[list(actors)], found.draws)
        return DealView(
            options=tuple(o.id for o in enc.options(deal)),
            broken=broken_lines(enc, reading, self.rule, deal),
            accepted=share(found.together[row], found.draws),
            by_actor=tuple(zip((enc.actors[p].id for p in actors), told, strict=True)),
            gains=tuple(Gain(enc.actors[p].id, *gains[:, p].tolist()) for p in actors),
            refuses_first=enc.actors[first].id if refusing[first] > 0 else "",
            refuses_share=float(refusing[first]),
        )
