"""The journal's tables."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - SQLAlchemy reads the annotations at run time

from sqlalchemy import String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """Base of all journal tables."""


class AccessRow(Base):
    """One look at one person's page. Rows are only ever added."""

    __tablename__ = "access_log"

    access_id: Mapped[int] = mapped_column(primary_key=True)
    seen_at: Mapped[datetime] = mapped_column(index=True)
    viewer_name: Mapped[str] = mapped_column(String(200))
    view_name: Mapped[str] = mapped_column(String(200))
    subject_person_id: Mapped[str] = mapped_column(String(200), index=True)
    purpose: Mapped[str] = mapped_column(String(200))


class ImportRow(Base):
    """One import command with its whole report, failed ones included. Rows are only ever added."""

    __tablename__ = "import_log"

    import_id: Mapped[int] = mapped_column(primary_key=True)
    started_at: Mapped[datetime] = mapped_column(index=True)
    is_dry_run: Mapped[bool]
    report_json: Mapped[str]


class AnswerRow(Base):
    """What somebody said of an anomaly. Rows are only ever added; the newest of a key counts."""

    __tablename__ = "anomaly_answers"

    answer_id: Mapped[int] = mapped_column(primary_key=True)
    answered_at: Mapped[datetime] = mapped_column(index=True)
    viewer_name: Mapped[str] = mapped_column(String(200))
    anomaly_key: Mapped[str] = mapped_column(String(1000), index=True)
    is_right: Mapped[bool]
    note: Mapped[str]
