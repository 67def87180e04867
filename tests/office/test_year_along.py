"""What goes along with a year's papers: letters, passwords, drafts, and what changed since the set before."""

from __future__ import annotations

import csv
import email
import json
from email.message import EmailMessage
from email.policy import default
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter

from clinic.documents import scans
from clinic.office import handouts, letters, till, year_end
from clinic.office.year_end import Along
from clinic.storage.work import Actor, Work
from clinic.values import Basis, ClientId, LetterId, Method, Money, Refusal, Role, StaffId
from clinic.workroom import year_along
from tests import practices

if TYPE_CHECKING:
    from pathlib import Path

    from clinic.office.desk import Desk

OWN = ClientId("c-own")


def a_pdf(pages: int = 1) -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(612, 792)
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def a_picture(kind: str = "PNG") -> bytes:
    file = BytesIO()
    Image.new("RGB", (200, 300), "white").save(file, kind)
    return file.getvalue()


def exported(desk: Desk, folder: Path, **along: bool) -> dict[str, Any]:
    return year_end.export(desk, 2026, folder, along=Along(**along)).manifest


def text_of(path: Path) -> str:
    document = pypdfium2.PdfDocument(path.read_bytes())
    try:
        return " ".join(document[at].get_textpage().get_text_range() for at in range(len(document)))
    finally:
        document.close()


def own_folder(folder: Path) -> Path:
    return next(path for path in folder.iterdir() if path.is_dir() and path.name.endswith("c-own"))


def test_scans_and_pictures_become_one_file() -> None:
    made = scans.one_file(
        [(scans.PDF, a_pdf(2)), ("image/png", a_picture()), ("image/jpeg", a_picture("JPEG"))]
    )
    assert len(PdfReader(BytesIO(made)).pages) == 4


def test_what_cannot_be_read_is_left_out() -> None:
    assert scans.one_file([("image/png", b"torn"), (scans.PDF, b"%PDF-torn")]) == b""
    assert scans.one_file([]) == b""


def with_a_scan(desk: Desk) -> None:
    desk.writing(partial(letters.attach, letter=LetterId("l-1"), content=a_picture()))


def test_letters_go_along_only_where_the_client_agreed(full_desk: Desk, tmp_path: Path) -> None:
    with_a_scan(full_desk)
    exported(full_desk, tmp_path / "one", letters=True)
    assert not (own_folder(tmp_path / "one") / "letters.pdf").exists()
    full_desk.writing(partial(handouts.agree_on_letters, client=OWN, agreed=True))
    assert full_desk.reading(partial(handouts.lets_letters_go, client=OWN))
    manifest = exported(full_desk, tmp_path / "two", letters=True)
    path = own_folder(tmp_path / "two") / "letters.pdf"
    assert len(PdfReader(path).pages) == 1
    assert f"{path.parent.name}/letters.pdf" in {entry["path"] for entry in manifest["files"]}
    exported(full_desk, tmp_path / "three")
    assert not (own_folder(tmp_path / "three") / "letters.pdf").exists()


def test_a_bookkeeper_takes_no_letters_along(full_desk: Desk, tmp_path: Path) -> None:
    books = Actor(StaffId("s-books"), Role.BOOKKEEPER, practices.NOW)
    wanted = year_end._Wanted(2026, Basis.PAYMENT, along=Along(letters=True))
    with (
        Work(full_desk.vault, books, practices.NOW, reading=True) as work,
        pytest.raises(Refusal, match="not_allowed"),
    ):
        year_end.write_set(work, folder=tmp_path, wanted=wanted, progress=None)


def test_each_clients_papers_open_with_their_own_password(full_desk: Desk, tmp_path: Path) -> None:
    exported(full_desk, tmp_path / "set", passwords=True)
    with (tmp_path / "set" / "passwords.csv").open(encoding="utf-8") as file:
        passwords = {row["client_id"]: row["password"] for row in csv.DictReader(file)}
    for name in ("annual-statement.pdf", "receipts.pdf"):
        reader = PdfReader(own_folder(tmp_path / "set") / name)
        assert reader.is_encrypted
        assert reader.decrypt(passwords["c-own"])
    assert len(passwords["c-own"].split()) == 4


def test_a_draft_of_a_mail_brings_the_papers_as_they_lie_there(full_desk: Desk, tmp_path: Path) -> None:
    exported(full_desk, tmp_path / "set", drafts=True, passwords=True)
    own = own_folder(tmp_path / "set")
    mail = email.message_from_bytes((own / "draft.eml").read_bytes(), policy=default)
    assert isinstance(mail, EmailMessage)
    attached = {part.get_filename(): part.get_content() for part in mail.iter_attachments()}
    assert attached == {name: (own / name).read_bytes() for name in ("annual-statement.pdf", "receipts.pdf")}
    body = mail.get_body()
    assert body is not None
    assert "by phone" in body.get_content()


def test_the_rate_for_mileage_stands_on_the_statement_where_wished(full_desk: Desk, tmp_path: Path) -> None:
    exported(full_desk, tmp_path / "plain")
    assert "cents a mile" not in text_of(own_folder(tmp_path / "plain") / "annual-statement.pdf")
    exported(full_desk, tmp_path / "miles", mileage=True)
    told = text_of(own_folder(tmp_path / "miles") / "annual-statement.pdf")
    assert "1 marked visit. 20.5 cents a mile" in " ".join(told.split())


def test_a_set_made_again_says_for_whom_it_changed_and_what(full_desk: Desk, tmp_path: Path) -> None:
    assert "changes" not in exported(full_desk, tmp_path / "set")
    assert exported(full_desk, tmp_path / "set")["changes"] == []
    full_desk.writing(
        partial(
            till.take_deposit,
            operation="d",
            client=OWN,
            tenders=(till.Tender(Method.CARD, Money(5000)),),
        )
    )
    (changed,) = exported(full_desk, tmp_path / "set")["changes"]
    assert (changed["client_id"], changed["what"]) == ("c-own", "changed")
    assert set(changed["columns"]) == {"prepaid_open"}
    on_disk = json.loads((tmp_path / "set" / "manifest.json").read_text("utf-8"))
    assert on_disk["changes"] == [changed]


def test_who_came_and_who_went_is_told() -> None:
    columns = ("client_id", "client", "lines")
    before = {"a": {"client_id": "a", "client": "A", "lines": "1"}}
    assert year_along.changes(before, {"b": ("b", "B", 2)}, columns) == [
        {"client_id": "a", "what": "gone"},
        {"client_id": "b", "what": "new"},
    ]


def test_an_index_that_is_torn_says_nothing(tmp_path: Path) -> None:
    assert year_along.rows_before(tmp_path, ("client_id",)) == {}
    (tmp_path / "index.csv").write_text("something,else\n1,2\n")
    assert year_along.rows_before(tmp_path, ("client_id",)) == {}


def a_visit_paid_by_card(**letter: Any) -> dict[str, Any]:
    return practices.a_document(
        letters=[practices.a_letter(**letter)] if letter else [],
        appointments=[practices.an_appointment("a-1", "2026-11-04T16:00")],
        notes=[
            {
                "id": "n-1",
                "appointment": "a-1",
                "written_by": "s-therapist",
                "soap": {"s": "x", "o": "x", "a": "x", "p": "x"},
            }
        ],
        invoices=[practices.an_invoice("i-1", "2026-11-04", practices.a_line("x-1", appointment="a-1"))],
        payments=[practices.a_payment("p-1", "2026-11-04", 12500, method="hsa_card")],
    )


def test_a_health_card_without_a_letter_and_an_open_note_are_worth_a_look(tmp_path: Path) -> None:
    desk = practices.sit_down(practices.make(tmp_path, a_visit_paid_by_card()))
    grid = desk.reading(partial(year_end.grid, year=2026))
    desk.close()
    assert {check.code for check in grid.to_check} == {"E-NOLMN", year_end.DRAFT_NOTE}


def test_money_of_an_earlier_year_that_went_back_is_worth_a_look(tmp_path: Path) -> None:
    document = a_visit_paid_by_card()
    document["payments"][0]["paid_on"] = "2025-12-30"
    document["invoices"][0]["issued_on"] = "2025-12-30"
    document["invoices"].append(
        practices.an_invoice("i-2", "2026-01-05", practices.a_line("y-1", "product", 1000, text="Oil"))
    )
    document["payments"].append(practices.a_payment("p-2", "2026-01-05", 1000))
    document["refunds"] = [{"id": "f-1", "payment": "p-1", "refunded_on": "2026-01-06", "amount_cents": 2000}]
    desk = practices.sit_down(practices.make(tmp_path, document))
    grid = desk.reading(partial(year_end.grid, year=2026))
    desk.close()
    assert [(c.code, c.amount) for c in grid.to_check if c.code == year_end.PRIOR_REFUND] == [
        (year_end.PRIOR_REFUND, Money(2000))
    ]
