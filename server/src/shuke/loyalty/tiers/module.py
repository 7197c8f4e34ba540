"""What tiers plug into the house."""

from shuke.people.members import MemberSection, TierLabels, TimelineSource
from shuke.platform.module import Module

from .exports import CHANGES as EXPORTED
from .merging import PART
from .permissions import TIERS_READ
from .privacy import PERSONAL_DATA
from .routes import router
from .schemas import TierSectionOut
from .sections import load_labels, load_section, load_timeline

MODULE = Module(
    name="tiers",
    router=router,
    permissions=(TIERS_READ,),
    contributions=(
        EXPORTED,
        *PERSONAL_DATA,
        PART,
        MemberSection(key="tier", shape=TierSectionOut, load=load_section),
        TimelineSource(kind="tier", load=load_timeline),
        TierLabels(load=load_labels),
    ),
)
