"""The screenings of the demo: what clients answered at first, when asked again, and on the day."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from clinic.office.demo.catalogue import Item, listed
from clinic.values import State

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from clinic.office.demo.people import Client, Visit

MARK = "@"
BEFORE_THE_VISIT = timedelta(minutes=15)
AFTER_THE_VISIT = timedelta(hours=3)
EVENING = time(19, 40)
ASKED_AGAIN = {"S0": 350, "S1": 170, "S2": 170}
"""Days after which a client is asked again when they next come, by what was found."""
NOT_THOUGHT_OF = 9
"""Every so many-th client is not asked again in time."""
CHECKED = timedelta(days=60)
"""Quick checks older than this have been cleared away."""
PRESENT = frozenset({State.DONE, State.ARRIVED, State.IN_TREATMENT})
NOT_PREGNANT = ("no", "not_applicable")


def screenings(clients: list[Client], visits: list[Visit], now: datetime, dice: Random) -> list[Item]:
    """Ask everybody, and ask again as the practice would."""
    asked = [
        _full(client, at, now.date(), dice, newest=newest)
        for client in clients
        for at, newest in _occasions(client, now)
    ]
    checked = [
        _quick(visit, now, dice) for visit in visits if visit.state in PRESENT and now - visit.at < CHECKED
    ]
    items = sorted((*asked, *checked), key=lambda item: (item["answered_at"], item["client"]))
    for number, item in enumerate(items, 1):
        item["id"] = f"s-{number:06}"
    return items


def _occasions(client: Client, now: datetime) -> Iterator[tuple[datetime, bool]]:
    """Say when a client filled in the full form, and which time was the newest."""
    story = client.story
    past = [min(visit.at, now) for visit in client.visits if visit.state in PRESENT]
    asked: list[datetime] = []
    for at in past:
        if not asked or (at - asked[-1]).days > ASKED_AGAIN.get(story["severity"], ASKED_AGAIN["S0"]):
            asked.append(at - BEFORE_THE_VISIT)
    if "latest" in story:
        at = datetime.combine(now.date() - timedelta(days=story["latest"]), EVENING)
        if past and story["latest"] < min(ASKED_AGAIN.values()):
            at = max(at, past[-1] + AFTER_THE_VISIT)
        newest = min(at, now - BEFORE_THE_VISIT)
        asked = [*(at for at in asked if at < newest), newest]
    elif past and past[-1] - BEFORE_THE_VISIT > asked[-1] and _runs_out(client, asked[-1]):
        asked.append(past[-1] - BEFORE_THE_VISIT)
    elif not asked and client.visits:
        asked = [datetime.combine(now.date() - timedelta(days=2), EVENING)]
    for place, at in enumerate(asked):
        yield at, place == len(asked) - 1


def _runs_out(client: Client, asked: datetime) -> bool:
    """Tell whose answers would be too old for a visit that is booked, but for the few whom nobody thought of."""
    lasts = ASKED_AGAIN.get(client.story["severity"], ASKED_AGAIN["S0"])
    return (client.visits[-1].at - asked).days > lasts and client.number % NOT_THOUGHT_OF != 0


def _full(client: Client, at: datetime, today: date, dice: Random, *, newest: bool) -> Item:
    answers = dict(listed("health")["clear"])
    complaint, name = client.complaint, client.item.get("guardian", {}).get("name", client.name)
    pain = dice.randint(2, 6)
    since = at.date() - timedelta(days=dice.randrange(60, 900))
    answers["A07"] = dice.choice(listed("people")["works"])
    answers["B01"] = ["stress", "relaxation"] if complaint["name"] == "rest" else ["pain", "mobility"]
    cause = "car" if complaint["name"] == "whiplash" else "none"
    answers["B02"] = {"sites": complaint["sites"], "since": str(since), "cause": cause}
    answers["B03"] = {"now": pain, "worst": pain + 1, "best": pain - 2, "widespread": "no"}
    answers["B06"] = {"referred": "yes" if client.letter else "no"}
    answers["F01"] = dice.choice(NOT_PREGNANT)
    answers["L01"] = {"no_touch": [], "pressure": dice.choice(("P2", "P3", "P3", "P4"))}
    answers["M01"] = {"true_and_complete": True, "signature": name}
    if newest or "latest" not in client.story:
        for question, told in client.story.get("answers", {}).items():
            said, usual = _dated(told, at, today), answers.get(question)
            answers[question] = {**usual, **said} if isinstance(usual, dict) else said
        for question in client.story.get("drop", ()):
            del answers[question]
    return {
        "client": client.id,
        "kind": "full",
        "answered_at": at.isoformat(timespec="minutes"),
        "answers": answers,
        "signed_by": name,
    }


def _dated(told: Any, at: datetime, today: date) -> Any:
    """Put days where a story counts them."""
    if isinstance(told, dict):
        return {key: _dated(value, at, today) for key, value in told.items()}
    if isinstance(told, list):
        return [_dated(value, at, today) for value in told]
    if not isinstance(told, str) or not told.startswith(MARK):
        return told
    if told.endswith("h"):
        return (at + timedelta(hours=int(told[1:-1]))).isoformat(timespec="minutes")
    from_day = today if told[1] == "+" else at.date()
    return str(from_day + timedelta(days=int(told[1:])))


def _quick(visit: Visit, now: datetime, dice: Random) -> Item:
    client, at = visit.client, min(visit.at, now) - timedelta(minutes=dice.randint(5, 10))
    told = client.story.get("answers", {})
    answers = dict(listed("health")["quick"])
    if told.get("F01") == "yes":
        answers["Q7"] = {"pregnancy": "yes", "signs": {"any": "no", "signs": []}}
    if "D01" in told:
        reading = {
            "at": at.isoformat(timespec="minutes"),
            "systolic": dice.randint(128, 146),
            "diastolic": dice.randint(78, 92),
        }
        answers["Q9"] = {"readings": [reading], "symptoms": []}
    answers["Q12"] = {
        "pain_now": dice.randint(1, 6),
        "soreness_hours": dice.choice((0, 0, 12, 24, 36)),
        "bruise": "no",
    }
    answers["Q14"] = {"consent": True, "initials": "".join(word[0] for word in client.name.split())}
    return {
        "client": client.id,
        "kind": "quick",
        "answered_at": at.isoformat(timespec="minutes"),
        "answers": answers,
        "signed_by": client.name,
    }
