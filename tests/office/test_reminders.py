"""Whom the practice reaches for, what came of it, and drafts that say nothing about health."""

from __future__ import annotations

import email
from email.policy import default
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from clinic.exchange import ical
from clinic.office import clients, drafts, reminders
from clinic.office.drafts import Wanted
from clinic.values import AppointmentId, ClientId, Outcome, Refusal, State
from tests import practices
from tests.practices import a_client, an_appointment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clinic.office.desk import Desk
    from clinic.office.reminders import Lists

OWN, OTHER, ALONE = ClientId("c-own"), ClientId("c-other"), ClientId("c-alone")
TOMORROW = AppointmentId("a-tomorrow")


@pytest.fixture(scope="module")
def waiting(tmp_path_factory: pytest.TempPathFactory) -> Path:
    document = practices.a_document(
        clients=[
            a_client("c-own", "Hạnh", "Nguyễn", email="hanh@mail.example"),
            a_client("c-other", "Odile", "Marchetti"),
            a_client("c-alone", "Ines", "Calloway", do_not_contact=True),
            a_client("c-gone", "Milo", "Hartgrove"),
        ],
        appointments=[
            an_appointment("a-tomorrow", "2026-11-19T16:00", state="tentative", treatment="t-90"),
            an_appointment("a-alone", "2026-11-19T10:00", state="confirmed", client="c-alone"),
            an_appointment("a-far", "2026-11-30T10:00", state="confirmed", staff="owner"),
            an_appointment("a-other", "2026-10-20T10:00", client="c-other", staff="owner"),
            an_appointment("a-gone", "2026-03-20T10:00", client="c-gone", staff="owner"),
        ],
    )
    document["screenings"] = []
    document["practice"]["phone"] = "(510) 555-0100"
    return practices.make(tmp_path_factory.mktemp("waiting"), document)


@pytest.fixture
def desk(waiting: Path, tmp_path: Path) -> Iterator[Desk]:
    seated = practices.sit_down(practices.copied(waiting, tmp_path / "copy"))
    yield seated
    seated.close()


def lists(desk: Desk) -> Lists:
    return desk.reading(reminders.lists)


def record(desk: Desk, outcome: Outcome, client: ClientId = OWN, **more: Any) -> reminders.Recorded:
    kept, _ = desk.writing(partial(reminders.record, outcome=outcome, client=client, **more))
    return kept


def test_the_call_list_leaves_out_who_asked_to_be_left_alone(desk: Desk) -> None:
    shown = lists(desk)
    assert [call.appointment for call in shown.visits] == [TOMORROW]
    assert shown.left_alone == 1


def test_somebody_who_came_a_month_ago_and_is_not_booked_is_due(desk: Desk) -> None:
    (call,) = lists(desk).again
    assert (call.client, call.every, call.planned) == (OTHER, 21, False)


def test_a_message_is_kept_and_undone(desk: Desk) -> None:
    kept = record(desk, Outcome.LEFT_MESSAGE, appointment=TOMORROW)
    (call,) = lists(desk).visits
    assert [(each.outcome, each.by) for each in call.tried] == [(Outcome.LEFT_MESSAGE, "Maren Okafor")]
    desk.writing(partial(reminders.take_back, recorded=kept))
    assert lists(desk).visits[0].tried == ()


def test_an_attempt_at_bringing_somebody_back_is_kept_too(desk: Desk) -> None:
    record(desk, Outcome.NO_ANSWER, OTHER)
    (call,) = lists(desk).again
    assert (call.tried[0].outcome, call.reached) == (Outcome.NO_ANSWER, False)


@pytest.mark.parametrize("client", [ALONE])
def test_nobody_is_contacted_against_their_wish(desk: Desk, client: ClientId) -> None:
    with pytest.raises(Refusal, match="do_not_contact"):
        record(desk, Outcome.LEFT_MESSAGE, client)
    with pytest.raises(Refusal, match="do_not_contact"):
        desk.reading(partial(drafts.draft, wanted=Wanted(client)))


def test_a_therapist_calls_their_own(desk: Desk) -> None:
    mine = practices.sit_down(desk.vault.path, "s-therapist")
    try:
        assert [call.client for call in mine.reading(reminders.lists).visits] == [OWN]
        assert mine.reading(reminders.lists).again == ()
        with pytest.raises(Refusal, match="not_allowed"):
            record(mine, Outcome.LEFT_MESSAGE, OTHER)
    finally:
        mine.close()


def test_an_email_says_when_and_where_and_nothing_of_what_is_done(desk: Desk) -> None:
    draft = desk.reading(partial(drafts.draft, wanted=Wanted(OWN, TOMORROW)))
    message = email.message_from_bytes(draft.eml, policy=default)
    assert (message["To"], message["X-Unsent"]) == ("hanh@mail.example", "1")
    body = message.get_body()
    assert body is not None
    said = body.get_content()
    assert "Thu, Nov 19, 2026, 4:00 pm" in said
    assert "(510) 555-0100" in said
    (event,) = message.iter_attachments()
    assert event.get_content_type() == "text/calendar"
    whole = f"{said} {draft.subject} {draft.text} {draft.mailto} {draft.sms} {draft.event.decode()}"
    for secret in ("massage,", "Therapeutic", "Deep", "90 min", "M54"):
        assert secret not in whole
    (found,) = ical.read(draft.event, desk.reading(lambda work: work.zone))
    assert (found.begins.hour, found.title) == (16, "Fern & Harbor Massage Therapy")


def test_links_open_with_everything_written(desk: Desk) -> None:
    draft = desk.reading(partial(drafts.draft, wanted=Wanted(OWN, TOMORROW)))
    assert draft.mailto.startswith("mailto:hanh@mail.example?subject=Your%20visit")
    assert draft.sms.startswith("sms:5105550168?body=")


def test_who_left_no_address_gets_a_text_message(desk: Desk, tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    written = drafts.write_all(
        desk,
        tmp_path / "drafts",
        (Wanted(OWN, TOMORROW), Wanted(OTHER)),
        lambda done, whole: steps.append((done, whole)),
    )
    assert (written.mails, written.texts) == (1, 1)
    assert sorted(each.name for each in (tmp_path / "drafts").iterdir()) == [
        "reminder-001.eml",
        "text-messages.txt",
    ]
    assert steps[-1] == (4, 4)
    assert lists(desk).visits[0].tried[0].outcome is Outcome.WROTE
    desk.writing(partial(drafts.take_back, recorded=written.recorded))
    assert lists(desk).visits[0].tried == ()


def test_a_practice_writes_its_own_words_and_takes_them_back(desk: Desk) -> None:
    change = partial(drafts.change_templates, kind="visit", changes={"subject": "See you {day}"})
    before, _ = desk.writing(change)
    assert desk.reading(drafts.templates)["visit"]["subject"] == "See you {day}"
    draft = desk.reading(partial(drafts.draft, wanted=Wanted(OWN, TOMORROW)))
    assert draft.subject == "See you Nov 19, 2026"
    desk.writing(partial(drafts.put_templates_back, before=before))
    assert desk.reading(drafts.templates)["visit"]["subject"] == "Your visit on {day}"


def test_an_unknown_kind_of_words_is_refused(desk: Desk) -> None:
    with pytest.raises(Refusal, match="unknown_field"):
        desk.writing(partial(drafts.change_templates, kind="bill", changes={}))


def test_somebody_asks_to_be_left_alone(desk: Desk) -> None:
    details = desk.reading(partial(clients.details, client=OWN))
    desk.writing(partial(clients.edit, client=OWN, changes={"do_not_contact": True}, version=details.version))
    assert lists(desk).visits == ()


def test_confirming_a_tentative_visit_confirms_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clinic.workroom.gate.at_step", lambda *_: None)  # the gate has its own tests
    kept = record(desk, Outcome.CONFIRMED, appointment=TOMORROW)
    assert lists(desk).visits[0].state is State.CONFIRMED
    assert lists(desk).visits[0].reached
    desk.writing(partial(reminders.take_back, recorded=kept))
    assert lists(desk).visits[0].state is State.TENTATIVE
