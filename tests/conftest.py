"""Fixtures every tier shares."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of reference data that stands beside a developer's checkout, never a user's."""
    if not (SHARED / "data").is_dir():
        pytest.skip("reference data (../shared) stands only beside a developer's checkout")
    return SHARED
