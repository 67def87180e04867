"""Reading what a client answered: unanswered is neither yes nor no, and a misshapen answer is never guessed at."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


YEARS = range(1800, 2200)
"""Of which an answer may speak: further off is a slip of the pen, and no calendar to reckon with."""
LAST_MINUTE = time(23, 59)
NEVER_SAID = datetime(1, 1, 1)  # noqa: DTZ001 - wall time, like every answer


class Form(StrEnum):
    """The kinds of answer a question can have."""

    GROUP = "group"
    LIST = "list"
    WORD = "word"
    NUMBER = "number"
    FLAG = "flag"
    TEXT = "text"
    DAY = "day"
    WHEN = "when"
    EITHER = "either"


@dataclass(frozen=True, slots=True)
class Shape:
    """How one answer looks, taken from the schema of the forms."""

    form: Form
    words: frozenset[str] = frozenset()
    least: float | None = None
    most: float | None = None
    items: tuple[Shape, ...] = ()
    keys: Mapping[str, Shape] = field(default_factory=dict)
    needed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a form: its shape, and whether hands-on work has to wait for its answer."""

    id: str
    shape: Shape
    critical: bool = False
    critical_when: frozenset[str] = frozenset()


class Misshapen(ValueError):  # noqa: N818 - it names the answer; the house keeps `Error` out of its words
    """An answer that does not look the way its question asks for."""


def said_yes(answer: object) -> bool:
    """Yes, or unsure: both count as yes for the rules."""
    if answer in ("yes", "unsure"):
        return True
    if answer in ("no", None):
        return False
    raise Misshapen


def said_no(answer: object) -> bool:
    """Tell a plain no; unsure and unanswered are not."""
    return not said_yes(answer) and answer is not None


def sure_yes(answer: object) -> bool:
    """Tell a plain yes, for answers that reassure; unsure and unanswered do not."""
    return said_yes(answer) and answer == "yes"


def day_of(answer: str | None) -> date | None:
    """Give the calendar day of a day or a time."""
    return None if answer is None else date.fromisoformat(answer[:10])


def moment_of(answer: str | None) -> datetime | None:
    """Give the wall time; a bare day stands for its last minute, so that midnight never rules out 'recently'."""
    if answer is None:
        return None
    if "T" in answer:
        return datetime.fromisoformat(answer)
    return datetime.combine(date.fromisoformat(answer), LAST_MINUTE)


def misfits(answer: object, shape: Shape) -> Sequence[str]:
    """JSON pointers, from the answer on, of everything in it that its question does not allow."""
    if shape.form is Form.GROUP:
        return _misfits_of_group(answer, shape)
    if shape.form is Form.LIST:
        return _misfits_of_list(answer, shape)
    return () if _fits(answer, shape) else ("",)


def _misfits_of_group(answer: object, shape: Shape) -> Sequence[str]:
    if not isinstance(answer, dict):
        return ("",)
    found: list[str] = []
    for key, value in answer.items():
        wrong = misfits(value, shape.keys[key]) if key in shape.keys else ("",)
        if wrong:
            found += [f"/{key}{at}" for at in wrong]
    return found


def _misfits_of_list(answer: object, shape: Shape) -> Sequence[str]:
    """Hold each entry against the shapes it may have; of one that has none, what is least wrong is told."""
    if not isinstance(answer, list):
        return ("",)
    found: list[str] = []
    for number, item in enumerate(answer):
        if len(shape.items) == 1:
            wrong = misfits(item, shape.items[0])
        else:
            wrong = min((misfits(item, each) for each in shape.items), key=len)
        if wrong:
            found += [f"/{number}{at}" for at in wrong]
    return found


def _fits(answer: object, shape: Shape) -> bool:
    match shape.form:
        case Form.FLAG:
            return isinstance(answer, bool)
        case Form.NUMBER:
            return (
                isinstance(answer, int | float)
                and not isinstance(answer, bool)
                and (shape.least is None or answer >= shape.least)
                and (shape.most is None or answer <= shape.most)
            )
        case Form.WORD:
            return isinstance(answer, str) and answer in shape.words
        case Form.TEXT:
            return isinstance(answer, str)
        case _:
            return isinstance(answer, str) and _is_time(answer, shape.form)


def _is_time(answer: str, form: Form) -> bool:
    has_hour = "T" in answer
    if (form is Form.DAY and has_hour) or (form is Form.WHEN and not has_hour):
        return False
    try:
        moment = moment_of(answer)
    except ValueError:
        return False
    return moment is not None and moment.year in YEARS


def open_keys(answer: object, shape: Shape) -> bool:
    """Whether a key without which the question stays open is missing, anywhere in the answer."""
    if isinstance(answer, list):
        return any(all(open_keys(item, each) for each in shape.items) for item in answer)
    if not isinstance(answer, dict):
        return False
    for key in shape.needed:
        if key not in answer:
            return True
    for key, value in answer.items():
        nested = isinstance(value, dict | list) and key in shape.keys
        if nested and open_keys(value, shape.keys[key]):
            return True
    return False


@dataclass(frozen=True, slots=True)
class Answered:
    """One form as it was filled in, and when."""

    at: datetime
    answers: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Answers:
    """What is known for one day: the full screening with the quick check of that day laid over it."""

    values: Mapping[str, Any]
    full_at: datetime | None
    quick_at: datetime | None
    from_quick: frozenset[tuple[str, str]] = frozenset()

    def of(self, question: str) -> Mapping[str, Any]:
        """Give the keys answered of a question; none when it was not asked."""
        found: Mapping[str, Any] = self.values.get(question, {})
        return found

    def items(self, question: str) -> Sequence[Mapping[str, Any]]:
        """Give the entries of a list; none when it is empty or was not asked."""
        found: Sequence[Mapping[str, Any]] = self.values.get(question, ())
        return found

    def each(self, question: str, *what: str) -> list[Mapping[str, Any]]:
        """Give the entries of a list that are one of these things."""
        listed = self.values.get(question)
        return [item for item in listed if item.get("what") in what] if listed else []

    def yes(self, question: str, *keys: str) -> bool:
        """Whether any of these keys was answered yes or unsure."""
        answers = self.values.get(question)
        if not answers:
            return False
        for key in keys:  # noqa: SIM110 - read a hundred times at each keystroke, and a generator costs more
            if key in answers and said_yes(answers[key]):
                return True
        return False

    def no(self, question: str, key: str) -> bool:
        """Whether the key was answered with a plain no."""
        return said_no(self.of(question).get(key))

    def word(self, question: str) -> str | None:
        """Give the answer to a question of one word."""
        return self.values.get(question)

    def day(self, question: str, key: str) -> date | None:
        """Give the day under a key."""
        return day_of(self.of(question).get(key))

    def moment(self, question: str, key: str) -> datetime | None:
        """Give the wall time under a key."""
        return moment_of(self.of(question).get(key))

    def said_at(self, question: str, key: str = "") -> datetime:
        """When this was said: at the quick check, or with the full screening."""
        if (question, key) in self.from_quick and self.quick_at is not None:
            return self.quick_at
        return self.full_at or self.quick_at or NEVER_SAID

    def said_on(self, day: date, question: str, key: str = "") -> bool:
        """Whether the answer speaks of this very day."""
        return self.said_at(question, key).date() == day


def hours(since: datetime, until: datetime) -> float:
    """Wall hours between two moments."""
    return (until - since) / timedelta(hours=1)
