"""What checkout plugs into the house."""

from shuke.platform.module import Job, Module, Schedule

from . import import_routes
from .activities import parts as activities
from .activities.routes import router as activity_routes
from .jobs import IMPORT_ORDERS, forget_old_imports, import_orders, judge_due_levels
from .permissions import IMPORTS_READ, IMPORTS_WRITE, ORDERS_WRITE
from .privacy import PERSONAL_DATA
from .routes import router

router.include_router(import_routes.router)
router.include_router(activity_routes)

MODULE = Module(
    name="checkout",
    router=router,
    permissions=(ORDERS_WRITE, IMPORTS_READ, IMPORTS_WRITE, *activities.PERMISSIONS),
    consumers=activities.CONSUMERS,
    jobs=(Job(name=IMPORT_ORDERS, run=import_orders),),
    # Levels end with local days; looking every quarter of an hour serves every time zone.
    schedules=(
        Schedule(name="checkout.judge_due_levels", cron="*/15 * * * *", run=judge_due_levels),
        Schedule(name="checkout.forget_old_imports", cron="41 3 * * *", run=forget_old_imports),
    ),
    contributions=(PERSONAL_DATA, *activities.CONTRIBUTIONS),
)
