"""The page says what the result holds: numbers, names and directions."""

from __future__ import annotations

import json
from dataclasses import is_dataclass

import pytest

from detente import words
from detente.case.model import Case
from detente.exchange.gmcr import parse_gmcr
from detente.lenses.stability import LENS, Options
from detente.lenses.stability import view_words as say
from detente.lenses.stability.run import run_conflict
from detente.lenses.stability.view import view_result
from detente.methods.graph_model import CONCEPTS
from detente.page import Network, Table


def shown(case, *deal, **options):
    run = LENS.apply(case, Options(deal=deal, draws=40, **options))
    return run.result, LENS.view(case, run)


def texts(thing):
    if isinstance(thing, str):
        return thing
    if isinstance(thing, tuple):
        return "\n".join(texts(t) for t in thing)
    if is_dataclass(thing):
        return "\n".join(texts(getattr(thing, f)) for f in thing.__dataclass_fields__)
    return ""


def blocks(page, kind):
    return [b for s in page.sections for b in s.blocks if isinstance(b, kind)]


def test_an_unstable_deal_names_the_breaker_in_title_lead_and_story(case):
    result, page = shown(case, "bare")
    assert page.title == "Bare truce: North would leave full compliance"
    assert "is not stable" in page.lead
    assert f"North breaks first: it would leave in {words.percent(1.0)} of draws (" in page.lead
    assert "order is not settled" not in page.lead
    gain = words.points(result.focus.holds[0].stories[0].gain)
    assert f"North could attack again and gain {gain}; no answer the others would want" in texts(page)


def test_a_held_deal_tells_move_answer_and_end(case):
    result, page = shown(case, "guarded")
    assert page.title == "Guarded truce: held because others could answer North"
    story = result.focus.holds[0].stories[0]
    assert (
        f"North could attack again and gain {words.points(story.gain)}, but Guarantor could stop all trade, "
        f"which leaves North {words.points(story.end)} worse off than full compliance."
    ) in texts(page)
    assert "North keeps to it only as long as Guarantor could stop all trade." in texts(page)


@pytest.mark.parametrize("concept", CONCEPTS)
def test_the_lead_never_contradicts_the_matrix(case, concept):
    for deal in ("bare", "guarded"):
        result, page = shown(case, deal, concept=concept)
        matrix = next(t for t in blocks(page, Table) if t.title == "Is full compliance stable?")
        row = matrix.rows[CONCEPTS.index(concept)]
        verdict = next(v for v in result.focus.verdicts if v.concept == concept)
        assert (row[-2].text == "stable") == verdict.stable == ("is stable" in page.lead)
        assert words.percent(verdict.share.value) in row[-1].text
        assert words.percent(verdict.share.value) in page.lead


def test_the_picture_joins_the_states_of_the_stories(case):
    result, page = shown(case, "guarded")
    [network] = blocks(page, Network)
    ids = {n.id for n in network.nodes}
    assert all(e.source in ids and e.target in ids for e in network.edges)
    assert all(0 <= n.x <= 1 and 0 <= n.y <= 1 for n in network.nodes)
    story = result.focus.holds[0].stories[0]
    assert [(e.source, e.target) for e in network.edges] == [
        (f"s{m.source}", f"s{m.target}") for m in (story.move, *story.answer)
    ]


def test_what_was_assumed_is_said(case):
    _, page = shown(case, "bare")
    assert "what holds if talks fail was taken: Guarantee: Nobody." in texts(page)


def test_a_guarantee_that_helps_is_named_and_one_that_does_not_is_not(case):
    assert "What helps most of all that was tried is Guarantee: Guards." in texts(shown(case, "bare")[1])
    assert "No guarantee helps" in texts(shown(case, "guarded")[1])


def test_the_basis_of_every_move_is_counted(case):
    _, page = shown(case, "guarded")
    assert "Of the two moves in this conflict no are stated" not in texts(page)
    assert "one is inferred and one is a guess" in texts(page)


def test_escape_is_mentioned_where_the_concept_looks_for_it(case):
    assert "Nothing it can do from there" in texts(shown(case, "guarded", concept="sseq")[1])
    assert "Nothing it can do from there" not in texts(shown(case, "guarded", concept="seq")[1])


def gmcr(**changes):
    data = {
        "options": [{"name": n, "permittedDirection": "both"} for n in ("Swerve 1", "Swerve 2")],
        "decisionMakers": [
            {"name": "A", "options": [0], "preferences": [], "preferenceRanking": [3, 4, 2, 1]},
            {"name": "B", "options": [1], "preferences": [], "preferenceRanking": [2, 4, 3, 1]},
        ],
        "infeasibles": [],
        "useManualPreferenceRanking": True,
    }
    return parse_gmcr(json.dumps(data | changes), "chicken.gmcr")


def test_a_file_without_status_quo_lists_where_it_could_settle():
    page = view_result(run_conflict(gmcr()))
    assert page.title == "chicken: two equilibria"
    assert "A: “Swerve 1”" in texts(page)


def test_a_state_of_a_file_is_told_with_rank_places():
    result = run_conflict(gmcr(), Options(state=4, concept="gmr"))
    text = texts(view_result(result))
    assert "A could drop “Swerve 1”, but B could drop “Swerve 2”, which leaves A worse off than" in text
    assert "points" not in text


def test_numbers_in_words():
    assert say.places(-2) == "two places"
    assert words.points(-3.14159) == "3 points"
    with pytest.raises(KeyError):
        _ = say.ANSWERS["none"]


def test_a_case_with_a_written_conflict_reads_verbs(raw):
    raw["conflict"] = {
        "options": [{"id": "attack", "owner": "N", "text": "attack the dam"}],
        "decision_makers": [{"actor": "N", "statements": ["attack"]}],
        "status_quo": [],
    }
    result, page = shown(Case.model_validate(raw))
    assert "North could attack the dam; no answer" in texts(page)
    assert 'North would stay if it gave up "attack"' in texts(page)
    assert result.focus.drift
    assert "to a stable state: North could attack the dam." in texts(page)


def test_several_deals_are_told_side_by_side(case):
    from detente.lenses.stability.run import closely
    from detente.lenses.stability.view_deals import keeping

    rest = {"arms": "rest", "money": "trade"}
    named = [("A", rest), ("B", {**rest, "guard": "guard"}), ("C", {"arms": "war"})]
    seen = closely(case, Options(draws=40), named)
    assert seen[2] is None
    table = keeping([(name, result) for (name, _), result in zip(named, seen, strict=True)])
    bare, guarded, war = ([cell.text for cell in row] for row in table.rows)
    assert (bare[1], bare[3].split(",")[0]) == ("none", "North")
    assert "attack again" in bare[4]
    assert bare[5].startswith("Guarantee: Guards")
    assert (guarded[1], guarded[3], guarded[5]) == ("all but Nash", "nobody", "none clearly")
    assert war[3] == "nobody can break it"
    # The same answer as when each is looked at alone.
    alone = LENS.run(case, Options(deal=("guarded",), draws=40))
    assert seen[1].focus == alone.focus
