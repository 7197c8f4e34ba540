"""Bugs at the edges: where keys, answers, events and transactions meet."""

from .plant import Change, Plant

_HTTP = "src/shuke/platform/http.py"
_SAVING = "src/shuke/loyalty/ledger/saving.py"

PLANTS = (
    Plant(
        name="the key is saved in a transaction of its own",
        wrong="The answer of a key is committed before the effect; a crash between the two loses the effect for ever.",
        changes=(
            Change(
                file=_HTTP,
                old="        await idempotency.keep_answer(session, unit.claim, answer)\n",
                new="        async with request.app.state.database.transaction() as own:\n"
                "            await idempotency.keep_answer(own, unit.claim, answer)\n",
            ),
        ),
        caught_by="sweep: second person's agreement",
        sign="every idempotent answer has its line in the audit",
    ),
    Plant(
        name="the operation is saved in a transaction of its own",
        wrong="A key counts as used before anything has happened; a crash between the two loses the effect for ever.",
        changes=(
            Change(
                file=_SAVING,
                old="    driver = await raw(session)\n    try:\n",
                new="    async with jobs.transaction() as own:\n"
                "        await (await raw(own)).fetchval(WRITE, [], [], acts, [], [], [], [], [])\n"
                "    acts = []\n"
                "    driver = await raw(session)\n    try:\n",
            ),
            Change(
                file=_SAVING,
                old="from shuke.platform import events\n",
                new="from shuke.platform import events, jobs\n",
            ),
        ),
        caught_by="sweep: debit",
        sign="neither the state before nor the one after",
    ),
    Plant(
        name="the answer leaves before the commit",
        wrong="The transaction ends in the background, after the client has its 201.",
        changes=(
            Change(
                file=_HTTP,
                old="            await self._context.__aexit__(kind, error, trace)\n",
                new="            asyncio.get_running_loop().create_task(self._context.__aexit__(kind, error, trace))\n",
            ),
            Change(
                file=_HTTP,
                old="from collections.abc import Awaitable, Callable, Coroutine\n",
                new="import asyncio\nfrom collections.abc import Awaitable, Callable, Coroutine\n",
            ),
        ),
        caught_by="sweep: credit",
        sign="before the end of the transaction",
    ),
    Plant(
        name="events are written outside the transaction",
        wrong="What happened is announced in a transaction of its own, before it has happened for good.",
        changes=(
            Change(
                file=_SAVING,
                old="    await events.publish(session, [_event",
                new="    async with jobs.transaction() as own:\n        await events.publish(own, [_event",
            ),
            Change(
                file=_SAVING,
                old="from shuke.platform import events\n",
                new="from shuke.platform import events, jobs\n",
            ),
        ),
        caught_by="sweep: credit",
        sign="every event of a balance has its entry",
    ),
)
