"""What every look at the deal space can be asked: which issues, options and rules, how many draws."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from detente.case.base import Model


class Asking(Model):
    """Options shared by the lenses on the deal space."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, use_attribute_docstrings=True
    )

    issues: Literal["core", "all"] = "core"
    """Which issues make up a deal."""
    added: tuple[str, ...] = Field(default=(), alias="with")
    """Options not on the table on the case's date, as issue=option, or a file that describes one."""
    rule: tuple[str, ...] = ()
    """Reading of a contested rule, as rule=reading."""
    draws: int = Field(default=1000, ge=1, le=1_000_000)
    """Draws of preferences consistent with what was stated."""
    seed: int = Field(default=1, ge=0)
    """Seed of the draws; the same seed gives the same bytes."""
