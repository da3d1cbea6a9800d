"""Which deals a lens is asked about: named by the case, or written out issue by issue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detente.case.model import Case
from detente.errors import UsageError
from detente.table.compared import groups
from detente.table.encode import Encoded, encode
from detente.table.show import LETTERS
from detente.table.typed import read_deal


@dataclass(frozen=True, slots=True)
class Asked:
    """One deal asked about.

    Parameters
    ----------
    id : str
        The named deal's id, or deal1, deal2 for deals written out.
    label : str
        What a reader sees.
    options : tuple of (issue, option)
        Its terms, in the order of the issues.
    open : tuple of str
        Core issues it leaves open.
    """

    id: str
    label: str
    options: tuple[tuple[str, str], ...]
    open: tuple[str, ...]

    @property
    def terms(self) -> dict[str, str]:
        """Issue to option."""
        return dict(self.options)


def asked_deals(case: Case, texts: Sequence[str]) -> tuple[Asked, ...]:
    """Return the deals asked about; all named deals of the case where none is.

    Parameters
    ----------
    case : Case
    texts : sequence of str
        Each the id of a named deal, ``issue=option,issue=option``, or a named deal with changes.

    Raises
    ------
    UsageError
        If a deal, issue or option does not exist, or if none is asked for and the case names none.

    Examples
    --------
    >>> from detente.case.load import load_case
    >>> case = load_case("alaska-2025")
    >>> asked_deals(case, ["reported,guar=arms"])[0].terms["guar"]
    'arms'
    """
    if not texts and not case.deals:
        raise UsageError("the case names no deal. Remedy: write one as --deal issue=option,issue=option")
    enc = encode(case, "all")
    texts = [",".join(group) for group in groups(case, texts)] or [deal.id for deal in case.deals]
    return tuple(_asked(case, enc, text, number, len(texts)) for number, text in enumerate(texts, 1))


def _asked(case: Case, enc: Encoded, text: str, number: int, total: int) -> Asked:
    terms = read_deal(case, [part.strip() for part in text.split(",") if part.strip()])
    enc.index(terms)  # refuses issues and options that do not exist
    named = next((d for d in case.deals if d.id == text), None)
    base = next((d for d in case.deals if d.id == text.partition(",")[0].strip()), None)
    label = named.name if named else f"{base.name}, changed" if base else written(number, total)
    options = tuple((i.id, terms[i.id]) for i in case.issues if i.id in terms)
    left = tuple(i.id for i in case.issues if i.core and i.id not in terms)
    return Asked(named.id if named else f"deal{number}", label, options, left)


def allowed(enc: Encoded, terms: dict[str, str]) -> bool:
    """Tell whether no rule of the case forbids the terms; issues left open break none.

    Examples
    --------
    >>> from detente.case.load import load_case
    >>> enc = encode(load_case("alaska-2025"), "all")
    >>> allowed(enc, {"align": "neutral", "guar": "coalition"}), allowed(enc, {"align": "neutral"})
    (False, True)
    """
    row = enc.index(terms)
    return not any(all(row[issue] in options for issue, options in clause) for clause in enc.space.forbidden)


def written(number: int, total: int) -> str:
    """Return what a deal typed in full is called: by its letter, as the nearest misses of a brief are.

    Examples
    --------
    >>> written(1, 1), written(2, 4)
    ('The deal as written', 'Deal B as written')
    """
    return "The deal as written" if total == 1 else f"Deal {LETTERS[(number - 1) % len(LETTERS)]} as written"
