"""Long answers: watched, cancelled, replaced by newer ones, and failing in words."""

from __future__ import annotations

import time

import pytest

from detente.case.load import load_case
from detente.web.answer import lens_named, question
from detente.web.jobs import Job, Jobs, safely


def ask(name: str, **levers: object):
    lens = lens_named(name)
    assert lens is not None
    return question(load_case("minsk-2015"), lens, levers)


def wait(job: Job, seconds: float = 90) -> None:
    until = time.monotonic() + seconds
    while job.open and time.monotonic() < until:
        time.sleep(0.05)


@pytest.mark.slow
def test_an_answer_comes_from_the_worker_and_is_kept() -> None:
    jobs = Jobs()
    try:
        asked = ask("ratification", draws=200)
        job = jobs.ask(asked, "here")
        assert job.open
        wait(job)
        assert job.status == "done"
        assert job.answer is not None
        own = safely(asked)
        assert not isinstance(own, str)
        assert job.answer.measures == own.measures
        assert jobs.ask(asked, "here") is job
    finally:
        jobs.close()


@pytest.mark.slow
def test_a_newer_question_takes_the_place_of_an_older_one() -> None:
    jobs = Jobs()
    try:
        old = jobs.ask(ask("ratification", draws=2_000_000), "here")
        new = jobs.ask(ask("ratification", draws=100), "here")
        assert old.status == "cancelled"
        wait(new)
        assert new.status == "done"
        stopped = jobs.ask(ask("ratification", draws=1_999_999), "there")
        assert jobs.cancel(stopped.question.key)
        assert stopped.status == "cancelled"
        assert not jobs.cancel("nothing")
    finally:
        jobs.close()


def test_what_goes_wrong_is_said_in_words() -> None:
    asked = ask("settlement", coalition=("NOBODY",))
    said = safely(asked)
    assert isinstance(said, str)
    assert "no actor NOBODY" in said
