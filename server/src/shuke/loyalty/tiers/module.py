"""What tiers plug into the house."""

from shuke.people.members import MemberSection, TierLabels, TimelineSource
from shuke.platform.module import Job, Module

from .exports import CHANGES as EXPORTED
from .facts import FACTS
from .jobs import rejudge
from .merging import PART
from .permissions import TIERS_GRANT, TIERS_READ, TIERS_WRITE
from .privacy import PERSONAL_DATA
from .programme import PROGRAMME
from .rejudging import REJUDGE
from .routes import router
from .schemas import TierSectionOut
from .sections import load_labels, load_section, load_timeline

MODULE = Module(
    name="tiers",
    router=router,
    permissions=(TIERS_READ, TIERS_WRITE, TIERS_GRANT),
    jobs=(Job(name=REJUDGE, run=rejudge),),
    contributions=(
        EXPORTED,
        FACTS,
        *PERSONAL_DATA,
        PART,
        PROGRAMME,
        MemberSection(key="tier", shape=TierSectionOut, load=load_section),
        TimelineSource(kind="tier", load=load_timeline),
        TierLabels(load=load_labels),
    ),
)
