"""Reads a document for a case: sentence by sentence, what is claimed, about whom, and on whose word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from detente.case.model import Case
from detente.ingest.claims import THRESHOLD, Signs, score
from detente.ingest.dates import about, dates
from detente.ingest.document import Document
from detente.ingest.lexicon import phrases, words
from detente.ingest.modality import Frame, modality
from detente.ingest.names import Actors, Mention
from detente.ingest.numbers import Number, numbers
from detente.ingest.options import Options
from detente.ingest.people import People
from detente.ingest.proposal import Proposal
from detente.ingest.sentences import Piece, pieces
from detente.ingest.speech import Attribution, attributions
from detente.ingest.speech_ru import attributions_ru
from detente.ingest.topics import Topics
from detente.ingest.voices import Voice, voices

_HEADED = 2.5
"""What a heading that names a stake adds to it, in units of a stake's score. Tuned."""
_CARRIED = 0.5
"""What the sentence before in the same paragraph adds to its own stake. Tuned."""
_LEANING = 0.8
"""What a document wholly about one stake adds to it. Tuned."""
_FAINT = 0.35
"""Score below which a sentence belongs to no stake. Tuned."""


@dataclass(slots=True)
class _Memory:
    """What reading on remembers: who spoke last, and the stakes of section and sentence."""

    person: str = ""
    person_actor: str = ""
    section_stake: str = ""
    last_stake: str = ""
    last_block: int = -1
    claimed_block: int = -1
    poll: bool = False
    leanings: dict[str, float] = field(default_factory=dict)
    in_quote: bool = False
    quote_by: Attribution | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with everything found in it; places count from its beginning."""

    piece: Piece
    text: str
    mentions: tuple[Mention, ...]
    numbers: tuple[Number, ...]
    said: tuple[Attribution, ...]
    quoted: bool


@dataclass(frozen=True)
class Analyst:
    """The rules, ready for one case.

    Examples
    --------
    >>> from detente.case.load import load_case
    >>> analyst = Analyst.of(load_case("alaska-2025"))
    >>> item = analyst.propose(Document("a", "Russia's central bank cut its rate to 18 percent, it said."))[0]
    >>> item.stake, item.actor, item.numbers[0].value
    ('russia_economy', 'RUS', 18.0)
    """

    case: Case
    actors: Actors
    topics: Topics
    options: Options

    @staticmethod
    def of(case: Case) -> Analyst:
        """Learn the names and stakes of a case."""
        return Analyst(case, Actors(case), Topics.of(case), Options.of(case))

    def propose(self, document: Document) -> list[Proposal]:
        """Return the claims of a document in order.

        Raises
        ------
        Nothing; a text in a language the rules do not know gives what names and numbers give.
        """
        shadow, language = document.shadow, document.language
        people = People.of(shadow, self.actors)
        cut = pieces(shadow, language)
        voice = voices(document, shadow, cut, people)
        memory = _Memory(poll=_is_poll(document.kind, shadow), leanings=self._leanings(shadow, cut))
        headed = {h for p in cut if p.heading and (h := self.topics.heading(shadow[p.start : p.end]))}
        found = []
        for piece, sentence in self._sentences(shadow, cut, people, language):
            if sentence is None:
                heading = self.topics.heading(shadow[piece.start : piece.end])
                memory.section_stake = heading if len(headed) > 1 else ""
                memory.last_stake = ""
                continue
            proposal = self._claim(document, sentence, voice.of(sentence.piece), memory, people)
            if proposal is not None:
                found.append(proposal)
        return found

    def _sentences(
        self, shadow: str, cut: Sequence[Piece], people: People, language: str
    ) -> Iterator[tuple[Piece, Sentence | None]]:
        """Yield headings (None) and sentences; a quotation over several sentences is followed through."""
        attribute = attributions_ru if language == "ru" else attributions
        raw = [
            (p, shadow[p.start : p.end], attribute(shadow[p.start : p.end], people) if not p.heading else ())
            for p in cut
        ]
        open_ = False
        block = -1
        for n, (piece, text, said) in enumerate(raw):
            if piece.heading:
                yield piece, None
                continue
            open_ = open_ and piece.block == block
            block = piece.block
            marks = text.count('"')
            quoted = open_ or (text.startswith('"') and not said)
            open_ = open_ ^ (marks % 2 == 1)
            by = self._quoted_by(raw, n) if quoted and not said else said
            yield piece, Sentence(piece, text, self.actors.find(text), numbers(text), by, quoted)

    def _quoted_by(
        self, raw: Sequence[tuple[Piece, str, tuple[Attribution, ...]]], n: int
    ) -> tuple[Attribution, ...]:
        """Return who speaks a quotation that names nobody: the sentence before says, or the next."""
        piece = raw[n][0]
        for other in (n - 1, n + 1, n - 2, n + 2):
            if 0 <= other < len(raw) and abs(raw[other][0].block - piece.block) <= (0 if other > n else 1):
                said = raw[other][2]
                if said and said[0].quotes:
                    return (replace(said[0], start=0, end=0),)
        return ()

    def _claim(
        self, document: Document, sentence: Sentence, voice: Voice, memory: _Memory, people: People
    ) -> Proposal | None:
        said = self._resolved(sentence, voice, memory, people)
        stake, strength = self._stake(sentence, memory)
        frame = Frame(
            speaker=said[0].speaker if said else "",
            party=bool(said and said[0].actor),
            actor=bool(sentence.mentions) or memory.poll,
            issuer=voice.issuer,
        )
        mood = modality(sentence.text, document.language, frame)
        signs = Signs(
            actors=len({m.actor for m in sentence.mentions}),
            stake=strength,
            numbers=sum(bool(x.unit) for x in sentence.numbers),
            speaker=bool(said) and not voice.speaker,
            modal=mood not in ("fact", "reported"),
            turn=sentence.quoted or bool(voice.speaker),
            quote=bool(said) and said[0].quotes,
            carried=memory.claimed_block == sentence.piece.block,
        )
        self._remember(sentence, said, stake, memory, people)
        if voice.silent or score(sentence.text, document.language, signs) < THRESHOLD:
            return None
        memory.claimed_block = sentence.piece.block
        piece = sentence.piece
        actor = self._asked(sentence, memory) or self._actor(sentence, said, stake)
        if mood == "position" and said and actor and said[0].actor != actor:
            mood = "reported"
        named = dates(sentence.text, document.published)
        issue, option = self.options.of_statement(sentence.text, stake)
        statement = document.text[piece.start : piece.end]
        return Proposal(
            id="",
            document=document.digest,
            start=piece.start,
            end=piece.end,
            statement=statement,
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
            as_of=about(named, document.published),
        )

    def _resolved(
        self, sentence: Sentence, voice: Voice, memory: _Memory, people: People
    ) -> tuple[Attribution, ...]:
        """Return the speakers with pronouns replaced by who they stand for, or the voice of the document."""
        said = [a for a in sentence.said if not (voice.speaker and not a.quotes and not a.verb)]
        found = []
        for a in said:
            if a.pronoun and memory.person:
                found.append(replace(a, speaker=memory.person, actor=memory.person_actor))
            elif not a.pronoun:
                found.append(a if a.actor else replace(a, actor=people.actor_of(a.speaker)))
        if voice.speaker and voice.speaker not in (a.speaker for a in found):
            found.append(Attribution(voice.speaker, False, voice.actor, 0, 0, verb="said"))
        return tuple(found)

    def _leanings(self, shadow: str, cut: Sequence[Piece]) -> dict[str, float]:
        """Return how much the whole document leans to each stake: shares of its sentences, by themselves."""
        best: Counter[str] = Counter()
        for piece in cut:
            scores = self.topics.scores(shadow[piece.start : piece.end])
            top = max(scores, key=lambda s: scores[s], default="")
            if top and scores[top] >= _FAINT:
                best[top] += 1
        total = sum(best.values()) or 1
        return {s: n / total for s, n in best.items()}

    def _stake(self, sentence: Sentence, memory: _Memory) -> tuple[str, float]:
        """Return the stake of a sentence, and how much it sounds like it by itself."""
        own = self.topics.scores(sentence.text)
        around = {s: value + _LEANING * memory.leanings.get(s, 0.0) for s, value in own.items()}
        if memory.section_stake:
            around[memory.section_stake] += _HEADED
        if memory.last_stake and memory.last_block == sentence.piece.block:
            around[memory.last_stake] += _CARRIED
        best = max(around, key=lambda s: around[s], default="")
        if not best or around[best] < _FAINT:
            return "", 0.0
        return best, own[best] + (0.8 if best == memory.section_stake else 0.0)

    def _actor(self, sentence: Sentence, said: tuple[Attribution, ...], stake: str) -> str:
        """Return whom a claim is about."""
        first = said[0] if said else None
        rest = [m for m in sentence.mentions if not (first and first.start <= m.start < first.end)]
        if first and first.actor and (first.verb or sentence.quoted):
            lead = next((m for m in rest if _leads(sentence.text, m, first)), None)
            own = _own(sentence.text)
            if lead and not own < lead.start:
                return lead.actor
            general = own == len(sentence.text) and not rest and first.end == 0
            return (self._owner(stake) if general else "") or first.actor
        if rest:
            return rest[0].actor
        return (first.actor if first and first.verb else "") or self._owner(stake)

    def _asked(self, sentence: Sentence, memory: _Memory) -> str:
        """Return the public, where a poll gives its answers; "" elsewhere."""
        percent = _PERCENT.search(sentence.text)
        first = sentence.mentions[0].start if sentence.mentions else len(sentence.text)
        if not memory.poll or (sentence.mentions and (percent is None or first < percent.start())):
            return ""
        asked = words("en", "asked")
        return next(
            (a.id for a in self.case.actors if asked & {n.lower() for n in (a.adjective, *a.aliases)}), ""
        )

    def _owner(self, stake: str) -> str:
        """Return the actor a stake is named after, as in "Norvia's economy"; "" where there is not one."""
        name = next((s.name for s in self.case.stakes if s.id == stake), "")
        named = {m.actor for m in self.actors.find(name)}
        return named.pop() if len(named) == 1 else ""

    def _remember(
        self, sentence: Sentence, said: tuple[Attribution, ...], stake: str, memory: _Memory, people: People
    ) -> None:
        memory.last_stake, memory.last_block = stake, sentence.piece.block
        person = next((a for a in said if a.person), None)
        if person:
            memory.person, memory.person_actor = person.speaker, person.actor
        elif named := [n for n in people.names(sentence.text) if n.person and " " in n.text]:
            memory.person, memory.person_actor = (
                named[-1].text,
                people.actor_of(named[-1].text) or named[-1].actor,
            )


_POLL = re.compile(
    r"\b(?:respondents?|polls?|polled|survey(?:ed)?|interviewed|опрос\w*|респондент\w*)\b", re.IGNORECASE
)
_PERCENT = re.compile(r"\d\s?(?:%|per ?cent)")


def _is_poll(kind: str, text: str) -> bool:
    """Whether a document reports a poll: it says so, and gives percentages."""
    return kind == "poll" or (len(_POLL.findall(text)) > 1 and len(_PERCENT.findall(text)) > 3)


_SKIPPED = re.compile(
    r"^(?:[\s\"',:–-]|that|the|a|an|its|their|has|have|not|any|on|late|earlier|last|this|week|month|reporters|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day)*$",
    re.IGNORECASE,
)


_ADVERBIAL = re.compile(
    r"^\s*(?:in|on|at|over|during|since|after|before|over|for|by)\b[^,]*,\s*", re.IGNORECASE
)


def _own(text: str) -> int:
    """Return where a speaker first says "we" or "our"; the length of the text where nowhere."""
    found = [m.start() for n in ("en", "ru") if (m := phrases(n, "first_person").search(text))]
    return min(found, default=len(text))


def _leads(text: str, mention: Mention, said: Attribution) -> bool:
    """Whether a mention stands where the subject of what is said would stand."""
    before = text[said.end : mention.start] if mention.start >= said.end else text[: mention.start]
    before = _ADVERBIAL.sub("", before)
    return bool(_SKIPPED.match(before)) and len(before) < 40
