"""Earning rules over HTTP."""

from typing import Annotated, Any

from fastapi import Header, Path, Query, Response

from shuke.foundation import organization
from shuke.loyalty import ledger
from shuke.people import members
from shuke.platform import audit, clock
from shuke.platform.db import Session
from shuke.platform.http import CurrentActor, CurrentSight, RequestLanguage, RequestSession, Router, allowed, declares
from shuke.platform.i18n import Language, LocalName

from . import actions, queries
from .check import check_definition
from .errors import (
    BadDraft,
    DayInThePast,
    DefinitionInvalid,
    DraftChanged,
    DraftNotFound,
    DraftUnchanged,
    EffectNotAvailable,
    NothingToRetire,
    RuleCodeTaken,
    RuleNotFound,
    RuleVersionNotFound,
    RuleWasPublished,
    TooManyRules,
)
from .permissions import PUBLISH, READ, WRITE
from .proving import prove
from .queries import MOST_RULES, RuleRecord
from .rules import definition_schema, kinds, written
from .schemas import (
    EarningRuleDetailOut,
    EarningRuleIn,
    EarningRulesOut,
    FromDayIn,
    LabelOut,
    RenameIn,
    RuleCheckIn,
    RuleCheckOut,
    RuleCopyIn,
    RuleDiffOut,
    RuleDraftIn,
    RuleKindOut,
    RuleSchemaOut,
    RuleTrialIn,
    RuleTrialOut,
)
from .telling import compare, words_for
from .trial_views import show_trial
from .trying import try_rules
from .views import say, show_changes, show_check, show_detail, show_rule

router = Router(tags=["earning rules"])

_UNSOUND = (DefinitionInvalid, EffectNotAvailable)
Code = Annotated[str, Path(max_length=60)]
Seen = Annotated[str | None, Header(alias="If-Match", max_length=40, description="The draft's revision; 0: none yet.")]
Side = Annotated[str, Query(pattern=r"^(draft|[1-9]\d{0,5})$", description="A version's number, or `draft`.")]


@router.get("/v1/earning-rules", dependencies=[allowed(READ, reach="common")])
async def list_rules(session: RequestSession, language: RequestLanguage) -> EarningRulesOut:
    """Every rule by code, with what it says in plain words."""
    words, now = await words_for(session, language), clock.now()
    return EarningRulesOut(
        items=[show_rule(rule, words, now) for rule in await queries.list_rules(session)], limit=MOST_RULES
    )


@router.get("/v1/earning-rules/schema", dependencies=[allowed(READ, reach="common")])
async def get_schema(session: RequestSession) -> RuleSchemaOut:
    """What a definition may say: its JSON Schema with labels in both languages, and the kinds of effects."""
    shop = await organization.get_shop(session)
    return RuleSchemaOut(
        definition=definition_schema(),
        kinds=[
            RuleKindOut(kind=one["kind"], name=LocalName(**one["titles"]), gives=one["gives"], definition=one["schema"])
            for one in kinds()
        ],
        currencies=[LabelOut(code=one.code, label=one.name) for one in await ledger.currency_names(session)],
        money=shop.currency,
    )


@router.post("/v1/earning-rules/check", dependencies=[allowed(WRITE)], responses=declares(RuleNotFound))
async def check_rule(session: RequestSession, language: RequestLanguage, body: RuleCheckIn) -> RuleCheckOut:
    """Whether a definition could be published, what it says, and what it would change. Writes nothing."""
    rule = await queries.get_rule(session, body.rule) if body.rule else None
    proved = await prove(session, body.definition, language)
    return show_check(proved, body.definition, rule, await words_for(session, language))


@router.post(
    "/v1/earning-rules/test",
    dependencies=[allowed(WRITE, reach="narrowed")],
    responses=declares(members.MemberNotFound, RuleNotFound, DraftNotFound, *_UNSOUND),
)
async def test_rules(
    session: RequestSession, sight: CurrentSight, language: RequestLanguage, body: RuleTrialIn
) -> RuleTrialOut:
    """What a cart or an activity would earn, rule by rule, and why. Writes nothing."""
    member_id = await members.get_id(session, body.member, sight) if body.member else 0
    words = await words_for(session, language)
    definition = await _tried(session, body, language)
    tried = await try_rules(session, body.as_trial(member_id, clock.now(), definition))
    return await show_trial(session, tried, words)


@router.post(
    "/v1/earning-rules",
    status_code=201,
    dependencies=[allowed(WRITE)],
    responses=declares(RuleCodeTaken, TooManyRules, BadDraft),
)
async def add_rule(
    session: RequestSession, actor: CurrentActor, language: RequestLanguage, body: EarningRuleIn, response: Response
) -> EarningRuleDetailOut:
    """Make a rule, with its first draft. It gives nothing before it is published."""
    rule = await actions.add_rule(session, code=body.code, name=body.name.as_name())
    if body.definition is not None:
        rule = await actions.save_draft(session, body.code, body.definition, note=body.note, seen=0, actor=actor)
    response.headers["Location"] = f"/v1/earning-rules/{body.code}"
    audit.describe(object_id=body.code)
    return await _answer(session, rule, language, response)


@router.get("/v1/earning-rules/{code}", dependencies=[allowed(READ, reach="common")], responses=declares(RuleNotFound))
async def get_rule(
    session: RequestSession, language: RequestLanguage, code: Code, response: Response
) -> EarningRuleDetailOut:
    """A rule with its draft and versions. The ETag is the draft's revision, 0 where there is none."""
    return await _answer(session, await queries.get_rule(session, code), language, response)


@router.put("/v1/earning-rules/{code}", dependencies=[allowed(WRITE)], responses=declares(RuleNotFound))
async def rename_rule(
    session: RequestSession, language: RequestLanguage, code: Code, body: RenameIn, response: Response
) -> EarningRuleDetailOut:
    """Give a rule another name. Explanations show it at once; versions stay as they are."""
    before = (await queries.get_rule(session, code)).name
    rule = await actions.rename_rule(session, code, body.name.as_name())
    changes = {"name.zh": (before.zh, rule.name.zh), "name.en": (before.en, rule.name.en)}
    audit.describe(object_id=code, changes=changes)
    return await _answer(session, rule, language, response)


@router.delete(
    "/v1/earning-rules/{code}",
    status_code=204,
    dependencies=[allowed(WRITE)],
    responses=declares(RuleNotFound, RuleWasPublished),
)
async def remove_rule(session: RequestSession, code: Code) -> None:
    """Remove a rule that was never published."""
    await actions.remove_rule(session, code)
    audit.describe(object_id=code)


@router.put(
    "/v1/earning-rules/{code}/draft",
    dependencies=[allowed(WRITE)],
    responses=declares(RuleNotFound, DraftChanged, BadDraft),
)
async def save_draft(
    session: RequestSession,
    actor: CurrentActor,
    language: RequestLanguage,
    code: Code,
    body: RuleDraftIn,
    response: Response,
    if_match: Seen = None,
) -> EarningRuleDetailOut:
    """Save what waits to be published; it may be unfinished. `If-Match`: the revision that was read."""
    rule = await actions.save_draft(
        session, code, body.definition, note=body.note, seen=_revision(if_match), actor=actor
    )
    audit.describe(object_id=code, details={"revision": rule.draft.revision if rule.draft else 0})
    return await _answer(session, rule, language, response)


@router.delete(
    "/v1/earning-rules/{code}/draft",
    status_code=204,
    dependencies=[allowed(WRITE)],
    responses=declares(RuleNotFound, DraftNotFound, DraftChanged),
)
async def discard_draft(session: RequestSession, code: Code, if_match: Seen = None) -> None:
    """Throw the draft away."""
    await actions.discard_draft(session, code, seen=_revision(if_match))
    audit.describe(object_id=code)


@router.post(
    "/v1/earning-rules/{code}/publish",
    dependencies=[allowed(PUBLISH)],
    responses=declares(RuleNotFound, DraftNotFound, DraftChanged, DraftUnchanged, DayInThePast, *_UNSOUND),
)
async def publish_rule(
    session: RequestSession,
    actor: CurrentActor,
    language: RequestLanguage,
    code: Code,
    body: FromDayIn,
    response: Response,
    if_match: Seen = None,
) -> EarningRuleDetailOut:
    """Publish the draft for ever, in force from a day on. `If-Match`: the revision that was read."""
    rule = await actions.publish_draft(
        session, code, from_day=body.from_day, seen=_revision(if_match), actor=actor, language=language
    )
    assert rule.newest is not None
    details = {"version": rule.newest.version, "effective_from": rule.newest.effective_from.isoformat()}
    audit.describe(object_id=code, details=details)
    return await _answer(session, rule, language, response)


@router.post(
    "/v1/earning-rules/{code}/retire",
    dependencies=[allowed(PUBLISH)],
    responses=declares(RuleNotFound, NothingToRetire, DayInThePast),
)
async def retire_rule(
    session: RequestSession,
    actor: CurrentActor,
    language: RequestLanguage,
    code: Code,
    body: FromDayIn,
    response: Response,
) -> EarningRuleDetailOut:
    """End a rule from a day on. What was earned stays, and refunds are still judged by it."""
    rule = await actions.retire_rule(session, code, from_day=body.from_day, actor=actor)
    ends = rule.newest.effective_until if rule.newest else None
    audit.describe(object_id=code, details={"effective_until": ends.isoformat() if ends else None})
    return await _answer(session, rule, language, response)


@router.post(
    "/v1/earning-rules/{code}/copies",
    status_code=201,
    dependencies=[allowed(WRITE)],
    responses=declares(RuleNotFound, RuleCodeTaken, TooManyRules),
)
async def copy_rule(
    session: RequestSession,
    actor: CurrentActor,
    language: RequestLanguage,
    code: Code,
    body: RuleCopyIn,
    response: Response,
) -> EarningRuleDetailOut:
    """Make a new rule whose draft says what this one says."""
    rule = await actions.copy_rule(session, code, new_code=body.code, name=body.name.as_name(), actor=actor)
    response.headers["Location"] = f"/v1/earning-rules/{body.code}"
    audit.describe(object_id=body.code, details={"copied_from": code})
    return await _answer(session, rule, language, response)


@router.get(
    "/v1/earning-rules/{code}/diff",
    dependencies=[allowed(READ, reach="common")],
    responses=declares(RuleNotFound, RuleVersionNotFound, DraftNotFound),
)
async def diff_rule(
    session: RequestSession, language: RequestLanguage, code: Code, before: Side, after: Side
) -> RuleDiffOut:
    """What differs between two versions, or a version and the draft, in plain words."""
    rule = await queries.get_rule(session, code)
    words = await words_for(session, language)
    parts = [say(_side(rule, side), words).parts for side in (before, after)]
    return RuleDiffOut(before=before, after=after, changes=show_changes(compare(*parts)))


async def _answer(session: Session, rule: RuleRecord, language: Language, response: Response) -> EarningRuleDetailOut:
    response.headers["ETag"] = f'"{rule.draft.revision if rule.draft else 0}"'
    return show_detail(rule, await words_for(session, language), clock.now())


async def _tried(session: Session, body: RuleTrialIn, language: Language) -> dict[str, Any] | None:
    """The definition that is tried: the one that was sent, or else the draft of the rule that was named; if any.

    Raises RuleNotFound, DraftNotFound, DefinitionInvalid, EffectNotAvailable.
    """
    stored = body.definition
    if stored is None and body.rule is not None:
        stored = _side(await queries.get_rule(session, body.rule), "draft")
    if stored is not None:
        return written(await check_definition(session, stored, language=language))
    return None


def _side(rule: RuleRecord, side: str) -> dict[str, Any]:
    """A definition by its name in a comparison. Raises DraftNotFound, RuleVersionNotFound."""
    if side != "draft":
        return rule.get_version(int(side)).definition
    if rule.draft is None:
        raise DraftNotFound(rule=rule.code)
    return rule.draft.definition


def _revision(if_match: str | None) -> int | None:
    seen = (if_match or "").strip().removeprefix("W/").strip('"')
    return int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else None
