"""Tables of states: where a conflict could settle, every state of a small one, other ideas of stability."""

from __future__ import annotations

from detente import words
from detente.lenses.stability import view_words as say
from detente.lenses.stability.result import StabilityResult
from detente.lenses.stability.result_parts import NAMES, Equilibrium, Further
from detente.lenses.stability.view_tables import margin_cell, percents
from detente.methods.graph_model import CONCEPTS
from detente.page import Cell, Table

SHOWN = 40
"""States up to which every one has a row; judgement: a published table is no longer."""

FURTHER = {
    "seq_or_sim": "Sequential, or undone if both move at once",
    "l2": "Looking two moves ahead",
    "l3": "Looking three moves ahead",
    "l4": "Looking four moves ahead",
    "nonmyopic": "Looking as far ahead as one likes (non-myopic)",
    "cnash": "No group gains, even unanswered (coalition Nash)",
    "cgmr": "Some answer takes every group's gain away (coalition general metarational)",
    "csmr": "The same, and the group cannot get out of it (coalition symmetric metarational)",
    "cseq": "An answer the others would want to give does (coalition sequential)",
}
"""What other ideas of stability ask, as a row of a table."""


def equilibria(result: StabilityResult) -> Table:
    """Return the best equilibria; columns that say nothing here are left out."""
    columns = ["Stable under", "Slack", "Against groups"]
    if result.focus is not None:
        columns.append("Improvements away")
    if any(e.share is not None for e in result.ranked):
        columns.append("Draws")
    rows = tuple((*_named(result, e), *_held(result, e, columns)) for e in result.ranked)
    order = (
        "then by the smallest slack in rank places, then by whether no group of two or more would all gain"
    )
    near = ", then by how few improvements lead there" if result.focus else ""
    return Table(
        "Where it could settle",
        (*(("State",) if not result.generated else ()), "What is done", *columns),
        rows,
        f"Ordered by number of concepts, {order} by leaving{near}.",
        ("Slack", "Improvements away", "Draws"),
    )


def _named(result: StabilityResult, e: Equilibrium) -> tuple[Cell, ...]:
    done = Cell(say.state(result, e.taken))
    return (done,) if result.generated else (Cell(str(e.state), float(e.state)), done)


def _held(result: StabilityResult, e: Equilibrium, columns: list[str]) -> tuple[Cell, ...]:
    cells = {
        "Stable under": Cell(say.concepts(e.concepts)),
        "Slack": margin_cell(e.margin),
        "Against groups": Cell(
            "holds" if e.together else "a group would leave", mark="yes" if e.together else "no"
        ),
        "Improvements away": Cell(_away(result, e), e.moves),
        "Draws": Cell("") if e.share is None else Cell(percents(e.share), e.share.value),
    }
    return tuple(cells[c] for c in columns)


def _away(result: StabilityResult, e: Equilibrium) -> str:
    if e.moves is None:
        other = "" if e.by_any is None else f"; {words.count(e.by_any, 'move')} of any kind"
        return f"none lead there{other}"
    movers = ", ".join(result.dms[move.dm] for move in e.way)
    return f"{e.moves}: {movers}" if movers else str(e.moves)


def every_state(result: StabilityResult) -> Table | None:
    """Return every state of a small conflict: how each ranks it and under what it stays; None for others."""
    states = result.states
    if result.generated or not states.complete or len(states.number) > SHOWN:
        return None
    rows = []
    for n, number in enumerate(states.number.tolist()):
        cells = [Cell(str(number), float(number)), Cell(states.pattern[n])]
        for dm in range(len(result.dms)):
            place = int(states.ranks[dm].max() - states.ranks[dm, n]) + 1
            held = tuple(c for c in CONCEPTS if states.stable[c][dm, n])
            cells.append(Cell(f"{place}: {say.concepts(held)}", float(place)))
        found = tuple(c for c in CONCEPTS if number in result.equilibria[c])
        cells.append(Cell(say.concepts(found)))
        rows.append(tuple(cells))
    taken = ", ".join(o.text for o in result.options)
    return Table(
        "Every state",
        ("State", "Options", *result.dms, "Equilibrium under"),
        tuple(rows),
        f"Options in order: {taken}. For each one: its place in its ranking (1 is best, equal places are "
        "ties), then the ideas under which it would stay.",
    )


def further(result: StabilityResult, found: Further) -> Table:
    """Return the equilibria under other ideas of stability."""
    rows = []
    for name, numbers in found.equilibria.items():
        label = FURTHER.get(name) or f"The same players as one: {NAMES[name.removeprefix('bound_')]}"
        rows.append((Cell(label), Cell(", ".join(map(str, numbers)) or "none")))
    for jump in found.jumps:
        group = words.listed([result.dms[dm] for dm in jump.members])
        rows.append((Cell(f"Together better off: {group}"), Cell(f"from {jump.source} to {jump.target}")))
    note = "Numbers of states. "
    if found.tied and "nonmyopic" in found.equilibria:
        note += "With ties one who looks ahead stays, and takes the lowest state among equal ones. "
    if any(name.startswith("bound_") for name in found.equilibria):
        note += "The file says who acts as one player; that is another notion than a coalition that may form."
    return Table("Other ideas of stability", ("It is stable if ...", "States"), tuple(rows), note.strip())
