"""What acts on many members plug into the house."""

from shuke.platform.module import Job, Module, Schedule

from .acts.attribution import ATTRIBUTION
from .acts.field import FIELD
from .acts.status import STATUS
from .jobs import forget_old_members
from .permissions import BULK
from .privacy import PERSONAL_DATA
from .routes import router
from .words import WORDS
from .working.places import RUN
from .working.running import run

MODULE = Module(
    name="bulk",
    router=router,
    permissions=(BULK,),
    jobs=(Job(name=RUN, run=run),),
    schedules=(Schedule(name="bulk.forget_old_members", cron="33 3 * * *", run=forget_old_members),),
    contributions=(ATTRIBUTION, STATUS, FIELD, PERSONAL_DATA, *WORDS),
)
