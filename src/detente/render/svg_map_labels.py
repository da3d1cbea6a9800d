"""Places names on a map so that none covers another; what finds no room is left to the table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from detente.render.svg import SIZE, measure, tag


@dataclass(slots=True)
class Labels:
    """The boxes taken so far in a picture of one size, and the texts placed in them."""

    width: float
    height: float
    _taken: list[tuple[float, float, float, float]] = field(default_factory=list)
    _texts: list[str] = field(default_factory=list)

    def reserve(self, left: float, top: float, right: float, bottom: float) -> None:
        """Keep a box free of names."""
        self._taken.append((left, top, right, bottom))

    def within(self, text: str, spots: Iterable[tuple[float, float]]) -> bool:
        """Place a bold text around the first spot that is free; return whether one was."""
        wide = measure(text) * 1.04
        return any(self._place(text, x - wide / 2, y + SIZE / 3, wide, "600") for x, y in spots)

    def beside(self, text: str, x: float, y: float) -> bool:
        """Place a name right of a dot, or left, above or below it; return whether there was room."""
        wide = measure(text)
        for left, base in (
            (x + 5, y + SIZE / 3),
            (x - 5 - wide, y + SIZE / 3),
            (x - wide / 2, y - 6),
            (x - wide / 2, y + SIZE + 3),
            (x + 4, y - 5),
            (x + 4, y + SIZE + 1),
        ):
            if self._place(text, left, base, wide, None):
                return True
        return False

    def _place(self, text: str, left: float, base: float, wide: float, weight: str | None) -> bool:
        box = (left, base - SIZE + 1, left + wide, base + 3)
        inside = box[0] >= 0 and box[1] >= 0 and box[2] <= self.width and box[3] <= self.height
        clear = all(box[2] <= a or box[0] >= c or box[3] <= b or box[1] >= d for a, b, c, d in self._taken)
        if inside and clear:
            self._taken.append(box)
            self._texts.append(tag("text", text, x=left, y=base, class_="halo", font_weight=weight))
        return inside and clear

    def drawn(self) -> str:
        """Return the texts placed, in their order."""
        return "".join(self._texts)
