"""The clients of the demo: who they are, what they come for, and how often."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from typing import TYPE_CHECKING

from clinic.office.demo.catalogue import Item, Urn, listed
from clinic.office.demo.people import Client
from clinic.values import PlanType

if TYPE_CHECKING:
    from random import Random

    from clinic.office.demo.house import House

ADULT = 18
OF_MEDICARE = 65
AGES = (18, 74)
AFTERNOON = tuple(range(9 * 60, 18 * 60, 30)) + (15 * 60 + 30, 16 * 60, 16 * 60 + 30) * 3
"""Starts that people wish for: any, and the late afternoon above all."""
RHYTHMS = (0.3, 0.5, 0.8, 1.0, 1.0, 1.5, 2.0)
USUAL_TREATMENT = "t-therapeutic-60"
FIRST_DAYS = 14
"""Days in which the first clients came for the first time."""
LEAST_STAY = 40

# How often things are so, of one.
OLD_HANDS = 0.45  # here since the first days
LAPSED = 0.22
LETTERED = 0.42
INSURED = 0.65
REACHED_BY_MAIL = 0.85
WITH_EMERGENCY = 0.85
WITH_GRACE = 0.4
NEW_ACCOUNT = 0.25


class Crowd:
    """Where clients come from: the lists, ready to draw from."""

    def __init__(self, dice: Random, house: House, start: date, today: date, end: date) -> None:
        self.dice, self.house = dice, house
        self.start, self.today, self.end = start, today, end
        offered = [*house.offered.values()]
        self._treatments = Urn(offered, [one.weight for one in offered])
        self._tongues = Urn.of(listed("people")["tongues"])
        self._stories = Urn.of(listed("health")["stories"])
        self._complaints = Urn.of(listed("health")["complaints"])
        self._letters = Urn.of(listed("letters")["letters"])

    def clients(self, count: int) -> list[Client]:
        """Make that many people, the named ones first."""
        named = listed("people")["clients"]
        return [
            self._named(number, named[number - 1]) if number <= len(named) else self._drawn(number)
            for number in range(1, count + 1)
        ]

    def _named(self, number: int, person: Item) -> Client:
        health, letters = listed("health"), listed("letters")["letters"]
        story = _called(health["stories"], person.get("story", "clear"))
        letter = _called(letters, person["letter"]) if "letter" in person else None
        return Client(
            number=number,
            story=story,
            letter=letter,
            item=self._item(number, person, story, letter),
            complaint=_called(health["complaints"], person["complaint"]),
            treatment=self.house.offered[person.get("treatment", USUAL_TREATMENT)],
            therapist=self.dice.randrange(len(self.house.treating)),
            wish=self.dice.choice(AFTERNOON),
            rhythm=person["rhythm"],
            since=self.start + timedelta(days=self.dice.randrange(FIRST_DAYS)),
            until=self.end,
        )

    def _drawn(self, number: int) -> Client:
        dice = self.dice
        tongue = self._tongues.draw(dice)
        person = {
            "given": dice.choice(tongue["given"]),
            "family": dice.choice(tongue["family"]),
            "kin": tongue["given"],
        }
        story = self._stories.draw(dice)
        letter = self._letters.draw(dice) if dice.random() < LETTERED else None
        span = max((self.today - self.start).days - FIRST_DAYS, 1)
        joined = 0 if "latest" in story or dice.random() < OLD_HANDS else dice.randrange(span)
        since = self.start + timedelta(days=joined + dice.randrange(FIRST_DAYS))
        stays = timedelta(days=dice.randrange(LEAST_STAY, LEAST_STAY + span))
        return Client(
            number=number,
            story=story,
            letter=letter,
            item=self._item(number, person, story, letter),
            complaint=self._complaints.draw(dice),
            treatment=self._treatments.draw(dice),
            therapist=dice.randrange(len(self.house.treating)),
            wish=dice.choice(AFTERNOON),
            rhythm=dice.choice(RHYTHMS),
            since=since,
            until=since + stays if dice.random() < LAPSED else self.end,
        )

    def _item(self, number: int, person: Item, story: Item, letter: Item | None) -> Item:
        dice, people = self.dice, listed("people")
        age = person.get("age") or dice.randint(*story.get("ages", AGES))
        item: Item = {
            "id": f"c-{number:03}",
            "given_name": person["given"],
            "family_name": person["family"],
        }
        if "preferred" in person:
            item["preferred_name"] = person["preferred"]
        item["born"] = str(born(self.today, age, dice))
        item["phone"] = f"({dice.choice(people['areas'])}) 555-01{dice.randrange(100):02}"
        if dice.random() < REACHED_BY_MAIL:
            item["email"] = f"{_slug(person) or item['id']}@{dice.choice(people['mail'])}"
        town, postal = dice.choice(people["towns"])
        street = f"{dice.randrange(2, 980)} {dice.choice(people['streets'])}"
        item["address"] = {"street": street, "city": town, "region": "CA", "postal": postal}
        if age < ADULT:
            item["guardian"] = self._guardian(person)
        if age < ADULT:
            item["emergency"] = {k: v for k, v in item["guardian"].items() if k != "consent_on"}
        elif dice.random() < WITH_EMERGENCY:
            item["emergency"] = {
                "name": f"{_relative(person, dice)} {person['family']}",
                "relation": dice.choice(people["relatives"]),
                "phone": f"({dice.choice(people['areas'])}) 555-01{dice.randrange(100):02}",
            }
        plan = person.get("plan") or (letter or {}).get("plan") or _plan(age, dice)
        if plan is not None:
            name = "Original Medicare" if plan == PlanType.MEDICARE else dice.choice(people["plans"])
            item["payer"] = {"name": name, "plan_type": plan, "member_id": f"M{dice.randrange(10**8):08}"}
        account = person.get("account") or dice.choices((None, "HSA", "FSA", "HRA"), (78, 10, 10, 2))[0]
        if account is not None:
            item["accounts"] = self._accounts(account)
        if "relation" in person:
            item["relations"] = [person["relation"]]
        allergies = story.get("answers", {}).get("K02")
        if allergies:
            item["allergies"] = allergies
        return item

    def _guardian(self, person: Item) -> Item:
        guardian = {"name": f"Elena {person['family']}", "relation": "parent", "phone": "(510) 555-0177"}
        if person.get("guardian"):
            guardian["consent_on"] = str(self.start)
        return guardian

    def _accounts(self, kind: str) -> list[Item]:
        if kind == "HSA":
            opened = self.start + timedelta(days=self.dice.randrange(-400, 200))
            return [{"kind": kind, "opened": str(opened)}]
        year = self.today.year
        first = year if self.dice.random() < NEW_ACCOUNT else self.start.year
        grace = {"grace_until": "03-15"} if self.dice.random() < WITH_GRACE else {}
        return [
            {
                "kind": kind,
                "year_start": f"{plan}-01-01",
                "year_end": f"{plan}-12-31",
                **{key: f"{plan + 1}-{day}" for key, day in (grace | {"run_out": "03-31"}).items()},
            }
            for plan in range(first, year + 1)
        ]


def _called(items: list[Item], name: str) -> Item:
    return next(item for item in items if item["name"] == name)


def born(today: date, age: int, dice: Random) -> date:
    """Find a birthday for somebody who is that old today."""
    day = date(today.year - age, dice.randint(1, 12), dice.randint(1, 28))
    return day if (day.month, day.day) <= (today.month, today.day) else day.replace(year=day.year - 1)


def _script(name: str) -> str:
    return unicodedata.name(name[0]).partition(" ")[0]


def _relative(person: Item, dice: Random) -> str:
    """Find a given name that a relative could have: of the same tongue, or at least of the same script."""
    written = _script(person["given"] or person["family"])
    names = person.get("kin") or [name for one in listed("people")["tongues"] for name in one["given"]]
    return str(dice.choice([name for name in names if _script(name) == written] or [person["given"]]))


def _slug(person: Item) -> str:
    plain = unicodedata.normalize("NFKD", f"{person['given']}.{person['family']}").casefold()
    return re.sub(r"[^a-z.]", "", plain).strip(".")


def _plan(age: int, dice: Random) -> str | None:
    if age >= OF_MEDICARE:
        return "MEDICARE"
    kinds = ("PPO", "HMO", "EPO", "POS", "MEDI_CAL", "OTHER")
    return dice.choices(kinds, (6, 4, 1, 1, 1, 1))[0] if dice.random() < INSURED else None
