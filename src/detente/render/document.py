"""What a renderer is given: a page, its provenance, its numbered sources, and how each number was made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from types import MappingProxyType
from typing import Any

from detente.page import (
    Bars,
    Block,
    Funnel,
    Lines,
    Map,
    Network,
    Page,
    Ranges,
    Scatter,
    Strip,
    Table,
    Timeline,
)
from detente.render.builder import Builder

GRADING = (
    "Letter: reliability of the source, A to F. Number: credibility of the claim, 1 to 6 (Admiralty scale)."
)

_NO_CHAINS: Mapping[str, Chain] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Masthead:
    """Which case, known up to when, and what it takes to get the same page again."""

    case: str
    as_of: str
    digest: str = ""
    seed: int | None = None
    draws: int | None = None
    version: str = ""

    @property
    def stamp(self) -> str:
        """The digest, short; of a variant, that of the case and that of its edits.

        Examples
        --------
        >>> Masthead("Talks", "", "a639385a333b").stamp, Masthead("Talks", "", "a639385a333b+18dd5c5d").stamp
        ('a639385', 'a639385+18dd5c5')
        """
        return "+".join(part[:7] for part in self.digest.split("+"))


@dataclass(frozen=True, slots=True)
class Note:
    """One line of the list of sources, numbered by its place in the list.

    Parameters
    ----------
    id : str
        The source's id.
    text : str
        Publisher, title and date as a reader should see them.
    url : str
        Becomes a link only when it is an http or https address.
    grade : str
        Admiralty grade, such as "B2".
    evidence : tuple of str
        Ids of the evidence this source gives; a `refs` entry naming one of them points here.
    says : tuple of str
        What it says, in our words, one statement for each item of evidence.
    """

    id: str
    text: str
    url: str = ""
    grade: str = ""
    evidence: tuple[str, ...] = ()
    says: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One link of a chain: "Formula", "Input", "Judgement", "Evidence" or "Source", and what it says."""

    label: str
    text: str
    refs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chain:
    """How one number was made, from its formula back to its sources."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A page with everything a reader needs to defend its numbers.

    Parameters
    ----------
    page : Page
        Judgement, lead and sections.
    masthead : Masthead
        Provenance.
    notes : tuple of Note
        Sources; their order gives the numbers.
    chains : mapping of str to Chain
        Keyed by the `trace` names that blocks carry.
    builder : Builder, optional
        What a web page needs for its reader to try deals; other formats leave it out.

    Examples
    --------
    >>> note = Note("reuters-1", "Reuters, 13 August 2025", evidence=("ev-poll",))
    >>> doc = Document(Page("No deal", "", ()), Masthead("Talks", "14 August 2025"), (note,))
    >>> doc.cite(("ev-poll",)), doc.cite(("unknown",))
    ((1,), ())
    """

    page: Page
    masthead: Masthead
    notes: tuple[Note, ...] = ()
    chains: Mapping[str, Chain] = field(default_factory=lambda: _NO_CHAINS)
    builder: Builder | None = None
    _answers: Mapping[str, tuple[int, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        answers: dict[str, tuple[int, ...]] = {}
        for n, note in enumerate(self.notes, 1):
            for name in dict.fromkeys((note.id, *note.evidence)):
                answers[name] = (*answers.get(name, ()), n)
        object.__setattr__(self, "_answers", answers)

    def cite(self, refs: tuple[str, ...]) -> tuple[int, ...]:
        """Return the note numbers, ascending and without repeats, that answer for these ids."""
        return tuple(sorted({n for ref in refs for n in self._answers.get(ref, ())}))

    def unresolved(self) -> tuple[str, ...]:
        """Return the ids that blocks refer to and no note answers for; empty in a sound brief."""
        return tuple(sorted(set(_references(self.page)) - set(self._answers)))

    def cited(self) -> tuple[tuple[int, Note], ...]:
        """Return the notes the page really points to, with their numbers."""
        numbers = self.cite(tuple(_references(self.page)))
        return tuple((n, self.notes[n - 1]) for n in numbers)

    def traced(self) -> Document:
        """Return the same document with only the chains its page opens."""
        opened = set(_entries(self.page, "trace"))
        return replace(self, chains={name: c for name, c in self.chains.items() if name in opened})

    def summary(self) -> Document:
        """Return the same document without its annex; the numbers of the notes stay."""
        kept = tuple(section for section in self.page.sections if not section.annex)
        return replace(self, page=replace(self.page, sections=kept))


def under(heading: str, block: Block) -> Block:
    """Return the block as it stands below a heading: without a title that only says the same again.

    Examples
    --------
    >>> under("Five key stakes", Table("Key stakes", (), ())).title
    ''
    """
    titled = Table | Bars | Ranges | Lines | Scatter | Strip | Network | Map | Funnel | Timeline
    if isinstance(block, titled) and block.title.casefold() in heading.casefold():
        return replace(block, title="")
    return block


def _references(thing: object) -> Iterator[str]:
    """Yield every entry of every `refs` field below a page, whatever the block."""
    for found in _entries(thing, "refs"):
        yield from found


def _entries(thing: object, name: str) -> Iterator[Any]:
    """Yield every field of a name below a page, whatever the block."""
    if isinstance(thing, tuple):
        for part in thing:
            yield from _entries(part, name)
    elif is_dataclass(thing) and not isinstance(thing, type):
        for spec in fields(thing):
            value = getattr(thing, spec.name)
            if spec.name == name:
                yield value
            else:
                yield from _entries(value, name)
