"""Pages for the browser tests: the flagship's brief, and a case that means harm in every text."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from detente.brief.compose import compose
from detente.case.load import load_case
from detente.render.html import to_html

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from chromium import FOUND, Chromium  # noqa: E402 - stands beside this file
from hostile_case import write_hostile  # noqa: E402


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.slow)
            if FOUND is None:
                item.add_marker(pytest.mark.skip(reason="no Chromium here; make test-browser installs it"))


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    opened = Chromium(tmp_path_factory.mktemp("profile"))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def flagship(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the flagship's brief on disk."""
    file = tmp_path_factory.mktemp("brief") / "brief.html"
    file.write_text(to_html(compose(load_case("alaska-2025")).document), "utf-8")
    return file


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the brief of a case whose every free text tries to become markup."""
    folder = tmp_path_factory.mktemp("hostile")
    write_hostile("alaska-2025", folder)
    file = folder / "brief.html"
    file.write_text(to_html(compose(load_case(folder), draws=100).document), "utf-8")
    return file
