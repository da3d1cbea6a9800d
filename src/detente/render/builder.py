"""What a page needs so that its reader can try a deal of their own, without a network."""

from __future__ import annotations

import base64
import json
from dataclasses import asdict, dataclass
from typing import Any

from detente.render.plain import clean

Parts = tuple[tuple[int, tuple[int, ...]], ...]
"""Issues with options: a deal has it where it has one of the options on each."""

NEVER, HARDLY, NEARLY = 101, 102, 103
"""Shares that are no whole per cent: none at all, under 1 per cent, over 99 per cent."""

NOBODY = 255
"""In place of an actor's number where nobody refuses in any draw."""


@dataclass(frozen=True, slots=True)
class Choice:
    """An issue and its options: id and label each; `inside` is the issue's name inside a sentence."""

    id: str
    name: str
    inside: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """The red lines under one reading: for each actor counted and each issue, the options it could accept."""

    id: str
    name: str
    text: str
    accepts: tuple[tuple[tuple[int, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class Ban:
    """A rule, and the combinations it forbids: pairs of issue and options that may not all hold."""

    text: str
    scope: bool
    clauses: tuple[Parts, ...]


@dataclass(frozen=True, slots=True)
class Shares:
    """How each possible deal does over the draws, in the order of the deals (last issue fastest).

    Parameters
    ----------
    draws : int
    together : bytes
        Per cent of draws in which all who must accept prefer the deal to none, or a code above 100.
    alone : tuple of bytes
        The same for each actor whose acceptance counts.
    first, often : bytes
        Which required actor refuses first most often, and in what per cent of draws.
    """

    draws: int
    together: bytes
    alone: tuple[bytes, ...]
    first: bytes
    often: bytes


@dataclass(frozen=True, slots=True)
class Means:
    """Points at the middle of the draws, where there are too many deals to embed: actor, issue, option.

    `effects` are what options are worth together: the actor, the issues with their options, and the points.
    """

    points: tuple[tuple[tuple[float, ...], ...], ...]
    worth: tuple[float, ...]
    effects: tuple[tuple[int, Parts, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Builder:
    """Everything behind the part of the page where a reader chooses a deal.

    Parameters
    ----------
    issues : tuple of Choice
    actors : tuple of str
        Names of the actors whose acceptance counts, those who must all accept first.
    readings : tuple of Lines
        From strict to permissive.
    bans : tuple of Ban
    starts : tuple of (name, deal)
        Deals to begin from; the first is shown first.
    shares : Shares, optional
    means : Means, optional
        Given where `shares` is not.
    vetoes : int
        How many of the actors must all accept.
    more : int
        How many of the others must accept.
    besides : str
        The same in words; "" where all must accept.
    """

    issues: tuple[Choice, ...]
    actors: tuple[str, ...]
    readings: tuple[Lines, ...]
    bans: tuple[Ban, ...]
    starts: tuple[tuple[str, tuple[int, ...]], ...]
    vetoes: int
    more: int
    besides: str
    shares: Shares | None = None
    means: Means | None = None

    def to_json(self) -> str:
        r"""Return the data as JSON that cannot end the script element around it.

        Examples
        --------
        >>> issue = Choice("a", "</script><b>", "a", (("x", "X"),))
        >>> Builder((issue,), ("A",), (), (), (), 1, 0, "").to_json()[:61]
        '{"issues":[{"id":"a","name":"\\u003c/script\\u003e\\u003cb\\u003e'
        """
        text = json.dumps(_plain(asdict(self)), separators=(",", ":"), allow_nan=False)
        for char in "<>&":
            text = text.replace(char, f"\\u{ord(char):04x}")
        return text


def _plain(thing: Any) -> Any:
    """Return the data with bytes as base64 and every text cleaned."""
    if isinstance(thing, dict):
        return {key: _plain(value) for key, value in thing.items()}
    if isinstance(thing, tuple | list):
        return [_plain(value) for value in thing]
    if isinstance(thing, bytes):
        return base64.b64encode(thing).decode()
    return clean(thing) if isinstance(thing, str) else thing
