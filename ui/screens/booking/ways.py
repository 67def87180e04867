"""The other ways to a visit: a time that was found, a series, and the waiting list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from clinic.office import proposals
from clinic.office.series import Order
from clinic.values import ClientId, RoomId, StaffId, TreatmentId
from clinic.wording import _
from ui.screens.booking.finder import Finder
from ui.screens.booking.series import Rhythm, Start, open_series
from ui.screens.booking.waiting_entry import WaitFor, open_waiting_entry

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from clinic.office.free_times import FreeTime
    from clinic.office.proposals import Choices, Usual
    from ui.screen import Counter
    from ui.screens.booking.client import Who
    from ui.screens.booking.details import Details
    from ui.screens.booking.phrase_when import Phrase


@dataclass(frozen=True, slots=True)
class Standing:
    """A booking as it stands, from which there are other ways on."""

    counter: Counter
    choices: Choices
    form: Details
    who: Who
    taken: Callable[[], object]
    """Goes on once a time that was found is filled in."""


def other_ways(booking: Standing) -> Finder:
    """Make the line that finds a time, with the ways to a series and to the waiting list."""
    finder = Finder(booking.counter.runner, booking.choices, partial(_standing, booking))
    finder.picked.connect(partial(_take, booking))
    finder.series_asked.connect(partial(_begin_series, booking))
    finder.waiting_asked.connect(partial(_wait, booking))
    for box in (booking.form.treatment, booking.form.staff):
        box.currentIndexChanged.connect(lambda _at: finder.look_again())
    return finder


def _standing(booking: Standing) -> dict[str, Any]:
    offered = booking.form.treatment.currentData()
    return {
        "treatment": offered.id if offered is not None else None,
        "minutes": int(booking.form.minutes.chosen),
        "client": booking.who.client,
    }


def _take(booking: Standing, slot: FreeTime, phrase: Phrase) -> None:
    """Fill the booking in as the time was found; the hands go on at what is still missing."""
    if phrase.treatment is not None:
        booking.form.treatment.choose(
            next(each for each in booking.choices.treatments if each.id == phrase.treatment)
        )
    booking.form.propose_length(slot.minutes)
    booking.form.day.set_day(slot.at.date())
    booking.form.time.set_time(slot.at.time())
    booking.form.staff.choose(slot.staff)
    booking.form.room.choose(slot.room)
    booking.taken()


def _begin_series(booking: Standing) -> None:
    """Go on with as much of the booking as there is, again and again."""
    offered, staff = booking.form.treatment.currentData(), booking.form.staff.currentData()
    if booking.who.client is None:
        booking.who.field.say(_("Choose the client first: a series is booked for somebody on file."))
        booking.who.line.setFocus()
    elif offered is None or staff is None:
        booking.form.refuse("treatment", _("Nothing to choose yet: the owner adds it in the settings."))
    else:
        order = Order(
            booking.who.client,
            offered.id,
            staff,
            booking.form.room.currentData(),
            int(booking.form.minutes.chosen),
            **booking.form.wished(),
        )
        open_series(
            booking.counter,
            order,
            booking.choices,
            Start(booking.who.name, booking.form.at or booking.choices.now),
        )


def _wait(booking: Standing) -> None:
    """Put whoever is being booked on the waiting list instead."""
    offered = booking.form.treatment.currentData()
    if booking.who.client is None or offered is None:
        booking.who.field.say(_("Choose the client first: somebody on file waits."))
        booking.who.line.setFocus()
        return
    wanted = WaitFor(booking.who.client, booking.who.name, offered, int(booking.form.minutes.chosen))
    open_waiting_entry(booking.counter, booking.choices, wanted)


AGAIN = frozenset({"series", "waiting"})
"""The forms beside a booking that can be opened again by themselves."""


def open_again(counter: Counter, form: str, of: Mapping[str, str]) -> None:
    """Open again a series that was being put together, or an entry of the waiting list."""
    opened = {"series": _series_again, "waiting": _wait_again}[form]
    query = partial(_known, client=ClientId(of["client"]))
    counter.runner.ask(query, lambda known: opened(counter, of, *known))


def _known(work: Any, *, client: ClientId) -> tuple[Choices, Usual]:
    return proposals.choices(work), proposals.usual(work, client)


def _series_again(counter: Counter, of: Mapping[str, str], choices: Choices, usual: Usual) -> None:
    order = Order(
        usual.client,
        TreatmentId(of["treatment"]),
        StaffId(of["staff"]),
        RoomId(of["room"]) if "room" in of else None,
        int(of["minutes"]) if "minutes" in of else None,
        tuple(filter(None, of.get("sites", "").split(","))),
        tuple(filter(None, of.get("products", "").split(","))),
    )
    if order.treatment in {each.id for each in choices.treatments}:
        rhythm = Rhythm(*map(int, of["rhythm"].split("/"))) if "rhythm" in of else None
        open_series(counter, order, choices, Start(usual.name, datetime.fromisoformat(of["first"]), rhythm))


def _wait_again(counter: Counter, of: Mapping[str, str], choices: Choices, usual: Usual) -> None:
    offered = next((each for each in choices.treatments if each.id == of["treatment"]), None)
    if offered is not None:
        open_waiting_entry(counter, choices, WaitFor(usual.client, usual.name, offered, int(of["minutes"])))
