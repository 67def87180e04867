"""What every task of the office answers those who do not treat: never a clinical word, in an answer or a refusal."""

from __future__ import annotations

import inspect
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from clinic.office import handouts
from clinic.office.handouts import Handout, Wanted
from clinic.storage.work import Actor, Work
from clinic.values import ClientId, Refusal, Role, StaffId
from tests import practices
from tests.documents.reading import words_of
from tests.office.test_permissions import PERSON, tasks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from clinic.office.desk import Desk

MARK = "Zylquor"
"""A word that stands in every clinical place of this practice and nowhere else."""
KNOWN: dict[str, Any] = {
    "client": "c-own",
    "kept": "c-own",
    "gone": "c-other",
    "appointment": "a-3",
    "letter": "l-1",
    "note": "n-1",
    "staff": "s-therapist",
    "person": "s-therapist",
    "room": "r-hearth",
    "treatment": "t-60",
    "number": "R-2026-000001",
    "screening": "q-1",
    "plan": "pl-1",
    "year": 2026,
    "on": date(2026, 11, 18),
    "day": date(2026, 11, 18),
    "first": date(2026, 11, 1),
    "last": date(2026, 12, 31),
    "since": date(2026, 1, 1),
    "typed": MARK.lower(),
    "words": MARK.lower(),
    "reason": "asked for",
    "city": "Oakland",
    "limit": 20,
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    document = practices.a_full_document()
    said = {"text": MARK, "icd10": "M54.2"}
    document["letters"] = [practices.a_letter(diagnoses=[said])]
    document["letters"] += [
        practices.a_letter("l-2", kind="clearance", diagnoses=[said], rules=["CVD-01"], number="L-2026-015")
    ]
    for visit in document["appointments"]:
        if visit["client"] == "c-own":
            visit["diagnosis"] = MARK
    document["notes"][0] |= {
        "soap": dict.fromkeys("soap", MARK),
        "addenda": [{"at": "2026-11-06T01:10:00Z", "by": "s-therapist", "text": MARK}],
    }
    document["screenings"] = [
        {
            "id": "q-1",
            "client": "c-own",
            "kind": "full",
            "answered_at": "2026-11-01T09:00",
            "answers": {"K01": [{"name": MARK}]},
        }
    ]
    document["plans"] = [
        {
            "id": "pl-1",
            "client": "c-own",
            "written_by": "s-therapist",
            "condition": MARK,
            "goals": [{"kind": "pain", "text": MARK}],
            "begins_on": "2026-11-01",
            "visits": 6,
            "times": 1,
            "weeks": 2,
            "minutes": 60,
        }
    ]
    document["phrases"] = [{"id": "ph-1", "staff": "s-therapist", "part": "s", "text": MARK}]
    opened = practices.sit_down(practices.make(tmp_path_factory.mktemp("discreet"), document))
    yield opened
    opened.close()


@cache
def asked() -> tuple[tuple[str, Callable[..., Any], dict[str, Any]], ...]:
    """Every task all of whose arguments are known here, with them."""
    found = []
    for function, _permission in tasks():
        parameters = list(inspect.signature(function).parameters.items())[1:]
        wanted = {
            name: KNOWN.get(name)
            for name, parameter in parameters
            if name in KNOWN or parameter.default is parameter.empty
        }
        if all(name in KNOWN for name in wanted):
            found.append((f"{function.__module__.rpartition('.')[2]}.{function.__name__}", function, wanted))
    return tuple(found)


def said(answer: object) -> str:
    """Read out an answer; of a paper, its words."""
    if isinstance(answer, bytes):
        return words_of(answer) if answer.startswith(b"%PDF") else answer.decode("utf-8", "replace")
    if isinstance(answer, tuple | list):
        return "\n".join(map(said, answer))
    return repr(answer)


def answers(desk: Desk, role: Role) -> Iterator[tuple[str, str]]:
    """Ask everything as this role, each in a work of its own of which nothing is kept."""
    actor = Actor(StaffId(PERSON[role]), role, practices.NOW)
    for name, function, wanted in asked():
        with pytest.raises(Refusal) as refused, Work(desk.vault, actor, practices.NOW) as work:
            only_ask(said(function(work, **wanted)))
        yield name, f"{refused.value} {refused.value.facts}"


def only_ask(told: str) -> None:
    """Leave a work so that nothing of it is kept, with what was told."""
    raise Refusal("only_asked", told=told)


def test_there_is_much_to_ask_and_the_owner_is_told_the_words(desk: Desk) -> None:
    """Were the words not there to be told, nothing would be tried below."""
    told = [name for name, words in answers(desk, Role.OWNER) if MARK.lower() in words.lower()]
    assert len(asked()) > 90
    assert {"letters.details", "notes.open_note", "charts.chart", "papers.superbill_of"} <= set(told)
    assert len(told) > 12


@pytest.mark.parametrize("what", list(Handout))
@pytest.mark.parametrize("named", [False, True])
def test_no_paper_the_desk_hands_out_names_a_diagnosis(desk: Desk, what: Handout, named: bool) -> None:  # noqa: FBT001 - tried both ways
    wanted = Wanted(ClientId("c-own"), what, date(2026, 1, 1), date(2026, 12, 31), show_diagnosis=named)
    actor = Actor(StaffId("s-desk"), Role.FRONT_DESK, practices.NOW)
    with pytest.raises(Refusal) as refused, Work(desk.vault, actor, practices.NOW) as work:
        only_ask(words_of(handouts.make(work, wanted).pages))
    assert refused.value.code in {"diagnosis_not_yours", "no_papers", "nothing_booked", "only_asked"}
    assert MARK not in str(refused.value.facts)


@pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.BOOKKEEPER])
def test_no_answer_and_no_refusal_has_a_clinical_word_for_those_who_do_not_treat(
    desk: Desk, role: Role
) -> None:
    told = dict(answers(desk, role))
    assert [name for name, words in told.items() if MARK.lower() in words.lower()] == []
    assert any(words for words in told.values())
