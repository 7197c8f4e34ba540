"""What the ledger holds about members: they receive a copy, and the entries stay without a person."""

from shuke.people import members
from shuke.platform.i18n import LocalName

from .tables import ledger_account, ledger_adjustment, ledger_entry, ledger_hold, ledger_lot, ledger_operation

_KEPT = LocalName(
    "积分账本（只有会员号）：流水不可更改，是对账和负债核算的依据",
    "The ledger, by member number alone: entries never change, and are what liabilities are computed from",
)

_OPERATIONS = members.exporting(ledger_operation, order=("recorded_at", "key"))

PERSONAL_DATA = tuple(
    members.PersonalData(key=key, label=label, export=export, kept=_KEPT)
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
