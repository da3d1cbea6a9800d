"""What the forecast lens can be asked: which issues, how many draws, how many exploratory runs."""

from __future__ import annotations

from pydantic import Field

from detente.case.base import Asked


class Options(Asked):
    """Which issues to forecast, and how many draws."""

    issue: tuple[str, ...] = ()
    """Issues to forecast; by default all whose options have places on a scale."""
    draws: int = Field(default=10_000, ge=10, le=200_000)
    """Draws of salience, capability and the worth of no deal over their stated ranges."""
    challenge_runs: int = Field(default=120, ge=0, le=20_000)
    """Runs of each exploratory challenge model per issue; 0 leaves them out."""
    original: bool = False
    """Also run the rules of KTAB's program as they are, defects included, to compare with its outputs."""
    seed: int = Field(default=1, ge=0)
    """Seed of the draws; the same seed gives the same bytes."""
