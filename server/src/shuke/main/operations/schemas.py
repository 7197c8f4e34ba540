"""Shapes of background work, the event log and the health of the program."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from shuke.platform.outcomes import Outcome

from .health import CheckGroup, CheckState
from .queue import JobState


class HealthCheckOut(BaseModel):
    code: str
    group: CheckGroup
    state: CheckState
    title: str
    said: str
    mend: str = Field(description="What to do; empty where all is well.")
    link: str | None = Field(description="Where in the console more of it stands.")


class HealthOut(BaseModel):
    state: CheckState = Field(description="The worst of the checks.")
    checked_at: datetime
    items: list[HealthCheckOut]


class QueueCountsOut(BaseModel):
    waiting: int
    running: int
    failed: int


class JobAboutOut(BaseModel):
    label: str
    id: int
    link: str | None


class QueuedJobOut(BaseModel):
    id: int
    name: str
    label: str
    about: list[JobAboutOut]
    state: JobState
    tries: int
    asked_at: datetime
    changed_at: datetime
    due_at: datetime
    error: str | None = Field(description="The type of the error; the log has the rest under the trace id.")
    trace_id: str | None


class QueuedJobsOut(BaseModel):
    counts: QueueCountsOut
    items: list[QueuedJobOut]
    next: str | None


class FailedJobsIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    jobs: Annotated[list[Annotated[int, Field(ge=1, lt=2**63)]], Field(min_length=1, max_length=500)] | None = Field(
        default=None, description="Ids of failed jobs; left out: all that have failed."
    )


class FailedJobsOut(BaseModel):
    done: int = Field(description="How many there were to do it with; what had not failed stays as it is.")


class LastRunOut(BaseModel):
    at: datetime
    seconds: float
    outcome: Outcome
    failures: int = Field(description="How often in a row it has failed.")
    error: str | None
    trace_id: str | None
    done_at: datetime | None
    failed_at: datetime | None


class ScheduleOut(BaseModel):
    name: str
    label: str
    cron: str = Field(description="Five fields, in UTC.")
    next_at: datetime | None
    is_running: bool
    last: LastRunOut | None


class SchedulesOut(BaseModel):
    items: list[ScheduleOut]


class ReaderOut(BaseModel):
    name: str
    label: str
    events: list[str]
    lag: int = Field(description="Events still to be passed; 10,001 means more than ten thousand.")
    moved_at: datetime | None
    last: LastRunOut | None


class ReadersOut(BaseModel):
    items: list[ReaderOut]


class LoggedEventOut(BaseModel):
    id: int
    name: str
    label: str
    member_id: int | None
    occurred_at: datetime
    recorded_at: datetime
    body: dict[str, Any]


class LoggedEventsOut(BaseModel):
    items: list[LoggedEventOut]
    next: str | None = Field(description="A page may be short, or empty, and still have a next one.")


class EventNameOut(BaseModel):
    name: str
    label: str


class EventNamesOut(BaseModel):
    items: list[EventNameOut]
