"""The panel of a colleague: details, certificate, hours of their own, and their way in."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from clinic.office import practice, sign_in, taking_back, upkeep
from clinic.values import TREATING, Gender, Refusal, Role
from clinic.wording import _
from clinic.wording.refusals import sentence
from ui.dialogs import ask_first
from ui.panel import Head
from ui.screens.settings import words
from ui.screens.settings.kept import Changes, Keeper, Kept
from ui.screens.settings.working import Enough, Hours, Leaving
from ui.undo import Step
from ui.unfinished import Way
from ui.widgets import text
from ui.widgets.buttons import primary, quiet
from ui.widgets.cards import Card, column
from ui.widgets.fields import Password
from ui.widgets.flow import Flow
from ui.widgets.forms import Form

if TYPE_CHECKING:
    from clinic.office.upkeep import ColleagueFile
    from clinic.values import StaffId
    from ui.screen import Counter
    from ui.screens.settings.leave import Leave

CERTIFICATE = ("body", "number", "issued", "expires")
DAYS_OF_IT = ("issued", "expires")


class PersonPanel(QWidget):
    """One colleague; what is typed is kept when its field is left. A new one is added by a button."""

    def __init__(self, counter: Counter, leave: Leave, kept: ColleagueFile | None) -> None:
        super().__init__()
        self._counter, self._leave, self._kept = counter, leave, kept
        self.way = Way("settings", "people") if kept is None else None
        head = Head(kept.name if kept else _("New colleague"), "", counter.hide_panel)
        self._role_told = head.under
        self.form = self._details()
        lines = column(head, spacing=16, margin=18)
        self._locked = text.caption(
            _("To change anything, give your password and a reason first."), wrap=True
        )
        lines.addWidget(self._locked)
        lines.addWidget(self.form)
        if kept is None:
            self.add = primary(_("Add to the staff"), self._take_on, icon="user-plus")
            lines.addWidget(self.add)
        else:
            task = partial(_rewrite, leave, kept.id)
            Keeper(counter, self.form, task, _("change of a colleague"), _("Details changed"))
            if kept.role in TREATING:
                for part in self._working(kept):
                    lines.addWidget(part)
            lines.addWidget(self._way_in(kept))
            if kept.role in TREATING:
                self.leaving = Leaving(counter, leave, kept)
                lines.addWidget(self.leaving)
        lines.addStretch(1)
        self.setLayout(lines)
        self.setAccessibleName(_("Colleague"))
        leave.changed.connect(self._allow)
        self._tell_role()
        self._allow()

    # The parts

    def _details(self) -> Kept:
        form, today = Kept(), date.today()  # noqa: DTZ011 - for the typing of days only
        form.line("name", _("Name"), wide=True)
        self._role = form.choice("role", _("Role"), [(words.role(each), each) for each in Role])
        self._role.currentIndexChanged.connect(lambda _at: self._tell_role())
        form.line("title", _("Title on papers"), hint="CMT")
        form.line("npi", _("NPI"))
        form.choice(
            "gender",
            _("Gender, for clients who ask"),
            [(words.gender(each), each) for each in (None, *Gender)],
            wide=True,
        )
        form.tick("prenatal_certified", _("Prenatal massage"), _("trained"), wide=False)
        form.tick("lymphatic_certified", _("Lymphatic drainage"), _("trained"), wide=False)
        form.line("body", _("Certified by"), hint="CAMTC")
        form.line("number", _("Certificate number"))
        form.day("issued", _("Since"), today)
        form.day("expires", _("Until"), today)
        kept = self._kept
        if kept is not None:
            shown: dict[str, Any] = {
                "name": kept.name,
                "role": kept.role,
                "title": kept.title,
                "npi": kept.npi,
                "prenatal_certified": kept.prenatal_certified,
                "lymphatic_certified": kept.lymphatic_certified,
                "gender": kept.gender,
            }
            held = {part: kept.certificate.get(part) for part in CERTIFICATE}
            held |= {part: date.fromisoformat(day) for part in DAYS_OF_IT if (day := held[part])}
            form.show_values(shown | held)
        else:
            form.show_values({"role": Role.THERAPIST})
        return form

    def _working(self, kept: ColleagueFile) -> tuple[Card, ...]:
        self.hours = Hours(self._counter, self._leave, kept)
        self.enough = Enough(self._counter, self._leave, kept)
        return self.hours, self.enough

    def _way_in(self, kept: ColleagueFile) -> Card:
        card = Card(_("Way in"))
        self.password = Password(_("15 characters or more"))
        self._pass = Form()
        self._pass.add("password", _("New password"), self.password)
        said = (
            _("Signs in with a password. A new one here replaces it.")
            if kept.signs_in
            else _("Cannot sign in yet. A password makes a way in.")
        )
        self.give = quiet(_("Give this password"), self._give)
        buttons = Flow(quiet(_("Suggest six words"), self._suggest), self.give)
        if kept.signs_in:
            self.end = quiet(_("End the way in"), self._ask_end)
            buttons.addWidget(self.end)
        card.add(text.soft(said, wrap=True), self._pass)
        card.body.addLayout(buttons)
        return card

    def _allow(self) -> None:
        self._locked.setVisible(not self._leave.given)
        for part in self.findChildren(Card):
            part.setEnabled(self._leave.given)
        self.form.setEnabled(self._leave.given)
        if self._kept is None:
            self.add.setEnabled(self._leave.given)

    def _tell_role(self) -> None:
        self._role_told.setText(words.may(self._role.currentData() or Role.THERAPIST))

    # What is done

    def _take_on(self) -> None:
        given = {name: value for name, value in self.form.values().items() if value not in {None, ""}}
        certificate = _certificate({}, given)
        plain = {name: value for name, value in given.items() if name not in CERTIFICATE}
        plain |= {"certificate": certificate} if certificate else {}
        task = partial(practice.take_on, reason=self._leave.reason, **({"name": ""} | plain))
        self._counter.runner.do(task, partial(self._taken_on, task), self._refused)

    def _taken_on(self, task: partial[StaffId], staff: StaffId) -> None:
        runner, reason = self._counter.runner, self._leave.reason
        gone = partial(taking_back.colleague, staff=staff, reason=reason)
        step = Step(
            _("new colleague"),
            back=lambda: runner.do(gone, _nothing),
            again=lambda: runner.do(partial(task, again=staff), _nothing),
        )
        self._counter.hide_panel()
        self._counter.toast(_("Added to the staff"), step)

    def _suggest(self) -> None:
        self.password.setText(sign_in.suggested_password())
        self.password.show_typed()

    def _give(self) -> None:
        if self._kept is not None:
            self._pass.clear_messages()
            task = partial(
                sign_in.give_access,
                staff=self._kept.id,
                password=self.password.text(),
                reason=self._leave.reason,
            )
            self._counter.runner.do(task, self._given, self._refused_password, words=_("Making the key"))

    def _given(self, _done: None) -> None:
        self.password.clear()
        self.password.hide_typed()
        self._counter.toast(_("The password opens the practice from now on"))

    def _ask_end(self) -> None:
        ask_first(
            self,
            _("End this way in?"),
            _("The password opens nothing any more. Visits and notes stay as they are."),
            _("End the way in"),
            self._end,
        )

    def _end(self) -> None:
        if self._kept is not None:
            task = partial(upkeep.end_access, staff=self._kept.id, reason=self._leave.reason)
            self._counter.runner.do(task, self._ended, self._refused_password)

    def _ended(self, _done: None) -> None:
        self._counter.hide_panel()
        self._counter.toast(_("This way in is closed"))

    def _refused(self, refusal: Refusal) -> None:
        self.form.refuse(refusal.at, sentence(refusal))

    def _refused_password(self, refusal: Refusal) -> None:
        self._pass.refuse("password", sentence(refusal))


def _nothing(_answer: object) -> None:
    """Wait for no answer: the list shows it."""


def _certificate(kept: dict[str, Any], changes: Changes) -> dict[str, Any] | None:
    parts = kept | {part: changes[part] for part in CERTIFICATE if part in changes}
    parts |= {part: parts[part].isoformat() for part in DAYS_OF_IT if isinstance(parts.get(part), date)}
    return {part: value for part, value in parts.items() if value} or None


def _rewrite(leave: Leave, staff: StaffId, work: Any, changes: Changes) -> Changes:
    """Write a few of a colleague's details, the certificate as a whole, and answer what they were."""
    kept = upkeep.colleague(work, staff)
    held = dict(kept.certificate)
    before = {part: held.get(part) for part in CERTIFICATE if part in changes}
    plain = {name: value for name, value in changes.items() if name not in CERTIFICATE}
    if before:
        plain["certificate"] = _certificate(held, changes)
    told = practice.change_colleague(work, staff, plain, version=kept.version, reason=leave.reason)
    told.pop("certificate", None)
    return told | before
