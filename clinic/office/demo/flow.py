"""The flow of the demo's days: when visits moved on, who was called, how the drawer was closed, and wishes."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from clinic.office.demo.catalogue import Item, Urn
from clinic.office.demo.notes import instant
from clinic.values import (Method, State, MISSED)

if TYPE_CHECKING:
    from random import Random
    from zoneinfo import ZoneInfo

NOON, EVENING = time(12), time(17, 30)
RECENT_DAYS, CLOSED_DAYS, CALLED_DAYS = 10, 6, 3
LEFT_ALONE, WITH_WISH = 0.02, 0.22
PASSED = 0.7
"""How many of the fees of the last weeks were let go."""
DRAWER = 20_000
WISHES = (
    "Firm pressure, little talk",
    "No music",
    "The room with the window",
    "Likes the table warm",
    "Side-lying with two pillows",
    "Prefers unscented lotion",
    "Likes to be called by the first name",
    "Parks with difficulty; may be five minutes late",
)
PASSES = ("first_time", "emergency", "known_well")
WAITED = 12
"""Minutes that somebody has been sitting in the waiting room, in the demo's today."""
OUTCOMES = Urn(("left_message", "no_answer", "confirmed"), (4, 2, 3))


def wish(clients: list[Item], dice: Random) -> None:
    """Give some clients wishes of their own, and leave a few alone."""
    for client in clients:
        if dice.random() < WITH_WISH:
            client["wishes"] = dice.choice(WISHES)
        if dice.random() < LEFT_ALONE:
            client["do_not_contact"] = True


def steps(appointments: list[Item], now: datetime, zone: ZoneInfo, by: str, dice: Random) -> list[Item]:
    """Say when the visits of the last days moved on; those of today as far as they have come."""
    found: list[Item] = []
    for visit in appointments:
        at = datetime.fromisoformat(visit["at"])
        if not now - timedelta(days=RECENT_DAYS) <= at <= now + timedelta(hours=1):
            continue
        for state, when in _walk(visit, at, now, dice):
            found.append(
                {
                    "id": f"w-{len(found) + 1:05}",
                    "appointment": visit["id"],
                    "state": state.value,
                    "at": instant(min(when, now), zone),
                    "by": by,
                }
            )
    return found


def _walk(visit: Item, at: datetime, now: datetime, dice: Random) -> list[tuple[State, datetime]]:
    state = State(visit["state"])
    if state is State.NO_SHOW:
        return [(state, at + timedelta(minutes=20))]
    came = at - timedelta(minutes=dice.randrange(-3, 9))
    if state is State.ARRIVED:
        return [(state, now - timedelta(minutes=WAITED))]
    taken = [(State.ARRIVED, came), (State.IN_TREATMENT, at + timedelta(minutes=dice.randrange(4)))]
    if state is State.IN_TREATMENT:
        return taken
    ends = at + timedelta(minutes=visit["minutes"] + dice.randrange(6))
    return [*taken, (State.DONE, ends)] if state is State.DONE else []


def let_go(appointments: list[Item], charged: set[str], now: datetime, dice: Random) -> None:
    """Give a free pass for most of the fees that nobody charged lately."""
    for visit in appointments:
        recent = now - timedelta(days=31) <= datetime.fromisoformat(visit["at"]) <= now
        missed = visit["state"] in MISSED
        if recent and missed and visit["id"] not in charged and dice.random() < PASSED:
            visit["fee_waived"] = dice.choice(PASSES)


def attempts(
    appointments: list[Item], clients: list[Item], now: datetime, zone: ZoneInfo, by: str, dice: Random
) -> list[Item]:
    """Call some of the clients of the next days, earlier today or, in the morning, the evening before."""
    until = now if now.time() >= NOON else datetime.combine(now.date() - timedelta(days=1), EVENING)
    alone = {client["id"] for client in clients if client.get("do_not_contact")}
    found: list[Item] = []
    for visit in appointments:
        at = datetime.fromisoformat(visit["at"])
        ahead = now.date() < at.date() <= now.date() + timedelta(days=CALLED_DAYS)
        if not ahead or visit["state"] != State.CONFIRMED or visit["client"] in alone or dice.random() < 0.5:
            continue
        called = until - timedelta(minutes=dice.randrange(20, 200))
        found.append(
            {
                "id": f"k-{len(found) + 1:04}",
                "client": visit["client"],
                "appointment": visit["id"],
                "outcome": OUTCOMES.draw(dice),
                "at": instant(called, zone),
                "by": by,
            }
        )
    return found


def closings(
    appointments: list[Item], payments: list[Item], today: date, zone: ZoneInfo, by: str
) -> list[Item]:
    """Close the last days, with the drawer as it should be but once."""
    states = Counter((visit["at"][:10], visit["state"]) for visit in appointments)
    days = sorted({day for day, state in states if state == State.DONE and day < str(today)})[-CLOSED_DAYS:]
    found = []
    for place, day in enumerate(days):
        paid = [payment for payment in payments if payment["paid_on"] == day]
        expected = DRAWER + sum(each["amount_cents"] for each in paid if each["method"] == Method.CASH)
        short = 500 if place == 1 else 0
        figures: Item = {
            "gaps": 0,
            "voids": [],
            "taken": _taken(paid),
            "done": states[day, State.DONE],
            "missed": states[day, State.NO_SHOW] + states[day, State.LATE_CANCEL],
            "cancelled": states[day, State.CANCELLED] + states[day, State.DECLINED],
        }
        closing = {
            "id": f"d-{day}",
            "day": day,
            "closed_at": instant(datetime.fromisoformat(f"{day}T19:05"), zone),
            "closed_by": by,
            "drawer_cents": DRAWER,
            "expected_cents": expected,
            "counted_cents": expected - short,
            "figures": figures,
        }
        found.append(closing | ({"remark": "Stamps were bought from the drawer"} if short else {}))
    return found


def _taken(paid: list[Item]) -> list[Item]:
    cents: Counter[str] = Counter()
    many: Counter[str] = Counter()
    for payment in paid:
        cents[payment["method"]] += payment["amount_cents"]
        many[payment["method"]] += 1
    return [
        {"method": method.value, "payments": many[method], "amount_cents": cents[method]}
        for method in Method
        if many[method]
    ]
