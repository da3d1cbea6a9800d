"""The case a server is about: on file and in variants, with answers kept for as long as it runs."""

from __future__ import annotations

import gc
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

from detente.case.inputs import Input, adjustable
from detente.case.load import load_case
from detente.case.model import Case
from detente.case.variants import FOLDER, variant_file, variant_names, variant_titles, with_variant
from detente.lens import Lens
from detente.page import Page
from detente.web.answer import Answer, Question, able, answered, question
from detente.web.jobs import Job, Jobs

KEPT = 128
"""Quick answers kept. Judgement: going back and forth never waits."""


class Desk:
    """One case, its variants and its answers.

    Parameters
    ----------
    name : str or Path
        As on the command line.
    variants : Path
        Where variants are kept.
    edit : bool
        Whether pages may write there.
    """

    def __init__(self, name: str | Path, variants: Path, edit: bool = False) -> None:
        self.name = str(name)
        self.case = load_case(name)
        self.variants = variants
        self.edit = edit
        self.jobs = Jobs()
        self._answers: OrderedDict[str, Answer] = OrderedDict()
        self._again: dict[str, Any] = {}
        self._lock = threading.Lock()

    @cached_property
    def inputs(self) -> tuple[Input, ...]:
        """Everything that can be adjusted."""
        return adjustable(self.case)

    @cached_property
    def by_path(self) -> Mapping[str, Input]:
        """The same by place."""
        return {item.path: item for item in self.inputs}

    @cached_property
    def lenses(self) -> tuple[Lens[Any, Any], ...]:
        """What the case can answer."""
        return able(self.case)

    @property
    def estimates(self) -> Path:
        """Where analysts' estimates are kept: beside the variants."""
        beside = self.variants.name == FOLDER
        return self.variants.parent / "estimates" if beside else self.variants / "estimates"

    def saved(self) -> dict[str, str]:
        """Return name and title of each variant on disk."""
        return variant_titles(self.variants)

    def variant(self, name: str) -> Case:
        """Return the case as a saved variant has it."""
        return with_variant(
            self.case,
            variant_file(self.name, name if name in variant_names(self.variants) else "?", self.variants),
        )

    def ask(self, asked: Question, slot: str) -> Answer | Job:
        """Return an answer at once where the lens can, else the job that works on it."""
        quick = self.quick(asked)
        if quick is not None:
            return quick
        job = self.jobs.ask(asked, slot)
        return job.answer if job.answer is not None else job

    def quick(self, asked: Question) -> Answer | None:
        """Return the answer of a lens that answers at the speed of a slider; None for the others."""
        lens = next(x for x in self.lenses_all if x.name == asked.lens)
        if lens.again is None:
            return None
        with self._lock:
            found = self._answers.get(asked.key)
            if found is None:
                first = lens.name not in self._again
                compute = self._again.setdefault(lens.name, lens.again()) if first else self._again[lens.name]
                found = self._answers[asked.key] = answered(asked, compute)
                if first:
                    _settle()
                while len(self._answers) > KEPT:
                    self._answers.popitem(last=False)
            self._answers.move_to_end(asked.key)
            return found

    def behind(self, asked: Question, here: Answer) -> Page | None:
        """Return the page of a quick lens on a case that shows what another answer shows; None for others."""
        lens = next(x for x in self.lenses_all if x.name == asked.lens)
        again = self._again.get(asked.lens)
        if again is None:
            return None
        with self._lock:
            result = again.behind(asked.case, asked.options, here.run.result)
        page: Page = lens.view(asked.case, replace(here.run, result=result, options=asked.options))
        return page

    @cached_property
    def lenses_all(self) -> tuple[Lens[Any, Any], ...]:
        """Every lens of the registry."""
        from detente.registry import LENSES

        return LENSES

    def base(self, lens: Lens[Any, Any], levers: Mapping[str, Any], preview: bool) -> Answer | Job:
        """Return the answer of the case on file, without levers: what all else is held against."""
        return self.ask(question(self.case, lens, levers, preview), f"base {lens.name}")


def _settle() -> None:
    """Leave what stays for good (case, tables, compiled code) out of all later searches for rubbish.

    Those searches stop every thread; they are what makes one answer in twenty a slow one.
    """
    gc.collect()
    gc.freeze()
