"""The demo practice as a portable document: everything a practice of some years keeps, made up from a seed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from clinic.office.demo import flow
from clinic.office.demo.catalogue import Item, dice
from clinic.office.demo.clients import Crowd
from clinic.office.demo.consents import consents
from clinic.office.demo.correspondence import clinicians, furnish_papers, requests
from clinic.office.demo.decisions import decisions
from clinic.office.demo.diary import Diary
from clinic.office.demo.house import furnish
from clinic.office.demo.letters import Tray
from clinic.office.demo.notes import instant, notes
from clinic.office.demo.plans import phrases, plans
from clinic.office.demo.openings import blocks, waiting
from clinic.office.demo.screenings import screenings
from clinic.office.demo.till import Till

if TYPE_CHECKING:
    from datetime import datetime

    from clinic.office.demo.people import Visit

AHEAD = timedelta(weeks=6)


def build(now: datetime, years: int, clients: int, seed: int) -> Item:
    """Make up a practice as it stands at a moment of its own clock; the same four words make the same practice."""
    today = now.date()
    start, end = today - relativedelta(years=years), today + AHEAD
    house = furnish(start, today, clients)
    zone = ZoneInfo(house.practice["time_zone"])
    people = Crowd(dice(seed, "clients"), house, start, today, end).clients(clients)
    visits: list[Visit] = Diary(house, people, dice(seed, "diary"), start, now).fill(end)
    letters = Tray(today, dice(seed, "letters")).letters(people)
    furnish_papers(house.practice, house.staff, people, today, dice(seed, "papers"))
    directory = clinicians(letters, dice(seed, "clinicians"))
    till = Till(today, dice(seed, "till"), people)
    till.charge(visits)
    till.purse.give_back_across_the_year()
    items = [client.item for client in people]
    appointments = [visit.item for visit in visits]
    desk = next((each["id"] for each in house.staff if each["role"] == "front_desk"), house.staff[0]["id"])
    charged = {line.get("appointment") for invoice in till.invoices for line in invoice["lines"]}
    flow.wish(items, dice(seed, "wishes"))
    flow.let_go(appointments, charged, now, dice(seed, "passes"))
    asked = screenings(people, visits, now, dice(seed, "screenings"))
    document = {
        "format": "clinic-practice",
        "version": 1,
        "exported_at": instant(now, zone),
        "practice": house.practice,
        "staff": house.staff,
        "rooms": house.rooms,
        "treatments": house.treatments,
        "clients": items,
        "screenings": asked,
        "letters": letters,
        "clinicians": directory,
        "requests": requests(people, letters, directory, house.practice, house.staff, today),
        "appointments": appointments,
        "notes": notes(people, now, zone, dice(seed, "notes"), dice(seed, "maps")),
        "invoices": till.invoices,
        "bundles": till.bundles,
        "gifts": till.gifts,
        "payments": till.purse.payments,
        "refunds": till.purse.refunds,
        "steps": flow.steps(appointments, now, zone, desk, dice(seed, "steps")),
        "attempts": flow.attempts(appointments, items, now, zone, desk, dice(seed, "calls")),
        "closings": flow.closings(appointments, till.purse.payments, today, zone, desk),
        "plans": plans(people, letters, today, dice(seed, "plans")),
        "phrases": phrases(house.staff, dice(seed, "phrases")),
        "blocks": blocks(house, visits, today, dice(seed, "blocks")),
        "waiting": waiting(people, visits, now, zone, dice(seed, "waiting")),
        "consents": consents(people, asked, house.practice["name"], now, zone, dice(seed, "consents")),
    }
    document["decisions"] = decisions(document, now, zone)
    return document
