"""Commands on a user's own copy of a published data set: refit durability, score forecasting models."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from detente.cli.output import common, deliver, meant, render
from detente.page import Page


def _form(asked: dict[str, Any]) -> str:
    """Return the format asked for, before the work."""
    return meant("json" if asked["as_json"] else asked["form"], asked["output"])


def _show(page: Page, result: Any, path: Path, form: str, asked: dict[str, Any]) -> None:
    """Print or write a page, or its result as JSON."""
    from detente.brief.document import data_document, file_digest
    from detente.record import FORMAT_VERSION, plain

    if form == "json":
        data = {
            "format_version": FORMAT_VERSION,
            "file": path.name,
            "digest": file_digest(path),
            "result": plain(result),
        }
        deliver(json.dumps(data, ensure_ascii=False, indent=1) + "\n", asked["output"])
    else:
        doc = data_document(page, path, asked.get("seed"))
        deliver(render(doc, form), asked["output"])


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--seed", type=click.IntRange(0), default=1, show_default=True, help="Seed of folds, bootstrap and noise."
)
def scoreboard(file: Path, **asked: Any) -> None:
    """Score all forecasting models on decisions whose outcome is known.

    FILE is your own copy of the DEU data (Arregui & Perarnaud 2021, doi:10.34810/data53) as CSV.
    """
    from detente.studies.deu import read_decisions
    from detente.studies.scoreboard import score
    from detente.studies.scoreboard_view import view

    form = _form(asked)
    board = score(read_decisions(file), asked["seed"])
    _show(view(board), board, file, form, asked)


@click.command()
@click.argument("source", metavar="SOURCE")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def refit(source: str, file: Path, **asked: Any) -> None:
    """Refit the durability figures on your own copy of a data set.

    SOURCE is ucdp-agreements, ucdp-terminations, ethprio or pax; FILE is its CSV with the published column
    names.
    """
    from detente.exchange.refit import refit as fitted
    from detente.exchange.refit_view import page

    form = _form(asked)
    found = fitted(source, file)
    _show(page(found), found, file, form, asked)


for _command in (scoreboard, refit):
    common(_command)
