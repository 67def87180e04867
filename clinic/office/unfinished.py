"""Unfinished forms: what somebody was filling in is kept for them alone, and given back when they return."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from clinic.records import Client, UnfinishedForm
from clinic.rules.permissions import Permission

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clinic.storage.work import Work

CLIENT = "client"
"""The name under which a form says whom it is about."""


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A form that was not sent off: where it is opened again, what it is about, and what was typed into it."""

    place: str
    form: str
    of: Mapping[str, str] = field(default_factory=dict)
    """The ids it is opened by."""
    typed: Mapping[str, str] = field(default_factory=dict)
    """By field; only what the person changed."""


def keep(work: Work, form: Unfinished) -> None:
    """Keep what is being filled in, in the practice file and nowhere else, in the place of what was kept before."""
    work.require(Permission.PRACTICE_SEE)
    client = form.of.get(CLIENT)
    if client is not None and work.session.get(Client, client) is None:
        client = None
    written = {"place": form.place, "form": form.form, "of": dict(form.of), "typed": dict(form.typed)}
    content = json.dumps(written, ensure_ascii=False, sort_keys=True).encode()
    known = work.session.get(UnfinishedForm, work.actor.staff)
    if known is None:
        work.add(UnfinishedForm(staff=work.actor.staff, client=client, saved_at=work.now, content=content))
    else:
        known.client, known.saved_at, known.content = client, work.now, content


def kept(work: Work) -> Unfinished | None:
    """Give back what this person was filling in; nobody is given another's."""
    work.require(Permission.PRACTICE_SEE)
    known = work.session.get(UnfinishedForm, work.actor.staff)
    if known is None:
        return None
    written = json.loads(known.content)
    of = dict(written["of"])
    if known.client is not None:
        of[CLIENT] = known.client  # where two files were made one meanwhile, it is about the one that is left
    return Unfinished(written["place"], written["form"], of, written["typed"])


def let_go(work: Work) -> None:
    """Forget what was kept: it was sent off, or is not wanted any more."""
    work.require(Permission.PRACTICE_SEE)
    known = work.session.get(UnfinishedForm, work.actor.staff)
    if known is not None:
        work.session.delete(known)
