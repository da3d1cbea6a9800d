"""What a handler is asked, and its answer as a page or as a message in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from starlette.responses import HTMLResponse, Response

from detente import __version__
from detente.case.inputs_names import label_of
from detente.case.model import Case
from detente.errors import DetenteError, InputProblems
from detente.page import Page, Section, Text
from detente.web.desk import Desk
from detente.web.forms import FORMS, data, table, told
from detente.web.shown import environment
from detente.web.state import State, canonical, read_state
from detente.words import day

NAVIGATION = (
    ("/what-if", "What if"),
    ("/deals", "Deals"),
    ("/stakes", "Stakes"),
    ("/compare", "Compare"),
    ("/weights", "Weights"),
    ("/evidence", "Evidence"),
    ("/brief", "Brief"),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request, taken apart.

    Parameters
    ----------
    path : str
        Page, without the form.
    form : {"", "json", "csv", "md"}
    pairs, posted : tuple of (name, value)
        Query and submitted form.
    part : str
        Which part of the page is wanted; "" for the whole.
    """

    path: str
    form: str
    pairs: tuple[tuple[str, str], ...]
    posted: tuple[tuple[str, str], ...] = ()
    part: str = ""

    @property
    def state(self) -> State:
        """The state in the address."""
        return read_state(self.pairs)

    def get(self, name: str, default: str = "") -> str:
        """Return a value of the query, the last where there are several."""
        return dict(self.pairs).get(name, default)

    def all(self, name: str) -> tuple[str, ...]:
        """Return all values of a name in the query."""
        return tuple(value for key, value in self.pairs if key == name)

    def sent(self, name: str) -> str:
        """Return a value of the submitted form."""
        return dict(self.posted).get(name, "")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reader is: the case as the address has it, and the address spelled in one way."""

    state: State
    case: Case


def placed(desk: Desk, state: State) -> Place:
    """Return the variant an address asks for."""
    spelled, variant = canonical(desk.case, state)
    return Place(spelled, variant)


def page(desk: Desk, asked: Asked, place: Place, template: str, **values: Any) -> Response:
    """Return a page, or one part of it."""
    shared = State(edits=place.state.edits)
    common = {
        "case": desk.case,
        "as_of": day(desk.case.as_of),
        "variant": place.case,
        "state": place.state,
        "changes": [
            (label_of(desk.case, e.path), e) for e in (place.case.variant.edits if place.case.variant else ())
        ],
        "navigation": [(shared.link(path), name, path == asked.path) for path, name in NAVIGATION],
        "edit": desk.edit,
        "version": __version__,
        "forms": _forms(asked),
    }
    name = f"{template}_{asked.part}" if asked.part else template
    text = environment().get_template(f"{name}.html.j2").render(**common, **values)
    return HTMLResponse(text, headers={"vary": "x-part"})


def _forms(asked: Asked) -> list[tuple[str, str]]:
    """Return the names and addresses of the other forms of a page; none where the page has no address."""
    query = urlencode(asked.pairs)
    end = f"?{query}" if query else ""
    return [(name, f"{asked.path}.{form}{end}") for form, name in FORMS.items()] if asked.path else []


def failed(desk: Desk, asked: Asked, error: Exception, status: int) -> Response:
    """Return what went wrong in words, in the form that was asked for."""
    if isinstance(error, InputProblems):
        said = [f"{p.where}: {p.message.rstrip('.')}. {p.remedy}".strip() for p in error.problems]
        title = "Some of these values cannot be used"
    elif isinstance(error, DetenteError):
        said, title = str(error).split("\n"), "This cannot be answered"
    else:
        said, title = [f"{type(error).__name__}: {error}"[:500]], "Something went wrong that should not"
    if asked.form == "json":
        return data({"problems": said}, status)
    if asked.form == "csv":
        return table(("problem",), [(line,) for line in said], "problems", status)
    if asked.form:
        words = Page(title, "", (Section("problems", "Problems", "", tuple(Text(line) for line in said)),))
        return told(desk.case, words, status)
    return _message(desk, asked, (title, said), status)


def missing(desk: Desk, path: str) -> Response:
    """Return the page for an address that does not exist."""
    return _message(desk, Asked("", "", ()), ("There is no such page", ["Choose one above."]), 404)


def _message(desk: Desk, asked: Asked, said: tuple[str, list[str]], status: int) -> Response:
    place = Place(State(), desk.case)
    plain = Asked(asked.path, "", asked.pairs, (), "part" if asked.part else "")
    answer = page(desk, plain, place, "message", title=said[0], said=said[1], back=asked.path or "/what-if")
    answer.status_code = status
    return answer
