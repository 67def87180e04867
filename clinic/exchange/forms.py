"""Reading the forms in words: what the schema says of an answer, joined with how it is asked."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import TYPE_CHECKING, Any

from clinic.exchange.resources import CATALOGUE
from clinic.exchange.shape import schema
from clinic.rules.forms import Asked, Choice, Page, Part, PartKind, Questionnaire, Text, Thing, When

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

LANGUAGES = ("en", "es")
_BY_REFERENCE = {
    "yes_no": PartKind.YES_NO,
    "day": PartKind.DAY,
    "when": PartKind.WHEN,
    "when_or_day": PartKind.WHEN_OR_DAY,
    "sites": PartKind.SITES,
    "area": PartKind.AREA,
    "text": PartKind.TEXT,
}
_BY_TYPE = {"boolean": PartKind.FLAG, "number": PartKind.NUMBER, "integer": PartKind.NUMBER}


@cache
def questionnaire() -> Questionnaire:
    """Read every form that ships with the program."""
    words = tomllib.loads((CATALOGUE / "questions.toml").read_text("utf-8"))
    reader = _Reader(words, schema("answers-1.json")["$defs"])
    pages: dict[str, list[Page]] = {"full": [], "quick": [], "staff": []}
    for row in words["pages"]:
        questions = tuple(reader.asked(each) for each in row["questions"])
        pages[row["form"]].append(
            Page(row["id"], row["icon"], _text(row["title"]), _text(row["under"]), questions)
        )
    said = {name: _text(row) for name, row in {**words["paper"], **words["said"]}.items()}
    return Questionnaire(words["version"], {form: tuple(each) for form, each in pages.items()}, said)


def _text(row: Mapping[str, Any]) -> Text:
    return {language: row[language] for language in LANGUAGES}


class _Reader:
    """Goes through both files side by side; a text that is missing is a KeyError, found by a test."""

    def __init__(self, words: Mapping[str, Any], definitions: Mapping[str, Any]) -> None:
        self._words = words
        self._definitions = definitions

    def asked(self, question: str) -> Asked:
        """Read one question."""
        row, told = self._definitions[question], self._told(question)
        part = self._part(question, row, told, told["keys"], needed=True)
        if "free" in told:
            part = self._with_free(part, row, told)
        when = None
        if "if" in told:
            other, _, wanted = told["if"].partition("=")
            when = (other, frozenset(wanted.split("|")))
        must, must_when = bool(row.get("critical")), frozenset(row.get("critical_when", ()))
        return Asked(question, part, must, must_when, when, told["no"])

    def _told(self, question: str) -> dict[str, Any]:
        own = self._words[question]
        like = self._words[own["like"]] if "like" in own else {}
        told = {key: value for key, value in like.items() if key in {"hint", "free"}} | own
        return {
            "text": told["ask"],
            "no": told.get("no", True),
            **{key: told[key] for key in ("hint", "free", "if") if key in told},
            "keys": {**like.get("keys", {}), **own.get("keys", {})},
        }

    def _part(
        self,
        path: str,
        row: Mapping[str, Any],
        told: Mapping[str, Any],
        texts: Mapping[str, Any],
        *,
        needed: bool,
    ) -> Part:
        reference = row.get("$ref", "").removeprefix("#/$defs/")
        row = self._definitions[reference] if reference else row
        kind = _BY_REFERENCE.get(reference) or self._kind(row, told)
        items = row.get("items", {})
        unit = told.get("unit")
        return Part(
            key=path.rpartition(".")[2],
            kind=kind,
            text=_text(told.get("text", told)),
            hint=_text(told["hint"]) if "hint" in told else {},
            unit=dict.fromkeys(LANGUAGES, unit) if isinstance(unit, str) else unit or {},
            needed=needed,
            choices=self._choices(path, row.get("enum") or items["enum"]) if kind in _WITH_WORDS else (),
            least=row.get("minimum"),
            most=row.get("maximum"),
            when=_when(told["if"]) if "if" in told and "text" not in told else None,
            parts=tuple(self._parts(path, _WITH_PARTS[kind](row, self._definitions), texts))
            if kind in _WITH_PARTS
            else (),
            things=tuple(self._things(path, items, texts)) if kind is PartKind.THINGS else (),
        )

    def _kind(self, row: Mapping[str, Any], told: Mapping[str, Any]) -> PartKind:
        if told.get("scale"):
            return PartKind.SCALE
        if "enum" in row:
            return PartKind.ONE
        if row["type"] == "object":
            return PartKind.GROUP
        if row["type"] != "array":
            return _BY_TYPE.get(row["type"], PartKind.TEXT)
        items = row["items"]
        named = items.get("$ref", "").removeprefix("#/$defs/")
        special = {"medicine": PartKind.MEDICINES, "reading": PartKind.READINGS, "text": PartKind.TEXTS}
        if "enum" in items:
            return PartKind.MANY
        return special.get(named, PartKind.THINGS)

    def _choices(self, path: str, words: Any) -> tuple[Choice, ...]:
        return tuple(Choice(word, self.word(path, word)) for word in words)

    def word(self, path: str, word: str) -> Text:
        """Say one word of an answer, as it is said at this place or everywhere."""
        here = self._words["words"].get(path, {})
        return _text(here.get(word) or self._words["words"][word])

    def _parts(self, path: str, row: Mapping[str, Any], texts: Mapping[str, Any]) -> Iterator[Part]:
        within = path.partition(".")[2]
        needed = row.get("needed", ())
        for key, each in row["properties"].items():
            told = texts[f"{within}.{key}" if within else key]
            yield self._part(f"{path}.{key}", each, told, texts, needed=key in needed)

    def _things(self, path: str, items: Mapping[str, Any], texts: Mapping[str, Any]) -> Iterator[Thing]:
        for branch in items.get("anyOf", [items]):
            row = self._definitions[branch["$ref"].removeprefix("#/$defs/")] if "$ref" in branch else branch
            for word in row["properties"]["what"].get("enum", ()):
                parts = tuple(self._of_thing(path, row, texts, word))
                yield Thing(word, self.word(f"{path}.what", word), parts)

    def _of_thing(
        self, path: str, row: Mapping[str, Any], texts: Mapping[str, Any], word: str
    ) -> Iterator[Part]:
        for key, each in row["properties"].items():
            if key == "what" and word:
                continue
            told = texts[key]
            if not word or "for" not in told or word in told["for"]:
                yield self._part(f"{path}.{key}", each, told, texts, needed=key in row["needed"])

    def _with_free(self, part: Part, row: Mapping[str, Any], told: Mapping[str, Any]) -> Part:
        """Add what may be named freely to a list; it stands first."""
        items = row["items"]
        free = next(
            each
            for branch in items.get("anyOf", [items])
            if "enum"
            not in (each := self._definitions[branch["$ref"].removeprefix("#/$defs/")])["properties"]["what"]
        )
        thing = Thing("", _text(told["free"]), tuple(self._of_thing(part.key, free, told["keys"], "")))
        return Part(
            **{name: getattr(part, name) for name in part.__slots__ if name != "things"},
            things=(thing, *part.things),
        )


_WITH_PARTS: Mapping[PartKind, Callable[[Any, Any], Any]] = {
    PartKind.GROUP: lambda row, _: row,
    PartKind.MEDICINES: lambda _, definitions: definitions["medicine"],
}
_WITH_WORDS = frozenset({PartKind.ONE, PartKind.MANY})


def _when(condition: str) -> When:
    if condition in {"any", "never"}:
        return When((), never=condition == "never")
    if "!=" in condition:
        key, _, words = condition.partition("!=")
        return When((key,), frozenset(words.split("|")), but_not=True)
    if "=" in condition:
        key, _, words = condition.partition("=")
        return When((key,), frozenset(words.split("|")))
    return When(tuple(condition.split("|")))
