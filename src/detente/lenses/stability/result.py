"""What the stability lens computes: the conflict, who holds to its focus and why, and what would help."""

from __future__ import annotations

from dataclasses import dataclass

from detente.lens import Measure
from detente.lenses.stability.result_deals import Choice, Compared, Support
from detente.lenses.stability.result_parts import (
    NAMES,
    ConceptVerdict,
    Equilibrium,
    Focus,
    Further,
    Hold,
    OptionView,
    States,
)


@dataclass(frozen=True, slots=True)
class StabilityResult:
    """The answer of the lens.

    Parameters
    ----------
    title : str
        Name of the deal or of the conflict.
    generated : bool
        Whether the conflict was made from a deal.
    concept : str
        Headline concept.
    deal : tuple of Choice
        The deal in full; empty for a written conflict. Where it leaves an issue open, what holds if talks
        fail is taken.
    actors, dms : tuple of str
        Ids in the case (none for a file) and names of the decision makers.
    options : tuple of OptionView
    states : States
    equilibria : dict of concept to tuple of int
        Ordered numbers.
    focus : Focus or None
        None for a conflict that does not say where things stand.
    ranked : tuple of Equilibrium
        The best equilibria: more concepts, then slack, then coalition-proof, then near.
    supports : tuple of Support
        What other guarantees and monitoring would do, the most helpful first; the deal as it is leads.
    compared : tuple of Compared
        The deals the case names.
    draws, support_draws, seed : int
        Draws in all, and those on which every other guarantee was tried to find the best.
    notes : tuple of str
        What a reader of a file should know.
    further : Further or None
        Other ideas of stability; None for a conflict made from a deal, and for a large one.
    """

    title: str
    generated: bool
    concept: str
    deal: tuple[Choice, ...]
    actors: tuple[str, ...]
    dms: tuple[str, ...]
    options: tuple[OptionView, ...]
    states: States
    equilibria: dict[str, tuple[int, ...]]
    focus: Focus | None
    ranked: tuple[Equilibrium, ...]
    supports: tuple[Support, ...]
    compared: tuple[Compared, ...]
    draws: int
    support_draws: int
    seed: int
    notes: tuple[str, ...]
    further: Further | None = None

    def measures(self) -> tuple[Measure, ...]:
        """Return the headline numbers."""
        found = [
            _count_measure(concept, len(states), self.actors) for concept, states in self.equilibria.items()
        ]
        if self.focus is None:
            return tuple(found)
        for verdict in self.focus.verdicts:
            found.append(_share_measure(verdict, self.actors))
        for hold in self.focus.holds:
            inputs = tuple(f"preferences.{a}" for a in self.actors[hold.dm : hold.dm + 1])
            found.append(_slack_measure(hold, self.dms[hold.dm], self.concept, inputs))
        return tuple(found)


def _count_measure(concept: str, states: int, actors: tuple[str, ...]) -> Measure:
    return Measure(
        f"equilibria.{concept}",
        f"Equilibria under {concept}",
        states,
        "states",
        formula=f"Count of the states that no decision maker has reason to leave under {concept}.",
        inputs=_places(actors),
    )


def _places(actors: tuple[str, ...]) -> tuple[str, ...]:
    return (*(f"preferences.{a}" for a in actors), "interactions", "conflict")


def _share_measure(verdict: ConceptVerdict, actors: tuple[str, ...]) -> Measure:
    share = verdict.share
    if share is None:
        value = float(verdict.stable)
        label, how = (
            "The focus is an equilibrium",
            "No decision maker has reason to leave the state in focus.",
        )
        place = _places(actors)
        return Measure(f"stable.{verdict.concept}", label, value, "yes or no", formula=how, inputs=place)
    return Measure(
        f"stable.{verdict.concept}",
        f"Full compliance is stable for everybody ({NAMES[verdict.concept]} stability)",
        share.value,
        "share of draws",
        share.low,
        share.high,
        "95% Monte Carlo interval (Wilson)",
        "Share of draws of the case's preferences in which no decision maker would leave full compliance.",
        _places(actors),
    )


def _slack_measure(hold: Hold, name: str, concept: str, inputs: tuple[str, ...]) -> Measure:
    if hold.slack is None:
        value = None if hold.margin is None else float(hold.margin)
        return Measure(
            f"margin.{hold.dm + 1}",
            f"Slack of {name} under {concept}",
            value,
            "rank places",
            formula="Rank of the state in focus minus the best rank that leaving secures, answered at worst.",
            inputs=(*inputs, "interactions", "conflict"),
        )
    return Measure(
        f"slack.{hold.dm + 1}",
        f"Slack of {name} at the mean of the draws",
        hold.slack,
        "points",
        formula="Points of full compliance minus the best that leaving can secure against the worst answer.",
        inputs=(*inputs, "interactions", "conflict"),
    )
