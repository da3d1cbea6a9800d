"""The nearest misses by name: for commands that want to follow them further."""

from __future__ import annotations

from collections.abc import Sequence

from detente.case.model import Case
from detente.lenses.settlement import LENS, Options


def spelled_out(case: Case, items: Sequence[str]) -> tuple[str, ...]:
    """Return what was typed with `nearest` and `misses` replaced by the deals they stand for.

    Parameters
    ----------
    case : Case
    items : sequence of str
        ``nearest`` is the first of the nearest misses (or, where there is a zone of agreement, of the leading
        deals), ``misses`` all that the settlement lens shows, ``miss2`` the second of them.
    """
    result = LENS.run(case, Options())
    deals = result.widest.misses or result.widest.efficient
    spelled = [",".join(f"{i}={o}" for i, o in zip(result.issues, d.options, strict=True)) for d in deals]
    stands = {"nearest": spelled[:1], "misses": spelled}
    stands |= {f"miss{k}": [text] for k, text in enumerate(spelled, 1)}
    return tuple(text for item in items for text in stands.get(item, [item]))
