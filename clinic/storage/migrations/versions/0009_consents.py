"""What clients agree to and sign, forms half filled in, and how one screening grows from another."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

# Whose it is may change, when two files are found to be of one person; nothing else of what was signed does.
SIGNED = (
    "kind", "given_on", "ends_on", "text_version", "language", "text_sha256", "details", "signer", "role",
    "method", "signed_at", "witness",
)  # fmt: skip
KEPT = (
    "screening", "consent", "signer", "role", "method", "signed_at", "taken_by", "text_sha256", "strokes", "pages",
    "pages_hash",
)  # fmt: skip


def any_changed(*columns: str) -> str:
    return " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in columns)


TRIGGERS = {
    "consents_signed": f"UPDATE ON consents WHEN {any_changed(*SIGNED)}",
    "consents_no_delete": "DELETE ON consents",
    "signed_papers_no_update": f"UPDATE ON signed_papers WHEN {any_changed(*KEPT)}",
    "signed_papers_no_delete": "DELETE ON signed_papers",
}


def key(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{to}"
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name, ondelete="RESTRICT")


def upgrade() -> None:
    with op.batch_alter_table("screenings") as screenings:
        screenings.add_column(sa.Column("supersedes", sa.String(), nullable=True))
        screenings.add_column(sa.Column("unchanged", sa.JSON(), nullable=True))
        screenings.create_foreign_key(
            "fk_screenings_supersedes_screenings", "screenings", ["supersedes"], ["id"], ondelete="RESTRICT"
        )
    op.create_table(
        "consents",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("client", sa.String(), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("text_version", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("text_sha256", sa.String(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=True),
        sa.Column("signer", sa.String(), nullable=False),
        sa.Column("role", sa.String(24), nullable=False),
        sa.Column("method", sa.String(24), nullable=False),
        sa.Column("signed_at", sa.String(27), nullable=False),
        sa.Column("witness", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        key("consents", "client", "clients"),
        key("consents", "witness", "staff"),
        sa.PrimaryKeyConstraint("id", name="pk_consents"),
    )
    op.create_index("ix_consents_client", "consents", ["client", "kind"])
    op.create_table(
        "signed_papers",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("client", sa.String(), nullable=False),
        sa.Column("screening", sa.String(), nullable=True),
        sa.Column("consent", sa.String(), nullable=True),
        sa.Column("signer", sa.String(), nullable=False),
        sa.Column("role", sa.String(24), nullable=False),
        sa.Column("method", sa.String(24), nullable=False),
        sa.Column("signed_at", sa.String(27), nullable=False),
        sa.Column("taken_by", sa.String(), nullable=False),
        sa.Column("text_sha256", sa.String(), nullable=False),
        sa.Column("strokes", sa.LargeBinary(), nullable=True),
        sa.Column("pages", sa.LargeBinary(), nullable=True),
        sa.Column("pages_hash", sa.String(), nullable=True),
        key("signed_papers", "client", "clients"),
        key("signed_papers", "screening", "screenings"),
        key("signed_papers", "consent", "consents"),
        key("signed_papers", "taken_by", "staff"),
        sa.PrimaryKeyConstraint("id", name="pk_signed_papers"),
    )
    op.create_index("ix_signed_papers_client", "signed_papers", ["client", "signed_at"])
    op.create_table(
        "intake_drafts",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("client", sa.String(), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("begun_by", sa.String(), nullable=False),
        sa.Column("saved_at", sa.String(27), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        key("intake_drafts", "client", "clients"),
        key("intake_drafts", "begun_by", "staff"),
        sa.PrimaryKeyConstraint("id", name="pk_intake_drafts"),
    )
    op.create_index("ix_intake_drafts_client", "intake_drafts", ["client"])
    for name, when in TRIGGERS.items():
        op.execute(f"CREATE TRIGGER {name} BEFORE {when} BEGIN SELECT RAISE(ABORT, 'paper_is_final'); END")


def downgrade() -> None:
    for name in TRIGGERS:
        op.execute(f"DROP TRIGGER {name}")
    for table in ("intake_drafts", "signed_papers", "consents"):
        op.drop_table(table)
    with op.batch_alter_table("screenings") as screenings:
        screenings.drop_constraint("fk_screenings_supersedes_screenings", type_="foreignkey")
        screenings.drop_column("unchanged")
        screenings.drop_column("supersedes")
