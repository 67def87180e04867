"""The kiosk behind its pages: kept page by page, signed as a whole, and closed to whoever may not read."""

from __future__ import annotations

from datetime import date
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.exc import DatabaseError

from clinic.exchange.forms import questionnaire
from clinic.office import clients, consents, form_papers, kiosk, merging
from clinic.office.consents import ConsentKind, Signed, SignedHow, SignerRole
from clinic.records import Consent, IntakeDraft, Screening, SignedPaper
from clinic.values import ClientId, ConsentId, Refusal, ScreeningKind, Trouble
from tests import practices

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from clinic.office.desk import Desk
    from clinic.storage.work import Work

OWN = ClientId("c-own")
PAGES = [page.id for page in questionnaire().pages["full"]]
DRAWN = Signed("Hạnh Nguyễn", method=SignedHow.DRAWN, strokes=(((0.1, 0.3), (0.5, 0.2), (0.9, 0.4)),))


@pytest.fixture
def seated(fresh_practice: Path, tmp_path: Path) -> Iterator[Callable[[str], Desk]]:
    """Sit anybody down at one copy of the fresh practice."""
    path = practices.copied(fresh_practice, tmp_path / "kiosk")
    opened: list[Desk] = []

    def sit(person: str) -> Desk:
        opened.append(practices.sit_down(path, person))
        return opened[-1]

    yield sit
    for desk in opened:
        desk.close()


def keep(desk: Desk, page: str, answers: dict[str, Any] | None) -> None:
    desk.writing(partial(kiosk.keep_page, client=OWN, page=page, answers=answers))


def keep_all(desk: Desk, **told: dict[str, Any]) -> None:
    """Say of every page that nothing has changed, but for these."""
    for page in PAGES:
        keep(desk, page, told.get(page))


def finish(desk: Desk, signed: Signed = DRAWN, **others: Any) -> str:
    return str(desk.writing(partial(kiosk.finish, client=OWN, signed=signed, **others))[0])


def rows(desk: Desk, *columns: Any) -> list[Any]:
    return desk.reading(lambda work: [tuple(row) for row in work.run(select(*columns))])


def words_of(pages: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pages)).pages)


def test_a_signed_form_is_a_new_version_with_its_page_and_no_draft(desk: Desk) -> None:
    keep_all(desk, comfort={"K01": [{"name": "Warfarin", "dose": "5 mg"}], "K02": ["latex"]})
    key = finish(desk, agreed={ConsentKind.TREATMENT})
    asked = Screening.answers, Screening.supersedes, Screening.unchanged, Screening.signed_by
    found = {row[-1]: row[:4] for row in rows(desk, *asked, Screening.id)}
    answers, supersedes, unchanged, signer = found[key]
    assert answers["K01"] == [{"name": "Warfarin", "dose": "5 mg"}]
    assert answers["M01"]["signature"] == signer == "Hạnh Nguyễn"
    assert supersedes == "h-c-own"
    assert unchanged == sorted(set(PAGES) - {"comfort"})
    assert rows(desk, IntakeDraft.id) == []
    papers = rows(desk, SignedPaper.id, SignedPaper.screening, SignedPaper.consent, SignedPaper.method)
    assert len(papers) == 2
    assert {method for *_, method in papers} == {SignedHow.DRAWN}
    (page,) = [row[0] for row in papers if row[1] == key]
    said = words_of(desk.reading(partial(consents.signed_paper, paper=page)))
    assert "Warfarin (Dose 5 mg)" in said
    assert "changed" in said
    assert "nothing has changed, by the client's word" in said


def test_a_form_signed_in_spanish_reads_spanish(desk: Desk) -> None:
    keep_all(desk)
    finish(desk, language="es")
    (paper,) = rows(desk, SignedPaper.id)
    said = words_of(desk.reading(partial(consents.signed_paper, paper=paper[0])))
    assert "HISTORIA DE SALUD" in said
    assert "Firmado por el cliente" in said


def test_the_desk_hands_the_form_over_and_sees_nothing_of_before(seated: Callable[[str], Desk]) -> None:
    desk = seated("s-desk")
    keep(desk, "comfort", {"K01": [{"name": "Warfarin"}]})
    begun = desk.reading(partial(kiosk.begin, client=OWN))
    assert begun.before is None
    assert begun.last_on is not None
    assert begun.kept == {"comfort": None}
    assert "Warfarin" not in repr(begun)


def test_a_therapist_hands_it_over_filled_in_as_last_time(desk: Desk) -> None:
    keep(desk, "comfort", {"K01": []})
    keep(desk, "heart", None)
    begun = desk.reading(partial(kiosk.begin, client=OWN))
    assert begun.before is not None
    assert begun.kept == {"comfort": {"K01": []}, "heart": None}
    assert begun.unchanged == {"heart"}
    assert [offer.kind for offer in begun.consents] == list(kiosk.OFFERED)


def test_what_was_agreed_to_is_not_asked_again(desk: Desk) -> None:
    keep_all(desk)
    finish(desk, agreed={ConsentKind.TREATMENT, ConsentKind.PHOTO})
    begun = desk.reading(partial(kiosk.begin, client=OWN))
    assert [offer.kind for offer in begun.consents] == [ConsentKind.MESSAGES]


@pytest.mark.parametrize(
    ("page", "answers", "code"),
    [
        ("nowhere", {}, "not_found"),
        ("heart", {"K01": []}, "unknown_key"),
        ("heart", {"D01": {"diagnosed": "perhaps"}}, "not_in_list"),
    ],
)
def test_a_page_takes_only_its_own_answers(desk: Desk, page: str, answers: dict[str, Any], code: str) -> None:
    with pytest.raises(Refusal, match=code):
        keep(desk, page, answers)


def test_a_form_with_a_page_left_out_can_not_be_signed(desk: Desk) -> None:
    for page in PAGES[:-1]:
        keep(desk, page, None)
    with pytest.raises(Refusal) as refused:
        finish(desk)
    assert (refused.value.code, refused.value.at) == ("pages_missing", PAGES[-1])


def test_a_form_is_not_signed_by_nobody(desk: Desk) -> None:
    keep_all(desk)
    with pytest.raises(Refusal, match="signature_missing"):
        finish(desk, Signed(" "))


def a_minor(desk: Desk) -> None:
    """Make the client sixteen, with a mother."""
    version = desk.reading(partial(clients.details, client=OWN)).version
    changes = {"born": date(2010, 5, 1), "guardian": {"name": "Linh Nguyễn", "relation": "mother"}}
    desk.writing(partial(clients.edit, client=OWN, changes=changes, version=version))


def test_a_guardian_signs_for_a_minor_and_opens_the_calendar(desk: Desk) -> None:
    a_minor(desk)
    keep_all(desk)
    with pytest.raises(Refusal, match="guardian_must_sign"):
        finish(desk)
    begun = desk.reading(partial(kiosk.begin, client=OWN))
    assert (begun.minor, begun.guardian) == (True, "Linh Nguyễn")
    assert "Linh" not in begun.consents[0].texts["en"].title
    assert any("legal guardian" in line for line in begun.consents[0].texts["en"].paragraphs)
    role = kiosk.signer_of(begun)
    finish(desk, Signed("Linh Nguyễn", role), agreed={ConsentKind.TREATMENT})
    guardian = desk.reading(partial(clients.details, client=OWN)).guardian
    assert guardian is not None
    assert guardian["consent_on"] == "2026-11-18"
    seen = desk.reading(partial(consents.of_client, client=OWN))
    assert (seen.needs_guardian, seen.presence.value) == (True, "on_the_premises")


def give(desk: Desk, kind: ConsentKind, **others: Any) -> ConsentId:
    task = partial(consents.give, client=OWN, kind=kind, signed=others.pop("signed", DRAWN), **others)
    return desk.writing(task)[0]


def test_a_consent_withdrawn_stands_no_more_and_can_be_restored_the_same_day(desk: Desk) -> None:
    key = give(desk, ConsentKind.PHOTO)
    desk.writing(partial(consents.withdraw, consent=key))
    (row,) = desk.reading(partial(consents.of_client, client=OWN)).rows
    assert (row.stands, row.withdrawn_on is not None) == (False, True)
    with pytest.raises(Refusal, match="already_withdrawn"):
        desk.writing(partial(consents.withdraw, consent=key))
    desk.writing(partial(consents.take_back_withdrawal, consent=key))
    (row,) = desk.reading(partial(consents.of_client, client=OWN)).rows
    assert row.stands
    with pytest.raises(Refusal, match="sign_anew"):
        desk.writing(partial(consents.take_back_withdrawal, consent=key))


def test_a_guardians_consent_withdrawn_closes_the_calendar(desk: Desk) -> None:
    a_minor(desk)
    key = give(desk, ConsentKind.TREATMENT, signed=Signed("Linh Nguyễn", SignerRole.GUARDIAN))
    desk.writing(partial(consents.withdraw, consent=key))
    assert "consent_on" not in (desk.reading(partial(clients.details, client=OWN)).guardian or {})
    desk.writing(partial(consents.take_back_withdrawal, consent=key))
    assert (desk.reading(partial(clients.details, client=OWN)).guardian or {})["consent_on"]


def test_a_release_names_what_to_whom_and_why_and_ends_within_a_year(desk: Desk) -> None:
    with pytest.raises(Refusal) as refused:
        give(desk, ConsentKind.RELEASE, details={"what": "Dates of visits"})
    assert (refused.value.code, refused.value.at) == ("consent_incomplete", "to_whom")
    give(desk, ConsentKind.RELEASE, details={"what": "Dates", "to_whom": "Dr. Ibis", "why": "care"})
    (row,) = desk.reading(partial(consents.of_client, client=OWN)).rows
    assert row.ends_on is not None
    said = words_of(desk.reading(partial(consents.signed_paper, paper=row.paper or "")))
    assert "Dr. Ibis" in said


def test_the_breast_stays_locked_without_its_referral(full_desk: Desk) -> None:
    """Case A54."""
    with pytest.raises(Refusal, match="referral_needed"):
        give(full_desk, ConsentKind.BREAST, details={"referral_id": "l-1", "referral": "L-2026-014"})
    assert full_desk.reading(partial(consents.of_client, client=OWN)).locked == {"breast"}


def test_a_drawn_signature_has_strokes(desk: Desk) -> None:
    with pytest.raises(Refusal, match="signature_missing"):
        give(desk, ConsentKind.PHOTO, signed=Signed("Hạnh", method=SignedHow.DRAWN))


def test_the_desk_is_not_told_of_a_release_and_opens_no_page(seated: Callable[[str], Desk]) -> None:
    owner, front = seated("owner"), seated("s-desk")
    give(owner, ConsentKind.RELEASE, details={"what": "Dates", "to_whom": "Dr. Ibis", "why": "care"})
    give(owner, ConsentKind.PHOTO)
    (row,) = front.reading(partial(consents.of_client, client=OWN)).rows
    assert (row.kind, row.paper) == (ConsentKind.PHOTO, None)
    (paper, *_) = rows(owner, SignedPaper.id)
    with pytest.raises(Refusal, match="not_allowed"):
        front.reading(partial(consents.signed_paper, paper=paper[0]))


def test_what_was_signed_can_not_be_changed_even_in_the_file(desk: Desk) -> None:
    give(desk, ConsentKind.PHOTO)

    def tamper(work: Work) -> None:
        work.session.scalars(select(Consent)).one().signer = "Somebody Else"

    def tamper_with_paper(work: Work) -> None:
        work.session.scalars(select(SignedPaper)).one().signer = "Somebody Else"

    for change in (tamper, tamper_with_paper):
        with pytest.raises((Refusal, Trouble, DatabaseError)):
            desk.writing(change)


def test_the_words_signed_are_known_by_their_digest(desk: Desk) -> None:
    give(desk, ConsentKind.PHOTO)
    text = desk.reading(partial(consents.text_of, client=OWN, kind=ConsentKind.PHOTO))
    assert rows(desk, Consent.text_sha256, Consent.text_version) == [(text.sha256, text.version)]
    spanish = desk.reading(partial(consents.text_of, client=OWN, kind=ConsentKind.PHOTO, language="es"))
    assert spanish.sha256 != text.sha256


@pytest.mark.parametrize(("language", "title"), [("en", "HEALTH HISTORY"), ("es", "HISTORIA DE SALUD")])
def test_the_form_on_paper_asks_every_question(desk: Desk, language: str, title: str) -> None:
    pages = desk.reading(partial(form_papers.blank, language=language, client=OWN))
    said = " ".join(words_of(pages).split())
    assert title in said
    for question in questionnaire().asked("full"):
        if question.id != "M01":
            assert question.part.text[language] in said
    assert "Hạnh Nguyễn" in said


def test_the_quick_check_is_printed_for_anybody(desk: Desk) -> None:
    said = words_of(desk.reading(partial(form_papers.blank, kind=ScreeningKind.QUICK)))
    assert "QUICK CHECK" in said


def test_two_files_of_one_person_are_made_one_with_what_was_signed(desk: Desk) -> None:
    give(desk, ConsentKind.PHOTO)
    keep(desk, "heart", None)
    desk.writing(partial(merging.merge, kept=ClientId("c-other"), gone=OWN))
    (row,) = desk.reading(partial(consents.of_client, client=ClientId("c-other"))).rows
    assert row.kind is ConsentKind.PHOTO
    assert row.paper is not None
