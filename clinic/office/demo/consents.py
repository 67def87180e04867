"""The consents of the demo: everybody to treatment, most to messages, some to photographs, a few taken back."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from clinic.exchange.consents import consent_text
from clinic.office.demo.catalogue import Item
from clinic.office.demo.notes import instant
from clinic.rules.consents import IN_THE_ROOM_UNDER, OF_AGE, ON_THE_PREMISES_UNDER
from clinic.rules.screening import age_on

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from random import Random
    from zoneinfo import ZoneInfo

    from clinic.office.demo.people import Client

WRITES_BACK, IS_PICTURED, TAKES_BACK, IN_SPANISH = 0.7, 0.15, 0.06, 0.12


def consents(
    clients: Sequence[Client], screenings: Sequence[Item], practice: str, now: datetime, zone: ZoneInfo, dice: Random
) -> list[Item]:  # fmt: skip
    """Let everybody sign on the day they first filled in the form."""
    first: dict[str, datetime] = {}
    for one in screenings:
        first.setdefault(one["client"], datetime.fromisoformat(one["answered_at"]))
    found = [
        item
        for client in clients
        if client.id in first
        for item in _of(client, first[client.id], practice, now, zone, dice)
    ]
    for number, item in enumerate(found, 1):
        item["id"] = f"k-{number:05}"
    return found


def _of(
    client: Client, at: datetime, practice: str, now: datetime, zone: ZoneInfo, dice: Random
) -> Iterator[Item]:  # fmt: skip
    born = date.fromisoformat(client.item["born"]) if "born" in client.item else None
    guardian: Item = client.item.get("guardian", {})
    minor = born is not None and age_on(born, at.date()) < OF_AGE
    if minor and "consent_on" not in guardian:
        return  # this is the one who still has to bring a parent
    language = "es" if dice.random() < IN_SPANISH else "en"
    kinds = [("treatment", 1.0), ("messages", WRITES_BACK), ("photo", IS_PICTURED)]
    for kind, share in kinds:
        chance, back = dice.random(), dice.random()
        if chance > share:
            continue
        text = consent_text(kind, language, _facts(practice, client.name), for_minor=minor)
        item: dict[str, Any] = {
            "client": client.id,
            "kind": kind,
            "given_on": str(at.date()),
            "text_version": text.version,
            "language": language,
            "text_sha256": text.sha256,
            "signer": guardian["name"] if minor else client.name,
            "role": "guardian" if minor else "client",
            "method": "drawn",
            "signed_at": instant(at, zone),
        }
        later = at.date() + timedelta(days=90)
        if kind != "treatment" and back < TAKES_BACK and later < now.date():
            item["withdrawn_on"] = str(later)
        yield item


def _facts(practice: str, client: str) -> dict[str, str]:
    return {
        "practice": practice,
        "client": client,
        "room": str(IN_THE_ROOM_UNDER),
        "premises": str(ON_THE_PREMISES_UNDER),
    }
