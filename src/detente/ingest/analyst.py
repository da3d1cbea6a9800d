"""The rules as a proposer: they read any number of documents for one case."""

from __future__ import annotations

from dataclasses import dataclass

from detente.case.model import Case
from detente.ingest.document import Document
from detente.ingest.proposal import Proposal
from detente.ingest.reading import Reading
from detente.ingest.vocabulary import Vocabulary


@dataclass(frozen=True)
class Analyst:
    """Finds what documents claim, by rules alone.

    Examples
    --------
    >>> from detente.case.load import load_case
    >>> analyst = Analyst.of(load_case("alaska-2025"))
    >>> item = analyst.propose(Document("a", "Russia's central bank cut its rate to 18 percent, it said."))[0]
    >>> item.stake, item.actor, item.numbers[0].value
    ('russia_economy', 'RUS', 18.0)
    """

    words: Vocabulary

    @staticmethod
    def of(case: Case) -> Analyst:
        """Learn the words of a case."""
        return Analyst(Vocabulary.of(case))

    def propose(self, document: Document) -> list[Proposal]:
        """Return the claims of a document in order.

        Of a text in a language the rules do not know, names and numbers are all they have to go by.
        """
        return Reading.of(self.words, document).claims()
