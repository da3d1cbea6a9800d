"""Writes a drafted case as two commented files that pass the check."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from detente.case.load import read_case
from detente.case.template import proper
from detente.case.write_yaml import dumped, inline
from detente.errors import InputProblems
from detente.files import free, staged_folder
from detente.ingest.accept import quote_of, source_of
from detente.ingest.document import Document
from detente.ingest.draft import ISSUES, THEMES, Draft, Position
from detente.ingest.proposal import Proposal
from detente.ingest.store import Record, Store, numbered

ELSEWHERE = "choose another name, or another place with -o"
_HEAD = """\
# A first draft, made from documents by rules. Nobody has judged anything in it yet.
#   stated  a sentence of a document says so; only the first place of an order is stated, the rest is open
#   guess   a placeholder, as wide as can be
# Still missing:
{missing}
# Other claims of the documents wait in `proposals`: detente review {name}

format: 1
id: {name}
title: {title}
as_of: {as_of} # nothing published or dated later may enter
analyst: your name # who answers for the judgements

readings:
  stated: {{ text: Red lines as the parties published them, basis: stated }}
  flexible: {{ text: What each could live with in the analyst's view, basis: guess }}
"""


def write_draft(folder: Path, made: Draft, documents: Sequence[Document]) -> None:
    """Write a drafted case and its proposals into a new folder, or nothing at all.

    Raises
    ------
    UsageError
        If something is there already, or the name cannot be used.
    InputProblems
        If the draft does not pass the check; that would be a fault of ours.
    """
    ready(folder, made.name)
    with staged_folder(folder, ELSEWHERE) as inner:
        items = numbered([_with_id(i, n) for n, i in enumerate(made.items)], 1)
        known = _ledger(made, documents)
        (inner / "case.yaml").write_text(_case(made, known), encoding="utf-8", newline="\n")
        (inner / "sources.yaml").write_text(_sources(made, documents, known), encoding="utf-8", newline="\n")
        store = Store.of(inner)
        for document in documents:
            store.save(Record(document, tuple(i for i in items if i.document == document.digest)))
        if errors := read_case(inner).errors:
            raise InputProblems("the draft does not pass the check", errors)


def ready(folder: Path, name: str) -> None:
    """Refuse a name no case can have and a place no draft can be written to, before any document is read.

    Raises
    ------
    UsageError
        If something is there already, nothing can be written there, or the name cannot be used.
    """
    proper(name)
    free(folder, ELSEWHERE)


def _with_id(item: Proposal, n: int) -> Proposal:
    return replace(item, id=f"P{n + 1}")


def _ledger(made: Draft, documents: Sequence[Document]) -> dict[tuple[str, int], str]:
    """Return ids of evidence for the items that positions rest on, by document and place."""
    items = [p.item for positions in made.positions.values() for p in positions]
    return {(i.document, i.start): f"I{n:03}" for n, i in enumerate(items, 1)}


def _case(made: Draft, known: dict[tuple[str, int], str]) -> str:
    title = inline(f"{made.name}: say in a few words what is negotiated, and when")
    missing = "\n".join(f"#   - {line}" for line in made.missing)
    parts = [
        _HEAD.format(missing=missing, name=made.name, title=title, as_of=made.as_of),
        "actors:\n" + dumped(_actors(made), "  "),
        "stakes:\n"
        + dumped([{"id": t, "name": THEMES[t][0], "decides": THEMES[t][1]} for t in made.stakes], "  "),
        "issues:\n" + "".join(_issue(t, made.positions[t], known) for t in made.stakes),
        "preferences:\n" + "".join(_preferences(made, p, known) for p in _with_views(made)),
        _no_deal(made),
    ]
    return "\n".join(parts)


def _actors(made: Draft) -> list[dict[str, Any]]:
    return [
        {
            "id": key,
            "name": party.name,
            **({"adjective": party.adjective} if party.adjective else {}),
            "role": "party",
            "consent": key in made.consenting,
            **({"aliases": list(party.people)} if party.people else {}),
        }
        for key, party in made.parties.items()
    ]


def _issue(theme: str, positions: Sequence[Position], known: dict[tuple[str, int], str]) -> str:
    lines = [
        f"  - id: i_{theme}",
        f"    stake: {theme}",
        f"    name: {inline(ISSUES[theme])}",
        "    options:",
        "      - { id: today, text: As things stand }",
    ]
    for p in positions:
        evidence = known[p.item.document, p.item.start]
        lines += [f"      - id: {p.option} # {evidence}", f"        text: {inline(p.text)}"]
    return "\n".join(lines) + "\n"


def _with_views(made: Draft) -> list[str]:
    """Return those who need preferences: who signs, and who has said something."""
    spoken = {p.party for positions in made.positions.values() for p in positions}
    return [key for key in made.parties if key in made.consenting or key in spoken]


def _preferences(made: Draft, party: str, known: dict[tuple[str, int], str]) -> str:
    lines = [f"  {party}:"]
    for theme in made.stakes:
        positions = made.positions[theme]
        own = [p for p in positions if p.party == party]
        others = [p.option for p in positions if p.party != party] + ["today"]
        if not own and party not in made.consenting:
            continue
        first = [p.option for p in own]
        order = [_tier(first), _tier(others)] if own else [_tier(others)]
        lines += [f"    i_{theme}:", f"      order: [{', '.join(order)}]", "      salience: [0, 100]"]
        if own:
            cited = ", ".join(known[p.item.document, p.item.start] for p in own)
            lines += [
                "      basis: stated",
                f"      evidence: [{cited}]",
                "      note: Only the first place is stated; the rest of the order is open.",
            ]
        else:
            lines += ["      basis: guess", "      note: The documents do not say."]
    return "\n".join(lines) + "\n"


def _tier(options: Sequence[str]) -> str:
    return options[0] if len(options) == 1 else f"[{', '.join(options)}]"


def _no_deal(made: Draft) -> str:
    options = ", ".join(f"i_{t}: today" for t in made.stakes)
    worth = "\n".join(f"    {key}: {{ worth: [0, 100], basis: guess }}" for key in made.consenting)
    return f"no_deal:\n  text: Things stay as they are.\n  options: {{ {options} }}\n  worth:\n{worth}\n"


def _sources(made: Draft, documents: Sequence[Document], known: dict[tuple[str, int], str]) -> str:
    """Return sources.yaml: the documents positions rest on, and the sentences that state them."""
    sources: list[dict[str, Any]] = []
    names: dict[str, str] = {}
    for document in documents:
        if any(digest == document.digest for digest, _ in known):
            dated = document if document.published else _dated(document, made)
            entry = source_of(dated, {s["id"] for s in sources})
            names[document.digest] = entry["id"]
            sources.append(entry)
    items = [p.item for positions in made.positions.values() for p in positions]
    evidence = [_evidence(i, known[i.document, i.start], names[i.document], made) for i in items]
    head = "# The documents of the draft, and the sentences its positions rest on.\n"
    return f"{head}sources:\n{dumped(sources, '  ', True)}\nevidence:\n{dumped(evidence, '  ', True)}"


def _dated(document: Document, made: Draft) -> Document:
    return replace(document, published=made.as_of.isoformat())


def _evidence(item: Proposal, name: str, source: str, made: Draft) -> dict[str, Any]:
    given: dict[str, Any] = {
        "id": name,
        "statement": " ".join(item.statement.split()),
        "source": [source],
        "as_of": item.as_of or made.as_of.isoformat(),
        "actor": item.actor,
        "stake": item.stake,
        "issue": f"i_{item.stake}",
        "said_by": list(item.speakers),
        "modality": item.modality,
        "quote": quote_of(item),
        "proposed_by": item.proposed_by,
        "note": "Taken over by the draft; reviewed by nobody.",
    }
    return {key: value for key, value in given.items() if value not in (None, "", [])}
