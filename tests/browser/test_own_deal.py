"""A deal of the reader's own: chosen by keyboard, kept in the address, counted as in Python."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from detente.brief import builder as module
from detente.brief.builder import builder
from detente.brief.compose import compose
from detente.case.agreement import Interaction, Quorum
from detente.case.load import load_case
from detente.lenses.settlement import LENS, Options
from detente.methods.redlines import agreed
from detente.methods.space import enumerate_deals
from detente.render.html import to_html
from detente.table.agreeing import agreement
from detente.table.draws import draw
from detente.table.encode import encode

Visit = Callable[..., Any]
ANSWER = "document.querySelector('.answer').innerText"


def test_a_deal_chosen_by_keyboard_changes_the_verdict_and_its_link_restores_it(
    visit: Visit, flagship: Path
) -> None:
    tab = visit(flagship)
    before = tab.run(ANSWER)
    tab.run("document.getElementById('own-0').focus()")
    tab.page.keyboard.press("Home")
    changed = tab.run(ANSWER)
    assert changed != before
    assert "cannot stand together" in changed
    fragment = tab.run("location.hash")
    assert fragment.startswith("#deal=form:continue,line:")
    tab = visit(flagship, fragment)
    assert tab.run(ANSWER) == changed
    assert tab.run("document.getElementById('own-0').selectedIndex") == 0


def test_every_choice_is_reached_by_tab_and_named(visit: Visit, flagship: Path) -> None:
    tab = visit(flagship)
    tab.run("document.getElementById('own-start').focus()")
    met = []
    for _ in range(7):
        tab.page.keyboard.press("Tab")
        met.append(tab.run("document.activeElement.labels?.[0]?.innerText ?? ''"))
    assert met == [i.name for i in load_case("alaska-2025").issues if i.core]


def test_a_link_with_names_the_case_lacks_changes_nothing(visit: Visit, flagship: Path) -> None:
    tab = visit(flagship)
    before = tab.run(ANSWER)
    tab = visit(flagship, "#deal=nothing:there,form:none,%E0%A4%A:x")
    assert tab.run(ANSWER) == before
    assert tab.complaints == []


def test_trying_the_nearest_package_reaches_it(visit: Visit, flagship: Path) -> None:
    tab = visit(flagship)
    tab.run("document.querySelector('.take').click()")
    assert "Closest is your deal" in tab.run(ANSWER)
    assert tab.run("document.activeElement.tagName") == "SELECT"


def test_the_page_says_when_it_cannot_work_without_script(visit: Visit, flagship: Path) -> None:
    tab = visit(flagship, java_script_enabled=False)
    assert "This part needs script" in tab.page.inner_text("body")
    assert "This part needs script" not in visit(flagship).page.inner_text("body")


@pytest.fixture(scope="module")
def counted() -> Any:
    """Return what Python finds for every deal of the flagship."""
    case = load_case("alaska-2025")
    found = builder(case, LENS.apply(case, Options()))
    assert found is not None
    assert found.shares is not None
    return encode(case), found


def test_rules_shares_and_red_lines_are_those_of_the_model(
    visit: Visit, flagship: Path, counted: Any
) -> None:
    enc, found = counted
    deals = enumerate_deals(enc.scoped)
    together = np.frombuffer(found.shares.together, dtype=np.uint8)
    tab = visit(flagship)
    for row in np.linspace(0, len(deals) - 1, 25).astype(int):
        deal = deals[row].tolist()
        said = _choose(tab, deal)
        share = {101: "none", 102: "under 1%", 103: "over 99%"}.get(int(together[row]), f"{together[row]}%")
        assert f"{share} of {found.shares.draws:,} draws" in said, deal
        for p, actor in enumerate(found.actors):
            refuses = any(deal[i] not in allowed for i, allowed in enumerate(found.readings[0].accepts[p]))
            first = said.split("With red lines as published", 1)[1].split("With ", 1)[0]
            assert (f"{actor} refuses on" in first) == refuses, deal
            assert (f"{actor} could accept" in first) != refuses, deal


def test_what_rules_forbid_is_refused_in_their_words(visit: Visit, flagship: Path, counted: Any) -> None:
    enc, found = counted
    stands = {tuple(d) for d in enumerate_deals(enc.scoped).tolist()}
    rng = np.random.default_rng(1)
    tab = visit(flagship)
    seen = set()
    for deal in rng.integers(0, enc.space.sizes, (40, len(enc.space.sizes))).tolist():
        said = _choose(tab, deal)
        refused = any(ban.text in said for ban in found.bans)
        assert refused == (tuple(deal) not in stands), deal
        seen.add(refused)
    assert seen == {True, False}


def _choose(tab: Any, deal: list[int]) -> str:
    """Choose a deal and return the whole answer."""
    script = (
        f"{json.dumps(deal)}.forEach((o, i) => (document.getElementById('own-' + i).value = String(o)));"
        "document.getElementById('own-0').dispatchEvent(new Event('change'));" + ANSWER
    )
    return str(tab.run(script))


def test_a_space_too_large_to_embed_is_answered_from_mean_points(
    visit: Visit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "EMBEDDED", 10)
    file = tmp_path / "large.html"
    file.write_text(to_html(compose(load_case("alaska-2025"), draws=100).document), "utf-8")
    tab = visit(file)
    said = tab.run(ANSWER)
    assert "There are too many deals to keep a share of draws for each." in said
    assert "within three changes" in said
    tab.run("document.getElementById('own-1').focus()")
    tab.page.keyboard.press("Home")
    assert tab.run(ANSWER) != said
    assert tab.complaints == []


@pytest.fixture(scope="module")
def voted() -> Any:
    """Return the flagship with a quorum of one of two, and points for two options together."""
    effect = {"id": "x", "actor": "USA", "when": {"line": ["freeze"], "sanc": ["lift"]}, "points": [-60, -60]}
    parts = {
        "interactions": (Interaction.model_validate(effect),),
        "quorum": Quorum(of=("USA", "EUR"), at_least=1),
    }
    return load_case("alaska-2025").model_copy(update=parts)


def test_a_quorum_is_counted_as_the_model_counts_it(visit: Visit, tmp_path: Path, voted: Any) -> None:
    file = tmp_path / "voted.html"
    file.write_text(to_html(compose(voted, draws=100).document), "utf-8")
    run = LENS.apply(voted, Options(draws=100))
    enc, made = encode(voted), builder(voted, run)
    assert made is not None
    assert made.shares is not None
    tab = visit(file)
    assert "Besides, at least one of" in tab.run("document.getElementById('own-deal').innerText")
    rule, deals = agreement(enc), enumerate_deals(enc.scoped)
    inside = agreed(enc.accepts[run.result.widest.reading], rule, deals)
    together = np.frombuffer(made.shares.together, dtype=np.uint8)
    chosen = [*np.flatnonzero(inside)[:5], *np.linspace(0, len(deals) - 1, 20).astype(int)]
    for row in chosen:
        said = _choose(tab, deals[row].tolist())
        share = {101: "none", 102: "under 1%", 103: "over 99%"}.get(int(together[row]), f"{together[row]}%")
        assert f"{share} of 100 draws hold it better than no deal for all who must agree" in said
        assert said.startswith("Inside the red lines of all who must agree") == bool(inside[row]), said
    nearest = run.result.widest.misses or run.result.widest.efficient
    lines = {len(x.concessions) for x in run.result.widest.lines.relaxations}
    said = _choose(tab, enc.index(dict(zip(run.result.issues, nearest[0].options, strict=True))).tolist())
    assert ("Closest is your deal" in said) == (min(lines) > 0)
    assert tab.complaints == []


def test_mean_points_count_options_together(
    visit: Visit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, voted: Any
) -> None:
    monkeypatch.setattr(module, "EMBEDDED", 10)
    file = tmp_path / "large.html"
    file.write_text(to_html(compose(voted, draws=100).document), "utf-8")
    tab, enc = visit(file), encode(voted)
    mean = draw(enc, 100, 1).middle()
    wanted, deals = enc.index({"line": "freeze", "sanc": "lift"}), enumerate_deals(enc.scoped)
    deal = next(d for d in deals if ((wanted < 0) | (d == wanted)).all())
    row = [a.id for a in enc.actors].index("USA")
    gain = mean.gains(deal[None], [row])[0, 0, 0] / 1e6
    assert gain < -10
    assert f"{enc.actors[row].name} loses {-gain:.0f} points" in _choose(tab, deal.tolist())
