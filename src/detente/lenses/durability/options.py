"""What the durability lens can be asked: which deals, what counts as holding, how many draws."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from detente.case.base import Asked


class Options(Asked):
    """Which deals to judge, and what counts as holding."""

    deal: tuple[str, ...] = ()
    """Deals: the name of one in the case, or issue=option,issue=option; by default all named."""
    definition: Literal["in_force", "held", "announced"] = "in_force"
    """Counted from taking effect; from the day it has held so many days; or from the announcement."""
    held_days: int = Field(default=30, ge=1, le=1825)
    """Days it must have held, under the definition "held"."""
    draws: int = Field(default=8_000, ge=1, le=500_000)
    """Draws of hazards, ratios and amounts."""
    seed: int = Field(default=1, ge=0)
    """Seed of the draws; the same seed gives the same bytes."""
