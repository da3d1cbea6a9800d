"""Proposes a first case from documents alone: parties, stakes, positions; what is not said is left open."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from detente.case.model import Case
from detente.errors import UsageError
from detente.ingest.analyst import Analyst
from detente.ingest.document import Document
from detente.ingest.draft_parties import Party, parties
from detente.ingest.proposal import Proposal
from detente.ingest.topics import theme_words
from detente.words import listed

THEMES = {
    "halt": ("An end to the fighting", "Whether the fighting stops, when, and on what terms."),
    "land": ("Territory", "Who controls and administers what area, and what it is called in law."),
    "protect": (
        "Security and guarantees",
        "Who protects whom after a halt, with which forces, and who watches.",
    ),
    "money": ("Economy and sanctions", "What happens to sanctions, assets, trade and money."),
    "world": ("Relations and order", "How the sides and third parties deal with each other afterwards."),
}
"""Stakes a draft can have: the general themes of talks that end wars, in a reader's words."""
ISSUES = {
    "halt": "Form of a halt",
    "land": "Territory and its status",
    "protect": "Guarantees and forces",
    "money": "Sanctions and assets",
    "world": "Relations afterwards",
}
FEWEST = 2
"""Claims a theme needs to become a stake. Judgement: one sentence is no stake."""
_TEXT = 96  # judgement: characters of an option's text; the evidence has the rest
_OPTIONS = 3  # judgement: positions of one party that become options of one issue


@dataclass(frozen=True)
class Position:
    """An option of the draft: what one party asks for on one issue, and the item that says so."""

    option: str
    party: str
    text: str
    item: Proposal


@dataclass(frozen=True)
class Draft:
    """A first case, before it is written.

    Parameters
    ----------
    name : str
    as_of : date
        The latest day a document was published.
    parties : dict of str to Party
        By id.
    stakes : tuple of str
        Keys of `THEMES`.
    positions : dict of str to tuple of Position
        By stake.
    items : tuple of Proposal
        Everything the documents claim.
    missing : tuple of str
        What an analyst has to add.
    """

    name: str
    as_of: date
    parties: dict[str, Party]
    stakes: tuple[str, ...]
    positions: dict[str, tuple[Position, ...]]
    items: tuple[Proposal, ...]
    missing: tuple[str, ...] = field(default=())

    @property
    def consenting(self) -> tuple[str, ...]:
        """The two parties that say most of what they want; who must sign is for the analyst to say."""
        said = Counter(p.party for positions in self.positions.values() for p in positions)
        order = list(self.parties)
        return tuple(sorted(order, key=lambda key: (-said[key], order.index(key)))[:2])


def draft(name: str, documents: Sequence[Document], as_of: str = "") -> Draft:
    """Return a first case from documents.

    Parameters
    ----------
    name : str
        Of the new case.
    documents : sequence of Document
    as_of : str
        The case's date; the latest day of publication where empty.

    Raises
    ------
    UsageError
        If the documents name fewer than two parties, nothing at stake, or no day.
    """
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,59}", name):
        letters = "use at most 60 small letters, digits and hyphens"
        raise UsageError(f"`{name}` cannot be the name of a case. Remedy: {letters}")
    found = parties(documents)
    if len(found) < 2:
        raise UsageError(
            "the documents name fewer than two parties. Remedy: give more, or start with detente new"
        )
    named = {_id(p.name, n): p for n, p in enumerate(found)}
    day = _day(documents, as_of)
    analyst = Analyst.of(_frame(name, day, named))
    items = [item for document in documents for item in analyst.propose(document)]
    counts = {theme: sum(i.stake == theme for i in items) for theme in THEMES}
    stakes = tuple(theme for theme, n in counts.items() if n >= FEWEST)
    if not stakes:
        raise UsageError("the documents say nothing on what talks are about. Remedy: start with detente new")
    positions = {theme: _positions(theme, items, named) for theme in stakes}
    made = Draft(name, day, named, stakes, positions, tuple(items))
    return Draft(name, day, named, stakes, positions, tuple(items), tuple(_missing(made)))


def _id(name: str, n: int) -> str:
    letters = re.sub(r"[^A-Za-z]", "", name).upper()
    return f"{letters[:3]}{n + 1}"


def _day(documents: Sequence[Document], as_of: str) -> date:
    days = sorted(d.published for d in documents if len(d.published) == 10)
    chosen = as_of or (days[-1] if days else "")
    try:
        day = date.fromisoformat(chosen)
    except ValueError:
        raise UsageError("no document carries a day of publication. Remedy: --as-of 2025-08-14") from None
    if late := [d.name for d in documents if d.published > day.isoformat()]:
        raise UsageError(f"{late[0]} was published after {day}. Remedy: leave it out, or another --as-of")
    return day


def _frame(name: str, day: date, named: dict[str, Party]) -> Case:
    """Return a bare case with the parties and all themes, for the rules to read with."""
    data: dict[str, Any] = {
        "format": 1,
        "id": name,
        "title": name,
        "as_of": day,
        "analyst": "draft",
        "readings": {"stated": {"text": "Red lines as published"}},
        "actors": [
            {"id": key, "name": p.name, "adjective": p.adjective, "role": "party", "aliases": p.people}
            for key, p in named.items()
        ],
        "stakes": [
            {"id": key, "name": title, "decides": decides, "context": theme_words(key)}
            for key, (title, decides) in THEMES.items()
        ],
        "issues": [
            {
                "id": f"i_{key}",
                "stake": key,
                "name": title,
                "options": [{"id": "today", "text": "As things stand"}],
            }
            for key, title in ISSUES.items()
        ],
        "preferences": {},
        "no_deal": {"options": {}},
    }
    return Case.model_validate(data)


def _positions(theme: str, items: Sequence[Proposal], named: dict[str, Party]) -> tuple[Position, ...]:
    """Return what each party itself is said to want on a theme, in its own or the document's words."""
    found: list[Position] = []
    count: defaultdict[str, int] = defaultdict(int)
    for item in items:
        own = not item.speaker_actor or item.speaker_actor == item.actor
        if item.stake != theme or item.modality != "position" or item.actor not in named or not own:
            continue
        if count[item.actor] < _OPTIONS:
            count[item.actor] += 1
            option = f"{item.actor.lower()}_{count[item.actor]}"
            found.append(Position(option, item.actor, _short(named[item.actor].name, item.statement), item))
    return tuple(found)


def _short(party: str, statement: str) -> str:
    """Return an option's text: the party, and the beginning of what it wants."""
    plain = " ".join(statement.replace('"', "").split())
    plain = re.sub(r",\s+(?:[\w'-]+\s){0,4}(?:said|says|told|adds?|added)\b[\w ']{0,25}$", "", plain)
    clause = re.split(r"\b(?:said|says|insisted|warned)\b(?: on \w+day)?(?: that)?", plain, maxsplit=1)
    core = clause[1].strip(" ,.") if len(clause) > 1 and len(clause[1]) > 25 else plain.strip(" .")
    cut = core if len(core) <= _TEXT else core[:_TEXT].rsplit(" ", 1)[0] + " ..."
    return f"As {party} has it: {cut}"


def _missing(made: Draft) -> list[str]:
    silent = {
        t: [made.parties[p].name for p in made.parties if p not in {x.party for x in made.positions[t]}]
        for t in made.stakes
    }
    notes = [
        "who must sign: consent is set for the two parties that say most",
        "roles: all are called parties; mediators, guarantors and ratifiers are not told apart",
        "options in your own words, alike ones merged, and their places on a scale",
        "saliences: all are 0 to 100",
        "red lines: no win-set is given, so nothing is excluded",
        "what no deal is worth: 0 to 100 for everybody",
        "rules: which options exclude each other",
        f"{sum(map(len, made.positions.values()))} statements are the documents' words; nobody reviewed them",
    ]
    notes += [f"{THEMES[t][0]}: what {listed(who, 'or')} wants" for t, who in silent.items() if who]
    if absent := [THEMES[t][0].lower() for t in THEMES if t not in made.stakes]:
        notes.append("the documents say little or nothing on " + ", ".join(absent))
    return notes
