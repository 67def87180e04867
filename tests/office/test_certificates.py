"""What the practice has to hold, and the register a city asks for."""

from __future__ import annotations

import csv
import io
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import pytest

from clinic.office import certificates
from clinic.values import Refusal, StaffId

if TYPE_CHECKING:
    from clinic.office.desk import Desk

OWNER = StaffId("owner")
POLICY = {
    "type": "professional",
    "insurer": "Gull",
    "number": "P-1",
    "effective": "2026-01-01",
    "expires": "2026-12-01",
}


def test_papers_are_shown_with_how_near_their_end_is(full_desk: Desk) -> None:
    changes = {"policies": [POLICY], "education": [{"on": "2026-03-14", "hours": 6.5, "title": "Lymph"}]}
    before = full_desk.writing(partial(certificates.write, staff=OWNER, changes=changes))[0]
    assert before == {"policies": None, "education": None}
    found = full_desk.reading(certificates.held)
    owner = next(each for each in found.holders if each.staff == OWNER)
    assert owner.certificate is not None
    assert (owner.certificate.rung, owner.policies[0].rung, owner.hours) == (None, 30, 6.5)
    full_desk.writing(partial(certificates.write, staff=OWNER, changes=before))
    assert next(e for e in full_desk.reading(certificates.held).holders if e.staff == OWNER).policies == ()


def test_nothing_else_of_a_colleague_is_changed_here(full_desk: Desk) -> None:
    with pytest.raises(Refusal, match="unknown_field"):
        full_desk.writing(partial(certificates.write, staff=OWNER, changes={"role": "bookkeeper"}))


def test_a_citys_register_has_the_fields_the_city_asks_for(full_desk: Desk) -> None:
    city = {
        "city": "La Mirada",
        "fields": ["client", "service", "price", "tip", "room", "day"],
        "expires": "2026-11-20",
    }
    assert full_desk.writing(partial(certificates.write_registrations, registrations=[city]))[0] == []
    assert full_desk.reading(certificates.held).registrations[0].rung == 7
    whole = partial(certificates.register, city="La Mirada", first=date(2026, 11, 1), last=date(2026, 11, 30))
    rows = list(csv.reader(io.StringIO(full_desk.writing(whole)[0].decode())))
    assert rows[0] == ["Day", "Client", "Service", "Room", "Price", "Tip"]
    assert rows[1] == ["2026-11-04", "Hạnh Nguyễn", "Therapeutic massage", "", "125.00", "20.00"]
    assert len(rows) == 3  # two visits took place; the one booked is not among them


def test_a_register_of_a_city_that_is_not_on_file_is_refused(full_desk: Desk) -> None:
    with pytest.raises(Refusal, match="not_found"):
        full_desk.writing(
            partial(certificates.register, city="Adelanto", first=date(2026, 1, 1), last=date(2026, 12, 31))
        )
