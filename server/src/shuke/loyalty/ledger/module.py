"""What the ledger plugs into the house."""

from shuke.commerce.orders import OrderFacts
from shuke.people.members import MemberSection, TimelineSource
from shuke.platform.module import Module

from .permissions import POINTS_READ
from .routes import router
from .sections import load_order_points, load_points, load_section, load_timeline

MODULE = Module(
    name="ledger",
    router=router,
    permissions=(POINTS_READ,),
    contributions=(
        MemberSection(key="points", load=load_section),
        TimelineSource(kind="points", load=load_timeline),
        OrderFacts(key="points", load=load_points, load_one=load_order_points),
    ),
)
