"""Every lens sees the same worth of a deal and the same agreement: interactions and the quorum included."""

from __future__ import annotations

import copy
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.brief.builder import builder
from detente.case.model import Case
from detente.lenses import locate, ratification, ripeness, settlement
from detente.lenses.settlement.again import Again
from detente.lenses.stability.generate import generate
from detente.table.draws import draw
from detente.table.encode import encode

DRAWS = 16
FEW = settings(max_examples=12, deadline=None)
ACTORS = "ABCD"

BASE: dict[str, Any] = {
    "format": 1,
    "id": "small",
    "title": "A small case",
    "as_of": "2000-01-01",
    "analyst": "tests",
    "readings": {"strict": {"text": "as stated"}, "loose": {"text": "as hinted"}},
    "actors": [
        {"id": a, "name": f"Land {a}", "role": "party" if a in "AB" else "outside", "consent": a in "AB"}
        for a in ACTORS
    ],
    "stakes": [{"id": "s", "name": "Stake", "decides": "all"}],
    "ripeness": {"months": 3, "feels": {"A": {"month": [0, 0]}}},
    "ratification": {
        "readings": {"law": {"text": "as written"}},
        "gates": [
            {
                "id": "court",
                "name": "Court",
                "kind": "court",
                "days": [1, 2],
                "chances": [{"chance": [60, 90]}],
            }
        ],
        "routes": [{"id": "only", "name": "Only", "gates": ["court"], "basis": "guess"}],
    },
    "conflict": {
        "terms": [
            {"id": "break", "actor": "A", "term": "keeps it", "text": "break it", "effects": {"A": [1, 2]}}
        ]
    },
}


def small(seed: int) -> dict[str, Any]:
    """Return a case with three issues, interactions and mostly a quorum, as a file would have it."""
    rng = np.random.default_rng(seed)
    raw = copy.deepcopy(BASE)
    options = {i: [f"{i}{k}" for k in range(rng.integers(2, 4))] for i in ("u", "v", "w")}
    raw["issues"] = [
        {"id": i, "stake": "s", "name": i.upper(), "options": [{"id": o, "text": o} for o in found]}
        for i, found in options.items()
    ]
    raw["preferences"] = {a: {i: _view(rng, found) for i, found in options.items()} for a in ACTORS}

    def package() -> dict[str, str]:
        return {i: str(rng.choice(found)) for i, found in options.items()}

    worths = [{"worth": [20, 60]}, {"like": package()}, {"like": package(), "shift": [-10, 10]}, None]
    chosen = {a: worths[rng.integers(4)] for a in ACTORS}
    raw["no_deal"] = {"options": package(), "worth": {a: w for a, w in chosen.items() if w}}
    raw["deals"] = [{"id": f"d{k}", "name": f"Deal {k}", "options": package()} for k in range(3)]
    raw["interactions"] = [
        {
            "id": f"x{k}",
            "actor": str(rng.choice(list(ACTORS))),
            "when": {
                i: sorted({str(o) for o in rng.choice(options[i], 2)}) for i in ("u", "v", "w")[k % 2 :]
            },
            "points": [int(low), int(low) + 5],
        }
        for k, low in enumerate(rng.integers(-40, 30, 3))
    ]
    if rng.random() < 0.8:
        of = [a for a in ACTORS if rng.random() < 0.7] or ["C"]
        raw["quorum"] = {"of": of, "at_least": int(rng.integers(1, len(of) + 1))}
    return raw


def _view(rng: np.random.Generator, options: list[str]) -> dict[str, Any]:
    order = [str(o) for o in rng.permutation(options)]
    view: dict[str, Any] = {"order": order, "salience": [10, int(rng.integers(20, 90))]}
    if rng.random() < 0.6:
        kept = int(rng.integers(1, len(order) + 1))
        view["accepts"] = {"strict": order[:1], "loose": order[:kept]}
    return view


class Truth:
    """What each deal is worth and whether it is carried, by definition, deal by deal and draw by draw."""

    def __init__(self, case: Case) -> None:
        self.case, enc = case, encode(case)
        drawn = draw(enc, DRAWS, 1)
        self.deals = list(product(*[[o.id for o in issue.options] for issue in case.issues]))
        self.issues = [issue.id for issue in case.issues]
        self.worth = np.zeros((DRAWS, len(ACTORS), len(self.deals)))
        for d, deal in enumerate(self.deals):
            self.worth[:, :, d] = drawn.points[:, :, range(len(deal)), enc.index(self.named(deal))].sum(
                axis=2
            )
            for k, x in enumerate(case.interactions):
                if all(self.named(deal)[i] in options for i, options in x.when.items()):
                    self.worth[:, ACTORS.index(x.actor), d] += drawn.added[:, k]
        self.accepted = np.rint(1e6 * self.worth) >= np.rint(1e6 * drawn.worth)[:, :, None]
        self.carried = np.apply_along_axis(self.enough, 1, self.accepted)

    def named(self, deal: tuple[str, ...]) -> dict[str, str]:
        return dict(zip(self.issues, deal, strict=True))

    def enough(self, accepting: np.ndarray) -> bool:
        yes = {a for a, accepts in zip(ACTORS, accepting, strict=True) if accepts}
        rule = self.case.quorum
        return {"A", "B"} <= yes and (rule is None or len(yes & set(rule.of)) >= rule.at_least)

    def inside(self, reading: str, dropped: frozenset[tuple[str, str]] = frozenset()) -> np.ndarray:
        def fits(actor: str, deal: tuple[str, ...]) -> bool:
            views = self.case.preferences[actor]
            return all(
                (actor, i) in dropped or o in views[i].accepts[reading]
                for i, o in self.named(deal).items()
                if reading in views[i].accepts
            )

        return np.array([self.enough(np.array([fits(a, deal) for a in ACTORS])) for deal in self.deals])

    def row(self, options: dict[str, str]) -> int:
        return self.deals.index(tuple(options[i] for i in self.issues))


def cases() -> st.SearchStrategy[Case]:
    return st.integers(0, 10_000).map(lambda seed: Case.model_validate(small(seed)))


@FEW
@given(cases())
def test_settlement_and_its_quick_form_see_the_truth(case: Case) -> None:
    truth, options = Truth(case), settlement.Options(draws=DRAWS)
    found = settlement.LENS.run(case, options)
    assert found.interests.value == truth.carried.any(axis=1).mean()
    for reading in found.readings:
        inside = truth.inside(reading.reading)
        assert reading.lines.zone == inside.sum()
        assert reading.possible.value == truth.carried[:, inside].any(axis=1).mean()
    assert Again()(case, options).measures() == found.measures()
    for view in found.widest.misses or found.widest.efficient:
        d = truth.row(dict(zip(found.issues, view.options, strict=True)))
        assert view.accepted.value == truth.carried[:, d].mean()
        assert [s.value for _, s in view.by_actor] == truth.accepted[:, :, d].mean(axis=0).tolist()


@FEW
@given(cases())
def test_what_would_have_to_move_is_counted_under_the_quorum(case: Case) -> None:
    truth, found = Truth(case), settlement.LENS.run(case, settlement.Options(draws=DRAWS))
    every = [frozenset((a, i) for a in ACTORS) for i in truth.issues]
    alone = dict(zip(truth.issues, every, strict=True))
    for reading in found.readings:
        lines, name = reading.lines, reading.reading
        assert dict(lines.single_issues) == {i: truth.inside(name, alone[i]).sum() for i in truth.issues}
        for issues, opens in lines.by_issue:
            dropped = frozenset().union(*(alone[i] for i in issues))
            assert opens == truth.inside(name, dropped).sum() > 0
            for spared in issues:
                assert not truth.inside(name, dropped - alone[spared]).any()
        for issue, common in lines.common:
            aside = frozenset().union(*(alone[i] for i in truth.issues if i != issue))
            d = {deal[truth.issues.index(issue)] for deal in np.array(truth.deals)[truth.inside(name, aside)]}
            assert set(common) == d
        for x in lines.relaxations:
            assert x.opens == truth.inside(name, frozenset(c.line for c in x.concessions)).sum()
        for view in reading.misses:
            d = truth.row(dict(zip(found.issues, view.options, strict=True)))
            assert view.broken
            assert truth.inside(name, frozenset(view.broken))[d]


@FEW
@given(cases())
def test_locate_sees_the_same(case: Case) -> None:
    truth = Truth(case)
    for deal in case.deals:
        found = locate.LENS.run(case, locate.Options(deal=(deal.id,), draws=DRAWS))
        assert found.shown is not None
        d = truth.row(dict(deal.options))
        assert found.shown.accepted.value == truth.carried[:, d].mean()
        better = truth.carried.mean(axis=0) > found.shown.accepted.value
        assert found.rank == better.sum() + 1


@FEW
@given(cases())
def test_ripeness_sees_the_same_today_and_while_nothing_moves(case: Case) -> None:
    truth = Truth(case)
    found = ripeness.LENS.run(case, ripeness.Options(draws=DRAWS))
    for window in found.windows:
        inside = truth.inside(window.reading) if window.reading else np.ones(len(truth.deals), bool)
        assert window.deals == inside.sum()
        assert set(window.share) == {truth.carried[:, inside].any(axis=1).mean()}
    for deal in found.deals:
        d = truth.row(dict(deal.options))
        assert set(deal.share) == {truth.carried[:, d].mean()}
        refuses = {a: (~truth.accepted[:, ACTORS.index(a), d]).mean() for a in deal.refuses}
        assert deal.refuses == refuses


@FEW
@given(cases())
def test_ripeness_fills_an_open_deal_with_what_is_carried_most_often(case: Case) -> None:
    truth = Truth(case)
    (found,) = ripeness.LENS.run(
        case, ripeness.Options(draws=DRAWS, deal=(f"u={case.issues[0].options[0].id}",))
    ).deals
    fitting = [d for d, deal in enumerate(truth.deals) if deal[0] == case.issues[0].options[0].id]
    assert found.share[0] == max(truth.carried[:, fitting].mean(axis=0))


@FEW
@given(cases())
def test_ratification_counts_the_same_deals_inside_the_red_lines(case: Case) -> None:
    truth = Truth(case)
    found = ratification.LENS.run(case, ratification.Options(draws=128))
    assert {o.red_lines: o.accepted for o in found.overlaps} == {
        r: truth.inside(r).sum() for r in case.readings
    }


@FEW
@given(cases())
def test_stability_starts_from_the_same_worth(case: Case) -> None:
    truth, enc = Truth(case), encode(case, "all")
    assert case.conflict is not None
    drawn = draw(enc, DRAWS, 1)
    for deal in case.deals:
        conflict = generate(enc, case.conflict, enc.index(deal.options))
        points = conflict.utilities(drawn, np.zeros((DRAWS, 1)))
        d = truth.row(dict(deal.options))
        assert points[:, 0, 0] == pytest.approx(truth.worth[:, 0, d], abs=1e-9)


@FEW
@given(cases())
def test_a_readers_own_deal_has_the_same_shares(case: Case) -> None:
    truth = Truth(case)
    made = builder(case, settlement.LENS.apply(case, settlement.Options(draws=DRAWS)))
    assert made is not None
    assert made.shares is not None
    for k, share in enumerate(truth.carried.mean(axis=0)):
        coded = {0.0: 101, 1.0: 103}.get(share, round(100 * share))
        assert made.shares.together[k] == coded


@pytest.mark.parametrize("seed", [5, 7, 17])
def test_red_lines_are_priced_over_the_deals_of_a_coalition_they_open(seed: int) -> None:
    """Here the first coalition all owners of the lines belong to gets no deal, and a later one does."""
    found = settlement.LENS.run(Case.model_validate(small(seed)), settlement.Options(draws=DRAWS))
    for reading in found.readings:
        assert all(x.opens and len(x.concessions) >= 1 for x in reading.lines.relaxations if x.concessions)
    assert any(reading.lines.relaxations for reading in found.readings)
