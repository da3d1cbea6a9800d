"""Parts of a page against pictures of how they should look; `make golden` renews the pictures."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops

Visit = Callable[..., Any]
GOLDEN = Path(__file__).parent / "golden"
REVIEW = Path(__file__).parents[2] / "out" / "golden"
FAR = 60
"""Steps of 256 at which a point counts as different: above what edges of letters vary between versions."""
MOST = 0.01
"""Share of points that may differ. Judgement: a label that moves by its own height changes more."""

PARTS = {
    "cards": ("#main > section .cards", 1000),
    "funnel": (".funnel", 1000),
    "ranges": ("figure.rows .wide svg", 1400),
    "table": (".sheet table.stack", 1000),
    "phone-table": (".sheet table.stack", 390),
    "phone-ranges": ("figure.rows .narrow svg", 390),
}


@pytest.mark.parametrize("colour", ["light", "dark"])
@pytest.mark.parametrize("part", PARTS)
def test_a_part_looks_as_it_should(visit: Visit, every_block: Path, part: str, colour: str) -> None:
    selector, width = PARTS[part]
    tab = visit(every_block, width=width, color_scheme=colour)
    tab.run("document.fonts.ready.then(() => 0)")
    shown = tab.page.locator(selector).first.screenshot(animations="disabled")
    kept = GOLDEN / f"{part}-{colour}.png"
    if os.environ.get("DETENTE_GOLDEN") == "renew":
        GOLDEN.mkdir(exist_ok=True)
        Image.open(io.BytesIO(shown)).convert("P", palette=Image.Palette.ADAPTIVE, colors=64).save(
            kept, optimize=True
        )
    differing = _differing(Image.open(io.BytesIO(shown)), Image.open(kept))
    if differing > MOST:
        REVIEW.mkdir(parents=True, exist_ok=True)
        (REVIEW / kept.name).write_bytes(shown)
    assert differing <= MOST, f"{differing:.1%} of {part} changed; look at {REVIEW / kept.name}"


def _differing(shown: Image.Image, kept: Image.Image) -> float:
    """Return the share of points that differ; 1 where even the size does."""
    if shown.size != kept.size:
        return 1.0
    apart = ImageChops.difference(shown.convert("L"), kept.convert("L"))
    return sum(apart.histogram()[FAR:]) / (shown.width * shown.height)


def test_the_comparison_sees_a_moved_label(visit: Visit, every_block: Path) -> None:
    tab = visit(every_block, width=1000)
    part = tab.page.locator(PARTS["cards"][0]).first
    before = Image.open(io.BytesIO(part.screenshot()))
    tab.run(
        "document.querySelectorAll('.card h3').forEach((h) => { h.style.transform = 'translateY(12px)'; })"
    )
    assert _differing(Image.open(io.BytesIO(part.screenshot())), before) > MOST
