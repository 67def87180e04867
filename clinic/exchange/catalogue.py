"""Reading the catalogue a therapist can review, and the forms, into the plain values the rules are given."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import TYPE_CHECKING, Any

from clinic.exchange.resources import CATALOGUE
from clinic.exchange.shape import check_shape, schema
from clinic.rules.answers import Form, Question, Shape
from clinic.rules.areas import expand
from clinic.rules.contraindications.book import Effect, Manner, Place, Rule, RuleBook, Texts
from clinic.rules.contraindications.vocabulary import (
    FIRES,
    ClearsBy,
    Kind,
    Language,
    Pressure,
    Referral,
    Severity,
)
from clinic.values import Refusal, Technique, Trouble

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_EFFECT_KEYS = frozenset(
    {
        "severity", "kind", "denied", "cap", "minutes", "sites", "places", "positions", "referral", "clears_by",
        "clearance_lowers", "needs", "desk", "therapist", "client",
    }
)  # fmt: skip
_EVERY_TECHNIQUE = frozenset(Technique)
_WHOLE_BODY = frozenset({"whole_body"})
_USUAL_DESK = ("go_ahead", "adapts", "areas", "review", "not_today", "emergency")


@cache
def rule_book() -> RuleBook:
    """Read the rule book that ships with the program."""
    return read_rule_book(CATALOGUE / "contraindications.toml", CATALOGUE / "medicines.toml")


def read_rule_book(contraindications: Path, medicines: Path) -> RuleBook:
    """Read a rule book; one that does not fit its schema is Trouble, for nothing could be judged by it."""
    document = _toml(contraindications)
    try:
        check_shape(document, "catalogue-1.json")
        return _book(document, _toml(medicines)["classes"])
    except Refusal as refusal:
        raise Trouble("catalogue_unreadable", at=refusal.at) from refusal
    except (KeyError, ValueError) as error:
        raise Trouble("catalogue_unreadable", at=str(error)) from error


def _book(document: Mapping[str, Any], classes: Mapping[str, list[str]]) -> RuleBook:
    desk, raised = document["desk"], {"kind": "SYS", "clears_by": "RESOLVE", **document["raised"]}
    usual_life = int(document["intervals"]["clearance_days"])
    forms = questions()
    return RuleBook(
        version=document["version"],
        rules={rule_id: _rule(rule_id, row, desk, usual_life) for rule_id, row in document["rules"].items()},
        system={name: _effect({"kind": "SYS", **row}, desk) for name, row in document["system"].items()},
        raised={severity: _effect({**raised, "severity": severity.name}, desk) for severity in Severity},
        techniques={
            Technique(name): Manner(Pressure[row["nominal"]], Pressure[row["least"]])
            for name, row in document["techniques"].items()
        },
        full=forms["full"],
        quick=forms["quick"],
        medicines=_by_name(classes),
        intervals=document["intervals"],
        sources=document["sources"],
    )


def _rule(rule_id: str, row: Mapping[str, Any], desk: Mapping[str, Any], usual_life: int) -> Rule:
    head = {key: value for key, value in row.items() if key in _EFFECT_KEYS}
    bands = row.get("bands", {FIRES: {}})
    return Rule(
        id=rule_id,
        family=row["family"],
        condition=row["condition"],
        trigger=row["trigger"],
        clears=row["clears"],
        bands={name: _effect({**head, **band}, desk) for name, band in bands.items()},
        numbers=row.get("numbers", {}),
        clearance_days=row.get("clearance_days", usual_life),
        clearance_until=row.get("clearance_until"),
        chronic=row.get("chronic", False),
        founding=row.get("founding", False),
        contagious=row.get("contagious", False),
        source=tuple(row["source"]),
        reviewed=row["reviewed"],
        reviewer=row.get("reviewer"),
        reviewed_on=row.get("reviewed_on"),
    )


def _effect(row: Mapping[str, Any], desk: Mapping[str, Any]) -> Effect:
    severity = Severity[row["severity"]]
    phrase = desk[row.get("desk", _USUAL_DESK[severity])]
    return Effect(
        severity=severity,
        kind=Kind(row["kind"]),
        denied=_techniques(row.get("denied", ())),
        cap=_pressure(row.get("cap")),
        places=tuple(_place(each) for each in row.get("places", ())),
        sites=expand(row.get("sites", ())),
        positions=tuple(row.get("positions", ())),
        minutes=row.get("minutes"),
        needs=tuple(row.get("needs", ())),
        referral=Referral[row.get("referral", "NONE")],
        clears_by=ClearsBy(row["clears_by"]),
        clearance_lowers=row.get("clearance_lowers", severity is Severity.S3),
        texts={
            language: Texts(row["therapist"][language], phrase[language], row["client"][language])
            for language in Language
        },
    )


def _place(row: Mapping[str, Any]) -> Place:
    named = [each for each in row.get("at", ()) if each != "whole_body"]
    areas = expand(named) | (_WHOLE_BODY if len(named) < len(row.get("at", ())) else frozenset())
    return Place(
        tuple(row.get("at", ())), areas, _techniques(row.get("denied", ())), _pressure(row.get("cap"))
    )


def _techniques(names: Any) -> frozenset[Technique]:
    return _EVERY_TECHNIQUE if "ALL" in names else frozenset(Technique(name) for name in names)


def _pressure(name: str | None) -> Pressure | None:
    return None if name is None else Pressure[name]


def _by_name(classes: Mapping[str, list[str]]) -> dict[str, frozenset[str]]:
    names: dict[str, set[str]] = {}
    for drug_class, drugs in classes.items():
        for drug in drugs:
            names.setdefault(drug, set()).add(drug_class)
    return {name: frozenset(found) for name, found in names.items()}


@cache
def questions() -> Mapping[str, Mapping[str, Question]]:
    """Both forms, question by question, from the one schema that defines them."""
    definitions = schema("answers-1.json")["$defs"]
    return {
        form: {name: _question(name, definitions) for name in definitions[form]["properties"]}
        for form in ("full", "quick")
    }


def _question(name: str, definitions: Mapping[str, Any]) -> Question:
    row = definitions[name]
    return Question(
        id=name,
        shape=_shape(row, definitions),
        critical=bool(row.get("critical")),
        critical_when=frozenset(row.get("critical_when", ())),
    )


_TIMES = {"day": Form.DAY, "when": Form.WHEN, "when_or_day": Form.EITHER}


def _shape(row: Mapping[str, Any], definitions: Mapping[str, Any]) -> Shape:
    reference = row.get("$ref", "").removeprefix("#/$defs/")
    if reference in _TIMES:
        return Shape(_TIMES[reference])
    if reference:
        return _shape(definitions[reference], definitions)
    if "enum" in row:
        return Shape(Form.WORD, words=frozenset(row["enum"]))
    return _shape_of_type(row, definitions)


def _shape_of_type(row: Mapping[str, Any], definitions: Mapping[str, Any]) -> Shape:
    match row["type"]:
        case "object":
            keys = {key: _shape(each, definitions) for key, each in row["properties"].items()}
            return Shape(Form.GROUP, keys=keys, needed=tuple(row["needed"]))
        case "array":
            items = row["items"].get("anyOf", [row["items"]])
            return Shape(Form.LIST, items=tuple(_shape(each, definitions) for each in items))
        case "number" | "integer":
            return Shape(Form.NUMBER, least=row.get("minimum"), most=row.get("maximum"))
        case "boolean":
            return Shape(Form.FLAG)
        case _:
            return Shape(Form.TEXT)


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise Trouble("catalogue_unreadable", at=path.name) from error
