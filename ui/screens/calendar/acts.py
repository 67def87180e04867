"""What is done from the calendar: each act goes to the office, is said, and can be taken back by name."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from clinic.office import booking, moving, today
from clinic.office.moving import Seen
from clinic.wording import _, appointment
from ui.screens.today import taking
from ui.undo import Step

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from clinic.office.booking import Booked, Moved
    from clinic.office.diary import Entry
    from clinic.office.today import Day
    from clinic.values import AppointmentId, Refusal
    from ui.screen import Counter
    from ui.screens.calendar.fits import Wish
    from ui.screens.today.words import Do


class Acts:
    """Everything that changes a visit from here."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter
        self._runner = counter.runner

    def carry(
        self,
        wish: Wish,
        refused: Callable[[Refusal], object],
        then: Callable[[], object] | None = None,
    ) -> None:
        """Move, stretch or copy a visit; `then` is told once that is done."""
        entry = wish.entry
        room = wish.room if wish.room != entry.room else None
        no_room = wish.room is None and entry.room is not None
        if wish.copy:
            again = partial(
                moving.copy,
                appointment=entry.id,
                at=wish.at,
                staff=wish.staff,
                room=room,
                no_room=no_room,
            )
            self._runner.do(again, partial(self._copied, wish, again, then), refused)
            return
        seen = Seen(entry.at, entry.staff)
        task = partial(
            moving.move,
            appointment=entry.id,
            at=wish.at,
            staff=wish.staff if wish.staff != entry.staff else None,
            room=room,
            minutes=wish.minutes if wish.minutes != entry.minutes else None,
            no_room=no_room,
        )
        self._runner.do(partial(task, seen=seen), partial(self._moved, wish, task, then), refused)

    def _moved(
        self, wish: Wish, task: partial[Moved], then: Callable[[], object] | None, before: Moved
    ) -> None:
        if then is not None:
            then()
        stretched = wish.at == wish.entry.at and wish.minutes != wish.entry.minutes
        if stretched:
            said, name = _("The visit takes {n} minutes now.").format(n=wish.minutes), _("length of visit")
        else:
            said, name = _("Moved to {when}.").format(when=appointment(wish.at)), _("move of visit")
        self._counter.toast(said, Step(name, partial(self._put_back, before), partial(self._do, task)))

    def _put_back(self, before: Moved) -> None:
        self._do(partial(booking.put_back, before=before))

    def _do(self, task: Callable[[Any], object]) -> None:
        self._runner.do(task, _say_nothing)

    def _copied(
        self, wish: Wish, again: partial[Booked], then: Callable[[], object] | None, made: Booked
    ) -> None:
        if then is not None:
            then()
        copy = _Copy(self._do, self._runner.do, made.appointment, again)
        said = _("Booked again for {when}.").format(when=appointment(wish.at))
        self._counter.toast(said, Step(_("copy of visit"), copy.back, copy.again))

    def step(self, do: Do, entry: Entry) -> None:
        """Take a step of the day with a visit, as its line in the day stands now."""
        self._runner.ask(
            partial(today.day, on=entry.at.date()), partial(self._take, do, entry), latest="calendar/step"
        )

    def _take(self, do: Do, entry: Entry, day: Day) -> None:
        line = next((visit for visit in day.visits if visit.id == entry.id), None)
        if line is not None:
            taking.take(self._counter, do, line)


class _Copy:
    """A copy made, as the undo knows it: each time it is made again it is another one."""

    def __init__(
        self,
        do: Callable[[Callable[[Any], object]], object],
        make: Callable[..., object],
        made: AppointmentId,
        again: partial[Booked],
    ) -> None:
        self._do, self._make, self._made, self._again = do, make, made, again

    def back(self) -> None:
        """Take the copy back."""
        self._do(partial(booking.take_back, appointment=self._made))

    def again(self) -> None:
        """Make it again."""
        self._make(self._again, self._remember)

    def _remember(self, booked: Booked) -> None:
        self._made = booked.appointment


def _say_nothing(_answer: object) -> None:
    """Let a thing be done without words; the screen shows it."""
