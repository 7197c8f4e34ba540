"""What analytics plugs into the house."""

from shuke.commerce import orders
from shuke.loyalty import ledger, tiers
from shuke.people import members
from shuke.platform.module import Consumer, Module, Schedule

from .handlers import on_balances, on_levels, on_members, on_sales
from .jobs import keep_todays_map
from .permissions import ANALYTICS_READ
from .privacy import PERSONAL_DATA
from .queries import SALES
from .rankings.consuming import CONSUMER as RANKINGS
from .rankings.consuming import on_ranked
from .rankings.routes import router as rankings
from .routes import router
from .schemas import ValueSectionOut
from .sections import load_section

router.include_router(rankings)

MODULE = Module(
    name="analytics",
    router=router,
    permissions=(ANALYTICS_READ,),
    consumers=(
        Consumer(
            name=SALES,
            events=(
                orders.OrderPaid.name,
                orders.OrderRefunded.name,
                orders.OrderAdjusted.name,
                members.MemberMerged.name,
                members.MemberParted.name,
            ),
            handle=on_sales,
        ),
        Consumer(
            name="analytics.balances",
            # Those that change a balance; what is held, released or matured only changes its place.
            events=(
                ledger.BalanceCredited.name,
                ledger.BalanceTakenBack.name,
                ledger.BalanceExpired.name,
                ledger.BalanceUsed.name,
                ledger.BalanceRestored.name,
                ledger.BalanceAdjusted.name,
                ledger.BalanceCancelled.name,
                ledger.BalanceTransferred.name,
            ),
            handle=on_balances,
        ),
        Consumer(
            name="analytics.members",
            events=(
                members.MemberJoined.name,
                members.MemberStatusChanged.name,
                members.MemberMerged.name,
                members.MemberParted.name,
            ),
            handle=on_members,
        ),
        Consumer(
            name=RANKINGS,
            events=(orders.OrderPaid.name, orders.OrderRefunded.name, members.MemberJoined.name),
            handle=on_ranked,
        ),
        Consumer(name="analytics.levels", events=(tiers.TierChanged.name,), handle=on_levels),
    ),
    schedules=(Schedule(name="analytics.rfm", cron="*/5 * * * *", run=keep_todays_map),),
    contributions=(
        *PERSONAL_DATA,
        members.MemberSection(key="value", shape=ValueSectionOut, load=load_section),
    ),
)
