"""Fuzz the API of the real program as every role: `python -m verification.fuzz`.

Schemathesis makes requests from the OpenAPI, valid and broken ones: every answer must be declared, keep its declared
shape, and never be a server error. Afterwards the ledger is verified: what odd requests moved must add up, too.
"""

import argparse
import asyncio
import os
import sys
from pathlib import Path

import uvloop

from benchmarks.common import open_shop, temporary_folder, token_of_administrator, web_server
from shuke.foundation.staff.testing import CLIENT_HEADERS, a_session_of
from shuke.loyalty import ledger
from shuke.loyalty.ledger.testing import ZONE
from shuke.main.installation import Installation
from shuke.people import members
from shuke.platform.settings import REPOSITORY
from verification.fuzz.hooks import MEMBERS

CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"


async def fuzz(*, paths: str, examples: int, seed: int, roles: list[str]) -> bool:
    """Whether every role got only declared answers, and the ledger is whole afterwards."""
    with temporary_folder() as folder:
        async with open_shop(folder) as installation:
            tokens = {role: await _token(installation, role) for role in roles}
            await _fill(installation)
            async with web_server(folder, token=await token_of_administrator(installation.database)) as client:
                good = [
                    await _run(str(client.base_url), role, tokens[role], paths, examples, seed, folder)
                    for role in roles
                ]
            report = await ledger.verify_ledger(installation.worker_database)
            print(f"ledger: {report.entries} entries, {'whole' if report.ok else report.wrong}")
            return all(good) and report.ok


async def _token(installation: Installation, role: str) -> str | None:
    if role == "anonymous":
        return None
    async with installation.database.transaction() as session:
        return await a_session_of(session, role=role)


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


async def _run(url: str, role: str, token: str | None, paths: str, examples: int, seed: int, folder: Path) -> bool:
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
    output = (await process.communicate())[0].decode(errors="replace")
    print(f"{role}: {'only declared answers' if process.returncode == 0 else 'see below'}")
    print(output if process.returncode else "\n".join(output.splitlines()[-6:]))
    if process.returncode:
        log = (folder / "web.log").read_text(errors="replace")
        print("\n".join(line for line in log.splitlines() if "error" in line)[-8_000:])
    return process.returncode == 0


def main() -> None:
    """Run and say so by the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--paths", default="^/v1/", help="regular expression of paths")
    parser.add_argument("--examples", type=int, default=30, help="for each operation")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--roles", nargs="+", default=["administrator", "viewer", "anonymous"])
    options = parser.parse_args()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        good = runner.run(fuzz(paths=options.paths, examples=options.examples, seed=options.seed, roles=options.roles))
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
