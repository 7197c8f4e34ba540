"""What backups plug into the house. Times are UTC: the hours after midnight in China."""

from shuke.platform.module import Job, Module, Schedule

from . import runs
from .erasures import JOURNAL
from .permissions import BACKUPS_READ, BACKUPS_RUN
from .routes import router

MODULE = Module(
    name="backups",
    router=router,
    permissions=(BACKUPS_READ, BACKUPS_RUN),
    schedules=(
        Schedule(name=runs.NIGHTLY, cron="41 18 * * *", run=runs.make_nightly_backup),
        Schedule(name=runs.WEEKLY, cron="11 20 * * 0", run=runs.hold_weekly_drill),
    ),
    contributions=(JOURNAL,),
    jobs=(Job(name=runs.MAKE_BACKUP, run=runs.make_backup), Job(name=runs.HOLD_DRILL, run=runs.hold_drill)),
)
