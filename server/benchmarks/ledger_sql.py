"""The ledger's own statements, sent by pgbench, beside the server's limit: what an operation costs the database.

A credit is the load of one account and the one statement that writes operation, entry, lot and balance, guarded by the
account's version; a debit also loads the account's lots and draws on them. The very texts that the program sends; only
the decision between them, which is the program's, is replaced by the script. Each commits by itself.
"""

import asyncio
import re
from pathlib import Path
from typing import Any

import uvloop

from benchmarks.common import Bench, command_line, median_of, open_shop, superuser, temporary_folder
from benchmarks.common.pgbench import measure_limit, run
from shuke.loyalty.ledger.saving import WRITE, WRITE_CREDITS

LOAD = """
\\set member random(1, {members})
\\set amount random(1, 50)
select a.version as version, a.available as available, a.lot_count as lots, encode(a.head_hash, 'hex') as head
    {more}
from ledger_currency c left join ledger_account a on a.member_id = :member and a.currency_id = c.currency_id
where c.code = 'points' \\gset
"""
_OPERATION = """
    row(:member, :member || '-' || (:version + 1), '{kind}', '\\x00', 'staff:1', null, null, null, null, null, null,
        now(), current_date, now())
"""
_ENTRY = """
    row(:member, 1, :version + 1, :member || '-' || (:version + 1), '{kind}', 'issuance', {sign}:amount, 0,
        :available {sign}:amount, 0, 0, 0, now(), current_date, now(), null, null, null,
        decode(:head, 'hex'), sha256(decode(:head, 'hex')), '{{}}', null, null, null)
"""
_ACCOUNT = """
    row(:member, 1, :version + 1, :available {sign}:amount, 0, 0, 0, (:lots {opens})::int, 0, '2099-01-01',
        sha256(decode(:head, 'hex')), null)
"""
_NEW_LOT = """
    row(:member, 1, (:lots + 1)::int, :version + 1, :amount, :amount, 0, 'open', current_date, null, 0,
        null, null, null, null, null, current_date + 365)
"""
_DRAWN_LOT = """
    row(:member, 1, (:lot)::int, 1, :lot_amount, :lot_left - :amount, 0, 'open', current_date, null, 0,
        null, null, null, null, null, current_date + 365)
"""
_ALLOCATION = "row(:member, 1, :version + 1, (:lot)::int, -:amount, 0)"


def _typed(expression: str) -> str:
    """pgbench's variables have no types; ours are numbers, and the head is text."""
    return re.sub(
        r"(?<!:):([a-z_]+)", lambda found: f"({found[0]}::{_TYPES.get(found[1], 'bigint')})", expression
    ).strip()


_TYPES = {"head": "text"}


def script(members: int, kind: str) -> str:
    """The pgbench script of a credit or a debit."""
    is_credit = kind == "credit"
    sign, opens = ("+", "+ 1") if is_credit else ("-", "")
    nothing = "array[]"
    account = _ACCOUNT.format(sign=sign, opens=opens)
    parts = {
        "$1::bigint[]": "array[:version]",
        "cardinality($1)": "1",
        "$2::ledger_account[]": f"array[{account}]::ledger_account[]",
        "$3::ledger_operation[]": f"array[{_OPERATION.format(kind=kind)}]::ledger_operation[]",
        "$4::ledger_entry[]": f"array[{_ENTRY.format(kind=kind, sign=sign)}]::ledger_entry[]",
        "$5::ledger_lot[]": f"{f'array[{_NEW_LOT}]' if is_credit else nothing}::ledger_lot[]",
        "$6::ledger_allocation[]": f"{nothing if is_credit else f'array[{_ALLOCATION}]'}::ledger_allocation[]",
        "$7::ledger_lot[]": f"{nothing if is_credit else f'array[{_DRAWN_LOT}]'}::ledger_lot[]",
        "$8::ledger_hold[]": f"{nothing}::ledger_hold[]",
    }
    statement = WRITE_CREDITS if is_credit else WRITE
    for place, value in parts.items():
        statement = statement.replace(place, _typed(value))
    # The newest lot stands for the one that the program would choose; all live ones are read, as the program does.
    more = (
        ""
        if is_credit
        else """, (select max(l.lot_no) from ledger_lot l where l.member_id = a.member_id
            and l.currency_id = a.currency_id and l.state in ('open', 'pending')) as lot,
        (select max(l.remaining) from ledger_lot l where l.member_id = a.member_id
            and l.currency_id = a.currency_id and l.state in ('open', 'pending')) as lot_left, 10000000 as lot_amount"""
    )
    return LOAD.format(members=members, more=more) + statement.strip() + ";\n"


async def fill(installation: Any, members: int) -> None:
    """Members with one large lot each."""
    async with superuser(installation) as server:
        await server.execute("set session_replication_role = replica")
        for statement in _FILL:
            await server.execute(statement.replace(":members", str(members)))
        await server.execute("vacuum (analyze)")
        await server.execute("checkpoint")


_FILL = (
    "insert into ledger_account (member_id, currency_id, version, available, pending, held, debt, lot_count,"
    " hold_count, head_hash, due_at) select n, 1, 1, 10000000, 0, 0, 0, 1, 0, sha256('x'), '2099-01-01'"
    " from generate_series(1, :members) n",
    "insert into ledger_lot (member_id, currency_id, lot_no, opened_version, amount, remaining, held, state, earned_on,"
    " unit_cost_micro, expires_on) select n, 1, 1, 1, 10000000, 10000000, 0, 'open', current_date, 0, '2099-01-01'"
    " from generate_series(1, :members) n",
)


async def measure(folder: Path, *, members: int, seconds: int, rounds: int) -> dict[str, Any]:
    """Limit, credit and debit by turns on one fresh installation; the medians."""
    async with open_shop(folder) as installation:
        await fill(installation, members)
        async with superuser(installation) as server:
            # The accounts are made up: nobody is behind them.
            await server.execute("alter table ledger_account drop constraint ledger_account_member_id_fkey")
        runs: dict[str, list[dict[str, float]]] = {"limit": [], "credit": [], "debit": []}
        for _ in range(rounds):
            runs["limit"].append(await measure_limit(installation, folder, members_known=members, seconds=seconds))
            for kind in ("credit", "debit"):
                runs[kind].append(await run(installation, folder, script(members, kind), seconds=seconds))
        figures: dict[str, Any] = {name: median_of(found) for name, found in runs.items()}
        limit = figures["limit"]["transactions_per_second"]
        for kind in ("credit", "debit"):
            figures[f"{kind}_ratio"] = round(figures[kind]["transactions_per_second"] / limit, 3)
        return figures


def main() -> None:
    """Measure, write, print."""
    parser = command_line(__doc__)
    parser.add_argument("--members", type=int, default=10_000)
    parser.add_argument("--seconds", type=int, default=10, help="of each run")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    bench = Bench("ledger_sql", options)
    with temporary_folder() as folder, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        figures = runner.run(measure(folder, members=options.members, seconds=options.seconds, rounds=options.rounds))
    bench.write(
        figures,
        {
            "limit": f"{figures['limit']['transactions_per_second']} transactions/s",
            "credit": f"{figures['credit']['transactions_per_second']}/s, {figures['credit_ratio']} × the limit",
            "debit": f"{figures['debit']['transactions_per_second']}/s, {figures['debit_ratio']} × the limit",
        },
    )


if __name__ == "__main__":
    main()
