"""What staff plugs into the house."""

from shuke.platform.module import Module, Schedule

from .jobs import forget_ended_sessions
from .permissions import STAFF_READ
from .routes import AUTHENTICATOR, router

MODULE = Module(
    name="staff",
    router=router,
    permissions=(STAFF_READ,),
    schedules=(Schedule(name="staff.forget_ended_sessions", cron="17 * * * *", run=forget_ended_sessions),),
    contributions=(AUTHENTICATOR,),
)
