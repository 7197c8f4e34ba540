"""What the ledger plugs into the house."""

from shuke.commerce.orders import OrderFacts
from shuke.people.members import MemberSection, TimelineSource
from shuke.platform.module import Module

from .permissions import POINTS_READ
from .routes import router
from .schemas import OrderPointsOut, PointsSectionOut
from .sections import load_order_points, load_points, load_section, load_timeline

MODULE = Module(
    name="ledger",
    router=router,
    permissions=(POINTS_READ,),
    contributions=(
        MemberSection(key="points", shape=PointsSectionOut, load=load_section),
        TimelineSource(kind="points", load=load_timeline),
        OrderFacts(
            key="points",
            in_list=int | None,
            on_page=list[OrderPointsOut],
            load=load_points,
            load_one=load_order_points,
        ),
    ),
)
