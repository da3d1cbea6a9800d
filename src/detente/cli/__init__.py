"""The command line: made from the registry of lenses; no lens is named here."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from detente import __version__
from detente.errors import DetenteError


class _ReaderLeft(Exception):
    """The reader of our pipe has seen enough; click itself would call that a failure."""


@contextmanager
def _to_a_reader() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise _ReaderLeft from None


class Commands(click.Group):
    """Commands found by name, so that `--help` imports nothing heavy."""

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        """Read the words of the command line; this prints the help."""
        with _to_a_reader():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        with _to_a_reader():
            return super().invoke(ctx)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return all commands: work on cases first, then the lenses in the order of the registry."""
        from detente.cli.lens_commands import names
        from detente.cli.names import FIXED

        return [*FIXED, *names()]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return one command."""
        from detente.cli.lens_commands import lens_command
        from detente.cli.names import fixed_command

        return fixed_command(cmd_name) or lens_command(cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Suggest the nearest command for one that does not exist."""
        from difflib import get_close_matches

        name = args[0]
        if self.get_command(ctx, name) is None and not name.startswith("-"):
            near = get_close_matches(name, self.list_commands(ctx), n=1)
            hint = f" Did you mean '{near[0]}'?" if near else ""
            raise click.UsageError(f"There is no command '{name}'.{hint} See detente --help.", ctx)
        return super().resolve_command(ctx, args)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="detente")
def app() -> None:
    """Ask of a negotiation: is there a deal all who must agree could accept, and if not, what blocks it.

    CASE is a folder with case.yaml and sources.yaml, or the name of a bundled case.
    """


def main() -> None:
    """Run the command line; what goes wrong is said in words, never as a traceback."""
    # A command lives for seconds and makes few cycles: looking for them often costs a sixth of a brief.
    gc.set_threshold(200_000, 50, 50)
    try:
        app(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except DetenteError as error:
        click.echo(f"detente: {error}", err=True)
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo("detente: stopped; nothing was half-written", err=True)
        sys.exit(130)
    except (_ReaderLeft, BrokenPipeError):
        # The reader of a pipe went away; say nothing, and keep the interpreter from flushing into it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        said = f"{error.strerror or error}: {error.filename or ''}".rstrip(": ")
        click.echo(f"detente: {said}. Remedy: check the name, the permissions and the space left", err=True)
        sys.exit(2)
    except Exception as error:
        if os.environ.get("DETENTE_DEBUG"):
            raise
        click.echo(
            f"detente: this should not happen ({type(error).__name__}: {error}). Please report it; "
            "DETENTE_DEBUG=1 shows where.",
            err=True,
        )
        sys.exit(70)
