"""Kill whoever stands at the till, again and again, and look at what is in it.

Run as a program with a folder, a practice to copy, a number of rounds, a seed, and perhaps a bug to plant.
"""

from __future__ import annotations

import hashlib
import json
import random
import sys
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clinic.office import booking, gifts, papers, reversals, till
from clinic.office.charges import Charge
from clinic.storage import checks, keys, marks
from clinic.storage.opening import open_vault
from clinic.values import (
    ClientId,
    InvoiceId,
    LineKind,
    Method,
    Money,
    PaymentId,
    Refusal,
    StaffId,
    TreatmentId,
)
from tests import practices
from tests.soak import bugs, deaths

if TYPE_CHECKING:
    from collections.abc import Callable

    from clinic.office.desk import Desk
    from clinic.storage.vault import Vault
    from clinic.storage.work import Work

ROUNDS_OF_A_FILE = 50
ASKED_OF_A_CHILD = 4


@dataclass(frozen=True, slots=True)
class Ask:
    """Something asked of the till; its key is the operation's id where there is one."""

    key: str
    kind: str
    facts: dict[str, Any]


def check_out(work: Work, ask: Ask) -> dict[str, Any]:
    done = till.check_out(
        work,
        operation=ask.key,
        client=ClientId(ask.facts["client"]),
        charges=[
            Charge(LineKind.TREATMENT, "Therapeutic massage", Money(12500)),
            Charge(LineKind.TIP, "Tip", Money(2000)),
        ],
        tenders=[till.Tender(Method.CARD, Money(ask.facts["paid"]))],
    )
    return {"invoice": done.invoice, "number": done.number, "balance": done.balance.cents}


def take_payment(work: Work, ask: Ask) -> dict[str, Any]:
    done = till.take_payment(
        work,
        operation=ask.key,
        client=ClientId(ask.facts["client"]),
        tenders=[till.Tender(Method.CASH, Money(ask.facts["paid"]))],
    )
    return {"payments": list(done.payments), "numbers": list(done.numbers)}


def take_deposit(work: Work, ask: Ask) -> dict[str, Any]:
    tenders = [till.Tender(Method.CHECK, Money(ask.facts["paid"]))]
    done = till.take_deposit(work, operation=ask.key, client=ClientId(ask.facts["client"]), tenders=tenders)
    return {"payments": list(done.payments), "numbers": list(done.numbers)}


def sell_gift(work: Work, ask: Ask) -> dict[str, Any]:
    worth = Money(ask.facts["paid"])
    done = till.check_out(
        work,
        operation=ask.key,
        client=ClientId(ask.facts["client"]),
        charges=[Charge(LineKind.GIFT_SALE, "Gift", worth, gift_code=ask.key)],
        tenders=[till.Tender(Method.CARD, worth)],
    )
    return {"invoice": done.invoice, "number": done.number, "balance": done.balance.cents}


def pay_out(work: Work, ask: Ask) -> dict[str, Any]:
    return {"cents": gifts.pay_out(work, operation=ask.key, code=ask.facts["code"]).cents}


def refund(work: Work, ask: Ask) -> dict[str, Any]:
    done = reversals.refund(
        work, operation=ask.key, payment=PaymentId(ask.facts["payment"]), amount=Money(25), reason="Tried"
    )
    return {"refund": done.refund, "number": done.number}


def void(work: Work, ask: Ask) -> dict[str, Any]:
    return {"number": reversals.void(work, InvoiceId(ask.facts["invoice"]), reason="Tried")}


def book(work: Work, ask: Ask) -> dict[str, Any]:
    done = booking.book(
        work,
        client=ClientId(ask.facts["client"]),
        treatment=TreatmentId("t-60"),
        staff=StaffId("s-therapist"),
        at=datetime.fromisoformat(ask.facts["at"]),
    )
    return {"appointment": done.appointment}


def original(work: Work, ask: Ask) -> dict[str, Any]:
    pages = papers.original(work, number=ask.facts["number"])
    return {"sha256": hashlib.sha256(pages).hexdigest()}


TASKS: dict[str, Callable[[Work, Ask], dict[str, Any]]] = {
    task.__name__: task
    for task in (check_out, take_payment, take_deposit, sell_gift, pay_out, refund, void, book, original)
}
AGAIN = {"void": "already_void", "book": "slot_taken", "original": ""}
"""What is said to those who ask once more for what has no operation's id, and was done."""


def carry_out(tell: Callable[[Any], None], *, path: Path, asks: list[Ask]) -> None:
    """Stand at the till: do what is asked, and tell of each thing once it is done."""
    desk = practices.sit_down(path)
    for ask in asks:
        answer_to(desk, ask, tell)
    desk.close()


def answer_to(desk: Desk, ask: Ask, tell: Callable[[Any], None]) -> None:
    try:
        answer, _ = desk.writing(lambda work: TASKS[ask.kind](work, ask))
    except Refusal as refusal:
        answer = {"refused": refusal.code}
    tell([ask.key, answer])


@dataclass
class Book:
    """What was asked of one practice, and what was answered."""

    path: Path
    chance: random.Random
    asked: dict[str, Ask] = field(default_factory=dict)
    told: dict[str, dict[str, Any]] = field(default_factory=dict)
    many: int = ASKED_OF_A_CHILD
    open: Ask | None = None
    slots: int = 0

    def some_asks(self) -> list[Ask]:
        """First what was asked and not answered, then something new, then something answered before."""
        asks = [self.open] if self.open else []
        asks += [self._new() for _ in range(self.many)]
        kept = [
            key
            for key, answer in self.told.items()
            if "refused" not in answer and self.asked[key].kind not in AGAIN
        ]
        if kept:
            asks.append(self.asked[self.chance.choice(kept)])
        return asks

    def _new(self) -> Ask:
        answers = [(self.asked[key].kind, answer) for key, answer in self.told.items()]
        invoices = [a["invoice"] for kind, a in answers if kind == "check_out" and "invoice" in a]
        numbers = [a["number"] for _, a in answers if "number" in a]
        payments = [p for _, a in answers for p in a.get("payments", ())]
        codes = [
            key for key, a in self.told.items() if self.asked[key].kind == "sell_gift" and "invoice" in a
        ]
        kinds = ["check_out", "check_out", "take_payment", "take_deposit", "sell_gift", "book"]
        kinds += ["pay_out"] * bool(codes)
        kinds += ["refund"] * bool(payments) + ["void"] * bool(invoices) + ["original"] * bool(numbers)
        kind = self.chance.choice(kinds) if self.asked else "check_out"
        facts: dict[str, Any] = {"client": self.chance.choice(["c-own", "c-other"])}
        if kind in {"check_out", "take_payment", "take_deposit", "sell_gift"}:
            facts["paid"] = self.chance.choice([300, 1250, 4000])
        elif kind == "pay_out":
            facts["code"] = self.chance.choice(codes)
        elif kind == "refund":
            facts["payment"] = self.chance.choice(payments)
        elif kind == "void":
            facts["invoice"] = self.chance.choice(invoices)
        elif kind == "original":
            facts["number"] = self.chance.choice(numbers)
        else:
            self.slots += 1
            day, hour = divmod(self.slots, 8)
            facts["at"] = (datetime(2027, 1, 4, 9) + timedelta(days=day, hours=hour)).isoformat()
        return Ask(f"op-{len(self.asked)}-{self.chance.getrandbits(48):x}", kind, facts)

    def hear(self, asks: list[Ask], said: list[Any]) -> None:
        """Note what was answered; the one asked next may have been done or not."""
        answers = [line for line in said if isinstance(line, list)]
        for key, answer in answers:
            before = self.told.get(key)
            again = {"refused": AGAIN.get(self.asked[key].kind if key in self.asked else "")}
            assert before in (None, answer) or answer == again, (key, before, answer)
            self.told.setdefault(key, answer)
        reached = asks[: len(answers) + 1]
        self.asked |= {ask.key: ask for ask in reached}
        left = reached[len(answers) :]
        self.open = left[0] if left and left[0].key not in self.told else None

    def look(self) -> None:
        """Whatever was answered is there, nothing is there half, and every sum agrees."""
        vault = open_vault(
            self.path, keys.unlock(self.path, practices.PEOPLE["owner"], practices.PASSWORD).data_key
        )
        try:
            bad = [finding for finding in checks.of_practice(vault) if not finding.ok]
            assert not bad, bad
            Till(vault).agrees_with(self)
        finally:
            vault.close()


class Till:
    """What the file says was done at the till."""

    def __init__(self, vault: Vault) -> None:
        self.mark = marks.read(vault)
        self.opened = vault.raw()
        self.numbers = marks.numbers_in(self.opened)

    def rows(self, statement: str, *facts: object) -> list[tuple[Any, ...]]:
        return list(self.opened.execute(statement, facts))

    def count(self, what: str, *facts: object) -> int:
        return int(self.rows(f"SELECT count(*) FROM {what}", *facts)[0][0])  # noqa: S608 - words of this file

    def agrees_with(self, book: Book) -> None:
        try:
            assert self.rows("PRAGMA synchronous") == [(2,)]
            self.nothing_is_half_done()
            self.the_money_agrees(book)
            for key, answer in book.told.items():
                self.is_there(book.asked[key], answer)
        finally:
            self.opened.close()

    def nothing_is_half_done(self) -> None:
        for made, papered in (("invoices", "invoice"), ("refunds", "refund")):
            bare = f"{made} WHERE id NOT IN (SELECT {papered} FROM papers WHERE {papered} NOT NULL)"  # noqa: S608 - as above
            assert self.count(bare) == 0, made
        assert self.count("payments WHERE number NOT NULL AND number NOT IN (SELECT number FROM papers)") == 0
        for tasks, made in (
            ("'check_out'", "invoices"),
            ("'take_payment', 'take_deposit'", "payments WHERE number NOT NULL"),
            ("'refund'", "refunds"),
            ("'pay_out'", "gifts, json_each(gifts.paid_out)"),
        ):
            assert self.count(f"operations WHERE task IN ({tasks})") == self.count(made), tasks
        for table in (
            "invoices",
            "lines",
            "payments",
            "refunds",
            "papers",
            "gifts",
            "appointments",
            "operations",
        ):
            noted = self.count("audit WHERE action = 'created' AND object LIKE ?", f"{table}/%")
            assert noted == self.count(table), table
        assert self.mark is not None
        assert all(self.mark.numbers.get(key, 0) >= last for key, last in self.numbers.items()), (
            "mark too low"
        )

    def the_money_agrees(self, book: Book) -> None:
        # A look at all visits after the rule book changed is an operation too; nobody asks for it.
        done = {key for (key,) in self.rows("SELECT id FROM operations WHERE task != 'judge_again'")}
        assert done <= set(book.asked), "done and never asked"
        paid = sum(book.asked[key].facts.get("paid", 0) for key in done)
        assert self.rows("SELECT coalesce(sum(amount_cents), 0) FROM payments") == [(paid,)]
        too_much = """
            payments p WHERE amount_cents < (SELECT sum(amount_cents) FROM allocations WHERE payment = p.id)"""
        assert self.count(too_much) == 0
        overpaid = """
            lines l WHERE price_cents < (SELECT sum(amount_cents) FROM allocations WHERE line = l.id)"""
        assert self.count(overpaid) == 0
        assert self.rows("SELECT at, count(*) FROM appointments GROUP BY at HAVING count(*) > 1") == []

    def is_there(self, ask: Ask, answer: dict[str, Any]) -> None:
        if "refused" in answer:
            assert self.count("operations WHERE id = ?", ask.key) == 0
        elif ask.kind == "book":
            assert self.count("appointments WHERE id = ?", answer["appointment"]) == 1
        elif ask.kind == "void":
            assert self.count("invoices WHERE id = ? AND void_on NOT NULL", ask.facts["invoice"]) == 1
        elif ask.kind == "original":
            kept = "SELECT pages_hash, void_on FROM papers LEFT JOIN invoices i ON i.id = invoice"
            ((pages, void),) = self.rows(f"{kept} WHERE papers.number = ?", ask.facts["number"])
            assert pages == answer["sha256"] or (pages and void)  # a voided one was handed out with a stamp
        else:
            ((outcome,),) = self.rows("SELECT outcome FROM operations WHERE id = ?", ask.key)
            assert json.loads(outcome) == answer


def main(folder: str, model: str, rounds: str, seed: str, bug: str = "") -> None:
    chance = random.Random(seed)
    template = Path(model)
    bugs.plant(bug)

    def fresh(name: str) -> Book:
        book = Book(practices.copied(template, Path(folder) / name), chance)
        book.many = 2 if bug else ASKED_OF_A_CHILD
        return book

    book = fresh("trial")
    trial = partial(carry_out, path=book.path, asks=book.some_asks())
    started = time.perf_counter()
    steps = deaths.steps_of(trial)
    took = time.perf_counter() - started
    died = told = 0
    for n, end in enumerate(deaths.ends(chance, int(rounds), steps, 0 if bug else took)):
        if n % ROUNDS_OF_A_FILE == 0:
            book = fresh(f"file-{n}")
        asks = book.some_asks()
        before = len(book.told)
        life = deaths.life(partial(carry_out, path=book.path, asks=asks), **end)
        book.hear(asks, life.said)
        book.look()
        died += life.died
        told += len(book.told) - before
    deaths.report(deaths=died, told=told, steps=steps)


if __name__ == "__main__":
    main(*sys.argv[1:])
