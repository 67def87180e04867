"""The screening forms as they are drawn: pages, questions and their parts, and which of them are asked when."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from clinic.rules.answers import Misshapen, said_yes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Text = dict[str, str]
"""One sentence in each language the forms are written in."""


class PartKind(StrEnum):
    """How a part of a question is answered."""

    YES_NO = "yes_no"
    ONE = "one"
    MANY = "many"
    SCALE = "scale"
    NUMBER = "number"
    TEXT = "text"
    TEXTS = "texts"
    DAY = "day"
    WHEN = "when"
    WHEN_OR_DAY = "when_or_day"
    SITES = "sites"
    AREA = "area"
    FLAG = "flag"
    GROUP = "group"
    THINGS = "things"
    MEDICINES = "medicines"
    READINGS = "readings"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the words an answer may be."""

    word: str
    text: Text


@dataclass(frozen=True, slots=True)
class When:
    """What must have been answered before a part is asked."""

    keys: tuple[str, ...]
    """Parts of the same question; none of them named stands for every yes/no part."""
    words: frozenset[str] = frozenset()
    """Words one of them must have, or must not have; none named: a yes, or anything at all."""
    but_not: bool = False
    never: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One thing asked: a whole question, or a key of one."""

    key: str
    kind: PartKind
    text: Text
    hint: Text = field(default_factory=dict)
    unit: Text = field(default_factory=dict)
    needed: bool = False
    choices: tuple[Choice, ...] = ()
    least: float | None = None
    most: float | None = None
    when: When | None = None
    parts: tuple[Part, ...] = ()
    things: tuple[Thing, ...] = ()


@dataclass(frozen=True, slots=True)
class Thing:
    """Something a list may hold, and what is asked of it; one without a word is named by whoever answers."""

    word: str
    text: Text
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a form."""

    id: str
    part: Part
    critical: bool = False
    critical_when: frozenset[str] = frozenset()
    when: tuple[str, frozenset[str]] | None = None
    """Another question, and the words of its answer with which this one is asked."""
    plain_no: bool = True
    """Whether one press may say no to it; a goal, a comfort or what is told freely has no plain no."""


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on one page."""

    id: str
    icon: str
    title: Text
    under: Text
    questions: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """Every form there is, in words."""

    version: str
    pages: Mapping[str, tuple[Page, ...]]
    """By form: `full`, `quick`, and `staff` for what is seen and never asked."""
    words: Mapping[str, Text]
    """What the forms themselves say: next, back, nothing has changed."""

    def asked(self, form: str) -> Iterator[Asked]:
        """Go through every question of a form."""
        for page in self.pages[form]:
            yield from page.questions


NOTHING: Mapping[PartKind, Any] = {
    PartKind.YES_NO: "no",
    PartKind.MANY: [],
    PartKind.SITES: [],
    PartKind.THINGS: [],
    PartKind.MEDICINES: [],
    PartKind.READINGS: [],
    PartKind.TEXTS: [],
}
"""How a plain no is kept, by kind of part."""


def is_asked(question: Asked, answers: Mapping[str, Any]) -> bool:
    """Whether a question is asked at all, after what was said before it."""
    if question.when is None:
        return True
    other, words = question.when
    return answers.get(other) in words


def shown(group: Part, answer: Mapping[str, Any]) -> tuple[Part, ...]:
    """Give the parts of a group that are asked after what was said so far."""
    return tuple(part for part in group.parts if _holds(part, group, answer) is True)


def settled(part: Part, answer: Any) -> Any:
    """Give an answer as it is kept: what is not asked is dropped, or kept as no where its `if` was answered no."""
    if answer is None:
        return None
    if part.kind is PartKind.GROUP:
        return _settled_group(part, answer)
    if part.kind is PartKind.THINGS:
        return [_settled_thing(part, item) for item in answer]
    return answer


def _settled_group(group: Part, answer: Mapping[str, Any]) -> dict[str, Any] | None:
    kept: dict[str, Any] = {}
    for part in group.parts:
        holds = _holds(part, group, answer)
        value = settled(part, answer.get(part.key)) if holds else None
        if value is not None:
            kept[part.key] = value
        elif holds is False and part.needed and _can_be_no(part):
            kept[part.key] = no_of(part)
    return kept or None


def _settled_thing(part: Part, item: Mapping[str, Any]) -> dict[str, Any]:
    thing = thing_of(part, item)
    kept = {"what": item["what"]} if "what" in item else {}
    for each in thing.parts:
        value = settled(each, item.get(each.key))
        if value is not None:
            kept[each.key] = value
    return kept


def thing_of(part: Part, item: Mapping[str, Any]) -> Thing:
    """Find what an entry of a list is; one nobody listed is what may be named freely."""
    named = next((thing for thing in part.things if thing.word and thing.word == item.get("what")), None)
    return named or next(thing for thing in part.things if not thing.word)


def no_of(part: Part) -> Any:
    """Give the plain no of a part, for who answers no to all."""
    if part.kind is PartKind.GROUP:
        needed = [each for each in part.parts if each.needed and _can_be_no(each)]
        words = (PartKind.YES_NO, PartKind.ONE)
        first = [each for each in part.parts if each.when is None and each.kind in words and _can_be_no(each)]
        return {each.key: no_of(each) for each in needed or first}
    if part.kind is PartKind.ONE:
        return _plain_word(part)
    value = NOTHING[part.kind]
    return list(value) if isinstance(value, list) else value


def _plain_word(part: Part) -> str | None:
    """Give the word that says no, where there is one."""
    return next((choice.word for choice in part.choices if choice.word in {"none", "no"}), None)


def _can_be_no(part: Part) -> bool:
    if part.kind is PartKind.ONE:
        return _plain_word(part) is not None
    return part.kind in NOTHING


def can_say_no(question: Asked) -> bool:
    """Whether a question has a plain no, so that one press may answer it together with others."""
    part = question.part
    if not question.plain_no or part.kind is not PartKind.GROUP:
        return question.plain_no and _can_be_no(part)
    first = [each for each in part.parts if each.when is None]
    words = (PartKind.YES_NO, PartKind.ONE)
    return all(_can_be_no(each) or not each.needed for each in first) and any(
        each.kind in words and _can_be_no(each) for each in first
    )


def lacking(question: Asked, answers: Mapping[str, Any]) -> tuple[str, ...]:
    """Name the parts without which a question that was asked stays open; the whole of it is the empty name."""
    if not is_asked(question, answers):
        return ()
    answer = answers.get(question.id)
    if answer is None:
        return ("",) if question.critical or question.critical_when else ()
    return tuple(_lacking(question.part, answer))


def _lacking(part: Part, answer: Any) -> Iterator[str]:
    if part.kind is PartKind.GROUP:
        for each in shown(part, answer):
            if each.key not in answer:
                if each.needed:
                    yield each.key
            elif each.kind is PartKind.FLAG and answer[each.key] is not True:
                yield each.key
            else:
                yield from _lacking(each, answer[each.key])
    elif part.kind is PartKind.THINGS:
        for item in answer:
            for each in thing_of(part, item).parts:
                if each.needed and each.key not in item and each.kind is not PartKind.FLAG:
                    yield each.key


def _holds(part: Part, group: Part, answer: Mapping[str, Any]) -> bool | None:
    """Whether a part is asked; None where nobody has answered what it hangs on."""
    when = part.when
    if when is None:
        return True
    if when.never:
        return part.key in answer
    told = [_said(each, group, answer, when) for each in group.parts if _named(each, when)]
    if any(told):
        return True
    return None if None in told else False


def _named(part: Part, when: When) -> bool:
    return part.key in when.keys if when.keys else part.kind is PartKind.YES_NO and part.when is None


def _said(part: Part, group: Part, answer: Mapping[str, Any], when: When) -> bool | None:
    asked = _holds(part, group, answer)
    if not asked:
        return asked
    value = answer.get(part.key)
    if value is None:
        return None
    if when.words:
        return (value in when.words) is not when.but_not
    if part.kind is PartKind.YES_NO:
        try:
            return said_yes(value)
        except Misshapen:
            return None
    return bool(value)


@dataclass(frozen=True, slots=True)
class Change:
    """A question answered otherwise than last time."""

    question: str
    before: Any
    after: Any


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Change, ...]:
    """Say what was answered otherwise than last time; the signature is new each time and no change."""
    named = dict.fromkeys((*before, *after))
    return tuple(
        Change(question, before.get(question), after.get(question))
        for question in named
        if question != "M01" and before.get(question) != after.get(question)
    )
