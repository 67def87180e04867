"""Said plainly: the many ways people ask for a time, put into the few words that are then read one by one."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

NUMBERS = {
    name: str(n)
    for n, name in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), start=1
    )
}
_DAY = "mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun"
_FULL = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_AT = r"(\d{1,2}(?::\d{2})?(?:am|pm|a|p)?|noon|midday)"
SAID = tuple(
    (re.compile(rf"(?<![\w.:-]){said}(?![\w:])"), plain)
    for said, plain in (
        (rf"({'|'.join(NUMBERS)})(?= (?:hours?|minutes?|days?|weeks?)\b)", lambda m: NUMBERS[m[1]]),
        (r"(\d{1,2}(?::\d{2})?) ?([ap])\.?m\.?", r"\1\2m"),
        (r"(?:an|1)? ?hour and (?:a half|1/2)", "90min"),
        (r"1\.5 ?h(?:ou)?rs?", "90min"),
        (r"1 ?h ?30", "90min"),
        (r"(?:a )?half(?: an)? hour", "30min"),
        (r"(\d) ?h(?:(?:ou)?rs?)?", lambda m: f"{60 * int(m[1])}min"),
        (r"(?:an )?hour", "60min"),
        (r"(tmr|tmrw|tomo|2morrow)", "tomorrow"),
        (r"tonight", "today evening"),
        (r"this (morning|afternoon|evening)", r"today \1"),
        (r"(?:at |around |over )?lunch(?:time)?(?<!before lunch)", "11:30-2"),
        (r"after work", "after 5pm"),
        (r"after school", "after 3pm"),
        (r"early mornings?", "before 10am"),
        (r"late mornings?", "10am-1pm"),
        (r"early afternoons?", "12pm-3pm"),
        (r"late afternoons?", "3pm-6pm"),
        (rf"(?:not|no) later than {_AT}", r"by \1"),
        (rf"(?:not before|no earlier than|starting) {_AT}", r"after \1"),
        (rf"(?:at )?{_AT} (?:or|and) (?:later|after|onwards?)", r"after \1"),
        (rf"(?:at )?{_AT} (?:or|and) (?:earlier|before)", r"by \1"),
        (rf"(?:at )?{_AT} onwards?", r"after \1"),
        (rf"{_AT} ?ish", r"around \1"),
        (r"in a (day|week|month)", r"in 1 \1"),
        (r"in a fortnight", "in 2 weeks"),
        (r"week after next", "in 2 weeks"),
        (r"(?:the )?end of (?:the |this )?week", "this week thu fri"),
        (r"(?:the )?(\d{1,2})(?:st|nd|rd|th)", r"\1."),
        (r"(\d{1,2})\. of ", r"\1. "),
        (rf"({_DAY}|{_FULL}) ?- ?({_DAY}|{_FULL})", r"\1 through \2"),
    )
)
"""What is said, and the plain words for it, in this order."""
BEFORE_LUNCH, AFTER_LUNCH = re.compile(r"\bbefore lunch\b"), re.compile(r"\bafter lunch\b")
MEANT = (
    *("tomorrow", "today", "morning", "afternoon", "evening", "weekday", "weekdays", "weekend"),
    *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    *("soonest", "earliest", "before", "after", "between", "around", "minutes", "noon"),
)
"""Words that are still meant where a letter is missing or two have changed places."""
LEAST_MISTYPED, ALIKE = 5, 0.82
LEAST_NAME, NAMES_ALIKE = 4, 0.75
"""From so many letters on a word can be a mistyped one, and how alike they are; of a few names, more freely."""


def plainly(typed: str) -> tuple[str, ...]:
    """Put what was typed into plain words."""
    said = " ".join(
        typed.lower().replace("\N{EN DASH}", "-").replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split()
    )
    said = AFTER_LUNCH.sub("after 1pm", BEFORE_LUNCH.sub("before 12pm", said))
    for pattern, plain in SAID:
        said = pattern.sub(plain, said)
    return tuple(re.findall(r"[^\s,;]+", said))


def meant(word: str) -> str | None:
    """Tell which plain word is meant by one that is a little mistyped; None where it is not alike enough."""
    return _alike(word, MEANT, ALIKE) if len(word) >= LEAST_MISTYPED else None


def name_meant(word: str, names: Sequence[str]) -> str | None:
    """Tell which of a practice's own names is meant by one that is a little mistyped."""
    return _alike(word, names, NAMES_ALIKE) if len(word) >= LEAST_NAME else None


def _alike(word: str, among: Sequence[str], alike: float) -> str | None:
    return next(iter(get_close_matches(word, among, 1, alike)), None) if word.isalpha() else None
