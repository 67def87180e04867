"""The panel that keeps a client's details right: how they are called, reached and billed."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QCheckBox, QWidget

from clinic.office import clients, proposals
from clinic.wording import _
from clinic.wording.refusals import sentence
from ui.panel import Head
from ui.screens.clients.letter_fields import no_day
from ui.screens.clients.ties import Ties
from ui.undo import Step
from ui.unfinished import Way
from ui.widgets.buttons import primary, quiet
from ui.widgets.cards import column
from ui.widgets.dates import DayLine
from ui.widgets.fields import Line
from ui.widgets.flow import Flow
from ui.widgets.forms import Form

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clinic.office.clients import Details
    from clinic.values import ClientId, Refusal
    from ui.screen import Counter

PLAIN = ("given_name", "family_name", "preferred_name", "phone", "email", "wishes", "household")
PARTS = {
    "address": ("street", "city", "region", "postal"),
    "emergency": ("name", "relation", "phone"),
    "guardian": ("name", "relation", "phone"),
    "payer": ("name", "member_id"),
}
"""Details that consist of parts, and the parts that are asked for."""


Asked = tuple[str, str, bool]


def _groups() -> tuple[tuple[str, tuple[Asked, ...]], ...]:
    """Name each group, and its fields by key, in words, and whether they take the whole width."""
    return (
        (
            _("Name"),
            (
                ("given_name", _("Given name"), False),
                ("family_name", _("Family name"), False),
                ("preferred_name", _("Likes to be called"), False),
                ("born", _("Born"), False),
            ),
        ),
        (
            _("How to reach them"),
            (
                ("phone", _("Phone"), False),
                ("email", _("Email"), False),
                ("address.street", _("Street"), True),
                ("address.city", _("City"), False),
                ("address.region", _("State"), False),
                ("address.postal", _("ZIP code"), False),
                ("household", _("Household, a word for all of it"), False),
            ),
        ),
        (
            _("Here with us"),
            (
                ("allergies", _("Allergies, with commas between"), True),
                ("wishes", _("How they like it here"), True),
            ),
        ),
        (
            _("In an emergency"),
            (
                ("emergency.name", _("Person to call"), True),
                ("emergency.relation", _("Their relation"), False),
                ("emergency.phone", _("Their phone"), False),
            ),
        ),
        (
            _("Guardian of a minor"),
            (
                ("guardian.name", _("Guardian's name"), True),
                ("guardian.relation", _("Guardian's relation"), False),
                ("guardian.phone", _("Guardian's phone"), False),
                ("guardian.consent_on", _("Guardian agreed on"), False),
            ),
        ),
        (
            _("Health plan"),
            (
                ("payer.name", _("Plan"), False),
                ("payer.member_id", _("Member number"), False),
            ),
        ),
    )


class EditClient(QWidget):
    """What is kept of a client, to be put right."""

    def __init__(self, counter: Counter, details: Details, today: date) -> None:
        super().__init__()
        self._counter = counter
        self._details = details
        self.way = Way("clients", "details", {"client": details.id})
        self.born = DayLine(today, details.born, past=True)
        agreed = (details.guardian or {}).get("consent_on")
        self.agreed = DayLine(today, date.fromisoformat(agreed) if agreed else None, past=True)
        self.ties = Ties(details, today)
        counter.runner.ask(proposals.choices, lambda choices: self.ties.offer(choices.therapists), _nothing)
        self.form = Form(2)
        self.lines: dict[str, Line] = {}
        for words, asked in _groups():
            self.form.group(words)
            for key, name, wide in asked:
                self._add_field(key, name, wide=wide)
        self.alone = QCheckBox(_("Do not contact"))
        self.alone.setAccessibleName(self.alone.text())
        self.alone.setChecked(bool(details.do_not_contact))
        self.save = primary(_("Save"), self.keep)
        away = details.archived_on is None
        lines = column(
            Head(_("Details"), _("How they are called, reached and billed."), counter.hide_panel),
            self.form,
            self.ties,
            self.alone,
            spacing=16,
            margin=18,
        )
        lines.addLayout(
            Flow(
                self.save,
                quiet(_("Put away") if away else _("Bring back"), self._put_away),
                quiet(_("Leave it"), counter.hide_panel),
            )
        )
        lines.addStretch(1)
        self.setLayout(lines)
        self.setFocusProxy(self.lines["given_name"])

    def _add_field(self, key: str, name: str, *, wide: bool) -> None:
        if key == "born":
            self.form.add(key, name, self.born, check=partial(no_day, self.born))
        elif key == "guardian.consent_on":
            self.form.add(key, name, self.agreed, check=partial(no_day, self.agreed))
        elif key != "allergies" or self._details.health:
            self.lines[key] = Line(_shown(self._details, key))
            self.form.add(key, name, self.lines[key], wide=wide)

    def changes(self) -> dict[str, Any]:
        """Give what was changed, and nothing else."""
        typed = {key: line.text().strip() for key, line in self.lines.items()}
        new: dict[str, Any] = {key: typed[key] or None for key in PLAIN}
        new |= {"given_name": typed["given_name"], "family_name": typed["family_name"], "born": self.born.day}
        new["do_not_contact"] = self.alone.isChecked() or None
        if "allergies" in typed:
            allergies = [word.strip() for word in typed["allergies"].split(",") if word.strip()]
            new["allergies"] = allergies or None
        for whole, parts in PARTS.items():
            kept: dict[str, Any] = dict(getattr(self._details, whole) or {})
            for part in parts:
                kept.pop(part, None)
                if typed[f"{whole}.{part}"]:
                    kept[part] = typed[f"{whole}.{part}"]
            new[whole] = kept or None
        self._add_chosen(new)
        before = {name: _plain(getattr(self._details, name)) for name in new}
        return {name: value for name, value in new.items() if (value or None) != (before[name] or None)}

    def _add_chosen(self, new: dict[str, Any]) -> None:
        """Add what was chosen and not typed: the guardian's consent, plan, accounts, therapists."""
        for whole, part, chosen in (
            ("guardian", "consent_on", self.agreed.day.isoformat() if self.agreed.day else None),
            ("payer", "plan_type", self.ties.plan.currentData()),
        ):
            kept = dict(new[whole] or {})
            kept.pop(part, None)
            if chosen:
                kept[part] = chosen
            new[whole] = kept or None
        new.update(self.ties.facts())

    def keep(self) -> None:
        """Keep what was changed."""
        changes = self.changes()
        self.save.setEnabled(False)
        task = partial(clients.edit, client=self._details.id, changes=changes, version=self._details.version)
        self._counter.runner.do(task, partial(self._kept, changes), self._refused)

    def _kept(self, changes: Mapping[str, Any], before: Mapping[str, Any]) -> None:
        runner, client = self._counter.runner, self._details.id
        self._counter.hide_panel()
        step = Step(
            _("change of details"),
            back=lambda: runner.do(partial(_rewrite, client=client, changes=before), _nothing),
            again=lambda: runner.do(partial(_rewrite, client=client, changes=changes), _nothing),
        )
        self._counter.toast(_("Details changed"), step if changes else None)

    def _put_away(self) -> None:
        runner, client = self._counter.runner, self._details.id
        away = self._details.archived_on is None
        there, back = (clients.archive, clients.unarchive) if away else (clients.unarchive, clients.archive)
        step = Step(
            _("putting away of client") if away else _("bringing back of client"),
            back=lambda: runner.do(partial(back, client=client), _nothing),
            again=lambda: runner.do(partial(there, client=client), _nothing),
        )
        said = _("The client's file is put away") if away else _("The client's file is back")
        runner.do(partial(there, client=client), partial(self._moved, said, step), self._refused)

    def _moved(self, said: str, step: Step, _answer: object) -> None:
        self._counter.hide_panel()
        self._counter.toast(said, step)

    def _refused(self, refusal: Refusal) -> None:
        self.save.setEnabled(True)
        self.form.refuse(refusal.at, sentence(refusal))


def _shown(details: Details, key: str) -> str:
    whole, _dot, part = key.partition(".")
    value = getattr(details, whole)
    if part:
        value = (value or {}).get(part)
    elif key == "allergies":
        value = ", ".join(value or ())
    return str(value or "")


def _plain(value: Any) -> Any:
    """Give a value as it is written, so that a list and a tuple of the same are no change."""
    return list(value) if isinstance(value, tuple) else value


def _rewrite(work: Any, *, client: ClientId, changes: Mapping[str, Any]) -> None:
    clients.edit(work, client, changes, version=clients.details(work, client).version)


def _nothing(_answer: object) -> None:
    """Wait for no answer: what was touched is shown by itself."""
