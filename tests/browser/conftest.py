"""Pages for the browser tests: the flagship's brief, a document of every block, a case that means harm."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from detente.brief.compose import Brief, compose
from detente.case.load import load_case
from detente.errors import UsageError
from detente.render.document import Document
from detente.render.html import to_html
from detente.render.pdf import find_browser

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from hostile_case import write_hostile  # noqa: E402 - stands beside this file

try:
    FOUND = find_browser()
except UsageError:
    FOUND = ""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.slow)
            if not FOUND and not os.environ.get("CI"):  # where it must run, a missing browser is a failure
                item.add_marker(pytest.mark.skip(reason="no Chromium here; make test-browser installs it"))


@dataclass(frozen=True, slots=True)
class Tab:
    """One page in its own profile, and what it said and asked for since it was opened."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def run(self, script: str) -> Any:
        """Return what an expression gives in the page."""
        return self.page.evaluate(script)

    def print(self) -> bytes:
        """Return the page as printed on the paper its style asks for."""
        return self.page.pdf(prefer_css_page_size=True)


Visit = Callable[..., Tab]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--force-color-profile=srgb", "--font-render-hinting=none"]
        opened = playwright.chromium.launch(executable_path=find_browser(), args=flags)
        yield opened
        opened.close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """Return how to open a file from disk; every tab is closed with the test."""
    contexts = []

    def open_file(file: Path, fragment: str = "", width: int = 1280, **settings: Any) -> Tab:
        context = browser.new_context(viewport={"width": width, "height": 900}, **settings)
        contexts.append(context)
        tab = Tab(context.new_page())
        tab.page.on("pageerror", lambda error: tab.complaints.append(str(error)))
        tab.page.on("console", lambda said: said.type == "error" and tab.complaints.append(said.text))
        tab.page.on("request", lambda request: tab.requests.append(request.url))
        tab.page.goto(file.as_uri() + fragment)
        return tab

    yield open_file
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def brief() -> Brief:
    return compose(load_case("alaska-2025"))


@pytest.fixture(scope="session")
def flagship(brief: Brief, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the flagship's brief on disk."""
    return _written(brief.document, tmp_path_factory.mktemp("brief"))


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the flagship's full brief on disk, every lens in its annex."""
    return _written(compose(load_case("alaska-2025"), full=True).document, tmp_path_factory.mktemp("whole"))


@pytest.fixture(scope="session")
def every_block(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the document of every block that the renderers' unit tests read."""
    file = HERE.parent / "unit" / "render" / "conftest.py"
    spec = importlib.util.spec_from_file_location("every_block", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return _written(module.every_block(), tmp_path_factory.mktemp("blocks"))


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the brief of a case whose every free text tries to become markup."""
    folder = tmp_path_factory.mktemp("hostile")
    write_hostile("alaska-2025", folder)
    return _written(compose(load_case(folder), draws=100).document, folder)


def _written(document: Document, folder: Path) -> Path:
    file = folder / "brief.html"
    file.write_text(to_html(document), "utf-8")
    return file
