"""Let several processes want the same thing in the same instant.

Run as a program with a folder, a practice to copy, how many processes, how many rounds, and perhaps a bug to plant.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clinic.office import booking, openings, till
from clinic.office.charges import Charge
from clinic.storage import checks
from clinic.values import BlockKind, ClientId, LineKind, Money, Refusal, StaffId, TreatmentId
from tests import practices
from tests.soak import bugs, deaths

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlcipher3 import dbapi2

    from clinic.office.desk import Desk

MONDAY = datetime(2027, 1, 4, 8)


def slot(n: int) -> datetime:
    """The hour that everybody wants in this round; the next is free of it."""
    day, hour = divmod(n, 12)
    return MONDAY + timedelta(days=day, hours=hour)


def book(desk: Desk, n: int, who: int) -> Any:
    """Hold an hour; half of those who want it begin some minutes later."""
    late = timedelta(minutes=5 * (who % 4))
    try:
        booked, _ = desk.writing(
            partial(
                booking.book,
                client=ClientId("c-own"),
                treatment=TreatmentId("t-60"),
                staff=StaffId("s-therapist"),
                at=slot(n * 2) + late,
            ),
        )
    except Refusal as refusal:
        facts = {name: str(fact) for name, fact in refusal.facts.items()}
        return {"refused": refusal.code, **facts}
    return {"booked": booked.appointment}


def check_out(desk: Desk, n: int, who: int) -> Any:
    done, _ = desk.writing(
        partial(
            till.check_out,
            operation=f"op-{n}-{who}",
            client=ClientId("c-own"),
            charges=[Charge(LineKind.TREATMENT, "Therapeutic massage", Money(12500))],
        ),
    )
    return {"number": done.number}


def block(desk: Desk, n: int, who: int) -> Any:
    """Hold an hour, or keep visits away from it: whichever comes first decides."""
    if who % 2:
        return book(desk, n, who)
    at = slot(n * 2)
    kept, _ = desk.writing(
        partial(
            openings.add_block,
            begins=at,
            ends=at + timedelta(hours=1, minutes=30),
            kind=BlockKind.MEETING,
            staff=StaffId("s-therapist"),
        ),
    )
    return {"to_move": len(kept.to_move)}


RACES: dict[str, Callable[[Desk, int, int], Any]] = {"book": book, "block": block, "check_out": check_out}


def one_of(path: Path, who: int, race: str, begin: int, say: int) -> None:
    """One of those who race: waits for each start, and says what came of it."""
    desk = practices.sit_down(path)
    os.write(say, b"ready\n")
    while round_ := os.read(begin, 4):
        answer = RACES[race](desk, int.from_bytes(round_), who)
        os.write(say, json.dumps(answer).encode() + b"\n")
    desk.close()


class Runner:
    """A process at the start line."""

    def __init__(self, path: Path, who: int, race: str, strangers: list[Runner]) -> None:
        begin, self.start = os.pipe()
        hear, say = os.pipe()
        self.child = os.fork()
        if self.child == 0:
            for runner in (self, *strangers):  # their start would never end while we hold it
                os.close(runner.start)
            one_of(path, who, race, begin, say)
            os._exit(0)
        os.close(begin)
        os.close(say)
        self.heard = os.fdopen(hear, encoding="utf-8")
        assert self.heard.readline() == "ready\n"

    def answer(self) -> Any:
        line = self.heard.readline()
        assert line, "one of those who raced broke down"
        return json.loads(line)

    def end(self) -> None:
        os.close(self.start)
        self.heard.close()
        assert os.waitpid(self.child, 0)[1] == 0


def judge_booking(n: int, answers: list[dict[str, str]]) -> None:
    """One holds the hour; each other is told which therapist is taken and when."""
    assert sum("booked" in answer for answer in answers) == 1, (n, answers)
    for answer in answers:
        if "refused" in answer:
            assert answer["refused"] == "slot_taken", answer
            assert answer["by"] == "staff"
            start = datetime.fromisoformat(answer["start"])
            assert slot(n * 2) <= start < slot(n * 2 + 1)
            assert datetime.fromisoformat(answer["end"]) == start + timedelta(hours=1)


def judge_blocks(n: int, answers: list[dict[str, Any]]) -> None:
    """A visit that was held first is one that every later block names; after a block nobody books."""
    booked = sum("booked" in answer for answer in answers)
    assert booked <= 1, (n, answers)
    named = [answer["to_move"] for answer in answers if "to_move" in answer]
    assert set(named) <= {booked}, (n, answers)
    for answer in answers:
        assert answer.get("refused", "blocked") in {"blocked", "slot_taken"}, answer


def judge_numbers(n: int, answers: list[dict[str, str]]) -> None:
    """The numbers follow on from each other, and nobody has another's."""
    numbers = sorted(int(answer["number"].rsplit("-", 1)[1]) for answer in answers)
    first = n * len(answers) + 1
    assert numbers == list(range(first, first + len(answers))), (n, numbers)


JUDGES: dict[str, Callable[[int, list[dict[str, Any]]], None]] = {
    "book": judge_booking,
    "block": judge_blocks,
    "check_out": judge_numbers,
}


def no_overlaps(opened: dbapi2.Connection) -> None:
    both = """
        SELECT count(*) FROM appointments a JOIN appointments b ON a.staff = b.staff AND a.id < b.id
        WHERE a.held_from < b.held_to AND b.held_from < a.held_to"""
    assert opened.execute(both).fetchone() == (0,)


def main(*asked: str) -> None:
    folder, model, race, many, rounds, bug = (*asked, "")[:6]
    path = practices.copied(Path(model), Path(folder) / "live")
    bugs.plant(bug)
    runners: list[Runner] = []
    for who in range(int(many)):
        runners.append(Runner(path, who, race, runners))
    for n in range(int(rounds)):
        for runner in runners:
            os.write(runner.start, n.to_bytes(4))
        answers = [runner.answer() for runner in runners]
        JUDGES[race](n, answers)
    for runner in runners:
        runner.end()
    desk = practices.sit_down(path)
    opened = desk.vault.raw()
    no_overlaps(opened)
    opened.close()
    bad = [finding for finding in checks.of_practice(desk.vault) if not finding.ok]
    assert not bad, bad
    desk.close()
    deaths.report(rounds=int(rounds))


if __name__ == "__main__":
    main(*sys.argv[1:])
