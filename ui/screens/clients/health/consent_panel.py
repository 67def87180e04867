"""A consent read and signed at the counter, for one occasion."""

from __future__ import annotations

from datetime import datetime, time
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from clinic.office import consents
from clinic.office.consents import ConsentKind, Signed, SignedHow, SignerRole
from clinic.office.consents import referral_details as named_referral
from clinic.values import LetterId
from clinic.wording import _
from clinic.wording.refusals import sentence
from ui.asking.control import Manner
from ui.kiosk.signature import SignatureField
from ui.panel import Head
from ui.screens.clients.health import words
from ui.widgets import text
from ui.widgets.buttons import Segments, primary, quiet
from ui.widgets.cards import Card, column
from ui.widgets.fields import Choice, Line
from ui.widgets.flow import Flow
from ui.widgets.forms import Form

if TYPE_CHECKING:
    from clinic.office.consents import Consents, ConsentText
    from clinic.values import ClientId, Refusal
    from ui.screen import Counter


class ConsentPanel(QWidget):
    """Choose what is consented to, read it, sign it."""

    def __init__(self, counter: Counter, client: ClientId, given: Consents) -> None:
        super().__init__()
        self._counter = counter
        self._client = client
        self._given = given
        self.setAccessibleName(_("New consent"))
        self._manner = Manner(datetime.combine(given.today, time()))
        self.kind = Choice([(words.consent(kind), kind) for kind in ConsentKind])
        self.language = Segments((("en", "English"), ("es", "Español")), _("Language of the text"))
        self.form = Form()
        self.form.add("kind", _("Consent to"), self.kind)
        self.what, self.to_whom, self.why = Line(), Line(), Line()
        self.form.add("what", _("What is released"), self.what)
        self.form.add("to_whom", _("To whom"), self.to_whom)
        self.form.add("why", _("For what purpose"), self.why)
        self.referral = Choice([(reference, letter) for letter, reference in given.referrals])
        self.form.add("referral", _("Referral that includes the area"), self.referral)
        self._text = Card(margin=14)
        roles = [(_("The client"), SignerRole.CLIENT), (_("A representative"), SignerRole.REPRESENTATIVE)]
        if given.needs_guardian:
            roles = [(_("A parent or guardian"), SignerRole.GUARDIAN)]
        self.role = Choice(roles)
        self.form.add("role", _("Who signs"), self.role)
        self.signature = SignatureField(self._manner, given.guardian if given.needs_guardian else "")
        self.on_paper = Choice([(_("Signed here"), False), (_("Signed on paper, which is kept"), True)])
        self.form.add("paper", _("How"), self.on_paper)
        self.save = primary(_("Keep the consent"), self.keep)
        lines = column(
            Head(
                _("New consent"), _("Each is agreed to for itself, and can be withdrawn."), counter.hide_panel
            ),
            self.form,
            self.language,
            self._text,
            self.signature,
            spacing=14,
            margin=18,
        )
        lines.addLayout(Flow(self.save, quiet(_("Leave it"), counter.hide_panel)))
        lines.addStretch(1)
        self.setLayout(lines)
        self.kind.currentIndexChanged.connect(lambda _at: self._fit())
        self.language.switched.connect(lambda _key: self._ask_text())
        self.referral.currentIndexChanged.connect(lambda _at: self._ask_text())
        for line in (self.what, self.to_whom, self.why):
            line.editingFinished.connect(self._ask_text)
        self._fit()
        self.setFocusProxy(self.kind)

    @property
    def _kind(self) -> ConsentKind:
        return ConsentKind(self.kind.currentData())  # Qt hands a word back as plain text

    def _details(self) -> dict[str, str]:
        kind = self._kind
        if kind is ConsentKind.RELEASE:
            return {"what": self.what.text(), "to_whom": self.to_whom.text(), "why": self.why.text()}
        if kind is ConsentKind.BREAST and self.referral.currentData():
            return named_referral(LetterId(self.referral.currentData()), self.referral.currentText())
        return {}

    def _fit(self) -> None:
        kind = self._kind
        for name in ("what", "to_whom", "why"):
            self.form[name].setVisible(kind is ConsentKind.RELEASE)
        self.form["referral"].setVisible(kind is ConsentKind.BREAST)
        self._ask_text()

    def _ask_text(self) -> None:
        query = partial(
            consents.text_of,
            client=self._client,
            kind=self._kind,
            language=self.language.chosen,
            details=self._details(),
        )
        self._counter.runner.ask(query, self._show_text, self._wants_more, latest="clients/consent")

    def _show_text(self, words_: ConsentText) -> None:
        text.clear(self._text.body)
        self._text.add(text.section(words_.title))
        for paragraph in words_.paragraphs:
            self._text.add(text.label(paragraph, wrap=True))

    def _wants_more(self, refusal: Refusal) -> None:
        text.clear(self._text.body)
        self._text.add(text.soft(sentence(refusal), wrap=True))

    def keep(self) -> None:
        """Keep the consent with its signature."""
        paper = bool(self.on_paper.currentData())
        drawn = self.signature.drawn and not paper
        if not paper and not self.signature.is_signed:
            self.form.refuse("paper", self._manner.word("sign_wanted"))
            return
        how = SignedHow.PAPER if paper else SignedHow.DRAWN if drawn else SignedHow.TYPED
        signed = Signed(
            self.signature.name.text(),
            SignerRole(self.role.currentData()),
            how,
            self.signature.pad.strokes if drawn else (),
        )
        task = partial(
            consents.give,
            client=self._client,
            kind=self._kind,
            signed=signed,
            language=self.language.chosen,
            details=self._details() or None,
        )
        self._counter.runner.do(task, self._kept, self._refused)

    def _kept(self, _consent: object) -> None:
        self._counter.hide_panel()
        self._counter.toast(_("The consent is kept with its signed page."))

    def _refused(self, refusal: Refusal) -> None:
        self.form.refuse(refusal.at, sentence(refusal))
