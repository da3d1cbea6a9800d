"""Reads a finished brief against its results: numbers, names, quantifiers, words, figures, sources."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from detente.brief.narrative import KNOWN
from detente.case.model import Case
from detente.lenses.settlement.result import Settlement
from detente.page import Fact, Funnel, Page, Section, Table, Text
from detente.render.document import Document
from detente.table.names import Names
from detente.table.show import beyond
from detente.words import likelihood_range, listed

Kind = Literal["number", "name", "quantifier", "word", "figure", "source"]

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_OPENS = re.compile(r"\bon (.+?) alone would open (no|one|\w+|[\d,]+) packages?")
_BANDS = tuple(likelihood_range(p, p) for p in (0.01, 0.1, 0.3, 0.5, 0.6, 0.9, 0.99))


@dataclass(frozen=True, slots=True)
class Slip:
    """A sentence that says something else than the result.

    Parameters
    ----------
    kind : str
        number, name, quantifier, word (of probability), figure or source.
    where : str
        Which part of the brief.
    message : str
        What it says, and what the result says.
    """

    kind: Kind
    where: str
    message: str


def lint(case: Case, doc: Document, r: Settlement) -> tuple[Slip, ...]:
    """Return all slips of a brief; empty in a sound one.

    Parameters
    ----------
    case : Case
    doc : Document
        The finished brief.
    r : Settlement
        What its first screen is written from.

    Examples
    --------
    >>> from detente.brief.compose import compose
    >>> from detente.case.load import load_case
    >>> case = load_case("minsk-2015")
    >>> made = compose(case, draws=100)
    >>> lint(case, made.document, made.runs[0].result)
    ()
    """
    names, page = Names(case, dict(r.added)), doc.page
    return (
        *_numbers(names, page, r),
        *_names(names, page, r),
        *_quantifiers(names, page, r),
        *_words(page),
        *_figures(page, r),
        *_sources(doc),
    )


def _bare(names: Names, text: str) -> str:
    """Return a text without the case's own names, whose digits are no results."""
    case = names.case
    own = [r.label for r in case.readings.values()] + [r.text for r in case.readings.values()]
    own += [i.name for i in case.issues] + [a.name for a in case.actors]
    own += [o.label for i in case.issues for o in i.options]
    for name in sorted(own, key=len, reverse=True):
        text = re.sub(re.escape(name), "", text, flags=re.IGNORECASE)
    return text


def _shown(text: str) -> set[float]:
    return {float(n.replace(",", "")) for n in _NUMBER.findall(text)}


def _numbers(names: Names, page: Page, r: Settlement) -> Iterator[Slip]:
    zones = {x.lines.zone for x in r.readings}
    known = {r.in_scope, r.draws, *zones, 1, 99, round(100 * r.interests.value)}
    known |= {n for x in r.readings for _, n in x.lines.single_issues}
    known |= {beyond(r.required, r.quorum)[1]} if r.quorum else set()
    for where, text in (("headline", page.title), ("lead", page.lead)):
        for n in sorted(_shown(_bare(names, text)) - known):
            yield Slip("number", where, f"{n:,.10g} is no value of the result")
    found = re.search(r"\bOf ([\d,]+) possible", page.lead)
    if found and int(found.group(1).replace(",", "")) != r.in_scope:
        message = f"{found.group(1)} possible packages; the result counts {r.in_scope:,}"
        yield Slip("number", "lead", message)
    for fact in page.headline:
        ends = [x for x in (fact.share, fact.low, fact.high) if x is not None]
        known_here = {round(100 * x) for x in ends} | {1, 99} | (known if not ends else set())
        for n in sorted(_shown(_bare(names, fact.value)) - known_here):
            yield Slip("number", f"card “{fact.headline}”", f"{n:,.10g} is not what its bar shows")


def _names(names: Names, page: Page, r: Settlement) -> Iterator[Slip]:
    asked = {*r.required, *(r.quorum[0] if r.quorum else ())}
    case = names.case
    issues = [i.name for i in case.issues]
    for where, text in (("headline", page.title), ("lead", page.lead)):
        for name in issues:
            text = re.sub(re.escape(name), "", text, flags=re.IGNORECASE)  # noqa: PLW2901
        for actor in case.actors:
            if actor.id not in asked and re.search(rf"\b{re.escape(actor.name)}\b", text):
                yield Slip("name", where, f"{actor.name} is named; the result is about {names.actors(asked)}")
    for required in r.required:
        if names.actor(required) not in page.title:
            yield Slip("name", "headline", f"{names.actor(required)} must consent and is not named")


def _quantifiers(names: Names, page: Page, r: Settlement) -> Iterator[Slip]:
    zones = [x.lines.zone for x in r.readings]
    claims = (
        ("headline", page.title.startswith("No deal"), not any(zones), "no deal"),
        ("headline", "only if their red lines bend" in page.title, any(zones) and not all(zones), "only if"),
        ("lead", "none is acceptable" in page.lead, not any(zones), "none is acceptable"),
    )
    for where, said, so, words in claims:
        if said != so:
            does = "says" if said else "does not say"
            yield Slip(
                "quantifier", where, f"{does} “{words}”; the counts by reading are {listed(_texts(zones))}"
            )
    opens = {names.the_issue(i): dict(r.widest.lines.single_issues)[i] for i in r.widest.blocking}
    told = dict(_OPENS.findall(page.lead))
    if "alone would open" in page.lead and not r.widest.lines.zone:
        if set(told) != set(opens):
            message = f"names {listed(list(told))}; the result has {listed(list(opens)) or 'none'}"
            yield Slip("quantifier", "lead", message)
        for issue in told.keys() & opens.keys():
            if told[issue].replace(",", "").isdigit() and int(told[issue].replace(",", "")) != opens[issue]:
                yield Slip(
                    "number", "lead", f"{told[issue]} packages on {issue}; the result has {opens[issue]:,}"
                )


def _texts(values: list[int]) -> list[str]:
    return [f"{v:,}" for v in values]


def _words(page: Page) -> Iterator[Slip]:
    facts = [*page.headline, *(b for s in page.sections for b in s.blocks if isinstance(b, Fact))]
    for fact in facts:
        if fact.low is None or fact.high is None:
            continue
        said, right = fact.headline.lower(), likelihood_range(fact.low, fact.high)
        if said.split(" to ")[0] in _BANDS and said != right:
            where = f"card “{fact.headline}”"
            yield Slip("word", where, f"its range {fact.low:.0%} to {fact.high:.0%} reads “{right}”")


def _figures(page: Page, r: Settlement) -> Iterator[Slip]:
    zones = {f"funnel-{x.reading}": x.lines.zone for x in r.readings}
    for section in page.sections:
        for block in section.blocks:
            if (
                isinstance(block, Funnel)
                and section.id in zones
                and block.steps[-1].count != zones[section.id]
            ):
                message = f"ends with {block.steps[-1].count:,}; the result has {zones[section.id]:,}"
                yield Slip("figure", section.title, message)
    deals = next(
        (t for s in page.sections if s.id == "deals" for t in s.blocks if isinstance(t, Table)), None
    )
    card = next((f for f in page.headline if "deal A" in f.body), None)
    if deals and card and card.share is not None and deals.rows[0][1].sort != card.share:
        message = f"deal A shows {deals.rows[0][1].text}, its card {card.value}"
        yield Slip("figure", "deals", message)


def _sources(doc: Document) -> Iterator[Slip]:
    for ref in doc.unresolved():
        yield Slip("source", "sources", f"no source answers for {ref}")
    for section in doc.page.sections:
        if section.id == "context":
            bare = [b.body for b in section.blocks if isinstance(b, Text) and not b.refs and section.lead]
            for body in bare:
                yield Slip("source", section.title, f"no source is cited for “{body[:60]}…”")
        yield from _unsourced(section)


def _unsourced(section: Section) -> Iterator[Slip]:
    """Yield rows called stated or inferred that cite nothing."""
    for block in section.blocks:
        if isinstance(block, Table) and block.columns[-1] == KNOWN:
            for row in block.rows:
                if row[-1].text in ("stated", "inferred") and not any(cell.refs for cell in row):
                    told = f"called {row[-1].text} and cites nothing: “{row[0].text[:60]}”"
                    yield Slip("source", section.title, told)
