"""Paper: one receipt, a year's receipts in any script, and the memory they take, against plain reportlab."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from functools import lru_cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks import plain
from benchmarks.report import memory, ratio
from benchmarks.yardstick import pairs, peak_memory
from clinic.documents import receipt
from clinic.documents.sheets import (
    ChargeLine,
    Client,
    Letterhead,
    Mark,
    PaymentLine,
    Practitioner,
    ReceiptSheet,
)
from clinic.values import LineKind, Method, Money

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.report import Row, Size

BATCH = 100
SCRIPTS = (  # a name of each, and letters to make every name another
    ("Maya Castellanos", "abcdefghijklmnopqrstuvwxyz"),
    ("Nguyễn Thị Hạnh", "ắằẳẵặấầẩẫậếềểễệốồổỗộớờởỡợứừửữự"),
    ("Γιώργος Παπαδόπουλος", "αβγδεζηθικλμνξοπρστυφχψω"),
    ("Дмитрий Соколов", "абвгдежзийклмнопрстуфхцчшщэюя"),
    ("محمد علي", "بتثجحخدذرزسشصضطظعغفقكلمنهوي"),
    ("שרה כהן", "אבגדהוזחטיכלמנסעפצקרשת"),
    ("प्रिया शर्मा", "कखगघचछजझटठडढणतथदधनपफबभमयरलवशषसह"),
    ("สมหญิง แก้ว", "กขคงจฉชซญดตถทธนบปผฝพฟภมยรลวศษสหอ"),
    ("山田 太郎", "".join(map(chr, range(0x4E00, 0x5800)))),
    ("김철수", "".join(map(chr, range(0xAC00, 0xC000)))),
)


def rows(size: Size) -> Iterator[Row]:
    """Measure at the size of a practice."""
    if size.name != "S":
        return
    with TemporaryDirectory() as folder:
        yield from _measured(size, Path(folder))


def _measured(size: Size, folder: Path) -> Iterator[Row]:
    numbers = count(1)
    with plain.noted() as pages:
        for name, _ in SCRIPTS:
            receipt.written(_sheet(0, name))

    def one() -> None:
        (folder / "one.pdf").write_bytes(receipt.pdf(_sheet(next(numbers), "Maya Castellanos")))

    def plain_one() -> None:
        plain.write(pages[:1], folder / "plain.pdf")

    yield ratio("B16", "one receipt to a file", size, pairs(one, plain_one, 60), 1.0, of="plain reportlab")

    def year() -> None:
        for at in range(BATCH):
            number = next(numbers)
            (folder / f"{at}.pdf").write_bytes(receipt.pdf(_sheet(number, _name(number))))

    def plain_year() -> None:
        for at in range(BATCH):
            plain.write([pages[at % len(pages)]], folder / f"plain-{at}.pdf")

    operation = f"{BATCH} receipts of a year, ten scripts, to files"
    yield ratio("B17", operation, size, pairs(year, plain_year, 9), 0.5, of="plain reportlab")
    before = peak_memory()
    for _ in range(10):
        year()
    yield memory("B22", f"{10 * BATCH} receipts more, memory added", size, peak_memory() - before, 30)


def _name(number: int) -> str:
    name, letters = SCRIPTS[number % len(SCRIPTS)]
    return name + "".join(letters[number * step % len(letters)] for step in (3, 7, 11))


def _sheet(number: int, name: str) -> ReceiptSheet:
    return replace(
        _like(), number=f"R-2026-{number:06}", client=Client(name), verification=f"7K4MQ2RD{number:08}"
    )


@lru_cache
def _like() -> ReceiptSheet:
    day, letter = date(2026, 11, 18), date(2026, 7, 16)
    treatment = ChargeLine(
        LineKind.TREATMENT,
        "Therapeutic massage, 60 minutes",
        Money(12500),
        service_date=day,
        begins=time(16),
        ends=time(17),
        hands_on=55,
        cpt="97124",
        units=4,
    )
    return ReceiptSheet(
        "R-2026-000001",
        datetime.combine(day, time(17, 12)),
        Letterhead(
            "Fern & Harbor Massage Therapy", ("218 Juniper Row", "Alameda, CA 94501"), "(510) 555-0142"
        ),
        Practitioner("Maren Okafor", "CMT", "CAMTC", "00417", date(2027, 8, 31)),
        Client(""),
        (treatment, ChargeLine(LineKind.TIP, "Tip", Money(2000))),
        (
            PaymentLine(day, Method.HSA_CARD, Money(12500), "ending 4417", "Therapeutic massage, Nov 18"),
            PaymentLine(day, Method.CASH, Money(2000), "", "Tip"),
        ),
        (
            Mark(
                "L-2026-014",
                "Dr. Miriam Adeyemi, MD",
                letter,
                letter,
                date(2027, 1, 8),
                Money(12500),
                7,
                12,
                60,
            ),
        ),
    )
