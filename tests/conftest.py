"""Fixtures every tier shares."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from detente.case.load import load_case
from detente.case.model import Case

# No test may fail for being slow; the same examples are drawn every time, so a red build can be repeated.
settings.register_profile("detente", deadline=None, derandomize=True)
settings.load_profile("detente")

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
