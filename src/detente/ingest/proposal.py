"""An item of evidence as proposed: what a sentence claims, to be accepted, edited or rejected by a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from detente.case.sources import Modality
from detente.ingest.numbers import Number


@dataclass(frozen=True, slots=True)
class Proposal:
    """One proposed item.

    Parameters
    ----------
    id : str
        Short name within the case's proposals.
    document : str
        Digest of the document's text.
    start, end : int
        Place in the text: ``text[start:end] == statement``.
    statement : str
        The document's own words.
    stake, issue, option, actor : str
        Ids of the case; "" where none fits.
    speaker : str
        Who says so; "" for the document itself.
    speakers : tuple of str
        The speaker, then according to whom, outermost last.
    speaker_actor : str
        The actor the speaker speaks for; "" where none is known.
    modality : str
    numbers : tuple of Number
        Places count from the beginning of the text.
    dates : tuple of str
        Days, months or years it names.
    as_of : str
        The day it is about, as far as the text says; else the day of publication.
    same_origin : tuple of str
        Items of the ledger, or other proposals, that tell the same.
    contradicts : tuple of str
        Items of the ledger, or other proposals, that say otherwise.
    proposed_by : str
        "rules", or the name of a language model.
    later : bool
        Published or dated after the case's own date.
    """

    id: str
    document: str
    start: int
    end: int
    statement: str
    stake: str = ""
    issue: str = ""
    option: str = ""
    actor: str = ""
    speaker: str = ""
    speakers: tuple[str, ...] = ()
    speaker_actor: str = ""
    modality: Modality = "fact"
    numbers: tuple[Number, ...] = ()
    dates: tuple[str, ...] = ()
    as_of: str = ""
    same_origin: tuple[str, ...] = ()
    contradicts: tuple[str, ...] = ()
    proposed_by: str = "rules"
    later: bool = False

    def as_data(self) -> dict[str, Any]:
        """Return the proposal as plain data."""
        data = asdict(self)
        data["numbers"] = [{k: v for k, v in n.items() if v is not None} for n in data["numbers"]]
        return {key: list(value) if isinstance(value, tuple) else value for key, value in data.items()}


def from_data(data: Mapping[str, Any]) -> Proposal:
    """Return a proposal from plain data.

    Raises
    ------
    ValueError
        If it is not the data of a proposal.

    Examples
    --------
    >>> made = Proposal("P1", "d", 0, 2, "ab", numbers=(Number(2.0, "men", 0, 1, "2"),))
    >>> from_data(made.as_data()) == made
    True
    """
    known = {f.name for f in fields(Proposal)}
    try:
        given: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in data.items()}
        given["numbers"] = tuple(Number(**n) for n in data.get("numbers", ()))
        return Proposal(**{key: value for key, value in given.items() if key in known})
    except (TypeError, AttributeError) as error:
        raise ValueError(f"no proposal: {error}") from None
