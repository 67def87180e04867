"""What is said of a file or a case that can't be taken in: what is wrong, and at which place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clinic.wording import _

if TYPE_CHECKING:
    from collections.abc import Mapping


def sentences() -> Mapping[str, str]:
    """Say each fault of a file, in the language spoken now."""
    return {
        # the file
        "not_a_file": _("This is not a file that can be read."),
        "unreadable_file": _("The file can't be read. Check that you may open it."),
        "file_too_large": _("The file is larger than any practice could be."),
        "byte_order_mark": _("The file begins with a byte order mark. Save it as plain UTF-8."),
        "not_utf8": _("The file is not UTF-8 text; the first wrong byte is number {byte}."),
        "not_json": _("The file is not valid JSON (row {row}, column {column})."),
        "number_too_long": _("A number in the file is too long to be meant."),
        "too_deep": _("The file is nested too deeply."),
        "nul_in_text": _("A text has a character that can't be kept (NUL)."),
        "half_a_character": _("A text has half a character (a lone surrogate)."),
        "doubled_key": _("A key stands twice in one object."),
        "not_a_number": _("A number is not a number (NaN or infinity)."),
        "fractional_number": _("A whole number is wanted here; money is whole cents."),
        # its shape
        "unknown_format": _("The file is not a portable practice file."),
        "newer_version": _("The file is of a newer version than this program knows ({known})."),
        "unknown_key": _("There is no key of this name here."),
        "missing_key": _("The key “{key}” is missing."),
        "wrong_type": _("The value is of the wrong kind."),
        "not_in_list": _("Only these can stand here: {allowed}."),
        "out_of_range": _("The number is out of range."),
        "negative_amount": _("An amount can't be negative here."),
        "text_missing": _("A text is needed here."),
        "text_too_long": _("The text is too long."),
        "list_too_short": _("The list is too short."),
        "list_too_long": _("The list is too long."),
        "impossible_date": _("There is no such day or time."),
        "malformed": _("The value is not written as it has to be."),
        # between items
        "doubled_id": _("This id stands twice."),
        "doubled_number": _("This number stands twice."),
        "dangling_reference": _("This refers to something that is not there."),
        "unknown_time_zone": _("There is no such time zone."),
        "skipped_time": _("This time does not exist: the clocks skip it on that night."),
        "impossible_hours": _("Opening hours must end after they begin."),
        "overlap": _("This visit overlaps another of the same therapist or room, buffers included."),
        # money
        "discount_beyond_price": _("The discount is more than the price."),
        "not_a_bundle_sale": _("The line of a bundle must be a bundle's sale."),
        "not_a_gift_sale": _("The line of a gift certificate must be a gift's sale."),
        "not_a_gift_payment": _("Only a payment by gift names a gift certificate."),
        "bundle_sold_twice": _("This line sold another bundle already; each needs a line of its own."),
        "bundle_used_up": _("More visits are taken from this bundle than it has."),
        "bundle_use_is_paid": _("A visit from a bundle is paid by the bundle; nothing else can pay it."),
        "other_client": _("This belongs to another client."),
        "allocated_beyond_amount": _("More is allocated than the payment holds."),
        "allocated_beyond_line": _("More is paid on this line than it asks for."),
        "refund_before_payment": _("This was paid back before it was paid."),
        "refund_beyond_payment": _("More is paid back than was paid."),
        "refund_beyond_line": _("More is paid back on this line than the payment settled of it."),
        # letters
        "wrong_npi": _("The check digit of this NPI is wrong. Compare it with the letter."),
        "deleted_procedure": _("This procedure code was deleted; massage is not billed with it."),
        "unknown_diagnosis_code": _("This diagnosis code is in no release that the program knows."),
        "diagnosis_not_billable": _("This diagnosis code was not billable on the day of signing."),
        "excluded_diagnoses": _("These two diagnosis codes exclude each other (Excludes1)."),
        # what stands
        "already_issued": _("This was issued and stays as it is. Void it or pay it back instead."),
        "already_signed": _("This was signed and stays as it is. Add to it instead."),
    }
