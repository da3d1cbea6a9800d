"""The data behind a reader's own deal: the model's numbers, small, the same every time."""

from __future__ import annotations

import base64
import json
from typing import Any

import numpy as np
import pytest

from detente.brief import builder as module
from detente.brief.builder import builder
from detente.brief.compose import compose
from detente.case.model import Case
from detente.lens import Run
from detente.lenses.settlement import LENS, Options
from detente.lenses.settlement.result import Settlement
from detente.methods.space import count_deals, enumerate_deals
from detente.render.builder import Builder
from detente.render.html import to_html
from detente.table.encode import encode


@pytest.fixture(scope="module")
def run(alaska: Case) -> Run[Any, Any]:
    return LENS.apply(alaska, Options(draws=200))


@pytest.fixture(scope="module")
def made(alaska: Case, run: Run[Options, Settlement]) -> Builder:
    found = builder(alaska, run)
    assert found is not None
    return found


def test_each_deal_has_the_share_the_brief_prints(
    alaska: Case, run: Run[Options, Settlement], made: Builder
) -> None:
    assert made.shares is not None
    enc = encode(alaska)
    rows = {tuple(d): n for n, d in enumerate(enumerate_deals(enc.scoped).tolist())}
    assert len(made.shares.together) == len(rows) == count_deals(enc.scoped)
    misses = run.result.widest.misses
    assert misses
    for deal in misses:
        at = rows[tuple(enc.index(dict(zip(run.result.issues, deal.options, strict=True))).tolist())]
        assert made.shares.together[at] == round(100 * deal.accepted.value)
        assert enc.actors[enc.required[made.shares.first[at]]].id == deal.refuses_first
        alone = dict(deal.by_actor)
        for p, shares in zip(enc.required, made.shares.alone, strict=True):
            assert shares[at] == round(100 * alone[enc.actors[p].id].value)


def test_it_begins_with_the_nearest_miss_and_ends_with_no_deal(made: Builder, alaska: Case) -> None:
    assert made.starts[0][0] == "The nearest miss (A)"
    assert made.starts[-1] == ("No deal", tuple(encode(alaska).no_deal.tolist()))
    assert [name for name, _ in made.starts[1:-1]] == [deal.name for deal in alaska.deals]


def test_a_large_space_gets_means_instead(
    alaska: Case, run: Run[Options, Settlement], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "EMBEDDED", 10)
    found = builder(alaska, run)
    assert found is not None
    assert found.shares is None
    assert found.means is not None
    best = np.array([[max(options) for options in actor] for actor in found.means.points]).sum(axis=1)
    assert (best > 99).all()
    assert (best < 101).all()


def test_a_modelled_worth_of_no_deal_has_no_builder(alaska: Case) -> None:
    assert builder(alaska, LENS.apply(alaska, Options(draws=20, no_deal="model"))) is None


def test_the_data_are_small_and_the_same_every_time(
    alaska: Case, run: Run[Options, Settlement], made: Builder
) -> None:
    text = made.to_json()
    assert len(text) < 100_000
    again = builder(alaska, run)
    assert again is not None
    assert again.to_json() == text
    assert base64.b64decode(json.loads(text)["shares"]["together"]) == made.shares.together  # type: ignore[union-attr]


def test_the_quick_brief_stays_below_a_megabyte(alaska: Case) -> None:
    page = to_html(compose(alaska, draws=200).document)
    assert len(page.encode()) < 1_000_000
    assert 'id="own-deal-data"' in page


@pytest.mark.slow
def test_the_full_brief_stays_below_two_megabytes(alaska: Case) -> None:
    assert len(to_html(compose(alaska, full=True).document).encode()) < 2_000_000
