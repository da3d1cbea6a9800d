"""Words for places of a case, and what can be chosen there."""

from __future__ import annotations

from typing import Any

from detente.case.agreement import Interaction
from detente.case.base import Model
from detente.case.model import Case
from detente.case.ripeness import Aid
from detente.case.yamlfile_spot import Spot
from detente.words import listed, sentence

_SAID = {
    "no_deal/worth": "worth of no deal",
    "no_deal/options": "if talks fail",
    "preferences": "",
    "readings": "",
}
"""What a step says in a label, where its name would not do."""
_NAMELESS = (
    *(
        "interactions",
        "actors",
        "issues",
        "options",
        "rules",
        "ties",
        "commitments",
        "gates",
        "routes",
        "areas",
        "people",
    ),
    *("books", "feels", "no_deal", "terms", "responses", "third_parties", "from", "blocs", "electorates"),
    *(
        "members",
        "support",
        "polls",
        "chances",
        "votes",
        "guards",
        "later_options",
        "kinds",
        "effects",
        "aid",
    ),
)
"""Steps that say nothing once what stands below them is named."""


class Labels:
    """The names of one case, place by place."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.actors = {a.id: a.name for a in case.actors}
        if case.relations:
            self.actors |= {t.id: t.name for t in case.relations.third_parties}
        self.issues = {i.id: i for i in case.issues}
        self.areas = {a.id: a.name for a in case.ripeness.areas} if case.ripeness else {}
        self.readings = {r: reading.label for r, reading in case.readings.items()}

    def actor(self, spot: Spot) -> str:
        """Return the actor a place is about, or ""."""
        if spot[0] == "interactions":
            return next((x.actor for x in self.case.interactions if x.id in spot[1:2]), "")
        return next((str(s) for s in spot if s in self.actors and not self._is_field(s)), "")

    def issue(self, spot: Spot) -> str:
        """Return the issue a place is about, or ""."""
        return next((str(s) for s in spot if self._is_issue(spot, s)), "")

    def _is_issue(self, spot: Spot, step: str | int) -> bool:
        """Whether an issue stands at this step: a name can mean an issue in one place, a field in another."""
        n = spot.index(step)
        named = spot[n - 1] in ("issues", "options", "like") if n else False
        return step in self.issues and (named or (n == 2 and spot[0] == "preferences"))

    def _is_field(self, step: str | int) -> bool:
        return step in type(self.case).model_fields

    def path(self, spot: Spot) -> str:
        """Return a place as it is typed; positions in lists count from 1."""
        words = ""
        for step in spot:
            words += f"#{step + 1}" if isinstance(step, int) else f".{step}" if words else step
        return words

    def label(self, spot: Spot) -> str:
        """Return what a reader calls a place: whom and what it is about, then which value.

        Examples
        --------
        >>> from detente.case.load import load_case
        >>> labels = Labels(load_case("alaska-2025"))
        >>> labels.label(("preferences", "RUS", "line", "salience"))
        'Russia, Line of control: salience'
        """
        subjects, words = self._said(spot)
        about, what = ", ".join(subjects), ", ".join(words)
        return f"{about}: {what}" if about and what else sentence(about or what)

    def _said(self, spot: Spot) -> tuple[list[str], list[str]]:
        """Return whom or what a place is about, and the words of the value itself."""
        subjects: list[str] = []
        words: list[str] = []
        here: Any = self.case
        issue = self.issue(spot)
        for n, step in enumerate(spot):
            here = _below(here, step)
            if n == 3 and step == "worth" and spot[:2] == ("no_deal", "worth"):
                continue  # the worth of no deal has been named already
            if self.actors.get(str(step)) and n:
                subjects.append(self.actors[str(step)])
            elif step == issue and n:
                subjects.append(self.issues[issue].name)
            elif n and (option := self._option(issue, step)):
                words.append(option)
            elif (said := _SAID.get("/".join(map(str, spot[: n + 1])), _SAID.get(str(step)))) is not None:
                words += [said] if said else []
            elif step in self.readings and n:
                words.append(self.readings[str(step)])
            elif name := self._name(here, step):
                subjects.append(name)
            elif (step not in _NAMELESS or n + 1 == len(spot)) and not isinstance(step, int):
                words.append(str(step).replace("_", " "))
        return subjects, words

    def _name(self, here: Any, step: str | int) -> str:
        """Return the short name of a list item or named entry, or ""."""
        if step in self.areas:
            return self.areas[str(step)]
        if not isinstance(here, Model):
            return ""
        if isinstance(here, Interaction):
            return f"{self.actors.get(here.actor, here.actor)}, {self._together(here)}"
        if isinstance(here, Aid):
            return f"{self.actors.get(here.from_, here.from_)} to {self.actors.get(here.to, here.to)}"
        between = getattr(here, "between", ())
        if between:
            return " and ".join(self.actors.get(b, b) for b in between)
        named = str(getattr(here, "name", "") or "")
        if not named and (isinstance(step, int) or hasattr(here, "id")):
            named = _cut(str(getattr(here, "text", "") or ""))
        return named

    def _together(self, effect: Interaction) -> str:
        """Return what options are taken together, as the case says it or by their names."""
        options = [
            listed([dict(self._options(i)).get(o, o) for o in some], "or") for i, some in effect.when.items()
        ]
        return _cut(effect.text) or f"“{'” with “'.join(options)}”"

    def _option(self, issue: str, step: str | int) -> str:
        found = self.issues.get(issue)
        return next((o.label for o in found.options if o.id == step), "") if found else ""

    def choices(self, spot: Spot) -> tuple[tuple[str, str], ...]:
        """Return what can be chosen at a place, as id and words; empty where nothing is chosen there.

        Examples
        --------
        >>> from detente.case.load import load_case
        >>> labels = Labels(load_case("alaska-2025"))
        >>> [c for c, _ in labels.choices(("preferences", "RUS", "line", "accepts", "stated"))][:2]
        ['four_oblasts', 'donetsk']
        """
        if spot[0] == "preferences" and len(spot) == 5 and spot[3] == "accepts":
            return self._options(str(spot[2]))
        if spot[0] == "no_deal" and len(spot) >= 3 and spot[-2] in ("options", "like"):
            return self._options(str(spot[-1]))
        if spot[0] == "rules" and spot[-1] == "reading" and len(spot) == 3:
            rule = next(r for r in self.case.rules if r.id == spot[1])
            return tuple((name, reading.text) for name, reading in rule.readings.items())
        return ()

    def _options(self, issue: str) -> tuple[tuple[str, str], ...]:
        found = self.issues.get(issue)
        return tuple((o.id, o.label) for o in found.options) if found else ()


def _below(here: Any, step: str | int) -> Any:
    if isinstance(here, Model):
        names = {(i.alias or n): n for n, i in type(here).model_fields.items()}
        return getattr(here, names.get(str(step), ""), None)
    if isinstance(here, dict):
        return here.get(step)
    if isinstance(here, tuple):
        if isinstance(step, int):
            return here[step] if step < len(here) else None
        return next((x for x in here if getattr(x, "id", None) == step), None)
    return None


def _cut(text: str, most: int = 70) -> str:
    """Return the first words of a text.

    Examples
    --------
    >>> _cut("Whether leaving needs the people", 20)
    'Whether leaving …'
    """
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + " …"


def label_of(case: Case, path: str) -> str:
    """Return what a reader calls a place, given as it is spelled.

    Examples
    --------
    >>> from detente.case.load import load_case
    >>> label_of(load_case("alaska-2025"), "no_deal.worth.RUS.shift")
    'Russia: worth of no deal, shift'
    """
    spot: Spot = ()
    for step in path.split("."):
        name, *numbers = step.split("#")
        spot = (*spot, *([name] if name else []), *(int(n) - 1 for n in numbers))
    return Labels(case).label(spot)
