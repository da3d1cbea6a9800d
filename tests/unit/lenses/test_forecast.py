"""The forecast lens: numbers by hand, refusals, empty zones, and a page that says what the result says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from detente.case.load import load_case
from detente.case.model import Case
from detente.errors import InputProblems, UsageError
from detente.exchange.ktab import read_ktab
from detente.lens import Run
from detente.lenses.forecast import LENS, Options
from detente.lenses.forecast import view_words as say
from detente.lenses.forecast.result import JOINT, Forecast
from detente.methods.spatial import mixture
from detente.page import Caveat, Page, Strip, Table

QUICK = Options(draws=200, challenge_runs=0)


def actor(name: str, capability: tuple[float, float], consent: bool = True) -> dict[str, Any]:
    power = {"low": capability[0], "high": capability[1]}
    return {"id": name, "name": f"{name} land", "role": "party", "consent": consent, "capability": power}


def view_of(order: list[Any], salience: tuple[float, float]) -> dict[str, Any]:
    return {"order": order, "salience": list(salience)}


def talks(**changes: Any) -> Case:
    """Return two parties and a mediator on two issues with a scale and one without."""
    options = [{"id": f"o{p}", "text": f"Place {p}", "position": p} for p in (0, 40, 100)]
    case = {
        "format": 1,
        "id": "talks",
        "title": "Talks",
        "as_of": "2020-01-01",
        "analyst": "test",
        "readings": {"stated": {"text": "As stated."}},
        "actors": [actor("A", (40, 40)), actor("B", (20, 20)), actor("M", (10, 30), consent=False)],
        "stakes": [{"id": "all", "name": "All", "decides": "Everything."}],
        "issues": [
            {
                "id": "line",
                "stake": "all",
                "name": "The line",
                "options": options,
                "scale": "0: east; 100: west",
            },
            {"id": "toll", "stake": "all", "name": "The toll", "options": options},
            {"id": "flag", "stake": "all", "name": "The flag", "options": [{"id": "x", "text": "X"}]},
        ],
        "preferences": {
            "A": {
                "line": view_of(["o0", "o40", "o100"], (50, 50)),
                "toll": view_of(["o100", "o40", "o0"], (20, 20)),
            },
            "B": {
                "line": view_of(["o100", "o40", "o0"], (100, 100)),
                "toll": view_of(["o0", "o40", "o100"], (80, 80)),
            },
            "M": {"line": view_of([["o0", "o40"], "o100"], (10, 90)), "flag": view_of(["x"], (5, 5))},
        },
        "no_deal": {"options": {"line": "o40", "toll": "o0"}},
        **changes,
    }
    return Case.model_validate(case)


def result(case: Case, options: Options = QUICK) -> Forecast:
    return LENS.run(case, options)


def test_by_hand_without_uncertainty() -> None:
    fixed = talks(
        actors=[actor("A", (40, 40)), actor("B", (20, 20)), actor("M", (20, 20))],
        preferences={
            "A": {"line": view_of(["o0", "o40", "o100"], (50, 50))},
            "B": {"line": view_of(["o100", "o40", "o0"], (100, 100))},
            "M": {"line": view_of([["o0", "o40"], "o100"], (50, 50))},
        },
    )
    found = result(fixed, Options(draws=20, challenge_runs=0, issue=("line",))).issues[0]
    # Weights 40 x 50, 20 x 100 and 20 x 50 at 0, 100 and 20: the compromise is 44.
    assert found.anchors.compromise.low == found.anchors.compromise.high == pytest.approx(44)
    assert found.anchors.mean == pytest.approx(40)
    assert found.anchors.median.mid == pytest.approx(20)
    assert found.anchors.pivot == ("M land",)
    assert found.anchors.margin == pytest.approx(0.1)
    shares = {lever.actor: lever.weight.mid for lever in found.levers}
    assert shares == {"A": pytest.approx(0.4), "B": pytest.approx(0.4), "M": pytest.approx(0.2)}
    pulls = {lever.actor: lever.pull.mid for lever in found.levers}
    assert pulls["B"] == pytest.approx(44 - 20 / 3)
    assert found.levers[0].actor == "B"
    expected = mixture.cdf([20.0, 70.0], [0, 100, 20], [2, 2, 1])
    chances = [likely.chance for likely in found.likely]
    assert chances == pytest.approx([expected[0], expected[1] - expected[0], 1 - expected[1]])


def test_chances_add_up_and_match_samples() -> None:
    found = result(talks()).issues[0]
    assert sum(likely.chance for likely in found.likely) == pytest.approx(1)
    rng = np.random.default_rng(1)
    weight = np.column_stack(
        [
            np.full(40_000, 2000.0),
            np.full(40_000, 2000.0),
            rng.uniform(10, 30, 40_000) * rng.uniform(10, 90, 40_000),
        ]
    )
    drawn = mixture.sample(np.tile([0.0, 100.0, 20.0], (40_000, 1)), weight, rng)
    nearest = np.abs(drawn[:, None] - np.array([0.0, 40.0, 100.0])).argmin(axis=1)
    seen = np.bincount(nearest, minlength=3) / drawn.size
    assert [likely.chance for likely in found.likely] == pytest.approx(seen.tolist(), abs=0.02)


def test_asking_for_one_issue_changes_no_number() -> None:
    whole, alone = result(talks()), result(talks(), QUICK.model_copy(update={"issue": ("toll",)}))
    assert alone.issues[0].cdf.tobytes() == whole.issues[1].cdf.tobytes()
    assert alone.issues[0].zone == whole.issues[1].zone


def test_actors_in_another_order_change_no_number() -> None:
    case = talks()
    other = case.model_copy(update={"actors": case.actors[::-1]})
    one, two = result(case).issues[0], result(other).issues[0]
    assert one.cdf == pytest.approx(two.cdf, abs=1e-12)
    assert one.anchors.compromise.high == pytest.approx(two.anchors.compromise.high)


def test_issues_without_a_scale_are_named_with_the_reason() -> None:
    assert result(talks()).skipped == (("The flag", "its options have no places on a scale"),)
    with pytest.raises(UsageError, match="no forecast for 'flag'"):
        result(talks(), QUICK.model_copy(update={"issue": ("flag",)}))
    with pytest.raises(UsageError, match="there is no issue 'moon'"):
        result(talks(), QUICK.model_copy(update={"issue": ("moon",)}))


def test_a_case_without_any_scale_is_missing_something() -> None:
    bare = talks(
        issues=[{"id": "flag", "stake": "all", "name": "The flag", "options": [{"id": "x", "text": "X"}]}],
        preferences={"A": {"flag": view_of(["x"], (5, 5))}},
        no_deal={"options": {}},
    )
    assert "no issue has options" in LENS.missing(bare)
    assert LENS.missing(talks()) == ""
    with pytest.raises(UsageError, match="no forecast is possible here"):
        result(bare)


def test_opponents_around_no_deal_have_no_zone_and_no_point() -> None:
    """Two actors on either side of no deal, at no cost of its own, cannot both gain."""
    found = result(talks()).issues[0]
    assert found.zone is not None
    assert found.zone.actors == ("A land", "B land")
    assert (found.zone.exists, found.zone.low, found.zone.point) == (0.0, None, None)
    page = LENS.view(talks(), LENS.apply(talks(), QUICK))
    section = next(s for s in page.sections if s.id == "zones")
    assert "No zone of agreement, and so no point, in any draw: The line" in section.lead
    table = section.blocks[0]
    assert isinstance(table, Table)
    assert "A land and B land" in table.title
    assert [c.text for c in table.rows[0][1:]] == ["0%", "no zone", "no point"]


def test_costs_of_no_deal_open_a_zone() -> None:
    worth = {
        "A": {"like": {"line": "o40"}, "shift": [-20, -20]},
        "B": {"worth": [10, 10]},
    }
    case = talks(no_deal={"options": {"line": "o40", "toll": "o0"}, "worth": worth})
    zone = result(case, Options(draws=50, challenge_runs=0, issue=("line",))).issues[0].zone
    assert zone is not None
    assert zone.low is not None
    assert zone.high is not None
    assert zone.point is not None
    # A at 0 loses as if at distance sqrt(40^2 + 100 * 20) = 60; B at 100 as if at 10 sqrt(100 - 10) = 94.9.
    assert zone.exists == 1
    assert zone.low.mid == pytest.approx(100 - 10 * np.sqrt(90))
    assert zone.high.mid == pytest.approx(60)
    assert zone.low.mid < zone.point.mid < zone.high.mid


def test_a_quorum_bounds_the_zone_of_an_issue_its_voters_have_a_place_on() -> None:
    worth = {"A": {"like": {"line": "o40", "toll": "o0"}, "shift": [-20, -20]}, "B": {"worth": [10, 10]}}
    no_deal = {"options": {"line": "o40", "toll": "o0"}, "worth": worth}
    case = talks(no_deal=no_deal, quorum={"of": ["A", "M"], "at_least": 2})
    line, toll = result(case).issues
    assert line.zone is not None
    assert toll.zone is not None
    assert line.zone.high is not None
    assert line.zone.low is not None
    assert line.zone.point is not None
    # M stands at 20 and is as well off at no deal, at 40: it takes up to there; it has no place on the toll.
    assert line.zone.besides == (("M land",), 1)
    assert (line.zone.low.mid, line.zone.high.mid) == pytest.approx((100 - 10 * np.sqrt(90), 40))
    assert line.zone.low.mid < line.zone.point.mid <= 40
    assert toll.zone == result(talks(no_deal=no_deal)).issues[1].zone
    section = next(s for s in LENS.view(case, LENS.apply(case, QUICK)).sections if s.id == "zones")
    table, caveat = section.blocks
    assert isinstance(table, Table)
    assert isinstance(caveat, Caveat)
    assert "Besides, at least one of M land must accept on The line." in table.note
    assert "unless a quorum counts them" in caveat.body


def test_no_deal_never_enters_the_distribution() -> None:
    worth = {"A": {"worth": [0, 100]}}
    other = talks(no_deal={"options": {"line": "o100", "toll": "o100"}, "worth": worth})
    assert result(talks()).issues[0].cdf.tobytes() == result(other).issues[0].cdf.tobytes()


def test_without_two_required_actors_there_is_no_zone_to_show() -> None:
    nobody = talks(actors=[actor(n, (20, 30), consent=False) for n in "ABM"])
    assert result(nobody).issues[0].zone is None
    assert all(s.id != "zones" for s in LENS.view(nobody, LENS.apply(nobody, QUICK)).sections)
    unknown = talks(no_deal={"options": {"line": "o40"}})
    assert result(unknown).issues[1].zone is None
    assert result(unknown).issues[1].above_no_deal is None


def test_actors_without_capability_are_named_as_left_out() -> None:
    case = talks(
        actors=[actor("A", (40, 40)), actor("B", (20, 20)), {**actor("M", (0, 0)), "capability": None}]
    )
    found = result(case).issues[0]
    assert found.absent == ("M land",)
    page = LENS.view(case, LENS.apply(case, QUICK))
    section = next(s for s in page.sections if s.id == "issue-line")
    assert any(isinstance(b, Caveat) and "M land" in b.body for b in section.blocks)


def test_challenge_models_are_a_labelled_spread_and_can_be_left_out() -> None:
    case = talks()
    ran = LENS.apply(case, Options(draws=50, challenge_runs=24))
    told = ran.result.issues[0].challenges
    assert [len(f.challenges) for f in ran.result.issues] == [4, 4]
    assert told[-1].model == JOINT
    assert all(0 <= c.end.low <= c.end.mid <= c.end.high <= 100 for c in told)
    assert all(0 <= c.settled <= 1 for c in told)
    assert any(c.end.high > c.end.low for c in told)
    section = next(s for s in LENS.view(case, ran).sections if s.id == "challenges")
    assert "exploratory" in section.title
    assert Caveat(say.EXPLORATORY) in section.blocks
    without = LENS.view(case, LENS.apply(case, QUICK))
    assert all(s.id != "challenges" for s in without.sections)


def test_only_actors_with_a_place_on_every_issue_play_all_at_once() -> None:
    ran = LENS.apply(talks(), Options(draws=50, challenge_runs=24))
    movers = {p.mover for p in ran.result.issues[0].challenges[-1].presses}
    assert movers <= {"A land", "B land"}  # M has no view on the toll
    one = LENS.apply(talks(), Options(draws=50, challenge_runs=24, issue=("line",)))
    assert [c.model for c in one.result.issues[0].challenges if c.model == JOINT] == []


def test_the_original_program_runs_on_request_only() -> None:
    asked = Options(draws=50, challenge_runs=24, original=True, issue=("line",))
    models = [c.model for c in LENS.apply(talks(), asked).result.issues[0].challenges]
    assert "Spatial Model of Politics, original program" in models
    quiet = asked.model_copy(update={"original": False})
    assert len(LENS.apply(talks(), quiet).result.issues[0].challenges) == len(models) - 1


def test_linking_issues_is_found_where_saliences_differ() -> None:
    case = talks(
        preferences={
            "A": {"line": view_of(["o0", "o40", "o100"], (10, 10)), "toll": view_of(["o0"], (90, 90))},
            "B": {"line": view_of(["o100", "o40", "o0"], (90, 90)), "toll": view_of(["o100"], (10, 10))},
        },
        actors=[actor("A", (40, 40)), actor("B", (40, 40))],
    )
    trade = result(case).trades[0]
    assert (trade.giver, trade.taker) == ("A land", "B land")
    assert (trade.on, trade.against) == ("The line", "The toll")
    alike = {
        "A": {"line": view_of(["o0"], (50, 50)), "toll": view_of(["o0"], (50, 50))},
        "B": {"line": view_of(["o100"], (50, 50)), "toll": view_of(["o100"], (50, 50))},
    }
    assert result(talks(preferences=alike)).trades == ()


def strings(page: Page) -> str:
    return repr(page)


def test_every_page_says_where_the_calibration_comes_from() -> None:
    for case in (talks(), load_case("alaska-2025")):
        page = LENS.view(case, LENS.apply(case, QUICK))
        assert say.CALIBRATED in page.lead
        assert "European Union" in say.CALIBRATED
        assert "not on war" in say.CALIBRATED
        strips = [b for s in page.sections for b in s.blocks if isinstance(b, Strip)]
        assert len(strips) == len([s for s in page.sections if s.id.startswith("issue-")])
        assert all(say.IN_SHORT in strip.note for strip in strips)


def test_the_page_agrees_with_the_result() -> None:
    case = load_case("alaska-2025")
    ran = LENS.apply(case, QUICK)
    page = LENS.view(case, ran)
    table = page.sections[0].blocks[-1]
    assert isinstance(table, Table)
    for row, found in zip(table.rows, ran.result.issues, strict=True):
        best = max(found.likely, key=lambda likely: likely.chance)
        assert row[0].text == found.name
        assert row[1].text == best.place.label
        assert row[2].sort == best.chance
        assert row[6].text.startswith(max(found.levers, key=lambda q: abs(q.pull.mid)).name)
    named = {trace for row in table.rows for cell in row if (trace := cell.trace)}
    assert named <= {m.name for m in ran.result.measures()}
    assert {f.trace for f in page.headline} <= {m.name for m in ran.result.measures()}


def test_strips_of_core_issues_stand_up_front_and_add_up() -> None:
    case = load_case("alaska-2025")
    ran = LENS.apply(case, QUICK)
    page = LENS.view(case, ran)
    strips = [b for b in page.sections[0].blocks if isinstance(b, Strip)]
    assert not page.sections[0].annex
    assert [s.title for s in strips] == [i.name for i in case.issues if i.core]
    for strip, found in zip(strips, [f for f in ran.result.issues if f.core], strict=True):
        assert sum(strip.shares) == pytest.approx(1)
        assert len(strip.shares) == 21
        assert {s.label for s in strip.stands} == {lever.name for lever in found.levers}
        assert sum(s.weight for s in strip.stands) == pytest.approx(1, abs=0.02)
        assert [t.label for t in strip.ticks if t.base] == [found.no_deal.label if found.no_deal else ""]
        # What lies in the columns up to the middle is what the distribution says there.
        assert sum(strip.shares[:10]) == pytest.approx(found.cdf[47], abs=1e-9)


def test_measures_have_names_of_their_own_and_ordered_bounds() -> None:
    measures = result(load_case("alaska-2025")).measures()
    assert len({m.name for m in measures}) == len(measures)
    for m in measures:
        assert m.value is not None
        if m.low is not None and m.high is not None:
            assert m.low <= m.value <= m.high


def test_importing_the_lens_is_light() -> None:
    code = (
        "import sys; from detente.lenses.forecast import LENS, Options; Options()\n"
        "heavy = {'numpy', 'scipy', 'numba'} & set(sys.modules); assert not heavy, heavy"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


KTAB = Path(__file__).parents[2] / "data" / "spatial" / "imports"


def test_a_ktab_table_is_answered_like_a_case() -> None:
    foreign, path = LENS.foreign, KTAB / "ktab_SOE-Policy.csv"
    assert foreign is not None
    assert foreign.accepts(path)
    assert not foreign.accepts(Path("alaska-2025"))
    table = read_ktab(path)
    weight = table.power * table.salience[:, 0]
    found = foreign.run(path, QUICK)
    ran = Run(LENS.name, "0", path.name, "0", QUICK, found)
    mean = float(weight @ table.position[:, 0] / weight.sum())
    assert found.issues[0].anchors.compromise.mid == pytest.approx(mean)
    page = foreign.view(ran)
    assert say.CALIBRATED in page.lead
    assert table.dimensions[0] in page.title
    assert "without an interval" in str(page)


def test_a_broken_ktab_table_lists_every_problem(tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text("T,x,2,1\nActor,D,Power,Line,S\nA,,50,10,5\nB,,zz,190,40\n")
    assert LENS.foreign is not None
    with pytest.raises(InputProblems) as refused:
        LENS.foreign.run(path, QUICK)
    assert len(refused.value.problems) == 2


def test_harmless_departures_of_a_table_are_told(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    long = "A country with quite a long name"
    path.write_text(f"T,x,3,1\nActor,D,Power,Line,S\n{long},,50,10,5\nB,,20,90,40\nC,,20,50,40\n")
    assert LENS.foreign is not None
    found = LENS.foreign.run(path, QUICK)
    assert found.notes == ("line 3: the actor has 32 characters; the original reads 25",)
    page = LENS.foreign.view(Run(LENS.name, "0", path.name, "0", QUICK, found))
    assert found.notes[0] in strings(page)


def test_the_title_claims_no_more_than_was_asked() -> None:
    one = LENS.view(talks(), LENS.apply(talks(), Options(issue=("line",), draws=500, challenge_runs=0)))
    both = LENS.view(talks(), LENS.apply(talks(), QUICK))
    assert "on “" in one.title
    assert "every issue" not in one.title
    assert "of single actors" in both.title
    assert say.ONE_BY_ONE in both.lead
