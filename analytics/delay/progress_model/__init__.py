"""How the work of a project goes on: hours, progress and change requests read as a process that runs to its end."""

from analytics.delay.progress_model.capacity import prepare_capacity
from analytics.delay.progress_model.cases import Evidence
from analytics.delay.progress_model.fit_store import FitStore
from analytics.delay.progress_model.lesson import (
    Lesson,
    ProgressModel,
    fit_progress,
    lesson_of,
    progress_forecast,
)
from analytics.delay.progress_model.requests import prepare_requests
from analytics.delay.progress_model.work import prepare_work

__all__ = [
    "Evidence",
    "FitStore",
    "Lesson",
    "ProgressModel",
    "fit_progress",
    "lesson_of",
    "prepare_capacity",
    "prepare_requests",
    "prepare_work",
    "progress_forecast",
]
