"""Reads one document sentence by sentence: what is claimed, about whom, and on whose word."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace

from detente.case.sources import Modality
from detente.ingest.claims import THRESHOLD, Signs, score
from detente.ingest.dates import about, dates
from detente.ingest.document import Document
from detente.ingest.modality import Frame, modality
from detente.ingest.people import People
from detente.ingest.proposal import Proposal
from detente.ingest.sentence import Sentence, sentences
from detente.ingest.speech import Attribution
from detente.ingest.subject import is_poll, percent_at, subject
from detente.ingest.vocabulary import Vocabulary
from detente.ingest.voices import Voice, Voices, voices

_HEADED = 2.5
"""What a heading that names a stake adds to it, in units of a stake's score. Tuned."""
_CARRIED = 0.5
"""What the sentence before in the same paragraph adds to its own stake. Tuned."""
_LEANING = 0.8
"""What a document wholly about one stake adds to it. Tuned."""
_FAINT = 0.35
"""Score below which a sentence belongs to no stake. Tuned."""
_SECTION = 0.8
"""What standing under a stake's heading adds to the signs of a claim. Tuned."""

Said = tuple[Attribution, ...]


@dataclass
class Reading:
    """One pass over a document; remembers who spoke last and what the last sentence was about."""

    words: Vocabulary
    document: Document
    digest: str
    language: str
    people: People
    voices: Voices
    sentences: list[Sentence]
    poll: bool
    leanings: dict[str, float] = field(default_factory=dict)
    headed: bool = False
    person: tuple[str, str] = ("", "")
    section: str = ""
    last_stake: str = ""
    last_block: int = -1
    claimed_block: int = -1

    @staticmethod
    def of(words: Vocabulary, document: Document) -> Reading:
        """Prepare a document: its people, its voices, its sentences, and what it is mostly about."""
        shadow, language = document.shadow, document.language
        people = People.of(shadow, words.actors)
        cut = sentences(shadow, language, people)
        pieces = [s.piece for s in cut]
        voice = voices(document, shadow, pieces, people)
        poll = is_poll(document.kind, shadow)
        made = Reading(words, document, document.digest, language, people, voice, cut, poll)
        headings = {h for s in cut if s.piece.heading and (h := words.topics.heading(s.text))}
        made.headed = len(headings) > 1
        made.leanings = made._leanings()
        return made

    def claims(self) -> list[Proposal]:
        """Return the claims in order."""
        found = []
        for sentence in self.sentences:
            if sentence.piece.heading:
                self.section = self.words.topics.heading(sentence.text) if self.headed else ""
                self.last_stake = ""
            elif proposal := self._claim(sentence):
                found.append(proposal)
        return found

    def _leanings(self) -> dict[str, float]:
        """Return how much the whole document leans to each stake: shares of its sentences, by themselves."""
        best: Counter[str] = Counter()
        for sentence in self.sentences:
            scores = sentence.scores(self.words.topics)
            top = max(scores, key=lambda s: scores[s], default="")
            if top and scores[top] >= _FAINT:
                best[top] += 1
        total = sum(best.values()) or 1
        return {s: n / total for s, n in best.items()}

    def _claim(self, sentence: Sentence) -> Proposal | None:
        voice = self.voices.of(sentence.piece)
        said = self._resolved(sentence, voice)
        stake, strength = self._stake(sentence)
        mood = self._mood(sentence, said, voice)
        signs = Signs(
            actors=len({m.actor for m in sentence.mentions}),
            stake=strength,
            numbers=sum(bool(x.unit) for x in sentence.numbers),
            speaker=bool(said) and not voice.speaker,
            modal=mood not in ("fact", "reported"),
            turn=sentence.quoted or bool(voice.speaker),
            quote=bool(said) and said[0].quotes,
            carried=self.claimed_block == sentence.piece.block,
        )
        self._remember(sentence, said, stake)
        if voice.silent or score(sentence.text, self.language, signs) < THRESHOLD:
            return None
        self.claimed_block = sentence.piece.block
        return self._proposal(sentence, said, stake, mood)

    def _mood(self, sentence: Sentence, said: Said, voice: Voice) -> Modality:
        frame = Frame(
            speaker=said[0].speaker if said else "",
            party=bool(said and said[0].actor),
            actor=bool(sentence.mentions) or self.poll,
            issuer=voice.issuer,
        )
        return modality(sentence.text, self.language, frame)

    def _proposal(self, sentence: Sentence, said: Said, stake: str, mood: Modality) -> Proposal:
        piece = sentence.piece
        actor = self._asked(sentence) or subject(sentence, said, self.words.owners.get(stake, ""))
        if mood == "position" and said and actor and said[0].actor != actor:
            mood = "reported"
        named = dates(sentence.text, self.document.published)
        issue, option = self.words.options.of_statement(sentence.text, stake)
        return Proposal(
            id="",
            document=self.digest,
            start=piece.start,
            end=piece.end,
            statement=self.document.text[piece.start : piece.end],
            stake=stake,
            issue=issue,
            option=option if mood in ("position", "conditional", "forecast") else "",
            actor=actor,
            speaker=said[0].speaker if said else "",
            speakers=tuple(a.speaker for a in said),
            speaker_actor=said[0].actor if said else "",
            modality=mood,
            numbers=tuple(
                replace(x, start=x.start + piece.start, end=x.end + piece.start) for x in sentence.numbers
            ),
            dates=tuple(dict.fromkeys(d.when for d in named)),
            as_of=about(named, self.document.published),
        )

    def _resolved(self, sentence: Sentence, voice: Voice) -> Said:
        """Return the speakers with pronouns replaced by who they stand for, or the document's own voice."""
        found = []
        for a in sentence.said:
            if voice.speaker and not a.quotes and not a.verb:
                continue
            if a.pronoun and self.person[0]:
                found.append(replace(a, speaker=self.person[0], actor=self.person[1]))
            elif not a.pronoun:
                found.append(a if a.actor else replace(a, actor=self.people.actor_of(a.speaker)))
        if voice.speaker and voice.speaker not in (a.speaker for a in found):
            found.append(Attribution(voice.speaker, False, voice.actor, 0, 0, verb="said"))
        return tuple(found)

    def _stake(self, sentence: Sentence) -> tuple[str, float]:
        """Return the stake of a sentence, and how much it sounds like it by itself."""
        own = sentence.scores(self.words.topics)
        around = {s: value + _LEANING * self.leanings.get(s, 0.0) for s, value in own.items()}
        if self.section:
            around[self.section] += _HEADED
        if self.last_stake and self.last_block == sentence.piece.block:
            around[self.last_stake] += _CARRIED
        best = max(around, key=lambda s: around[s], default="")
        if not best or around[best] < _FAINT:
            return "", 0.0
        return best, own[best] + (_SECTION if best == self.section else 0.0)

    def _asked(self, sentence: Sentence) -> str:
        """Return the public, where a poll gives its answers; "" elsewhere."""
        if not self.poll:
            return ""
        first = sentence.mentions[0].start if sentence.mentions else len(sentence.text)
        return self.words.public if not sentence.mentions or first >= percent_at(sentence.text) else ""

    def _remember(self, sentence: Sentence, said: Said, stake: str) -> None:
        self.last_stake, self.last_block = stake, sentence.piece.block
        if person := next((a for a in said if a.person), None):
            self.person = (person.speaker, person.actor)
        elif named := [n for n in self.people.names(sentence.text) if n.person and " " in n.text]:
            last = named[-1]
            self.person = (last.text, self.people.actor_of(last.text) or last.actor)
