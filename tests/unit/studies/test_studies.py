"""Each study on a number whose dependence on the case is known: carriers, flips, boxes, errors."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from detente.case.agreement import Quorum
from detente.case.model import Case
from detente.errors import InputProblems, UsageError
from detente.page import Ranges, Table
from detente.studies import discovery_view, montecarlo_view, robustness_view, sensitivity_view
from detente.studies.discovery import discovery
from detente.studies.montecarlo import montecarlo
from detente.studies.question import Asked, Question, of_option, question
from detente.studies.robustness import robustness
from detente.studies.sensitivity import Effort, sensitivity
from detente.studies.uncertain import drawn, fixed, uncertain
from detente.studies.worlds import sample, screen

Ask = Callable[..., Question]


def shift(case: Case, actor: str) -> float:
    """Return the middle of what no deal adds for an actor."""
    found = case.no_deal.worth[actor].shift
    assert found is not None
    return float(found.mid)


def linear(case: Case) -> float:
    """Return 0.5 less 0.02 for each point of Russia's shift, and 0.01 for each of Ukraine's above -7.5."""
    return 0.6 - 0.02 * shift(case, "RUS") - 0.01 * (shift(case, "UKR") + 7.5)


def test_inputs_are_the_ranges_at_the_places_the_measure_names(case: Case, ask: Ask) -> None:
    names = [u.name for u in uncertain(case, ask(linear).measure)]
    assert names == [f"no_deal.worth.{a}.shift" for a in ("RUS", "UKR", "USA", "EUR")]
    powers = uncertain(case, ask(linear, inputs=("actors",)).measure)
    assert all(u.name.endswith(".capability") and u.low < u.high for u in powers)
    assert {u.actor for u in powers} == {a.id for a in case.actors if a.capability}


def test_fixing_an_input_changes_it_alone_and_keeps_its_basis(case: Case, ask: Ask) -> None:
    u = uncertain(case, ask(linear).measure)[0]
    other = fixed(case, [u], [3.5])
    worth = other.no_deal.worth["RUS"]
    assert worth.shift is not None
    assert (worth.shift.low, worth.shift.high, worth.basis) == (3.5, 3.5, "guess")
    assert other.preferences == case.preferences
    power = uncertain(case, ask(linear, inputs=("actors.RUS",)).measure)[0]
    capability = fixed(case, [power], [80]).actor("RUS").capability
    assert capability is not None
    assert (capability.low, capability.high) == (80, 80)


def test_draws_lie_in_the_ranges_and_one_input_disturbs_no_other(case: Case, ask: Ask) -> None:
    inputs = uncertain(case, ask(linear).measure)
    x = drawn(inputs, 50, 7)
    assert all(u.low <= x[:, k].min() and x[:, k].max() <= u.high for k, u in enumerate(inputs))
    assert np.array_equal(drawn(inputs[1:], 50, 7), x[:, 1:])
    assert not np.array_equal(drawn(inputs, 50, 8), x)


def test_screening_finds_exactly_what_moves_the_number(case: Case, ask: Ask) -> None:
    q = ask(linear, inputs=("no_deal", "preferences"))
    inputs = uncertain(case, q.measure)
    runs: list[int] = []
    found = screen(case, q, inputs, lambda what, done, most: runs.append(done))
    assert [s.input.name for s in found] == ["no_deal.worth.RUS.shift", "no_deal.worth.UKR.shift"]
    assert (found[0].at_low, found[0].at_high) == (pytest.approx(0.8), pytest.approx(0.4))
    assert len(runs) < len(inputs)  # groups spare most of the runs


def test_sensitivity_finds_carriers_flips_and_shares(case: Case, ask: Ask) -> None:
    q = ask(linear)
    found = sensitivity(case, q, Effort(400))
    first, second = found.rows
    assert found.idle == 2
    assert first.flip is not None
    assert first.flip.at == pytest.approx(5, abs=0.1)
    assert (first.flip.upwards, first.flip.inside) == (True, True)
    assert second.flip is not None
    assert (second.flip.at, second.flip.inside) == (pytest.approx(2.5, abs=0.5), False)
    # Uniform inputs: variance goes with the squared slope times width, 0.4 against 0.15.
    expected = 0.4**2 / (0.4**2 + 0.15**2)
    assert first.share is not None
    assert abs(first.share.value - expected) < max(3 * first.share.error, 0.1)
    assert first.error == 0  # the made-up lens has no noise
    assert found.yes is not None
    assert found.wrong == pytest.approx(min(found.yes, 1 - found.yes))
    assert first.drop is not None
    assert first.drop.value > 0.05


def test_effort_limits_what_is_looked_at(case: Case, ask: Ask) -> None:
    q = ask(linear, inputs=("no_deal", "preferences"))
    found = sensitivity(case, q, Effort(0, shown=1, basis=("guess",)))
    assert [r.sought for r in found.rows] == [True, False]
    assert all(r.share is None and r.drop is None for r in found.rows)
    every = uncertain(case, q.measure)
    assert len(found.rows) + found.idle == sum(u.basis == "guess" for u in every) < len(every)


def test_where_nothing_is_uncertain_nothing_carries(case: Case, ask: Ask) -> None:
    found = sensitivity(case, ask(lambda c: 0.7), Effort(40))
    assert found.rows == ()
    assert sensitivity_view.view(found).title == "No uncertain input moves the answer alone"


def test_the_sensitivity_page_says_what_the_study_found(case: Case, ask: Ask) -> None:
    found = sensitivity(case, ask(linear), Effort(120))
    page = sensitivity_view.view(found)
    assert "“Russia: worth of no deal, shift”" in page.title
    assert "can flip the answer alone" in page.title
    figure, table = page.sections[0].blocks
    assert isinstance(figure, Ranges)
    assert figure.reference == pytest.approx(0.6)
    marks = {r.label: (r.low, r.high) for g in figure.groups for r in g.ranges}
    assert marks["Russia: worth of no deal, shift"] == (pytest.approx(0.4), pytest.approx(0.8))
    assert isinstance(table, Table)
    assert [row[0].text for row in table.rows] == [r.input.label for r in found.rows]
    assert "above about 5" in page.sections[1].lead


def test_without_a_threshold_there_are_no_flips(case: Case, ask: Ask) -> None:
    found = sensitivity(case, ask(lambda c: 100 * linear(c), "points", None), Effort(60))
    assert all(r.flip is None and r.drop is None for r in found.rows)
    assert [s.id for s in sensitivity_view.view(found).sections] == ["carry", "limits"]


def test_worlds_without_the_number_are_left_out_and_counted(case: Case, ask: Ask) -> None:
    q = ask(lambda c: None if shift(c, "RUS") > 5 else linear(c))
    inputs = uncertain(case, q.measure)
    found = sample(case, q, inputs, (60, 1))
    assert 0 < (~found.known).sum() < 60
    assert np.isfinite(found.y[found.known]).all()
    assert sensitivity(case, q, Effort(80)).answers < 80


def test_values_no_case_may_combine_are_worlds_without_a_number(case: Case, ask: Ask) -> None:
    """The side that rises in a commitment problem must not end up weaker: some draws would have it so."""
    q = ask(lambda c: 0.7, inputs=("durability.commitment",))
    inputs = uncertain(case, q.measure)
    found = sample(case, q, inputs, (40, 1))
    assert 0 < found.known.sum() < 40
    spread = montecarlo(case, q, size=(40, 1)).spreads[0]
    assert len(spread.values) == found.known.sum()
    assert sensitivity(case, q, Effort(40)).answers == found.known.sum()


def test_a_further_number_that_does_not_exist_is_refused(case: Case, ask: Ask) -> None:
    with pytest.raises(UsageError, match="has no number 'nonsense'"):
        montecarlo(case, ask(linear), ("nonsense",), (20, 1))


def test_discovery_finds_the_corner_and_says_it(case: Case, ask: Ask) -> None:
    q = ask(lambda c: 1.0 if shift(c, "RUS") < -4 and shift(c, "UKR") < -5 else 0.0)
    found = discovery(case, q, worlds=400)
    holds = next(s for s in found.scenarios if s.holds)
    assert {r.input.name for r in holds.restrictions} == {
        "no_deal.worth.RUS.shift",
        "no_deal.worth.UKR.shift",
    }
    assert holds.density > 0.9
    assert holds.coverage > 0.9
    tops = {r.input.actor: r.high for r in holds.restrictions}
    assert tops["RUS"] == pytest.approx(-4, abs=0.5)
    assert tops["UKR"] == pytest.approx(-5, abs=1)
    page = discovery_view.view(found)
    assert page.title.startswith(
        "The headline holds mostly where “Russia: worth of no deal, shift” is at most"
    )
    assert any("coverage" in s.lead for s in page.sections)


def test_discovery_where_all_worlds_agree(case: Case, ask: Ask) -> None:
    found = discovery(case, ask(lambda c: 0.9 + linear(c) / 100), worlds=30)
    assert found.scenarios == ()
    page = discovery_view.view(found)
    assert page.title == "The headline holds in every world drawn"
    assert f"in all of {found.answers:,} worlds" in page.lead
    with pytest.raises(UsageError, match="--threshold"):
        discovery(case, ask(linear, "points", None), worlds=30)


def test_robustness_tries_every_kind_and_keeps_the_reasons(case: Case, ask: Ask) -> None:
    q = ask(lambda c: 0.3 if c.actor("USA").consent else 0.9)
    found = robustness(case, q)
    assert {t.kind for t in found.trials} >= {"Seed", "Rule", "Consent", "Basis"}
    assert [t.what for t in found.broken] == ["United States must agree too"]
    page = robustness_view.view(found)
    assert (
        page.title == f"The answer stays under {len(found.told) - 1} of {len(found.told)} other choices tried"
    )
    table = page.sections[0].blocks[0]
    assert isinstance(table, Table)
    assert len(table.rows) == len(found.trials)


def test_robustness_tries_one_acceptance_more_and_one_fewer(case: Case, ask: Ask) -> None:
    voted = case.model_copy(update={"quorum": Quorum(of=("EUR", "USA", "CHN"), at_least=2)})

    def least(c: Case) -> float:
        return 0.3 if c.quorum is not None and c.quorum.at_least > 2 else 0.9

    found = robustness(voted, ask(least))
    who = "Europe, United States and China must accept"
    assert [t.what for t in found.trials if "at least" in t.what] == [
        f"at least one of {who}",
        f"at least three of {who}",
    ]
    assert [t.what for t in found.broken] == [f"at least three of {who}"]


def test_red_lines_move_the_way_that_could_change_the_answer(case: Case, ask: Ask) -> None:
    def accepted(c: Case) -> int:
        return len(c.preferences["RUS"]["line"].accepts["flexible"])

    places = ("preferences", "no_deal")
    on_file = accepted(case)
    wider = robustness(case, ask(lambda c: float(accepted(c) > on_file), inputs=places))
    assert [t.kind for t in wider.broken] == ["Red line"]
    assert "acceptable too" in wider.broken[0].what
    closer = robustness(case, ask(lambda c: float(accepted(c) >= on_file), inputs=places))
    assert [t.kind for t in closer.broken] == ["Red line"]
    assert "no longer acceptable" in closer.broken[0].what


def test_what_holds_if_talks_fail_is_tried_option_by_option(case: Case, ask: Ask) -> None:
    q = ask(lambda c: float(c.no_deal.options["sanc"] != "raise"))
    found = robustness(case, q)
    assert [t.kind for t in found.broken] == ["If talks fail"]
    tried = [t for t in found.trials if t.kind == "If talks fail"]
    assert len(tried) == sum(len(i.options) - 1 for i in case.issues if i.core)


def test_dropping_guesses_opens_their_ranges(case: Case, ask: Ask) -> None:
    def width(c: Case) -> float:
        found = c.no_deal.worth["RUS"].shift
        assert found is not None
        return found.high - found.low

    found = robustness(case, ask(width, "points", 20.5))
    values = {t.what: t.value for t in found.trials if t.kind == "Basis"}
    assert values["guessed ranges 2 times as wide"] == 40
    assert values["guesses dropped: their ranges opened to the whole scale"] == 100


def test_montecarlo_knows_its_own_error(case: Case, ask: Ask) -> None:
    found = montecarlo(case, ask(linear), size=(300, 2))
    spread = found.spreads[0]
    assert spread.mean is not None
    assert spread.mean_error is not None
    assert abs(spread.mean - 0.6) < 4 * spread.mean_error
    assert all(q.low <= q.value <= q.high for q in spread.quantiles)
    assert spread.above is not None
    # P(0.02 r + 0.01 u < 0.1) for r uniform on -10..10 and u on -7.5..7.5
    rng = np.random.default_rng(0)
    truth = (0.02 * rng.uniform(-10, 10, 10**6) + 0.01 * rng.uniform(-7.5, 7.5, 10**6) <= 0.1).mean()
    assert spread.above.low <= truth <= spread.above.high
    page = montecarlo_view.view(found)
    assert page.title.startswith("In nine of ten worlds")


def test_the_same_seed_gives_the_same_study(case: Case, ask: Ask) -> None:
    q = ask(linear)
    one, two = (sensitivity(case, q, Effort(60, 3)) for _ in range(2))
    assert one.rows == two.rows
    assert montecarlo(case, q, size=(40, 3)).spreads == montecarlo(case, q, size=(40, 3)).spreads


def test_a_question_is_chosen_and_refused_in_words(case: Case) -> None:
    found = question(case, Asked(options=("draws=60",)))
    assert found.lens.name == "settlement"
    assert found.measure.unit == "share of draws"
    assert found.alone is not None
    assert question(case, Asked("forecast", "median.line")).options.challenge_runs == 0
    for asked, said in (
        (Asked("nonsense"), "cannot be studied by 'nonsense'"),
        (Asked(measure="nonsense"), "has no number 'nonsense'"),
        (Asked(options=("nonsense=1",)), "is no option of the settlement lens"),
        (Asked(options=("draws=0",)), "cannot use draws"),
    ):
        with pytest.raises(UsageError, match=said):
            question(case, asked)
    assert of_option(found.options)["no_deal"] == ("model",)


def test_a_value_off_the_scale_is_refused(case: Case, ask: Ask) -> None:
    salience = uncertain(case, ask(linear, inputs=("preferences.RUS",)).measure)[0]
    with pytest.raises(InputProblems):
        fixed(case, [salience], [140])
