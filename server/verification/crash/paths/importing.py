"""An import of history as the job runs it: some rows, read and applied in one chunk, by several transactions."""

from shuke.loyalty import checkout
from shuke.loyalty.checkout.testing import HEADER, history_file

from ..asking import Answer
from ..program import Program
from .path import Path

_ROWS = (
    ("536365", "85123A", "HOLDER", "6", "12/1/2010 8:26", "25.50", "17850", "United Kingdom"),
    ("536366", "22633", "WARMER", "6", "12/1/2010 8:28", "18.50", "17851", "United Kingdom"),
    ("C536379", "85123A", "HOLDER", "-2", "12/1/2010 9:41", "25.50", "17850", "United Kingdom"),
    ("536367", "D", "BROKEN", "x", "12/1/2010 9:45", "1.00", "17850", "United Kingdom"),
)


async def _import(program: Program) -> Answer | None:
    database = program.installation.worker_database
    path = history_file(program.data_directory / "history.csv", _ROWS, HEADER)
    mapping = checkout.find_built_in("online-retail")
    assert mapping is not None
    # The rows as they are, in the money of the shop.
    mapping = mapping.model_copy(update={"currency": None})
    async with database.transaction() as session:
        known = await checkout.list_imports(session, None, 1)
        if known and known[0].state == "done":
            return None
        run = await checkout.start_import(session, path, mapping, file_name=path.name, asked_by="system:0")
    await checkout.run_import(database, run, path)
    return None


PATHS = (
    Path(
        name="import of a file",
        act=_import,
        status=None,
        is_atomic=False,
        grows={
            "event": 15,
            "ledger_allocation": 4,
            "ledger_entry": 8,
            "ledger_lot": 4,
            "ledger_operation": 5,
            "sales_order": 3,
            "tier_change": 2,
        },
        accounts={},
    ),
)
