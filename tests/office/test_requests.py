"""Requests to clinicians: printed, followed, answered; and letters that follow one another."""

from __future__ import annotations

import json
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from clinic.office import charts, clinicians, letters, requests
from clinic.office.charts import Standing
from clinic.records import Request
from clinic.values import ClientId, LetterId, LetterKind, Refusal, RequestKind, SentBy
from tests import practices
from tests.documents.reading import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clinic.office.desk import Desk

OWN, LETTER = ClientId("c-own"), LetterId("l-1")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """The owner at a practice where one client has a letter, visits, and measures in signed notes."""
    document = practices.a_document(
        letters=[practices.a_letter()],
        appointments=[
            practices.an_appointment("a-1", "2026-07-20T10:00"),
            practices.an_appointment("a-2", "2026-11-04T16:00"),
            practices.an_appointment("a-3", "2026-12-02T16:00", state="confirmed"),
        ],
        notes=[a_note("n-1", "a-1", 7), a_note("n-2", "a-2", 5)],
    )
    opened = practices.sit_down(practices.make(tmp_path, document))
    yield opened
    opened.close()


def a_note(key: str, visit: str, pain: int) -> dict[str, Any]:
    return {
        "id": key,
        "appointment": visit,
        "written_by": "s-therapist",
        "signed_at": "2026-11-05T01:10:00Z",
        "soap": {"s": "stiff", "o": "firm", "a": "better", "p": "again"},
        "areas": ["right_shoulder"],
        "measures": [
            {"tool": "NRS", "value": pain, "when": "before"},
            {"tool": "NRS", "value": 1, "when": "after"},
        ],
    }


def printed(desk: Desk, kind: RequestKind, **facts: Any) -> str:
    return words_of(desk.reading(partial(requests.preview, client=OWN, kind=kind, **facts)))


def made(desk: Desk, kind: RequestKind = RequestKind.RENEWAL, **facts: Any) -> Any:
    letter: dict[str, Any] = {"letter": LETTER} if kind is RequestKind.RENEWAL else {}
    return desk.writing(partial(requests.make, client=OWN, kind=kind, **letter, **facts))[0]


def test_a_renewal_tells_the_visits_and_the_trend_of_the_measures(desk: Desk) -> None:
    words = printed(desk, RequestKind.RENEWAL, letter=LETTER)
    assert "2 visits took place between Jul 20, 2026 and Nov 4, 2026. 1 more is booked." in words
    assert (
        "L-2026-014 of Jul 1, 2026 speaks until Dec 31, 2026 and for 12 visits; 2 of them are used" in words
    )
    assert "Pain, 0 to 10 7, Jul 20, 2026 5, Nov 4, 2026 2" in words


@pytest.mark.parametrize("kind", list(RequestKind))
def test_no_request_writes_a_diagnosis_or_signs_for_a_clinician(desk: Desk, kind: RequestKind) -> None:
    words = printed(desk, kind, letter=LETTER)
    assert "Cervicalgia" not in words
    assert "M54" not in words
    assert "Signed" not in words


def test_the_form_asks_for_what_administrators_ask_for(desk: Desk) -> None:
    words = printed(desk, RequestKind.LMN)
    for asked in (
        "Diagnosis",
        "ICD-10-CM",
        "NPI",
        "License number",
        "Visits in all",
        "Signature",
        "Examined on",
    ):
        assert asked in words


def test_a_release_names_from_whom_to_whom_what_and_until_when(desk: Desk) -> None:
    words = printed(desk, RequestKind.RECORDS)
    for asked in (
        "Hạnh Nguyễn, allow",
        "Fern & Harbor",
        "What may be given",
        "ends on Nov 18, 2027",
        "a copy",
    ):
        assert asked in words


def test_what_was_made_is_printed_again_as_it_was(desk: Desk) -> None:
    key = made(desk, words="With warm thanks.")
    desk.writing(lambda work: letters.edit(work, LETTER, {"max_visits": 3}, version=1))
    again = words_of(desk.writing(partial(requests.paper, request_=key))[0])
    assert "for 12 visits" in again
    assert "With warm thanks." in again


def test_a_request_is_followed_until_its_answer_is_in(desk: Desk) -> None:
    key = made(desk)
    assert [row.open for row in desk.reading(requests.listed)] == [True]
    desk.writing(partial(requests.sent, request_=key, by=SentBy.FAX))
    before = desk.reading(partial(requests.stage, request_=key))
    desk.writing(partial(requests.received, request_=key, answer=LETTER))
    assert desk.reading(requests.listed) == ()
    assert desk.reading(partial(requests.listed, client=OWN, all_of_them=True))[0].received_on == date(
        2026, 11, 18
    )
    desk.writing(partial(requests.put_back, request_=key, before=before))
    row = desk.reading(requests.listed)[0]
    assert (row.waiting, row.overdue, row.sent_by) == (0, False, SentBy.FAX)


def test_a_closed_request_is_not_closed_twice(desk: Desk) -> None:
    key = made(desk)
    desk.writing(partial(requests.withdraw, request_=key))
    with pytest.raises(Refusal, match="request_closed"):
        desk.writing(partial(requests.received, request_=key))


@pytest.mark.parametrize("task", [requests.sent, requests.received])
def test_nothing_is_sent_or_answered_before_it_was_made(desk: Desk, task: Any) -> None:
    key = made(desk)
    how = {"by": SentBy.POST} if task is requests.sent else {}
    with pytest.raises(Refusal, match="before_made"):
        desk.writing(partial(task, request_=key, on=date(2026, 11, 17), **how))


def test_an_answer_is_a_letter_of_the_same_client(desk: Desk) -> None:
    other = desk.writing(lambda work: letters.add(work, client=ClientId("c-other"), kind=LetterKind.LMN))[0]
    key = made(desk)
    with pytest.raises(Refusal, match="not_found"):
        desk.writing(partial(requests.received, request_=key, answer=other))
    with pytest.raises(Refusal, match="not_found"):
        printed(desk, RequestKind.RENEWAL, letter=other)


def test_a_renewal_needs_the_letter_it_renews(desk: Desk) -> None:
    with pytest.raises(Refusal, match="letter_missing"):
        printed(desk, RequestKind.RENEWAL)


def test_a_letter_put_on_file_answers_the_request_for_it(desk: Desk) -> None:
    key = made(desk)
    thanks = made(desk, RequestKind.THANKS)
    desk.writing(lambda work: letters.add(work, client=OWN, kind=LetterKind.PRESCRIPTION))
    assert [row.id for row in desk.reading(requests.listed)] == [thanks]
    assert desk.reading(partial(requests.stage, request_=key)).received_on == date(2026, 11, 18)


def test_the_front_desk_follows_requests_and_reads_none(desk: Desk) -> None:
    clinician = desk.writing(partial(clinicians.keep, facts={"name": "Dr. Ines Ko", "credential": "MD"}))[0]
    key = made(desk, clinician=clinician)
    assert desk.reading(requests.listed)[0].to == "Dr. Ines Ko, MD"
    desk.close()
    front = practices.sit_down(desk.vault.path, "s-desk")
    assert front.reading(requests.listed)[0].to == ""
    front.writing(partial(requests.sent, request_=key, by=SentBy.POST))
    with pytest.raises(Refusal, match="not_allowed"):
        front.reading(partial(requests.paper, request_=key))
    front.close()


def test_words_that_are_too_long_are_refused(desk: Desk) -> None:
    with pytest.raises(Refusal, match="too_long"):
        printed(desk, RequestKind.THANKS, words="a\n" * 2001)


def test_what_a_paper_says_can_be_written_into_a_file(desk: Desk) -> None:
    key = made(desk)
    said = desk.reading(lambda work: work.get(Request, key).said)
    assert json.loads(json.dumps(said)) == said
    assert said["measures"][0]["tool"] == "NRS"


# Clinicians


def test_signers_of_letters_are_known_without_being_entered(desk: Desk) -> None:
    found = desk.reading(partial(clinicians.directory, typed="adey"))
    assert [(each.id, each.called) for each in found] == [(None, "Dr. Miriam Adeyemi, MD")]
    facts = {"name": "Miriam Adeyemi", "credential": "MD", "npi": "1234567893"}
    key = desk.writing(partial(clinicians.keep, facts=facts))[0]
    assert [each.id for each in desk.reading(partial(clinicians.directory, typed="adey"))] == [key]


def test_a_clinician_has_a_name_and_a_true_npi(desk: Desk) -> None:
    for facts, code in (
        ({"name": " "}, "name_missing"),
        ({"name": "Dr. Ko", "npi": "1234567890"}, "wrong_npi"),
        ({"name": "Dr. Ko", "shoe": "40"}, "unknown_field"),
    ):
        with pytest.raises(Refusal, match=code):
            desk.writing(partial(clinicians.keep, facts=facts))


def test_a_clinician_is_corrected_and_two_editors_learn_of_each_other(desk: Desk) -> None:
    key = desk.writing(partial(clinicians.keep, facts={"name": "Dr. Ko"}))[0]
    before = desk.writing(partial(clinicians.edit, clinician=key, changes={"fax": "1"}, version=1))[0]
    assert before == {"fax": None}
    assert desk.reading(partial(clinicians.details, clinician=key)).fax == "1"
    with pytest.raises(Refusal, match="changed_meanwhile"):
        desk.writing(partial(clinicians.edit, clinician=key, changes={"fax": "2"}, version=1))


# Letters that follow one another


def a_later_letter(desk: Desk, **facts: Any) -> LetterId:
    told = {
        name: value for name, value in practices.a_letter().items() if name not in {"id", "client", "kind"}
    }
    told |= {"signed_on": date(2026, 11, 10), "ends_on": date(2027, 5, 31), "number": "L-2"} | facts
    return desk.writing(lambda work: letters.add(work, client=OWN, kind=LetterKind.LMN, **told))[0]


def card(desk: Desk, letter: LetterId = LETTER) -> charts.LetterCard:
    return next(each for each in desk.reading(partial(charts.letters, client=OWN)) if each.id == letter)


def test_a_letter_that_follows_another_speaks_after_the_last_visit_under_it(desk: Desk) -> None:
    later = a_later_letter(desk)
    since = desk.writing(partial(letters.supersede, letter=LETTER, by=later))[0]
    assert since == date(2026, 11, 10)
    assert (card(desk).standing, card(desk).used) == (Standing.SUPERSEDED, 2)
    assert card(desk, later).planned == 1
    desk.writing(partial(letters.stand_alone, letter=LETTER))
    assert card(desk).standing is Standing.ACTIVE


def test_a_letter_dated_back_takes_no_visit_away_from_the_one_before(desk: Desk) -> None:
    later = a_later_letter(desk, signed_on=date(2026, 8, 1))
    assert desk.writing(partial(letters.supersede, letter=LETTER, by=later))[0] == date(2026, 11, 5)


def test_only_a_dated_letter_of_the_same_kind_and_client_follows(desk: Desk) -> None:
    undated = a_later_letter(desk, signed_on=None)
    with pytest.raises(Refusal, match="letter_cannot"):
        desk.writing(partial(letters.supersede, letter=LETTER, by=undated))
    with pytest.raises(Refusal, match="letter_cannot"):
        desk.writing(partial(letters.supersede, letter=LETTER, by=LETTER))
    later = a_later_letter(desk)
    desk.writing(partial(letters.revoke, letter=LETTER, reason="withdrawn"))
    with pytest.raises(Refusal, match="letter_cannot"):
        desk.writing(partial(letters.supersede, letter=LETTER, by=later))


def test_a_plan_decides_on_a_referral_and_on_nothing_else(desk: Desk) -> None:
    with pytest.raises(Refusal, match="letter_cannot"):
        desk.writing(lambda work: letters.edit(work, LETTER, {"decision": {"state": "approved"}}, version=1))
    asked = {"decision": {"state": "requested", "asked_on": "2026-11-18"}, "units": 8}
    key = desk.writing(lambda work: letters.add(work, client=OWN, kind=LetterKind.REFERRAL, **asked))[0]
    assert card(desk, key).standing is Standing.REQUESTED
    yes = {"decision": {"state": "approved"}, "starts_on": date(2026, 11, 1)}
    desk.writing(lambda work: letters.edit(work, key, yes, version=1))
    assert card(desk, key).standing is Standing.ACTIVE
    with pytest.raises(Refusal, match="letter_cannot"):
        desk.writing(lambda work: letters.edit(work, key, {"decision": {"state": "pending"}}, version=2))


def test_a_diagnosis_of_the_side_that_is_not_treated_is_told_of(desk: Desk) -> None:
    left = {"diagnoses": [{"text": "Pain in left shoulder", "icd10": "M25.512"}]}
    found = desk.reading(partial(letters.completeness, kind=LetterKind.LMN, facts=left, client=OWN))
    assert found.other_side == ("Pain in left shoulder",)
    right = {"diagnoses": [{"text": "Pain in right shoulder", "icd10": "M25.511"}]}
    assert not desk.reading(
        partial(letters.completeness, kind=LetterKind.LMN, facts=right, client=OWN)
    ).other_side


def test_a_letter_is_revoked_once_and_with_a_reason(desk: Desk) -> None:
    with pytest.raises(Refusal, match="reason_missing"):
        desk.writing(partial(letters.revoke, letter=LETTER, reason="  "))
    desk.writing(partial(letters.revoke, letter=LETTER, reason="withdrawn"))
    with pytest.raises(Refusal, match="already_revoked"):
        desk.writing(partial(letters.revoke, letter=LETTER, reason="again"))
