"""What a client's money and therapists are tied by: plan, accounts, who treats them, and who is kin to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from clinic.values import AccountKind, Gender, PlanType, Relation
from clinic.wording import _
from clinic.wording import coverage as words
from ui.widgets import text
from ui.widgets.buttons import icon_only, link
from ui.widgets.cards import column
from ui.widgets.dates import DayLine
from ui.widgets.fields import Choice
from ui.widgets.flow import Flow
from ui.widgets.forms import Form

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from clinic.office.clients import Details
    from clinic.values import StaffId

DAYS = ("opened", "year_start", "year_end", "grace_until", "run_out")


class Account(QWidget):
    """One account: its kind, and the days that decide what it may pay."""

    def __init__(self, today: date, known: Mapping[str, Any], remove: Callable[[Account], object]) -> None:
        super().__init__()
        self.kind = Choice([(kind.value, kind.value) for kind in AccountKind])
        self.kind.choose(known.get("kind"))
        self.days = {name: DayLine(today, _day(today, known.get(name)), past=True) for name in DAYS}
        self.form = Form(2)
        self.form.add("kind", _("Account"), self.kind)
        named = (_("Opened on"), _("Year begins"), _("Year ends"), _("Grace until"), _("Claims until"))
        for (name, line), said in zip(self.days.items(), named, strict=True):
            self.form.add(name, said, line, optional=True)
        self.kind.currentIndexChanged.connect(self._suit)
        self._suit()
        away = icon_only("x", _("Remove this account"), lambda: remove(self))
        self.setLayout(column(self.form, away, spacing=4))

    def _suit(self) -> None:
        """Ask of an HSA when it was opened, and of the others which year they pay for."""
        savings = self.kind.currentData() == AccountKind.HSA
        for name in DAYS:
            self.form[name].setVisible((name == "opened") is savings)

    def facts(self) -> dict[str, Any]:
        """Read out what is typed."""
        typed = {name: line.day.isoformat() for name, line in self.days.items() if line.day is not None}
        return {"kind": self.kind.currentData(), **typed}


class Ties(QWidget):
    """Fields that are chosen, not typed."""

    def __init__(self, details: Details, today: date) -> None:
        super().__init__()
        self._details, self._today = details, today
        payer = details.payer or {}
        kinds = [(words.plan(None), None), *((words.plan(each.value), each.value) for each in PlanType)]
        self.plan = Choice(kinds)
        self.plan.choose(payer.get("plan_type"))
        self.assigned = Choice([(_("Nobody in particular"), None)])
        self.hands = Choice([(_rather(each), each) for each in (None, *Gender)])
        self.hands.choose(details.prefers_gender)
        self.kin, self.relation = Choice([(_("Nobody"), None)]), Choice(_relations())
        self.form = Form(1)
        self.form.add("payer.plan_type", _("Kind of plan"), self.plan)
        self.form.add("assigned_to", _("Treated by"), self.assigned)
        self.form.add("prefers_gender", _("Would rather have"), self.hands)
        self.form.add("relations", _("Therapist who is kin"), self.kin)
        self.form.add("relation", _("As their"), self.relation)
        self._rows: list[Account] = []
        self._accounts = column(spacing=10)
        lines = column(self.form, text.caption(_("HSA, FSA and other accounts")), spacing=12)
        lines.addLayout(self._accounts)
        lines.addLayout(Flow(link(_("Add an account"), lambda: self._add({}))))
        self.setLayout(lines)
        for account in details.accounts or ():
            self._add(account)

    def offer(self, therapists: Sequence[tuple[StaffId, str]]) -> None:
        """Offer those who treat, and show whom it is now."""
        for key, name in therapists:
            self.assigned.addItem(name, key)
            self.kin.addItem(name, key)
        self.assigned.choose(self._details.assigned_to)
        for tie in (self._details.relations or ())[:1]:
            self.kin.choose(tie["staff"])
            self.relation.choose(tie["relation"])

    def _add(self, known: Mapping[str, Any]) -> None:
        row = Account(self._today, known, self._remove)
        self._rows.append(row)
        self._accounts.addWidget(row)

    def _remove(self, row: Account) -> None:
        self._rows.remove(row)
        row.hide()
        row.deleteLater()

    def facts(self) -> dict[str, Any]:
        """Read out what is chosen; until the therapists are offered, those tied stay as they are."""
        chosen: dict[str, Any] = {
            "accounts": [row.facts() for row in self._rows] or None,
            "prefers_gender": self.hands.currentData(),
        }
        if self.assigned.count() > 1:
            chosen["assigned_to"] = self.assigned.currentData()
            others = list(self._details.relations or ())[1:]
            kin = self.kin.currentData()
            tie = [{"staff": kin, "relation": self.relation.currentData()}] if kin else []
            chosen["relations"] = [*tie, *others] or None
        return chosen


def _rather(gender: Gender | None) -> str:
    """Say whose hands somebody would rather have."""
    if gender is None:
        return _("No preference")
    return {
        Gender.FEMALE: _("A woman"),
        Gender.MALE: _("A man"),
        Gender.NONBINARY: _("A nonbinary therapist"),
    }[gender]


def _relations() -> list[tuple[str, object]]:
    named = {
        Relation.SPOUSE: _("Spouse or partner"),
        Relation.PARENT: _("Parent"),
        Relation.CHILD: _("Child"),
        Relation.SELF: _("The same person"),
        Relation.OTHER: _("Other kin"),
    }
    return [(said, relation.value) for relation, said in named.items()]


def _day(today: date, written: str | None) -> date | None:
    return type(today).fromisoformat(written) if written else None
