"""Taking a step with a visit, from whatever screen shows it; each can be taken back by name."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from clinic.office import booking
from clinic.wording import _
from ui.kiosk import hand_over
from ui.screens.booking import BookFor, open_booking
from ui.screens.note import OfVisit
from ui.screens.till import ForClient
from ui.screens.today import giving_up, words
from ui.screens.today.at_the_door import go_on
from ui.screens.today.quick_check import check_before, check_on_arrival
from ui.screens.today.words import Do
from ui.undo import Step

if TYPE_CHECKING:
    from collections.abc import Callable

    from clinic.office.booking import Moved
    from clinic.office.today import VisitRow
    from ui.screen import Counter


def take(counter: Counter, do: Do, visit: VisitRow, then: Callable[[Moved], object] | None = None) -> None:
    """Take a step with a visit; `then` hears of a visit that was given up."""
    if do is Do.OPEN:
        counter.go("clients", visit.client)
    elif do is Do.NOTE:
        counter.go("note", OfVisit(visit.id))
    elif do is Do.FORM:
        hand_over(counter, visit.client)
    elif do is Do.PAY:
        _take_payment(counter, visit)
    elif do in {Do.REBOOK, Do.CHANGE}:
        again = do is Do.REBOOK
        wanted = BookFor(visit.client, like=visit.id) if again else BookFor(visit.client, visit=visit.id)
        open_booking(counter, wanted)
    elif do is Do.BEGIN:
        check_before(counter, visit.id, partial(_advance, counter, do, visit))
    elif do is Do.CANCEL:
        giving_up.cancel(counter, visit.id, then)
    elif do is Do.DECLINE:
        giving_up.decline(counter, visit, then)
    elif do is Do.FREE_PASS and visit.fee:
        giving_up.free_pass(counter, visit)
    elif do is Do.ASK_FEE:
        giving_up.ask_after_all(counter, visit)
    elif do in words.LEADS_TO:
        _advance(counter, do, visit)


def _take_payment(counter: Counter, visit: VisitRow) -> None:
    """Charge the visit, or take what is open of what was charged."""
    off = visit.state in words.FELL_THROUGH
    if not visit.charged and (visit.fee or not off):
        counter.go("till", visit.id)
    elif visit.open.cents > 0:
        counter.go("till", ForClient(visit.client))
    else:
        counter.toast(_("Nothing is asked for this visit.") if off else _("This visit is paid."))


def _advance(counter: Counter, do: Do, visit: VisitRow) -> None:
    go_on(counter, visit, words.LEADS_TO[do], visit.at.date(), partial(_advanced, counter, do))


def _advanced(counter: Counter, do: Do, before: Moved) -> None:
    said, name = words.done(do)
    again = partial(booking.advance, appointment=before.appointment, to=words.LEADS_TO[do])
    step = Step(
        name,
        lambda: counter.runner.do(partial(booking.put_back, before=before), _say_nothing),
        lambda: counter.runner.do(again, _say_nothing),
    )
    counter.toast(said, step)
    if do is Do.ARRIVE:
        check_on_arrival(counter, before.appointment)


def _say_nothing(_answer: object) -> None:
    """Let a thing be done without words; the screen shows it."""
