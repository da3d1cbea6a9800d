"""Proposals of a case on disk: a record and a text for each document, each written whole."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from detente.errors import UsageError
from detente.files import writable, write_whole
from detente.ingest.document import Complaint, Document
from detente.ingest.proposal import Proposal, from_data

FOLDER = "proposals"
FORMAT_VERSION = 1
"""1: first version (document, items, decisions)."""
MEND = "mend the permissions, or work on a copy of the case's folder"
_ABOUT = ("name", "title", "publisher", "author", "url", "published", "kind")


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided on one item.

    Parameters
    ----------
    verdict : str
        accepted or rejected.
    by : str
        Who.
    evidence : str
        Id of the item of evidence it became; "" where rejected.
    """

    verdict: str
    by: str
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """A document with its proposals and what was decided on them."""

    document: Document
    items: tuple[Proposal, ...]
    decisions: Mapping[str, Decision] = field(default_factory=dict)

    @property
    def pending(self) -> tuple[Proposal, ...]:
        """Items nobody has decided on."""
        return tuple(item for item in self.items if item.id not in self.decisions)

    def as_data(self) -> dict[str, Any]:
        """Return the record as plain data; the text stands in a file of its own."""
        about = {name: getattr(self.document, name) for name in _ABOUT}
        about |= {"digest": self.document.digest, "characters": len(self.document.text)}
        about["problems"] = [str(c) for c in self.document.complaints]
        return {
            "format_version": FORMAT_VERSION,
            "document": about,
            "items": [item.as_data() for item in self.items],
            "decisions": {
                key: {"verdict": d.verdict, "by": d.by, "evidence": d.evidence}
                for key, d in self.decisions.items()
            },
        }


@dataclass(frozen=True)
class Store:
    """The proposals folder beside a case."""

    folder: Path

    @staticmethod
    def of(case: Path) -> Store:
        """Return the store of a case folder."""
        return Store(case / FOLDER)

    def ready(self) -> None:
        """Refuse a folder that takes no files, before anything is read or decided.

        Raises
        ------
        UsageError
            If nothing can be written there.
        """
        writable(self.folder / "record.json", MEND)

    def records(self) -> tuple[Record, ...]:
        """Return all records, in the order their items were proposed.

        Raises
        ------
        UsageError
            If a file was changed so that it cannot be used.
        """
        found = [self._record(path) for path in sorted(self.folder.glob("*.json"))]
        return tuple(sorted(found, key=lambda r: _rank(r.items[0].id) if r.items else (0, "")))

    def known(self, digest: str) -> Record | None:
        """Return the record of a text; None if it was not read before."""
        path = self.folder / f"{digest}.json"
        return self._record(path) if path.is_file() else None

    def find(self, item: str) -> tuple[Record, Proposal]:
        """Return an item by its id, and the record it stands in.

        Raises
        ------
        UsageError
            If there is no such item.
        """
        for record in self.records():
            for proposal in record.items:
                if proposal.id == item:
                    return record, proposal
        raise UsageError(f"there is no proposal {item}. Remedy: --list shows what waits")

    def save(self, record: Record) -> None:
        """Write a record and its text, each in one step; the text first, so that no record lacks one."""
        digest = record.document.digest
        text = self.folder / f"{digest}.txt"
        if not text.exists():
            write_whole(text, record.document.text.encode("utf-8", "surrogatepass"), MEND)
        made = json.dumps(record.as_data(), ensure_ascii=False, indent=1, allow_nan=False) + "\n"
        write_whole(self.folder / f"{digest}.json", made.encode("utf-8", "surrogatepass"), MEND)

    def decide(self, record: Record, item: str, decision: Decision) -> Record:
        """Note what was decided on an item, on disk too."""
        decided = replace(record, decisions={**record.decisions, item: decision})
        self.save(decided)
        return decided

    def _record(self, path: Path) -> Record:
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            text = path.with_suffix(".txt").read_bytes().decode("utf-8", "surrogatepass")
            about = data["document"]
            document = Document(
                text=text,
                complaints=tuple(Complaint(c) for c in about["problems"]),
                **{name: about[name] for name in _ABOUT},
            )
            if document.digest != about["digest"]:
                raise ValueError("its text was changed")
            items = tuple(from_data(item) for item in data["items"])
            decisions = {key: Decision(**value) for key, value in data["decisions"].items()}
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise UsageError(f"{path} cannot be used: {error}. Remedy: remove it and ingest again") from None
        return Record(document, items, decisions)


def numbered(items: Sequence[Proposal], first: int) -> list[Proposal]:
    """Return items with ids from a number on; links among them follow."""
    ids = {item.id: f"P{first + n}" for n, item in enumerate(items)}
    return [
        replace(
            item,
            id=ids[item.id],
            same_origin=tuple(ids.get(o, o) for o in item.same_origin),
            contradicts=tuple(ids.get(o, o) for o in item.contradicts),
        )
        for item in items
    ]


def _rank(name: str) -> tuple[int, str]:
    digits = re.sub(r"\D", "", name)
    return (int(digits) if digits else 0, name)
