"""What the ledger holds about members: a copy is theirs, the entries stay without a person, what is left ends."""

import hashlib
from collections.abc import Sequence

from shuke.foundation import organization
from shuke.people import members
from shuke.platform.actor import SYSTEM
from shuke.platform.db import Session, raw
from shuke.platform.i18n import LocalName

from .acts import Adjust
from .batch import perform_many
from .perform import Instruction
from .tables import ledger_account, ledger_adjustment, ledger_entry, ledger_hold, ledger_lot, ledger_operation

_KEPT = LocalName(
    "积分账本（只有会员号）：流水不可更改，是对账和负债核算的依据",
    "The ledger, by member number alone: entries never change, and are what liabilities are computed from",
)

_LEFT = """
    select a.member_id, c.code, a.available from ledger_account a join ledger_currency c using (currency_id)
    where a.member_id = any($1::bigint[]) and a.available > 0
    order by a.member_id, c.code
"""


async def forfeit(session: Session, member_ids: Sequence[int]) -> int:
    """Write off what the erased could still have used: nobody is there to use it, and the shop owes it no more."""
    driver = await raw(session)
    rows = await driver.fetch(_LEFT, list(member_ids))
    if not rows:
        return 0
    instructions = [
        Instruction(
            member_id=row["member_id"],
            currency=row["code"],
            act=Adjust(amount=-row["available"], reason="erased"),
            key=f"erased:{row['code']}",
            actor=SYSTEM.name,
            request_hash=hashlib.sha256(b"erased").digest(),
            reason="erased",
        )
        for row in rows
    ]
    await perform_many(session, instructions, (await organization.get_shop(session)).zone)
    return len(rows)


_OPERATIONS = members.exporting(ledger_operation, order=("recorded_at", "key"))

PERSONAL_DATA = tuple(
    members.PersonalData(key=key, label=label, export=export, erase=forfeit if key == "accounts" else None, kept=_KEPT)
    for key, label, export in (
        ("accounts", LocalName("账户", "Accounts"), members.exporting(ledger_account)),
        (
            "operations",
            LocalName("操作", "Operations"),
            _OPERATIONS,
        ),
        ("entries", LocalName("流水", "Entries"), members.exporting(ledger_entry)),
        ("lots", LocalName("积分批次", "Lots"), members.exporting(ledger_lot)),
        ("holds", LocalName("冻结", "Holds"), members.exporting(ledger_hold)),
        ("adjustments", LocalName("人工调整", "Adjustments"), members.exporting(ledger_adjustment)),
    )
)
