"""What the ratification lens can be asked: which deals, which readings, how many draws."""

from __future__ import annotations

from pydantic import Field

from detente.case.base import Asked


class Options(Asked):
    """Which deals to send up the routes, and how many draws."""

    deal: tuple[str, ...] = ()
    """Deals: the name of one in the case, or issue=option,issue=option; by default all named."""
    reading: tuple[str, ...] = ()
    """Readings of the rules of ratification; by default all."""
    draws: int = Field(default=64_000, ge=1, le=2_000_000)
    """Draws in all; a 128th of them, and at least one, for each setting of what is not known."""
    seed: int = Field(default=1, ge=0)
    """Seed of the draws; the same seed gives the same bytes."""
