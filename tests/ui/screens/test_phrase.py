"""What people type to find a time, and what is made of it."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.office.proposals import Choices, Offered
from clinic.values import Money, StaffId, Technique, TreatmentId
from ui.screens.booking.phrase import read
from ui.screens.booking.phrase_when import Phrase

WEDNESDAY = date(2026, 11, 18)


def offered(key: str, name: str, technique: Technique, minutes: int) -> Offered:
    return Offered(TreatmentId(key), name, technique, minutes, Money(12500))


CHOICES = Choices(
    datetime(2026, 11, 18, 14, 10),
    (
        offered("dt-60", "Deep tissue massage", Technique.DEEP_TISSUE, 60),
        offered("dt-90", "Deep tissue massage", Technique.DEEP_TISSUE, 90),
        offered("pn-75", "Prenatal massage", Technique.PRENATAL, 75),
        offered("sw-60", "Relaxation massage", Technique.SWEDISH, 60),
        offered("th-60", "Therapeutic massage", Technique.THERAPEUTIC, 60),
    ),
    ((StaffId("maren"), "Maren Okafor"), (StaffId("tomas"), "Tomás Rivera")),
    (),
    None,
)


@pytest.mark.parametrize(
    ("typed", "facts"),
    [
        ("60 deep tue after 4", {"treatment": "dt-60", "minutes": 60, "weekdays": {1}, "earliest": time(16)}),
        ("90 deep", {"treatment": "dt-90", "minutes": 90}),
        ("deep", {"treatment": "dt-60"}),
        ("swedish with tomás", {"treatment": "sw-60", "staff": "tomas"}),
        ("maren fri 9-12", {"staff": "maren", "weekdays": {4}, "earliest": time(9), "end_by": time(12)}),
        ("between 2 and 5 weekdays", {"earliest": time(14), "end_by": time(17), "weekdays": {0, 1, 2, 3, 4}}),
        ("tue thu morning", {"weekdays": {1, 3}, "end_by": time(12)}),
        ("saturday", {"weekdays": {5}}),
        ("mondays before noon", {"weekdays": {0}, "end_by": time(12)}),
        ("weekend afternoon", {"weekdays": {5, 6}, "earliest": time(12)}),
        ("evenings", {"earliest": time(17)}),
        ("tomorrow", {"first": date(2026, 11, 19), "last": date(2026, 11, 19)}),
        ("4pm", {"earliest": time(16), "begin_by": time(16)}),
        ("at 9:15", {"earliest": time(9, 15), "begin_by": time(9, 15)}),
        ("next week", {"first": date(2026, 11, 23), "last": date(2026, 11, 29)}),
        ("this week", {"first": WEDNESDAY, "last": date(2026, 11, 22)}),
        ("in 2 weeks", {"first": date(2026, 12, 2), "last": date(2026, 12, 8)}),
        ("in 3 days", {"first": date(2026, 11, 21), "last": date(2026, 11, 21)}),
        ("dec 3", {"first": date(2026, 12, 3), "last": date(2026, 12, 3)}),
        ("12/3", {"first": date(2026, 12, 3), "last": date(2026, 12, 3)}),
        ("+1w", {"first": date(2026, 11, 25), "last": date(2026, 11, 25)}),
        ("today asap", {"first": WEDNESDAY, "last": WEDNESDAY, "soonest": True}),
        ("75 min prenatal", {"treatment": "pn-75", "minutes": 75}),
        ("60m", {"minutes": 60}),
        ("60 relaxation please", {"treatment": "sw-60", "minutes": 60}),
        ("45 deep", {"treatment": "dt-60", "minutes": 45}),
        ("deep, tue; after 4", {"treatment": "dt-60", "weekdays": {1}, "earliest": time(16)}),
        ("after", {"unread": ("after",)}),
        ("between 2 or", {"earliest": time(14), "begin_by": time(14), "unread": ("between",)}),
        ("in two", {"unread": ("two",)}),
        ("5-2", {"unread": ("5-2",)}),
        ("m", {"unread": ("m",)}),
        ("tue purple", {"weekdays": {1}, "unread": ("purple",)}),
        ("", {}),
    ],
)  # fmt: skip
def test_a_few_words_say_what_is_wanted(typed: str, facts: dict[str, Any]) -> None:
    if "weekdays" in facts:
        facts["weekdays"] = frozenset(facts["weekdays"])
    assert read(typed, WEDNESDAY, CHOICES) == Phrase(**facts)


@pytest.mark.parametrize(
    ("typed", "facts"),
    [
        ("1 hour deep tissue tuesday", {"treatment": "dt-60", "minutes": 60, "weekdays": {1}}),
        ("an hour and a half deep", {"treatment": "dt-90", "minutes": 90}),
        ("next tue", {"first": date(2026, 11, 24), "last": date(2026, 11, 24)}),
        ("1.5 hr deep", {"treatment": "dt-90", "minutes": 90}),
        ("half hour thursday", {"minutes": 30, "weekdays": {3}}),
        ("deap tissue tues", {"treatment": "dt-60", "weekdays": {1}}),
        ("theraputic with tomaz", {"treatment": "th-60", "staff": "tomas"}),
        ("tomorow", {"first": date(2026, 11, 19), "last": date(2026, 11, 19)}),
        ("4:30pm or later", {"earliest": time(16, 30)}),
        ("no later than 5", {"end_by": time(17)}),
        ("tue or thu after work", {"weekdays": {1, 3}, "earliest": time(17)}),
        ("friday lunch", {"weekdays": {4}, "earliest": time(11, 30), "end_by": time(14)}),
        ("before lunch", {"end_by": time(12)}),
        ("tonight", {"first": WEDNESDAY, "last": WEDNESDAY, "earliest": time(17)}),
        ("this friday", {"first": date(2026, 11, 20), "last": date(2026, 11, 20)}),
        ("this monday", {"first": date(2026, 11, 23), "last": date(2026, 11, 23)}),
        ("in a week", {"first": date(2026, 11, 25), "last": date(2026, 12, 1)}),
        ("within two weeks", {"first": WEDNESDAY, "last": date(2026, 12, 2)}),
        ("next month", {"first": date(2026, 12, 1), "last": date(2026, 12, 31)}),
        ("in a month", {"first": date(2026, 12, 1), "last": date(2026, 12, 31)}),
        ("in november", {"first": WEDNESDAY, "last": date(2026, 11, 30)}),
        ("february", {"first": date(2027, 2, 1), "last": date(2027, 2, 28)}),
        ("3 dec", {"first": date(2026, 12, 3), "last": date(2026, 12, 3)}),
        ("the 31st", {"first": date(2026, 12, 31), "last": date(2026, 12, 31)}),
        ("the 40th", {"unread": ("40.",)}),
        ("mon-wed after 3", {"weekdays": {0, 1, 2}, "earliest": time(15)}),
        ("any day but monday", {"weekdays": {1, 2, 3, 4, 5, 6}}),
        ("9am-noon", {"earliest": time(9), "end_by": time(12)}),
        ("4 pm", {"earliest": time(16), "begin_by": time(16)}),
        ("4ish", {"earliest": time(15, 30), "begin_by": time(16, 30)}),
        ("around 0:10", {"earliest": time(0, 10), "begin_by": time(0, 40)}),
        ("end of the week", {"first": WEDNESDAY, "last": date(2026, 11, 22), "weekdays": {3, 4}}),
    ],
)  # fmt: skip
def test_it_may_be_said_in_other_words_and_mistyped(typed: str, facts: dict[str, Any]) -> None:
    if "weekdays" in facts:
        facts["weekdays"] = frozenset(facts["weekdays"])
    assert read(typed, WEDNESDAY, CHOICES) == Phrase(**facts)


WORDS = (
    "hour half not through december 31st lunch 60 90 deep tue thu after before 4 4pm at noon maren with "
    "next week in 2 weeks dec 3 +2w t 9-12 ? asap - :"
)


@given(st.lists(st.sampled_from(WORDS.split()) | st.text(max_size=6), max_size=8))
@settings(max_examples=150)
def test_whatever_is_typed_is_read_without_a_fall(words: list[str]) -> None:
    phrase = read(" ".join(words), WEDNESDAY, CHOICES)
    if phrase.first is not None and phrase.last is not None:
        assert phrase.first <= phrase.last
