"""Names as fingers type them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.rules.spelling import alike, beginnings, same_name, slips, slips_allowed


@pytest.mark.parametrize(
    ("typed", "name", "apart"),
    [
        ("marchetti", "marchetti", 0),
        ("march", "marchetti", 0),
        ("marhcetti", "marchetti", 1),
        ("marcheti", "marchetti", 1),
        ("marchettti", "marchetti", 1),
        ("narchetti", "marchetti", 1),
        ("amrchetti", "marchetti", 1),
        ("markett", "marchetti", 2),
        ("", "anybody", 0),
    ],
)
def test_slips_are_counted_against_the_beginning_of_a_name(typed: str, name: str, apart: int) -> None:
    assert slips(typed, name) == apart


def test_short_words_are_taken_as_they_are() -> None:
    assert [slips_allowed(word) for word in ("li", "lee", "chen", "nowak", "marchetti")] == [0, 0, 1, 1, 2]
    assert alike("le", "li na") is None
    assert alike("odil marcheti", "odile marchetti 5105550171") == 1
    assert alike("odile markett", "odile marchetti") == 2
    assert alike("odile rossi", "odile marchetti") is None


def test_a_short_word_begins_as_it_is_and_a_longer_one_with_a_slip_in_it() -> None:
    assert beginnings("li") == ("li",)
    assert beginnings("chen") == ("che", "hen", "cen", "chn", "hce", "ceh")


@given(st.text("abcdefgh", min_size=4, max_size=9), st.data())
@settings(max_examples=120)
def test_one_slip_is_one_slip_wherever_it_is_and_the_name_is_still_looked_at(
    name: str, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(name) - 1))
    other = data.draw(st.sampled_from("xyz"))
    ways = [name[:at] + name[at + 1 :], name[:at] + other + name[at:], name[:at] + other + name[at + 1 :]]
    if at + 1 < len(name):
        ways.append(name[:at] + name[at + 1] + name[at] + name[at + 2 :])
    typed = data.draw(st.sampled_from(ways))
    assert slips(typed, name) <= 1
    changed = len(typed) == len(name) and other in typed
    lost_or_changed_first = at < 2 and (len(typed) < len(name) or changed)
    if len(typed) >= 4 and not lost_or_changed_first:
        tried = (*beginnings(typed), *beginnings(typed, 2))
        assert any(name.startswith(begins) for begins in tried)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("odile marchetti", "marchetti odile", True),
        ("odile marchetti", "odile marcheti", True),
        ("odile marchetti", "odila marcheta", False),
        ("odile marchetti", "odile", False),
        ("", "", False),
        ("an li", "ann li", True),
    ],
)
def test_two_names_could_be_one_persons(one: str, other: str, *, same: bool) -> None:
    assert same_name(one, other) is same
