"""Certificates, policies, courses and registrations: what each says, when it ends, and the register to hand in."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog, QWidget

from clinic.office import certificates, papers
from clinic.wording import _, day, ngettext
from clinic.wording.register import ending
from ui.screens.practice.entry import Entry, Field
from ui.undo import Step
from ui.unfinished import Way
from ui.widgets import text
from ui.widgets.buttons import link, small
from ui.widgets.cards import Card, column, row
from ui.widgets.chips import Chip
from ui.widgets.flow import Flow

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from clinic.office.certificates import Held, Holder, Papers
    from clinic.values import Progress, StaffId
    from ui.screen import Counter


class Credentials(QWidget):
    """Everybody's papers, and the practice's own; those who may change them do it here."""

    def __init__(self, counter: Counter, then: Callable[[Credentials], object] | None = None) -> None:
        """Take what is done once the papers are known."""
        super().__init__()
        self._counter, self._then = counter, then
        self._shown: Papers | None = None
        self._lines = column(spacing=16)
        self.setLayout(self._lines)
        self.reload()

    def reload(self) -> None:
        """Look again."""
        self._counter.runner.ask(certificates.held, self._show, latest="practice/credentials")

    def _show(self, found: Papers) -> None:
        self._shown = found
        text.clear(self._lines)
        for holder in found.holders:
            self._lines.addWidget(self._holder(holder, found))
        self._lines.addWidget(self._registrations(found))
        self._lines.addStretch(1)
        then, self._then = self._then, None
        if then is not None:
            then(self)

    def _holder(self, holder: Holder, found: Papers) -> Card:
        card = Card(holder.name)
        if holder.certificate is None:
            card.add(text.soft(_("No certificate on file."), wrap=True))
        else:
            facts = holder.certificate.facts
            said = " ".join(str(facts.get(part, "")) for part in ("body", "number")).strip()
            checked = facts.get("checked_on")
            under = (
                _("checked {day}").format(day=day(_day(checked, found))) if checked else _("not checked yet")
            )
            card.body.addLayout(
                self._line(_("Certificate {what}").format(what=said), under, holder.certificate, found)
            )
        for policy in holder.policies:
            facts = policy.facts
            told = ", ".join(str(facts[part]) for part in ("insurer", "limits", "covers") if facts.get(part))
            card.body.addLayout(self._line(str(facts.get("type", "")).capitalize(), told, policy, found))
        if not holder.policies:
            card.add(text.soft(_("No insurance on file."), wrap=True))
        hours = ngettext(
            "{n} hour of courses in two years", "{n} hours of courses in two years", round(holder.hours)
        )
        card.add(text.soft(hours.format(n=f"{holder.hours:g}"), wrap=True))
        for course in holder.courses[:3]:
            told = f"{day(_day(course['on'], found))}: {course.get('title', '')}, {course['hours']:g} h"
            card.add(text.caption(told, wrap=True))
        if found.may_change:
            card.body.addLayout(self._offers(holder))
        return card

    def _line(self, what: str, under: str, held: Held, found: Papers) -> Any:
        near = held.rung is not None
        chip = Chip(
            ending(held.expires, found.today),
            icon="clock" if near else "check",
            tint="plain" if near else "covered",
        )
        words = column(text.label(what, wrap=True), text.caption(under, wrap=True), spacing=0)
        whole = row(spacing=8)
        whole.addLayout(words, 1)
        whole.addWidget(chip)
        return whole

    def _offers(self, holder: Holder) -> Flow:
        offers = [
            small(_("Add insurance"), partial(self._ask_policy, holder)),
            small(_("Add course"), partial(self._ask_course, holder)),
        ]
        if holder.certificate is not None:
            offers.append(small(_("Checked today"), partial(self._checked, holder)))
        return Flow(*offers, spacing=6)

    def _registrations(self, found: Papers) -> Card:
        card = Card(_("City registration"))
        for held in found.registrations:
            keep = held.facts.get("keep_years")
            under = (
                ngettext("register kept {n} year", "register kept {n} years", keep).format(n=keep)
                if keep
                else ""
            )
            what = " ".join(str(held.facts.get(part, "")) for part in ("city", "number")).strip()
            card.body.addLayout(self._line(what, under, held, found))
            if found.may_change:
                city = str(held.facts["city"])
                card.body.addLayout(Flow(link(_("Export register"), partial(self._export, city))))
        if not found.registrations:
            card.add(text.soft(_("Many cities keep a register of their own. None is on file."), wrap=True))
        if found.may_change:
            card.body.addLayout(Flow(small(_("Add registration"), self._ask_registration)))
        return card

    # What is entered

    def ask_again(self, form: str, of: Mapping[str, str]) -> None:
        """Ask again for what was being entered when the window was locked."""
        holders = self._shown.holders if self._shown is not None else ()
        holder = next((each for each in holders if each.staff == of.get("staff")), None)
        if form == "registration":
            self._ask_registration()
        elif holder is not None:
            (self._ask_policy if form == "policy" else self._ask_course)(holder)

    def _enter(self, title: str, fields: Sequence[Field], keep: Any, way: Way) -> None:
        if self._shown is not None:
            entry = Entry(self._counter, title, fields, self._shown.today, keep)
            entry.way = way
            self._counter.show_panel(entry)

    def _ask_policy(self, holder: Holder) -> None:
        fields = (
            Field("type", _("Kind: professional, general"), needed=True),
            Field("insurer", _("Insurer"), needed=True),
            Field("number", _("Policy number"), needed=True),
            Field("effective", _("From"), day=True, needed=True),
            Field("expires", _("Until"), day=True, needed=True),
            Field("limits", _("Limits per event and year")),
            Field("covers", _("Covers besides massage")),
        )

        def keep(policy: Mapping[str, Any]) -> None:
            policies = [dict(held.facts) for held in holder.policies]
            self._write(holder.staff, {"policies": [*policies, dict(policy)]}, _("insurance"))

        self._enter(_("Insurance"), fields, keep, Way("letters", "policy", {"staff": holder.staff}))

    def _ask_course(self, holder: Holder) -> None:
        fields = (
            Field("on", _("Taken on"), day=True, needed=True),
            Field("hours", _("Hours"), number=True, needed=True),
            Field("title", _("Course")),
            Field("provider", _("School")),
        )

        def keep(course: Mapping[str, Any]) -> None:
            courses = [dict(each) for each in holder.courses]
            self._write(holder.staff, {"education": [*courses, dict(course)]}, _("course"))

        self._enter(_("Course"), fields, keep, Way("letters", "course", {"staff": holder.staff}))

    def _ask_registration(self) -> None:
        fields = (
            Field("city", _("City"), needed=True),
            Field("number", _("Number")),
            Field("issued", _("From"), day=True),
            Field("expires", _("Until"), day=True),
            Field("keep_years", _("Years the register is kept"), number=True),
        )

        def keep(registration: Mapping[str, Any]) -> None:
            known = [dict(held.facts) for held in self._shown.registrations] if self._shown else []
            new = dict(registration)
            if "keep_years" in new:
                new["keep_years"] = int(new["keep_years"])
            self._write_registrations([*known, new])

        self._enter(_("City registration"), fields, keep, Way("letters", "registration"))

    def _checked(self, holder: Holder) -> None:
        """Note that the certificate was looked up with those who gave it."""
        if holder.certificate is not None and self._shown is not None:
            facts = {**holder.certificate.facts, "checked_on": self._shown.today.isoformat()}
            self._write(holder.staff, {"certificate": facts}, _("check of certificate"))

    def _write(self, staff: StaffId, changes: Mapping[str, Any], name: str) -> None:
        counter = self._counter
        task = partial(certificates.write, staff=staff, changes=changes)

        def told(before: Mapping[str, Any]) -> None:
            back = partial(certificates.write, staff=staff, changes=before)
            counter.hide_panel()
            counter.toast(_("Kept with the practice's papers"), _step(counter, name, back, task))

        counter.runner.do(task, told)

    def _write_registrations(self, registrations: list[dict[str, Any]]) -> None:
        counter = self._counter
        task = partial(certificates.write_registrations, registrations=registrations)

        def told(before: list[dict[str, Any]]) -> None:
            back = partial(certificates.write_registrations, registrations=before)
            counter.hide_panel()
            counter.toast(_("Kept with the practice's papers"), _step(counter, _("registration"), back, task))

        counter.runner.do(task, told)

    def _export(self, city: str) -> None:
        if self._shown is None:
            return
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Save the register"), "register.csv", _("Table (*.csv)")
        )
        if chosen:
            last = self._shown.today
            query = partial(certificates.register, city=city, first=last.replace(month=1, day=1), last=last)
            self._counter.runner.do(query, partial(self._save, chosen))

    def _save(self, chosen: str, content: bytes) -> None:
        def write(_progress: Progress) -> Path:
            path = Path(chosen)
            papers.put(path, content)
            return path

        counter = self._counter
        counter.runner.outside(write, lambda _path: counter.toast(_("The register is saved")))


def _step(counter: Counter, name: str, back: Any, again: Any) -> Step:
    return Step(
        name,
        back=lambda: counter.runner.do(back, lambda _done: None),
        again=lambda: counter.runner.do(again, lambda _done: None),
    )


def _day(written: str, found: Papers) -> Any:
    return type(found.today).fromisoformat(written)
