"""The series of a treatment plan: as many visits as are left, as often as the plan says, at the usual hour."""

from __future__ import annotations

from datetime import datetime, time
from functools import partial
from typing import TYPE_CHECKING, Any

from clinic.office import proposals
from clinic.office.series import Order
from ui.screens.booking.panel import open_booking
from ui.screens.booking.series import Rhythm, Start, open_series
from ui.screens.booking.wanted import BookFor

if TYPE_CHECKING:
    from clinic.office.plans import PlanCard
    from clinic.office.proposals import Choices, Usual
    from clinic.values import ClientId
    from ui.screen import Counter

NINE = time(9)


def book_plan(counter: Counter, client: ClientId, plan: PlanCard) -> None:
    """Look the series of a plan over at the right, before all its visits are booked at once."""
    counter.runner.ask(
        partial(_choices_and_usual, client=client), lambda found: _open(counter, client, plan, *found)
    )


def _choices_and_usual(work: Any, *, client: ClientId) -> tuple[Choices, Usual]:
    return proposals.choices(work), proposals.usual(work, client)


def _open(counter: Counter, client: ClientId, plan: PlanCard, choices: Choices, usual: Usual) -> None:
    facts = plan.facts
    treatments = [each.id for each in choices.treatments]
    therapists = [key for key, _name in choices.therapists]
    treatment = next((each for each in (facts.treatment, usual.treatment) if each in treatments), None)
    staff = next((each for each in (usual.staff, choices.me, *therapists) if each in therapists), None)
    if treatment is None or staff is None:  # what it is to be is chosen in a booking first
        open_booking(counter, BookFor(client, minutes=facts.minutes))
        return
    order = Order(client, treatment, staff, usual.room, facts.minutes)
    rhythm = Rhythm(*rhythm_of(facts.times, facts.weeks), plan.progress.left)
    open_series(counter, order, choices, Start(usual.name, _first(plan, choices, usual), rhythm))


def rhythm_of(times: int, weeks: int) -> tuple[int, int]:
    """Say how many visits come in a week, and every how many weeks."""
    return (times, 1) if weeks <= 1 else (1, max(1, round(weeks / times)))


def _first(plan: PlanCard, choices: Choices, usual: Usual) -> datetime:
    """Begin on the day the plan does; where that has passed, when the client would come next anyway."""
    again = usual.again
    if plan.facts.begins_on > choices.now.date():
        return datetime.combine(plan.facts.begins_on, again.time() if again else NINE)
    return again or choices.now
