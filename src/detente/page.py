"""The vocabulary of blocks a page is made of; renderers know these and nothing else."""

from __future__ import annotations

from dataclasses import dataclass

# `refs` on a block are ids of evidence items; `trace` names a Measure whose chain a reader can open.


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph in plain words."""

    body: str
    refs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """A headline number: a probability word or a value, its range, and what it says.

    Parameters
    ----------
    headline : str
        The word or value a reader remembers ("Very unlikely", "0 of 10,500").
    value : str
        The number with its range, formatted.
    body : str
        The judgement, one sentence.
    share, low, high : float or None
        The number and its range on 0..1, for the bar; None draws no bar.
    evidence : str
        Confidence in the evidence, said apart from the likelihood.
    """

    headline: str
    value: str
    body: str
    share: float | None = None
    low: float | None = None
    high: float | None = None
    evidence: str = ""
    refs: tuple[str, ...] = ()
    trace: str = ""


@dataclass(frozen=True, slots=True)
class Caveat:
    """A limit of the number beside it, in words."""

    body: str
    refs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; `sort` orders it, `mark` colours it (yes, no, part or nothing)."""

    text: str
    sort: float | None = None
    mark: str = ""
    refs: tuple[str, ...] = ()
    trace: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under named columns; columns named in `numeric` are set flush right."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    numeric: tuple[str, ...] = ()
    paper: bool = True
    """Whether it belongs on paper too; a long listing is for the screen and for the other formats."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar, with an optional interval."""

    label: str
    value: float
    low: float | None = None
    high: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Bars:
    """Horizontal bars on one scale."""

    title: str
    unit: str
    bars: tuple[Bar, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Range:
    """One labelled interval with its middle; `key` says what it stands for where labels are only letters."""

    label: str
    low: float
    mid: float
    high: float
    key: str = ""


@dataclass(frozen=True, slots=True)
class RangeGroup:
    """Intervals of one actor (or one other thing that deserves one colour)."""

    name: str
    ranges: tuple[Range, ...]


@dataclass(frozen=True, slots=True)
class Ranges:
    """Intervals by group around a reference line."""

    title: str
    unit: str
    groups: tuple[RangeGroup, ...]
    reference: float = 0.0
    reference_label: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """One line; `low` and `high`, where given, are drawn as a band."""

    name: str
    x: tuple[float, ...]
    y: tuple[float, ...]
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines over one horizontal scale; `step` draws survival-like steps; `unit` is that of y.

    Two units (here and on Bars and Ranges) mean numbers on 0..1 shown as per cent: "share" for what was
    counted, and "chance" for a probability, which is never shown as 0 or 100%.
    """

    title: str
    x_label: str
    y_label: str
    series: tuple[Series, ...]
    step: bool = False
    note: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """One mark of a scatter."""

    label: str
    x: float
    y: float
    size: float = 1.0
    group: str = ""


@dataclass(frozen=True, slots=True)
class Scatter:
    """Marks in a plane."""

    title: str
    x_label: str
    y_label: str
    points: tuple[Point, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Stand:
    """Somebody on a strip: where, and with what share of all weight."""

    label: str
    at: float
    weight: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A named place on a strip; `base` marks what holds anyway.

    Parameters
    ----------
    chance : float
        That the outcome lies nearer to this place than to any other.
    """

    label: str
    at: float
    chance: float
    base: bool = False


@dataclass(frozen=True, slots=True)
class Strip:
    """One scale: who stands where, how likely each stretch of it is, and its named places.

    Parameters
    ----------
    shares : tuple of float
        Chance of each of equally long stretches.
    start, stretch : float
        Where the first stretch begins, and how long each is; the outer ones may reach past the scale.
    base_label : str
        What the marked place means ("if talks fail").
    """

    title: str
    low: float
    high: float
    stands: tuple[Stand, ...]
    ticks: tuple[Tick, ...]
    shares: tuple[float, ...]
    start: float
    stretch: float
    base_label: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """A node of a network, placed at `x`, `y` on 0..1."""

    id: str
    label: str
    x: float
    y: float
    group: str = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """A tie between two nodes; weight below 0 is drawn as a conflict, dashed where `tense`.

    One that is the `same` as in the network it is compared with is drawn faint and not listed in words.
    """

    source: str
    target: str
    weight: float = 1.0
    label: str = ""
    tense: bool = False
    same: bool = False


@dataclass(frozen=True, slots=True)
class Network:
    """Nodes and signed ties."""

    title: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    directed: bool = False
    note: str = ""


Ring = tuple[tuple[float, float], ...]
"""Longitude and latitude, in degrees, of the points of a closed line."""


@dataclass(frozen=True, slots=True)
class Area:
    """A part of a map: its rings, and in which holder's colour it is drawn."""

    id: str
    name: str
    rings: tuple[Ring, ...]
    belongs: int


@dataclass(frozen=True, slots=True)
class Town:
    """A named point of a map."""

    name: str
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class Layer:
    """Who controls how much of each area, in one panel of a map.

    Parameters
    ----------
    shares : tuple of (str, int, float)
        Area, holder and share on 0..1; what is not named is with whom the area belongs to.
    """

    title: str
    shares: tuple[tuple[str, int, float], ...]


@dataclass(frozen=True, slots=True)
class Map:
    """Areas within borders, with control as a layer of its own; one panel for each layer.

    A share is drawn as a hatching that covers that part of the area, never as a line inside it.

    Parameters
    ----------
    holders : tuple of str
        Names of those to whom areas belong or who control some; their order gives the colours.
    context : tuple of Ring
        Neighbours, drawn without names.
    policy : str
        Which borders are drawn, of which day, from which source; printed under every map.
    colours : tuple of str
        What the colour of each holder says of an area; "Recognised as ..." where left out.
    """

    title: str
    areas: tuple[Area, ...]
    holders: tuple[str, ...]
    layers: tuple[Layer, ...]
    context: tuple[Ring, ...] = ()
    towns: tuple[Town, ...] = ()
    policy: str = ""
    note: str = ""
    colours: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a funnel: how many are left and what removed the rest."""

    label: str
    count: int
    killer: str = ""
    trace: str = ""


@dataclass(frozen=True, slots=True)
class Funnel:
    """Counts that can only fall from step to step."""

    title: str
    steps: tuple[Step, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """One dated entry of a timeline; `done` tells what has happened from what is expected."""

    when: str
    body: str
    done: bool = False
    refs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Timeline:
    """Events in order: what happened, what to watch for next."""

    title: str
    events: tuple[Event, ...]
    note: str = ""


Block = (
    Text | Fact | Caveat | Table | Bars | Ranges | Lines | Scatter | Strip | Network | Map | Funnel | Timeline
)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, a sentence under it, and blocks; `id` is its anchor.

    Parameters
    ----------
    aside : tuple of Block
        Shown beside the blocks where there is room, after them where there is not.
    annex : bool
        Belongs behind the summary: in print it starts after the two summary pages.
    half : bool
        Two such sections in a row stand side by side where there is room.
    inner : bool
        Goes on with the section before it: a list of contents leaves it out.
    short : str
        What navigation calls it; "" for the words of the title before a colon.
    """

    id: str
    title: str
    lead: str = ""
    blocks: tuple[Block, ...] = ()
    aside: tuple[Block, ...] = ()
    annex: bool = False
    half: bool = False
    inner: bool = False
    short: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """What a lens shows: a judgement, a lead, and sections."""

    title: str
    lead: str
    sections: tuple[Section, ...]
    headline: tuple[Fact, ...] = ()
