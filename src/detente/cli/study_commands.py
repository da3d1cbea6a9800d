"""The study command: any lens under uncertainty - sensitivity, robustness, discovery, montecarlo."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

from detente.cli.output import common, deliver, meant, render
from detente.cli.trial import on_trial, tried


@click.group()
def study() -> None:
    """Ask how sure an answer is: which inputs carry it, when it flips, what is worth finding out.

    CASE is a folder or the name of a bundled case. Each study repeats one lens over variants of the case.
    """


def _worlds(default: int) -> Callable[[Any], Any]:
    return click.option(
        "--worlds",
        type=click.IntRange(0, 100_000),
        default=default,
        show_default=True,
        help="Draws over all ranges at once.",
    )


_seed = click.option(
    "--seed",
    type=click.IntRange(0),
    default=1,
    show_default=True,
    help="Seed of the worlds; --with seed=N is the lens's.",
)


@study.command()
@click.argument("case")
@_worlds(200)
@_seed
def sensitivity(case: str, **given: Any) -> None:
    """Vary each uncertain input over its stated range: what carries the answer, where it flips."""
    from detente.studies.sensitivity import Effort
    from detente.studies.sensitivity import sensitivity as run
    from detente.studies.sensitivity_view import view

    effort = Effort(given["worlds"], given["seed"])
    _answer(case, given, lambda c, q, watch: run(c, q, effort, watch), view)


@study.command()
@click.argument("case")
def robustness(case: str, **given: Any) -> None:
    """Change one choice at a time (readings, rules, consent, seeds) and see if the answer stays."""
    from detente.studies.robustness import robustness as run
    from detente.studies.robustness_view import view

    _answer(case, given, run, view)


@study.command()
@click.argument("case")
@_worlds(300)
@_seed
def discovery(case: str, **given: Any) -> None:
    """Find the combinations of inputs under which the answer holds, or fails."""
    from detente.studies.discovery import discovery as run
    from detente.studies.discovery_view import view

    _answer(case, given, lambda c, q, watch: run(c, q, given["worlds"], given["seed"], watch), view)


@study.command()
@click.argument("case")
@_worlds(200)
@_seed
@click.option("--also", multiple=True, metavar="MEASURE", help="A further headline number of the lens.")
def montecarlo(case: str, **given: Any) -> None:
    """Draw all uncertain inputs at once and show how far a headline number spreads."""
    from detente.studies.montecarlo import montecarlo as run
    from detente.studies.montecarlo_view import view

    size = given["worlds"], given["seed"]
    _answer(case, given, lambda c, q, watch: run(c, q, given["also"], size, watch), view)


def _answer(name: str, given: dict[str, Any], run: Callable[..., Any], view: Callable[[Any], Any]) -> None:
    """Run a study and show it, or give its JSON."""
    from detente.brief.document import document
    from detente.studies.question import Asked, question

    form = meant("json" if given["as_json"] else given["form"], given["output"])
    case = tried(name, given)
    asked = Asked(given["lens"] or "", given["measure"] or "", given["threshold"], given["options"])
    with _progress() as watch:
        found = question(case, asked)
        result = run(case, found, watch)
    if form == "json":
        deliver(
            json.dumps(_data(case, found, result), ensure_ascii=False, indent=1, allow_nan=False) + "\n",
            given["output"],
        )
    else:
        doc = document(case, view(result), (found.run(case),))
        deliver(render(doc, form), given["output"])


def _data(case: Any, question: Any, result: Any) -> dict[str, Any]:
    """Return a study as plain data: what was asked, of which case, and what came of it; never the page."""
    from dataclasses import fields

    from detente import __version__
    from detente.record import FORMAT_VERSION, plain

    parts = {f.name: plain(getattr(result, f.name)) for f in fields(result) if f.name != "question"}
    return {
        "format_version": FORMAT_VERSION,
        "study": type(result).__name__.lower(),
        "version": __version__,
        "case": case.id,
        "digest": case.digest,
        "lens": question.lens.name,
        "options": question.options.model_dump(mode="json", by_alias=True),
        "measure": plain(question.measure),
        "threshold": question.threshold,
        "result": parts,
    }


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None]]:
    """Show a bar to whoever watches; nothing where nobody does."""
    if not sys.stderr.isatty():
        yield lambda what, done, most: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    columns = TextColumn("{task.description:<18}"), BarColumn(), TimeElapsedColumn(), TimeRemainingColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, Any] = {}

        def watch(what: str, done: int, most: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what, total=most)
            bar.update(tasks[what], completed=done, total=most)

        yield watch


for _command in study.commands.values():
    _command.params += [
        click.Option(["--lens"], help="Which lens; by default the first that can answer."),
        click.Option(["--measure"], help="Which of its headline numbers; by default one that is open."),
        click.Option(["--threshold"], type=float, help="From where on the headline counts as held."),
        click.Option(
            ["options", "--with"],
            multiple=True,
            metavar="NAME=VALUE",
            help="An option of the lens, such as draws=1000.",
        ),
    ]
    common(on_trial(_command))
