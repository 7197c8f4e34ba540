"""What activities plug into the house, as a part of checkout."""

from shuke.loyalty.tiers import MeasureSource
from shuke.people.members import TimelineSource
from shuke.platform.module import Consumer, Schedule

from .facts import FACTS
from .handlers import EVENTS, on_members
from .jobs import record_birthdays
from .permissions import ACTIVITIES_CANCEL, ACTIVITIES_READ, ACTIVITIES_WRITE
from .privacy import PERSONAL_DATA, SEALED
from .queries import load_visits
from .sections import load_timeline

PERMISSIONS = (ACTIVITIES_READ, ACTIVITIES_WRITE, ACTIVITIES_CANCEL)
CONSUMERS = (Consumer(name="checkout.activities", events=EVENTS, handle=on_members),)
# Birthdays begin with local days; looking every hour serves every time zone.
SCHEDULES = (Schedule(name="checkout.birthdays", cron="11 * * * *", run=record_birthdays),)
CONTRIBUTIONS = (
    *PERSONAL_DATA,
    SEALED,
    FACTS,
    MeasureSource(metric="visits", load=load_visits),
    TimelineSource(kind="activity", load=load_timeline),
)
