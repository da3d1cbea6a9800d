"""Where output goes: to the terminal, or whole into a file or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.errors import UsageError
from detente.files import writable, write_whole

if TYPE_CHECKING:
    from detente.render.document import Document

FORMATS = ("terminal", "markdown", "html", "pdf", "json")
ENDINGS = {
    ".html": "html",
    ".htm": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".json": "json",
    ".pdf": "pdf",
    ".txt": "terminal",
}
ELSEWHERE = "choose another place with -o"


def meant(form: str | None, output: Path | None, otherwise: str = "terminal") -> str:
    """Return the format asked for; where none is, what the name of the file says; else `otherwise`.

    Looks before the work, not after it, whether the result could be written.

    Raises
    ------
    UsageError
        If the file cannot be written or its ending says nothing we write, if a PDF is to go to the
        terminal, or nothing here can print one.

    Examples
    --------
    >>> meant(None, Path("out.html")), meant("markdown", Path("out.html")), meant(None, None)
    ('html', 'markdown', 'terminal')
    """
    if output is not None:
        writable(output, ELSEWHERE)
    form = form or (otherwise if output is None else _ending(output, otherwise))
    if form == "pdf":
        from detente.render.pdf import find_browser

        if output is None:
            raise UsageError("a PDF needs a file to go to. Remedy: add -o NAME.pdf")
        find_browser()
    return form


def _ending(output: Path, otherwise: str) -> str:
    """Return the format a file's ending says; one that is no word, as in `talks-2.1`, says nothing."""
    ending = output.suffix.lower()
    if ending not in ENDINGS and ending[1:].isalpha():
        known = ", ".join(ENDINGS)
        raise UsageError(
            f"{output}: nothing here writes {ending} files. Remedy: end the name in one of {known}, "
            "or say --format"
        )
    return ENDINGS.get(ending, otherwise)


def as_data(as_json: bool, output: Path | None) -> bool:
    """Whether a command that knows text and JSON alone is to give JSON: asked so, or by the file's ending.

    Raises
    ------
    UsageError
        If the file cannot be written, or its ending says a page.
    """
    form = meant("json" if as_json else None, output)
    if form in ("html", "pdf"):
        raise UsageError(f"{output}: this command writes text or JSON. Remedy: end the name in .txt or .json")
    return form == "json"


def render(doc: Document, form: str) -> str | bytes:
    """Return a document in one of the page formats; a PDF as bytes."""
    if form == "pdf":
        from detente.render.pdf import to_pdf

        return to_pdf(doc)
    if form == "html":
        from detente.render.html import to_html

        return to_html(doc)
    if form == "markdown":
        from detente.render.markdown import to_markdown

        return to_markdown(doc)
    from detente.render.terminal import to_terminal

    return to_terminal(doc)


def deliver(content: str | bytes, output: Path | None) -> None:
    """Print a text, or write it to a file in one step.

    An existing file is replaced only once the new content is complete on disk. What is no file, such as
    /dev/stdout or a named pipe, is written to and never replaced.

    Raises
    ------
    UsageError
        If the folder cannot be made or written, or the output is a folder.
    """
    if output is None:
        click.echo(content, nl=isinstance(content, str) and not content.endswith("\n"))
        return
    write_whole(output, content.encode() if isinstance(content, str) else content, ELSEWHERE)


def common(command: click.Command) -> click.Command:
    """Add the options every command that shows a result has."""
    command.params += [
        click.Option(["form", "--format"], type=click.Choice(FORMATS), help="How to show the result."),
        click.Option(["as_json", "--json"], is_flag=True, help="Short for --format json."),
        click.Option(
            ["-o", "--output"],
            type=click.Path(path_type=Path),
            help="File to write, replaced whole; without --format, .html, .md, .json or .pdf say the format.",
        ),
    ]
    return command
