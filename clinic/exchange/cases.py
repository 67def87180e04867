"""Reading a self-contained screening case, the smallest thing the rules can be asked about."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from clinic.exchange.catalogue import questions
from clinic.exchange.jsontext import parse
from clinic.exchange.shape import check_shape
from clinic.rules.answers import Answered, misfits
from clinic.rules.areas import expand
from clinic.rules.contraindications.case import Case, Clearance, Request
from clinic.rules.contraindications.vocabulary import Moment, Pressure
from clinic.values import Refusal, Technique

if TYPE_CHECKING:
    from collections.abc import Mapping


def read_case(data: bytes) -> Case:
    """Read a case; one that can't be understood is refused, naming the place."""
    return case_of(parse(data))


def case_of(document: Mapping[str, Any]) -> Case:
    """Turn a parsed case into what the rules are given."""
    check_shape(document, "case-1.json")
    client, staff = document["client"], document.get("staff")
    return Case(
        moment=Moment(document["moment"]),
        at=_wall(document["at"], "/at"),
        asked_at=_wall(document["asked_at"], "/asked_at") if "asked_at" in document else None,
        born=date.fromisoformat(client["born"]) if "born" in client else None,
        guardian_consent=client.get("guardian_consent", False),
        prenatal_certified=None if staff is None else staff.get("prenatal_certified", False),
        request=_request(document["request"]),
        full=_answered(document, "full"),
        quick=_answered(document, "quick"),
        clearances=tuple(clearance_of(each) for each in document.get("clearances", ())),
    )


def clearance_of(letter: Mapping[str, Any]) -> Clearance:
    """Take from a letter what the rules may know of it."""
    allowed = letter.get("techniques_allowed")
    days = {
        key: date.fromisoformat(letter[key])
        for key in ("signed_on", "starts_on", "ends_on", "revoked_on")
        if key in letter
    }
    return Clearance(
        rules=frozenset(letter["rules"]),
        id=letter.get("id"),
        signed=letter.get("signed", True),
        lifetime=letter.get("lifetime", False),
        techniques_allowed=None if allowed is None else frozenset(Technique(each) for each in allowed),
        pressure_cap=Pressure[letter["pressure_cap"]] if "pressure_cap" in letter else None,
        areas_excluded=expand(letter.get("areas_excluded", ())),
        **days,
    )


def _request(row: Mapping[str, Any]) -> Request:
    return Request(
        technique=Technique(row["technique"]),
        minutes=row.get("minutes"),
        sites=expand(row.get("sites", ())),
        products=tuple(row.get("products", ())),
    )


def _answered(document: Mapping[str, Any], form: str) -> Answered | None:
    row = document.get(form)
    if row is None:
        return None
    for question, answer in row["answers"].items():
        for wrong in misfits(answer, questions()[form][question].shape):
            raise Refusal("impossible_date", at=f"/{form}/answers/{question}{wrong}")
    return Answered(_wall(row["answered_at"], f"/{form}/answered_at"), row["answers"])


def _wall(text: str, at: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise Refusal("impossible_date", at=at) from None
