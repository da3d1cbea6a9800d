"""What the unlock lens computes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from detente.lens import Measure
from detente.table.concessions import RedLine
from detente.table.verdicts import Share


@dataclass(frozen=True, slots=True)
class Instead:
    """One change of what matters to an actor that covers its shortfall as well, just enough.

    `before` and `after` are percent of all weight for a salience, points of 0 to 100 for a value; `option`
    is the deal's option on the issue.
    """

    kind: Literal["salience", "value"]
    issue: str
    option: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Move:
    """What one actor gives: red lines dropped, worth of no deal lowered, and the price in its own points.

    `short` is how far its worth of no deal has to fall; a side payment worth as much, or any of `instead`,
    does the same. `spare` is what it has left above no deal once the package stands: what it could pay with.
    """

    actor: str
    drops: tuple[RedLine, ...]
    short: float
    price: float
    spare: float
    instead: tuple[Instead, ...] = ()


@dataclass(frozen=True, slots=True)
class Package:
    """Movements that together make a deal possible, none to be spared, and the cheapest deal opened.

    `holds` is the share of draws in which that deal, with these movements, beats no deal for all of them.
    """

    moves: tuple[Move, ...]
    deal: tuple[str, ...]
    opens: int | None
    holds: Share


@dataclass(frozen=True, slots=True)
class NewOption:
    """The least a new option on an issue would have to bring each actor, in points, and the deal it joins."""

    issue: str
    needs: tuple[tuple[str, float], ...]
    share: float
    deal: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NamedOption:
    """An option of the case not on the table, and what would still have to move with it there."""

    issue: str
    option: str
    package: Package | None


@dataclass(frozen=True, slots=True)
class Unlocked:
    """All minimal packages, fewest movements first, then the cheapest; exact at the mean of the draws.

    `miss` is what would carry the leading nearest miss; None where a deal is possible as things stand, or
    where another deal was asked about.
    """

    issues: tuple[str, ...]
    added: tuple[tuple[tuple[str, str], str], ...]
    reading: str
    required: tuple[str, ...]
    movers: tuple[str, ...]
    target: tuple[str, ...]
    packages: tuple[Package, ...]
    total: int
    miss: Package | None
    options: tuple[NewOption, ...]
    named: tuple[NamedOption, ...]
    draws: int
    seed: int

    def measures(self) -> tuple[Measure, ...]:
        """Return how many packages there are, and how many movements the smallest needs."""
        inputs = ("preferences", "interactions", "quorum", "no_deal", "rules")
        formula = "exact: all minimal sets of dropped red lines and covered shortfalls"

        def measure(name: str, label: str, value: int, unit: str) -> Measure:
            return Measure(name, label, value, unit, formula=formula, inputs=inputs)

        found = [measure("packages", "Minimal packages of movements", self.total, "packages")]
        if self.packages:
            least = sum(len(m.drops) + (m.short > 0) for m in self.packages[0].moves)
            found.append(measure("least_moves", "Movements in the smallest", least, "movements"))
        return tuple(found)
