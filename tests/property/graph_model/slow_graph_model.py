"""The graph model word for word from its definitions: sets, loops and no cleverness."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st

from detente.methods.graph_model import GraphForm, OptionForm, dense


@dataclass
class Slow:
    """Moves as sets: `moves[i][s]` is what decision maker i can reach from s in one step."""

    n: int
    m: int
    moves: list[list[set[int]]]
    p: np.ndarray

    def improvements(self, i, s):
        return {q for q in self.moves[i][s] if self.p[i][q] > self.p[i][s]}

    def step(self, i, s, credible):
        return self.improvements(i, s) if credible else self.moves[i][s]

    def reach(self, group, s, credible=False):
        """All ends of nonempty sequences in which nobody moves twice in a row."""
        seen, stack, ends = set(), [(s, None)], set()
        while stack:
            x, last = stack.pop()
            for j in group:
                if j == last:
                    continue
                for y in self.step(j, x, credible):
                    if (y, j) not in seen:
                        seen.add((y, j))
                        ends.add(y)
                        stack.append((y, j))
        return ends

    def sanctioned(self, i, s, q, concept):
        others = [j for j in range(self.n) if j != i]
        p = self.p[i]
        for r in self.reach(others, q, credible=concept in ("seq", "sseq")):
            if p[r] > p[s]:
                continue
            if concept in ("gmr", "seq") or all(p[t] <= p[s] for t in self.moves[i][r]):
                return True
        return False

    def stable(self, i, s, concept):
        if concept == "nash":
            return not self.improvements(i, s)
        return all(self.sanctioned(i, s, q, concept) for q in self.improvements(i, s))

    def table(self, concept):
        return np.array([[self.stable(i, s, concept) for s in range(self.m)] for i in range(self.n)])


def slow(form, ranks):
    """Write out the moves of either form, straight from what a move is."""
    if isinstance(form, GraphForm):
        moves = [[set(form.targets(i, s).tolist()) for s in range(form.n_states)] for i in range(form.dms)]
        return Slow(form.dms, form.n_states, moves, np.asarray(ranks))
    codes = form.codes.tolist()

    def allowed(i, a, b):
        for k, owner in enumerate(form.owner):
            before, after = a >> k & 1, b >> k & 1
            if before == after:
                continue
            if owner != i or (form.direction[k] == "fwd" and not after):
                return False
            if form.direction[k] == "back" and after:
                return False
        return a != b

    moves = [[{n for n, b in enumerate(codes) if allowed(i, a, b)} for a in codes] for i in range(form.dms)]
    return Slow(form.dms, len(codes), moves, np.asarray(ranks))


@st.composite
def rankings(draw, dms, states):
    """Dense ranks with ties, one row for each decision maker."""
    levels = draw(st.sampled_from([2, 4, 64]))
    rows = st.lists(st.integers(0, levels), min_size=states, max_size=states)
    return np.array([dense(np.array(draw(rows))) for _ in range(dms)])


@st.composite
def option_conflicts(draw, dms=(2, 6), options=6):
    """Random option forms with infeasible states, one-way options and unowned options; and ranks."""
    n = draw(st.integers(*dms))
    k = draw(st.integers(1, options))
    owner = tuple(draw(st.lists(st.integers(-1, n - 1), min_size=k, max_size=k)))
    ways = st.sampled_from(["both", "both", "fwd", "back"])
    direction = tuple(draw(st.lists(ways, min_size=k, max_size=k)))
    feasible = np.array(draw(st.lists(st.sampled_from([True, True, False]), min_size=2**k, max_size=2**k)))
    feasible[draw(st.integers(0, 2**k - 1))] = True
    form = OptionForm(n, owner, direction, feasible)
    return form, draw(rankings(n, form.n_states))


@st.composite
def graph_conflicts(draw, dms=(2, 4), states=7):
    """Random graph forms, moves not transitive; and ranks."""
    n = draw(st.integers(*dms))
    m = draw(st.integers(2, states))
    pair = st.tuples(st.integers(0, m - 1), st.integers(0, m - 1)).filter(lambda a: a[0] != a[1])
    moves = [draw(st.lists(pair, max_size=3 * m)) for _ in range(n)]
    return GraphForm.from_moves(m, moves), draw(rankings(n, m))


def conflicts():
    """Either form."""
    return st.one_of(option_conflicts(), graph_conflicts())
