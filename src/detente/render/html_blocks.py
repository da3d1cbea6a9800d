"""Each kind of block as a piece of HTML: one template macro each, and nothing printed unescaped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, assert_never

from markupsafe import Markup

from detente.page import (
    Bars,
    Block,
    Caveat,
    Cell,
    Fact,
    Funnel,
    Lines,
    Map,
    Network,
    Ranges,
    Scatter,
    Strip,
    Table,
    Text,
    Timeline,
)
from detente.render.document import Document
from detente.render.figures import Drawn, draw
from detente.render.numbers import SHARES
from detente.render.plain import web_address
from detente.render.svg import Picture
from detente.render.svg_cards import cards_picture, cards_table
from detente.render.svg_funnel import funnel_picture
from detente.render.svg_timeline import timeline_picture
from detente.render.tables import data_table

# Pixels a picture has in each place of the page; narrow ones are for phones and for columns in print.
_WIDE = {"full": 700.0, "beside": 620.0, "half": 480.0, "aside": 320.0}
_NARROW = 320.0
_CARD = 80
"""Letters a row of three columns may have before a phone shows it as a card. Judgement: two lines each."""
_CARDS = 1040.0
"""Pixels of a row of cards when saved: as wide as the page."""
_LEAST = {"figures": 2, "prose": 4}
"""From how many neighbours on blocks share a row: pictures side by side, paragraphs in two columns."""


def _beside(block: Block) -> str:
    """Return the kind of row that a block shares with neighbours of its kind."""
    if isinstance(block, Fact):
        return "cards"
    return "figures" if isinstance(block, Drawn) else "prose" if isinstance(block, Text) else ""


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes blocks for one document below one heading; `keys` numbers figures, `chains` has the anchors."""

    doc: Document
    macros: Any
    keys: Iterator[object]
    chains: Mapping[str, str]
    heading: str = ""

    def blocks(self, blocks: Sequence[Block], slot: str = "full") -> Markup:
        """Return blocks in their order; neighbouring facts and neighbouring pictures stand side by side."""
        pieces = []
        for kind, run in groupby(blocks, key=_beside):
            members = tuple(run)
            several = slot == "full" and len(members) >= _LEAST.get(kind, 99)
            written = [
                self.block(block, "half" if several and kind == "figures" else slot) for block in members
            ]
            if kind == "cards":
                pieces.append(self._cards([b for b in members if isinstance(b, Fact)], written))
            else:
                pieces.append(self._macro(kind, written) if several else Markup("").join(written))
        return Markup("").join(pieces)

    def block(self, block: Block, slot: str) -> Markup:
        """Return one block; the type checker holds this match complete."""
        piece: Markup
        match block:
            case Text() | Caveat() | Fact():
                piece = self._macro(type(block).__name__.lower(), block)
            case Timeline():
                piece = self._macro(
                    "timeline",
                    block,
                    self._caption(block),
                    *self._saved(timeline_picture(block, _WIDE["half"]), data_table(block)),
                )
            case Table():
                piece = self._macro("table", block, self._caption(block), f"table-{next(self.keys)}")
            case Funnel():
                piece = self._funnel(block)
            case Bars() | Ranges() | Lines() | Scatter() | Strip() | Network() | Map():
                piece = self._drawn(block, slot)
            case _:
                assert_never(block)
        return piece

    def _cards(self, facts: Sequence[Fact], written: Sequence[Markup]) -> Markup:
        title = self.heading or "Headline numbers"
        key, saved = self._saved(cards_picture(facts, title, _CARDS), cards_table(facts, title))
        return self._macro("cards", written, title, key, saved)

    def _funnel(self, block: Funnel) -> Markup:
        most = max((step.count for step in block.steps), default=0) or 1
        key, saved = self._saved(funnel_picture(block, _WIDE["half"]), data_table(block))
        return self._macro("funnel", block, key, (saved, self._caption(block), most))

    def _saved(self, picture: Picture, data: Table) -> tuple[str, Markup]:
        """Return a figure's id, and what is saved of it but not shown: one picture and one table."""
        key = f"figure-{next(self.keys)}"
        return key, self._macro("saved", Markup(picture.svg(f"{key}w")), data)

    def _drawn(self, block: Drawn, slot: str) -> Markup:
        key = f"figure-{next(self.keys)}"
        wide = Markup(draw(block, _WIDE[slot], f"{key}w"))
        narrow = Markup(draw(block, _NARROW, f"{key}n")) if _WIDE[slot] != _NARROW else Markup("")
        kind = (
            "rows" if isinstance(block, Bars | Ranges) else "plot map" if isinstance(block, Map) else "plot"
        )
        look = f"{slot} {kind}"
        return self._macro(
            "figure", block, data_table(block), key, (wide, narrow, look, self._caption(block))
        )

    def _caption(self, block: Drawn | Table | Funnel | Timeline) -> str:
        """Return the title to print, or "" where it would only repeat the heading."""
        return "" if block.title.casefold() in self.heading.casefold() else block.title

    def _macro(self, name: str, *values: object) -> Markup:
        piece: Markup = getattr(self.macros, name)(self, *values)
        return piece

    def stacks(self, table: Table) -> bool:
        """Return whether a phone shows each row as a card: many columns, or three too long for it."""
        across = len(table.columns)
        longest = max((sum(len(cell.text) for cell in row) for row in table.rows), default=0)
        return across > 3 or (across == 3 and longest > _CARD)

    def unit(self, block: Drawn) -> str:
        """Return the unit to print beside the title where the picture's own scales do not name it."""
        if isinstance(block, Bars | Ranges):
            return "" if block.unit in (*SHARES, "%") else block.unit
        return ""

    def cite(self, refs: tuple[str, ...]) -> tuple[int, ...]:
        """Return the superscripts for these ids."""
        return self.doc.cite(refs)

    def unknown(self, refs: tuple[str, ...]) -> bool:
        """Return whether an id is named that no source answers for; the page then says so."""
        return bool(self.doc.notes) and any(not self.doc.cite((ref,)) for ref in refs)

    def sorts(self, cell: Cell) -> bool:
        """Return whether a cell must carry its number: not where its text is plainly that number."""
        plain = cell.text.replace(",", "")
        same = plain.isascii() and plain.isdigit() and not cell.refs and float(plain) == cell.sort
        return cell.sort is not None and not same

    def address(self, url: str) -> str:
        """Return the address if it may become a link, else ""."""
        return web_address(url)

    def chain(self, trace: str) -> str:
        """Return the anchor of a number's chain, or "" where it has none."""
        return self.chains.get(trace, "")
