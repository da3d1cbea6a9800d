"""What the ripples lens can be asked: which deals, how many draws, which dynamics."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from detente.case.base import Asked


class Options(Asked):
    """Which deals to compare, and how many draws."""

    deal: tuple[str, ...] = ()
    """Deals to compare: ids of deals in the case, each with issue=option items that change it, or such
    items alone; by default all the case names."""
    dynamics: Literal["diffusion", "balance"] = "diffusion"
    """How leanings travel: signed diffusion, or the end state of dX/dt = X^2."""
    draws: int = Field(default=1000, ge=1, le=100_000)
    """Draws over the stated ranges."""
    seed: int = Field(default=1, ge=0)
    """Seed of the draws; the same seed gives the same bytes."""
