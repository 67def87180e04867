"""What each command may be told."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import NoReturn, TypeAlias

from clinic.rules.contraindications.overriding import OverrideReason
from clinic.values import Basis

USAGE = 2


Command: TypeAlias = Callable[[str, str], argparse.ArgumentParser]


class _Parser(argparse.ArgumentParser):
    """An argument parser whose complaints end with the contract's exit status."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the words, on standard error."""
        self.print_usage(sys.stderr)
        sys.stderr.write(f"{self.prog}: {message}\n")
        sys.exit(USAGE)


def _day(text: str) -> date:
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        message = f"not a day such as 2026-11-23: {text}"
        raise argparse.ArgumentTypeError(message) from None


def _when(text: str) -> datetime:
    try:
        return datetime.strptime(text, "%Y-%m-%dT%H:%M")  # noqa: DTZ007 - a wall time of the practice has no zone
    except ValueError:
        message = f"not a time such as 2026-11-23T16:00: {text}"
        raise argparse.ArgumentTypeError(message) from None


def _override(text: str) -> tuple[str, OverrideReason, str]:
    rule, _, reason = text.partition("=")
    code, _, words = reason.partition(":")
    try:
        return rule, OverrideReason(code), words.strip()
    except ValueError:
        message = f"not a reason: {code}; choose from {', '.join(OverrideReason)}"
        raise argparse.ArgumentTypeError(message) from None


def _year(text: str) -> int:
    if not (text.isdecimal() and 1900 <= int(text) <= 2999):  # noqa: PLR2004 - four figures, and no slip of a key
        message = f"not a year: {text}"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def read(words: Sequence[str]) -> argparse.Namespace:
    """Read the words of one command; what can't be understood ends the program with its usage."""
    reader = parser()
    asked = reader.parse_args(words)
    if asked.command == "flags" and asked.case is None and None in (asked.treatment, asked.at):
        reader.error("flags --client needs --treatment and --at")
    return asked


def parser() -> argparse.ArgumentParser:
    """Describe every command and what it may be told."""
    everywhere = _Parser(add_help=False)
    everywhere.add_argument("--practice", type=Path, metavar="P", help="the practice file")
    everywhere.add_argument("--as", dest="person", metavar="NAME", help="who you are")
    everywhere.add_argument(
        "--password-file", type=Path, metavar="F", help="a file whose first line is the password"
    )
    everywhere.add_argument("--json", action="store_true", help="answer with one JSON document")
    words = _Parser(prog="main.py", description="Effleurage, the practice manager for massage therapists.")
    commands = words.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, does: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=does, description=does, parents=[everywhere])

    _making(command)
    _working(command)
    _papers(command)
    _custody(command)
    return words


def _making(command: Command) -> None:
    demo = command("demo", "make a made-up practice to try things on")
    demo.add_argument("--to", type=Path, required=True, metavar="DIR")
    demo.add_argument("--years", type=int, default=2)
    demo.add_argument("--clients", type=int, default=120)
    demo.add_argument("--seed", type=int, default=1)
    new = command("new", "make an empty practice and print its recovery key once")
    new.add_argument("--name", required=True)
    new.add_argument("--owner", required=True)
    import_ = command("import", "read a portable practice file, or a list of clients (.csv), all or nothing")
    import_.add_argument("file", type=Path)
    import_.add_argument("--dry-run", action="store_true")
    export = command("export", "write the whole practice as a portable file")
    export.add_argument("file", type=Path)
    export.add_argument("--reason", default="")


def _working(command: Command) -> None:
    flags = command("flags", "say what the rules make of a visit")
    about = flags.add_mutually_exclusive_group(required=True)
    about.add_argument("--case", type=Path, metavar="FILE", help="a self-contained case; needs no practice")
    about.add_argument("--client", metavar="ID")
    flags.add_argument("--treatment", metavar="ID")
    flags.add_argument("--at", type=_when, metavar="WHEN")
    flags.add_argument("--staff", metavar="ID")
    flags.add_argument("--site", action="append", default=[], metavar="AREA")
    flags.add_argument("--moment", choices=("booking", "check_in"), default="booking")
    slots = command("slots", "list free times for a treatment, best first")
    slots.add_argument("--treatment", required=True, metavar="ID")
    slots.add_argument("--from", dest="first", type=_day, required=True, metavar="DAY")
    slots.add_argument("--to", dest="last", type=_day, required=True, metavar="DAY")
    slots.add_argument("--staff", metavar="ID")
    book = command("book", "book a visit, or say why not")
    book.add_argument("--client", required=True)
    book.add_argument("--treatment", required=True)
    book.add_argument("--staff", required=True)
    book.add_argument("--at", type=_when, required=True, metavar="WHEN")
    book.add_argument("--room")
    book.add_argument(
        "--override",
        action="append",
        default=[],
        type=_override,
        metavar="RULE=CODE[:TEXT]",
        help="go against a rule, and say why",
    )


def _papers(command: Command) -> None:
    year_end = command("year-end", "write every client's statement and receipts of a year")
    year_end.add_argument("year", type=_year)
    year_end.add_argument("--to", type=Path, required=True, metavar="DIR")
    year_end.add_argument("--basis", type=Basis, choices=list(Basis), default=Basis.PAYMENT)
    year_end.add_argument("--client", action="append", default=[], metavar="ID")
    year_end.add_argument(
        "--mask-treatments", action="store_true", help="for a bookkeeper: no names of treatments"
    )
    receipt = command("receipt", "print a copy of a receipt, or check its code")
    receipt.add_argument("number")
    what = receipt.add_mutually_exclusive_group(required=True)
    what.add_argument("--to", type=Path, metavar="FILE.pdf")
    what.add_argument("--verify", metavar="CODE")


def _custody(command: Command) -> None:
    backup = command("backup", "make a verified copy")
    backup.add_argument("--to", type=Path, metavar="DIR")
    restore = command("restore", "put a verified copy in the place of a practice")
    restore.add_argument("file", type=Path)
    restore.add_argument("--to", type=Path, required=True, metavar="P")
    restore.add_argument("--reason", default="")
    restore.add_argument(
        "--recovery-key",
        action="store_true",
        help="what is given as the password is the printed recovery key",
    )
    command("verify", "check everything there is to check")
    command("self-test", "check the program itself")
