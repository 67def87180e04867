"""Drafts of email with a paper attached, for the person's own mail program to open and send."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formataddr, parseaddr
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def draft(to: str, subject: str, body: str, papers: Sequence[tuple[str, bytes]]) -> bytes:
    """Write a mail that was not sent; whoever opens it reads it over and sends it."""
    mail = EmailMessage(policy=SMTP)
    mail["X-Unsent"] = "1"
    _name, address = parseaddr(" ".join(to.split()))
    if "@" in address and address.isascii():
        mail["To"] = formataddr(("", address))
    mail["Subject"] = " ".join(subject.split())
    mail.set_content(body)
    for name, pages in papers:
        mail.add_attachment(pages, maintype="application", subtype="pdf", filename=name)
    # The line between the parts is made from what they say, so that the same draft is the same file.
    mail.set_boundary(f"=={len(body):x}.{sum(len(pages) for _name, pages in papers):x}==")
    return mail.as_bytes()
