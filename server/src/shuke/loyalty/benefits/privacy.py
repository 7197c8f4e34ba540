"""What benefits hold about members: a copy of all of it; hashes of birthdays go, what was handed over stays."""

from collections.abc import Sequence

from shuke.people import members
from shuke.platform.db import Session, raw
from shuke.platform.i18n import LocalName

from .actions import forget, revoke_many
from .tables import benefit_entitlement, benefit_member, benefit_use

_KEPT = LocalName(
    "发放和核销记录（只有会员号）：用于对账",
    "What was granted and handed over, by member number alone: the shop accounts for it",
)
# Why somebody granted or revoked is free text, and may say anything.
_UNSAY = """
    update benefit_entitlement
    set reason = null, ended_because = case when ended_by = 'system:0' then ended_because end
    where member_id = any($1::bigint[]) and (reason is not null or ended_because is not null)
"""
_OPEN = "select entitlement_id from benefit_entitlement where member_id = any($1::bigint[]) and state = 'open'"


async def _erase_known(session: Session, member_ids: Sequence[int]) -> int:
    """Forget the hashes of the birthday, and take away what was not used."""
    rows = await (await raw(session)).fetch(_OPEN, list(member_ids))
    await revoke_many(session, [row["entitlement_id"] for row in rows], because="erased")
    return await forget(session, member_ids)


async def _erase_words(session: Session, member_ids: Sequence[int]) -> int:
    """Forget why somebody granted or revoked."""
    done = await (await raw(session)).execute(_UNSAY, list(member_ids))
    return int(done.rpartition(" ")[2])


PERSONAL_DATA = (
    members.PersonalData(
        key="benefit_members",
        label=LocalName("权益资格（等级和入会日）", "Whom benefits concern (level and day of joining)"),
        export=members.exporting(benefit_member, "solar", "lunar", "index_version"),
        erase=_erase_known,
    ),
    members.PersonalData(
        key="benefit_entitlements",
        label=LocalName("得到的权益", "Benefits granted"),
        export=members.exporting(benefit_entitlement),
        erase=_erase_words,
        kept=_KEPT,
    ),
    members.PersonalData(
        key="benefit_uses",
        label=LocalName("权益核销记录", "Benefits handed over"),
        export=members.exporting(benefit_use),
        kept=_KEPT,
    ),
)
WORKED_OUT = members.WorkedOut(table=benefit_member)
