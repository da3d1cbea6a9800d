"""Prints a chain as indented text, one link a paragraph."""

from __future__ import annotations

from textwrap import fill

from detente.brief.trace_links import Link

_INDENT = "  "


def to_text(link: Link, width: int = 100) -> str:
    """Return a chain as text.

    Parameters
    ----------
    link : Link
        The chain.
    width : int
        Columns to fill.

    Examples
    --------
    >>> print(to_text(Link("input", "rules.K1", "why", "case.yaml:3", (Link("source", "s1", "A paper"),))))
    Input rules.K1 (case.yaml:3): why
      Source s1: A paper
    """
    return "\n".join(_lines(link, 0, max(width, 40)))


def _lines(link: Link, depth: int, width: int) -> list[str]:
    head = f"{link.kind.capitalize()} {link.name}" + (f" ({link.where})" if link.where else "")
    text = " ".join(f"{head}: {link.text}".split()).removesuffix(":")
    pad = _INDENT * depth
    first = fill(
        text,
        max(width, len(pad) + 40),
        initial_indent=pad,
        subsequent_indent=f"{pad}{_INDENT * 2}",
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [first, *(line for part in link.links for line in _lines(part, depth + 1, width))]
