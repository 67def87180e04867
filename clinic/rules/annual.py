"""The year of one client: every line that counts in it, what of it is marked, and what is still open."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from clinic.rules import billing, bundles, counting, eligibility, necessity
from clinic.rules.counting import Stand
from clinic.rules.eligibility import Charge, Paid
from clinic.values import MISSED, NOTHING, Basis, LineKind, Method, Money, State

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from clinic.rules.billing import LateRefund, Line, Payment, Piece, Refund, Settled
    from clinic.rules.bundles import Bundle, Funding
    from clinic.rules.counting import Policy, Visit
    from clinic.rules.eligibility import Judgement, Person, Therapist
    from clinic.rules.necessity import Letter
    from clinic.values import AppointmentId, BundleId, LineId, StaffId

TAKEN = MISSED | {State.DONE}
"""States in which a visit from a bundle is gone, whether it was given or forfeited."""
RECENT = timedelta(days=90)
"""How long an outcome speaks for the visits after it (`domain.md` C3, W-NOFUNCTION)."""
NO_LETTER = Stand(bars=frozenset({"E-NOLMN"}))


@dataclass(frozen=True, slots=True)
class Ledger:
    """All that is on file of one client's letters, visits and money, of all years."""

    person: Person
    letters: tuple[Letter, ...] = ()
    visits: tuple[Visit, ...] = ()
    lines: tuple[Line, ...] = ()
    payments: tuple[Payment, ...] = ()
    refunds: tuple[Refund, ...] = ()
    bundles: tuple[BundleId, ...] = ()
    """The bundles this client bought."""
    outcomes: tuple[date, ...] = ()
    """Days on which an outcome was measured; empty where the practice keeps none of this client."""


@dataclass(frozen=True, slots=True)
class Purse:
    """A bundle and how its money went to its visits, worked out once for everybody who shares it."""

    bundle: Bundle
    funding: Funding


@dataclass(frozen=True, slots=True)
class Practice:
    """What all ledgers share."""

    therapists: Mapping[StaffId, Therapist]
    policy: Policy
    purses: Mapping[BundleId, Purse]


@dataclass(frozen=True, slots=True)
class YearLine:
    """One line as it counts in the year."""

    line: Line
    charge: Money
    visit: Visit | None
    therapist: Therapist | None
    service_date: date
    paid_on: date | None
    insurer_paid: Money
    client_paid: Money
    paid_by: tuple[Method, ...]
    own: Money
    """Part of ``eligible`` paid with the client's own money."""
    account: Money
    """Part of ``eligible`` paid with an HSA, FSA or HRA card."""
    marked: bool
    judgement: Judgement
    pieces: tuple[Piece, ...]
    """The money that counts here."""

    @property
    def eligible(self) -> Money:
        """The amount behind the stamp."""
        return self.own + self.account


@dataclass(frozen=True, slots=True)
class Totals:
    """The six money figures of a year."""

    client_paid: Money = NOTHING
    marked_personal: Money = NOTHING
    marked_hsa_fsa: Money = NOTHING
    not_marked: Money = NOTHING
    prepaid_open: Money = NOTHING
    refunds_prior_year: Money = NOTHING

    def __add__(self, other: Totals) -> Totals:
        return Totals(
            self.client_paid + other.client_paid,
            self.marked_personal + other.marked_personal,
            self.marked_hsa_fsa + other.marked_hsa_fsa,
            self.not_marked + other.not_marked,
            self.prepaid_open + other.prepaid_open,
            self.refunds_prior_year + other.refunds_prior_year,
        )


@dataclass(frozen=True, slots=True)
class ClientYear:
    """A client's year: its lines, its six figures, and the refunds that change no earlier row."""

    year: int
    basis: Basis
    lines: tuple[YearLine, ...]
    totals: Totals
    prior_refunds: tuple[LateRefund, ...]

    @property
    def letters(self) -> frozenset[str]:
        """Ids of the letters that the lines name."""
        return frozenset(line.judgement.letter.id for line in self.lines if line.judgement.letter is not None)

    @property
    def exceptions(self) -> tuple[tuple[YearLine, str], ...]:
        """Everything that kept a line from being marked, and every warning."""
        return tuple((line, code) for line in self.lines for code in line.judgement.codes)


def purses(
    bundles_sold: Iterable[Bundle],
    paid: Mapping[LineId, tuple[Piece, ...]],
    paid_back: Iterable[LateRefund],
) -> dict[BundleId, Purse]:
    """Let every bundle's money pay its visits, once for all who share it."""
    back = defaultdict(list)
    for refund in paid_back:
        back[refund.line].append(refund)
    return {
        bundle.id: Purse(bundle, bundles.fund(bundle, paid.get(bundle.sale, ()), back[bundle.sale]))
        for bundle in bundles_sold
    }


def judged(
    ledger: Ledger, practice: Practice
) -> tuple[Mapping[AppointmentId, Stand], frozenset[AppointmentId]]:
    """Put a client's visits under their letters, and name those that the health plan lets be billed."""
    stands = counting.stand(
        ledger.visits,
        supporting(ledger.letters),
        ledger.person.patient,
        {therapist.name for therapist in practice.therapists.values()},
        practice.policy,
    )
    return stands, counting.permitted(ledger.visits, ledger.letters, ledger.person.plan)


def supporting(letters: Iterable[Letter]) -> tuple[Letter, ...]:
    """Pick the letters that can make a visit documented."""
    return tuple(letter for letter in letters if letter.kind in necessity.SUPPORTING)


@dataclass(frozen=True, slots=True)
class _Books:
    """A client's ledger with its money followed and its visits placed."""

    ledger: Ledger
    practice: Practice
    settled: Settled
    stands: Mapping[AppointmentId, Stand]
    permitted: frozenset[AppointmentId]
    visits: Mapping[AppointmentId, Visit]

    def visit(self, line: Line) -> Visit | None:
        """Find the visit that a line charges for."""
        return self.visits.get(line.appointment) if line.appointment else None

    def service_date(self, line: Line) -> date:
        """Tell the day of the care; what is no care has the day it was charged."""
        visit = self.visit(line)
        return visit.day if visit else line.issued_on

    def charge(self, line: Line, paid: Paid) -> Charge:
        """Put together what a line is judged by."""
        visit = self.visit(line)
        if visit is None:
            return Charge(line.kind, paid, stand=None if self._has_letters() else NO_LETTER)
        return Charge(
            line.kind,
            paid,
            visit,
            self.stands[visit.id],
            self.practice.therapists.get(visit.staff),
            permitted=visit.id in self.permitted,
            unmeasured=self._unmeasured(visit.day),
        )

    def _has_letters(self) -> bool:
        patient = self.ledger.person.patient.id
        return any(letter.client == patient for letter in supporting(self.ledger.letters))

    def _unmeasured(self, day: date) -> bool:
        known = self.ledger.outcomes
        return bool(known) and not any(day - RECENT <= measured <= day for measured in known)

    def money_on(self, line: Line) -> tuple[tuple[Piece, ...], Money, Money]:
        """Give what was paid on a line, its charge, and the amount that can be marked at most."""
        if line.kind is LineKind.BUNDLE_USE:
            purse = self.practice.purses.get(line.bundle) if line.bundle else None
            if purse is None:
                return (), line.price, NOTHING
            worth = purse.funding.worth.get(line.id, NOTHING)
            return purse.funding.pieces.get(line.id, ()), worth, worth
        return self.settled.pieces.get(line.id, ()), line.price, line.net


def _open(ledger: Ledger, practice: Practice) -> _Books:
    settled = billing.settle(ledger.lines, ledger.payments, ledger.refunds)
    stands, permitted = judged(ledger, practice)
    return _Books(ledger, practice, settled, stands, permitted, {visit.id: visit for visit in ledger.visits})


def client_year(ledger: Ledger, practice: Practice, year: int, basis: Basis) -> ClientYear:
    """Work out a client's year, by the day money was paid or by the day care was delivered."""
    return client_span(ledger, practice, (date(year, 1, 1), date(year, 12, 31)), basis)


def client_span(ledger: Ledger, practice: Practice, days: tuple[date, date], basis: Basis) -> ClientYear:
    """Work out what counts for a client from one day to another, both among them, as a year is worked out."""
    books = _open(ledger, practice)
    first, last = days

    def counts(piece: Piece) -> bool:
        return basis is Basis.SERVICE or first <= piece.counts_on <= last

    def is_of_the_time(line: Line) -> bool:
        if basis is Basis.PAYMENT:
            return any(map(counts, books.money_on(line)[0]))
        return first <= books.service_date(line) <= last

    lines = [line for line in ledger.lines if not line.void and is_of_the_time(line)]
    rows = tuple(_row(books, line, counts) for line in sorted(lines, key=billing.as_issued))
    return _closed(books, rows, days, basis)


def all_lines(
    ledger: Ledger, practice: Practice, invoices: Collection[str] | None = None
) -> tuple[YearLine, ...]:
    """Judge every line by all that is known and paid so far, as receipts say it; voided ones come along.

    Where only some invoices are wanted, the lines of the others are spared the judgement.
    """
    books = _open(ledger, practice)
    lines = [line for line in ledger.lines if invoices is None or line.invoice in invoices]
    return tuple(_row(books, line, lambda _piece: True) for line in sorted(lines, key=billing.as_issued))


def _row(books: _Books, line: Line, counts: Callable[[Piece], bool]) -> YearLine:
    pieces, asked, whole = books.money_on(line)
    counted = [piece for piece in pieces if counts(piece)]
    methods = {piece.method for piece in counted}
    kept = [piece for piece in counted if piece.amount]
    paid = Paid(
        by_client=any(piece.by_client for piece in kept),
        by_insurer=any(piece.method is Method.INSURER for piece in kept),
        by_gift=any(piece.method is Method.GIFT for piece in kept),
    )
    charge = books.charge(line, paid)
    judgement = eligibility.judge(charge, books.ledger.person, books.practice.policy)
    marked = judgement.documented and paid.anything
    own, account = _behind_the_stamp(pieces, counts, whole.share(*judgement.share) if marked else NOTHING)
    # A bundle's money counts on its visits; on its sale it would count twice.
    on_line = [] if line.kind is LineKind.BUNDLE_SALE else counted
    return YearLine(
        line=line,
        charge=asked,
        visit=charge.visit,
        therapist=charge.therapist,
        service_date=books.service_date(line),
        paid_on=max((piece.counts_on for piece in counted), default=None),
        insurer_paid=_sum(piece.amount for piece in on_line if piece.method is Method.INSURER),
        client_paid=_sum(piece.amount for piece in on_line if piece.by_client),
        paid_by=tuple(sorted(methods)),
        own=own,
        account=account,
        marked=marked,
        judgement=judgement,
        pieces=tuple(counted),
    )


def _sum(amounts: Iterable[Money]) -> Money:
    return Money(sum(amount.cents for amount in amounts))


def _behind_the_stamp(
    pieces: tuple[Piece, ...], counts: Callable[[Piece], bool], most: Money
) -> tuple[Money, Money]:
    """Fill what can be marked with the client's payments, by day and id; other years come along."""
    own = account = NOTHING
    for piece in sorted(pieces, key=lambda piece: (piece.paid_on, piece.payment)):
        if not piece.by_client:
            continue
        part = min(piece.amount, most)
        most -= part
        if counts(piece):
            if piece.method in billing.HEALTH_CARDS:
                account += part
            else:
                own += part
    return own, account


def totals_of(rows: Iterable[YearLine], prepaid_open: Money, refunds_prior_year: Money) -> Totals:
    """Add up rows; the three kinds of money add up to what the client paid."""
    rows = tuple(rows)
    paid = _sum(row.client_paid for row in rows)
    own, account = _sum(row.own for row in rows), _sum(row.account for row in rows)
    return Totals(paid, own, account, paid - own - account, prepaid_open, refunds_prior_year)


def _closed(books: _Books, rows: tuple[YearLine, ...], days: tuple[date, date], basis: Basis) -> ClientYear:
    first_day, last_day = days
    credits_ = [credit for credit in books.settled.credits if credit.method not in billing.NOT_THE_CLIENTS]
    credit = max(NOTHING, _sum(credit.amount for credit in credits_ if credit.on <= last_day))
    prior = tuple(
        refund
        for refund in books.settled.late_refunds
        if first_day <= refund.refunded_on <= last_day and refund.to_client
    )
    open_ = credit + _on_bundles(books, last_day)
    totals = totals_of(rows, open_, _sum(refund.amount for refund in prior))
    return ClientYear(last_day.year, basis, rows, totals, prior)


def _on_bundles(books: _Books, last_day: date) -> Money:
    """Add up what is paid on bundles and not yet used; a sale nobody made a bundle of is used by nothing."""
    sold = [books.practice.purses[bundle] for bundle in books.ledger.bundles]
    by_sale = {purse.bundle.sale: purse.funding for purse in sold}
    return _sum(
        bundles.still_open(
            books.settled.pieces.get(line.id, ()),
            [refund for refund in books.settled.late_refunds if refund.line == line.id],
            by_sale.get(line.id, bundles.UNUSED),
            last_day,
        )
        for line in books.ledger.lines
        if line.kind is LineKind.BUNDLE_SALE
    )
