"""What every kept record has in common: column types, a version, and stable names of constraints."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from sqlalchemy import (
    JSON,
    Date,
    DateTime,
    Enum,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    TypeDecorator,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from clinic.values import Topic

if TYPE_CHECKING:
    from enum import StrEnum

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Instant(TypeDecorator[datetime]):
    """A UTC instant, kept as text that sorts; reading gives it back with its zone."""

    impl = String(27)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: object) -> str | None:
        """Write the instant in UTC to the microsecond."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = "an instant needs a zone"
            raise ValueError(message)
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    def process_result_value(self, value: str | None, _dialect: object) -> datetime | None:
        """Read the instant back."""
        return None if value is None else datetime.fromisoformat(value)


class Base(DeclarativeBase):
    """A record kept in the practice file."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        dict[str, Any]: JSON(none_as_null=True),
        list[dict[str, Any]]: JSON(none_as_null=True),
        list[str]: JSON(none_as_null=True),
        date: Date(),
    }
    topic: ClassVar[Topic]
    quiet: ClassVar[bool] = False
    """A scratch paper: that it was begun and done with is on record, each change of it is not."""


class Versioned:
    """A record that two people may change: the second one learns of the first."""

    version: Mapped[int] = mapped_column(Integer, nullable=False, default=1)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 - SQLAlchemy hands in the class
        """Let SQLAlchemy count the version up at each change."""
        return {"version_id_col": cls.version}


Key = Annotated[str, mapped_column(String, primary_key=True)]
Cents = Annotated[int, mapped_column(Integer)]
Wall = Annotated[datetime, mapped_column(DateTime)]
Moment = Annotated[datetime, mapped_column(Instant)]
Blob = Annotated[bytes, mapped_column(LargeBinary)]


def kept_as(kind: type[StrEnum]) -> Enum:
    """Keep a closed list of words by the word itself."""
    return Enum(
        kind,
        native_enum=False,
        create_constraint=False,
        values_callable=lambda words: [w.value for w in words],
        length=24,
    )


def refers_to(table: str) -> ForeignKey:
    """Point at a record that must exist and can't be removed under us."""
    return ForeignKey(f"{table}.id", ondelete="RESTRICT")
