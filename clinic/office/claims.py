"""Claims: what a client can still hand in to each account and until when; sums, no advice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from clinic.exchange.tax_years import tax_years
from clinic.records import Client
from clinic.rules import annual, claims
from clinic.rules.permissions import Permission
from clinic.values import AccountKind, Basis, LineId, Money, Refusal, Regime, Verdict
from clinic.workroom import ledgers

if TYPE_CHECKING:
    from clinic.rules.annual import YearLine
    from clinic.storage.work import Work
    from clinic.values import ClientId

REGIMES = {AccountKind.HSA: Regime.HSA, AccountKind.FSA: Regime.FSA, AccountKind.HRA: Regime.FSA}
MAY = frozenset({Verdict.YES, Verdict.PARTIAL, Verdict.PLAN})


@dataclass(frozen=True, slots=True)
class Claimable:
    """A visit's money that was paid privately and that an account may still pay back."""

    line: LineId
    service_date: date
    text: str
    receipt: str
    amount: Money


@dataclass(frozen=True, slots=True)
class AccountClaims:
    """An account with what can be handed in to it today."""

    kind: AccountKind
    first: date | None
    last: date | None
    until: date | None
    too_late: bool
    lines: tuple[Claimable, ...]

    @property
    def amount(self) -> Money:
        """What all of it comes to."""
        return Money(sum(line.amount.cents for line in self.lines))


def still_claimable(work: Work, *, client: ClientId) -> tuple[AccountClaims, ...]:
    """List a client's accounts with the privately paid visits that each may still pay back.

    The same visit may stand under two accounts: it can be handed in to one of them only.
    """
    work.require(Permission.MONEY_SEE)
    work.require(Permission.MONEY_SEE, client=client)
    record = work.get(Client, client)
    ledger = ledgers.ledger_of(work, client)
    lines = annual.all_lines(ledger, ledgers.practice_of(work, [client]))
    marked = [line for line in lines if line.marked and line.own and not line.line.void]
    return tuple(_of_account(work, account, marked) for account in record.accounts or ())


def _of_account(work: Work, account: dict[str, Any], marked: list[YearLine]) -> AccountClaims:
    kind = AccountKind(account["kind"])
    days = {key: date.fromisoformat(told) for key, told in account.items() if key != "kind"}
    window = claims.window(
        kind,
        opened=days.get("opened"),
        year=(days.get("year_start"), days.get("year_end")),
        grace_until=days.get("grace_until"),
        run_out=days.get("run_out"),
    )
    if window is None:
        return AccountClaims(kind, None, None, None, too_late=False, lines=())
    found = []
    for line in marked:
        if not window.holds(line.service_date) or line.judgement.verdicts[REGIMES[kind]] not in MAY:
            continue
        made = claims.claim(line.line.id, line.own, prepared_on=work.today, run_out=window.until, earlier=())
        if made.amount:
            found.append(
                Claimable(line.line.id, line.service_date, line.line.text, line.line.receipt, made.amount)
            )
    too_late = window.until is not None and work.today > window.until
    return AccountClaims(kind, window.first, window.last, window.until, too_late, tuple(found))


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """The floor of a year with what lies above it, and what a way to the visits comes to."""

    documented: Money
    floor: Money
    above: Money
    visits: int
    mileage: Money
    source: str


def reckon(work: Work, *, client: ClientId, year: int, income: Money, other: Money, miles: int) -> Arithmetic:
    """Do a year's sums for a client who asks; what comes of them on a return is not ours to say."""
    work.require(Permission.MONEY_SEE)
    work.require(Permission.MONEY_SEE, client=client)
    rates = tax_years().get(year)
    if rates is None:
        raise Refusal("year_not_known", at="year", year=year)
    if income < Money(0) or other < Money(0) or miles < 0:
        raise Refusal("amount_wrong", at="income")
    found = annual.client_year(
        ledgers.ledger_of(work, client), ledgers.practice_of(work, [client]), year, Basis.PAYMENT
    )
    documented = found.totals.marked_personal
    floor = claims.above_floor(income, [documented, other], rates)
    visits = len({line.visit.id for line in found.lines if line.marked and line.visit is not None})
    return Arithmetic(
        documented, floor.floor, floor.above, visits, claims.mileage(miles, visits, rates), rates.source
    )
