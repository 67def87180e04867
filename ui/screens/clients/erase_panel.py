"""Erasing a client's file for good: what speaks against it, what goes, what stays and why, and who still holds it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from clinic.office import erasing
from clinic.office.erasing import Ground
from clinic.wording import _, day, money, ngettext
from clinic.wording.refusals import sentence
from ui.again import ask_again
from ui.panel import Head
from ui.screens.clients.access_panel import AccessPanel
from ui.widgets import text
from ui.widgets.buttons import link, primary, quiet
from ui.widgets.cards import Facts, column, row
from ui.widgets.fields import Choice, Line
from ui.widgets.flow import Flow
from ui.widgets.forms import Form

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clinic.office.erasing import Erased, OldCopy, Preview
    from clinic.values import ClientId, Progress, Refusal
    from ui.screen import Counter


class ErasePanel(QWidget):
    """Looked through from top to bottom; the deed stands at the end, and asks for the client's name to be typed."""

    def __init__(self, counter: Counter, client: ClientId) -> None:
        super().__init__()
        self._counter, self._client, self._name = counter, client, ""
        self.lines = column(spacing=14, margin=18)
        self.lines.addStretch(1)
        self.setLayout(self.lines)
        self.named = Line()
        self.ground = Choice(
            [(_("Its time is over"), Ground.TIME_OVER), (_("The client asked"), Ground.ASKED)]
        )
        self.form = Form()
        self.form.add("reason", _("Why; kept in the record"), self.ground)
        self.form.add("named", _("To erase it, type the client's name"), self.named)
        self.leave = primary(_("Keep the file"), counter.hide_panel)
        self.deed = quiet(_("Erase the file"), self._erase)
        self.deed.setEnabled(False)
        self.named.textChanged.connect(self._suit)
        self.copies = Facts()
        self.each = link(_("Show each of them"), self._show_copies)
        self.setFocusProxy(self.leave)
        self._counter.runner.ask(partial(erasing.preview, client=client), self._show)

    def _show(self, found: Preview) -> None:
        self._name = found.name
        under = (
            _("It is kept for now.")
            if found.bars
            else _("This can't be undone. A verified backup is made first.")
        )
        parts: list[QWidget] = [
            Head(_("Erase the file of {name}").format(name=found.name), under, self._counter.hide_panel)
        ]
        if found.bars:
            parts += [text.section(_("What speaks against it")), *map(_reason, _against(found))]
        parts += [text.section(_("What goes")), Facts(_counted(GOING, found.goes))]
        parts += [text.soft(_went(), wrap=True)]
        if found.stays:
            parts += [text.section(_("What stays, and why")), Facts(_counted(STAYING, found.stays))]
            parts += [text.soft(_stayed(), wrap=True)]
        if found.copies:
            parts += [text.section(_("Backups that hold it all the same"))]
            parts += [text.soft(words, wrap=True) for words in _held(found.copies)]
            self.copies.show_facts([_copy(each) for each in found.copies])
            self.copies.hide()
            parts += [self.each, self.copies]
        for at, part in enumerate(parts):
            self.lines.insertWidget(at, part)
        if found.bars:
            self.leave.say(_("Leave it"))
            self.lines.insertLayout(len(parts), Flow(self.leave))
        else:
            self.lines.insertWidget(len(parts), self.form)
            give = quiet(_("Give out a copy first"), self._give_out, icon="download")
            self.lines.insertLayout(len(parts) + 1, Flow(self.leave, self.deed))
            self.lines.insertLayout(len(parts) + 2, Flow(give))
        self.leave.setFocus()

    def _suit(self, typed: str) -> None:
        self.form.clear_messages()
        self.deed.setEnabled(erasing.is_name(typed, self._name))

    def _show_copies(self) -> None:
        self.copies.show()
        self.each.hide()

    def _give_out(self) -> None:
        self._counter.show_panel(AccessPanel(self._counter, self._client))

    def _erase(self) -> None:
        client, ground, named = self._client, Ground(self.ground.currentData()), self.named.text()

        def go(desk: Any, progress: Progress) -> Erased:
            return erasing.erase_file(desk, client, ground=ground, named=named, progress=progress)

        self.deed.setEnabled(False)
        self._counter.runner.long_do(go, self._erased, self._refused, words=_("Erasing a file"))

    def _erased(self, done: Erased) -> None:
        said = _("The file is erased. {copies}") if done.copies else _("The file is erased.")
        self._counter.hide_panel()
        self._counter.go("settings", "keeping")
        self._counter.toast(said.format(copies=_held(done.copies)[0] if done.copies else ""))

    def _refused(self, refusal: Refusal) -> None:
        self.deed.setEnabled(True)
        if refusal.code == "password_again":
            why = _("A file is erased for good only by an owner who gave the password just now.")
            ask_again(self, self._counter, self._erase, why=why)
        else:
            self.form.refuse(refusal.at if refusal.at in {"named", "reason"} else "named", sentence(refusal))


def _reason(words: str) -> QWidget:
    line, parts = QWidget(), row(text.Glyph("triangle-alert", "S4"), spacing=8)
    parts.addWidget(text.label(words, wrap=True), 1)
    line.setLayout(parts)
    return line


def _against(found: Preview) -> list[str]:
    """Say what keeps the file, each with its fact."""
    filed = found.filed
    said = {
        "kept": _("It must be kept until {day}.").format(day=day(filed.until))
        if filed.until
        else _("Nothing in it bears a day from which its time could run."),
        "hold": _("It is on hold. Lift the hold first, where the whole file is given out."),
        "ahead": ngettext("{n} visit is booked.", "{n} visits are booked.", filed.ahead).format(
            n=filed.ahead
        ),
        "owed": _("{amount} is still to pay.").format(amount=money(filed.owed)),
        "credit": _("{amount} of the client's money is held. Pay it back first.").format(
            amount=money(filed.credit)
        ),
        "bundle": _("Prepaid visits are not used up."),
        "gift": _("{amount} is left on a gift certificate, which never expires.").format(
            amount=money(filed.gifts)
        ),
        "lent": _("Visits of somebody else lean on it, as on a letter the household shares."),
    }
    return [said[bar] for bar in found.bars]


GOING = (
    ("appointments", "attempts", "waiting"),
    ("notes", "note_drafts", "plans"),
    ("screenings", "consents", "signed_papers", "intake_drafts"),
    ("letters", "attachments", "requests", "clearance_requests"),
)
STAYING = (("invoices", "papers"), ("payments", "refunds"))


def _heads() -> dict[str, str]:
    return {
        "appointments": _("Visits and calls"),
        "notes": _("Notes, drafts and plans"),
        "screenings": _("Health answers and signatures"),
        "letters": _("Letters, scans and requests"),
        "invoices": _("Receipts and their charges"),
        "payments": _("Payments and refunds"),
    }


def _counted(groups: Sequence[tuple[str, ...]], found: Mapping[str, int]) -> list[tuple[str, str]]:
    """Count what belongs together; a group with nothing in it is left out."""
    heads = _heads()
    many = {group[0]: sum(found.get(name, 0) for name in group) for group in groups}
    lines = [(heads[head], str(n)) for head, n in many.items() if n]
    return lines or [(_("The client's details"), "1")]


def _went() -> str:
    return _(
        "The name, every detail, and what the record of changes says of them. "
        "That record keeps who did something and when, by number."
    )


def _stayed() -> str:
    return _(
        "Numbers, days and amounts, under nobody's name: the books of a year must still add up, and no number may "
        "be missing. Whoever holds a receipt can still have its code checked."
    )


def _held(copies: Sequence[OldCopy]) -> list[str]:
    """Say how many backups hold the file, of when, and when the last of them is thinned out."""
    here = [copy for copy in copies if not copy.elsewhere]
    there = len(copies) - len(here)
    said = []
    if here:
        n = len(here)
        told = ngettext(
            "{n} backup on this computer holds it, of {first}.",
            "{n} backups on this computer hold it, the oldest of {first}.",
            n,
        )
        said.append(told.format(n=n, first=day(here[-1].taken_on)))
        leaves = [copy.leaves_on for copy in here if copy.leaves_on]
        if len(leaves) == n:
            words = _("With a backup every day, the last of them is thinned out by {day}.")
            said[0] += " " + words.format(day=day(max(leaves)))
    if there:
        told = ngettext(
            "{n} lies in the second place, where nothing is thinned out: remove it by hand.",
            "{n} lie in the second place, where nothing is thinned out: remove them by hand.",
            there,
        )
        said.append(told.format(n=there))
    said.append(_("Putting one of them back brings the file back, and onto the list of those to erase."))
    return said


def _copy(copy: OldCopy) -> tuple[str, str]:
    if copy.elsewhere:
        return day(copy.taken_on), _("second place")
    if copy.leaves_on is None:
        return day(copy.taken_on), _("stays")
    return day(copy.taken_on), _("until about {day}").format(day=day(copy.leaves_on))
