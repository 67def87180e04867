"""How letters, plans and receipts are judged: the practice's own settings of the rules of money."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from clinic.office import practice
from clinic.wording import _
from ui.screens.settings.kept import Changes, Keeper, Kept
from ui.screens.settings.section import Section
from ui.screens.today.terms import TermsPanel
from ui.widgets import text
from ui.widgets.buttons import quiet
from ui.widgets.cards import Card
from ui.widgets.fields import Line
from ui.widgets.flow import Flow

if TYPE_CHECKING:
    from clinic.office.practice import Letterhead

SIGNERS = ("MD", "DO", "NP", "PA")
"""Whom most FSA plans take a letter from; domain.md C4."""


class Terms(Section):
    """What counts, where the law leaves it to the plan or to the practice's own care."""

    key: ClassVar[str] = "terms"
    icon: ClassVar[str] = "file-text"

    @staticmethod
    def title() -> str:
        return _("Letters and receipts")

    def lay_out(self) -> None:
        self.form = Kept(1)
        days = _("Days before the signature that a letter still speaks for")
        self.form.number("lmn_retro_days", days, 3_660)
        signers = Line()

        def read() -> list[str]:
            return [word for word in signers.text().replace(",", " ").upper().split() if word]

        self.form.keep(
            "fsa_signers",
            _("Credentials whose letters FSA and HRA plans take"),
            signers,
            read,
            lambda kept: signers.setText(", ".join(kept or SIGNERS)),
        )
        self.form.tick(
            "strict_duration",
            _("Letters without an end"),
            _("A letter must say how long it is valid"),
        )
        self.form.tick(
            "gift_tender_eligible",
            _("Paid with a gift certificate"),
            _("Keep the mark on what a gift certificate paid"),
        )
        Keeper(self.counter, self.form, rewrite, _("change of a setting"), _("Setting changed"))
        card = Card(_("What counts as covered"))
        said = _(
            "Receipts already issued stay as they are; statements and the year's end follow the settings."
        )
        card.add(text.soft(said, wrap=True), self.form)
        self.body.addWidget(card)
        missed = Card(_("Visits missed or given up late"))
        asked = _("How much notice is asked for, and what is proposed at the till where there was none.")
        self.missed = quiet(_("Notice and fees"), lambda: TermsPanel.open_in(self.counter))
        missed.add(text.soft(asked, wrap=True))
        missed.body.addLayout(Flow(self.missed))
        self.body.addWidget(missed)

    def reload(self) -> None:
        """Show what is kept."""
        self.counter.runner.ask(practice.letterhead, self._show, latest="settings/terms")

    def _show(self, kept: Letterhead) -> None:
        self.form.show_values({"lmn_retro_days": 0, "fsa_signers": list(SIGNERS)} | dict(kept.settings))


def rewrite(work: Any, changes: Changes) -> Changes:
    """Write a few settings, and answer what they were."""
    head = practice.letterhead(work)
    before = {name: head.settings.get(name) for name in changes}
    settings = {name: value for name, value in {**head.settings, **changes}.items() if value is not None}
    practice.change_letterhead(work, {"settings": settings}, version=head.version)
    return before
