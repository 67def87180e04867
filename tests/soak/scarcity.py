"""Let less and less be written while an office is at work, and look at what is said and what is left.

Run as a program with a folder, a practice to copy, a number of rounds, and perhaps a bug to plant.
"""

from __future__ import annotations

import json
import resource
import shutil
import sys
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clinic.office import booking, clients, custody, gifts, papers, portable, till, year_end
from clinic.office.charges import Charge
from clinic.storage import checks, disk
from clinic.values import ClientId, LineKind, Method, Money, StaffId, TreatmentId, Trouble
from tests import practices
from tests.soak import bugs, deaths

if TYPE_CHECKING:
    from collections.abc import Callable

    from clinic.office.desk import Desk

LARGEST = 1_200_000
SAID = {"disk_full", "disk_error"}
"""What a full disk may be called: SQLite knows a write that was cut short only as an error of the disk."""


def allow(most: int) -> None:
    """Let no file of this process grow beyond so many bytes."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))


class Office:
    """Everything an office does that writes; each thing can be done again where it was refused."""

    def __init__(self, path: Path) -> None:
        self.desk: Desk = practices.sit_down(path)
        self.out = path.parent / "out"
        self.out.mkdir()
        self.file = path.parent / "in.json"
        document = practices.a_document(clients=[practices.a_client("c-new", "Sorcha", "Ní Dhomhnaill")])
        self.file.write_text(json.dumps(document), encoding="utf-8")
        self.number = self.check_out("before").number
        gift = Charge(LineKind.GIFT_SALE, "Gift", Money(900), gift_code="SCARCE")
        self.money(till.check_out, "gift", Money(900), charges=[gift])

    def money(self, take: Callable[..., Any], operation: str, amount: Money, **more: Any) -> None:
        paid = [till.Tender(Method.CASH, amount)]
        task = partial(take, operation=operation, client=ClientId("c-own"), tenders=paid, **more)
        self.desk.writing(task)

    def check_out(self, operation: str) -> till.CheckedOut:
        charge = Charge(LineKind.TREATMENT, "Therapeutic massage", Money(12500))
        task = partial(
            till.check_out, operation=operation, client=ClientId("c-own"), charges=[charge] * 3, tenders=[]
        )
        return self.desk.writing(task)[0]

    def book(self) -> None:
        at = datetime(2027, 1, 4, 9)
        task = partial(
            booking.book,
            client=ClientId("c-own"),
            treatment=TreatmentId("t-60"),
            staff=StaffId("s-therapist"),
            at=at,
        )
        self.desk.writing(task)

    def original(self) -> None:
        pages, _ = self.desk.writing(partial(papers.original, number=self.number))
        papers.put(self.out / "receipt.pdf", pages)

    @property
    def tasks(self) -> dict[str, Callable[[], Any]]:
        return {
            "book": self.book,
            "check_out": partial(self.check_out, "scarce"),
            "pay": partial(self.money, till.take_payment, "paid", Money(2500)),
            "deposit": partial(self.money, till.take_deposit, "ahead", Money(4000)),
            "pay out": partial(self.desk.writing, partial(gifts.pay_out, operation="rest", code="SCARCE")),
            "original": self.original,
            "import": partial(portable.take_in, self.desk, self.file),
            "export": partial(portable.give_out, self.desk, self.out / "practice.json", reason="Tried"),
            "year-end": partial(year_end.export, self.desk, 2026, self.out / "set"),
            "backup": partial(custody.back_up, self.desk),
        }

    def look(self) -> None:
        found = self.desk.reading(partial(clients.search, typed="nguyen"))
        assert [client.id for client in found] == ["c-own"]


def outcome(task: Callable[[], object]) -> str:
    try:
        task()
    except Trouble as trouble:
        return trouble.code
    return "done"


def a_round(tell: Callable[[Any], None], path: Path, limit: int) -> None:
    """Do everything under the limit; whatever fails says so, reading goes on, and then all of it works."""
    office = Office(path)
    allow(limit)
    said = {name: outcome(task) for name, task in office.tasks.items()}
    assert set(said.values()) <= SAID | {"done"}, said
    office.look()
    allow(resource.RLIM_INFINITY)
    for name, task in office.tasks.items():
        if (name, said[name]) != ("book", "done"):  # an hour is held once
            task()
    litter = [
        file.name for file in path.parent.rglob("*") if disk.ASIDE in file.name or file.suffix == ".part"
    ]
    assert litter == []
    bad = [finding for finding in checks.of_practice(office.desk.vault) if not finding.ok]
    assert not bad, bad
    opened = office.desk.vault.raw()
    assert opened.execute("SELECT count(*) FROM invoices").fetchone() == (3,)
    assert opened.execute("SELECT sum(amount_cents) FROM payments").fetchone() == (900 + 2500 + 4000,)
    paid_out = "SELECT json_each.value ->> 'cents' FROM gifts, json_each(gifts.paid_out)"
    assert opened.execute(paid_out).fetchall() == [(900,)]
    opened.close()
    office.desk.close()
    tell(said)


def main(folder: str, model: str, rounds: str, bug: str = "") -> None:
    bugs.plant(bug)
    failed = 0
    for n in range(int(rounds)):
        path = practices.copied(Path(model), Path(folder) / "live")
        life = deaths.life(partial(a_round, path=path, limit=LARGEST * n // int(rounds)))
        failed += sum(word != "done" for word in life.said[0].values())
        shutil.rmtree(path.parent)
    deaths.report(failed=failed)


if __name__ == "__main__":
    main(*sys.argv[1:])
