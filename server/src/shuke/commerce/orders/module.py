"""What orders plug into the house."""

from shuke.people.members import MemberSection, TimelineSource
from shuke.platform.module import Module

from .exports import ORDERS as EXPORTED
from .facts import FACTS
from .merging import PART
from .permissions import ORDERS_READ
from .privacy import PERSONAL_DATA
from .routes import router
from .schemas import OrdersSectionOut
from .sections import load_orders, load_refunds, load_section

MODULE = Module(
    name="orders",
    router=router,
    permissions=(ORDERS_READ,),
    contributions=(
        EXPORTED,
        FACTS,
        *PERSONAL_DATA,
        PART,
        MemberSection(key="orders", shape=OrdersSectionOut, load=load_section),
        TimelineSource(kind="order", load=load_orders),
        TimelineSource(kind="refund", load=load_refunds),
    ),
)
