"""The demo's correspondence: clinicians, requests under way, and what the practice itself holds."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from random import Random

    from clinic.office.demo.catalogue import Item
    from clinic.office.demo.people import Client

PRACTICES = ("Shoreline Family Medicine", "Harbor Spine and Joint", "Cedar Flats Primary Care", "Bayview Clinic")
STREETS = ("40 Shore Avenue", "12 Marina Way", "705 Cedar Street", "88 Bridge Road")
SOON = 45
"""Days within which a letter's end is written about."""
WAITING = (3, 9, 16, 24)
"""Days since a request was sent: some are answered soon, some have to be asked again."""
BENEFITS: tuple[dict[str, Any], ...] = (
    {"basis": "REHAB", "requires_rx": True, "requires_authorisation": True, "visit_limit": 20},
    {"basis": "NONE"},
    {"basis": "RIDER", "requires_rx": True, "requires_referral": False, "providers": ["MT"], "minutes_max": 60},
)
COURSES = (
    ("Gliding strokes for the low back", "Tidewater School", 8),
    ("Ethics and boundaries", "Bay Institute", 3),
    ("Lymph and light touch", "Tidewater School", 16),
)


def clinicians(letters: list[Item], dice: Random) -> list[Item]:
    """Take into the directory everybody who signed a letter as a clinician."""
    known: dict[str, Item] = {}
    for letter in letters:
        signer = letter.get("signer") or {}
        if signer.get("name") and not signer.get("relation") and signer["name"] not in known:
            place = dice.randrange(len(PRACTICES))
            known[signer["name"]] = {
                "id": f"clinician-{len(known) + 1:02}",
                **{key: signer[key] for key in ("name", "credential", "licence", "npi") if key in signer},
                "practice": PRACTICES[place],
                "phone": f"(510) 555-01{dice.randrange(40, 60)}",
                "fax": f"(510) 555-01{dice.randrange(60, 80)}",
                "address": {"street": STREETS[place], "city": "Port Alder", "region": "CA", "postal": "94500"},
            }
    return list(known.values())


def requests(  # noqa: PLR0913, PLR0917 - a request names them all
    people: list[Client],
    letters: list[Item],
    directory: list[Item],
    practice: Item,
    staff: list[Item],
    today: date,
) -> list[Item]:
    """Ask for renewal of the letters that run out soon; each waits for its answer since another day."""
    names = {client.item["id"]: client.item for client in people}
    by_name = {each["name"]: each for each in directory}
    therapist = next(each for each in staff if each["role"] == "owner")
    running_out = [
        letter
        for letter in letters
        if letter["kind"] == "lmn"
        and "revoked_on" not in letter
        and letter.get("ends_on")
        and timedelta() <= date.fromisoformat(letter["ends_on"]) - today <= timedelta(days=SOON)
        and (letter.get("signer") or {}).get("name") in by_name
    ]
    found = []
    for at, letter in enumerate(running_out[: len(WAITING)]):
        client, to = names[letter["client"]], by_name[letter["signer"]["name"]]
        sent = today - timedelta(days=WAITING[at])
        item: Item = {
            "id": f"request-{at + 1:02}",
            "client": letter["client"],
            "kind": "renewal",
            "clinician": to["id"],
            "letter": letter["id"],
            "made_on": sent.isoformat(),
            "said": _said(client, letter, to, practice, therapist, sent),
        }
        if at:
            item |= {"sent_on": sent.isoformat(), "sent_by": ("fax", "post", "email")[at % 3]}
        found.append(item)
    return found


def _said(  # noqa: PLR0913, PLR0917 - as above
    client: Item, letter: Item, to: Item, practice: Item, therapist: Item, on: date
) -> Item:
    """Write a request as the program does."""
    certificate = therapist.get("certificate") or {}
    payer = client.get("payer") or {}
    told: dict[str, Any] = {
        "name": f"{client['given_name']} {client['family_name']}".strip(),
        "payer": "",
        "born": client.get("born"),
        "address": [],
        "insurer": payer.get("name", ""),
        "member_id": payer.get("member_id", ""),
        "relationship": "",
    }
    return {
        "kind": "renewal",
        "made_on": on.isoformat(),
        "practice": {
            "name": practice["name"],
            "address": [practice["address"]["street"], practice["address"]["city"]],
            "phone": practice.get("phone", ""),
            "email": practice.get("email", ""),
            "tax_id": "",
            "npi": "",
        },
        "therapist": {
            "name": therapist["name"],
            "title": therapist.get("title", ""),
            "certificate_body": certificate.get("body", ""),
            "certificate_number": certificate.get("number", ""),
            "certificate_until": certificate.get("expires"),
            "npi": "",
        },
        "client": told,
        "to": {"name": to["name"], "credential": to.get("credential", ""), "practice": to["practice"]},
        "letter": {
            "reference": letter.get("number") or letter["id"],
            "issuer": to["name"],
            "signed_on": letter.get("signed_on"),
            "valid_to": letter["ends_on"],
            "visits": letter.get("max_visits"),
            "used": 0,
        },
        "visits": None,
        "measures": [],
        "treatment": "therapeutic massage",
        "cpt": "97124",
        "words": "",
        "language": "en",
        "format": "letter",
    }


def furnish_papers(practice: Item, staff: list[Item], people: list[Client], today: date, dice: Random) -> None:
    """Add what the practice holds besides: registration and courses; and what insurers and households told."""
    practice["registrations"] = [
        {
            "city": practice["address"]["city"],
            "number": "MR-0114",
            "issued": (today - timedelta(days=320)).isoformat(),
            "expires": (today + timedelta(days=45)).isoformat(),
            "keep_years": 2,
            "fields": ["day", "time", "client", "therapist", "certificate", "service", "price"],
        }
    ]
    for person in staff:
        if person["role"] in {"owner", "therapist"}:
            taken = dice.sample(COURSES, 2)
            person["education"] = [
                {
                    "on": (today - timedelta(days=dice.randrange(40, 600))).isoformat(),
                    "hours": hours,
                    "title": title,
                    "provider": school,
                }
                for title, school, hours in taken
            ]
    insured = [
        client.item
        for client in people
        if (client.item.get("payer") or {}).get("plan_type") in {"PPO", "POS", "EPO"}
    ]
    for at, item in enumerate(insured[: len(BENEFITS)]):
        asked = (today - timedelta(days=30 + at)).isoformat()
        item["payer"] = {**item["payer"], "benefit": {**BENEFITS[at], "asked_on": asked, "asked_of": "member line"}}
    by_name: dict[str, list[Item]] = {}
    for client in people:
        if client.item.get("family_name"):
            by_name.setdefault(client.item["family_name"], []).append(client.item)
    for at, (_name, members) in enumerate(sorted((k, v) for k, v in by_name.items() if len(v) > 1)):
        for item in members[:2]:
            item["household"] = f"household-{at + 1}"
