"""What a complete brief needs and no lens computes: the analyst's words, each with basis and evidence."""

from __future__ import annotations

from pydantic import Field

from detente.case.base import Id, Judgement, Pattern


class Alternative(Judgement):
    """What an actor can do instead of reaching a deal in these talks."""

    id: Id
    actor: Id
    text: str
    """The course open to it."""
    leads_to: str = ""
    """Where that leads, and at what price to the actor itself."""


class TradeOff(Judgement):
    """A choice in which more of one good thing is less of another."""

    id: Id
    text: str
    """The dilemma, in one sentence."""
    gain: str
    """What the one way brings."""
    price: str
    """What it costs, and the other way would keep."""
    issues: tuple[Id, ...] = Field(min_length=1)
    """The issues it arises on."""
    falls_on: tuple[str, ...] = ()
    """Who pays the price: actors' ids, or plain words."""


class Perspective(Judgement):
    """How an actor itself sees the conflict, in neutral paraphrase; not what the analyst thinks of it."""

    actor: Id
    text: str
    """What the war is about, in this actor's eyes."""
    fears: str = ""
    """What it fears from a deal, or from there being none."""


class Accompanying(Judgement):
    """Something beside the deal itself that helps it to be reached or kept."""

    id: Id
    text: str
    who: tuple[str, ...] = Field(min_length=1)
    """Who would do it: actors' ids, or plain words."""
    supports: str
    """What it makes more likely."""
    when: Pattern = {}
    """Deals to which it belongs; empty for all."""


class Step(Judgement):
    """One step of carrying a deal out: what, when, by whom, who verifies it, and what must come before."""

    id: Id
    text: str
    begins: int = Field(ge=-3650, le=36500)
    """Day it begins, counted from signature; below 0 for what comes before."""
    ends: int | None = Field(default=None, ge=-3650, le=36500)
    """Day by which it is done; the day it begins where left out."""
    who: tuple[str, ...] = Field(min_length=1)
    """Who does it: actors' ids, or plain words."""
    verified_by: tuple[str, ...] = ()
    """Who confirms that it was done: actors' ids, or plain words; empty where nobody would."""
    after: tuple[Id, ...] = ()
    """Steps that must be done before it can begin."""
    otherwise: str = ""
    """What follows if it is not done."""
    when: Pattern = {}
    """Deals to which it belongs; empty for all."""

    @property
    def done(self) -> int:
        """Day by which the step is done."""
        return self.begins if self.ends is None else self.ends


class Risk(Judgement):
    """What could go wrong with a deal, or with there being none; for whom; and what would lessen it."""

    id: Id
    text: str
    falls_on: tuple[str, ...] = Field(min_length=1)
    """For whom: actors' ids, or plain words."""
    mitigation: str = ""
    """What would lessen it; empty where nothing known would."""
    when: Pattern = {}
    """Deals that bring it; empty for any deal and for none."""


class OpenQuestion(Judgement):
    """Something not known on the case's date that matters to the answer."""

    id: Id
    text: str
    matters: str
    """What depends on it."""
    settle: str = ""
    """How it could be found out."""


class LocalVoice(Judgement):
    """What people who would live with the deal say, or what would have to be asked of them."""

    id: Id
    who: str
    """Whose voice, in plain words: residents of a place, families of prisoners, voters at home."""
    text: str
    """What they say."""
    heard: str = ""
    """How it is known, or how they could take part."""
