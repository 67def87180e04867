"""The other ways to a visit: a time that was found, a series, and the waiting list."""

from __future__ import annotations

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
    from collections.abc import Mapping

    from clinic.office.free_times import FreeTime
    from clinic.office.proposals import Choices, Usual
    from ui.screen import Counter
    from ui.screens.booking.panel import BookingPanel
    from ui.screens.booking.phrase_when import Phrase


def other_ways(panel: BookingPanel) -> Finder:
    """Make the line that finds a time, with the ways to a series and to the waiting list."""
    finder = Finder(panel.counter.runner, panel.choices, partial(_standing, panel))
    finder.picked.connect(partial(_take, panel))
    finder.series_asked.connect(partial(_begin_series, panel))
    finder.waiting_asked.connect(partial(_wait, panel))
    for box in (panel.treatment, panel.staff):
        box.currentIndexChanged.connect(lambda _at: finder.look_again())
    return finder


def _standing(panel: BookingPanel) -> dict[str, Any]:
    offered = panel.treatment.currentData()
    return {
        "treatment": offered.id if offered is not None else None,
        "minutes": int(panel.minutes.chosen),
        "client": panel.who.client,
    }


def _take(panel: BookingPanel, slot: FreeTime, phrase: Phrase) -> None:
    """Fill the booking in as the time was found; the hands go on at what is still missing."""
    if phrase.treatment is not None:
        panel.treatment.choose(next(each for each in panel.choices.treatments if each.id == phrase.treatment))
    panel.propose_length(slot.minutes)
    panel.day.set_day(slot.at.date())
    panel.time.set_time(slot.at.time())
    panel.staff.choose(slot.staff)
    panel.room.choose(slot.room)
    panel.look()
    (panel.button if panel.who.known else panel.who.line).setFocus()


def _begin_series(panel: BookingPanel) -> None:
    """Go on with as much of the booking as there is, again and again."""
    offered, staff = panel.treatment.currentData(), panel.staff.currentData()
    if panel.who.client is None:
        panel.who.field.say(_("Choose the client first: a series is booked for somebody on file."))
        panel.who.line.setFocus()
    elif offered is None or staff is None:
        panel.form.refuse("treatment", _("Nothing to choose yet: the owner adds it in the settings."))
    else:
        order = Order(
            panel.who.client,
            offered.id,
            staff,
            panel.room.currentData(),
            int(panel.minutes.chosen),
            **panel.form.wished(),
        )
        open_series(panel.counter, order, panel.choices, Start(panel.who.name, panel.at or panel.choices.now))


def _wait(panel: BookingPanel) -> None:
    """Put whoever is being booked on the waiting list instead."""
    offered = panel.treatment.currentData()
    if panel.who.client is None or offered is None:
        panel.who.field.say(_("Choose the client first: somebody on file waits."))
        panel.who.line.setFocus()
        return
    wanted = WaitFor(panel.who.client, panel.who.name, offered, int(panel.minutes.chosen))
    open_waiting_entry(panel.counter, panel.choices, wanted)


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
