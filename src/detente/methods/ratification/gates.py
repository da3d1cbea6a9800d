"""Gates other than referendums: assemblies, councils, decisions, reversed rules, halts that must hold."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from detente.methods.durability.pieces import draw_hazards, pieces_of
from detente.methods.durability.references import ReferenceClass
from detente.methods.ratification.constants import WIDTH, Z90
from detente.methods.ratification.worlds import Array, Worlds, chance_to_pass

Flags = NDArray[np.bool_]


class Gate(Protocol):
    """Something a deal must pass; hashable, so that its marks are computed once."""

    def __hash__(self) -> int:
        """Return a hash of all it is made of."""
        ...

    @property
    def id(self) -> str:
        """Its name; gates of one name share their luck."""
        ...

    def passes(self, worlds: Worlds) -> Flags:
        """Tell in which futures it is passed, (n,)."""
        ...


@dataclass(frozen=True, slots=True)
class Bloc:
    """Members who tend to vote together.

    Parameters
    ----------
    name : str
    seats : float
        Members in office.
    low, high : float
        The analyst's 90% range of yes votes.
    absent : float
        Members who do not vote; counts only under rules on votes cast.
    """

    name: str
    seats: float
    low: float
    high: float
    absent: float = 0.0

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.high <= self.seats:
            raise ValueError(f"{self.name}: yes votes must run 0 <= low <= high <= {self.seats:g} seats")
        if not 0 <= self.absent <= self.seats:
            raise ValueError(f"{self.name}: absent members must be 0 to {self.seats:g}")


@dataclass(frozen=True, slots=True)
class Majority:
    """What a vote needs.

    Parameters
    ----------
    seats : float
        Yes votes needed, or 0 for no fixed number.
    cast : float
        Share of yes and no votes that must be exceeded, or 0.
    quorum : float
        Yes and no votes that must be reached, or 0.
    """

    seats: float = 0.0
    cast: float = 0.0
    quorum: float = 0.0

    def __post_init__(self) -> None:
        if not (self.seats > 0 or 0 < self.cast < 1):
            raise ValueError("a vote needs a number of yes votes or a share of the votes cast")

    def met(self, yes: Array, no: Array) -> Flags:
        """Tell where a count suffices."""
        cast = yes + no
        enough = (yes >= self.seats) & (cast >= self.quorum)
        return np.asarray(enough & (yes > self.cast * cast) if self.cast else enough)


@dataclass(frozen=True, slots=True)
class Assembly:
    """A vote of members in blocs.

    Votes of a bloc are normal around the middle of its range (90% of them within it, times the model's
    widening), kept between 0 and its seats; good luck is partly shared between blocs and with other gates
    of the same mood.

    Parameters
    ----------
    id : str
    blocs : tuple of Bloc
    majority : Majority
    mood : str
        Gates of one mood rise and fall together in part.

    Examples
    --------
    >>> vote = Assembly("vote", (Bloc("all", 100, 45, 61),), Majority(seats=51))
    >>> bool(0.5 < vote.passes(Worlds(seed=1)).mean() < 0.8)
    True
    """

    id: str
    blocs: tuple[Bloc, ...]
    majority: Majority
    mood: str = "all"

    def __post_init__(self) -> None:
        if not self.blocs:
            raise ValueError(f"{self.id}: an assembly needs at least one bloc")

    def votes(self, worlds: Worlds, favour: float = 1.0) -> Array:
        """Return yes votes of each bloc, (blocs, n); `favour` -1 turns luck round (votes against a deal)."""
        latent = favour * worlds.latent(self.id, self.mood)
        z = worlds.parts(latent, self.id, tuple(b.name for b in self.blocs))
        low, high, seats = (np.array([[getattr(b, k)] for b in self.blocs]) for k in ("low", "high", "seats"))
        spread = (high - low) / (2 * Z90) * worlds.constant(WIDTH)
        return np.asarray(np.clip((low + high) / 2 + spread * z, 0, seats))

    def met(self, yes: Array) -> Flags:
        """Tell where such votes suffice; (blocs, n) to (n,)."""
        room = np.array([[b.seats - b.absent] for b in self.blocs])
        return self.majority.met(yes.sum(axis=0), np.clip(room - yes, 0, None).sum(axis=0))

    def passes(self, worlds: Worlds) -> Flags:
        """Tell in which futures the vote is won."""
        return self.met(self.votes(worlds))

    def decides(self, worlds: Worlds) -> tuple[float, ...]:
        """Return, for each bloc, the share of futures in which it alone decides.

        The vote is won with the bloc at the upper end of its range and lost with it at the lower end, the
        others as drawn: being pivotal, over the range the analyst gave.
        """
        met, failed = self.at_ends(worlds)
        return tuple(float((won & ~lost).mean()) for won, lost in zip(met, failed, strict=True))

    def at_ends(self, worlds: Worlds, favour: float = 1.0) -> tuple[list[Flags], list[Flags]]:
        """Tell where votes suffice with each bloc at the upper, and at the lower end of its range."""
        yes = self.votes(worlds, favour)
        best: list[Flags] = []
        worst: list[Flags] = []
        for k, bloc in enumerate(self.blocs):
            for found, end in ((best, bloc.high), (worst, bloc.low)):
                moved = yes.copy()
                moved[k] = end
                found.append(self.met(moved))
        return best, worst


@dataclass(frozen=True, slots=True)
class Member:
    """One member of a council, with the range of its chance to agree and its weight."""

    name: str
    low: float
    high: float
    weight: float = 1.0

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.high <= 1:
            raise ValueError(f"{self.name}: a chance must run 0 <= low <= high <= 1")


@dataclass(frozen=True, slots=True)
class Council:
    """A body of members with one vote each: unanimity, or a qualified majority of members and weight.

    Parameters
    ----------
    id : str
    members : tuple of Member
    need : int
        Members who must agree; all of them is unanimity.
    weight : float
        Share of the total weight that those who agree must reach, or 0.
    mood : str

    Examples
    --------
    >>> willing = [Member(f"m{k}", 1.0, 1.0) for k in range(26)]
    >>> body = Council("body", (*willing, Member("x", 0.3, 0.3)), need=27)
    >>> bool(abs(body.passes(Worlds(seed=1)).mean() - 0.3) < 0.02)
    True
    """

    id: str
    members: tuple[Member, ...]
    need: int
    weight: float = 0.0
    mood: str = "all"

    def __post_init__(self) -> None:
        if not 1 <= self.need <= len(self.members):
            raise ValueError(f"{self.id}: between one and all {len(self.members)} members must be needed")

    def agree(self, worlds: Worlds) -> Flags:
        """Tell which members agree in which futures, (members, n)."""
        return _agree(self, worlds)

    def passes(self, worlds: Worlds) -> Flags:
        """Tell in which futures the rule is met."""
        agree = self.agree(worlds)
        return self._met(agree.sum(axis=0), (agree * self._weights).sum(axis=0))

    def blocks(self, worlds: Worlds) -> tuple[float, ...]:
        """Return, for each member, the share of futures that fail and would pass if it agreed."""
        agree = self.agree(worlds)
        count, weight = agree.sum(axis=0), (agree * self._weights).sum(axis=0)
        fails = ~self._met(count, weight)
        return tuple(
            float((fails & self._met(count + ~own, weight + ~own * member.weight)).mean())
            for own, member in zip(agree, self.members, strict=True)
        )

    @property
    def _weights(self) -> Array:
        return np.array([[m.weight] for m in self.members])

    def _met(self, count: NDArray[np.int_], weight: Array) -> Flags:
        carried = (
            weight >= self.weight * self._weights.sum() - 1e-9
        )  # exact shares must not be lost to rounding
        return np.asarray((count >= self.need) & carried)


@lru_cache(maxsize=8)  # asked for its outcome, its count and its blockers: 27 members take 2 MB
def _agree(body: Council, worlds: Worlds) -> Flags:
    z = worlds.parts(worlds.latent(body.id, body.mood), body.id, tuple(m.name for m in body.members))
    p = np.array([worlds.uniform(f"{body.id} {m.name} chance", m.low, m.high) for m in body.members])
    agree = chance_to_pass(z, p)
    agree.setflags(write=False)
    return agree


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision with a range of its chance: a court's opinion, a signature, a precondition.

    Examples
    --------
    >>> bool(Decision("court", 0.5, 0.7).passes(Worlds(seed=1)).mean() > 0.5)
    True
    """

    id: str
    low: float
    high: float
    mood: str = "all"

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.high <= 1:
            raise ValueError(f"{self.id}: a chance must run 0 <= low <= high <= 1")

    def passes(self, worlds: Worlds) -> Flags:
        """Tell in which futures it goes well."""
        p = worlds.uniform(f"{self.id} chance", self.low, self.high)
        return chance_to_pass(worlds.latent(self.id, self.mood), p)


@dataclass(frozen=True, slots=True)
class Reversed:
    """A rule under which the opponents need the majority: the deal stands unless they clear every hurdle.

    Parameters
    ----------
    id : str
    hurdles : tuple of Assembly
        In each, blocs' ranges are of votes *against* the deal. A future that favours the deal lowers them.

    Examples
    --------
    >>> block = Assembly("cloture", (Bloc("against", 100, 54, 60),), Majority(seats=60))
    >>> bool(Reversed("review", (block,)).passes(Worlds(seed=1)).mean() > 0.8)
    True
    """

    id: str
    hurdles: tuple[Assembly, ...]

    def __post_init__(self) -> None:
        if not self.hurdles:
            raise ValueError(f"{self.id}: a reversed rule needs at least one hurdle")

    def passes(self, worlds: Worlds) -> Flags:
        """Tell in which futures at least one hurdle stops the opponents."""
        return np.asarray(~np.logical_and.reduce(self._cleared(worlds)))

    def decides(self, worlds: Worlds) -> tuple[tuple[float, ...], ...]:
        """Return, for each bloc of each hurdle, the share of futures in which it alone decides.

        The opponents clear every hurdle with the bloc at the upper end of its range of votes against, and
        not with it at the lower end.
        """
        cleared = self._cleared(worlds)
        found = []
        for k, hurdle in enumerate(self.hurdles):
            others = np.logical_and.reduce([np.ones(worlds.size, bool), *cleared[:k], *cleared[k + 1 :]])
            best, worst = hurdle.at_ends(worlds, favour=-1.0)
            found.append(
                tuple(float((others & up & ~down).mean()) for up, down in zip(best, worst, strict=True))
            )
        return tuple(found)

    def _cleared(self, worlds: Worlds) -> list[Flags]:
        return [h.met(h.votes(worlds, favour=-1.0)) for h in self.hurdles]


@dataclass(frozen=True, slots=True)
class Hold:
    """A halt that has to hold while the steps after it are taken.

    Parameters
    ----------
    id : str
    base : ReferenceClass
        The class of halts its hazard is drawn from; no ratios of the deal's terms are applied.

    Examples
    --------
    >>> from detente.methods.durability.references import FORTNA_VARYING, classes
    >>> halt = Hold("halt", classes()[FORTNA_VARYING, "truce, peacekeepers absent"])
    >>> worlds = Worlds(seed=1)
    >>> short, long = (halt.holds(worlds, np.full(worlds.size, d)).mean() for d in (30.0, 365.0))
    >>> bool(short > long)
    True
    """

    id: str
    base: ReferenceClass

    def holds(self, worlds: Worlds, days: Array) -> Flags:
        """Tell in which futures the halt holds so many days; (n,) to (n,)."""
        rng = np.random.default_rng([worlds.seed, 7])
        hazards = np.repeat(
            draw_hazards(self.base.counts, self.base.wider, worlds.outer, rng), worlds.inner, axis=0
        )
        survive = np.exp(-(hazards * pieces_of(days)).sum(axis=1))
        return chance_to_pass(worlds.normal(f"{self.id} luck"), survive)
