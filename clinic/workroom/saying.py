"""Saying answers in words, as a therapist reads them on the chart and a client signs them on paper."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from clinic import wording
from clinic.exchange.forms import questionnaire
from clinic.rules.forms import PartKind, shown, thing_of
from clinic.wording.areas import areas

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from clinic.rules.forms import Asked, Part, Text


def question(asked: Asked, language: str) -> str:
    """Say what is asked."""
    return asked.part.text[language]


def answer(asked: Asked, told: Any, language: str) -> tuple[str, ...]:
    """Say an answer line by line; a plain no of several parts is one word."""
    if told is None:
        return ()
    return tuple(_lines(asked.part, told, language))


def word(name: str, language: str) -> str:
    """Say one of the forms' own words."""
    return questionnaire().words[name][language]


def _lines(part: Part, told: Any, language: str) -> Iterator[str]:
    if part.kind is PartKind.GROUP:
        yield from _group(part, told, language)
    elif part.kind is PartKind.THINGS:
        for item in told:
            thing = thing_of(part, item)
            name = thing.text[language] if thing.word else item["what"]
            yield _together(name, _details(thing.parts, item, language))
        if not told:
            yield word("no_to_this", language)
    elif part.kind is PartKind.MEDICINES:
        for item in told:
            others = tuple(each for each in part.parts if each.key != "name")
            yield _together(item["name"], _details(others, item, language))
        if not told:
            yield word("takes_nothing", language)
    else:
        yield _plain(part, told, language)


def _group(part: Part, told: Mapping[str, Any], language: str) -> Iterator[str]:
    asked = [each for each in shown(part, told) if each.key in told]
    nos = [each for each in asked if each.kind is PartKind.YES_NO and told[each.key] == "no"]
    if nos and len(nos) == len(asked):
        yield word("no", language) if len(nos) == 1 else word("no_to_this", language)
        return
    together = [each for each in nos if not each.text[language].endswith("?")]
    for each in asked:
        if each not in together:
            said = "; ".join(_lines(each, told[each.key], language))
            yield _after(each.text[language], said)
    if together:
        yield f"{word('no', language)}: {'; '.join(each.text[language] for each in together)}"


def _after(asked: str, said: str) -> str:
    """Put an answer after what was asked; a question mark needs no colon."""
    if not said:
        return asked
    return f"{asked} {said}" if asked.endswith("?") else f"{asked}: {said}"


def _details(parts: tuple[Part, ...], item: Mapping[str, Any], language: str) -> list[str]:
    found = []
    for each in parts:
        if each.key in item and each.key != "what":
            said = "; ".join(_lines(each, item[each.key], language))
            found.append(said if each.key == "sites" else f"{each.text[language]} {said}")
    return found


def _together(name: str, details: list[str]) -> str:
    return f"{name} ({', '.join(details)})" if details else name


def _plain(part: Part, told: Any, language: str) -> str:  # noqa: PLR0911 - one way for each kind of answer
    match part.kind:
        case PartKind.YES_NO:
            return word(told, language)
        case PartKind.ONE:
            return _choice(part, told, language)
        case PartKind.MANY:
            return ", ".join(_choice(part, each, language) for each in told) or word("no_to_this", language)
        case PartKind.SITES:
            return areas(told, language=language) or word("nowhere", language)
        case PartKind.AREA:
            return areas([told], language=language)
        case PartKind.DAY | PartKind.WHEN | PartKind.WHEN_OR_DAY:
            return _when(told, language)
        case PartKind.READINGS:
            read = [f"{r['systolic']:g}/{r['diastolic']:g}, {_when(r['at'], language)}" for r in told]
            return "; ".join(read) or word("unknown_reading", language)
        case PartKind.FLAG:
            return word("yes" if told else "no", language)
        case PartKind.TEXTS:
            return ", ".join(told) or word("no_to_this", language)
        case PartKind.SCALE:
            return f"{told} / 10"
        case PartKind.NUMBER:
            return f"{told:g} {part.unit.get(language, '')}".strip()
        case _:
            return str(told)


def _choice(part: Part, told: str, language: str) -> str:
    text: Text = next(choice.text for choice in part.choices if choice.word == told)
    return text[language]


def _when(told: str, language: str) -> str:
    if "T" not in told:
        return wording.day(date.fromisoformat(told), language=language)
    at = datetime.fromisoformat(told)
    return f"{wording.day(at.date(), language=language)}, {wording.clock(at)}"
