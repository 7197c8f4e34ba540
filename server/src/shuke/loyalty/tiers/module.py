"""What tiers plug into the house."""

from shuke.people.members import MemberSection, TierLabels, TimelineSource
from shuke.platform.audit import ActionWords
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

_WORDS = tuple(
    ActionWords(action=action, zh=f"{{actor}} {zh}", en=f"{{actor}} {en}")
    for action, zh, en in (
        ("PUT /v1/tiers", "修改了等级规则{fields}", "changed the tiers{fields}"),
        ("POST /v1/tiers/rejudgements", "开始了全部重新核定等级", "had everybody's level judged again"),
        ("POST /v1/members/{member}/tier-grants", "给 {object} 手动授予了等级", "granted {object} a level by hand"),
        ("POST /v1/members/{member}/tier-grants/end", "结束了 {object} 的手动等级", "ended {object}'s level by hand"),
    )
)

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
        *_WORDS,
    ),
)
