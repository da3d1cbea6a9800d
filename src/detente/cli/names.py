"""The commands that are not lenses, by name and the module that holds each."""

from __future__ import annotations

from importlib import import_module

import click

FIXED = {
    "brief": "detente.cli.brief_command",
    "check": "detente.cli.case_commands",
    "check-brief": "detente.cli.rubric_command",
    "cases": "detente.cli.case_commands",
    "scoreboard": "detente.cli.data_commands",
    "refit": "detente.cli.data_commands",
    "new": "detente.cli.case_commands",
    "schema": "detente.cli.case_commands",
    "compare": "detente.cli.compare_command",
    "study": "detente.cli.study_commands",
    "serve": "detente.web.command",
    "trace": "detente.cli.trace_commands",
    "bundle": "detente.cli.trace_commands",
    "ingest": "detente.cli.ingest_commands",
    "review": "detente.cli.ingest_commands",
    "draft": "detente.cli.ingest_commands",
}


def fixed_command(name: str) -> click.Command | None:
    """Return a command that is not a lens, importing its module only now."""
    module = FIXED.get(name)
    if module is None:
        return None
    command: click.Command = getattr(import_module(module), name.replace("-", "_"))
    return command
