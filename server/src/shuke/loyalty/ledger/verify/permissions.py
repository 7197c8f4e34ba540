"""Rights over verification."""

from shuke.platform.module import Permission

LEDGER_VERIFY = Permission(
    code="ledger.verify", zh="核对账本、查看账本根和证明", en="Verify the ledger, see its roots and proofs"
)
