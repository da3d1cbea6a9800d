"""What the ripeness lens can be asked: which deals, how far ahead, and which levers to move."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from detente.case.base import Asked


class Options(Asked):
    """Deals, horizon and levers."""

    deal: tuple[str, ...] = ()
    """Deals to follow: ids of deals in the case, each with issue=option items that change it, or such
    items alone; by default all the case names."""
    months: int | None = Field(default=None, ge=3, le=60)
    """How far ahead to look; by default as far as the case says its ranges hold."""
    aid: Literal["continues", "shrinks", "stops"] = "continues"
    """Lever: what becomes of aid."""
    oil: float = Field(default=0.0, ge=-100, le=200, allow_inf_nan=False)
    """Lever: dollars a barrel on top of the oil price."""
    sanctions: float = Field(default=0.0, ge=-1, le=5, allow_inf_nan=False)
    """Lever: part by which sanctions bite more; 0.5 is half as much again, -1 is none."""
    pace: float = Field(default=1.0, ge=0, le=10, allow_inf_nan=False)
    """Lever: factor on monthly gains of ground."""
    draws: int = Field(default=2000, ge=1, le=100_000)
    """Paths drawn."""
    seed: int = Field(default=1, ge=0)
    """Seed of the draws; the same seed gives the same bytes."""
