"""Chains as readers get them: each told once, and what several chains share told once below them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import groupby

from detente.render.document import Chain, Line

_OWN = ("Result", "Formula", "Input", "No deal")
"""Labels of the first lines, which a chain keeps to itself: what it is, how computed, from which places."""


@dataclass(frozen=True, slots=True)
class Told:
    """A chain, or what several chains share, under its anchor.

    Parameters
    ----------
    anchor : str
    title : str
    lines : tuple of Line
    more : str
        Anchor of the lines it shares with other chains; "" where it shares none.
    printed : bool
        Whether it belongs on paper.
    """

    anchor: str
    title: str
    lines: tuple[Line, ...]
    more: str = ""
    printed: bool = False

    @property
    def groups(self) -> tuple[tuple[str, tuple[Line, ...]], ...]:
        """Lines that follow each other under one label."""
        return tuple((label, tuple(lines)) for label, lines in groupby(self.lines, lambda line: line.label))


@dataclass(frozen=True, slots=True)
class Chains:
    """Every chain of a document, and where each trace finds its own."""

    told: tuple[Told, ...]
    anchors: Mapping[str, str]


def tell(chains: Mapping[str, Chain], headline: Collection[str]) -> Chains:
    """Return the chains as a page prints them: without repeats.

    Parameters
    ----------
    chains : mapping of str to Chain
        By trace; a chain may stand under several traces.
    headline : collection of str
        Traces of the headline numbers, whose chains are printed on paper too.

    Examples
    --------
    >>> shared = (Line("Judgement", "preferences"), Line("Analyst", "the authors"))
    >>> own = [Chain(t, (Line("Result", t), Line("Formula", "a count"), *shared)) for t in ("one", "two")]
    >>> found = tell({"a": own[0], "b": own[1], "lens.b": own[1]}, ("a",))
    >>> dict(found.anchors)
    {'a': 'how-1', 'b': 'how-2', 'lens.b': 'how-2'}
    >>> [(t.anchor, len(t.lines), t.more, t.printed) for t in found.told]
    [('how-1', 2, 'from-1', True), ('how-2', 2, 'from-1', False), ('from-1', 2, '', True)]
    """
    anchors: dict[Chain, str] = {}
    for chain in chains.values():
        anchors.setdefault(chain, f"how-{len(anchors) + 1}")
    cut = {chain: _own(chain) for chain in anchors}
    uses = Counter(chain.lines[cut[chain] :] for chain in anchors)
    shared = [lines for lines, times in uses.items() if lines and times > 1]
    more = {lines: f"from-{n}" for n, lines in enumerate(shared, 1)}
    paper = {chains[trace] for trace in headline if trace in chains}
    on_paper = {chain.lines[cut[chain] :] for chain in paper}
    told = [
        Told(
            anchor,
            chain.title,
            chain.lines[: cut[chain]] if chain.lines[cut[chain] :] in more else chain.lines,
            more.get(chain.lines[cut[chain] :], ""),
            chain in paper,
        )
        for chain, anchor in anchors.items()
    ]
    told += [
        Told(anchor, f"Behind {uses[lines]} of these numbers", lines, "", lines in on_paper)
        for lines, anchor in more.items()
    ]
    return Chains(tuple(told), {trace: anchors[chain] for trace, chain in chains.items()})


def _own(chain: Chain) -> int:
    """Return how many of a chain's lines are its own."""
    return next((n for n, line in enumerate(chain.lines) if line.label not in _OWN), len(chain.lines))
