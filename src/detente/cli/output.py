"""Where output goes: to the terminal, or whole into a file or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.errors import UsageError

if TYPE_CHECKING:
    from detente.render.document import Document

FORMATS = ("terminal", "markdown", "html", "pdf", "json")


ENDINGS = {".html": "html", ".htm": "html", ".md": "markdown", ".json": "json"}


def meant(form: str | None, output: Path | None) -> str:
    """Return the format asked for; where none is, what the name of the file says.

    Examples
    --------
    >>> meant(None, Path("out.html")), meant("markdown", Path("out.html")), meant(None, None)
    ('html', 'markdown', 'terminal')
    """
    form = wanted(form, output)
    if form is not None:
        return form
    return "terminal" if output is None else ENDINGS.get(output.suffix.lower(), "terminal")


def wanted(form: str | None, output: Path | None) -> str | None:
    """Return the format asked for: by name, or by the ending of a file that can only be a PDF.

    Raises
    ------
    UsageError
        If a PDF is to go to the terminal, or nothing here can print one.

    Examples
    --------
    >>> wanted("html", None), wanted(None, Path("talks.html"))
    ('html', None)
    """
    if form is None and output is not None and output.suffix.lower() == ".pdf":
        form = "pdf"
    if form == "pdf":
        from detente.render.pdf import find_browser

        if output is None:
            raise UsageError("a PDF needs a file to go to. Remedy: add -o NAME.pdf")
        find_browser()  # before the work, not after it
    return form


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

    An existing file is replaced only once the new content is complete on disk.

    Raises
    ------
    UsageError
        If the folder cannot be made or written, or the output is a folder.
    """
    if output is None:
        click.echo(content, nl=isinstance(content, str) and not content.endswith("\n"))
        return
    if output.is_dir():
        raise UsageError(f"{output} is a folder. Remedy: name a file in it")
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name}.")
    except OSError as error:
        raise UsageError(
            f"cannot write to {output.parent}: {error.strerror}. Remedy: choose another place with -o"
        ) from None
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content.encode() if isinstance(content, str) else content)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(output)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def common(command: click.Command) -> click.Command:
    """Add the options every command that shows a result has."""
    command.params += [
        click.Option(["form", "--format"], type=click.Choice(FORMATS), help="How to show the result."),
        click.Option(["as_json", "--json"], is_flag=True, help="Short for --format json."),
        click.Option(
            ["-o", "--output"],
            type=click.Path(path_type=Path),
            help="File to write, replaced whole; without --format, .html, .md or .json say the format.",
        ),
    ]
    return command
