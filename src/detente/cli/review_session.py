"""The conversation of a review in the terminal: one item, one decision, on to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from detente.errors import UsageError

if TYPE_CHECKING:
    from detente.ingest.accept import Reviewer
    from detente.ingest.proposal import Proposal
    from detente.ingest.store import Record

_AROUND = 200  # judgement: characters of the text shown on each side
_ASKED = (
    "statement",
    "actor",
    "stake",
    "issue",
    "option",
    "said_by",
    "modality",
    "quantity",
    "value",
    "unit",
)
_ASKED_LAST = ("as_of", "credibility", "same_origin", "contradicts", "note")


def converse(reviewer: Reviewer, case: str) -> None:
    """Go through all items that wait; every decision is on disk before the next item is shown."""
    waiting = [(record, item) for record in reviewer.store.records() for item in record.pending]
    if not waiting:
        click.echo(f"Nothing waits for a decision. Next: detente ingest {case} FILE")
        return
    click.echo(f"{len(waiting)} wait. a accept, e edit and accept, r reject, s skip, q quit.\n")
    for number, (record, item) in enumerate(waiting, 1):
        click.echo(f"[{number} of {len(waiting)}] {_card(reviewer, record, item)}")
        if not _decided(reviewer, item):
            click.echo("Stopped; what was decided stands. Go on with the same command.")
            return
    click.echo("Done. Next: detente check, then cite the new evidence where it matters.")


def _decided(reviewer: Reviewer, item: Proposal) -> bool:
    """Ask until one item is settled; False to stop."""
    while True:
        answer = click.prompt("a/e/r/s/q", type=click.Choice(tuple("aersq")), show_choices=False)
        if answer == "q":
            return False
        if answer == "s":
            return True
        try:
            if answer == "r":
                reviewer.reject(item.id)
            else:
                name, lines = reviewer.accept(item.id, _edited(item) if answer == "e" else {})
                click.echo(f"Entered as {name}:\n{lines}")
            return True
        except UsageError as error:
            click.echo(f"{error}\nNothing was changed; try again, or s to skip.")


def _edited(item: Proposal) -> dict[str, Any]:
    """Ask for each value; an empty answer keeps what is proposed, a single dash empties it."""
    number = item.numbers[0] if len(item.numbers) == 1 else None
    proposed = {
        "said_by": ", ".join(item.speakers),
        "value": f"{number.value:g}" if number else "",
        "unit": number.unit if number else "",
        "same_origin": ", ".join(item.same_origin),
        "contradicts": ", ".join(item.contradicts),
        "credibility": "6",
    }
    changes = {}
    click.echo("Enter keeps, - empties. Say the statement in your own words.")
    for name in (*_ASKED, *_ASKED_LAST):
        shown = proposed.get(name, getattr(item, name, ""))
        answer = click.prompt(f"  {name}", default=str(shown), show_default=bool(shown))
        if answer == "-":
            changes[name] = ""
        elif answer != str(shown):
            changes[name] = answer
    return changes


def _card(reviewer: Reviewer, record: Record, item: Proposal) -> str:
    """Return an item as a person needs it to decide: in its place, with what else is known."""
    text, document = record.document.text, record.document
    before = " ".join(text[max(0, item.start - _AROUND) : item.start].split())
    after = " ".join(text[item.end : item.end + _AROUND].split())
    said = f"said by {', according to '.join(item.speakers)}" if item.speakers else "no speaker"
    numbers = ", ".join(f"{n.value:g} {n.unit}".strip() for n in item.numbers) or "no number"
    where = "/".join(p for p in (item.stake, item.issue, item.option) if p) or "no stake"
    lines = [
        f"{item.id} from {document.publisher or document.name}, {document.published or 'undated'}",
        f"  ... {before}" if before else "",
        f"  >>> {' '.join(item.statement.split())}",
        f"  ... {after}" if after else "",
        f"  {item.actor or 'no actor'}; {where}; {said}; {item.modality}; {numbers}",
        f"  as of {item.as_of or 'an unknown day'}",
        *_others(reviewer, "tells the same as", item.same_origin),
        *_others(reviewer, "says otherwise than", item.contradicts),
        f"  proposed by {item.proposed_by}" if item.proposed_by != "rules" else "",
        "  LATER than the case: only a later option may rest on it" if item.later else "",
    ]
    return "\n".join(line for line in lines if line)


def _others(reviewer: Reviewer, relation: str, names: tuple[str, ...]) -> list[str]:
    from detente.case.load import load_case

    if not names:
        return []
    known = {e.id: e.statement for e in load_case(reviewer.folder).evidence}
    known |= {i.id: i.statement for r in reviewer.store.records() for i in r.items if i.id in names}
    return [f"  {relation} {name}: {known.get(name, '')}" for name in names]
