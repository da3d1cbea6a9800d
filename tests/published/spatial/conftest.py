"""Expected outputs the spatial tests share."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

DATA = Path(__file__).resolve().parents[2] / "data" / "spatial"


@pytest.fixture(scope="session")
def examples() -> dict[str, Any]:
    """Return the worked examples by name."""
    return dict(json.loads((DATA / "worked-examples.json").read_text())["examples"])


@pytest.fixture(scope="session")
def data() -> Path:
    """Return the folder of cases that may be redistributed."""
    return DATA
