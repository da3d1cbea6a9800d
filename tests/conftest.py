"""Fixtures every tier shares."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.case.load import load_case
from detente.case.model import Case

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of reference data that stands beside a developer's checkout, never a user's."""
    if not (SHARED / "data").is_dir():
        pytest.skip("reference data (../shared) stands only beside a developer's checkout")
    return SHARED


@pytest.fixture(scope="session")
def alaska() -> Case:
    """Return the flagship case."""
    return load_case("alaska-2025")
