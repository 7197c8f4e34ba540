"""What consent holds about members: their copy of it, and what becomes of it when they are erased or merged."""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

import orjson
from sqlalchemy import BigInteger, any_, bindparam, delete, select
from sqlalchemy.dialects.postgresql import ARRAY

from shuke.people import members
from shuke.platform.db import Session, raw
from shuke.platform.i18n import Language, LocalName

from . import actions, queries, rules
from .tables import consent_change, consent_evidence

_ERASED = """
    update consent_member set minor_until = null where member_id = any($1::bigint[])
"""
# Nobody who is erased is sent anything, on whatever basis.
_STOPPED = """
    insert into consent_state (member_id, topic, channel, kind, change_no, at, notice_version, is_by_guardian)
    select id, $2, '', 'withdrawn', 0, now(), null, false from unnest($1::bigint[]) as given (id)
    on conflict (member_id, topic, channel) do update set kind = 'withdrawn'
"""
_KINDS = {
    "given": LocalName("同意", "given"),
    "refused": LocalName("拒绝", "refused"),
    "withdrawn": LocalName("撤回", "withdrawn"),
}


async def export(session: Session, member_ids: Sequence[int]) -> AsyncIterator[Mapping[str, Any]]:
    """Every answer, with the evidence for it."""
    ids = any_(bindparam(None, list(member_ids), type_=ARRAY(BigInteger)))
    evidence = await session.execute(select(consent_evidence).where(consent_evidence.c.member_id == ids))
    sealed = {actions.evidence_place(row.member_id, row.evidence_no): (row.member_id, row.sealed) for row in evidence}
    opened = await members.open_for(session, sealed)
    rows = await session.execute(
        select(consent_change)
        .where(consent_change.c.member_id == ids)
        .order_by(consent_change.c.recorded_at, consent_change.c.member_id, consent_change.c.change_no)
    )
    for row in rows:
        place = actions.evidence_place(row.member_id, row.evidence_no) if row.evidence_no is not None else ""
        yield {
            "topic": row.topic,
            "channel": row.channel,
            "kind": row.kind,
            "at": row.at.isoformat(),
            "notice": row.notice_code,
            "notice_version": row.notice_version,
            "notice_hash": row.notice_hash.hex() if row.notice_hash is not None else None,
            "how": row.how,
            "hand": row.hand,
            "source": row.source,
            "screen": row.screen,
            "address": None,
            "note": None,
            **orjson.loads(opened.get(place, b"{}")),
        }


async def erase(session: Session, member_ids: Sequence[int]) -> int:
    """Delete the evidence, and allow nothing any more. The log itself names nobody and stays as proof."""
    ids = any_(bindparam(None, list(member_ids), type_=ARRAY(BigInteger)))
    done = await session.execute(delete(consent_evidence).where(consent_evidence.c.member_id == ids))
    driver = await raw(session)
    await driver.execute(_ERASED, list(member_ids))
    await driver.execute(_STOPPED, list(member_ids), rules.stop_topic("processing"))
    return done.rowcount


async def preview_merge(
    session: Session, absorbed_id: int, survivor_id: int, language: Language
) -> list[members.MergeLine]:
    """Where two members said different things, and what counts afterwards."""
    found = await queries.get_standings(session, [absorbed_id, survivor_id])
    absorbed, survivor = found[absorbed_id], found[survivor_id]
    after = rules.combined(
        rules.Branch(states=survivor.states, absorbed=[(2**31, rules.Branch(states=absorbed.states))])
    )
    purposes = {one.code: one.name for one in await queries.list_purposes(session)}
    lines = []
    for key in sorted(after.states):
        said = [standing.states.get(key) for standing in (absorbed, survivor, after)]
        if said[0] is None or (said[1] is not None and said[0].kind == said[1].kind):
            continue
        name = purposes.get(key[0], LocalName("停止事项", "Stop"))
        label = LocalName(f"同意：{name.zh}（{key[1] or '全部'}）", f"Consent: {name.en} ({key[1] or 'all'})")
        words = [_KINDS[state.kind].pick(language) if state is not None else "—" for state in said]
        lines.append(members.MergeLine(label=label, absorbed=words[0], survivor=words[1], after=words[2]))
    return lines


PERSONAL_DATA = members.PersonalData(
    key="consents",
    label=LocalName("同意记录", "Consents"),
    export=export,
    erase=erase,
    kept=LocalName(
        "同意与撤回的时间和告知书版本，不含个人信息：用于证明处理曾有依据",
        "When consents were given and withdrawn, to which notice, naming nobody: proof that processing was allowed",
    ),
)
MERGE_PART = members.MergePart(
    key="consents", preview=preview_merge, merge=actions.note_merge, undo=actions.forget_merge
)
