"""The practice itself: what its papers call it, how it is reached, and when it is open."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from clinic.office import practice
from clinic.wording import _
from ui.screens.settings.hours import HoursEditor
from ui.screens.settings.kept import Changes, Keeper, Kept
from ui.screens.settings.section import Section
from ui.screens.settings.special_days import SpecialDays
from ui.widgets import text
from ui.widgets.cards import Card

if TYPE_CHECKING:
    from clinic.office.practice import Letterhead

ADDRESS = ("street", "city", "region", "postal")


class House(Section):
    """Name, address, numbers, hours."""

    key: ClassVar[str] = "practice"
    icon: ClassVar[str] = "store"

    @staticmethod
    def title() -> str:
        return _("Practice")

    def lay_out(self) -> None:
        self.form = Kept()
        self.form.line("name", _("Name, as it stands on papers"), wide=True)
        self.form.line("phone", _("Phone"))
        self.form.line("email", _("Email"))
        self.form.line("street", _("Street"), wide=True)
        self.form.line("city", _("City"))
        self.form.line("region", _("State"))
        self.form.line("postal", _("ZIP code"))
        self.form.line("tax_id", _("Tax ID (EIN)"))
        self.form.line("npi", _("NPI of the practice"))
        Keeper(self.counter, self.form, rewrite, _("change of the practice's details"), _("Details changed"))
        names = Card(_("Name and address"))
        self._zone = text.caption("", wrap=True)
        names.add(self.form, self._zone)
        self.hours = HoursEditor()
        self._hours = Kept(1)
        self._hours.keep("hours", _("Open"), self.hours, self.hours.hours, self.hours.show_hours)
        self.hours.left.connect(self._look)
        Keeper(self.counter, self._hours, rewrite, _("change of hours"), _("Hours changed"))
        hours = Card(_("Opening hours"))
        said = _("Colleagues without hours of their own work these. A day left empty is closed.")
        self.days = SpecialDays(date.today())  # noqa: DTZ011 - for the typing of days only
        self._hours.keep(
            "special_days", _("Single days with other hours"), self.days, self.days.days, self.days.show_days
        )
        self.days.left.connect(self._look)
        hours.add(text.soft(said, wrap=True), self._hours)
        self.body.addWidget(names)
        self.body.addWidget(hours)

    def _look(self) -> None:
        if self.hours.hours() is not None:
            self._hours.look()

    def reload(self) -> None:
        """Show what is kept."""
        self.counter.runner.ask(practice.letterhead, self._show, latest="settings/practice")

    def _show(self, kept: Letterhead) -> None:
        address = kept.address or {}
        self.form.show_values(
            {
                "name": kept.name,
                "phone": kept.phone,
                "email": kept.email,
                "tax_id": kept.tax_id,
                "npi": kept.npi,
            }
            | {part: address.get(part) for part in ADDRESS}
        )
        self._hours.show_values({"hours": kept.hours, "special_days": kept.special_days})
        self._zone.setText(_("Clocks run in {zone}.").format(zone=kept.time_zone.replace("_", " ")))


def rewrite(work: Any, changes: Changes) -> Changes:
    """Write a few of the letterhead's parts, an address as a whole, and answer what they were."""
    head = practice.letterhead(work)
    kept = dict(head.address or {})
    before = {part: kept.get(part) for part in ADDRESS if part in changes}
    plain = {name: value for name, value in changes.items() if name not in ADDRESS}
    if before:
        kept |= {part: changes[part] for part in before}
        plain["address"] = {part: value for part, value in kept.items() if value} or None
    told = practice.change_letterhead(work, plain, version=head.version)
    told.pop("address", None)
    return told | before
