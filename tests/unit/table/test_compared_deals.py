"""Several deals on one line: what belongs together and what starts anew."""

from __future__ import annotations

import pytest

from detente.case.load import load_case
from detente.errors import UsageError
from detente.table.compared import read_deals


@pytest.fixture(scope="module")
def case():
    return load_case("july-1914")


def test_nothing_typed_means_all_the_case_names(case):
    assert [d.id for d in read_deals(case, ())] == ["halt", "conference", "submission"]


def test_items_before_any_name_make_up_one_deal(case):
    (deal,) = read_deals(case, ("troops=none", "talks=four"))
    assert deal.options == {"troops": "none", "talks": "four"}
    assert deal.label == "They do not cross the border; Four powers mediate in London"


def test_items_after_a_name_change_it_and_a_name_starts_anew(case):
    first, second = read_deals(case, ("halt", "talks=direct", "conference"))
    assert first.options["talks"] == "direct"
    assert first.options["troops"] == "belgrade"
    assert first.label == "Halt in Belgrade, four powers mediate, but: Vienna and St Petersburg talk directly"
    assert (second.id, second.options["troops"]) == ("conference", "none")


def test_a_deal_in_one_piece_stands_alone(case):
    deals = read_deals(case, ("troops=none,talks=four", "troops=belgrade"))
    assert [d.options for d in deals] == [{"troops": "none", "talks": "four"}, {"troops": "belgrade"}]


@pytest.mark.parametrize("item", ["nothing", "war=on", "troops=gone", ","])
def test_what_does_not_exist_is_refused(case, item):
    with pytest.raises(UsageError, match="Remedy"):
        read_deals(case, (item,))
