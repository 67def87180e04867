"""The clearances of the demo that are under way: asked for, but for the last; one answered, not verified yet."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import select

from clinic.office import clearances, letters
from clinic.records import ClearanceRequest
from clinic.rules.permissions import Permission
from clinic.values import ClientId, LetterKind

if TYPE_CHECKING:
    from clinic.office.desk import Desk
    from clinic.storage.work import Work

ASKED = {"name": "Dr. Imani Osei", "credential": "MD", "phone": "(510) 555-0142", "fax": "(510) 555-0143"}
ANSWERED = {"name": "Dr. Henrik Solberg", "credential": "DO", "phone": "(510) 555-0151"}
GOOD_FOR = timedelta(days=90)


def follow_up(desk: Desk) -> None:
    """Take the requests that the held visits opened some steps further; the last is left to be asked."""
    opened = desk.reading(_opened)
    for key, _client, _rules in (*opened[:1], *opened[2:-1]):
        desk.writing(partial(clearances.ask, request=key, clinician=ASKED))
    for key, client, rules in opened[1:2]:
        desk.writing(partial(clearances.ask, request=key, clinician=ANSWERED))
        desk.writing(partial(_answer, client=client, rules=rules))


def _opened(work: Work) -> list[tuple[str, ClientId, list[str]]]:
    work.require(Permission.LETTER_CHANGE)
    asked = select(ClearanceRequest).order_by(ClearanceRequest.client)
    return [(one.id, ClientId(one.client), list(one.rules)) for one in work.session.scalars(asked)]


def _answer(work: Work, client: ClientId, rules: list[str]) -> None:
    letters.add(
        work,
        client=client,
        kind=LetterKind.CLEARANCE,
        signer={"name": ANSWERED["name"], "credential": ANSWERED["credential"]},
        signed=True,
        signed_on=work.today,
        ends_on=work.today + GOOD_FOR,
        rules=rules,
        techniques_allowed=["SW", "TH", "PN"],
        pressure_cap="P2",
    )
