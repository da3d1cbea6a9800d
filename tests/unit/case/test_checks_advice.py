"""Each weak spot of a case is warned of, and a case without one is not warned of anything."""

from __future__ import annotations

import pytest

from detente.case.checks import Shares, check_case

FORBID = "- { halt: [none], control: [shared] }"
WARNINGS = [
    # support of judgements
    (
        "basis: inferred\n      evidence: [e_north]\n",
        "basis: inferred\n",
        [("preferences.north.halt", "an inferred order that cites no evidence")],
    ),
    (
        "basis: inferred\n      evidence: [e_north]\n",
        "basis: guess\n",
        [("preferences.north.halt", "a guessed order that cites no evidence")],
    ),
    (
        "basis: inferred\n      evidence: [e_north]\n",
        "basis: stated\n",
        [("preferences.north.halt", "called stated, but cites no evidence")],
    ),
    (
        "said_by: [Southern president, Southern Daily]\n    modality: position\n    credibility: 2",
        "credibility: 4",
        [("preferences.south.control.evidence", "rests on one origin, e_south, of credibility 4")],
    ),
    # win-sets
    (
        "flexible: [northern, shared]",
        "flexible: [northern, southern]",
        [("preferences.north.control.accepts.flexible", "accepts `southern` but not `shared`")],
    ),
    (
        "        flexible: [northern, shared]\n",
        "",
        [("preferences.north.control.accepts", "no red line under `flexible`")],
    ),
    (
        "flexible: [northern, shared]",
        "flexible: []",
        [
            ("preferences.north.control.accepts.flexible", "accepts no option"),
            ("preferences.north.control.accepts.flexible", "narrower than stated: it lacks `northern`"),
        ],
    ),
    (
        "order: [northern, shared, southern]",
        "order: [[northern, shared], southern]",
        [("preferences.north.control.accepts.stated", "`northern` but not `shared`, which the order ranks")],
    ),
    # weights and gaps
    ("salience: [40, 60]", "salience: [50, 50]", [("preferences.north.halt.salience", "known exactly")]),
    (
        "actors:\n",
        "actors:\n  - { id: east, name: Eastland, role: outside }\n",
        [("actors.east", "no preference of Eastland is given on any issue")],
    ),
    # issues, rules, no deal, signposts
    (
        "text: A truce of 60 days, position: 60 }",
        "text: A truce }",
        [("issues.halt", "no position is given for")],
    ),
    (
        "    scale: 0 is no halt, 100 a permanent one\n",
        "",
        [("issues.halt", "scale of the positions is not")],
    ),
    (FORBID, "- {}", [("rules.joint_needs_halt.forbid#1", "matches every deal")]),
    (
        FORBID,
        "- { halt: [none, truce, ceasefire], control: [shared] }",
        [("rules.joint_needs_halt.forbid#1.halt", "all options of halt are named")],
    ),
    (f"    forbid:\n      {FORBID}\n", "", [("rules.joint_needs_halt", "forbids and implies nothing")]),
    ("{ worth: [40, 70],", "{ worth: [-5, 70],", [("no_deal.worth.north.worth", "off the scale")]),
    ("by: 2025-06-30", "by: 2025-01-31", [("signposts.north_budget.by", "not after the case's date")]),
    # sources
    ("    evidence: [e_envoy]\n", "", [("evidence.e_envoy", "one item cited nowhere: e_envoy")]),
    (
        "source: [agency]",
        "source: [south_daily]",
        [
            ("sources.agency", "one source without evidence: agency"),
            ("evidence.e_envoy.as_of", "after all its"),
        ],
    ),
    ("published: 2025-01-20", "published: 2025", [("sources.north_ministry", "north_ministry may be later")]),
    ("published: 2025-01-20", "published: 2025-01", []),
    (
        "url: https://example.org/north",
        "url: javascript:alert(1)",
        [("sources.north_ministry.url", "will not be a link")],
    ),
    (
        "stake: valley\n    said_by",
        "stake: vally\n    said_by",
        [("evidence.e_envoy.stake", "`vally` is no stake")],
    ),
    ('id: "talks"', "id: other-talks", [("id", "the folder is called talks, the case other-talks")]),
]


@pytest.mark.parametrize(("old", "new", "expected"), WARNINGS, ids=[w[1].strip()[:50] for w in WARNINGS])
def test_warning(spoil, old, new, expected):
    report = check_case(spoil((old, new)))
    assert report.case is not None, report.errors
    assert sorted(p.where for p in report.problems) == sorted(where for where, _ in expected), report.problems
    for where, message in expected:
        assert any(message in p.message and p.where == where for p in report.warnings)
    assert all(p.line and p.remedy for p in report.warnings)


def test_a_case_without_weak_spots(spoil):
    report = check_case(spoil())
    assert report.problems == ()
    assert report.shares == {"stated": 0.5, "inferred": 0.5, "guess": 0.0}
    assert report.kinds[0] == Shares("readings", 1, 0, 1)
    assert sum(kind.total for kind in report.kinds) == 2 + 4 + 4 + 2 + 1 + 10


def test_an_error_leaves_no_case_but_keeps_the_warnings(spoil):
    report = check_case(
        spoil(("salience: [40, 60]", "salience: [50, 50]"), ("evidence: [e_envoy]", "evidence: [x]"))
    )
    assert report.case is None
    assert [p.severity for p in report.problems] == ["error", "warning", "warning"]


def test_nobody_weighs(spoil):
    issue = (
        "  - { id: flag, stake: valley, name: Flag, scale: x, options: [{id: a, text: A, position: 1}] }\n"
    )
    folder = spoil(
        ("issues:\n", "issues:\n" + issue),
        (
            "  options: { halt: none, control: northern }\n  worth",
            "  options: { halt: none, control: northern, flag: a }\n  worth",
        ),
    )
    found = {(p.where, p.message) for p in check_case(folder).problems}
    assert ("issues.flag", "nobody weighs this issue") in found
    assert ("preferences.north", "Northland must consent, but has no preference on flag") in found


NUMBER = """  - id: {id}
    statement: The valley has {value} inhabitants.
    source: [agency]
    as_of: 2025-01-27
    quantity: inhabitants of the valley
    value: {value}
    credibility: 3
{more}"""


@pytest.mark.parametrize(
    ("value", "more", "warned"),
    [
        ("9000", "", True),
        ("10050", "", False),
        ("9000", "    contradicts: [a]\n", False),
        ("about nine", "", False),
    ],
)
def test_numbers_that_contradict_unmarked(spoil, value, more, warned):
    items = NUMBER.format(id="a", value=10000, more="") + NUMBER.format(id="b", value=value, more=more)
    folder = spoil(
        ("evidence:\n  - id: e_north", f"evidence:\n{items}  - id: e_north"),
        ("evidence: [e_envoy]", "evidence: [e_envoy, a, b]"),
    )
    found = [(p.where, p.message) for p in check_case(folder).problems]
    expected = [("evidence.b.value", "gives 9000 for what a gives otherwise, on the same day")]
    assert found == (expected if warned else [])


@pytest.mark.parametrize(("same", "warned"), [("    same_origin: [e_north]\n", True), ("", False)])
def test_items_of_one_origin_count_once(spoil, same, warned):
    second = (
        "  - id: echo\n    statement: The same again.\n    source: [agency]\n    as_of: 2025-01-20\n" + same
    )
    folder = spoil(
        ("evidence:\n  - id: e_north", f"evidence:\n{second}  - id: e_north"),
        ("evidence: [e_north]\n      note: Said", "evidence: [e_north, echo]\n      note: Said"),
        (
            "said_by: [Northern foreign ministry]\n    modality: position\n    credibility: 2",
            "credibility: 5",
        ),
    )
    found = [p.where for p in check_case(folder).warnings]
    assert found == (["preferences.north.control.evidence"] if warned else [])


def test_contradicting_items_count_as_used(spoil):
    rival = "  - id: rival\n    statement: Not so.\n    source: [agency]\n    as_of: 2025-01-20\n"
    folder = spoil(
        ("evidence:\n  - id: e_north", f"evidence:\n{rival}    contradicts: [e_north]\n  - id: e_north")
    )
    assert check_case(folder).problems == ()
