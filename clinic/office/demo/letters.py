"""The letters of the demo: complete and lacking, fresh and run out, signed by all who sign such letters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from clinic.exchange.codes import look_up
from clinic.office.demo.catalogue import Item, listed
from clinic.office.demo.house import npi
from clinic.rules.diagnoses import is_billable
from clinic.values import HOLDING, State

if TYPE_CHECKING:
    from random import Random

    from clinic.office.demo.people import Client, Visit

A_YEAR = timedelta(days=364)
AUTHORISED = 12
UNITS_A_VISIT = 4
NAMED_ON_VISIT = 0.75
RENEWED = 0.8
OFTEN = 2
TECHNIQUES = ["TH", "DT", "TP", "MFR", "MLD", "SP", "PN"]
EVERYTHING = "Therapeutic massage to restore movement and reduce pain"


@dataclass(frozen=True, slots=True)
class Tray:
    """Where letters arrive."""

    today: date
    dice: Random

    def letters(self, clients: list[Client]) -> list[Item]:
        """Write everybody's letters, and name them on the visits they are for."""
        return [
            letter for client in clients for letter in (*self._supporting(client), *self._clearance(client))
        ]

    def _supporting(self, client: Client) -> list[Item]:
        plan = client.letter
        if plan is None:
            return []
        signed_on = self.today - timedelta(days=self.dice.randint(*plan["ago"]))
        newest = self._letter(client, plan, signed_on)
        letters = [newest]
        if plan.get("renews", True) and self.dice.random() < RENEWED:
            signer = newest.get("signer") or self._signer(None)
            while signed_on > client.since:  # the first may be older than their time here
                signed_on -= A_YEAR + timedelta(days=1)
                earlier = {
                    "kind": plan["kind"],
                    "lasts": 364,
                    "spare": self.dice.randint(1, 5),
                    "set": {"signer": signer},
                }
                letters.insert(0, self._letter(client, earlier, signed_on))
        for number, letter in enumerate(letters, 1):
            letter["id"] = f"l-{client.number:03}-{number}"
            letter["number"] = f"L-{letter['signed_on'][:4]}-{client.number:03}{number}"
            self._name_on_visits(client, letter)
        also = [self._permit(client, newest, kind) for kind in plan.get("also", ())]
        for number, permit in enumerate(also, len(letters) + 1):
            permit["id"] = f"l-{client.number:03}-{number}"
        return [*letters, *also]

    def _letter(self, client: Client, plan: Item, signed_on: date) -> Item:
        starts = signed_on + timedelta(days=plan.get("starts", 0))
        ends = None
        if "lasts" in plan:
            ends = starts + timedelta(days=plan["lasts"])
        elif "until" in plan:
            ends = self.today + timedelta(days=self.dice.randint(*plan["until"]))
        item: Item = {
            "id": "",
            "client": client.id,
            "kind": plan["kind"],
            "signed_on": str(signed_on),
            "patient_name": client.name,
            "signer": self._signer(plan.get("signer")),
            "signed": True,
            "diagnoses": [
                diagnosis
                for diagnosis in client.complaint["diagnoses"]
                if is_billable(look_up(diagnosis["icd10"]), signed_on)
            ],
            "treatment": EVERYTHING,
            "techniques": TECHNIQUES,
            "minutes": max(60, client.treatment.minutes),
            "frequency": {"times": 1 if client.rhythm < OFTEN else 2, "per": "week"},
            "necessity_statement": True,
            "source": "clinician",
            "verified": {"by": "Nkechi Bello", "on": str(min(signed_on + timedelta(days=2), self.today))},
            "exam_on": str(signed_on - timedelta(days=self.dice.randint(0, 9))),
        }
        if starts != signed_on:
            item["starts_on"] = str(starts)
        if ends is not None:
            item["ends_on"] = str(ends)
        if "spare" in plan:
            before = plan.get("before", 0)
            used = sum(visit.state is State.DONE for visit in _under(client, starts, ends))
            item["max_visits"] = max(used + plan["spare"] + before, 1)
            if before:
                item["used_before"] = before
        if "revoked" in plan:
            item["revoked_on"] = str(self.today - timedelta(days=plan["revoked"]))
        item.update(plan.get("set", {}))
        for key in plan.get("drop", ()):
            item.pop(key, None)
        return {key: value for key, value in item.items() if value != []}

    def _name_on_visits(self, client: Client, letter: Item) -> None:
        starts = date.fromisoformat(letter.get("starts_on") or letter["signed_on"])
        ends = date.fromisoformat(letter["ends_on"]) if "ends_on" in letter else None
        diagnoses = letter.get("diagnoses", ())
        for visit in _under(client, starts, ends):
            if self.dice.random() < NAMED_ON_VISIT:
                visit.letter = letter["id"]
                if diagnoses:
                    visit.diagnosis = diagnoses[0].get("icd10", diagnoses[0]["text"])

    def _permit(self, client: Client, letter: Item, kind: str) -> Item:
        """Write a health plan's side of a letter: the referral to this practice, or the units it authorised."""
        used = kind == "referral_used"
        permit = {
            "id": "",
            "client": client.id,
            "kind": "authorisation" if kind == "authorisation" else "referral",
            "number": f"{'A' if kind == 'authorisation' else 'RF'}{self.dice.randrange(10**7):07}",
            "signed_on": letter["signed_on"],
            "starts_on": letter["signed_on"],
            "ends_on": letter["ends_on"],
            "patient_name": client.name,
            "signed": True,
            "max_visits": 2 if used else AUTHORISED,
        }
        if kind == "authorisation":
            return {**permit, "units": AUTHORISED * UNITS_A_VISIT}
        return {
            **permit,
            "signer": letter["signer"],
            "diagnoses": letter["diagnoses"],
            "treatment": EVERYTHING,
        }

    def _clearance(self, client: Client) -> list[Item]:
        plan = client.story.get("clearance")
        if plan is None:
            return []
        signed_on = self.today - timedelta(days=plan["ago"])
        return [
            {
                "id": f"l-{client.number:03}-clearance",
                "client": client.id,
                "kind": "clearance",
                "signed_on": str(signed_on),
                "starts_on": str(signed_on),
                "ends_on": str(signed_on + timedelta(days=plan["lasts"])),
                "patient_name": client.name,
                "signer": self._signer(plan["signer"]),
                "signed": True,
                "verified": {"by": "Maren Okafor", "on": str(signed_on + timedelta(days=1))},
                "rules": plan["rules"],
                "techniques_allowed": plan["techniques_allowed"],
                "pressure_cap": plan["pressure_cap"],
                "areas_excluded": plan["areas_excluded"],
            }
        ]

    def _signer(self, credential: str | None) -> Item:
        able = [one for one in listed("letters")["signers"] if one["credential"] == (credential or "MD")]
        signer = self.dice.choice(able)
        return {**signer, "npi": npi(signer["npi"])}


def _under(client: Client, starts: date, ends: date | None) -> list[Visit]:
    """Visits in the time of a letter that it could be for."""
    last = min(ends or starts + A_YEAR, starts + A_YEAR)
    return [
        visit
        for visit in client.visits
        if starts <= visit.day <= last and visit.treatment.is_care and visit.state in HOLDING
    ]
