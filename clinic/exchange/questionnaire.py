"""Printing how each answer is kept: ``python -m clinic.exchange.questionnaire`` writes the page in docs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clinic.exchange.resources import RESOURCES
from clinic.exchange.shape import schema

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PAGE = RESOURCES.parent / "docs" / "SCREENING.md"

_HEAD = """\
# The screening forms: how each answer is kept

Made from `resources/schema/answers-1.json` by `python -m clinic.exchange.questionnaire`; do not edit by hand.

An absent question or key is *not answered*, never "no". Without a key that is not marked `?`, a question that must be
answered (✓) stays open and holds the visit; in the quick check it falls back to the full screening. Other keys are
refused. `YN` is `yes | no | unsure`, `DAY` a date, `WHEN` a wall time, `SITES` a list of areas of the body map,
`PREGNANCY` an answer to F01. Lists may be empty: that is an answer.
"""
_NAMES = {
    "yes_no": "YN",
    "day": "DAY",
    "when": "WHEN",
    "when_or_day": "WHEN or DAY",
    "sites": "SITES",
    "area": "AREA",
    "text": "text",
    "pregnancy": "PREGNANCY",
}
_FORMS = {"full": "Full screening", "quick": "Quick check, for its own day only"}


def page() -> str:
    """Write the whole page."""
    definitions = schema("answers-1.json")["$defs"]
    return "\n".join([_HEAD, *_tables(definitions)])


def _tables(definitions: Mapping[str, Any]) -> Iterator[str]:
    for form, title in _FORMS.items():
        yield f"## {title}\n\n| id | question | must | answer |\n|---|---|---|---|"
        for question in definitions[form]["properties"]:
            row = definitions[question]
            answer = _answer(row, definitions).replace("|", "\\|")
            yield f"| {question} | {row['title']} | {_must(row)} | `{answer}` |"
        yield ""


def _must(row: Mapping[str, Any]) -> str:
    if row.get("critical"):
        return "✓"
    return f"if F01 is {' or '.join(row['critical_when'])}" if "critical_when" in row else ""


def _answer(row: Mapping[str, Any], definitions: Mapping[str, Any], *, named: bool = False) -> str:
    reference = row.get("$ref", "").removeprefix("#/$defs/")
    if reference in _NAMES and (named or reference != "pregnancy"):
        return _NAMES[reference]
    if reference:
        return _answer(definitions[reference], definitions, named=True)
    if "enum" in row:
        return " | ".join(row["enum"])
    if row["type"] == "object":
        keys = (
            f"{key}{'' if key in row['needed'] else '?'}: {_answer(each, definitions, named=True)}"
            for key, each in row["properties"].items()
        )
        return "{" + ", ".join(keys) + "}"
    if row["type"] == "array":
        items = row["items"].get("anyOf", [row["items"]])
        return "[" + " or ".join(_answer(each, definitions, named=True) for each in items) + "]"
    return {"string": "text", "boolean": "true | false"}.get(row["type"], "number")


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
