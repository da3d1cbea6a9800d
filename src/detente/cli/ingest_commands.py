"""Commands that bring documents in: propose, review, and draft a first case."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from detente.ingest.accept import Reviewer
    from detente.ingest.proposal import Proposal
    from detente.ingest.session import Outcome

_ABOUT = (
    click.option("--published", help="Day of publication, where the document does not say: 2025-08-13."),
    click.option("--publisher", help="Who published it."),
    click.option("--title", help="Its title."),
    click.option("--kind", help="news, official, poll, law, research, data or other."),
)


def _about(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in reversed(_ABOUT):
        command = option(command)
    return command


@click.command()
@click.argument("case")
@click.argument("place", nargs=-1, required=True, metavar="FILE|URL...")
@_about
@click.option("--later", is_flag=True, help="Also take documents published after the case's date, marked.")
@click.option("--llm", metavar="URL", help="A second proposer: an OpenAI-compatible or Anthropic address.")
@click.option("--model", default="", help="Name of the language model at that address.")
@click.option("--json", "as_json", is_flag=True, help="The proposed items as JSON.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="File to write, replaced whole; JSON where it ends in .json.",
)
def ingest(case: str, place: tuple[str, ...], as_json: bool, output: Path | None, **given: Any) -> None:
    """Read documents, and propose what they say as evidence; nothing enters the case.

    Text, HTML and PDF. Proposals wait in the folder `proposals` beside the case: detente review CASE.
    """
    from detente.cli.output import as_data, deliver
    from detente.ingest.session import Asked
    from detente.ingest.session import ingest as run

    as_json = as_data(as_json, output)
    about = {name: given[name] or "" for name in ("published", "publisher", "title", "kind") if given[name]}
    asked = Asked(about, given["later"], _proposers(case, given["llm"], given["model"]))
    with _progress(len(place)) as step:
        outcome = run(case, place, asked, step)
    for name, reason in outcome.failures:
        click.echo(f"detente: {reason if name and name in reason else f'{name}: {reason}'}", err=True)
    if as_json:
        deliver(json.dumps(outcome.as_data(), ensure_ascii=False, indent=1) + "\n", output)
    else:
        deliver(_summary(case, outcome), output)
    sys.exit(2 if outcome.useless else 1 if outcome.failures else 0)


@contextmanager
def _progress(length: int) -> Iterator[Callable[[str], None]]:
    """Show a bar to whoever watches, two steps a document; nothing where nobody does."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    with click.progressbar(length=2 * length, label="Reading", file=sys.stderr) as bar:
        yield lambda _: bar.update(1)


def _proposers(case: str, url: str | None, model: str) -> tuple[Any, ...]:
    if not url:
        return ()
    from detente.case.load import load_case
    from detente.ingest.llm import Model

    return (Model.at(url, model, load_case(case)),)


def _summary(case: str, outcome: Outcome) -> str:
    """Return the proposals as text, document by document."""
    lines: list[str] = []
    for document in outcome.documents:
        own = [item for item in outcome.items if item.document == document.digest]
        lines.append(f"{document.name}: {len(own)} proposed, {len(document.text):,} characters")
        lines += [f"  note: {complaint}" for complaint in document.complaints]
        lines += [line for item in own for line in _shown(item)]
    lines += [f"{name}: read before; its proposals stand as they were" for name in outcome.known]
    return "\n".join([*lines, *_ending(case, outcome)]) + "\n"


def _ending(case: str, outcome: Outcome) -> list[str]:
    """Return what could not be read, what is new, and what to do next."""
    failed, asked = len(outcome.failures), len(outcome.documents) + len(outcome.known) + len(outcome.failures)
    named = ", ".join(name for name, _ in outcome.failures)
    if outcome.useless:
        return [f"Nothing was proposed: none of the documents could be used ({named})."]
    lines = [f"{failed} of {asked} documents could not be used: {named}."] if failed else []
    if outcome.kept is None:
        why = f"{case} is bundled with detente and read-only. Copy its folder and work there."
        return [*lines, f"Nothing was kept: {why}"]
    new = f"{len(outcome.items)} new in {outcome.kept}" if outcome.items else "Nothing new was proposed"
    if not outcome.waiting:
        return [*lines, f"{new}, and nothing waits for a decision."]
    waits = "" if outcome.waiting == len(outcome.items) else f"; {outcome.waiting} wait for a decision"
    return [*lines, f"{new}{waits}. Next: detente review {case}"]


def _shown(item: Proposal) -> list[str]:
    about = [item.stake, item.actor, item.modality, item.as_of]
    said = f"said by {', according to '.join(item.speakers)}" if item.speakers else ""
    numbers = ", ".join(f"{n.value:g} {n.unit}".strip() for n in item.numbers)
    known = f"same as {', '.join(item.same_origin)}" if item.same_origin else ""
    against = f"contradicts {', '.join(item.contradicts)}" if item.contradicts else ""
    by = "" if item.proposed_by == "rules" else f"proposed by {item.proposed_by}"
    later = "later than the case" if item.later else ""
    parts = [p for p in (*about, said, numbers, known, against, later, by) if p]
    return [f"  {item.id} {' '.join(item.statement.split())}", f"      {'; '.join(parts)}"]


@click.command()
@click.argument("case")
@click.option("--by", help="Your name; the case's analyst where left out.")
@click.option(
    "--accept", multiple=True, metavar="ID", help="Accept this item without asking; may be repeated."
)
@click.option(
    "--reject", multiple=True, metavar="ID", help="Reject this item without asking; may be repeated."
)
@click.option(
    "--set", "changes", multiple=True, metavar="NAME=VALUE", help="Change a value of what is accepted."
)
@click.option("--list", "listed", is_flag=True, help="List what waits for a decision, and stop.")
@click.option("--json", "as_json", is_flag=True, help="List what waits, as JSON, and stop.")
def review(case: str, listed: bool, as_json: bool, **given: Any) -> None:
    """Accept, edit or reject proposed evidence, one item after another; can stop and go on at any time."""
    from detente.case.folders import writable_folder
    from detente.ingest.accept import Reviewer

    folder = writable_folder(case)
    if not (listed or as_json):
        _can_decide(folder)
    reviewer = Reviewer(folder, given["by"] or _analyst(folder))
    if as_json:
        waiting = [i.as_data() for record in reviewer.store.records() for i in record.pending]
        click.echo(json.dumps({"format_version": 1, "items": waiting}, ensure_ascii=False, indent=1))
    elif listed:
        waiting_items = [i for record in reviewer.store.records() for i in record.pending]
        click.echo("\n".join(line for i in waiting_items for line in _shown(i)) or "Nothing waits.")
    elif given["accept"] or given["reject"]:
        _decide(reviewer, given["accept"], given["reject"], _changes(given["changes"]))
    else:
        from detente.cli.review_session import converse

        converse(reviewer, case)


def _can_decide(folder: Path) -> None:
    """Refuse a case whose files cannot be written, before anything is decided."""
    from detente.files import writable
    from detente.ingest.store import MEND, Store

    writable(folder / "sources.yaml", MEND)
    Store.of(folder).ready()


def _analyst(folder: Path) -> str:
    from detente.case.load import load_case

    return load_case(folder).analyst


def _changes(given: tuple[str, ...]) -> dict[str, str]:
    from detente.errors import UsageError

    pairs = [item.partition("=") for item in given]
    if wrong := [name for name, mark, _ in pairs if not mark]:
        raise UsageError(f"`{wrong[0]}` sets nothing. Remedy: --set {wrong[0]}=VALUE")
    return {name.strip(): value.strip() for name, _, value in pairs}


def _decide(
    reviewer: Reviewer, accepted: tuple[str, ...], rejected: tuple[str, ...], changes: dict[str, str]
) -> None:
    for item in accepted:
        name, lines = reviewer.accept(item, changes)
        click.echo(f"{item} entered as {name}:\n{lines}", nl=False)
    for item in rejected:
        reviewer.reject(item)
        click.echo(f"{item} rejected")


@click.command()
@click.argument("name", type=click.Path(path_type=Path))
@click.argument("place", nargs=-1, required=True, metavar="FILE|URL...")
@_about
@click.option("--as-of", default="", help="Date of the case; the latest day of publication where left out.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Folder to make; NAME by default.")
def draft(name: Path, place: tuple[str, ...], as_of: str, output: Path | None, **given: Any) -> None:
    """Propose a first case from documents: a commented folder that passes check, and what it lacks.

    NAME is the case's name, or the path of the folder to make, which gives the case its name.
    """
    from detente.ingest.draft import draft as propose
    from detente.ingest.draft_write import ready, write_draft
    from detente.ingest.session import told

    folder, own = output or name, name.resolve().name
    ready(folder, own)
    about = {key: value for key, value in given.items() if value}
    documents = told(place, about)
    made = propose(own, documents, as_of)
    write_draft(folder, made, documents)
    click.echo(f"Wrote {folder}: {len(made.parties)} actors, {len(made.stakes)} stakes. Still missing:")
    for line in made.missing:
        click.echo(f"  - {line}")
    click.echo(f"Next: detente check {folder}; then detente review {folder}")
