"""What checkout plugs into the house."""

from shuke.platform.module import Job, Module, Schedule

from . import import_routes
from .activities import parts as activities
from .activities.routes import router as activity_routes
from .jobs import IMPORT_ORDERS, forget_old_imports, import_orders, judge_due_levels, settle_waiting_refunds
from .permissions import IMPORTS_READ, IMPORTS_WRITE, ORDERS_WRITE, POLICIES_READ, POLICIES_WRITE
from .privacy import CARTS, PERSONAL_DATA
from .routes import router
from .till.routes import router as till_routes

router.include_router(import_routes.router)
router.include_router(activity_routes)
router.include_router(till_routes)

MODULE = Module(
    name="checkout",
    router=router,
    permissions=(ORDERS_WRITE, POLICIES_READ, POLICIES_WRITE, IMPORTS_READ, IMPORTS_WRITE, *activities.PERMISSIONS),
    consumers=activities.CONSUMERS,
    jobs=(Job(name=IMPORT_ORDERS, run=import_orders),),
    # Levels end with local days; looking every quarter of an hour serves every time zone.
    schedules=(
        Schedule(name="checkout.judge_due_levels", cron="*/15 * * * *", run=judge_due_levels),
        # Where an order and its refund came in the same moment, or the order by an import.
        Schedule(name="checkout.settle_waiting_refunds", cron="* * * * *", run=settle_waiting_refunds),
        Schedule(name="checkout.forget_old_imports", cron="41 3 * * *", run=forget_old_imports),
        *activities.SCHEDULES,
    ),
    contributions=(PERSONAL_DATA, CARTS, *activities.CONTRIBUTIONS),
)
