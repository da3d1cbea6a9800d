"""The serve command: pages to play with, on this machine only."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click


@click.command()
@click.argument("case")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8766, show_default=True, help="0 takes a free one."
)
@click.option(
    "--edit", is_flag=True, help="Let pages save variants and estimates; the case itself is never written."
)
@click.option(
    "--variants", type=click.Path(path_type=Path), help="Folder for variants, in place of the case's own."
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Where to listen; anything but this machine is a risk.",
)
@click.option("--open", "browse", is_flag=True, help="Open a browser there.")
def serve(case: str, edit: bool, variants: Path | None, **asked: Any) -> None:
    """Try assumptions and deals in a browser: live answers against the case on file.

    Loopback only, read-only unless --edit. Nothing leaves this computer.
    """
    from detente.errors import MissingExtra

    try:
        from detente.web.run import run
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] in ("starlette", "uvicorn", "anyio"):
            raise MissingExtra("serving pages", "web") from None
        raise
    run(case, variants, edit, (asked["host"], asked["port"]), asked["browse"])
