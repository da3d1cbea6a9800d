"""The words by which a case is recognised in a text: actors, stakes, options, and whom they belong to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from detente.case.model import Case
from detente.ingest.lexicon import words
from detente.ingest.names import Actors
from detente.ingest.options import Options
from detente.ingest.topics import Topics


@dataclass(frozen=True)
class Vocabulary:
    """Names, stakes and options of one case, ready for any number of documents.

    Examples
    --------
    >>> from detente.case.load import load_case
    >>> Vocabulary.of(load_case("alaska-2025")).owners["russia_economy"]
    'RUS'
    """

    case: Case
    actors: Actors
    topics: Topics
    options: Options

    @staticmethod
    def of(case: Case) -> Vocabulary:
        """Learn the words of a case."""
        return Vocabulary(case, Actors(case), Topics.of(case), Options.of(case))

    @cached_property
    def owners(self) -> dict[str, str]:
        """Stakes named after one actor, as in "Norvia's economy", and that actor."""
        named = {s.id: {m.actor for m in self.actors.find(s.name)} for s in self.case.stakes}
        return {stake: found.pop() for stake, found in named.items() if len(found) == 1}

    @cached_property
    def public(self) -> str:
        """The actor who answers polls; "" where the case has none."""
        asked = words("en", "asked")
        named = ((a.id, {n.lower() for n in (a.adjective, *a.aliases)}) for a in self.case.actors)
        return next((id_ for id_, names in named if asked & names), "")
