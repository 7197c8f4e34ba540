"""The ledger's own statements, sent by pgbench, beside the server's limit: what the database work of one operation costs.

A credit is the load of one account and the one statement that writes operation, entry, lot and balance, guarded by the
account's version; a debit also loads the account's lots and draws on them. The very texts that the program sends; only
the decision between them, which is the program's, is replaced by the script. Each commits by itself.
"""

import asyncio
from pathlib import Path
from typing import Any

import uvloop

from benchmarks.common import Bench, command_line, median_of, open_shop, superuser, temporary_folder
from benchmarks.common.pgbench import measure_limit, run
from shuke.loyalty.ledger.saving import WRITE

LOAD = """
\\set member random(1, {members})
\\set amount random(1, 50)
select a.version as version, a.available as available, a.lot_count as lots, encode(a.head_hash, 'hex') as head
    {more}
from ledger_currency c left join ledger_account a on a.member_id = :member and a.currency_id = c.currency_id
where c.code = 'points' \\gset
"""
_OPERATION = (
    "row(:member::bigint, :member::bigint || '-' || (:version::bigint + 1), '{kind}', '\\x00', 'staff:1', null, null, null, null, null, null,"
    " now(), current_date, now())"
)
_ENTRY = (
    "row(:member::bigint, 1, :version::bigint + 1, :member::bigint || '-' || (:version::bigint + 1), '{kind}', 'issuance', {sign}:amount::bigint, 0,"
    " :available::bigint {sign}:amount::bigint, 0, 0, 0, now(), current_date, now(), null, null, null,"
    " decode(:head::text, 'hex'), sha256(decode(:head::text, 'hex')), '{{}}', null, null, null)"
)
_ACCOUNT = (
    "row(:member::bigint, 1, :version::bigint + 1, :available::bigint {sign}:amount::bigint, 0, 0, 0, (:lots::bigint {opens})::int, 0, '2099-01-01',"
    " sha256(decode(:head::text, 'hex')), null)"
)
_NEW_LOT = (
    "row(:member::bigint, 1, (:lots::bigint + 1)::int, :version::bigint + 1, :amount::bigint, :amount::bigint, 0, 'open', current_date, null, 0,"
    " null, null, null, null, null, current_date + 365)"
)
_DRAWN_LOT = (
    "row(:member::bigint, 1, (:lot::bigint)::int, 1, :lot_amount::bigint, :lot_left::bigint - :amount::bigint, 0, 'open', current_date, null, 0,"
    " null, null, null, null, null, current_date + 365)"
)


def script(members: int, kind: str) -> str:
    """The pgbench script of a credit or a debit."""
    is_credit = kind == "credit"
    sign, opens = ("+", "+ 1") if is_credit else ("-", "")
    parts = {
        "$1::bigint[]": "array[:version::bigint]",
        "cardinality($1)": "1",
        "$2::ledger_account[]": f"array[{_ACCOUNT.format(sign=sign, opens=opens)}]::ledger_account[]",
        "$3::ledger_operation[]": f"array[{_OPERATION.format(kind=kind)}]::ledger_operation[]",
        "$4::ledger_entry[]": f"array[{_ENTRY.format(kind=kind, sign=sign)}]::ledger_entry[]",
        "$5::ledger_lot[]": f"array[{_NEW_LOT}]::ledger_lot[]" if is_credit else "array[]::ledger_lot[]",
        "$6::ledger_allocation[]": "array[]::ledger_allocation[]"
        if is_credit
        else "array[row(:member::bigint, 1, :version::bigint + 1, (:lot::bigint)::int, -(:amount::bigint), 0)]::ledger_allocation[]",
        "$7::ledger_lot[]": "array[]::ledger_lot[]" if is_credit else f"array[{_DRAWN_LOT}]::ledger_lot[]",
        "$8::ledger_hold[]": "array[]::ledger_hold[]",
    }
    statement = WRITE
    for place, value in parts.items():
        statement = statement.replace(place, value)
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
