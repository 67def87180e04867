"""Case A54: the breast stays locked, at booking and in the note, until consent and referral are both on file."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from clinic.office import consents, flags, letters, notes
from clinic.office.consents import ConsentKind, Signed, referral_details
from clinic.office.notes import Content, Treated
from clinic.records import Appointment
from clinic.values import AppointmentId, ClientId, LetterKind, Refusal, TreatmentId
from tests import practices

if TYPE_CHECKING:
    from clinic.office.desk import Desk
    from clinic.storage.work import Work

OWN = ClientId("c-own")
WORKED = Content(s="scar", treated=(Treated("breast"),))


def avoided(desk: Desk) -> set[str]:
    at = practices.NOW.replace(tzinfo=None, day=20, hour=16)
    said = desk.reading(partial(flags.of_visit, client=OWN, treatment=TreatmentId("t-60"), at=at))
    return set(said["sites_avoided"])


@pytest.fixture
def today(full_desk: Desk) -> Desk:
    """The owner, whose visit of this morning was this client's."""

    def give_to(work: Work) -> None:
        work.get(Appointment, "a-2").client = OWN

    full_desk.writing(give_to)
    return full_desk


def test_the_area_opens_to_both_and_to_neither_alone(today: Desk) -> None:
    put_down = partial(notes.put_down, appointment=AppointmentId("a-2"), content=WORKED)
    assert "breast" in avoided(today)
    with pytest.raises(Refusal, match="area_locked"):
        today.writing(put_down)
    referral = today.writing(
        partial(
            letters.add,
            client=OWN,
            kind=LetterKind.REFERRAL,
            number="REF-7",
            signed=True,
            signed_on=practices.NOW.date().replace(day=2),
            signer={"name": "Dr. Ibis", "credential": "MD"},
        )
    )[0]
    assert "breast" in avoided(today)
    details = referral_details(referral, "REF-7")
    today.writing(
        partial(consents.give, client=OWN, kind=ConsentKind.BREAST, signed=Signed("Hạnh"), details=details)
    )
    assert "breast" not in avoided(today)
    assert today.reading(partial(consents.of_client, client=OWN)).locked == frozenset()
    today.writing(put_down)
