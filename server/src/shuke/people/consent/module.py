"""What consent plugs into the house."""

from shuke.people import members
from shuke.platform.keys import SealedColumn
from shuke.platform.module import Consumer, Module

from .actions import evidence_place
from .handlers import on_members
from .permissions import PERMISSIONS, READ
from .privacy import MERGE_PART, PERSONAL_DATA
from .routes import router
from .schemas import ConsentsOut
from .sections import load_section, load_timeline
from .tables import consent_evidence

MODULE = Module(
    name="consent",
    router=router,
    permissions=PERMISSIONS,
    consumers=(
        Consumer(
            name="consent.members",
            events=(
                members.MemberJoined.name,
                members.MemberProfileChanged.name,
                members.MemberStatusChanged.name,
            ),
            handle=on_members,
        ),
    ),
    contributions=(
        members.MemberSection(key="consent", shape=ConsentsOut, load=load_section),
        members.TimelineSource(kind="consent", load=load_timeline, permission=READ.code),
        PERSONAL_DATA,
        MERGE_PART,
        SealedColumn(
            table=consent_evidence,
            column="sealed",
            owner="member_id",
            context=lambda row: members.place_of(
                row["member_id"], evidence_place(row["member_id"], row["evidence_no"])
            ),
        ),
    ),
)
