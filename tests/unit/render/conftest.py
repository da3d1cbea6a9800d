"""A document that uses every block, with invented numbers; the renderers' tests read it."""

from __future__ import annotations

import pytest

from detente.page import (
    Bar,
    Bars,
    Caveat,
    Cell,
    Edge,
    Event,
    Fact,
    Funnel,
    Lines,
    Network,
    Node,
    Page,
    Point,
    Range,
    RangeGroup,
    Ranges,
    Scatter,
    Section,
    Series,
    Stand,
    Step,
    Strip,
    Table,
    Text,
    Tick,
    Timeline,
)
from detente.render.document import Chain, Document, Line, Masthead, Note

FACTS = (
    Fact(
        "Almost no chance",
        "0 of 10,500 packages; 0% (range 0% to 3%)",
        "A package with a general halt exists that Russia and Ukraine both accept under stated red lines.",
        share=0.0,
        low=0.0,
        high=0.03,
        evidence="moderate (14 sources, 9 independent)",
        refs=("ev-1", "ev-2"),
        trace="common",
    ),
    Fact(
        "Unlikely",
        "27% (range 20% to 34%)",
        "A limited halt in the air and at sea holds for 90 days once it is signed.",
        share=0.27,
        low=0.20,
        high=0.34,
        evidence="low (4 sources)",
        refs=("ev-3",),
    ),
    Fact(
        "Roughly even chance",
        "48% (range 41% to 55%)",
        "The summit ends with an announced second meeting in a wider format.",
        share=0.48,
        low=0.41,
        high=0.55,
        evidence="low (3 sources)",
    ),
)

FUNNEL = Funnel(
    "Packages left at each step",
    (
        Step("All packages of the seven core issues", 32000),
        Step("Feasible under the rules", 10896, "Removed by rules on recognition and on forces", "feasible"),
        Step("With a general halt", 10500, "The rest continue the war or stop it only in parts"),
        Step(
            "Acceptable to Russia and Ukraine", 0, "The line of control removes the last ones on both sides"
        ),
    ),
    "Stated red lines. Flexible red lines leave none either.",
)

STAKES = Table(
    "",
    ("Stake", "What it decides", "Where bargaining stands", "Who must move"),
    (
        (
            Cell("Ceasefire"),
            Cell("Whether fighting stops before or after terms are agreed.", refs=("ev-1",)),
            Cell("Halt after terms against halt first"),
            Cell("Russia"),
        ),
        (
            Cell("Territory"),
            Cell("Who controls which area, and whose title is recognised."),
            Cell("Withdrawal from Donetsk against the present line", refs=("ev-2",)),
            Cell("Russia, Ukraine"),
        ),
        (
            Cell("Europe's security"),
            Cell("Guarantees, monitoring and who enforces them."),
            Cell("Guarantees outside NATO, form open"),
            Cell("United States"),
        ),
        (
            Cell("Russia's economy"),
            Cell("How fast sanctions come off and whether they can return."),
            Cell("Phased relief against full relief"),
            Cell("European Union, Russia"),
        ),
        (
            Cell("World order"),
            Cell("Whether Washington and Moscow reset relations beyond this war."),
            Cell("Arms control talks announced"),
            Cell("United States"),
        ),
    ),
)

GAINS = Ranges(
    "Gain over no deal",
    "points of utility",
    (
        RangeGroup("Ukraine", (Range("A", 2, 12, 22), Range("B", 0, 10, 20), Range("C", -2, 8, 18))),
        RangeGroup("Russia", (Range("A", -2, 10, 21), Range("B", -2, 9, 20), Range("C", 1, 12, 23))),
        RangeGroup("United States", (Range("A", 24, 31, 39), Range("B", 35, 41, 49), Range("C", 29, 36, 43))),
        RangeGroup("European Union", (Range("A", 7, 15, 22), Range("B", 12, 20, 27), Range("C", 3, 11, 18))),
    ),
    reference=0.0,
    reference_label="no deal",
)

MISSES = Table(
    "Packages that fail by least",
    ("", "Ceasefire", "Territory", "Security", "Sanctions", "All accept", "First to refuse"),
    (
        (
            Cell("A"),
            Cell("Halt on the present line"),
            Cell("De facto line, status deferred"),
            Cell("Pact and European force"),
            Cell("Phased relief with snapback"),
            Cell("4%", 0.04, trace="common"),
            Cell("Russia", mark="no"),
        ),
        (
            Cell("B"),
            Cell("Halt and partial withdrawal"),
            Cell("Neutral zone in Donetsk"),
            Cell("Guarantees without forces"),
            Cell("Full relief"),
            Cell("3%", 0.03),
            Cell("Ukraine", mark="no"),
        ),
        (
            Cell("C"),
            Cell("Halt in the air and at sea"),
            Cell("Nothing decided"),
            Cell("Monitoring mission"),
            Cell("No relief"),
            Cell("12%", 0.12),
            Cell("Nobody refuses outright", mark="part"),
        ),
    ),
    "Share of draws in which every required actor prefers the package to no deal.",
    ("All accept",),
)

HOLDS = Lines(
    "Chance that the halt still holds",
    "days after signature",
    "share of ceasefires",
    (
        Series(
            "this deal",
            (0, 30, 90, 180, 365),
            (1.0, 0.74, 0.55, 0.44, 0.35),
            (1.0, 0.66, 0.45, 0.33, 0.24),
            (1.0, 0.82, 0.65, 0.55, 0.47),
        ),
        Series("all ceasefires", (0, 30, 90, 180, 365), (1.0, 0.7, 0.52, 0.43, 0.33)),
        Series("with monitors", (0, 30, 90, 180, 365), (1.0, 0.83, 0.7, 0.62, 0.55)),
    ),
    step=True,
    note="Baseline: comparable ceasefires.",
    unit="share",
)

RELATIONS = Network(
    "Ties after deal A",
    (
        Node("ua", "Ukraine", 0.1, 0.2, "party"),
        Node("ru", "Russia", 0.9, 0.2, "party"),
        Node("us", "United States", 0.5, 0.95, "mediator"),
        Node("eu", "European Union", 0.15, 0.75, "guarantor"),
        Node("cn", "China", 0.9, 0.75, "outside"),
    ),
    (
        Edge("ua", "ru", -1.0, "war halted", tense=True),
        Edge("us", "ua", 0.5, "aid"),
        Edge("eu", "ua", 0.9, "guarantee"),
        Edge("us", "eu", 0.6, tense=True),
        Edge("ru", "cn", 0.7, "trade"),
        Edge("us", "cn", -0.5, "tariffs"),
        Edge("eu", "ru", -0.8),
    ),
)

SPACE = Scatter(
    "What two parties get from each deal",
    "Ukraine's gain",
    "Russia's gain",
    tuple(
        Point(f"Deal {i}", i * 3.1 - 12, 18 - i * 4.3 + i % 3 * 6, 1 + i % 4, "efficient" if i % 3 else "")
        for i in range(9)
    ),
)

STRIP = Strip(
    "Line of control",
    0,
    100,
    (Stand("Russia", 0, 0.4), Stand("Ukraine", 100, 0.35), Stand("United States", 60, 0.25)),
    (Tick("Withdrawal", 0, 0.3), Tick("Freeze in place", 60, 0.5, True), Tick("Return", 100, 0.2)),
    (0.3, 0.1, 0.2, 0.3, 0.1),
    0,
    20,
    "if talks fail",
)

SWINGS = Bars(
    "How much each input moves the answer",
    "share",
    (
        Bar("Worth of no deal to Russia", 0.41, 0.36, 0.46, "guess"),
        Bar("Salience of the line for Ukraine", 0.22, 0.18, 0.27),
        Bar("Who enforces the guarantee", 0.09, 0.05, 0.13, "inferred from statements"),
    ),
    "Share of the spread of the headline explained by each input alone.",
)

SIGNS = Timeline(
    "What to watch",
    (
        Event("8 August 2025", "Deadline set by Washington passes.", True, ("ev-3",)),
        Event("15 August 2025", "The two presidents meet in Alaska."),
        Event("By 1 September", "A text on guarantees circulates: the earliest observable sign of movement."),
    ),
)


def every_block() -> Document:
    """Return a document with every kind of block in a brief's order."""
    sections = (
        Section("funnel", "Is there a deal?", "From all packages to those both sides could sign.", (FUNNEL,)),
        Section(
            "stakes", "Five key stakes", "What each decides, where it stands, and who has to move.", (STAKES,)
        ),
        Section(
            "gains",
            "Who gains from which deal",
            "A party signs only if it does better than without a deal. Right of the line is a gain.",
            (GAINS,),
            aside=(Caveat("The lower end of every Russian range lies below the line.", ("ev-2",)), SIGNS),
        ),
        Section("misses", "Nearest misses", "Nobody has all they ask for.", (MISSES,)),
        Section("holds", "Would it hold?", "Against the record of others.", (HOLDS,), half=True),
        Section("mind", "What would change our mind", "Inputs that carry the answer.", (SWINGS,), half=True),
        Section(
            "ties", "Third parties", "Who drifts where.", (RELATIONS, Text("Ties are signed.")), annex=True
        ),
        Section(
            "space",
            "The deal space",
            "Each mark is a deal.",
            (SPACE, STRIP, FACTS[1], Caveat("Two axes of many.")),
            annex=True,
        ),
    )
    notes = tuple(
        Note(
            f"source-{i}",
            f"{publisher}, {day} August 2025: statement on the terms of a halt",
            f"https://example.org/{i}",
            grade,
            (f"ev-{i}",),
        )
        for i, (publisher, day, grade) in enumerate(
            (
                ("President of Ukraine", 12, "A2"),
                ("Reuters", 13, "B2"),
                ("Kyiv International Institute", 7, "B1"),
                ("TASS", 14, "C3"),
            ),
            1,
        )
    )
    chains = {
        "common": Chain(
            "0 of 10,500 packages",
            (
                Line("Formula", "deals with a general halt inside the win-sets of Russia and of Ukraine"),
                Line("Input", "win-sets of both actors on the seven core issues, stated reading"),
                Line("Judgement", "status: Ukraine refuses recognition (stated)"),
                Line(
                    "Evidence", "The constitution forbids ceding territory without a referendum.", ("ev-1",)
                ),
                Line("Source", "President of Ukraine, 12 August 2025", ("source-1",)),
            ),
        ),
        "feasible": Chain(
            "10,896 feasible packages", (Line("Formula", "all packages less those a rule forbids"),)
        ),
    }
    lead = (
        "Of 10,500 feasible packages with a general halt, none lies inside what both Russia and Ukraine"
        " have said they would accept. Moving the line of control alone would open 240."
        " Russia refuses first most often."
    )
    page = Page(
        "There is almost no chance of a full deal in Alaska; a partial halt is the most it can bring",
        lead,
        sections,
        FACTS,
    )
    head = Masthead("Alaska summit", "14 August 2025", "3f9c1a07bb", 7, 2000, "0.1.0")
    return Document(page, head, notes, chains)


@pytest.fixture(scope="session")
def document() -> Document:
    """Return a document with every kind of block."""
    return every_block()
