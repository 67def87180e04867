"""The first tables, and the guards by which the file itself refuses."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

HOLDS = "state IN ('tentative', 'confirmed', 'arrived', 'in_treatment', 'done')"

# No entry is longer than a day, so whoever overlaps begins less than a day before: the search stays short.
OVERLAP = """
    SELECT RAISE(ABORT, 'therapist_taken') WHERE EXISTS (
        SELECT 1 FROM appointments AS other
        WHERE other.staff = NEW.staff AND other.id <> NEW.id AND other.{holds}
          AND other.held_from > NEW.held_from - 1440 AND other.held_from < NEW.held_to
          AND other.held_to > NEW.held_from);
    SELECT RAISE(ABORT, 'room_taken') WHERE EXISTS (
        SELECT 1 FROM appointments AS other
        WHERE other.room = NEW.room AND other.id <> NEW.id AND other.{holds}
          AND other.held_from > NEW.held_from - 1440 AND other.held_from < NEW.held_to
          AND other.held_to > NEW.held_from);
"""


def any_changed(*columns: str) -> str:
    """Say, as a condition, that one of these columns gets another value."""
    return " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in columns)


ISSUED = any_changed(
    "number",
    "kind",
    "series",
    "year",
    "sequence",
    "invoice",
    "payment",
    "refund",
    "issued_at",
    "sheet",
    "sheet_hash",
)
PRINTED = any_changed("pages", "pages_hash", "printed_at")
CHARGED = any_changed("invoice", "position", "kind", "text", "price_cents", "discount_cents", "tax_cents")
WRITTEN = any_changed(
    "appointment", "written_by", "signed_at", "soap", "areas", "techniques", "pressure", "measures"
)
STEPS_BACK = "NEW.last < OLD.last OR NEW.series <> OLD.series OR NEW.year <> OLD.year"

NO_OVERLAP = OVERLAP.format(holds=HOLDS)
TRAIL_IS_FINAL = "SELECT RAISE(ABORT, 'trail_is_final');"
PAPER_IS_FINAL = "SELECT RAISE(ABORT, 'paper_is_final');"
NUMBER_GOES_BACK = "SELECT RAISE(ABORT, 'number_goes_back');"
NOTE_IS_SIGNED = "SELECT RAISE(ABORT, 'note_is_signed');"

HELD = "UPDATE OF staff, room, state, held_from, held_to"
TRIGGERS = {
    "appointments_overlap_insert": (f"INSERT ON appointments WHEN NEW.{HOLDS}", NO_OVERLAP),
    "appointments_overlap_update": (f"{HELD} ON appointments WHEN NEW.{HOLDS}", NO_OVERLAP),
    "audit_no_update": ("UPDATE ON audit", TRAIL_IS_FINAL),
    "audit_no_delete": ("DELETE ON audit", TRAIL_IS_FINAL),
    "counters_no_step_back": (f"UPDATE ON counters WHEN {STEPS_BACK}", NUMBER_GOES_BACK),
    "counters_no_delete": ("DELETE ON counters", NUMBER_GOES_BACK),
    "invoices_issued": (f"UPDATE ON invoices WHEN {any_changed('number', 'issued_on')}", PAPER_IS_FINAL),
    "invoices_no_delete": ("DELETE ON invoices", PAPER_IS_FINAL),
    "lines_issued": (f"UPDATE ON lines WHEN {CHARGED}", PAPER_IS_FINAL),
    "lines_no_delete": ("DELETE ON lines", PAPER_IS_FINAL),
    "notes_signed": (f"UPDATE ON notes WHEN OLD.signed_at IS NOT NULL AND ({WRITTEN})", NOTE_IS_SIGNED),
    "operations_no_update": ("UPDATE ON operations", PAPER_IS_FINAL),
    "operations_no_delete": ("DELETE ON operations", PAPER_IS_FINAL),
    "papers_issued": (f"UPDATE ON papers WHEN {ISSUED}", PAPER_IS_FINAL),
    "papers_printed": (f"UPDATE ON papers WHEN OLD.pages_hash IS NOT NULL AND ({PRINTED})", PAPER_IS_FINAL),
    "papers_no_delete": ("DELETE ON papers", PAPER_IS_FINAL),
}

# A renamed client's old name must not linger in the index: secure-delete rewrites its place. The index holds rows
# of its own, found again by the client's id, because VACUUM may renumber the rows of `clients`.
INDEX = """
    CREATE VIRTUAL TABLE client_search USING fts5 (
        search_text, client, tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3 4 5')
"""
FORGET = """
    DELETE FROM client_search WHERE rowid IN (
        SELECT rowid FROM client_search
        WHERE client_search MATCH 'client : "' || replace(OLD.id, '"', '""') || '"' AND client = OLD.id);
"""
LEARN = "INSERT INTO client_search (search_text, client) VALUES (NEW.search_text, NEW.id);"
LISTENERS = {
    "client_search_added": ("INSERT ON clients", LEARN),
    "client_search_changed": (
        "UPDATE OF search_text ON clients WHEN OLD.search_text <> NEW.search_text",
        FORGET + LEARN,
    ),
    "client_search_removed": ("DELETE ON clients", FORGET),
}


def upgrade() -> None:
    people_and_visits()
    money_and_papers()
    op.execute(INDEX)
    op.execute("INSERT INTO client_search (client_search, rank) VALUES ('secure-delete', 1)")
    for name, (when, then) in LISTENERS.items():
        op.execute(f"CREATE TRIGGER {name} AFTER {when} BEGIN {then} END")
    for name, (when, then) in TRIGGERS.items():
        op.execute(f"CREATE TRIGGER {name} BEFORE {when} BEGIN {then} END")


def downgrade() -> None:
    for name in (*TRIGGERS, *LISTENERS):
        op.execute(f"DROP TRIGGER {name}")
    op.drop_table("client_search")
    for table in (
        "refund_allocations",
        "papers",
        "refunds",
        "allocations",
        "payments",
        "gifts",
        "bundles",
        "lines",
        "invoices",
        "notes",
        "attachments",
        "appointments",
        "screenings",
        "letters",
        "clients",
        "treatments",
        "staff",
        "rooms",
        "practice",
        "operations",
        "counters",
        "audit",
    ):
        op.drop_table(table)


def people_and_visits() -> None:
    op.create_table(
        "audit",
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("object", sa.String(), nullable=False),
        sa.Column("payload", sa.String(), nullable=False),
        sa.Column("seal", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name="pk_audit"),
    )
    op.create_index("ix_audit_object", "audit", ["object"])
    op.create_table(
        "counters",
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("series", "year", name="pk_counters"),
    )
    op.create_table(
        "operations",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("task", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("done_at", sa.String(27), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_operations"),
    )
    op.create_table(
        "practice",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("address", sa.JSON(), nullable=True),
        sa.Column("hours", sa.JSON(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("tax_id", sa.String(), nullable=True),
        sa.Column("npi", sa.String(), nullable=True),
        sa.Column("settings", sa.JSON(), nullable=True),
        sa.Column("preferences", sa.JSON(), nullable=True),
        sa.Column("verification_key", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 'practice'", name="ck_practice_only_one"),
        sa.PrimaryKeyConstraint("id", name="pk_practice"),
    )
    op.create_table(
        "rooms",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_rooms"),
    )
    op.create_table(
        "staff",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(24), nullable=False),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("certificate", sa.JSON(), nullable=True),
        sa.Column("npi", sa.String(), nullable=True),
        sa.Column("prenatal_certified", sa.Boolean(), nullable=True),
        sa.Column("policies", sa.JSON(), nullable=True),
        sa.Column("hours", sa.JSON(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_staff"),
    )
    op.create_table(
        "treatments",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("technique", sa.String(24), nullable=False),
        sa.Column("purpose", sa.String(24), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("price_cents", sa.Integer(), nullable=False),
        sa.Column("buffer_before", sa.Integer(), nullable=True),
        sa.Column("buffer_after", sa.Integer(), nullable=True),
        sa.Column("cpt", sa.String(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("coalesce(buffer_after, 0) BETWEEN 0 AND 240", name="ck_treatments_after"),
        sa.CheckConstraint("coalesce(buffer_before, 0) BETWEEN 0 AND 240", name="ck_treatments_before"),
        sa.CheckConstraint("minutes BETWEEN 1 AND 720", name="ck_treatments_minutes"),
        sa.CheckConstraint("price_cents >= 0", name="ck_treatments_price"),
        sa.PrimaryKeyConstraint("id", name="pk_treatments"),
    )
    op.create_table(
        "clients",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("given_name", sa.String(), nullable=False),
        sa.Column("family_name", sa.String(), nullable=False),
        sa.Column("preferred_name", sa.String(), nullable=True),
        sa.Column("born", sa.Date(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("address", sa.JSON(), nullable=True),
        sa.Column("guardian", sa.JSON(), nullable=True),
        sa.Column("emergency", sa.JSON(), nullable=True),
        sa.Column("payer", sa.JSON(), nullable=True),
        sa.Column("accounts", sa.JSON(), nullable=True),
        sa.Column("relations", sa.JSON(), nullable=True),
        sa.Column("allergies", sa.JSON(), nullable=True),
        sa.Column("assigned_to", sa.String(), nullable=True),
        sa.Column("archived_on", sa.Date(), nullable=True),
        sa.Column("sort_key", sa.String(), nullable=False),
        sa.Column("search_text", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assigned_to"], ["staff.id"], name="fk_clients_assigned_to_staff", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_clients"),
    )
    op.create_index("ix_clients_assigned_to", "clients", ["assigned_to"])
    op.create_index("ix_clients_sorting", "clients", ["sort_key", "id"])
    current = sa.text("archived_on IS NULL")
    op.create_index("ix_clients_current", "clients", ["sort_key", "id"], sqlite_where=current)
    op.create_table(
        "letters",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("client", sa.String(), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("units", sa.Integer(), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("lifetime", sa.Boolean(), nullable=True),
        sa.Column("patient_name", sa.String(), nullable=True),
        sa.Column("signer", sa.JSON(), nullable=True),
        sa.Column("signed", sa.Boolean(), nullable=False),
        sa.Column("diagnoses", sa.JSON(), nullable=True),
        sa.Column("treatment", sa.String(), nullable=True),
        sa.Column("techniques", sa.JSON(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("max_visits", sa.Integer(), nullable=True),
        sa.Column("used_before", sa.Integer(), nullable=True),
        sa.Column("frequency", sa.JSON(), nullable=True),
        sa.Column("necessity_statement", sa.Boolean(), nullable=True),
        sa.Column("source", sa.String(24), nullable=True),
        sa.Column("verified", sa.JSON(), nullable=True),
        sa.Column("exam_on", sa.Date(), nullable=True),
        sa.Column("admin_approved_on", sa.Date(), nullable=True),
        sa.Column("revoked_on", sa.Date(), nullable=True),
        sa.Column("rules", sa.JSON(), nullable=True),
        sa.Column("techniques_allowed", sa.JSON(), nullable=True),
        sa.Column("pressure_cap", sa.String(), nullable=True),
        sa.Column("areas_excluded", sa.JSON(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["client"], ["clients.id"], name="fk_letters_client_clients", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_letters"),
    )
    op.create_index("ix_letters_client", "letters", ["client"])
    op.create_index("ix_letters_ends", "letters", ["ends_on"])
    op.create_index("ix_letters_number", "letters", ["number", "id"])
    op.create_table(
        "screenings",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("client", sa.String(), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("signed_by", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["client"], ["clients.id"], name="fk_screenings_client_clients", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_screenings"),
    )
    op.create_index("ix_screenings_client", "screenings", ["client", "answered_at"])
    op.create_table(
        "appointments",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("client", sa.String(), nullable=False),
        sa.Column("staff", sa.String(), nullable=False),
        sa.Column("room", sa.String(), nullable=True),
        sa.Column("treatment", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(24), nullable=False),
        sa.Column("letter", sa.String(), nullable=True),
        sa.Column("diagnosis", sa.String(), nullable=True),
        sa.Column("minutes_given", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("held_from", sa.Integer(), nullable=False),
        sa.Column("held_to", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "held_to > held_from AND held_to - held_from <= 1440", name="ck_appointments_held"
        ),
        sa.CheckConstraint("minutes BETWEEN 1 AND 720", name="ck_appointments_minutes"),
        sa.ForeignKeyConstraint(
            ["client"], ["clients.id"], name="fk_appointments_client_clients", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["letter"], ["letters.id"], name="fk_appointments_letter_letters", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["room"], ["rooms.id"], name="fk_appointments_room_rooms", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["staff"], ["staff.id"], name="fk_appointments_staff_staff", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["treatment"], ["treatments.id"], name="fk_appointments_treatment_treatments", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_appointments"),
    )
    op.create_index("ix_appointments_at", "appointments", ["at"])
    op.create_index("ix_appointments_client_at", "appointments", ["client", "at"])
    op.create_index("ix_appointments_room_held", "appointments", ["room", "held_from"])
    op.create_index("ix_appointments_staff_held", "appointments", ["staff", "held_from"])
    op.create_table(
        "attachments",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("letter", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.String(27), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["letter"], ["letters.id"], name="fk_attachments_letter_letters", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_attachments"),
    )
    op.create_index("ix_attachments_letter", "attachments", ["letter"])
    op.create_table(
        "notes",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("appointment", sa.String(), nullable=False),
        sa.Column("written_by", sa.String(), nullable=False),
        sa.Column("signed_at", sa.String(27), nullable=True),
        sa.Column("soap", sa.JSON(), nullable=False),
        sa.Column("areas", sa.JSON(), nullable=True),
        sa.Column("techniques", sa.JSON(), nullable=True),
        sa.Column("pressure", sa.String(), nullable=True),
        sa.Column("measures", sa.JSON(), nullable=True),
        sa.Column("addenda", sa.JSON(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["appointment"],
            ["appointments.id"],
            name="fk_notes_appointment_appointments",
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["written_by"], ["staff.id"], name="fk_notes_written_by_staff", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_notes"),
    )
    op.create_index("ix_notes_appointment", "notes", ["appointment"])


def money_and_papers() -> None:
    op.create_table(
        "invoices",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("client", sa.String(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("void_on", sa.Date(), nullable=True),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["client"], ["clients.id"], name="fk_invoices_client_clients", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_invoices"),
        sa.UniqueConstraint("number", name="uq_invoices_number"),
    )
    op.create_index("ix_invoices_client", "invoices", ["client", "issued_on"])
    op.create_index("ix_invoices_issued", "invoices", ["issued_on"])
    op.create_table(
        "lines",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("invoice", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("appointment", sa.String(), nullable=True),
        sa.Column("bundle", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("price_cents", sa.Integer(), nullable=False),
        sa.Column("discount_cents", sa.Integer(), nullable=True),
        sa.Column("tax_cents", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "discount_cents IS NULL OR discount_cents BETWEEN 0 AND price_cents", name="ck_lines_discount"
        ),
        sa.CheckConstraint("price_cents >= 0", name="ck_lines_price"),
        sa.CheckConstraint("tax_cents IS NULL OR tax_cents >= 0", name="ck_lines_tax"),
        sa.ForeignKeyConstraint(
            ["appointment"],
            ["appointments.id"],
            name="fk_lines_appointment_appointments",
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["bundle"], ["bundles.id"], name="fk_lines_bundle_bundles", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["invoice"], ["invoices.id"], name="fk_lines_invoice_invoices", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_lines"),
        sa.UniqueConstraint("invoice", "position", name="uq_lines_invoice_position"),
    )
    op.create_index("ix_lines_appointment", "lines", ["appointment"])
    op.create_index("ix_lines_bundle", "lines", ["bundle"])
    op.create_table(
        "bundles",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("client", sa.String(), nullable=False),
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("treatment", sa.String(), nullable=False),
        sa.Column("visits", sa.Integer(), nullable=False),
        sa.Column("price_cents", sa.Integer(), nullable=False),
        sa.CheckConstraint("price_cents >= 0", name="ck_bundles_price"),
        sa.CheckConstraint("visits > 0", name="ck_bundles_visits"),
        sa.ForeignKeyConstraint(
            ["client"], ["clients.id"], name="fk_bundles_client_clients", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["line"], ["lines.id"], name="fk_bundles_line_lines", ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["treatment"], ["treatments.id"], name="fk_bundles_treatment_treatments", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_bundles"),
    )
    op.create_index("ix_bundles_client", "bundles", ["client"])
    op.create_index("ix_bundles_line", "bundles", ["line"])
    op.create_table(
        "gifts",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.CheckConstraint("amount_cents > 0", name="ck_gifts_amount"),
        sa.ForeignKeyConstraint(["line"], ["lines.id"], name="fk_gifts_line_lines", ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name="pk_gifts"),
        sa.UniqueConstraint("code", name="uq_gifts_code"),
    )
    op.create_index("ix_gifts_line", "gifts", ["line"])
    op.create_table(
        "payments",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("client", sa.String(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("method", sa.String(24), nullable=False),
        sa.Column("gift", sa.String(), nullable=True),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("reference", sa.String(), nullable=True),
        sa.CheckConstraint("amount_cents > 0", name="ck_payments_amount"),
        sa.ForeignKeyConstraint(
            ["client"], ["clients.id"], name="fk_payments_client_clients", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["gift"], ["gifts.id"], name="fk_payments_gift_gifts", ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name="pk_payments"),
        sa.UniqueConstraint("number", name="uq_payments_number"),
    )
    op.create_index("ix_payments_client", "payments", ["client", "paid_on"])
    op.create_index("ix_payments_day", "payments", ["paid_on"])
    op.create_index("ix_payments_gift", "payments", ["gift"])
    op.create_table(
        "allocations",
        sa.Column("payment", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.CheckConstraint("amount_cents > 0", name="ck_allocations_amount"),
        sa.ForeignKeyConstraint(
            ["line"], ["lines.id"], name="fk_allocations_line_lines", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["payment"], ["payments.id"], name="fk_allocations_payment_payments", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("payment", "position", name="pk_allocations"),
    )
    op.create_index("ix_allocations_line", "allocations", ["line"])
    op.create_table(
        "refunds",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("payment", sa.String(), nullable=False),
        sa.Column("refunded_on", sa.Date(), nullable=False),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.CheckConstraint("amount_cents > 0", name="ck_refunds_amount"),
        sa.ForeignKeyConstraint(
            ["payment"], ["payments.id"], name="fk_refunds_payment_payments", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_refunds"),
        sa.UniqueConstraint("number", name="uq_refunds_number"),
    )
    op.create_index("ix_refunds_day", "refunds", ["refunded_on"])
    op.create_index("ix_refunds_payment", "refunds", ["payment"])
    op.create_table(
        "papers",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("series", sa.String(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=True),
        sa.Column("invoice", sa.String(), nullable=True),
        sa.Column("payment", sa.String(), nullable=True),
        sa.Column("refund", sa.String(), nullable=True),
        sa.Column("issued_at", sa.String(27), nullable=False),
        sa.Column("sheet", sa.LargeBinary(), nullable=False),
        sa.Column("sheet_hash", sa.String(), nullable=False),
        sa.Column("pages", sa.LargeBinary(), nullable=True),
        sa.Column("pages_hash", sa.String(), nullable=True),
        sa.Column("printed_at", sa.String(27), nullable=True),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.CheckConstraint("copies >= 0", name="ck_papers_copies"),
        sa.ForeignKeyConstraint(
            ["invoice"], ["invoices.id"], name="fk_papers_invoice_invoices", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["payment"], ["payments.id"], name="fk_papers_payment_payments", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["refund"], ["refunds.id"], name="fk_papers_refund_refunds", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("number", name="pk_papers"),
        sa.UniqueConstraint("series", "year", "sequence", name="uq_papers_series_year_sequence"),
    )
    op.create_index("ix_papers_invoice", "papers", ["invoice"])
    op.create_index("ix_papers_payment", "papers", ["payment"])
    op.create_index("ix_papers_refund", "papers", ["refund"])
    op.create_table(
        "refund_allocations",
        sa.Column("refund", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.CheckConstraint("amount_cents > 0", name="ck_refund_allocations_amount"),
        sa.ForeignKeyConstraint(
            ["line"], ["lines.id"], name="fk_refund_allocations_line_lines", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["refund"], ["refunds.id"], name="fk_refund_allocations_refund_refunds", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("refund", "position", name="pk_refund_allocations"),
    )
    op.create_index("ix_refund_allocations_line", "refund_allocations", ["line"])
