"""What the unlock lens computes."""

from __future__ import annotations

from dataclasses import dataclass

from detente.lens import Measure
from detente.table.funnel import RedLine


@dataclass(frozen=True, slots=True)
class Move:
    """What one actor gives: red lines dropped, worth of no deal lowered, and the price in its own points.

    `short` is how far its worth of no deal has to fall; a side payment worth as much does the same. `spare`
    is what it has left above no deal once the package stands.
    """

    actor: str
    drops: tuple[RedLine, ...]
    short: float
    price: float
    spare: float


@dataclass(frozen=True, slots=True)
class Package:
    """Movements that together make a deal possible, none to be spared, and the cheapest deal opened."""

    moves: tuple[Move, ...]
    deal: tuple[str, ...]
    opens: int | None


@dataclass(frozen=True, slots=True)
class NewOption:
    """The least a new option on an issue would have to bring each actor, in points, and the deal it joins."""

    issue: str
    needs: tuple[tuple[str, float], ...]
    share: float
    deal: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unlocked:
    """All minimal packages, fewest movements first, then the cheapest; exact at the mean of the draws."""

    issues: tuple[str, ...]
    added: tuple[tuple[tuple[str, str], str], ...]
    reading: str
    required: tuple[str, ...]
    movers: tuple[str, ...]
    target: tuple[str, ...]
    packages: tuple[Package, ...]
    options: tuple[NewOption, ...]
    draws: int
    seed: int

    def measures(self) -> tuple[Measure, ...]:
        """Return how many packages there are, and how many movements the smallest needs."""
        inputs = ("preferences", "no_deal", "rules")
        formula = "exact: all minimal sets of dropped red lines and covered shortfalls"
        found = [
            Measure(
                "packages",
                "Minimal packages of movements",
                len(self.packages),
                "packages",
                formula=formula,
                inputs=inputs,
            )
        ]
        if self.packages:
            least = sum(len(m.drops) + (m.short > 0) for m in self.packages[0].moves)
            found.append(
                Measure(
                    "least_moves",
                    "Movements in the smallest",
                    least,
                    "movements",
                    formula=formula,
                    inputs=inputs,
                )
            )
        return tuple(found)
