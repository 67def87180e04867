"""The shape a document must have, told by the JSON Schemas the program ships."""

from __future__ import annotations

import json
from functools import cache
from typing import Any, NoReturn

import jsonschema_rs

from clinic.exchange.jsontext import pointer
from clinic.exchange.resources import SCHEMA
from clinic.values import Refusal

_CODES = {
    "additionalProperties": "unknown_key",
    "falseSchema": "unknown_key",
    "required": "missing_key",
    "type": "wrong_type",
    "enum": "not_in_list",
    "const": "not_in_list",
    "minimum": "out_of_range",
    "maximum": "out_of_range",
    "minLength": "text_missing",
    "maxLength": "text_too_long",
    "minItems": "list_too_short",
    "maxItems": "list_too_long",
}
_TIMES = frozenset({"day", "wall", "instant", "when"})


@cache
def schema(name: str) -> Any:
    """Read one of the shipped schemas; they name each other by file, and no network is asked."""
    return json.loads((SCHEMA / name).read_text("utf-8"))


@cache
def _validator(name: str, part: str) -> jsonschema_rs.Validator:
    return jsonschema_rs.validator_for(
        {"$schema": "https://json-schema.org/draft/2020-12/schema", "$ref": f"{name}{part}"},
        validate_formats=True,
        retriever=lambda uri: schema(uri.rsplit("/", 1)[-1]),
    )


def check_shape(document: Any, name: str, part: str = "") -> None:
    """Refuse a document that is not of the shape a schema tells, naming the first place that is wrong."""
    try:
        wrong = next(_validator(name, part).iter_errors(document), None)
    except ValueError:  # the library counts nesting too, and stops earlier than Python does
        raise Refusal("too_deep") from None
    if wrong is not None:
        _refuse(wrong)


def _refuse(wrong: jsonschema_rs.ValidationError) -> NoReturn:
    kind, value = wrong.kind.name, wrong.kind.value
    if kind in {"anyOf", "oneOf"}:
        # Of several ways to be right, the one that was followed furthest is what was meant.
        _refuse(max((branch[0] for branch in value if branch), key=lambda error: len(error.instance_path)))
    path = list(wrong.instance_path)
    if kind == "additionalProperties":
        path.append(value[0])
    raise Refusal(_code(wrong), at=pointer(*path), **_facts(kind, value))


def _facts(kind: str, value: Any) -> dict[str, str]:
    match kind:
        case "required":
            return {"key": value}
        case "enum":
            return {"allowed": ", ".join(map(str, value))}
        case "const":
            return {"allowed": str(value)}
        case _:
            return {}


def _code(wrong: jsonschema_rs.ValidationError) -> str:
    kind = wrong.kind.name
    about_money = str((wrong.instance_path or [""])[-1]).endswith("_cents")
    if about_money and kind == "minimum":
        return "negative_amount"
    if about_money and kind == "type" and isinstance(wrong.instance, float):
        return "fractional_number"
    if kind in {"format", "pattern"}:
        return "malformed" if _TIMES.isdisjoint(map(str, wrong.schema_path)) else "impossible_date"
    return _CODES.get(kind, "malformed")
