"""The fields of a letter: what it says, typed in and read out again."""

from __future__ import annotations

import re
from datetime import datetime, time
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QCheckBox, QWidget

from clinic.office.letters import Decision
from clinic.values import LetterKind, LetterSource
from clinic.wording import _
from clinic.wording.letters import decision, kind
from ui.screens.clients.clearance_fields import ClearanceFields
from ui.screens.clients.diagnosis_field import DiagnosisField
from ui.screens.clients.signer_line import SignerLine
from ui.widgets.cards import column
from ui.widgets.dates import DayLine
from ui.widgets.fields import Choice, Line
from ui.widgets.forms import Form

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from clinic.office.clearances import Row as Asked
    from clinic.office.clinicians import Known

PERMITTING = frozenset({LetterKind.REFERRAL, LetterKind.AUTHORISATION})
"""Letters by which a plan allows visits; they are asked for and decided on."""
OF_CARE = (
    "diagnoses",
    "treatment",
    "minutes",
    "max_visits",
    "used_before",
    "frequency",
    "per",
    "source",
    "necessity_statement",
    "admin_approved_on",
)
"""What a letter says that care is counted by; a clearance says none of it."""
CODE = re.compile(r"([A-Za-z]\d[0-9A-Za-z](?:\.[0-9A-Za-z]{1,4})?)(?:[\s,:]+(.*))?")
"""A diagnosis code, and after it perhaps the words for it."""


class NumberLine(Line):
    """A whole number."""

    def __init__(self) -> None:
        super().__init__()
        self.setValidator(QIntValidator(0, 9_999, self))

    @property
    def number(self) -> int | None:
        """The number typed; None where nothing is."""
        return int(self.text()) if self.text() else None

    def set_number(self, number: int | None) -> None:
        """Show a number."""
        self.setText("" if number is None else str(number))


class LetterFields(QWidget):
    """What a letter says, field by field."""

    changed = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self._signer: Mapping[str, Any] = {}
        self._decision: Mapping[str, Any] = {}
        self._today = today
        self.kind = Choice([(kind(each), each) for each in LetterKind])
        self.number, self.patient, self.npi, self.licence = Line(), Line(), Line(), Line()
        self.signer = SignerLine()
        self.signer.picked.connect(self._sign_as)
        self.credential = Line(hint="MD")
        self.signed = QCheckBox(_("It is signed"))
        self.signed_on = DayLine(today, past=True)
        self.starts_on, self.ends_on = DayLine(today), DayLine(today)
        self.exam_on, self.approved_on = DayLine(today, past=True), DayLine(today, past=True)
        self.diagnoses = DiagnosisField()
        self.treatment = Line(hint=_("massage therapy"))
        self.minutes, self.visits, self.used_before, self.times = (NumberLine() for _n in range(4))
        self.units = NumberLine()
        self.decision = Choice([("", None), *((decision(each), each.value) for each in Decision)])
        self.per = Choice([(_("a week"), "week"), (_("a month"), "month")])
        self.necessity = QCheckBox(_("It says why massage is necessary"))
        self.source = Choice(
            [
                ("", None),
                (_("The client's clinician"), LetterSource.CLINICIAN),
                (_("An online questionnaire"), LetterSource.ONLINE_QUESTIONNAIRE),
            ]
        )
        self.form = self._made()
        self.clearance = ClearanceFields(datetime.combine(today, time()))
        self.clearance.changed.connect(self.changed)
        self.setLayout(column(self.form, self.clearance))
        self._listen()

    def _made(self) -> Form:
        form = Form(2)
        form.add("kind", _("Kind"), self.kind, wide=True)
        form.add("units", _("Units allowed"), self.units)
        form.add("decision", _("The plan's decision"), self.decision)
        form.add("patient_name", _("Written for"), self.patient)
        form.add("number", _("Number"), self.number)
        form.add("signer", _("Signed by"), self.signer)
        form.add("credential", _("Credential"), self.credential)
        form.add("npi", _("Signer's NPI"), self.npi)
        form.add("licence", _("Signer's license"), self.licence)
        form.add("signed_on", _("Signed on"), self.signed_on, check=partial(no_day, self.signed_on))
        form.add("signed", _("Signature"), self.signed)
        form.add("diagnoses", _("Diagnoses"), self.diagnoses, wide=True)
        form.add("treatment", _("Treatment"), self.treatment)
        form.add("minutes", _("Minutes a visit"), self.minutes)
        form.add("max_visits", _("Visits"), self.visits)
        form.add("used_before", _("Used before now"), self.used_before)
        form.add("frequency", _("At most"), self.times)
        form.add("per", _("In"), self.per)
        form.add("starts_on", _("Begins on"), self.starts_on, check=partial(no_day, self.starts_on))
        form.add("ends_on", _("Ends on"), self.ends_on, check=partial(no_day, self.ends_on))
        form.add("exam_on", _("Examined on"), self.exam_on, check=partial(no_day, self.exam_on))
        form.add(
            "admin_approved_on",
            _("Approved by the plan on"),
            self.approved_on,
            check=partial(no_day, self.approved_on),
        )
        form.add("source", _("Comes from"), self.source, wide=True)
        form.add("necessity_statement", _("Necessity"), self.necessity, wide=True)
        return form

    def _listen(self) -> None:
        for line in self.findChildren(Line):
            line.textChanged.connect(self.changed)
        for tick in (self.signed, self.necessity):
            tick.toggled.connect(self.changed)
        for choice in (self.kind, self.per, self.source, self.decision):
            choice.currentIndexChanged.connect(self.changed)
        self.kind.currentIndexChanged.connect(self._suit)
        self._suit()
        self.diagnoses.textChanged.connect(self.changed)

    @property
    def chosen_kind(self) -> LetterKind:
        """The kind of letter chosen; the widget hands back its word alone."""
        return LetterKind(self.kind.currentData())

    def _suit(self) -> None:
        """Ask of each kind of letter only what such a letter says."""
        clears = self.chosen_kind is LetterKind.CLEARANCE
        self.clearance.setVisible(clears)
        for key in OF_CARE:
            self.form[key].setVisible(not clears)
        permits = self.chosen_kind in PERMITTING
        for key in ("units", "decision"):
            self.form[key].setVisible(permits)

    def _sign_as(self, known: Known) -> None:
        """Fill in what is known of a signer who was picked."""
        self.credential.setText(known.credential)
        self.npi.setText(known.npi)
        self.licence.setText(known.licence)

    def begin_answer(self, asked: Asked) -> None:
        """Fill in what a clearance that answers this request will say."""
        self.kind.choose(LetterKind.CLEARANCE)
        self.clearance.tick(asked.rules)
        self.signer.setText(asked.clinician.get("name", ""))
        self.credential.setText(asked.clinician.get("credential", ""))

    def show_facts(self, kind: LetterKind, facts: Mapping[str, Any]) -> None:
        """Show what a letter on file says; its kind stays what it is."""
        self.kind.choose(kind)
        self.kind.setEnabled(False)
        self._signer = facts["signer"] or {}
        for line, written in (
            (self.number, facts["number"]),
            (self.patient, facts["patient_name"]),
            (self.signer, self._signer.get("name")),
            (self.credential, self._signer.get("credential")),
            (self.npi, self._signer.get("npi")),
            (self.licence, self._signer.get("licence")),
            (self.treatment, facts["treatment"]),
        ):
            line.setText(written or "")
            line.setCursorPosition(0)
        for number, name in (
            (self.minutes, "minutes"),
            (self.visits, "max_visits"),
            (self.used_before, "used_before"),
            (self.units, "units"),
        ):
            number.set_number(facts[name])
        for day_line, name in self._days():
            day_line.set_day(facts[name])
        often = facts["frequency"] or {}
        self.times.set_number(often.get("times"))
        self.per.choose(often.get("per", "week"))
        self.signed.setChecked(bool(facts["signed"]))
        self.necessity.setChecked(bool(facts["necessity_statement"]))
        self.source.choose(facts["source"])
        self._decision = facts["decision"] or {}
        self.decision.choose(self._decision.get("state"))
        if kind is LetterKind.CLEARANCE:
            self.clearance.show_facts(facts)
        self.diagnoses.setPlainText("\n".join(_diagnosis_line(d) for d in facts["diagnoses"] or ()))

    def facts(self) -> dict[str, Any]:
        """Read out what is typed; what is empty is unknown."""
        signer = dict(self._signer)
        for name, line in (
            ("name", self.signer),
            ("credential", self.credential),
            ("npi", self.npi),
            ("licence", self.licence),
        ):
            signer.pop(name, None)
            if line.text().strip():
                signer[name] = line.text().strip()
        times = self.times.number
        return {
            "number": self.number.text().strip() or None,
            "patient_name": self.patient.text().strip() or None,
            "signer": signer if "name" in signer else None,
            "signed": self.signed.isChecked(),
            "diagnoses": diagnoses(self.diagnoses.toPlainText().splitlines()) or None,
            "treatment": self.treatment.text().strip() or None,
            "minutes": self.minutes.number or None,
            "max_visits": self.visits.number or None,
            "used_before": self.used_before.number,
            "frequency": {"times": times, "per": self.per.currentData()} if times else None,
            "necessity_statement": self.necessity.isChecked() or None,
            "source": self.source.currentData(),
            **self._decided(),
            **(self.clearance.facts() if self.chosen_kind is LetterKind.CLEARANCE else {}),
            **{name: line.day for line, name in self._days()},
        }

    def _decided(self) -> dict[str, Any]:
        """Read out what a plan allows, where a plan is what the letter comes from."""
        if self.chosen_kind not in PERMITTING:
            return {}
        state, known = self.decision.currentData(), dict(self._decision)
        if state and state != known.get("state"):
            known = {**known, "state": state}
            known.setdefault("asked_on", self._today.isoformat())
            if state in {Decision.REQUESTED, Decision.PENDING}:
                known.pop("decided_on", None)
            else:
                known["decided_on"] = self._today.isoformat()
        return {"units": self.units.number, "decision": known if state else None}

    def _days(self) -> Sequence[tuple[DayLine, str]]:
        return (
            (self.signed_on, "signed_on"),
            (self.starts_on, "starts_on"),
            (self.ends_on, "ends_on"),
            (self.exam_on, "exam_on"),
            (self.approved_on, "admin_approved_on"),
        )


def no_day(line: DayLine) -> str:
    """Say so where what is typed is no day."""
    return _("This is no day.") if line.text().strip() and line.day is None else ""


def diagnoses(typed: Sequence[str]) -> list[dict[str, str]]:
    """Read diagnoses, one a line, with the code first where there is one."""
    found = []
    for line in filter(None, map(str.strip, typed)):
        coded = CODE.fullmatch(line)
        if coded is None:
            found.append({"text": line})
        else:
            code = coded[1].upper()
            found.append({"text": (coded[2] or "").strip() or code, "icd10": code})
    return found


def _diagnosis_line(diagnosis: Mapping[str, str]) -> str:
    code = diagnosis.get("icd10", "")
    return diagnosis["text"] if diagnosis["text"] == code else f"{code} {diagnosis['text']}".strip()
