"""Options that change a case on trial, for every command that answers a question about one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from detente.case.model import Case

C = TypeVar("C", bound=click.Command)
_NAMES = ("edits", "variant", "variants")


def on_trial(command: C) -> C:
    """Add --set, --variant and --variants to a command; `tried` reads them."""
    command.params += [
        click.Option(
            ["edits", "--set"],
            multiple=True,
            metavar="PATH=VALUE",
            help="Change the case on trial, such as no_deal.RUS.shift=[-20,0]; the file stays as it is.",
        ),
        click.Option(["variant", "--variant"], metavar="NAME|FILE", help="A variant kept beside the case."),
        click.Option(
            ["variants", "--variants"], metavar="FOLDER", help="Where to look for variants by name."
        ),
    ]
    return command


def tried(name: str, given: dict[str, Any]) -> Case:
    """Return a case with what was asked for on trial, and take those options out of `given`.

    Raises
    ------
    InputProblems
        If the case, the variant or an edit cannot be used, with every problem.
    """
    from detente.case.load import load_case
    from detente.case.overlay import apply_typed

    edits, variant, folder = (given.pop(key, None) for key in _NAMES)
    if variant:
        from detente.case.variants import load_variant

        case = load_variant(name, variant, folder)
    else:
        case = load_case(name)
    return apply_typed(case, edits) if edits else case


def asked_on_trial(given: dict[str, Any]) -> bool:
    """Whether a change on trial was asked for; takes the options out of `given`."""
    return bool([value for key in _NAMES if (value := given.pop(key, None))])
