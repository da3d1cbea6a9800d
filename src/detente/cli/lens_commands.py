"""One command for each lens, made from its options."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import UnionType
from typing import TYPE_CHECKING, Any, Literal, Union, cast, get_args, get_origin

import click
from pydantic.fields import FieldInfo

from detente import __version__
from detente.errors import UsageError
from detente.lens import Foreign, Lens, Run, as_typed
from detente.registry import LENSES

if TYPE_CHECKING:
    from detente.case.model import Case
    from detente.render.document import Document


def names() -> list[str]:
    """Return the names of all lenses."""
    return [lens.name for lens in LENSES]


def lens_command(name: str) -> click.Command | None:
    """Return the command of a lens, or None where there is no such lens."""
    lens = next((x for x in LENSES if x.name == name), None)
    if lens is None:
        return None
    from detente.cli.output import common
    from detente.cli.trial import on_trial

    parameters: list[click.Parameter] = [click.Argument(["case"])]
    if "deal" in lens.options.model_fields:
        parameters.append(click.Argument(["deal"], nargs=-1, metavar="[ISSUE=OPTION]..."))
        known = "'nearest' (or miss1, miss2 ...) is a nearest miss, 'misses' all."
        said = f"{lens.options.model_fields['deal'].description} {known}"
        parameters.append(click.Option(["more", "--deal"], multiple=True, help=said))
    for field, info in lens.options.model_fields.items():
        if field != "deal":
            parameters.append(_option(field, info))
    command = click.Command(
        name, params=parameters, callback=_callback(lens), help=lens.question, short_help=lens.question
    )
    return on_trial(common(command))


def _option(field: str, info: FieldInfo) -> click.Option:
    """Return a click option for one field of a lens's options."""
    kind: Any = info.annotation
    if get_origin(kind) in (Union, UnionType):
        kind = next(k for k in get_args(kind) if k is not type(None))
    many = get_origin(kind) is tuple
    kind = get_args(kind)[0] if many else kind
    shown: Any = click.Choice(get_args(kind)) if get_origin(kind) is Literal else kind
    return click.Option(
        [field, "--" + as_typed(field, info)],
        type=shown,
        multiple=many,
        default=None,
        is_flag=kind is bool,
        help=_help(info),
    )


def _help(info: FieldInfo) -> str:
    default = info.default
    shown = f" [default: {default}]" if default not in (None, (), "", False) else ""
    return f"{info.description or ''}{shown}"


def _callback(lens: Lens[Any, Any]) -> Callable[..., None]:
    def call(case: str, form: str | None, as_json: bool, output: Path | None, **given: Any) -> None:
        from detente.cli.first_use import patience
        from detente.cli.output import deliver, meant, render
        from detente.cli.trial import asked_on_trial, tried

        form = meant("json" if as_json else form, output)
        path = Path(case)
        other = lens.foreign is not None and lens.foreign.accepts(path)
        if other and asked_on_trial(given):
            raise UsageError(
                f"{case} is another tool's file, not a case. Remedy: leave --set and --variant out"
            )
        with patience():
            if other:
                run, shown = _foreign(lens, path, options_of(lens, _given(given)))
            else:
                run, shown = _ours(lens, tried(case, given), given)
        if form == "json":
            from detente.record import to_json

            deliver(to_json(run), output)
        else:
            deliver(render(shown(), form), output)

    return call


def _given(given: dict[str, Any]) -> dict[str, Any]:
    """Return what was typed for a lens, with deals from both places together."""
    deals = (*given.get("deal", ()), *given.get("more", ()))
    said = {name: value for name, value in given.items() if name not in ("deal", "more")}
    return {name: value for name, value in {**said, "deal": deals}.items() if value not in (None, ())}


def _ours(
    lens: Lens[Any, Any], case: Case, given: dict[str, Any]
) -> tuple[Run[Any, Any], Callable[[], Document]]:
    """Return the run of a lens on a case, and how to show it."""
    from detente.brief.document import document

    typed = _given(given)
    if any(item == "nearest" or item.startswith("miss") for item in typed.get("deal", ())):
        from detente.brief.leading import spelled_out

        typed["deal"] = spelled_out(case, typed["deal"])
    options = options_of(lens, typed)
    lacking = lens.missing(case)
    if lacking:
        raise UsageError(
            f"the {lens.name} lens cannot answer for {case.id}: {lacking}. Remedy: add it, as "
            f"docs/reference/case-format.md shows; what the case can answer: {_able(case)}"
        )
    run = lens.apply(case, options)
    return run, lambda: document(case, lens.view(case, run), (run,))


def _able(case: Case) -> str:
    """Return the names of the lenses that can answer for a case."""
    return ", ".join(lens.name for lens in LENSES if not lens.missing(case)) or "nothing yet"


def _foreign(lens: Lens[Any, Any], path: Path, options: Any) -> tuple[Run[Any, Any], Callable[[], Document]]:
    """Return the run of a lens on a file of another tool, and how to show it."""
    from detente.brief.document import bare_document, file_digest

    foreign = cast("Foreign[Any, Any]", lens.foreign)
    result = foreign.run(path, options)
    run = Run(lens.name, __version__, path.name, file_digest(path), options, result)
    return run, lambda: bare_document(foreign.view(run), run)


def options_of(lens: Lens[Any, Any], given: dict[str, Any]) -> Any:
    """Return a lens's options from what was typed, or say in words what is wrong with it."""
    return lens.read_options(given, f"detente {lens.name} --help")
