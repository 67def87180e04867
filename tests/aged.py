"""A practice in which one client's time is over: all that can be on file of somebody is, with one word in it."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from clinic.office import clients, merging, papers, unfinished
from clinic.office.unfinished import Unfinished
from clinic.records import (
    Attachment,
    Attempt,
    ClearanceRequest,
    Consent,
    IntakeDraft,
    NoteDraft,
    Plan,
    Request,
    SignedPaper,
    Step,
    Wait,
)
from clinic.values import ClientId
from tests import practices

if TYPE_CHECKING:
    from pathlib import Path

    from clinic.office.desk import Desk
    from clinic.storage.work import Work

MARK = "Zylquor"
"""Stands in every word that is on file of the client, and nowhere else."""
NAME = f"Hạnh {MARK}"
OWN, OTHER, TWIN = ClientId("c-own"), ClientId("c-other"), ClientId("c-twin")
LATER = practices.NOW + timedelta(days=8 * 366)
SAID = (MARK, MARK.lower(), "Hạnh", "hanh", "5550168", "555-0168", "M54.2", f"{MARK}!")
"""What must be found nowhere under the key of the practice once the client is erased."""


def make(folder: Path) -> Path:
    """Make the practice; what is the client's and what is a stranger's stand side by side in every list."""
    path = practices.make(folder, _document())
    desk = practices.sit_down(path)
    desk.writing(_scribble)
    _live(desk)
    desk.close()
    return path


def sit_down(path: Path) -> Desk:
    """Sign the owner in eight years later, with the password given just now."""
    desk = practices.sit_down(path)
    desk.clock = lambda: LATER
    desk.confirm()
    return desk


def _document() -> dict[str, Any]:
    said = [{"text": MARK, "icd10": "M54.2"}]
    void = {"on": "2026-11-05", "reason": MARK}
    shared = (
        practices.a_line("x-7", "bundle_use", 0, bundle="b-1"),
        practices.a_line("x-8", "bundle_sale", 9000, text="One visit"),
    )
    prepaid = {"treatment": "t-60", "visits": 1, "price_cents": 9000, "shared_with": [{"client": OWN}]}
    soap = dict.fromkeys("soap", MARK)
    note = {"id": "n-1", "appointment": "a-1", "written_by": "owner", "signed_at": "2026-11-05T01:10:00Z"}
    extra = {
        "email": f"{MARK}@post.example",
        "wishes": MARK,
        "guardian": {"name": MARK, "relation": "mother", "phone": "1"},
        "allergies": ["nut"],
    }
    return practices.a_document(
        clients=[
            practices.a_client(OWN, "Hạnh", MARK, **extra),
            practices.a_client(TWIN, "Hanh", MARK),
            practices.a_client(OTHER, "Odile", "Marchetti", phone="(510) 555-0199"),
        ],
        letters=[
            practices.a_letter(patient_name=NAME, diagnoses=said, superseded_by="l-2"),
            practices.a_letter(
                "l-2", TWIN, number="L-2", diagnoses=said, signer={"name": MARK, "credential": "MD"}
            ),
        ],
        appointments=[
            practices.an_appointment("a-1", "2026-11-04T16:00", staff="owner", reason=MARK, letter="l-1"),
            practices.an_appointment("a-2", "2026-11-18T09:00", staff="owner", client=OTHER),
            practices.an_appointment("a-4", "2026-11-19T09:00", staff="owner", state="cancelled"),
        ],
        notes=[note | {"soap": soap}],
        invoices=[
            practices.an_invoice(
                "i-1",
                "2026-11-04",
                practices.a_line("x-1", appointment="a-1", text=MARK, discount_cents=1, discount_reason=MARK),
                practices.a_line("x-2", "tip", 2000, text="Tip"),
                practices.a_line("x-3", "bundle_sale", 12000, text=MARK),
                practices.a_line("x-4", "bundle_use", 0, text=MARK, bundle="b-1", appointment="a-1"),
                practices.a_line("x-6", "bundle_use", 0, text=MARK, bundle="b-2"),
            ),
            practices.an_invoice("i-2", "2026-11-05", practices.a_line("x-5", text=MARK), void=void),
            practices.an_invoice(
                "i-3", "2026-11-18", practices.a_line("x-9", appointment="a-2"), *shared, client=OTHER
            ),
        ],
        bundles=[
            {
                "id": "b-1",
                "client": OWN,
                "line": "x-3",
                "treatment": "t-60",
                "visits": 2,
                "price_cents": 12000,
            }
            | {"shared_with": [{"client": OTHER}]},
            {"id": "b-2", "client": OTHER, "line": "x-8"} | prepaid,
        ],
        payments=[
            practices.a_payment("p-1", "2026-11-04", 26499, reference=MARK),
            practices.a_payment("p-2", "2026-11-18", 21500, client=OTHER, reference="1234"),
        ],
    )


def _scribble(work: Work) -> None:
    """Keep one record of every kind that the portable file does not carry, or that tasks would refuse."""
    told, key, at = MARK.encode(), OWN, work.now
    digest = hashlib.sha256(told).hexdigest()
    signed = {"signer": MARK, "role": "client", "method": "drawn", "signed_at": at, "text_sha256": "0" * 64}
    given = {"given_on": date(2026, 11, 1), "text_version": "1", "language": "en", "details": {"why": MARK}}
    waiting = {"treatment": "t-60", "urgency": "soon", "since": at, "closed_on": work.today}
    series = {
        "visits": 6,
        "times": 1,
        "weeks": 1,
        "minutes": 60,
        "begins_on": work.today,
        "goals": [{"a": MARK}],
    }
    scan = {"media_type": "image/png", "sha256": digest, "size": len(told), "added_at": at, "content": told}
    asked = {"kind": "renewal", "made_on": work.today, "said": {"words": MARK}}
    for record in (
        NoteDraft(id="d-1", appointment="a-1", written_by="owner", saved_at=at, content=told),
        IntakeDraft(id="d-2", client=key, kind="full", begun_by="owner", saved_at=at, content=told),
        Attachment(id="s-1", letter="l-2", **scan),
        Consent(id="k-1", client=key, kind="treatment", **given, **signed),
        SignedPaper(
            id="k-2", client=key, consent="k-1", taken_by="owner", pages=told, pages_hash=digest, **signed
        ),
        Wait(id="w-1", client=key, remark=MARK, **waiting),
        Attempt(id="v-1", client=key, appointment="a-1", outcome="left_message", at=at),
        Step(id="v-2", appointment="a-1", state="done", at=at),
        Step(id="v-6", appointment="a-1", state="arrived", at=at),
        Plan(id="v-3", client=key, written_by="owner", condition=MARK, letter="l-1", **series),
        Request(id="v-4", client=key, letter="l-1", **asked),
        ClearanceRequest(
            id="v-5", client=key, rules=[], opened_on=work.today, opened_by="owner", closed_for=MARK
        ),
    ):
        work.add(record)


def _live(desk: Desk) -> None:
    """Let the trail say something of all of it: details edited, two files made one, papers printed, words unsent."""
    desk.confirm()
    before = desk.reading(partial(clients.details, client=OWN))
    more = {"phone": "(510) 555-0168 9", "wishes": f"{MARK}!"}
    desk.writing(partial(clients.edit, client=OWN, changes=more, version=before.version))
    desk.writing(partial(merging.merge, kept=OWN, gone=TWIN))
    desk.writing(partial(papers.original, number="R-2026-000001"))
    desk.writing(lambda work: work.note("opened", f"clients/{OWN}", {"reason": MARK}))
    desk.writing(partial(unfinished.keep, form=Unfinished("x", "x", {"client": OWN}, {"line": MARK})))
    desk.writing(lambda work: work.session.delete(work.get(Step, "v-2")))
