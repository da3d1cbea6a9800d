"""A sentence with everything that can be found in it by itself, and who speaks where it is a quotation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from detente.ingest.names import Mention
from detente.ingest.numbers import Number, numbers
from detente.ingest.people import People
from detente.ingest.sentences import Piece, pieces
from detente.ingest.speech import Attribution, attributions
from detente.ingest.speech_ru import attributions_ru
from detente.ingest.topics import Topics

Said = tuple[Attribution, ...]


@dataclass
class Sentence:
    """A sentence or heading; places count from its beginning.

    Parameters
    ----------
    piece : Piece
        Where it stands.
    text : str
        With plain quotes and dashes.
    mentions : tuple of Mention
        Actors named in it.
    numbers : tuple of Number
    said : tuple of Attribution
        Who says it, as far as it or its neighbours tell.
    quoted : bool
        Whether it stands inside a quotation.
    """

    piece: Piece
    text: str
    mentions: tuple[Mention, ...] = ()
    numbers: tuple[Number, ...] = ()
    said: Said = ()
    quoted: bool = False
    _scores: dict[str, float] = field(default_factory=dict)

    def scores(self, topics: Topics) -> dict[str, float]:
        """Return how much it sounds like each stake; worked out once."""
        if not self._scores:
            self._scores = topics.scores(self.text)
        return self._scores


def sentences(shadow: str, language: str, people: People) -> list[Sentence]:
    """Return the sentences and headings of a text; a quotation over several sentences is followed through.

    Parameters
    ----------
    shadow : str
        The text with plain quotes and dashes.
    language : str
    people : People
        Of the text.
    """
    attribute = attributions_ru if language == "ru" else attributions
    made = []
    for piece in pieces(shadow, language):
        text = shadow[piece.start : piece.end]
        if piece.heading:
            made.append(Sentence(piece, text))
        else:
            mentions = people.actors.find(text)
            made.append(Sentence(piece, text, mentions, numbers(text), attribute(text, people)))
    _follow_quotes(made)
    return made


def _follow_quotes(made: Sequence[Sentence]) -> None:
    """Mark sentences inside quotations, and give them their neighbour's speaker where they name none."""
    open_, block = False, -1
    own = [sentence.said for sentence in made]
    for n, sentence in enumerate(made):
        if sentence.piece.heading:
            continue
        open_ = open_ and sentence.piece.block == block
        block = sentence.piece.block
        sentence.quoted = open_ or (sentence.text.startswith('"') and not own[n])
        open_ = open_ ^ (sentence.text.count('"') % 2 == 1)
        if sentence.quoted and not own[n]:
            sentence.said = _neighbour(made, own, n)


def _neighbour(made: Sequence[Sentence], own: Sequence[Said], n: int) -> Said:
    """Return who speaks a quotation that names nobody: the sentence before says, or the next."""
    block = made[n].piece.block
    for other in (n - 1, n + 1, n - 2, n + 2):
        near = 0 <= other < len(made) and abs(made[other].piece.block - block) <= (0 if other > n else 1)
        if near and own[other] and own[other][0].quotes:
            return (replace(own[other][0], start=0, end=0),)
    return ()
