"""What falls due: papers on their ladder, each kind of insurance by itself, and measures to be taken again."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from clinic.office import certificates, credentials, dues
from clinic.office.needs import Item, Why
from clinic.values import Refusal, StaffId
from tests import practices

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from clinic.office.desk import Desk

OWNER = StaffId("owner")


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Callable[[dict[str, Any]], Desk]]:
    desks: list[Desk] = []

    def opening(document: dict[str, Any]) -> Desk:
        desks.append(practices.sit_down(practices.make(tmp_path, document)))
        return desks[0]

    yield opening
    for desk in desks:
        desk.close()


def a_policy(kind: str, expires: str) -> dict[str, str]:
    return {
        "type": kind,
        "insurer": "Harborline",
        "number": kind,
        "effective": "2025-12-01",
        "expires": expires,
    }


def papers(desk: Desk) -> list[tuple[Why, str, str]]:
    return [(item.why, item.name, item.what) for item in desk.reading(dues.papers)]


def test_each_paper_has_its_own_ladder_and_each_kind_of_insurance_its_own_end(
    opened: Callable[[dict[str, Any]], Desk],
) -> None:
    document = practices.a_document()
    document["staff"][0] |= {
        "certificate": {"body": "CAMTC", "number": "1", "issued": "2025-02-10", "expires": "2027-02-10"},
        "policies": [a_policy("GENERAL", "2026-12-10"), a_policy("PROFESSIONAL", "2027-02-10")],
    }
    document["practice"]["registrations"] = [{"city": "Eastmarsh", "expires": "2027-01-10"}]
    desk = opened(document)
    assert papers(desk) == [
        (Why.CERTIFICATE_ENDS, "Maren Okafor", ""),  # 84 days: of a certificate it is said from ninety on
        (Why.POLICY_ENDS, "Maren Okafor", "GENERAL"),
        (Why.REGISTRATION_ENDS, "Eastmarsh", ""),
    ]
    renew = partial(credentials.renew_policy, staff=OWNER, until=date(2027, 12, 10), kind="GENERAL")
    before, _topics = desk.writing(renew)
    assert [what for _why, _name, what in papers(desk)] == ["", ""]
    desk.writing(partial(credentials.put_back, before=before))
    register = partial(credentials.renew_registration, city="Eastmarsh", until=date(2028, 1, 10))
    kept, _topics = desk.writing(register)
    assert Why.REGISTRATION_ENDS not in {why for why, _name, _what in papers(desk)}
    desk.writing(partial(certificates.write_registrations, registrations=kept))
    assert Why.REGISTRATION_ENDS in {why for why, _name, _what in papers(desk)}
    for city, until in (("Eastmarsh", date(2027, 1, 10)), ("Elsewhere", date(2029, 1, 1))):
        with pytest.raises(Refusal, match="not_later"):
            desk.writing(partial(credentials.renew_registration, city=city, until=until))


def test_an_insurance_that_was_let_go_is_not_asked_for_for_ever(
    opened: Callable[[dict[str, Any]], Desk],
) -> None:
    document = practices.a_document()
    document["staff"][0]["policies"] = [a_policy("PRODUCT", "2025-12-30"), a_policy("GENERAL", "2027-10-01")]
    assert papers(opened(document)) == []


def reviews(desk: Desk) -> tuple[Item, ...]:
    return desk.reading(dues.reviews)


@pytest.mark.parametrize(("measured", "due"), [(None, True), ("a-1", True), ("a-2", False)])
def test_measures_are_due_again_at_the_visit_the_plan_names(
    opened: Callable[[dict[str, Any]], Desk],
    measured: str | None,
    due: bool,  # noqa: FBT001 - both ways
) -> None:
    document = practices.a_document(
        appointments=[
            practices.an_appointment("a-1", "2026-10-21T16:00"),
            practices.an_appointment("a-2", "2026-11-04T16:00"),
            practices.an_appointment("a-3", "2026-11-11T16:00"),
            practices.an_appointment("a-4", "2026-12-02T16:00", state="confirmed"),
        ],
        plans=[
            {
                "id": "pl-1",
                "client": "c-own",
                "written_by": "owner",
                "goals": [{"kind": "pain"}],
                "begins_on": "2026-10-01",
                "visits": 6,
                "times": 1,
                "weeks": 2,
                "minutes": 60,
                "review_every": 3,
            }
        ],
    )
    if measured is not None:
        tools = [
            {"tool": "NDI", "value": 22, "when": "before"},
            {"tool": "NRS", "value": 6, "when": "before"},
        ]
        said = {"s": "stiff", "o": "", "a": "", "p": ""}
        note = {
            "id": "n-1",
            "appointment": measured,
            "written_by": "s-therapist",
            "soap": said,
            "measures": tools,
        }
        document["notes"] = [note]
    found = reviews(opened(document))
    assert [(item.client, item.appointment, item.on, item.used, item.visits) for item in found] == (
        [("c-own", "a-4", date(2026, 12, 2), 3, 6)] if due else []
    )
