"""What if: move an assumption, see at once what it does to the answer, against the case on file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup
from starlette.responses import RedirectResponse, Response

from detente.brief.document import document
from detente.case.inputs_names import label_of
from detente.case.model import Case
from detente.errors import UsageError
from detente.lens import Lens, Measure
from detente.page import Block, Fact, Page, Ranges, Table
from detente.studies.compare_view import change, said
from detente.web.answer import Answer, Question, question
from detente.web.controls import groups, levers
from detente.web.desk import Desk
from detente.web.forms import data, later, markdown, rows_as, table
from detente.web.ghost import ghosted
from detente.web.jobs import Job
from detente.web.reply import Asked, Place, page, placed
from detente.web.shown import numbers, written
from detente.web.state import State, from_form

_COMPUTING = ("draws", "seed")
_MOST_MOVED = 8
"""Edits whose part in a change is told. Judgement: each costs two answers."""


@dataclass(frozen=True, slots=True)
class Moved:
    """One headline number against the case on file: words for the value, the change, and whether any."""

    fact: Fact
    change: str
    up: bool | None


def show(desk: Desk, asked: Asked) -> Response:
    """Return the page, its answer alone, or its numbers."""
    state = from_form(desk.inputs, asked.pairs, asked.state)
    place = placed(desk, _kept_levers(desk, state))
    link = place.state.link("/what-if")
    submitted = any(":" in name for name, _ in asked.pairs)
    if submitted and not asked.part and not asked.form:
        return RedirectResponse(link, 303)
    lens = _lens(desk, place.state)
    preview = asked.get("preview") == "1" and not asked.form
    found = _answers(desk, lens, place, preview)
    if asked.form:
        return _as_data(asked, place.case, lens, found)
    values = _values(desk, lens, place, found)
    values["rest"] = [] if asked.part else _rest(place.case, values)
    answer = page(desk, asked, place, "whatif", link=link, preview=preview, **values)
    answer.headers["content-location"] = link
    return answer


def _lens(desk: Desk, state: State) -> Lens[Any, Any]:
    if not desk.lenses:
        raise UsageError(f"{desk.case.id} has nothing any question could be answered from")
    if not state.lens:
        return desk.lenses[0]
    found = next((lens for lens in desk.lenses if lens.name == state.lens), None)
    if found is None:
        have = ", ".join(lens.name for lens in desk.lenses)
        raise UsageError(
            f"there is no question '{state.lens[:40]}' for this case. Remedy: choose from {have}"
        )
    return found


def _kept_levers(desk: Desk, state: State) -> State:
    """Leave out levers that say what they say by default."""
    lens = _lens(desk, state)
    default = {lever.name: str(lever.default) for lever in levers(lens, State())}
    kept = tuple((n, v) for n, v in state.levers if not _same(v, default.get(n)))
    return replace(state, levers=kept)


def _same(typed: str, default: str | None) -> bool:
    try:
        return default is not None and float(typed) == float(default)
    except ValueError:
        return typed.lower() == str(default).lower()


def _answers(
    desk: Desk, lens: Lens[Any, Any], place: Place, preview: bool
) -> tuple[Answer | Job, Answer | Job]:
    """Return the answer here and on file."""
    typed = dict(place.state.levers)
    base = desk.base(lens, {n: v for n, v in typed.items() if n in _COMPUTING}, preview)
    if not typed and not place.state.edits:
        return base, base
    return desk.ask(question(place.case, lens, typed, preview), f"here {lens.name}"), base


def _as_data(
    asked: Asked, case: Case, lens: Lens[Any, Any], found: tuple[Answer | Job, Answer | Job]
) -> Response:
    here, base = found
    if not isinstance(here, Answer) or not isinstance(base, Answer):
        job = here if isinstance(here, Job) else base
        assert isinstance(job, Job)
        return later(asked.form, job, "")
    if asked.form == "md":
        return markdown(document(case, here.page, (here.run,)))
    if asked.form == "json":
        return data({**here.data(), "on_file": [_measure(m) for m in base.measures.values()]})
    rows = [
        (
            m.name,
            m.label,
            m.value,
            m.low,
            m.high,
            m.unit,
            b.value if (b := base.measures.get(m.name)) else None,
        )
        for m in here.measures.values()
    ]
    return table(("name", "label", "value", "low", "high", "unit", "on_file"), rows, f"what-if-{lens.name}")


def _measure(m: Measure) -> dict[str, Any]:
    return {"name": m.name, "value": m.value, "unit": m.unit}


def _values(
    desk: Desk, lens: Lens[Any, Any], place: Place, found: tuple[Answer | Job, Answer | Job]
) -> dict[str, Any]:
    here, base = found
    waiting = next((x for x in (here, base) if isinstance(x, Job)), None)
    values: dict[str, Any] = {
        "lens": lens,
        "lenses": [(x, replace(place.state, lens=x.name, levers=()).link("/what-if")) for x in desk.lenses],
        "groups": groups(desk.case, desk.by_path, place.case, place.state),
        "levers": levers(lens, place.state),
        "hidden": _hidden(desk, place),
        "reset": State(lens=place.state.lens).link("/what-if"),
        "waiting": waiting,
        "at_once": lens.again is not None,
        "answer": None,
    }
    if waiting is None:
        assert isinstance(here, Answer)
        assert isinstance(base, Answer)
        behind = None if here is base else _behind(desk, lens, place, found)
        values |= {"answer": here, **_answer(place.case, lens, found, behind)}
    return values


def _hidden(desk: Desk, place: Place) -> list[str]:
    """Return the edits for which the page has no control."""
    return [e for e in place.state.edits if e.partition("=")[0] not in desk.by_path]


def _behind(
    desk: Desk, lens: Lens[Any, Any], place: Place, found: tuple[Answer | Job, Answer | Job]
) -> Page | None:
    """Return the page of the case on file behind an answer: of the same deals where that is quick."""
    here, base = found
    assert isinstance(here, Answer)
    assert isinstance(base, Answer)
    asked = Question(lens.name, desk.case, base.run.options, "", here.preview)
    return desk.behind(asked, here) or base.page


def _answer(case: Case, lens: Lens[Any, Any], found: tuple[Any, Any], behind: Page | None) -> dict[str, Any]:
    """Return what the answer shows: numbers with their change, ranges with ghosts, tables, the rest."""
    here, base = found
    blocks = [block for section in here.page.sections for block in section.blocks]
    ranges = next((b for b in blocks if isinstance(b, Ranges)), None)
    sheet = next((b for b in blocks if isinstance(b, Table)), None)
    return {
        "facts": [_moved(fact, lens, here, base) for fact in here.page.headline],
        "ghost": _ghost(ranges, behind) if ranges else None,
        "ghost_numbers": numbers(case, ranges) if ranges else None,
        "ranges": ranges,
        "sheet": sheet,
        "table": written(case, (sheet,), "full") if sheet else Markup(""),
        "numbers": _numbers(here, base),
    }


def _rest(case: Case, values: dict[str, Any]) -> list[tuple[str, str, Markup]]:
    """Return what the page of the lens shows besides, section by section; too much for a dragged slider."""
    if values["answer"] is None:
        return []
    shown = values["ranges"], values["sheet"]
    sections = [(s, _others(s.blocks, *shown)) for s in values["answer"].page.sections]
    return [
        (s.title, s.lead, written(case, blocks, "half", s.id, s.title)) for s, blocks in sections if blocks
    ]


def _others(blocks: tuple[Block, ...], *shown: Block | None) -> tuple[Block, ...]:
    return tuple(b for b in blocks if not any(b is s for s in shown))


def _moved(fact: Fact, lens: Lens[Any, Any], here: Answer, base: Answer) -> Moved:
    name = fact.trace.removeprefix(f"{lens.name}.")
    now, then = here.measures.get(name), base.measures.get(name)
    if now is None or then is None or now.value is None or then.value is None:
        return Moved(fact, "", None)
    delta = now.value - then.value
    words = change(delta, now.unit)
    return Moved(
        fact,
        "as on file" if delta == 0 else f"{words} against the case on file",
        None if delta == 0 else delta > 0,
    )


def _ghost(ranges: Ranges, behind: Page | None) -> dict[str, Markup]:
    found = [b for s in behind.sections for b in s.blocks if isinstance(b, Ranges)] if behind else []
    like = next((b for b in found if b.title == ranges.title), None)
    sizes = {"wide": 690.0, "narrow": 330.0}
    return {name: Markup(ghosted(ranges, like, width).svg(f"ghost-{name}")) for name, width in sizes.items()}


def _numbers(here: Answer, base: Answer) -> list[tuple[str, str, str, str]]:
    """Return every headline number here and on file, those that moved first."""
    rows = []
    for m in here.measures.values():
        b = base.measures.get(m.name)
        delta = None if m.value is None or b is None or b.value is None else m.value - b.value
        rows.append(
            (m.label, said(b.value if b else None, m.unit), said(m.value, m.unit), change(delta, m.unit))
        )
    return sorted(rows, key=lambda row: row[3] in ("", "no change"))


def moved(desk: Desk, asked: Asked) -> Response:
    """Return in words what each edit alone does, and what is lost without it; only where that is quick."""
    place = placed(desk, asked.state)
    lens = _lens(desk, place.state)
    lines = tell(desk, lens, place)
    if asked.form == "json":
        return data({"moved": lines})
    if asked.form:
        return rows_as(asked.form, place.case, "what-moved-it", ("what",), [(line,) for line in lines])
    return page(desk, replace(asked, part="moved"), place, "whatif", lines=lines)


def tell(desk: Desk, lens: Lens[Any, Any], place: Place) -> list[str]:
    """Return one sentence for each edit about the headline number that moved most."""
    paths = [e.partition("=")[0] for e in place.state.edits]
    if lens.again is None or not paths or len(paths) > _MOST_MOVED:
        return []
    typed = dict(place.state.levers)

    def ask(state: State, with_levers: bool = True) -> dict[str, Measure]:
        one = placed(desk, state)
        found = desk.quick(question(one.case, lens, typed if with_levers else {}))
        assert found is not None
        return found.measures

    base, here = ask(State(), False), ask(place.state)
    name = _most_moved(base, here)
    if name is None:
        return ["No headline number moved: what decides the answer is not touched by these changes."]
    unit, label = here[name].unit, here[name].label
    whole = _delta(base, here, name)
    lines = [
        f"{label}: {said(base[name].value, unit)} on file, {said(here[name].value, unit)} here "
        f"({change(whole, unit)})."
    ]
    for path in paths:
        alone = _delta(base, ask(place.state.only(path)), name)
        without = _delta(base, ask(place.state.without(path)), name)
        words = f"{label_of(desk.case, path)}: alone {change(alone, unit)}"
        lines.append(f"{words}; without it {change(without, unit)}." if len(paths) > 1 else f"{words}.")
    return lines


def _most_moved(base: dict[str, Measure], here: dict[str, Measure]) -> str | None:
    """Return the name of the share that moved most, or of the first other number that moved."""
    moves = {n: abs(_delta(base, here, n) or 0.0) for n in here if n in base}
    shares = {n: d for n, d in moves.items() if d and "share" in here[n].unit}
    if shares:
        return max(shares, key=lambda n: shares[n])
    return next((n for n, d in moves.items() if d), None)


def _delta(base: dict[str, Measure], here: dict[str, Measure], name: str) -> float | None:
    one, other = base.get(name), here.get(name)
    if one is None or other is None or one.value is None or other.value is None:
        return None
    return other.value - one.value


def cancel(desk: Desk, asked: Asked) -> Response:
    """Stop a question that is being worked on, and go back to where it was asked."""
    desk.jobs.cancel(asked.sent("job"))
    back = asked.sent("back")
    return RedirectResponse(back if back.startswith("/what-if") else "/what-if", 303)
