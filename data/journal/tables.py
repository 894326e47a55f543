"""The journal's tables."""

from __future__ import annotations

from datetime import date, datetime  # noqa: TC003 - SQLAlchemy reads the annotations at run time

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """Base of all journal tables."""


class _Change:
    """Who changed what, and how: columns of every table that says something new of what was written before."""

    viewer_name: Mapped[str] = mapped_column(String(200))
    subject: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[int] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(String(20))


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


class ScenarioRow(Base):
    """A what-if that somebody kept: what would be done to a project, and what came of it. Rows are only ever added."""

    __tablename__ = "scenarios"

    scenario_id: Mapped[int] = mapped_column(primary_key=True)
    saved_at: Mapped[datetime] = mapped_column(index=True)
    viewer_name: Mapped[str] = mapped_column(String(200))
    project_id: Mapped[str] = mapped_column(String(200), index=True)
    as_of_date: Mapped[date]
    title: Mapped[str] = mapped_column(String(200))
    steps_json: Mapped[str]
    result_json: Mapped[str]


class DecisionRow(Base):
    """What was decided, who does it until when, and what was predicted of it. Rows are only ever added."""

    __tablename__ = "decisions"

    decision_id: Mapped[int] = mapped_column(primary_key=True)
    decided_at: Mapped[datetime] = mapped_column(index=True)
    viewer_name: Mapped[str] = mapped_column(String(200))
    project_id: Mapped[str] = mapped_column(String(200), index=True)
    scenario_id: Mapped[int | None] = mapped_column(index=True)
    title: Mapped[str] = mapped_column(String(200))
    owner_name: Mapped[str] = mapped_column(String(200))
    due_date: Mapped[date | None]
    prediction_json: Mapped[str]
    note: Mapped[str]
    review_id: Mapped[int | None] = mapped_column(index=True)
    item_key: Mapped[str] = mapped_column(String(500), server_default="")
    item_number: Mapped[int | None]
    why: Mapped[str] = mapped_column(server_default="")
    alternatives: Mapped[str] = mapped_column(server_default="")
    review_date: Mapped[date | None]
    condition_json: Mapped[str] = mapped_column(server_default="{}")
    asserted_by: Mapped[str] = mapped_column(String(200), server_default="")
    do_nothing_json: Mapped[str] = mapped_column(server_default="{}")
    supersedes_id: Mapped[int | None]


class EditRow(_Change, Base):
    """One change of a decision, a risk or an alert: what it says from then on. Rows are only ever added.

    The number of the version is unique: of two people who change what both have seen, the second is told.
    """

    __tablename__ = "edits"
    __table_args__ = (UniqueConstraint("subject", "subject_id", "version", name="one_edit_of_a_version"),)

    edit_id: Mapped[int] = mapped_column(primary_key=True)
    edited_at: Mapped[datetime] = mapped_column(index=True)
    version: Mapped[int]
    fields_json: Mapped[str]
    note: Mapped[str]


class ReviewRow(Base):
    """One portfolio review: which figures it saw, and those figures as they were. Rows are only ever added."""

    __tablename__ = "reviews"

    review_id: Mapped[int] = mapped_column(primary_key=True)
    opened_at: Mapped[datetime] = mapped_column(index=True)
    viewer_name: Mapped[str] = mapped_column(String(200))
    as_of_date: Mapped[date] = mapped_column(index=True)
    scope_json: Mapped[str]
    publication: Mapped[str] = mapped_column(String(200))
    model_version: Mapped[str] = mapped_column(String(100))
    attendees_json: Mapped[str]
    content_json: Mapped[str]
    content_sha256: Mapped[str] = mapped_column(String(64))


class AnnouncementRow(Base):
    """A finish that was announced to a client: a promise. Rows are only ever added; the newest of a project counts."""

    __tablename__ = "announcements"

    announcement_id: Mapped[int] = mapped_column(primary_key=True)
    recorded_at: Mapped[datetime] = mapped_column(index=True)
    viewer_name: Mapped[str] = mapped_column(String(200))
    project_id: Mapped[str] = mapped_column(String(200), index=True)
    announced_date: Mapped[date]
    said_date: Mapped[date]
    said_by: Mapped[str] = mapped_column(String(200))
    review_id: Mapped[int | None]
    kept_probability: Mapped[float | None]
    note: Mapped[str]


class RaidRow(Base):
    """A risk, assumption, issue or dependency of a project as it was first written. Rows are only ever added."""

    __tablename__ = "raid_entries"

    raid_id: Mapped[int] = mapped_column(primary_key=True)
    recorded_at: Mapped[datetime] = mapped_column(index=True)
    viewer_name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(20))
    project_id: Mapped[str] = mapped_column(String(200), index=True)
    title: Mapped[str] = mapped_column(String(200))
    sign_key: Mapped[str] = mapped_column(String(500))
    owner_name: Mapped[str] = mapped_column(String(200))
    due_date: Mapped[date | None]
    note: Mapped[str]


class AlertRow(Base):
    """An alert as it was raised at publishing: which rule, about what, and why then. Rows are only ever added.

    Of two processes that look at once, the second finds that this occurrence of rule and subject is there already.
    """

    __tablename__ = "alerts"
    __table_args__ = (UniqueConstraint("rule_name", "subject_key", "occurrence", name="one_alert_of_an_occurrence"),)

    alert_id: Mapped[int] = mapped_column(primary_key=True)
    raised_at: Mapped[datetime] = mapped_column(index=True)
    as_of_date: Mapped[date]
    publication: Mapped[str] = mapped_column(String(200))
    rule_name: Mapped[str] = mapped_column(String(100), index=True)
    subject_key: Mapped[str] = mapped_column(String(500), index=True)
    value: Mapped[float | None]
    why_json: Mapped[str]
    occurrence: Mapped[int] = mapped_column(server_default="1")


class AlertLookRow(Base):
    """One look at the rules: when, at which data, and which rules could be looked at. Rows are only ever added."""

    __tablename__ = "alert_looks"

    look_id: Mapped[int] = mapped_column(primary_key=True)
    looked_at: Mapped[datetime]
    as_of_date: Mapped[date]
    publication: Mapped[str] = mapped_column(String(200))
    rules_json: Mapped[str]


class AlertDeliveryRow(Base):
    """One try to deliver an alert on a channel, and what came of it. Rows are only ever added; no address is kept."""

    __tablename__ = "alert_deliveries"

    delivery_id: Mapped[int] = mapped_column(primary_key=True)
    tried_at: Mapped[datetime]
    alert_id: Mapped[int] = mapped_column(index=True)
    channel_name: Mapped[str] = mapped_column(String(100))
    is_sent: Mapped[bool]
    why: Mapped[str] = mapped_column(String(500))


class RegisterChangeRow(_Change, Base):
    """A scenario that was renamed or deleted, or a decision that was withdrawn. Rows are only ever added.

    What was kept and decided stays in the journal: a number never comes to mean something else, and a review can tell
    what was decided once.
    """

    __tablename__ = "register_changes"

    change_id: Mapped[int] = mapped_column(primary_key=True)
    changed_at: Mapped[datetime] = mapped_column(index=True)
    title: Mapped[str] = mapped_column(String(200))


class LessonRow(Base):
    """A lesson that somebody wrote at a post-mortem, and the figure that it rests on. Rows are only ever added."""

    __tablename__ = "lessons"

    lesson_id: Mapped[int] = mapped_column(primary_key=True)
    written_at: Mapped[datetime] = mapped_column(index=True)
    viewer_name: Mapped[str] = mapped_column(String(200))
    project_id: Mapped[str] = mapped_column(String(200), index=True)
    title: Mapped[str] = mapped_column(String(200))
    note: Mapped[str]
    figure: Mapped[str] = mapped_column(String(200))
    figure_weeks: Mapped[float | None]
    tags_json: Mapped[str]


class ForecastRunRow(Base):
    """One reckoning of the whole portfolio: from which rows, by which version, with which seed and parameters."""

    __tablename__ = "forecast_runs"
    __table_args__ = (
        UniqueConstraint("data_stamp", "as_of_date", "model_version", "seed", "committed_by", name="one_run_of_a_kind"),
    )

    run_id: Mapped[int] = mapped_column(primary_key=True)
    made_at: Mapped[datetime] = mapped_column(index=True)
    as_of_date: Mapped[date] = mapped_column(index=True)
    data_stamp: Mapped[str] = mapped_column(String(200))
    model_version: Mapped[str] = mapped_column(String(100))
    seed: Mapped[int]
    committed_by: Mapped[str] = mapped_column(String(20))
    parameters_json: Mapped[str]


class ForecastRow(Base):
    """What one run said of one project. Rows are only ever added: they are the record that forecasts are judged by."""

    __tablename__ = "forecasts"

    forecast_id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(index=True)
    project_id: Mapped[str] = mapped_column(String(200), index=True)
    mode: Mapped[str] = mapped_column(String(20))
    finish_p10_date: Mapped[date | None]
    finish_p50_date: Mapped[date | None]
    finish_p80_date: Mapped[date | None]
    finish_p90_date: Mapped[date | None]
    planned_finish_date: Mapped[date | None]
    baseline_finish_date: Mapped[date | None]
    committed_date: Mapped[date | None]
    late_probability: Mapped[float | None]


class RotationPlanRow(Base):
    """A roster that somebody kept: the plan, what it was measured against, what was predicted of it.

    Accepting it adds the numbers of the decision and of the import that wrote it into the assignments.
    """

    __tablename__ = "rotation_plans"

    plan_id: Mapped[int] = mapped_column(primary_key=True)
    kept_at: Mapped[datetime] = mapped_column(index=True)
    viewer_name: Mapped[str] = mapped_column(String(200))
    title: Mapped[str] = mapped_column(String(200))
    as_of_date: Mapped[date]
    first_week_date: Mapped[date]
    weeks_count: Mapped[int]
    plan_json: Mapped[str]
    roster_json: Mapped[str]
    result_json: Mapped[str]
    decision_id: Mapped[int | None] = mapped_column(index=True)
    batch_id: Mapped[int | None]
