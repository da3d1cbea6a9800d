"""Says why a first run takes longer: the fast parts are compiled then, once, and kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer

import click

PATIENCE = 4.0
"""Seconds of silence before a word of explanation. Judgement."""


@contextmanager
def patience() -> Iterator[None]:
    """Explain on standard error if the work takes long."""
    timer = Timer(PATIENCE, _explain)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _explain() -> None:
    click.echo(
        "Still at work. A first run also compiles the fast parts, once; Ctrl-C stops it safely.", err=True
    )
