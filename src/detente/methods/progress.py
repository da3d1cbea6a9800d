"""How far long work has come: methods tell, whoever is in front of a reader shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

Show = Callable[[str, float], None]
"""Told what is being done and which share of it is done, 0 to 1."""

_listeners: list[Show] = []


@contextmanager
def shown_by(show: Show) -> Iterator[None]:
    """Send all progress to `show` for as long as the block runs.

    Examples
    --------
    >>> with shown_by(lambda what, share: print(what, share)):
    ...     tell("Looking at deals")(0.5)
    Looking at deals 0.5
    >>> tell("Nobody listens")(0.5)
    """
    _listeners.append(show)
    try:
        yield
    finally:
        _listeners.remove(show)


def tell(what: str) -> Callable[[float], None]:
    """Return a function that tells the latest listener how much of something is done.

    Parameters
    ----------
    what : str
        What is being done, for a reader.
    """
    if not _listeners:
        return lambda share: None
    show = _listeners[-1]
    return lambda share: show(what, share)
