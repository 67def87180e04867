"""The desk: a signed-in person, through whom every task reaches the practice file."""

from __future__ import annotations

import gc
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

from clinic.storage.work import Actor, Work

if TYPE_CHECKING:
    from collections.abc import Callable

    from clinic.storage.vault import Vault
    from clinic.values import Topic

T = TypeVar("T")


def now() -> datetime:
    """Read the machine's clock: the only place that does."""
    return datetime.now(UTC)


def _follow(work: Work) -> None:
    from clinic.workroom.consequences import follow  # noqa: PLC0415 - the rule book is read once work is done, not at start

    follow(work)


@dataclass(slots=True)
class Desk:
    """Where one person works on one practice file."""

    vault: Vault
    actor: Actor
    clock: Callable[[], datetime] = now

    def __post_init__(self) -> None:
        """Let the collector pass over all there is by now, which stays as long as somebody works here."""
        # To look through it all again takes longer than to open a client's page of ten years.
        gc.freeze()

    def reading(self, task: Callable[[Work], T]) -> T:
        """Do a task that only looks, on one moment of the file."""
        with Work(self.vault, self.actor, self.clock(), reading=True) as work:
            return task(work)

    def writing(self, task: Callable[[Work], T]) -> tuple[T, frozenset[Topic]]:
        """Do a task as a whole or not at all, and tell what it touched."""
        with Work(self.vault, self.actor, self.clock()) as work:
            answer = task(work)
            _follow(work)
        return answer, frozenset(work.topics)

    def confirm(self) -> None:
        """Note that the password was just given again."""
        self.actor = self.actor.confirmed(self.clock())

    def close(self) -> None:
        """Close the file and drop its keys."""
        self.vault.close()
        gc.unfreeze()
