"""Says once why the very first run takes longer: the fast parts are compiled then, and kept."""

from __future__ import annotations

import os
from pathlib import Path

import click


def announce() -> None:
    """Tell the user, on standard error, if nothing has been compiled on this machine yet."""
    import detente.methods

    given = os.environ.get("NUMBA_CACHE_DIR")
    folder = Path(given) if given else Path(next(iter(detente.methods.__path__)))
    if os.access(folder, os.W_OK) and next(folder.rglob("smaa_kernel*.nbi"), None) is None:
        click.echo("First run on this machine: compiling the fast parts once, under a minute ...", err=True)
