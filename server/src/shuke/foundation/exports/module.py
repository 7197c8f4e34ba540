"""What exports of lists plug into the house."""

from shuke.platform.module import Job, Module, Schedule

from .actions import APPROVAL, RUN
from .jobs import forget_old_files, run
from .permissions import PERMISSIONS
from .places import PLACE
from .routes import router

MODULE = Module(
    name="exports",
    router=router,
    permissions=PERMISSIONS,
    jobs=(Job(name=RUN, run=run),),
    schedules=(Schedule(name="exports.forget_old_files", cron="23 * * * *", run=forget_old_files),),
    contributions=(APPROVAL, PLACE),
)
