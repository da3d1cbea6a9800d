"""What is shown while one waits: why a first run takes longer, then how far the work is and how long yet."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Timer
from time import monotonic
from typing import TextIO

import click

PATIENCE = 4.0
"""Seconds of silence before a word of explanation. Judgement."""

WIDTH = 24
"""Characters of the bar."""

EVERY = 0.2
"""Least seconds between two drawings of the bar. Judgement."""


@contextmanager
def patience() -> Iterator[None]:
    """Explain on standard error if the work takes long; on a terminal, show how far it is."""
    from detente.methods.progress import shown_by

    timer = Timer(PATIENCE, _explain)
    timer.daemon = True
    timer.start()
    bar = Bar(sys.stderr)
    try:
        with shown_by(bar.show):
            yield
    finally:
        timer.cancel()
        bar.clear()


@dataclass(slots=True)
class Bar:
    """One line that says what is being done, how far it is, and how long it should still take.

    It draws nothing where nobody is watching (`out` is no terminal), nor before the work has been silent
    for a while.

    Parameters
    ----------
    out : text stream
    clock : callable
        Seconds that only grow.
    """

    out: TextIO
    clock: Callable[[], float] = monotonic
    since: float = field(init=False)
    begun: dict[str, float] = field(init=False, default_factory=dict)
    drawn: float = field(init=False, default=-1.0)

    def __post_init__(self) -> None:
        self.since = self.clock()

    def show(self, what: str, share: float) -> None:
        """Draw the bar, at most a few times a second."""
        now = self.clock()
        start = self.begun.setdefault(what, now)
        if not self.out.isatty() or now - self.since < PATIENCE or now - self.drawn < EVERY:
            return
        self.drawn = now
        self.out.write(f"\r\x1b[K{line(what, share, now - start)}")
        self.out.flush()

    def clear(self) -> None:
        """Take the bar off the screen."""
        if self.drawn >= 0:
            self.out.write("\r\x1b[K")
            self.out.flush()


def line(what: str, share: float, seconds: float) -> str:
    """Return the bar as text.

    Examples
    --------
    >>> line("Looking at 14,976,000 deals", 0.25, 3.0)
    'Looking at 14,976,000 deals ━━━━━━··················  25%, about 9 s left; Ctrl-C stops'
    >>> line("Looking at deals", 0.0, 0.1)[-16:]
    '0%; Ctrl-C stops'
    """
    done = round(share * WIDTH)
    left = ""
    if share > 0:
        ahead = seconds * (1 - share) / share
        left = f", about {ahead / 60:.0f} min left" if ahead >= 90 else f", about {ahead:.0f} s left"
    return f"{what} {'━' * done}{'·' * (WIDTH - done)} {share:4.0%}{left}; Ctrl-C stops"


def _explain() -> None:
    click.echo(
        "Still at work. A first run also compiles the fast parts, once; Ctrl-C stops it safely.", err=True
    )
