"""Shows the stated worth of no deal beside the modelled one, where the model was asked for."""

from __future__ import annotations

from detente.lenses.settlement.result import Settlement
from detente.page import Caveat, Cell, Section, Table
from detente.table.names import Names
from detente.words import percent


def beside(names: Names, r: Settlement) -> Section:
    """Return both worths of no deal, actor by actor; empty where the stated one is used."""
    title = "What no deal is worth: stated, and modelled"
    if r.beside is None:
        return Section("no_deal", title)
    rows = tuple(
        (
            Cell(names.actor(w.actor)),
            Cell(_span(w.stated), w.stated[1]),
            Cell(_span(w.modelled), w.modelled[1]),
        )
        for w in r.beside.worth
    )
    columns = (
        "Who must agree",
        "As the case states it",
        f"Mean of the next {r.beside.months} months, modelled (used here)",
    )
    note = "Points of each actor's own scale: median, and 5th to 95th percentile of draws."
    lead = (
        f"On the stated worth some package beats no deal for all who must agree in "
        f"{percent(r.beside.interests.value)} of draws, red lines aside; on the modelled one in "
        f"{percent(r.interests.value)}."
    )
    limit = Caveat("The model keeps the books of what waiting costs and brings; it has never been validated.")
    return Section("no_deal", title, lead, (Table("Worth of no deal", columns, rows, note=note), limit))


def _span(ends: tuple[float, float, float]) -> str:
    low, mid, high = ends
    return f"{mid:.0f} ({low:.0f} to {high:.0f})"
