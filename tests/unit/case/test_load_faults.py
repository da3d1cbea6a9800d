"""Each fault of form is said once, at its line, in the file's own words, with a remedy."""

from __future__ import annotations

import pytest

from detente.case.load import load_case, read_case
from detente.errors import InputProblems

# What is replaced, by what, and every error that must follow: line, place, words of the message and remedy.
FAULTS = [
    ("analyst: your", "analist: your", [(13, "analist", "not known", "did you mean `analyst`?")]),
    (
        "analyst: your name # who",
        "# who",
        [(None, "analyst", "is missing", "who answers for the judgements")],
    ),
    ("{ id: truce, text", "{ id: truce, txt", [(58, "issues.halt.options.truce.txt", "not known", "`text`")]),
    ("actors:\n", "acters:\n", [(22, "acters", "not known", "`actors`")]),
    (
        "position: 60 }",
        "position: sixty }",
        [(58, "issues.halt.options.truce.position", "a number", "words")],
    ),
    ("position: 60 }", "position: 600 }", [(58, "issues.halt.options.truce.position", "above 100", "scale")]),
    ("position: 60 }", "position: true }", [(58, "issues.halt.options.truce.position", "not true", "")]),
    ("position: 60 }", "position: .nan }", [(58, "", "not a finite number", "")]),
    (
        "salience: [40, 60]",
        "salience: 50",
        [(78, "preferences.north.halt.salience", "must be a range, [low, high], not 50", "")],
    ),
    (
        "salience: [40, 60]",
        "salience: [60, 40]",
        [(78, "preferences.north.halt.salience", "runs backwards: low 60 is above high 40", "")],
    ),
    (
        "salience: [40, 60]",
        'salience: [40, "60"]',
        [(78, "preferences.north.halt.salience#2", "must be a number, not `60`", "remove the quotes")],
    ),
    (
        "salience: [40, 60]",
        "salience: {low: 40, hihg: 60}",
        [(78, "preferences.north.halt.salience.hihg", "not known", "`high`")],
    ),
    (
        "salience: [40, 60]",
        "salience: [40, 50, 60]",
        [(78, "preferences.north.halt.salience", "a range, [low, high], not a list", "")],
    ),
    (
        "[ceasefire, truce, none]",
        "[ceasefire, [truce, 5], none]",
        [(77, "preferences.north.halt.order#2#2", "must be a text, not 5", "quotes")],
    ),
    (
        "[ceasefire, truce, none]",
        "[ceasefire, {truce: 1}, none]",
        [(77, "preferences.north.halt.order#2", "must be a text or a list, [like, this], not a block", "")],
    ),
    (
        "order: [ceasefire, truce, none]",
        "order: ceasefire",
        [(77, "preferences.north.halt.order", "must be a list", "write [ceasefire]")],
    ),
    (
        "order: [ceasefire, truce, none]",
        "order: []",
        [(77, "preferences.north.halt.order", "has no item", "give at least 1")],
    ),
    ("as_of: 2025-01-31", "as_of: 31.1.2025", [(12, "as_of", "a date such as 2025-08-14, not `31.1", "")]),
    ("as_of: 2025-01-31", "as_of: 20250131", [(12, "as_of", "a date such as 2025-08-14, not 20250131", "")]),
    ("as_of: 2025-01-31", "as_of: 2025-02-30", [(12, "as_of", "a date such as", "")]),
    ("format: 1", "format: 2", [(9, "format", "must be 1, not 2", "")]),
    ('id: "talks"', 'id: "My Talks"', [(10, "id", "`My Talks` cannot stand here", "small letters")]),
    ('title: "talks: say in a few words what is', "title: 1984 #", [(11, "title", "not 1984", "in quotes")]),
    ('title: "talks: say in a few words what is', "title: #", [(11, "title", "not nothing", "fill it in")]),
    (
        "role: party\n    consent: true\n    capability: { low: 50",
        "role: parti\n    capability: { low: 50",
        [
            (26, "actors.north.role", "not `parti`", "did you mean `party`?"),
        ],
    ),
    (
        "consent: true\n    capability: { low: 50",
        "consent: yes\n    capability: { low: 50",
        [
            (27, "actors.north.consent", "true or false, not `yes`", "write true or false"),
        ],
    ),
    ("{ id: truce,", "{ id: a truce,", [(58, "issues.halt.options.a truce.id", "`a truce`", "an id begins")]),
    (
        "- { halt: [none], c",
        "- { halt: none, c",
        [(122, "rules.joint_needs_halt.forbid#1.halt", "a list", "[none]")],
    ),
    (
        "{ worth: [40, 70],",
        "{ worth: [40, 70], like: {halt: truce},",
        [
            (112, "no_deal.worth.north", "give either `worth: [low, high]` or `like", ""),
        ],
    ),
    (
        "published: 2025-01-20",
        "published: January",
        [
            (11, "sources.north_ministry.published", "`January`", "write 2025, 2025-08 or 2025-08-13"),
        ],
    ),
    ("    credibility: 3", "    credibility: 7", [(63, "evidence.e_envoy.credibility", "7 is above 6", "")]),
    ("source: [agency]", "source: []", [(58, "evidence.e_envoy.source", "has no item", "at least 1")]),
    ("sources:\n  -", "source:\n  -", [(6, "source", "not known", "did you mean `sources`?")]),
    ("signposts:\n", "evidence: []\nsignposts:\n", [(149, "evidence", "belongs in sources.yaml", "move it")]),
]


@pytest.mark.parametrize(("old", "new", "expected"), FAULTS, ids=[f[1][:40] for f in FAULTS])
def test_fault(spoil, old, new, expected):
    found = read_case(spoil((old, new))).errors
    assert [(p.line, p.where) for p in found] == [(line, where) for line, where, *_ in expected]
    for problem, (_, _, message, remedy) in zip(found, expected, strict=True):
        assert message in problem.message
        assert remedy in problem.remedy


def test_all_at_once(spoil):
    # Form and content, both files: nothing waits for the next attempt.
    folder = spoil(
        ("analyst: your", "analist: your"),
        ("position: 60 }", "position: sixty }"),
        ("order: [ceasefire, truce, none]", "order: [ceasefire, truce]"),
        ("source: [agency]", "source: [agncy]"),
        ("    credibility: 3", "    credibility: 7"),
    )
    with pytest.raises(InputProblems) as caught:
        load_case(folder)
    assert [(p.file, p.line) for p in caught.value.problems] == [
        ("talks/case.yaml", 13),
        ("talks/case.yaml", 58),
        ("talks/case.yaml", 77),
        ("talks/sources.yaml", 58),
        ("talks/sources.yaml", 63),
    ]
    assert str(caught.value).startswith("talks has five problems\n  talks/case.yaml:13: analist: ")


def test_what_is_left_out_has_no_consequences(spoil):
    # Half an actor, half an issue and half an evidence item are faulty; all that refer to them are not.
    folder = spoil(
        ("name: Southland", "nmae: [Southland]"),
        ("name: Control of the valley", "name: {}"),
        ("statement: The envoy proposed", "statement: 7 #"),
    )
    assert [(p.line, p.where) for p in read_case(folder).errors] == [
        (32, "actors.south.nmae"),
        (62, "issues.control.name"),
        (57, "evidence.e_envoy.statement"),
    ]


def test_too_little_is_left(spoil):
    folder = spoil(("actors:\n  - id: north", "actors: none\n#"))
    assert all(p.line for p in read_case(folder).errors)


@pytest.mark.parametrize("file", ["case.yaml", "sources.yaml"])
def test_an_unreadable_file_does_not_hide_the_other(spoil, file):
    folder = spoil(("analyst: your", "analist: your"), ("    credibility: 3", "    credibility: 7"))
    (folder / file).write_bytes(b"\xff")
    other = {"case.yaml": "evidence.e_envoy.credibility", "sources.yaml": "analist"}[file]
    assert {p.where for p in read_case(folder).errors} == {"", other}


def test_messages_quote_little_of_what_was_written(spoil):
    folder = spoil(("format: 1", f"format: {'x' * 10_000}"))
    assert all(len(str(p)) < 300 for p in read_case(folder).errors)
