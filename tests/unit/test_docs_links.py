"""Every relative link of the pages leads somewhere, and every command they show can be typed."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from detente.cli import app

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
FENCED = re.compile(r"^```[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")


def anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings, made as GitHub makes them."""
    headings = re.findall(r"^#+ (.*)$", FENCED.sub("", page.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-") for heading in headings}


def dead(page: Path) -> list[str]:
    """Return the relative links of a page that lead nowhere."""
    found = []
    for link in LINK.findall(FENCED.sub("", page.read_text(encoding="utf-8"))):
        path, _, anchor = link.partition("#")
        target = page.parent / path if path else page
        if re.match(r"\w+:", link):
            continue
        if not target.exists() or (anchor and target.suffix == ".md" and anchor not in anchors(target)):
            found.append(link)
    return found


def commands() -> list[str]:
    """Return the command lines in the fenced blocks of the pages."""
    blocks = [block for page in PAGES for block in FENCED.findall(page.read_text(encoding="utf-8"))]
    lines = [line.strip().removeprefix(".venv/bin/") for block in blocks for line in block.splitlines()]
    return sorted(
        {x for x in lines if x.startswith("detente ") and not x.startswith("detente --help") and "|" not in x}
    )


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_relative_links_lead_somewhere(page: Path) -> None:
    assert dead(page) == []


def test_a_dead_link_and_a_dead_anchor_are_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# One thing\n[a](none.md) [b](#one-thing) [c](#other) [d](https://example.org)\n")
    assert dead(page) == ["none.md", "#other"]


@pytest.mark.parametrize(
    "name",
    sorted(
        {
            m
            for p in (ROOT / "src").rglob("*.py")
            for m in re.findall(r"docs/[\w/-]+\.md", p.read_text(encoding="utf-8"))
        }
    ),
)
def test_pages_that_messages_name_exist(name: str) -> None:
    assert (ROOT / name).is_file()


@pytest.mark.parametrize("line", commands())
def test_commands_on_the_pages_can_be_typed(line: str) -> None:
    words = [word for word in shlex.split(line, comments=True)[1:] if word != "..."]
    words = words[: words.index(">")] if ">" in words else words
    command: click.Command = app
    while isinstance(command, click.Group):
        found = command.get_command(click.Context(command), words[0])
        assert found is not None, words[0]
        command, words = found, words[1:]
    command.make_context(command.name, words)
