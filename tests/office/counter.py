"""Somebody at the desk who does for one client after the other what the window would do, on whatever day."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from clinic.office import booking, charges, clients, till, year_end
from clinic.values import AppointmentId, Basis, ClientId, StaffId, State, TreatmentId
from tests import practices

if TYPE_CHECKING:
    from clinic.office.charges import Charge
    from clinic.office.desk import Desk
    from clinic.office.till import Tender

TOMAS = StaffId("s-therapist")
NOVEMBER = date(2026, 11, 18)
MASSAGE = TreatmentId("t-60")


def book(desk: Desk, at: datetime, **facts: Any) -> booking.Booked:
    """Book somebody's usual massage at a time, unless the facts say otherwise."""
    usual: dict[str, Any] = {"client": ClientId("c-own"), "treatment": MASSAGE, "staff": TOMAS, "at": at}
    return desk.writing(partial(booking.book, **(usual | facts)))[0]


class Counter:
    """Somebody at the desk who does for one client after the other what the window would."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.done = desk, 0
        self.visit: AppointmentId | None = None
        """The last one that was given."""

    def today(self, on: date) -> None:
        """Let it be the evening of this day in California."""
        self.desk.clock = lambda: datetime.combine(on + timedelta(days=1), time(4), UTC)
        self.desk.confirm()

    def take_on(self, **facts: Any) -> ClientId:
        """Take on a client, with what is kept of accounts, plan and kin."""
        known = {"born": date(1974, 3, 2), **facts}
        create = partial(clients.create, given_name="Hạnh", family_name="Nguyễn", **known)
        client: ClientId = self.desk.writing(create)[0]
        return client

    def give(
        self,
        client: ClientId,
        on: date = NOVEMBER,
        *,
        hour: int = 9,
        staff: StaffId = TOMAS,
        minutes: int = 60,
        treatment: TreatmentId = MASSAGE,
    ) -> tuple[Charge, ...]:
        """Book a visit of this day, ask the client, treat them, and take the lines the till proposes."""
        self.today(on)
        at = datetime.combine(on, time(hour))
        practices.ask_fully(self.desk, client, at=at)
        book = partial(booking.book, client=client, treatment=treatment, staff=staff, at=at, minutes=minutes)
        visit = self.desk.writing(book)[0].appointment
        self.visit = visit
        practices.check_quickly(self.desk, client)
        for state in (State.ARRIVED, State.IN_TREATMENT):
            self.desk.writing(partial(booking.advance, appointment=visit, to=state))
        return self.desk.reading(partial(charges.propose, appointment=visit)).charges

    def charge(self, client: ClientId, lines: tuple[Charge, ...], *tenders: Tender) -> till.CheckedOut:
        """Check out."""
        self.done += 1
        task = partial(
            till.check_out, operation=f"o-{self.done}", client=client, charges=lines, tenders=tenders
        )
        done: till.CheckedOut = self.desk.writing(task)[0]
        return done

    def year_of(
        self, client: ClientId, year: int = 2026, basis: Basis = Basis.PAYMENT
    ) -> tuple[int, int, int]:
        """Read a client's row of the grid: marked and paid by themselves, marked by card, paid back of before."""
        grid = self.desk.reading(partial(year_end.grid, year=year, basis=basis))
        for row in grid.rows:
            if row.client == client:
                totals = row.totals
                return (
                    totals.marked_personal.cents,
                    totals.marked_hsa_fsa.cents,
                    totals.refunds_prior_year.cents,
                )
        return 0, 0, 0
