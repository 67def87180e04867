"""From when the answer is that a flag rests on."""

from __future__ import annotations

from datetime import datetime

from clinic.exchange.catalogue import rule_book
from clinic.rules.answers import Answered
from clinic.rules.contraindications.asked import questions_of, told_at
from clinic.rules.screening import over

BEFORE, TODAY = datetime(2026, 9, 1, 9), datetime(2026, 11, 23, 9)
OF_THE_VISIT = {"AGE-01", "GEN-02"}
"""What is read from the day of birth or from the wish, and no question."""


def test_every_rule_names_questions_that_are_asked() -> None:
    book = rule_book()
    for rule in book.rules.keys() - OF_THE_VISIT:
        asked = questions_of(rule)
        assert asked, rule
        assert set(asked) <= book.full.keys(), rule
    assert [questions_of(rule) for rule in sorted(OF_THE_VISIT)] == [(), ()]


def test_a_flag_is_as_old_as_the_newest_answer_it_rests_on() -> None:
    full = Answered(BEFORE, {"D04": {"pain": "yes"}, "D05": []})
    assert told_at("CVD-22", over(full)) == BEFORE
    assert told_at("CVD-22", over(full, Answered(TODAY, {"Q5": {"pain": "yes"}}))) == TODAY
    assert told_at("NEU-03", over(full)) is None
