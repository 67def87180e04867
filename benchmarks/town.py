"""A made-up town for benchmarks: clients with names of every script, and ten years of their visits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice, product
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.report import Size

LAST_DAY = date(2026, 12, 31)
DAYS = 3_130
"""Working days of ten years."""
OPENS = 8
SUNDAY = 6
LOYALTY = 1.3
"""How much oftener the first clients come than the last: at 1 all come alike."""

GIVEN, FAMILY, SYLLABLES = (
    words.split()
    for words in (
        "Maya Hạnh Γιώργος Дмитрий محمد שרה Priya สมหญิง 太郎 철수 José Zoë Łukasz Ana Noor Ines Tomás Åsa",
        "Castellanos Nguyễn Παπαδόπουλος Соколов علي כהן Sharma แก้ว 山田 김 García Müller Nowak Silva",
        "ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu qua bre tri pla ster mon",
    )
)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who lives here."""

    id: str
    given_name: str
    family_name: str
    born: date
    phone: str

    @property
    def name(self) -> str:
        """The name as it stands on paper."""
        return f"{self.given_name} {self.family_name}"


@dataclass(frozen=True, slots=True)
class Visit:
    """A slot of the diary that was taken."""

    number: int
    client: str
    therapist: int
    at: datetime


def client(number: int) -> str:
    """Name a client's file; the first come most often."""
    return f"c{number:07}"


def people(count: int) -> Iterator[Person]:
    """Go through the clients, no two of one name."""
    drawn = Random(4)
    endings = ("".join(parts) for parts in product(SYLLABLES, repeat=5))
    for number, ending in enumerate(islice(endings, count)):
        yield Person(
            client(number),
            drawn.choice(GIVEN),
            f"{drawn.choice(FAMILY)} {ending[::-1].title()}",
            date(1940, 1, 1) + timedelta(days=drawn.randrange(25_000)),
            f"({510 + number // 10_000 % 300}) 555-{number % 10_000:04}",
        )


def visits(size: Size) -> Iterator[Visit]:
    """Go through the diary from its last day backwards, hour by hour, every therapist busy."""
    drawn = Random(7)
    hours = range(OPENS, OPENS - (-size.visits // (DAYS * size.therapists)))
    days = (LAST_DAY - timedelta(days=back) for back in range(DAYS * 2))
    slots = product((day for day in days if day.weekday() != SUNDAY), hours, range(size.therapists))
    for number, (day, hour, therapist) in enumerate(islice(slots, size.visits)):
        guest = client(int(drawn.random() ** LOYALTY * size.clients))
        yield Visit(number, guest, therapist, datetime.combine(day, time(hour)))
