"""The plans of the demo: a series for those who come with a letter, and the phrases their therapists write."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from clinic.office.demo.catalogue import Item, listed
from clinic.rules.necessity import SUPPORTING
from clinic.values import LetterKind, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from random import Random

    from clinic.office.demo.people import Client

LEAST_VISITS = 3
WITH_PT = 0.2
GOALS = {
    "NDI": ("Reverse the car without turning the whole body", 20),
    "ODI": ("Sit through a film without getting up", 20),
    "PSFS": ("Carry the shopping up the stairs", 7),
    "ROM": ("Reach the top shelf", 75),
}
PAIN = "Sleep through without waking from it"
PT_DAYS = (("mon", "thu"), ("tue",), ("wed", "fri"))


def plans(clients: Iterable[Client], letters: Sequence[Item], today: date, dice: Random) -> list[Item]:
    """Write a plan for each client whose letter speaks today and who has begun to come under it."""
    newest: dict[str, Item] = {}
    for letter in letters:
        if LetterKind(letter["kind"]) in SUPPORTING and "revoked_on" not in letter:
            newest[letter["client"]] = letter
    found = []
    for client in clients:
        under = newest.get(client.id)
        if under is None or "ends_on" not in under or date.fromisoformat(under["ends_on"]) < today:
            continue
        begun = date.fromisoformat(under["signed_on"])
        done = [v for v in client.visits if v.state is State.DONE and v.at.date() >= begun]
        if len(done) >= LEAST_VISITS:
            found.append(_plan(client, under, done[0].staff, done[0].at.date(), len(done), dice))
    return found


def _plan(client: Client, letter: Item, staff: str, begun: date, done: int, dice: Random) -> Item:
    tool = client.complaint["measure"]
    words, target = GOALS[tool]
    function: Item = {"kind": "function", "text": words}
    if tool != "ROM":
        function |= {"tool": tool, "target": target}
    plan: Item = {
        "id": f"plan-{client.number:03}",
        "client": client.id,
        "written_by": staff,
        "letter": letter["id"],
        "goals": [function, {"kind": "pain", "text": PAIN, "tool": "NRS", "target": 2}],
        "begins_on": str(begun),
        "visits": letter.get("max_visits") or done + dice.randint(2, 6),
        "times": 1,
        "weeks": dice.choice((1, 2, 2, 3)),
        "minutes": client.treatment.minutes,
        "review_every": 4,
    }
    if letter.get("diagnoses"):
        plan["condition"] = ", ".join(each["text"] for each in letter["diagnoses"])
    if dice.random() < WITH_PT:
        plan["pt_days"] = list(dice.choice(PT_DAYS))
        plan["pt_side"] = dice.choice(("before", "after"))
    return plan


def phrases(staff: Iterable[Item], dice: Random) -> list[Item]:
    """Give each therapist a few phrases of their own, drawn from what they write."""
    found = []
    for person in staff:
        if person["role"] not in {"owner", "therapist"}:
            continue
        for part in ("s", "o", "a", "p"):
            said = [line for group in listed("notes")[part] for line in group["say"] if "{where}" not in line]
            for n, text in enumerate(sorted(dice.sample(said, min(4, len(said))))):
                found.append(
                    {"id": f"ph-{person['id']}-{part}{n}", "staff": person["id"], "part": part, "text": text}
                )
    return sorted(found, key=lambda item: str(item["id"]))


