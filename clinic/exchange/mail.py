"""Drafts of messages: an email as a file that a mail program opens unsent, and links that open one addressed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file that goes with an email."""

    name: str
    kind: str
    content: bytes


def eml(*, to: str, subject: str, body: str, enclosed: tuple[Enclosed, ...] = ()) -> bytes:
    """Write an email that is not sent yet; whoever opens it sees it ready and sends it."""
    message = EmailMessage(policy=SMTP)
    message["To"] = _one_line(to)
    message["Subject"] = _one_line(subject)
    message["X-Unsent"] = "1"
    message.set_content(body)
    for file in enclosed:
        main, _, sub = file.kind.partition("/")
        message.add_attachment(file.content, maintype=main, subtype=sub, filename=file.name)
    return message.as_bytes()


def mailto(*, to: str, subject: str, body: str) -> str:
    """Make a link that opens the mail program with everything written."""
    return f"mailto:{quote(to, safe='@')}?subject={quote(_one_line(subject))}&body={quote(_lines(body))}"


def sms(*, phone: str, body: str) -> str:
    """Make a link that opens a text message to a phone number."""
    plus = "+" if phone.strip().startswith("+") else ""
    digits = re.sub(r"\D", "", phone)
    return f"sms:{plus}{digits}?body={quote(body)}"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _lines(body: str) -> str:
    return "\r\n".join(body.splitlines())
