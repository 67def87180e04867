"""Keeping a letter while it is typed: only what changed, by fields, with one way back for all of it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from clinic.office import letters
from clinic.wording import _
from clinic.wording.refusals import sentence
from ui.screens.clients import scans
from ui.undo import Step

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from clinic.office.letters import Details
    from clinic.values import ClientId, LetterId, LetterKind, Refusal
    from ui.screen import Counter

Facts = dict[str, Any]


class Keeper:
    """Knows what of a letter is on file, and what it said when its panel was opened."""

    def __init__(self, counter: Counter, details: Details) -> None:
        self._counter = counter
        self._details = details
        self._version = details.version
        self._busy = False
        self._before: Facts = {}
        self._after: Facts = {}
        self._bad: Facts = {}
        """What was refused as it is typed now; it is not tried again before it is typed anew."""

    def changes(self, facts: Mapping[str, Any]) -> Facts:
        """Name what is typed and not on file."""
        known = self._details.facts
        return {
            name: fact
            for name, fact in facts.items()
            if (fact or None) != (known[name] or None) and self._bad.get(name, self) != fact
        }

    def keep(
        self, facts: Mapping[str, Any], kept: Callable[[], object], refused: Callable[[Refusal], object]
    ) -> None:
        """Keep what changed; a field that is refused keeps the others from nothing."""
        changes = self.changes(facts)
        if not changes or self._busy:
            return
        self._busy = True
        task = partial(_edit, letter=self._details.id, changes=changes, version=self._version)

        def then(answer: tuple[Facts, int]) -> None:
            before, self._version = answer
            self._busy = False
            self._remember(before, changes)
            kept()

        def failed(refusal: Refusal) -> None:
            self._busy = False
            at = (refusal.at or "").split("/", 1)[0]
            refused(refusal)
            if at in changes:
                self._bad[at] = changes[at]
                self.keep(facts, nothing, refused)

        self._counter.runner.do(task, then, failed)

    def leave(self, facts: Mapping[str, Any]) -> None:
        """Keep what is left to keep, and say once that the letter changed, with the way back."""
        counter, letter = self._counter, self._details.id
        changes = self.changes(facts)

        def told(before: Facts) -> None:
            self._remember(before, changes)
            first, last = dict(self._before), dict(self._after)
            step = Step(
                _("change of letter"),
                back=lambda: counter.runner.do(partial(rewrite, letter=letter, facts=first), nothing),
                again=lambda: counter.runner.do(partial(rewrite, letter=letter, facts=last), nothing),
            )
            counter.toast(_("Letter changed"), step)

        if changes:
            task = partial(rewrite, letter=letter, facts=changes)
            counter.runner.do(task, told, lambda refusal: counter.toast(sentence(refusal)))
        elif self._after:
            told({})

    def _remember(self, before: Facts, changes: Facts) -> None:
        self._before = {**before, **self._before}
        self._after.update(changes)
        self._details = replace(self._details, facts={**self._details.facts, **changes})


def _edit(work: Any, *, letter: LetterId, changes: Facts, version: int) -> tuple[Facts, int]:
    before = letters.edit(work, letter, changes, version=version)
    return before, letters.version_of(work, letter)


def rewrite(work: Any, *, letter: LetterId, facts: Facts) -> Facts:
    """Write facts of a letter, whatever version it is at now, and answer what they were."""
    return letters.edit(work, letter, facts, version=letters.version_of(work, letter))


def put_on_file(
    work: Any,
    *,
    client: ClientId,
    kind: LetterKind,
    facts: Facts,
    scan: scans.Brought | None,
    follows: LetterId | None,
) -> LetterId:
    """Put a new letter on file with its scan, in the place of another where it takes one's."""
    letter = letters.add(work, client=client, kind=kind, **facts)
    if scan is not None:
        letters.attach(work, letter, scans.read(scan))
    if follows is not None:
        letters.supersede(work, follows, by=letter)
    return letter


def take_off_file(work: Any, *, letter: LetterId, follows: LetterId | None, reason: str) -> None:
    """Undo that a letter was put on file: the one whose place it took speaks again."""
    letters.revoke(work, letter, reason=reason)
    if follows is not None:
        letters.stand_alone(work, follows)


def put_back_on_file(work: Any, *, letter: LetterId, follows: LetterId | None) -> None:
    """Put a letter on file again, in the place of the one it took."""
    letters.reinstate(work, letter)
    if follows is not None:
        letters.supersede(work, follows, by=letter)


def nothing(*_answer: object) -> None:
    """Wait for no answer: what was touched is shown by itself."""
