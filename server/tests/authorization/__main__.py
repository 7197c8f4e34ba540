"""The whole product: `python -m tests.authorization [--roles …] [--scopes …] [--routes REGEX]`, in server/.

Every role with every scope calls every route about everybody. Prints how many cells there were of each kind, and
every cell that was not as its route declares; ends with 1 when there is one. The suite runs a sample of the same.
"""

import argparse
import asyncio
import re
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from shuke.foundation.staff import rules
from shuke.main.modules import MODULES
from shuke.platform import keys, log
from shuke.platform.db import Database
from shuke.platform.embedded import SUPERUSER, EmbeddedServer
from shuke.platform.keys import KeyRing
from shuke.platform.testing import TestServer, _ensure_template

from .calls import ROUTES, access, calls_about, unknown_names
from .ground import PEOPLE, SCOPES, Ground, plant
from .matrix import Case, Findings, run, unserved
from .people import patterns_of_roles

KNOWN = sorted(permission.code for module in MODULES for permission in module.permissions)
ROLES = patterns_of_roles(KNOWN)


async def everything(ground: Ground, roles: list[str], scopes: list[str], routes: list[str]) -> Findings:
    """Every cell of some roles, scopes and routes, about everybody."""
    findings = Findings()
    findings.wrong += unknown_names(ground)
    closed = [name for name in routes if access(name).label not in {"public", "signed in"}]
    findings.wrong += await unserved(ground, calls_about(ground, closed, ["ann", "dan"]))
    print(*findings.wrong, sep="\n", flush=True)
    for role in roles:
        may = frozenset(rules.expand(ROLES[role], KNOWN))
        for scope in scopes:
            token = await ground.caller(ROLES[role], SCOPES[scope])
            calls = calls_about(ground, [name for name in routes if access(name).label != "public"], list(PEOPLE))
            told = len(findings.wrong)
            await run(ground, token, [Case(role, scope, call, may) for call in calls], findings)
            print(*findings.wrong[told:], sep="\n", flush=True)
        print(
            f"{role}: {sum(findings.counts.values())} cells so far, {len(findings.wrong)} not as declared", flush=True
        )
    return findings


async def main_with(server: TestServer, options: argparse.Namespace) -> int:
    """Plant, call everything, print, drop."""
    await _ensure_template(server, "shuke_matrix_template")
    name = await server.clone("shuke_matrix_template")
    urls = server.urls(name)
    database = Database(urls.app)
    started = time.monotonic()
    ground = await plant(database, urls)
    routes = [name for name in ROUTES if re.search(options.routes, name)]
    findings = await everything(ground, options.roles or list(ROLES), options.scopes or list(SCOPES), routes)
    await ground.undone.close()
    await database.close()
    _print(findings, len(routes), time.monotonic() - started)
    return 1 if findings.wrong else 0


def _print(findings: Findings, routes: int, seconds: float) -> None:
    by_route: Counter[str] = Counter()
    for line in findings.wrong:
        by_route[" ".join(line.split(" · ")[-1].split(" ")[:2])] += 1
    for route, found in by_route.most_common(30):
        print(f"{found:6}  {route}")
    print(f"{routes} routes, {sum(findings.counts.values())} cells in {seconds:.0f} s: {dict(findings.counts)}")
    print(f"not as declared: {len(findings.wrong)}")


def main() -> None:
    """Run and say so by the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--roles", nargs="+", choices=list(ROLES))
    parser.add_argument("--scopes", nargs="+", choices=list(SCOPES))
    parser.add_argument("--routes", default="", help="regular expression of METHOD /path")
    options = parser.parse_args()
    log.configure(level="error", log_format="json")
    keys.use(KeyRing.throwaway())
    with tempfile.TemporaryDirectory(prefix="shuke-matrix-") as folder:
        server = EmbeddedServer(Path(folder) / "postgres", memory_mb=512, durable=False, delete_after=True)
        server.start()
        try:
            code = asyncio.run(main_with(TestServer(server.url(SUPERUSER, "postgres")), options))
        finally:
            server.stop()
    sys.exit(code)


if __name__ == "__main__":
    main()
