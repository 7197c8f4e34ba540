"""Fuzz the API of the real program as every role: `python -m verification.fuzz`.

Schemathesis makes requests from the OpenAPI, valid and broken ones: every answer must be declared, keep its declared
shape, and never be a server error. Afterwards the ledger is verified: what odd requests moved must add up, too.

Roles: every built-in role, `clerk` (an administrator who sees one store alone), and `anonymous`. `--seconds` bounds the
time of each role; what was found until then counts.
"""

import argparse
import asyncio
import os
import signal
import sys
from pathlib import Path

import httpx
import uvloop

from benchmarks.common import OPENING, open_shop, temporary_folder, token_of_administrator, web_server
from shuke.foundation import organization
from shuke.foundation.staff import rules
from shuke.foundation.staff.queries import token_hash
from shuke.foundation.staff.testing import CLIENT_HEADERS, a_session_of
from shuke.loyalty import ledger
from shuke.loyalty.ledger.testing import ZONE
from shuke.main.installation import Installation
from shuke.people import members
from shuke.platform.db import Session, raw
from shuke.platform.settings import REPOSITORY
from verification.fuzz.hooks import MEMBERS, ORDERS, PRODUCT, SOURCE, phone

CLERK = "clerk"
# The role of an administrator, but for one store.
_CLERK = """
    insert into staff_role (code, name_zh, name_en, permissions, is_built_in, scope)
    values ($1, '店员', 'Clerk', array['*'], false, 'stores') on conflict do nothing
"""
_HOLDER = "select user_id from staff_session where token_hash = $1"

_PAYING = {"points_payment": {"is_on": True, "points": 100, "worth_minor": 100}}
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"


async def fuzz(*, paths: str, examples: int, seed: int, roles: list[str], seconds: int) -> bool:
    """Whether every role got only declared answers, and the ledger is whole afterwards."""
    with temporary_folder() as folder:
        async with open_shop(folder) as installation:
            tokens = {role: await _token(installation, role) for role in roles}
            await _fill(installation)
            async with web_server(folder, token=await token_of_administrator(installation.database)) as client:
                await _sell(client)
                good = [
                    await _run(str(client.base_url), role, tokens[role], paths, examples, seed, seconds, folder)
                    for role in roles
                ]
            report = await ledger.verify_ledger(installation.worker_database)
            print(f"ledger: {report.entries} entries, {'whole' if report.ok else report.wrong}")
            return all(good) and report.ok


async def _token(installation: Installation, role: str) -> str | None:
    if role == "anonymous":
        return None
    async with installation.database.transaction() as session:
        if role != CLERK:
            return await a_session_of(session, role=role)
        token = await a_session_of(session, role="administrator")
        await narrow(session, token)
        return token


async def narrow(session: Session, token: str) -> None:
    """Let the holder of a token see one store alone."""
    stores = await organization.ensure_stores(session, [organization.NewStore(code="till", name="Till")])
    driver = await raw(session)
    await driver.execute(_CLERK, CLERK)
    user_id = await driver.fetchval(_HOLDER, token_hash(token))
    await driver.execute("update staff_user_role set role_code = $2 where user_id = $1", user_id, CLERK)
    await driver.execute("insert into staff_user_store (user_id, store_id) values ($1, $2)", user_id, stores["till"])


async def _fill(installation: Installation) -> None:
    """A few members with something to move, whose ids are small numbers that fuzzing finds."""
    people = [
        members.generated_member(str(n), members.NewIdentity(kind="external", source="till", value=str(n)))
        for n in range(1, MEMBERS + 1)
    ]
    async with installation.worker_database.transaction() as session:
        ids = await members.resolve_or_create(session, people)
        wanted = [
            ledger.Instruction(
                member_id=member,
                currency="points",
                act=ledger.Credit(amount=10_000),
                key="start",
                actor="system:0",
                request_hash=b"start",
            )
            for member in ids
        ]
        await ledger.perform_many(session, wanted, ZONE)


async def _sell(client: httpx.AsyncClient) -> None:
    """A shop that takes points, and an order of each of the first members, for refunds and carts to name."""
    (await client.put("/v1/checkout/policies", json=_PAYING)).raise_for_status()
    for place, number in enumerate(ORDERS):
        lines = [{"product": PRODUCT, "quantity": "3", "unit_price": "100"}]
        order = {"source": SOURCE, "number": number, "placed_at": OPENING.isoformat(), "lines": lines}
        (await client.post("/v1/orders", json={**order, "member": {"phone": phone(place)}})).raise_for_status()


async def _run(
    url: str, role: str, token: str | None, paths: str, examples: int, seed: int, seconds: int, folder: Path
) -> bool:
    headers = dict(CLIENT_HEADERS)
    if token is not None:
        headers["Cookie"] = f"shuke_session={token}"
    process = await asyncio.create_subprocess_exec(
        *(str(Path(sys.executable).with_name("schemathesis")), "run", f"{url}/openapi.json"),
        *("--checks", CHECKS, "--include-path-regex", paths, "--phases", "examples,coverage,fuzzing"),
        *("--max-examples", str(examples), "--seed", str(seed), "--generation-database", "none", "--no-shrink"),
        *("--suppress-health-check", "all", "--warnings", "off", "--continue-on-failure"),
        *(part for name, value in headers.items() for part in ("--header", f"{name}: {value}")),
        cwd=folder,
        env={**os.environ, "SCHEMATHESIS_HOOKS": "verification.fuzz.hooks", "PYTHONPATH": str(REPOSITORY / "server")},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output, is_cut = await _output(process, seconds)
    is_good = process.returncode == 0 or (is_cut and "FAILURES" not in output and " F" not in output)
    ended = f", ended after {seconds} s" if is_cut else ""
    print(f"{role}: {'only declared answers' if is_good else 'see below'}{ended}")
    print("\n".join(output.splitlines()[-6:]) if is_good else output)
    if not is_good:
        log = (folder / "web.log").read_text(errors="replace")
        print("\n".join(line for line in log.splitlines() if "error" in line)[-8_000:])
    return is_good


async def _output(process: asyncio.subprocess.Process, seconds: int) -> tuple[str, bool]:
    """What the process said, and whether its time was over: it is asked to end, and tells what it has found."""
    told = asyncio.create_task(process.communicate())
    done, _ = await asyncio.wait({told}, timeout=seconds)
    if not done:
        process.send_signal(signal.SIGINT)
    return (await told)[0].decode(errors="replace"), not done


def main() -> None:
    """Run and say so by the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--paths", default="^/v1/", help="regular expression of paths")
    parser.add_argument("--examples", type=int, default=30, help="for each operation")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=int, default=600, help="for each role")
    roles = [*(role.code for role in rules.BUILT_IN_ROLES), CLERK, "anonymous"]
    parser.add_argument("--roles", nargs="+", default=roles, choices=roles)
    options = parser.parse_args()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        good = runner.run(fuzz(**vars(options)))
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
