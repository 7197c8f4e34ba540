"""Consent over HTTP."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import Path, Query

from shuke.foundation import organization
from shuke.people import members
from shuke.platform.db import Session
from shuke.platform.errors import FieldError
from shuke.platform.http import CurrentActor, CurrentSight, RequestLanguage, RequestSession, Router, allowed, declares
from shuke.platform.i18n import LocalName
from shuke.platform.pages import DEFAULT_LIMIT, MAX_LIMIT, BadCursor
from shuke.platform.problems import RequestInvalid

from . import actions, queries, rules
from .actions import Evidence
from .errors import (
    BadChannel,
    BadPurpose,
    GuardianNeeded,
    NoConsentNeeded,
    NoticeMissing,
    NoticeNotConfirmed,
    NoticeNotFound,
    NoticeOutdated,
    NoticeUnchanged,
    PurposeNotFound,
    SeparateConsent,
)
from .permissions import PUBLISH, READ, WRITE
from .queries import NoticeVersion
from .schemas import (
    AnswersIn,
    ConsentChangeOut,
    ConsentHistoryOut,
    ConsentPolicyIO,
    ConsentsOut,
    DiffLineOut,
    DraftIn,
    EvidenceIn,
    GuardianIn,
    ListFormOut,
    NoticeDiffOut,
    NoticeOut,
    NoticesOut,
    PublishIn,
    PurposeIn,
    PurposeOut,
    PurposesOut,
    StopsIn,
    WithdrawalIn,
)

router = Router(tags=["consent"])

Code = Annotated[str, Path(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
Version = Annotated[int, Query(ge=1, le=100_000)]
Limit = Annotated[int, Query(ge=1, le=MAX_LIMIT)]
# Who has not written anything yet has a time all the same.
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@router.get("/v1/consent/purposes", dependencies=[allowed(READ, reach="common")])
async def list_purposes(session: RequestSession) -> PurposesOut:
    """Every purpose of processing, and how the shop asks."""
    policy = await queries.get_policy(session)
    return PurposesOut(
        items=[PurposeOut.of(one) for one in await queries.list_purposes(session)],
        policy=ConsentPolicyIO(**vars(policy)),
    )


@router.put("/v1/consent/purposes/{code}", dependencies=[allowed(PUBLISH)], responses=declares(BadPurpose))
async def save_purpose(session: RequestSession, code: Code, body: PurposeIn) -> PurposeOut:
    """Make a purpose, or change it."""
    await actions.save_purpose(session, body.as_purpose(code))
    return PurposeOut.of((await queries.get_purposes(session, [code]))[code])


@router.put("/v1/consent/policy", dependencies=[allowed(PUBLISH)])
async def set_policy(session: RequestSession, body: ConsentPolicyIO) -> ConsentPolicyIO:
    """Say how long a no is respected, and who is a minor."""
    await actions.set_policy(session, body.as_policy())
    return body


@router.get("/v1/consent/notices", dependencies=[allowed(READ, reach="common")])
async def list_notices(session: RequestSession) -> NoticesOut:
    """Every version of every notice, newest first; drafts too."""
    return NoticesOut(items=[NoticeOut.of(one) for one in await queries.list_notices(session)])


@router.get("/v1/consent/notices/{code}/list-form", dependencies=[allowed(READ, reach="common")])
async def get_list_form(session: RequestSession, code: Code) -> ListFormOut:
    """The purposes of a notice as a list, to start its text from."""
    purposes = [one for one in await queries.list_purposes(session) if one.notice_code == code and one.is_active]
    return ListFormOut(text=rules.list_form(purposes))


@router.get(
    "/v1/consent/notices/{code}/comparison",
    dependencies=[allowed(READ, reach="common")],
    responses=declares(NoticeNotFound),
)
async def compare_notices(session: RequestSession, code: Code, older: Version, newer: Version) -> NoticeDiffOut:
    """Two versions of a notice, line by line."""
    before = await queries.get_notice(session, code, older)
    after = await queries.get_notice(session, code, newer)

    def lines(one: str, other: str) -> list[DiffLineOut]:
        return [DiffLineOut(kind=line.kind, text=line.text) for line in rules.compare(one, other)]

    return NoticeDiffOut(
        code=code,
        older=older,
        newer=newer,
        zh=lines(before.text.zh, after.text.zh),
        en=lines(before.text.en, after.text.en),
    )


@router.put("/v1/consent/notices/{code}/draft", dependencies=[allowed(PUBLISH)])
async def save_draft(session: RequestSession, actor: CurrentActor, code: Code, body: DraftIn) -> NoticeOut:
    """Keep the draft of a notice's next version."""
    draft = NoticeVersion(
        code=code,
        version=0,
        text=LocalName(body.text_zh, body.text_en),
        change=LocalName(body.change_zh, body.change_en),
        is_substantial=body.is_substantial,
        purposes=[],
        hash=None,
        written_at=_NEVER,
        written_by=actor.name,
        published_at=None,
        published_by=None,
    )
    version = await actions.save_draft(session, draft, actor)
    return NoticeOut.of(await queries.get_notice(session, code, version))


@router.post(
    "/v1/consent/notices/{code}/publication",
    dependencies=[allowed(PUBLISH)],
    responses=declares(NoticeNotFound, NoticeNotConfirmed, NoticeUnchanged),
)
async def publish_notice(session: RequestSession, actor: CurrentActor, code: Code, body: PublishIn) -> NoticeOut:
    """Publish a draft for ever. Where it is substantial, members have to agree again."""
    return NoticeOut.of(await actions.publish(session, code, body.version, confirm=body.confirm, actor=actor))


@router.get(
    "/v1/members/{member}/consents",
    dependencies=[allowed(READ, reach="narrowed")],
    responses=declares(members.MemberNotFound),
)
async def get_consents(
    session: RequestSession, sight: CurrentSight, language: RequestLanguage, member: str
) -> ConsentsOut:
    """What a member agreed to, and what follows from it."""
    member_id = await members.get_id(session, member, sight)
    return ConsentsOut.of(await queries.get_consents(session, member_id), language)


@router.put(
    "/v1/members/{member}/consents",
    dependencies=[allowed(WRITE, reach="narrowed")],
    responses=declares(
        members.MemberNotFound,
        members.MemberNotActive,
        PurposeNotFound,
        BadChannel,
        NoConsentNeeded,
        NoticeMissing,
        NoticeOutdated,
        SeparateConsent,
        GuardianNeeded,
    ),
)
async def record_answers(
    session: RequestSession, actor: CurrentActor, language: RequestLanguage, member: str, body: AnswersIn
) -> ConsentsOut:
    """Record what a member said, with the evidence for it."""
    member_id = await members.get_id(session, member, actor.sight, hold=True)
    evidence = await _evidence(session, body.evidence)
    await actions.record(session, member_id, [answer.as_answer() for answer in body.answers], evidence, actor)
    return ConsentsOut.of(await queries.get_consents(session, member_id), language)


@router.post(
    "/v1/members/{member}/consents/withdrawal",
    dependencies=[allowed(WRITE, reach="narrowed")],
    responses=declares(members.MemberNotFound, PurposeNotFound),
)
async def withdraw(
    session: RequestSession, actor: CurrentActor, language: RequestLanguage, member: str, body: WithdrawalIn
) -> ConsentsOut:
    """Take consents back on all channels at once: of some purposes, or of everything that stands on consent."""
    member_id = await members.get_id(session, member, actor.sight, hold=True)
    evidence = await _evidence(session, body.evidence)
    await actions.withdraw(session, member_id, body.purposes, evidence, actor)
    return ConsentsOut.of(await queries.get_consents(session, member_id), language)


@router.put(
    "/v1/members/{member}/stops",
    dependencies=[allowed(WRITE, reach="narrowed")],
    responses=declares(members.MemberNotFound),
)
async def set_stops(
    session: RequestSession, actor: CurrentActor, language: RequestLanguage, member: str, body: StopsIn
) -> ConsentsOut:
    """Set or lift stops of all marketing, of personalisation, of automated decisions."""
    member_id = await members.get_id(session, member, actor.sight, hold=True)
    asked: dict[rules.Stop, bool | None] = {
        "marketing": body.marketing,
        "personalisation": body.personalisation,
        "automated": body.automated,
    }
    stops = {name: is_set for name, is_set in asked.items() if is_set is not None}
    await actions.stop(session, member_id, stops, await _evidence(session, body.evidence), actor)
    return ConsentsOut.of(await queries.get_consents(session, member_id), language)


@router.put(
    "/v1/members/{member}/guardian",
    dependencies=[allowed(WRITE, reach="narrowed")],
    responses=declares(members.MemberNotFound, GuardianNeeded),
)
async def record_guardian(
    session: RequestSession, actor: CurrentActor, language: RequestLanguage, member: str, body: GuardianIn
) -> ConsentsOut:
    """Record whether a minor's guardian agrees to the membership."""
    member_id = await members.get_id(session, member, actor.sight, hold=True)
    evidence = await _evidence(session, body.evidence)
    await actions.record_guardian(session, member_id, is_given=body.is_given, evidence=evidence, actor=actor)
    return ConsentsOut.of(await queries.get_consents(session, member_id), language)


@router.get(
    "/v1/members/{member}/consents/history",
    dependencies=[allowed(READ, reach="narrowed")],
    responses=declares(members.MemberNotFound, BadCursor),
)
async def list_history(
    session: RequestSession,
    sight: CurrentSight,
    member: str,
    limit: Limit = DEFAULT_LIMIT,
    cursor: str | None = None,
) -> ConsentHistoryOut:
    """The consent log of a member, newest first."""
    member_id = await members.get_id(session, member, sight)
    page = await queries.list_history(session, member_id, limit=limit, cursor=cursor)
    return ConsentHistoryOut(
        items=[
            ConsentChangeOut(
                **{name: getattr(row, name) for name in ConsentChangeOut.model_fields if name in row._fields}
                | {
                    "notice_hash": row.notice_hash.hex() if row.notice_hash is not None else None,
                    "has_evidence": row.evidence_no is not None,
                }
            )
            for row in page.items
        ],
        next=page.next,
    )


async def _evidence(session: Session, body: EvidenceIn) -> Evidence:
    """The evidence, if its store exists. Raises RequestInvalid."""
    if body.store_id is not None and not await organization.get_stores(session, [body.store_id]):
        raise RequestInvalid(fields=(FieldError("/evidence/store_id", "There is no such store. 没有这家门店。"),))
    return body.as_evidence()
