"""What each command does: sign in, call the office, answer."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clinic.values import ClientId, Refusal, RoomId, StaffId, Stopped, TreatmentId, Trouble

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator, Mapping

    from clinic.office.desk import Desk
    from clinic.values import Progress


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command says on standard output: words for people, facts for ``--json``."""

    words: str
    facts: Any = None
    refused: Refusal | None = None
    """A plain no that is an answer all the same, such as a code that is not genuine."""


def _practice(asked: argparse.Namespace) -> Path:
    from clinic.storage.place import default_path

    given = asked.practice or os.environ.get("CLINIC_PRACTICE")
    return Path(given) if given else default_path()


def _password(asked: argparse.Namespace) -> str:
    if asked.password_file is not None:
        try:
            return str(asked.password_file.read_text("utf-8-sig").splitlines()[0])
        except (OSError, IndexError, UnicodeDecodeError):
            raise Trouble("password_unknown") from None
    if (password := os.environ.get("CLINIC_PASSWORD")) is not None:
        return password
    if not sys.stdin.isatty():
        raise Trouble("password_unknown")
    return getpass("Password: ")


@contextmanager
def _signed_in(asked: argparse.Namespace) -> Iterator[Desk]:
    from clinic.office import sign_in

    person = asked.person or os.environ.get("CLINIC_USER")
    desk = sign_in.sign_in(_practice(asked), person, _password(asked), patient=True)
    try:
        yield desk
    finally:
        desk.close()


def _progress(what: str) -> Progress:
    """Show how far long work is, on a terminal only."""

    def tell(done: int, of: int) -> None:
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{what} {done}/{of}" + ("\n" if done >= of else ""))
            sys.stderr.flush()

    return tell


def _demo(asked: argparse.Namespace) -> Answer:
    from clinic.office import demo

    made = demo.make(asked.to, years=asked.years, clients=asked.clients, seed=asked.seed)
    return Answer(str(made.practice), {"practice": str(made.practice), "readme": str(made.readme)})


def _new(asked: argparse.Namespace) -> Answer:
    from clinic.office import sign_in

    new = sign_in.NewPractice(asked.name, asked.owner, _password(asked), sign_in.machine_zone())
    desk, recovery_key = sign_in.create(_practice(asked), new)
    desk.close()
    return Answer(recovery_key, {"practice": str(_practice(asked)), "recovery_key": recovery_key})


def _import(asked: argparse.Namespace) -> Answer:
    if asked.file.suffix.lower() in LISTS:
        return _move_in(asked)
    from clinic.office import portable

    with _signed_in(asked) as desk:
        done = portable.take_in(desk, asked.file, dry_run=asked.dry_run, progress=_progress("Reading"))
    words = "\n".join(
        f"{name}: {n.added} new, {n.updated} updated, {n.same} as before" for name, n in done.items()
    )
    facts = {name: {"added": n.added, "updated": n.updated, "unchanged": n.same} for name, n in done.items()}
    return Answer(words, {"dry_run": asked.dry_run, "lists": facts})


def _move_in(asked: argparse.Namespace) -> Answer:
    """Take on the clients of another program's list, all or none."""
    from clinic.office import moving_in

    with _signed_in(asked) as desk:
        dry = asked.dry_run
        looked = moving_in.look(desk, asked.file) if dry else moving_in.take_on(desk, asked.file).looked
    for entry in looked.entries:
        if entry.faults:
            _tell(f"row {entry.row}: {moving_in.reason(entry)}")
    new = looked.count(*moving_in.TAKEN_ON)
    there = looked.count(moving_in.Fate.THERE, moving_in.Fate.TWICE)
    counts = {"added": new, "updated": 0, "unchanged": there}
    facts = {"dry_run": dry, "lists": {"clients": counts}, "rows": looked.rows_refused()}
    refused = looked.count(moving_in.Fate.REFUSED)
    words = f"clients: {new} new, {there} as before" + (f", {refused} refused" if refused else "")
    return Answer(words, facts)


def _export(asked: argparse.Namespace) -> Answer:
    from clinic.office import portable

    with _signed_in(asked) as desk:
        counts = portable.give_out(desk, asked.file, reason=asked.reason or "asked for by command")
    return Answer(str(asked.file), {"file": str(asked.file), "lists": counts})


def _flags(asked: argparse.Namespace) -> Answer:
    from clinic.office import flags
    from clinic.rules.contraindications import Moment

    if asked.case is not None:
        found = flags.of_case(asked.case)
    else:
        task = partial(
            flags.of_visit,
            client=ClientId(asked.client),
            treatment=TreatmentId(asked.treatment),
            at=asked.at,
            staff=StaffId(asked.staff) if asked.staff else None,
            sites=asked.site,
            moment=Moment(asked.moment),
        )
        with _signed_in(asked) as desk:
            found, _ = desk.writing(task)
    words = [f"{found['outcome']} {found['decision']}"]
    words += [
        f"{f['severity']} {f['rule']} {f['therapist_text'] or f['desk_text']}" for f in found["findings"]
    ]
    return Answer("\n".join(words), found)


def _slots(asked: argparse.Namespace) -> Answer:
    from clinic.office import free_times
    from clinic.wording.slots import why

    with _signed_in(asked) as desk:
        found = desk.reading(
            partial(
                free_times.find,
                treatment=TreatmentId(asked.treatment),
                first=asked.first,
                last=asked.last,
                staff=StaffId(asked.staff) if asked.staff else None,
            )
        )
    facts = [
        {
            "at": slot.at.isoformat(timespec="minutes"),
            "minutes": slot.minutes,
            "staff": slot.staff,
            "room": slot.room,
            "score": slot.score,
            "why": list(why(slot.why)),
        }
        for slot in found
    ]
    words = [
        "  ".join(
            part
            for part in (
                f"{slot.at:%Y-%m-%d %H:%M}",
                slot.staff_name,
                slot.room_name,
                ", ".join(why(slot.why)),
            )
            if part
        )
        for slot in found
    ]
    return Answer("\n".join(words), {"slots": facts})


def _book(asked: argparse.Namespace) -> Answer:
    from clinic.office import booking, flags
    from clinic.rules.contraindications import Override
    from clinic.wording.reasons import phrase

    visit = {
        "client": ClientId(asked.client),
        "treatment": TreatmentId(asked.treatment),
        "staff": StaffId(asked.staff),
        "at": asked.at,
    }
    task = partial(
        booking.book,
        **visit,
        room=RoomId(asked.room) if asked.room else None,
        overrides=[Override(*each) for each in asked.override],
    )
    with _signed_in(asked) as desk:
        try:
            booked, _ = desk.writing(task)
        except Refusal as refusal:
            if refusal.code in {"rules_refuse", "rules_emergency"}:
                with suppress(Refusal):  # a therapist may book somebody new, and is not told about strangers
                    refusal.facts["flags"], _ = desk.writing(partial(flags.of_visit, **visit))
            raise
    for code in booked.warnings:
        sys.stderr.write(f"{phrase(code)}.\n")
    facts = {
        "appointment": booked.appointment,
        "state": booked.state.value,
        "flags": booked.flags,
        "warnings": list(booked.warnings),
    }
    return Answer(f"{booked.appointment} {booked.state.value}", facts)


def _year_end(asked: argparse.Namespace) -> Answer:
    from clinic.office import year_end

    with _signed_in(asked) as desk:
        try:
            made = year_end.export(
                desk,
                asked.year,
                asked.to,
                basis=asked.basis,
                clients=tuple(ClientId(client) for client in asked.client),
                mask_treatments=asked.mask_treatments,
                progress=_progress("Writing"),
            )
        except (KeyboardInterrupt, Stopped):
            if finished := year_end.kept_aside(asked.to):
                _tell(f"{finished} clients are finished and kept aside; the same command goes on from there.")
            raise
    if made.again:
        _tell(f"{made.again} clients had been finished by the run before.")
    if made.manifest["supersedes"]:
        _tell(f"Takes the place of an earlier set; changed for {len(made.manifest['changes'])} clients.")
        for change in made.manifest["changes"]:
            columns = ", ".join(f"{name} {a} -> {b}" for name, (a, b) in change.get("columns", {}).items())
            _tell(f"  {change['client_id']}: {columns or change['what']}")
    return Answer(str(asked.to), made.manifest)


def _tell(message: str) -> None:
    """Say something beside the answer."""
    sys.stderr.write(f"{message}\n")


def _receipt(asked: argparse.Namespace) -> Answer:
    from clinic.office import papers

    with _signed_in(asked) as desk:
        if asked.verify is not None:
            genuine, _ = desk.writing(partial(papers.verify, number=asked.number, code=asked.verify))
            facts = {"number": asked.number, "genuine": genuine}
            return Answer("genuine" if genuine else "", facts, None if genuine else Refusal("not_genuine"))
        copy, _ = desk.writing(partial(papers.copy, number=asked.number))
        papers.put(asked.to, copy.pages)
    return Answer(str(asked.to), {"number": asked.number, "file": str(asked.to), "copy": copy.n})


def _backup(asked: argparse.Namespace) -> Answer:
    from clinic.office import custody

    with _signed_in(asked) as desk:
        copy = custody.back_up(desk, asked.to, progress=_progress("Copying"))
    return Answer(str(copy.path), {"file": str(copy.path), "sequence": copy.sequence, "sha256": copy.sha256})


def _restore(asked: argparse.Namespace) -> Answer:
    from clinic.office import custody

    given = _password(asked)
    restored = custody.restore(
        asked.file,
        asked.to,
        person=asked.person or os.environ.get("CLINIC_USER"),
        password=given,
        recovery_key=given if asked.recovery_key else "",
        reason=asked.reason or "asked for by command",
        progress=_progress("Restoring"),
    )
    facts = {
        "practice": str(restored.practice),
        "old": str(restored.old) if restored.old else None,
        "lost": {"steps": restored.lost_steps, "papers": restored.lost_papers},
    }
    return Answer(str(asked.to), facts)


def _verify(asked: argparse.Namespace) -> Answer:
    from clinic.office import custody

    with _signed_in(asked) as desk:
        findings = custody.verify(desk)
    words = "\n".join(f"{'ok ' if finding.ok else 'BAD'} {finding.check}" for finding in findings)
    facts = {"ok": all(f.ok for f in findings), "checks": [{"check": f.check, "ok": f.ok} for f in findings]}
    if not facts["ok"]:
        raise Trouble("damaged_file")
    return Answer(words, facts)


def _self_test(_asked: argparse.Namespace) -> Answer:
    from clinic.office import self_test

    checked = self_test.run()
    return Answer("\n".join(checked), {"checked": list(checked)})


LISTS = frozenset({".csv", ".tsv"})
"""How the list of another program is called; every other file is a portable one."""
COMMANDS: Mapping[str, Callable[[argparse.Namespace], Answer]] = {
    "demo": _demo,
    "new": _new,
    "import": _import,
    "export": _export,
    "flags": _flags,
    "slots": _slots,
    "book": _book,
    "year-end": _year_end,
    "receipt": _receipt,
    "backup": _backup,
    "restore": _restore,
    "verify": _verify,
    "self-test": _self_test,
}
