"""What the monitor plugs into the house."""

from shuke.platform.audit import ActionWords, ObjectWords
from shuke.platform.module import Job, Module, Schedule

from .jobs import forget_old_log
from .permissions import SYSTEM_OPERATE, SYSTEM_READ
from .routes import router
from .timetable import RUN, run_schedule

MODULE = Module(
    name="operations",
    router=router,
    permissions=(SYSTEM_READ, SYSTEM_OPERATE),
    schedules=(Schedule(name="operations.forget_old_log", cron="37 19 * * *", run=forget_old_log),),
    jobs=(Job(name=RUN, run=run_schedule),),
    contributions=(
        ObjectWords(kind="operations", zh="后台任务", en="background work"),
        ActionWords(
            action="POST /v1/operations/jobs/retry",
            zh="{actor} 重试了失败的后台任务",
            en="{actor} let failed work be tried again",
        ),
        ActionWords(
            action="POST /v1/operations/jobs/discard",
            zh="{actor} 放弃了失败的后台任务",
            en="{actor} discarded failed work",
        ),
        ActionWords(
            action="POST /v1/operations/schedules/{schedule}/run",
            zh="{actor} 立即执行了定时任务 {object}",
            en="{actor} ran {object} ahead of time",
        ),
    ),
)
