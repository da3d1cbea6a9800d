"""Each contradiction in what a case says is found, once, where it stands."""

from __future__ import annotations

import pytest

from detente.case.load import load_case, read_case
from detente.errors import InputProblems

LATER = """later_options:
  - id: trustee
    issue: control
    text: A third party administers the valley
    floated: "February 2025, by the envoy"
    after: { north: shared, south: shared }
    accepts: { north: [flexible], south: [flexible] }
    rules_like: shared
    evidence: [e_later]
signposts:
"""
LATE_EVIDENCE = """evidence:
  - id: e_later
    statement: The envoy proposed a trustee.
    source: [later_agency]
    as_of: 2025-02-10
"""
LATE_SOURCE = """sources:
  - id: later_agency
    publisher: A news agency
    published: 2025-02
"""

# What is replaced, by what, and every error that must follow: place, words of the message and remedy.
HALT = "preferences.north.halt"
CLASH = "{ceasefire: [20, 30], none: [50, 60]}"
HOLDS = "  options: { halt: none, control: northern }\n  worth"
TITLE = 'title: "talks: say in a few words what is negotiated, and when"'
ERRORS = [
    # orders
    (
        "order: [ceasefire, truce, none]",
        "order: [ceasefire, truce]",
        [(f"{HALT}.order", "leaves out `none`", "tie")],
    ),
    (
        "order: [ceasefire, truce, none]",
        "order: [ceasefire, truce, none, truce]",
        [
            (f"{HALT}.order", "`truce` stands 2 times", "keep one"),
        ],
    ),
    (
        "order: [ceasefire, truce, none]",
        "order: [[ceasefire, truce], [none, truce]]",
        [
            (f"{HALT}.order", "`truce` stands 2 times", ""),
        ],
    ),
    (
        "order: [ceasefire, truce, none]",
        "order: [ceasfire, truce, none]",
        [
            (f"{HALT}.order#1", "no option of halt named `ceasfire`", "did you mean `ceasefire`?"),
        ],
    ),
    (
        "order: [ceasefire, truce, none]",
        "order: [ceasfire, none]",
        [
            (f"{HALT}.order#1", "no option of halt named `ceasfire`", ""),
            (f"{HALT}.order", "leaves out `truce` and `ceasefire`", ""),
        ],
    ),
    (
        "order: [ceasefire, truce, none]",
        "order: [ceasefire, truce, none, []]",
        [(f"{HALT}.order", "empty inner", "")],
    ),
    # win-sets, values, saliences
    (
        "        stated: [northern]\n",
        "        statd: [northern]\n",
        [
            ("preferences.north.control.accepts.statd", "no reading `statd`", "`stated`"),
        ],
    ),
    (
        "        stated: [northern]\n",
        "        stated: [northen]\n",
        [
            (
                "preferences.north.control.accepts.stated#1",
                "no option of control named `northen`",
                "`northern`",
            ),
        ],
    ),
    (
        "        stated: [northern]\n",
        "        stated: [northern, northern]\n",
        [
            ("preferences.north.control.accepts.stated", "accepted 2 times", "once"),
        ],
    ),
    (
        "[40, 60]\n",
        "[40, 60]\n      values: " + CLASH + "\n",
        [
            (
                f"{HALT}.values.none",
                "at least 50, but the order puts it below `ceasefire`, worth at most 30",
                "tie",
            ),
        ],
    ),
    (
        "[40, 60]\n",
        "[40, 60]\n      values: {ceasefire: [30, 30], none: [30, 30]}\n",
        [
            (f"{HALT}.values.none", "at least 30", ""),
        ],
    ),
    (
        "[40, 60]\n",
        "[40, 60]\n      values: {trace: [20, 30]}\n",
        [
            (f"{HALT}.values.trace", "no option of halt named `trace`", "`truce`"),
        ],
    ),
    (
        "[40, 60]\n",
        "[40, 60]\n      values: {none: [-1, 0]}\n",
        [(f"{HALT}.values.none", "leaves the scale", "")],
    ),
    (
        "[ceasefire, truce, none]\n",
        "[[ceasefire, truce], none]\n      values: {ceasefire: [2, 3], truce: [5, 6]}\n",
        [
            (f"{HALT}.values.truce", "tied in the order, but their values do not overlap", ""),
        ],
    ),
    ("salience: [40, 60]", "salience: [40, 101]", [(f"{HALT}.salience", "40 to 101 leaves the scale", "")]),
    (
        "preferences:\n  north:\n",
        "preferences:\n  nord:\n",
        [("preferences.nord", "no actor `nord`", "north, south")],
    ),
    (
        "  north:\n    halt:",
        "  north:\n    hallt:",
        [("preferences.north.hallt", "no issue `hallt`", "`halt`")],
    ),
    # no deal
    (
        HOLDS,
        "  options: { halt: none }\n  worth",
        [
            ("no_deal.options", "nothing is said to hold on `control`", "every issue"),
        ],
    ),
    (
        HOLDS,
        "  options: { halt: none, control: northern, x: y }\n  worth",
        [
            ("no_deal.options.x", "no issue `x`", ""),
        ],
    ),
    (
        HOLDS,
        "  options: { halt: none, control: nothern }\n  worth",
        [
            ("no_deal.options.control", "named `nothern`", "`northern`"),
        ],
    ),
    (
        "like: { halt: none, control: northern }",
        "like: { hlt: none, control: norther }",
        [
            ("no_deal.worth.south.like.hlt", "no issue `hlt`", ""),
            ("no_deal.worth.south.like.control", "named `norther`", ""),
        ],
    ),
    ("    south: { like:", "    sauth: { like:", [("no_deal.worth.sauth", "no actor `sauth`", "`south`")]),
    # rules
    (
        "- { halt: [none], c",
        "- { halt: [none, nun], c",
        [("rules.joint_needs_halt.forbid#1.halt#2", "named `nun`", "")],
    ),
    (
        "- { halt: [none], c",
        "- { halt: [], c",
        [("rules.joint_needs_halt.forbid#1.halt", "names no option", "")],
    ),
    (
        "- { halt: [none], c",
        "- { form: [none], c",
        [("rules.joint_needs_halt.forbid#1.form", "no issue `form`", "")],
    ),
    (
        "kind: logical\n",
        "kind: logical\n    imply: [{if: {halt: [x]}, then: {y: [z]}}]\n",
        [
            ("rules.joint_needs_halt.imply#1.if.halt#1", "named `x`", ""),
            ("rules.joint_needs_halt.imply#1.then.y", "no issue `y`", ""),
        ],
    ),
    (
        "kind: logical\n",
        "kind: logical\n    reading: A\n",
        [("rules.joint_needs_halt.reading", "no reading `A`", "none")],
    ),
    (
        "kind: logical\n",
        "kind: logical\n    readings: {A: {text: Yes, forbid: [{x: [y]}]}}\n",
        [
            ("rules.joint_needs_halt", "not which of them", "reading: A"),
            ("rules.joint_needs_halt.readings.A.forbid#1.x", "no issue `x`", ""),
        ],
    ),
    # ids given twice: said once, and nothing that refers to them is called unknown
    ("  - id: control\n", "  - id: halt\n", [("issues.halt.id", "already taken", "another id")]),
    ("  - id: south\n", "  - id: north\n", [("actors.north.id", "already taken", "")]),
    ("- { id: truce,", "- { id: none,", [("issues.halt.options.none.id", "already taken", "")]),
    ("  - id: valley\n", "  - id: fighting\n", [("stakes.fighting.id", "already taken", "")]),
    ("  - id: e_south\n", "  - id: e_north\n", [("evidence.e_north.id", "already taken", "")]),
    ("  - id: south_daily\n", "  - id: agency\n", [("sources.agency.id", "already taken", "")]),
    (
        "deals:\n",
        "deals:\n  - {id: envoy, name: A, options: {halt: truce}}\n",
        [("deals.envoy.id", "already", "")],
    ),
    # parties
    (
        "stake: valley\n    name",
        "stake: vally\n    name",
        [("issues.control.stake", "no stake `vally`", "`valley`")],
    ),
    (
        "stakes:\n",
        "stakes:\n  - {id: idle, name: Idle, decides: Nothing}\n",
        [
            ("stakes.idle", "no issue belongs", "put `stake: idle` on an issue"),
        ],
    ),
    (TITLE, 'title: "  "', [("title", "empty", "fill")]),
    ("analyst: your name", 'analyst: ""', [("analyst", "empty", "")]),
    # deals and signposts
    (
        "options: { halt: truce, control: shared }",
        "options: { halt: truce, control: sharing }",
        [
            ("deals.envoy.options.control", "named `sharing`", ""),
        ],
    ),
    (
        "options: { halt: truce, control: shared }",
        "options: {}",
        [("deals.envoy.options", "settles no issue", "")],
    ),
    (
        "adds: { north: { control: [shared] } }",
        "adds: { nrth: { control: [share] } }",
        [
            ("signposts.north_budget.adds.nrth", "no actor `nrth`", ""),
            ("signposts.north_budget.adds.nrth.control#1", "named `share`", ""),
        ],
    ),
    # evidence and sources
    (
        "evidence: [e_envoy]",
        "evidence: [e_north, e_evoy]",
        [("deals.envoy.evidence#2", "no evidence item `e_evoy`", "e_envoy")],
    ),
    ("source: [agency]", "source: [agncy]", [("evidence.e_envoy.source#1", "no source `agncy`", "`agency`")]),
    (
        "    credibility: 3",
        "    contradicts: [e_nort, e_envoy]",
        [
            ("evidence.e_envoy.contradicts#1", "no evidence item `e_nort`", "`e_north`"),
            ("evidence.e_envoy.contradicts", "names itself", ""),
        ],
    ),
    ("    credibility: 3", "    same_origin: [e_nort]", [("evidence.e_envoy.same_origin#1", "`e_nort`", "")]),
    ("option: southern\n", "option: souther\n", [("evidence.e_south.option", "named `souther`", "")]),
    (
        "issue: control\n    option: southern\n",
        "option: southern\n",
        [("evidence.e_south.option", "without its issue", "")],
    ),
    # nothing later than the case
    (
        "published: 2025-01-20",
        "published: 2025-02",
        [("sources.north_ministry.published", "2025-02, after", "remove")],
    ),
    ("published: 2025-01-20", "published: 2026", [("sources.north_ministry.published", "2026, after", "")]),
    (
        "published: 2025-01-20",
        "published: 2025-02-30",
        [("sources.north_ministry.published", "`2025-02-30` is no date", "")],
    ),
    (
        "as_of: 2025-01-27",
        "as_of: 2025-02-01",
        [("evidence.e_envoy.as_of", "dated 2025-02-01, after", "forecast")],
    ),
]


@pytest.mark.parametrize(("old", "new", "expected"), ERRORS, ids=[e[1].strip()[:50] for e in ERRORS])
def test_error(spoil, old, new, expected):
    read = read_case(spoil((old, new)))
    found = read.errors
    assert sorted(p.where for p in found) == sorted(where for where, *_ in expected), found
    for where, message, remedy in expected:
        (problem,) = (p for p in found if p.where == where)
        assert message in problem.message
        assert remedy in problem.remedy
        lines = (read.files.case if problem.file.endswith("case.yaml") else read.files.sources).lines
        assert problem.line in lines.values()


@pytest.mark.parametrize("published", ["2025", "2025-01", "2025-01-31"])
def test_dates_are_compared_at_their_precision(spoil, published):
    assert not read_case(spoil(("published: 2025-01-20", f"published: {published}"))).errors


def test_no_consent(spoil):
    folder = spoil(
        ("consent: true\n    capability: { low: 50", "capability: { low: 50"),
        ("consent: true\n    capability: { low: 40", "capability: { low: 40"),
    )
    assert [p.where for p in read_case(folder).errors] == ["actors"]


def test_no_core_issue(spoil):
    folder = spoil(
        ("stake: fighting\n    name", "stake: fighting\n    core: false\n    name"),
        ("stake: valley\n    name", "stake: valley\n    core: false\n    name"),
    )
    assert [p.where for p in read_case(folder).errors] == ["issues"]


def test_a_sound_case(spoil):
    case = load_case(spoil())
    assert case.id == "talks"
    assert [a.id for a in case.required] == ["north", "south"]
    assert case.preferences["north"]["halt"].salience.mid == 50
    assert case.evidence[0].id == "e_north"


def test_contradictory_rules_are_a_finding_not_an_error(spoil):
    # Every form of halt is forbidden: no deal is feasible, and the analysis must be allowed to say so.
    everything = "- { halt: [none] }\n      - { halt: [truce, ceasefire] }"
    assert load_case(spoil(("- { halt: [none], control: [shared] }", everything)))


# Only what a later option alone cites may be later than the case.


def test_evidence_of_a_later_option_may_be_late(spoil):
    folder = spoil(
        ("signposts:\n", LATER),
        ("evidence:\n  - id: e_north", LATE_EVIDENCE + "  - id: e_north"),
        ("sources:\n  - id", LATE_SOURCE + "  - id"),
    )
    assert load_case(folder).later_options[0].id == "trustee"


def test_it_may_not_be_cited_elsewhere(spoil):
    folder = spoil(
        ("signposts:\n", LATER),
        ("evidence:\n  - id: e_north", LATE_EVIDENCE + "  - id: e_north"),
        ("sources:\n  - id", LATE_SOURCE + "  - id"),
        ("evidence: [e_envoy]", "evidence: [e_envoy, e_later]"),
    )
    with pytest.raises(InputProblems) as caught:
        load_case(folder)
    found = [p.where for p in caught.value.problems]
    assert found == ["sources.later_agency.published", "evidence.e_later.as_of"]


LATER_FAULTS = [
    ("id: trustee", "id: shared", [("later_options.shared.id", "already has an option `shared`")]),
    ("issue: control", "issue: controll", [("later_options.trustee.issue", "no issue `controll`")]),
    ("rules_like: shared", "rules_like: sharing", [("later_options.trustee.rules_like", "named `sharing`")]),
    ('"February 2025, by the envoy"', '" "', [("later_options.trustee.floated", "empty")]),
    ("north: shared,", "north: sharedd,", [("later_options.trustee.after.north", "named `sharedd`")]),
    (
        "after: { north: shared, south: shared }",
        "after: { north: shared }",
        [
            ("later_options.trustee.after", "no place in the order of south"),
        ],
    ),
    (
        "south: [flexible] }",
        "suth: [flexibl] }",
        [
            ("later_options.trustee.accepts.suth", "no actor `suth`"),
            ("later_options.trustee.accepts.suth#1", "no reading `flexibl`"),
        ],
    ),
]


@pytest.mark.parametrize(("old", "new", "expected"), LATER_FAULTS, ids=[f[1] for f in LATER_FAULTS])
def test_later_option(spoil, old, new, expected):
    assert old in LATER
    spoilt = LATER.replace(old, new).replace("    evidence: [e_later]\n", "")
    found = read_case(spoil(("signposts:\n", spoilt))).errors
    assert [p.where for p in found] == [where for where, _ in expected]
    assert all(message in p.message for p, (_, message) in zip(found, expected, strict=True))
