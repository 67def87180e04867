"""Health beside the client's page: the desk asks on the phone and reads nothing back; consents come and go."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from clinic.office import consents, screenings
from clinic.office.consents import ConsentKind
from clinic.values import ClientId
from tests import practices
from ui.screens.clients.health.consent_panel import ConsentPanel
from ui.screens.clients.health.paper_panel import PaperPanel
from ui.screens.clients.health.phone_form import PhoneForm
from ui.screens.clients.health.reading import ReadingPanel
from ui.widgets.fields import Choice

if TYPE_CHECKING:
    from tests.journeys.person import Person

OWN = ClientId("c-own")


def open_health(person: Person) -> None:
    person.shell.hide_panel()
    person.shell.go("clients", OWN)
    person.press("Health")


def test_the_desk_asks_on_the_phone_and_cannot_read_it_back(somebody: Person) -> None:
    somebody.sign_in("s-desk")
    open_health(somebody)
    assert somebody.reads("Answers are read by therapists only.")
    somebody.press("Ask on the phone")
    form: Any = somebody.screen(PhoneForm)
    for page in ("How you are today", "Heart, vessels and blood", "Bones, nerves and medicines"):
        somebody.press(f"No to the rest of this page: {page}")
    line = form.views[-1].cards["K01"].control.line
    QTest.keyClicks(line, "warfarin")
    QTest.keyClick(line, Qt.Key.Key_Return)
    somebody.press("Keep the answers")
    assert somebody.reads("What is marked holds the booking until it is answered.")
    somebody.press("Keep the answers")
    somebody.reads_soon("The answers are kept. The client signs at the visit.")
    open_health(somebody)
    assert "Warfarin" not in somebody.everything()
    owner = practices.sit_down(somebody.shell.seat.desk.vault.path)  # type: ignore[attr-defined]
    newest = owner.reading(partial(screenings.of_client, client=OWN)).versions[0]
    read = owner.reading(partial(screenings.version, screening=newest.id))
    said = [line for part in read.parts for told in part.told for line in told.lines]
    assert "Warfarin" in said
    owner.close()


def test_a_therapist_reads_a_version_and_what_changed(owner: Person) -> None:
    practices.ask_fully(owner.shell.seat.desk, K02=["latex"])
    open_health(owner)
    owner.press("Health history, Nov 18, 2026")
    panel = owner.screen(ReadingPanel)
    assert owner.reads("Latex")
    owner.press("What changed")
    assert owner.reads("Latex")
    assert panel.isVisible()


def test_a_release_is_signed_by_typing_withdrawn_and_undone(owner: Person) -> None:
    open_health(owner)
    owner.press("Add")
    panel = owner.screen(ConsentPanel)
    owner.find(Choice, "Consent to").choose(ConsentKind.RELEASE.value)
    assert owner.reads("Say what is released, to whom and why.")
    for name, words in (("What is released", "Dates"), ("To whom", "Dr. Ibis"), ("For what purpose", "care")):
        owner.fill(name, words, enter=True)
    assert owner.reads("To: Dr. Ibis. For this purpose: care.")
    owner.press("Keep the consent")
    assert owner.reads("Your name and signature are still missing.")
    owner.fill("Type your full name", "Hanh Nguyen")
    owner.press("Type")
    assert panel.signature.is_signed
    owner.press("Keep the consent")
    owner.reads_soon("The consent is kept with its signed page.")
    open_health(owner)
    assert owner.sees("Signed page: Release of information")
    owner.press("Withdraw: Release of information")
    owner.reads_soon("The consent is withdrawn from today on.")
    (row,) = owner.look_up(partial(consents.of_client, client=OWN)).rows
    assert not row.stands
    owner.chord(Qt.Key.Key_Z)
    owner.qtbot.waitUntil(lambda: owner.look_up(partial(consents.of_client, client=OWN)).rows[0].stands)
    open_health(owner)
    owner.press("Signed page: Release of information")
    assert owner.bugs == []


def test_the_form_is_printed_in_spanish(owner: Person, printed: list[bytes]) -> None:
    open_health(owner)
    owner.press("On paper")
    panel = owner.screen(PaperPanel)
    owner.press("Español")
    assert panel.language.chosen == "es"
    owner.press("Print")
    assert printed[-1].startswith(b"%PDF")
    assert owner.bugs == []
