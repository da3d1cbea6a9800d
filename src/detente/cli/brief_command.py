"""The brief command: every lens the case feeds, composed into one document."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from detente.cli.output import common
from detente.cli.trial import on_trial


@click.command()
@click.argument("case")
@click.option("--full", is_flag=True, help="Every question the case can answer, not the first alone.")
@click.option("--draws", type=click.IntRange(1, 1_000_000), help="Draws of preferences.")
@click.option("--seed", type=click.IntRange(0), help="Seed of the draws.")
def brief(case: str, output: Path | None, as_json: bool, form: str | None, **asked: Any) -> None:
    """Write the brief of a case, and print its summary.

    Without --format: the whole brief as out/CASE/brief.html or as the file -o names, and its summary in the
    terminal. With --format: that one format, to standard output unless -o is given.
    """
    from detente.brief.compose import compose
    from detente.cli.first_use import patience
    from detente.cli.output import ELSEWHERE, deliver, meant, render
    from detente.cli.trial import tried
    from detente.files import writable

    form = "json" if as_json else form
    kind = meant(form, output, "html")
    loaded = tried(case, asked)
    target = output if form or output else Path("out") / loaded.id / "brief.html"
    if target is not None:
        writable(target, ELSEWHERE)
    with patience():
        composed = compose(loaded, **asked)
    deliver(composed.to_json() if kind == "json" else render(composed.document, kind), target)
    if form is None:
        click.echo(render(composed.summary, "terminal"))
        click.echo(f"The whole brief: {target}")


common(on_trial(brief))
