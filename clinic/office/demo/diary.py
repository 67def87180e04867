"""The diary of the demo: who came when, who is booked, and never two people on one table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING

from clinic.office.demo.catalogue import Urn, listed
from clinic.office.demo.people import Visit
from clinic.values import (State, HOLDING)

if TYPE_CHECKING:
    from random import Random

    from clinic.office.demo.house import Colleague, House, Treatment
    from clinic.office.demo.people import Client

QUARTER = 15
ON_THE_TABLE = 20
"""Minutes since which, at the least, somebody is on the table when the demo is made."""
EARLY = timedelta(hours=1)
"""How long before their time somebody may already sit in the waiting room."""
CLOSED = ((1, 1), (7, 4), (12, 25))
"""Holidays, unless the demo is made on one."""
A_YEAR = 365
VISITS_A_YEAR = 12
"""What an ordinary client of a small practice comes to."""
FULL = 0.97
"""The part of all working time that may be sold; more would leave people waiting for weeks."""
LEAST_DAYS = 5
SHORTEST = 40
LIVELY = range(-7, 12)
"""Days around today on which the calendar is well filled."""
LIVELY_VISITS = (3, 6)
PULL = 14
"""How many days ahead of their time people are asked in, once more, to fill it."""

AHEAD = Urn((State.CONFIRMED, State.CANCELLED), (95, 5))
BEHIND = Urn(
    (State.DONE, State.CANCELLED, State.LATE_CANCEL, State.NO_SHOW, State.DECLINED), (896, 45, 27, 25, 7)
)
FREED = frozenset(State) - HOLDING
HELD = "S3"

# How often things happen, of one.
UNDECIDED_A_DAY = 0.014  # has not booked yet, for each day ahead
SAME_WEEKDAY = 0.6
RESTING = 0.06  # comes for rest instead of the usual
LONGER = 0.06
CUT_SHORT = 0.12
NOT_CONFIRMED = 0.15


@dataclass(slots=True)
class Page:
    """One therapist's day: the room, and the stretches that are still free."""

    colleague: Colleague
    room: str
    free: list[tuple[int, int, int, int]]
    """From, to, and the opening hours around them; buffers may reach a little beyond these."""
    visits: int = 0

    def take(self, treatment: Treatment, wish: int) -> int | None:
        """Find the start nearest to a wish that leaves no useless gap, and hold it, buffers included."""
        best: tuple[int, int, int] | None = None
        for place, (begins, ends, opens, closes) in enumerate(self.free):
            first = -(-max(begins + treatment.before, opens) // QUARTER) * QUARTER
            last = (min(ends - treatment.after, closes) - treatment.minutes) // QUARTER * QUARTER
            if first > last:
                continue
            starts = (
                (first, last) if ends - begins < 4 * SHORTEST else (first, last, min(max(wish, first), last))
            )
            start = min(starts, key=lambda start: abs(start - wish))
            if best is None or abs(start - wish) < best[0]:
                best = (abs(start - wish), place, start)
        if best is None:
            return None
        _, place, start = best
        begins, ends, opens, closes = self.free.pop(place)
        left = (begins, start - treatment.before), (start + treatment.minutes + treatment.after, ends)
        self.free.extend((a, b, opens, closes) for a, b in left if b - a >= SHORTEST)
        self.visits += 1
        return start


class Diary:
    """Fills the calendar day by day, from the first to the last day that anybody is booked."""

    def __init__(
        self, house: House, clients: list[Client], dice: Random, start: date, now: datetime
    ) -> None:
        self.house, self.clients, self.dice = house, clients, dice
        self.start, self.today, self.now = start, now.date(), now
        self._on_the_table = (60 * now.hour + now.minute - ON_THE_TABLE) // QUARTER * QUARTER
        self.visits: list[Visit] = []
        self._reasons = listed("notes")["reasons"]

    def fill(self, last: date) -> list[Visit]:
        """Book everybody at their own rhythm, as far as there is room."""
        pace = self._pace(last)
        due = [((client.since - self.start).days, client.number) for client in self.clients]
        heapify(due)
        seen: dict[int, int] = {}
        for n in range((last - self.start).days + 1):
            day = self.start + timedelta(days=n)
            pages = self._open(day)
            waiting = []
            while due and due[0][0] <= n and any(page.free for page in pages):
                client = self.clients[heappop(due)[1] - 1]
                if day > client.until:
                    continue
                if not self._book(client, day, pages, first=client.number not in seen):
                    waiting.append((n + 1, client.number))
                    continue
                seen[client.number] = n
                heappush(due, (n + self._interval(client, pace), client.number))
            for item in waiting:
                heappush(due, item)
            if (day - self.today).days in LIVELY:
                self._enliven(n, day, pages, due, seen)
        self.visits.sort(key=lambda visit: (visit.at, visit.staff))
        for number, visit in enumerate(self.visits, 1):
            visit.id = f"v-{number:06}"
            visit.client.visits.append(visit)
        self._settle()
        return self.visits

    def _pace(self, last: date) -> float:
        """Days between visits of a client of usual rhythm, so that the calendar can hold them all."""
        days = (last - self.start).days + 1
        weekly = sum(b - a for colleague in self.house.treating for day in colleague.week for a, b in day)
        offered = [(one.minutes + one.before + one.after, one.weight) for one in self.house.offered.values()]
        usual = sum(length * weight for length, weight in offered) / sum(weight for _, weight in offered)
        room = FULL * weekly * days / 7 / usual
        wanted = sum(client.rhythm * ((client.until - client.since).days + 1) for client in self.clients)
        asked = VISITS_A_YEAR * wanted / A_YEAR
        return max(A_YEAR / VISITS_A_YEAR, A_YEAR / VISITS_A_YEAR * asked / room)

    def _interval(self, client: Client, pace: float) -> int:
        days = pace / client.rhythm * self.dice.uniform(0.8, 1.25)
        weeks = round(days / 7) * 7
        return max(LEAST_DAYS, weeks if weeks and self.dice.random() < SAME_WEEKDAY else round(days))

    def _open(self, day: date) -> list[Page]:
        if (day.month, day.day) in CLOSED and day != self.today:
            return []
        rooms = self.house.rooms
        return [
            Page(
                colleague,
                rooms[(place + day.toordinal()) % len(rooms)]["id"],
                [(a - QUARTER, b + QUARTER, a, b) for a, b in colleague.week[day.weekday()]],
            )
            for place, colleague in enumerate(self.house.treating)
            if colleague.week[day.weekday()]
        ]

    def _enliven(
        self, n: int, day: date, pages: list[Page], due: list[tuple[int, int]], seen: dict[int, int]
    ) -> None:
        """Ask people in once more before their time; they come then as well."""
        wanted = {page.room: self.dice.randint(*LIVELY_VISITS) for page in pages}
        asked = []
        while due and due[0][0] <= n + PULL:
            quiet = [page for page in pages if page.visits < wanted[page.room]]
            if not quiet:
                break
            when, number = heappop(due)
            client = self.clients[number - 1]
            rested = n - seen.get(number, -A_YEAR) >= LEAST_DAYS
            if rested and day <= client.until and self._book(client, day, quiet, first=number not in seen):
                seen[number] = n
                when = max(when, n + LEAST_DAYS)
            asked.append((when, number))
        for entry in asked:
            heappush(due, entry)

    def _book(self, client: Client, day: date, pages: list[Page], *, first: bool) -> bool:
        ahead = (day - self.today).days
        if ahead > 0 and self.dice.random() < UNDECIDED_A_DAY * ahead:
            return True  # has not booked that far ahead, and will be asked again in time
        treatment = self.house.offered["t-first-75"] if first else self._treatment(client, day)
        state, reason = self._fate(ahead)
        fits = [page for page in pages if page.colleague.prenatal or treatment.technique != "PN"]
        own = self.house.treating[client.therapist % len(self.house.treating)]
        fits.sort(key=lambda page: page.colleague is not own)
        for page in fits:
            held = page.free.copy(), page.visits
            around_now = day == self.today and not page.visits
            start = page.take(treatment, self._on_the_table if around_now else client.wish)
            if start is None:
                continue
            if state in FREED:
                page.free, page.visits = held
            at = datetime.combine(day, time.min) + timedelta(minutes=start)
            self.visits.append(Visit(client, page.colleague.id, page.room, treatment, at, state, reason))
            return True
        return False

    def _treatment(self, client: Client, day: date) -> Treatment:
        offered = self.house.offered
        special = client.story.get("treatment")
        if special is not None and day >= self.today - timedelta(days=client.story["for_days"]):
            return offered["t-prenatal-75"] if self.dice.random() < RESTING else offered[special]
        chance = self.dice.random()
        if chance < RESTING:
            return offered["t-relaxation-60"]
        if chance < RESTING + LONGER and client.treatment.id == "t-therapeutic-60":
            return offered["t-therapeutic-90"]
        return client.treatment

    def _fate(self, ahead: int) -> tuple[State, str | None]:
        state = (AHEAD if ahead >= 0 else BEHIND).draw(self.dice)
        reasons = self._reasons.get(state.value) if state in FREED else None
        return state, self.dice.choice(reasons) if reasons else None

    def _settle(self) -> None:
        """Let today stand at the hour it is: what is over is done, who is on the table lies there, the rest come."""
        arrived = False
        for visit in self.visits:
            if visit.state is State.CONFIRMED:
                visit.state = self._standing(visit, arrived=arrived)
                arrived = arrived or visit.state is State.ARRIVED
                if visit.state is State.TENTATIVE:
                    visit.reason = self._reasons["tentative"][not _is_held(visit.client)]
            if visit.state is State.DONE and self.dice.random() < CUT_SHORT:
                visit.minutes_given = visit.treatment.minutes - 5

    def _standing(self, visit: Visit, *, arrived: bool) -> State:
        if visit.ends <= self.now:
            return State.DONE
        if visit.at <= self.now:
            return State.IN_TREATMENT
        if _is_held(visit.client):
            return State.TENTATIVE
        if visit.at <= self.now + EARLY and not arrived:
            return State.ARRIVED
        return State.TENTATIVE if self.dice.random() < NOT_CONFIRMED else State.CONFIRMED


def _is_held(client: Client) -> bool:
    """Tell who cannot be booked firmly before a clinician has written."""
    return bool(client.story["severity"] >= HELD) and "clearance" not in client.story
