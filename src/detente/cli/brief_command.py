"""The brief command: every lens the case feeds, composed into one document."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from detente.cli.trial import on_trial


@click.command()
@click.argument("case")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="File to write; replaced whole.")
@click.option("--json", "as_json", is_flag=True, help="Short for --format json.")
@click.option(
    "--format",
    "form",
    type=click.Choice(("html", "pdf", "terminal", "markdown", "json")),
    help="One format only, to standard output unless -o is given; a PDF needs -o.",
)
@click.option("--full", is_flag=True, help="Every question the case can answer, not the first alone.")
@click.option("--draws", type=click.IntRange(1, 1_000_000), help="Draws of preferences.")
@click.option("--seed", type=click.IntRange(0), help="Seed of the draws.")
def brief(case: str, output: Path | None, as_json: bool, form: str | None, **asked: Any) -> None:
    """Write the brief of a case, and print its summary.

    Without --format: out/CASE/brief.html, and the same answer in the terminal.
    """
    from detente.brief.compose import compose
    from detente.cli.first_use import patience
    from detente.cli.output import deliver, render, wanted
    from detente.cli.trial import tried

    form = "json" if as_json else wanted(form, output)
    loaded = tried(case, asked)
    with patience():
        composed = compose(loaded, **asked)
    if form == "json":
        deliver(composed.to_json(), output)
    elif form is not None:
        deliver(render(composed.document, form), output)
    else:
        target = output or Path("out") / loaded.id / "brief.html"
        deliver(render(composed.document, "html"), target)
        click.echo(render(composed.summary, "terminal"))
        click.echo(f"The whole brief: {target}")


on_trial(brief)
