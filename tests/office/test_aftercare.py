"""What a client is told after a visit, in English and Spanish."""

from __future__ import annotations

from email import message_from_bytes, policy
from functools import partial
from typing import TYPE_CHECKING

import pytest

from clinic.exchange import aftercare as book
from clinic.office import aftercare, clients
from clinic.values import ClientId, Refusal, Technique
from tests.documents.reading import words_of

if TYPE_CHECKING:
    from clinic.office.desk import Desk

OWN = ClientId("c-own")


@pytest.mark.parametrize("language", book.LANGUAGES)
@pytest.mark.parametrize("technique", list(Technique))
def test_every_technique_is_told_in_every_language(technique: Technique, language: str) -> None:
    advice = book.advice(technique, language)
    assert all((advice.title, advice.subject, advice.mail, advice.foot, advice.described, advice.technique))
    assert all(heading and lines and all(lines) for heading, lines in advice.parts)
    assert len(advice.parts) == (5 if technique in book.DEEP else 4)


@pytest.mark.parametrize("language", book.LANGUAGES)
def test_nothing_claims_to_flush_cure_or_heal(language: str) -> None:
    for technique in Technique:
        advice = book.advice(technique, language)
        said = " ".join((advice.technique, *(line for _, lines in advice.parts for line in lines))).lower()
        assert not any(
            claim in said for claim in ("toxin", "flush", "cure", "heal", "toxina", "sana", "elimina")
        )


def test_the_sheet_says_when_to_call_and_names_nobody(full_desk: Desk) -> None:
    english = words_of(full_desk.reading(partial(aftercare.sheet, client=OWN)))
    assert "Call 911" in english
    assert "Therapeutic massage" in english
    assert "Nguyễn" not in english
    spanish = words_of(full_desk.reading(partial(aftercare.sheet, client=OWN, language="es")))
    assert "Página 1 de 1" in spanish
    assert "Llame al 911" in spanish
    with pytest.raises(Refusal, match="unknown_field"):
        full_desk.reading(partial(aftercare.sheet, client=OWN, language="tlh"))


def test_the_draft_is_not_sent_and_carries_the_sheet(full_desk: Desk) -> None:
    with pytest.raises(Refusal, match="no_address"):
        full_desk.writing(partial(aftercare.draft, client=OWN))
    full_desk.writing(partial(clients.edit, client=OWN, changes={"email": "hanh@post.example"}, version=1))
    content = full_desk.writing(partial(aftercare.draft, client=OWN, language="es"))[0]
    mail = message_from_bytes(content, policy=policy.default)
    assert (mail["X-Unsent"], mail["To"], mail["Subject"]) == (
        "1",
        "hanh@post.example",
        "Después de su masaje",
    )
    (paper,) = mail.iter_attachments()
    assert paper.get_filename() == "after-care.pdf"
    full_desk.writing(partial(clients.edit, client=OWN, changes={"do_not_contact": True}, version=2))
    with pytest.raises(Refusal, match="do_not_contact"):
        full_desk.writing(partial(aftercare.draft, client=OWN))


def test_one_who_was_never_here_gets_the_general_advice(full_desk: Desk) -> None:
    assert "Your treatment" in words_of(
        full_desk.reading(partial(aftercare.sheet, client=ClientId("c-other")))
    )
