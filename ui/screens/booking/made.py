"""A booking made, and how it is taken back and made again."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from clinic.office import booking, clients

if TYPE_CHECKING:
    from clinic.office.booking import Booked
    from clinic.values import AppointmentId, ClientId
    from ui.runner import Runner


class Made:
    """A booking made, as the undo knows it: each time it is made again it is another one."""

    def __init__(
        self, runner: Runner, made: AppointmentId, client: ClientId | None, again: partial[Booked]
    ) -> None:
        self._runner = runner
        self._made = made
        self._client = client
        self._again = again

    def back(self) -> None:
        """Take the booking back, and put away a client taken on with it."""
        task = partial(booking.take_back, appointment=self._made, client=self._client)
        self._runner.do(task, lambda _done: None)

    def again(self) -> None:
        """Make it again."""
        self._runner.do(partial(_make_again, client=self._client, make=self._again), self._remember)

    def _remember(self, booked: Booked) -> None:
        self._made = booked.appointment


def _make_again(work: Any, *, client: ClientId | None, make: partial[Booked]) -> Booked:
    """Bring back the client who was put away with the booking, and book."""
    if client is not None:
        clients.unarchive(work, client)
        work.flush()
    return make(work)
