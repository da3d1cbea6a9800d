"""The one list of lenses; commands, forms, method pages and the common tests are made from it."""

from __future__ import annotations

from typing import Any

from detente.lens import Lens
from detente.lenses import (
    durability,
    forecast,
    locate,
    ratification,
    ripeness,
    ripples,
    settlement,
    stability,
    unlock,
)

LENSES: tuple[Lens[Any, Any], ...] = (
    settlement.LENS,
    unlock.LENS,
    locate.LENS,
    ratification.LENS,
    stability.LENS,
    durability.LENS,
    ripeness.LENS,
    forecast.LENS,
    ripples.LENS,
)
