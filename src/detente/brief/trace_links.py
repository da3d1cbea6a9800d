"""Links of a chain, and how one place or number of a case leads to the next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from detente.brief.trace_constants import constants_of
from detente.brief.trace_places import Found, Places, cited, has, judged_below, said
from detente.case.ledger import opposed, origins, weigh
from detente.case.model import Case
from detente.case.sources import Evidence, Source
from detente.lens import Lens, Measure, Run
from detente.words import count, listed

MODALITIES = {
    "fact": "fact",
    "position": "stated position",
    "reported": "reported",
    "conditional": "conditional",
    "forecast": "forecast",
    "question": "open question",
}


@dataclass(frozen=True, slots=True)
class Link:
    """One link of a chain.

    Parameters
    ----------
    kind : str
        result, formula, method, options, constants, constant, input, judgement, evidence, weight or source.
    name : str
        The id, place or name of what it is.
    text : str
        What it says.
    where : str
        File and line, where there is one.
    links : tuple of Link
        What it rests on.
    """

    kind: str
    name: str
    text: str
    where: str = ""
    links: tuple[Link, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """Return the chain as plain data."""
        data: dict[str, Any] = {"kind": self.kind, "name": self.name, "text": self.text}
        if self.where:
            data["where"] = self.where
        if self.links:
            data["links"] = [link.as_data() for link in self.links]
        return data


@dataclass(frozen=True)
class Tracer:
    """Follows links in one case; evidence met a second time is only named."""

    places: Places
    met: set[str] = field(default_factory=set)

    def number(self, lens: Lens[Any, Any], run: Run[Any, Any], measure: Measure) -> Link:
        """Return the chain behind a headline number."""
        case = self.places.case
        given = run.options.model_dump(mode="json", by_alias=True)
        chosen = "; ".join(f"{k}: {' '.join(v) if isinstance(v, list) else v}" for k, v in given.items() if v)
        origin = f"case {run.case}, digest {run.digest}; detente {run.version}; {chosen}"
        used = issues_used(case, run, measure)
        links = [Link("formula", measure.name, measure.formula)] if measure.formula else []
        links += [
            Link("method", c.text, f"doi:{c.doi}" if c.doi else "published without a DOI")
            for c in lens.sources
        ]
        links.append(Link("options", lens.name, origin))
        links += [self._input(place, used) for place in measure.inputs if has(case, place)]
        links.append(_constants(lens))
        return Link(
            "result", f"{lens.name}.{measure.name}", f"{measure.label}: {measure.said()}", "", tuple(links)
        )

    def field(self, name: str, found: Found) -> Link:
        """Return the chain behind a field of the case."""
        if isinstance(found.part, Evidence):
            return self._evidence(found.part, whole=True)
        if isinstance(found.part, Source):
            return self._document(found.part)
        return self._part(name, found)

    def _input(self, place: str, used: frozenset[str]) -> Link:
        """Return one place a number was computed from, with every judgement in it that was used."""
        found = judged_below(self.places.parts, place, used)
        parts = [self._part(name, Found(spot, part)) for name, spot, part in found]
        there = place in self.places.parts or any(n.startswith(f"{place}.") for n in self.places.parts)
        return Link("input", place, _parts(len(parts), there), "", tuple(parts))

    def _part(self, name: str, found: Found) -> Link:
        """Return a judgement or another part of the case, with its evidence."""
        part, basis = found.part, getattr(found.part, "basis", "")
        text = said(part, found.field)
        if basis:
            text = f"{text.rstrip('.')}. Basis: {basis}, judged by {self.places.case.analyst}"
        if note := getattr(part, "note", ""):
            text = f"{text.rstrip('.')}. {note}"
        kind = "judgement" if basis else "input"
        links = [*self._cited(cited(part)), *self._nested(found)]
        return Link(kind, name, text, self.places.line(found.spot), tuple(links))

    def _nested(self, found: Found) -> list[Link]:
        """Return the judgements inside a part that is itself none, such as an actor's goals."""
        if hasattr(found.part, "basis") or found.field:
            return []
        below = ".".join(str(s) for s in found.spot)
        return [
            self._part(name, Found(spot, part))
            for name, spot, part in self.places.below(below)
            if spot != found.spot and len(spot) > len(found.spot)
        ]

    def _cited(self, ids: Iterable[str]) -> list[Link]:
        """Return evidence, and last how much it is: items of one origin count once."""
        ledger = self.places.case.evidence
        by_id = {item.id: item for item in ledger}
        links = [self._evidence(by_id[i]) for i in ids]
        if len(links) > 1:
            same = [g for g in origins(ledger, ids) if len(g) > 1]
            text = str(weigh(ledger, ids)) + "".join(f"; one origin: {listed(g)}" for g in same)
            links.append(Link("weight", "evidence", text))
        return links

    def _evidence(self, item: Evidence, whole: bool = False) -> Link:
        if item.id in self.met:
            return Link("evidence", item.id, "see above")
        self.met.add(item.id)
        links = [self._source(source) for source in item.source]
        if whole:
            links += [Link("input", p, "cites it") for p in self.places.cited_by.get(item.id, ())]
        return Link(
            "evidence", item.id, self._said(item), self.places.line(("evidence", item.id)), tuple(links)
        )

    def _said(self, item: Evidence) -> str:
        value = f"{item.value:g}" if isinstance(item.value, float) else item.value
        parts = [
            f"{item.quantity}: {value} {item.unit}".strip() if value is not None else "",
            f"as of {item.as_of}",
            f"said by {', according to '.join(item.said_by)}" if item.said_by else "",
            MODALITIES[item.modality],
            f"credibility {item.credibility} on the scale 1 to 6",
            f"contradicted by {listed(self._others(item.id))}" if self._others(item.id) else "",
            f"supports {listed(item.supports)}" if item.supports else "",
            f"one origin with {listed(item.same_origin)}" if item.same_origin else "",
            f"characters {item.quote.start} to {item.quote.end} of {item.quote.document}"
            if item.quote
            else "",
            f"proposed by {item.proposed_by}, accepted by {item.accepted_by}" if item.proposed_by else "",
            "later than the case" if item.later else "",
        ]
        return f"{item.statement} ({'; '.join(p for p in parts if p)})" + (
            f" {item.note}" if item.note else ""
        )

    def _others(self, name: str) -> tuple[str, ...]:
        return opposed(self.places.case.evidence).get(name, ())

    def _source(self, name: str) -> Link:
        source = next(s for s in self.places.case.sources if s.id == name)
        said_by = [source.title, source.publisher, source.author]
        text = ", ".join(p for p in said_by if p) + f", {source.published}"
        text += f"; reliability {source.reliability}" + (f"; {source.url}" if source.url else "")
        return Link(
            "source",
            name,
            text + (f"; {source.note}" if source.note else ""),
            self.places.line(("sources", name)),
        )

    def _document(self, source: Source) -> Link:
        """Return a source with everything it says."""
        own = self._source(source.id)
        items = [i for i in self.places.case.evidence if source.id in i.source]
        links = tuple(
            Link("evidence", i.id, self._said(i), self.places.line(("evidence", i.id))) for i in items
        )
        return Link(own.kind, own.name, own.text, own.where, links)


def issues_used(case: Case, run: Run[Any, Any], measure: Measure) -> frozenset[str]:
    """Return the issues a number is about: those among its inputs, else those its result names, else all."""
    own = [place.removeprefix("issues.") for place in measure.inputs if place.startswith("issues.")]
    named = own or [i for i in getattr(run.result, "issues", ()) if isinstance(i, str)]
    return frozenset(named or [i.id for i in case.issues])


def _constants(lens: Lens[Any, Any]) -> Link:
    """Return the numbers that stand in the code of a lens, as one link with each below it."""
    known = constants_of(lens.run.__module__)
    found = tuple(Link("constant", c.name, str(c).partition(" = ")[2], c.where) for c in known)
    stand = count(len(found), "number")
    text = f"{stand} in the code this lens runs; a result need not pass through each, but through no other"
    return Link("constants", lens.name, text, "", found)


def _parts(n: int, there: bool) -> str:
    if not there:
        return "the case has none"
    return count(n, "part", "parts") if n else "the whole; nothing in it is a judgement or cites evidence"
