"""What actors can do to a deal once it is signed: a conflict written out, or the moves to generate one."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from detente.case.base import Id, Judgement, Model, Pattern, Range


class ConflictOption(Judgement):
    """A yes/no decision that belongs to one actor."""

    id: Id
    owner: Id | None = None
    """Actor that takes it; absent where it is in nobody's hands."""
    text: str
    """What taking it means, to be read after "could": "release water"."""
    direction: Literal["both", "fwd", "back"] = "both"
    """fwd: once taken it cannot be undone; back: once dropped it cannot be taken again."""


class DecisionMaker(Judgement):
    """How one actor ranks the states of a conflict that is written out."""

    actor: Id
    statements: tuple[str, ...] = ()
    """Most important first, over option ids: `not attack`, `release if not escalate`, `a iff b`, `a or b`."""
    ranking: tuple[str | tuple[str, ...], ...] = ()
    """Instead of statements: states as Y and N in the order of the options, best first; inner list = tie."""
    unseen: tuple[str, ...] = ()
    """Statements of the states this actor does not think of; its moves from and to them fall away."""

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if self.statements and self.ranking:
            raise ValueError("give `statements` or `ranking`, not both")
        return self


class _Move(Judgement):
    """Something one actor can do to a signed deal."""

    id: Id
    actor: Id
    """Whose move it is."""
    text: str
    """The move, to be read after "could": "resume the offensive"."""
    when: Pattern = {}
    """Deals to which it applies; empty for all."""
    becomes: dict[Id, Id] = {}
    """Issue to the option that then holds in fact, whatever was signed."""
    collapses: bool = False
    """Whether the deal falls: what holds if talks fail then holds on every other issue."""
    final: bool = False
    """Whether it cannot be undone."""
    effects: dict[Id, Range] = {}
    """Actor to points on its own 0-100 scale for what no issue covers: losses, costs at home, honour."""


class Term(_Move):
    """A way to break a term of the deal, in the hands of the actor that controls it."""

    term: str
    """What compliance is, to be read after the actor's name: "halts its attacks"."""


class Response(_Move):
    """An answer to a breach: a sanction, a guarantee called upon, the fight taken up again.

    It has its effect only while one of the breaches it answers stands.
    """

    to: tuple[Id, ...] = Field(min_length=1)
    """Terms whose breach it answers."""


class Conflict(Model):
    """A conflict over a deal.

    `options` and `decision_makers` write one out in full. `terms` and `responses` let one be generated
    from any deal: every term whose `when` matches can be kept or broken, every response given or not,
    and each actor ranks the outcomes by its own orders and saliences.
    """

    options: tuple[ConflictOption, ...] = Field(default=(), max_length=24)
    decision_makers: tuple[DecisionMaker, ...] = ()
    infeasible: tuple[str, ...] = ()
    """Statements over option ids; a state in which one holds does not exist."""
    status_quo: tuple[Id, ...] = ()
    """Options taken where things stand now."""
    terms: tuple[Term, ...] = ()
    responses: tuple[Response, ...] = ()

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if not self.options and not self.terms:
            raise ValueError(
                "write a conflict out with `options`, or give `terms` to generate one from a deal"
            )
        return self
