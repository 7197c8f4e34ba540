"""What imports of members plug into the house."""

from shuke.platform.module import Job, Module, Schedule

from .jobs import check, forget_old_rows, run, undo
from .permissions import PERMISSIONS
from .places import PLACES
from .privacy import PERSONAL_DATA
from .routes import router
from .steps import CHECK, RUN, UNDO

MODULE = Module(
    name="member_imports",
    router=router,
    permissions=PERMISSIONS,
    jobs=(Job(name=CHECK, run=check), Job(name=RUN, run=run), Job(name=UNDO, run=undo)),
    schedules=(Schedule(name="member_imports.forget_old_rows", cron="47 3 * * *", run=forget_old_rows),),
    contributions=(PERSONAL_DATA, *PLACES),
)
