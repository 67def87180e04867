"""The numbers and codes that others gave out: provider numbers, procedure codes, diagnoses of letters."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from clinic.exchange.codes import look_up
from clinic.exchange.contents import Item, Joined, Place, under
from clinic.rules.diagnoses import excluded_pair, is_billable, is_deleted_cpt, is_npi
from clinic.rules.necessity import ends_too_early
from clinic.values import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

DAYS = ("signed_on", "starts_on", "ends_on")


def check_papers(joined: Joined) -> None:
    """Refuse wrong provider numbers, deleted procedures, and diagnoses nobody could have billed."""
    for at, npi in _provider_numbers(joined):
        if not is_npi(npi):
            raise Refusal("wrong_npi", at=at)
    for at, treatment in joined.every("treatments"):
        if is_deleted_cpt(treatment.get("cpt", "")):
            raise Refusal("deleted_procedure", at=under(at, "cpt"))
    for at, letter in joined.every("letters"):
        _check_diagnoses(at, letter)
        if at is not None:
            _check_days(at, letter, (joined.practice.get("settings") or {}).get("lmn_retro_days", 0))


def _provider_numbers(joined: Joined) -> Iterator[tuple[Place, str]]:
    if joined.file.practice is not None and "npi" in joined.file.practice:
        yield "/practice/npi", joined.file.practice["npi"]
    for at, person in joined.every("staff"):
        if "npi" in person:
            yield under(at, "npi"), person["npi"]
    for at, letter in joined.every("letters"):
        if "npi" in letter.get("signer", ()):
            yield under(at, "signer", "npi"), letter["signer"]["npi"]


def _check_days(at: Place, letter: Item, retro_days: int) -> None:
    """Refuse a letter that ends before it begins, or before the first day its signature reaches back to."""
    signed, starts, ends = (date.fromisoformat(letter[name]) if name in letter else None for name in DAYS)
    if ends_too_early(signed, starts, ends, retro_days):
        raise Refusal("letter_ends_first", at=under(at, "ends_on"))


def _check_diagnoses(at: Place, letter: Item) -> None:
    signed_on = date.fromisoformat(letter["signed_on"]) if "signed_on" in letter else None
    coded = [
        (under(at, "diagnoses", place, "icd10"), diagnosis["icd10"])
        for place, diagnosis in enumerate(letter.get("diagnoses", ()))
        if "icd10" in diagnosis
    ]
    for where, code in coded:
        if look_up(code) is None:
            raise Refusal("unknown_diagnosis_code", at=where)
        if not is_billable(look_up(code), signed_on):
            raise Refusal("diagnosis_not_billable", at=where)
    pair = excluded_pair([code for _, code in coded], look_up)
    if pair is not None:
        first, second = pair
        raise Refusal("excluded_diagnoses", at=coded[second][0], other=coded[first][0])
