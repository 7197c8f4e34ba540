"""Consent in the database and over HTTP: log, state, notices, minors, merges."""

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from shuke.foundation.organization.testing import a_shop
from shuke.people import consent, members
from shuke.people.consent.errors import GuardianNeeded, NoticeMissing, NoticeOutdated, SeparateConsent
from shuke.people.consent.testing import BY_GUARDIAN, BY_HAND, a_notice, answered
from shuke.people.members.testing import enrolled, person, phone
from shuke.platform import clock
from shuke.platform.actor import SYSTEM
from shuke.platform.db import Database, Session

pytestmark = pytest.mark.anyio


@pytest.fixture
async def ann(session: Session) -> int:
    await a_shop(session)
    return (await enrolled(session, [person("王小明", phone("15400000001"))]))[0]


async def is_allowed(session: Session, member_id: int, channel: str = "sms") -> tuple[bool, str]:
    decision = await consent.allows(session, member_id, "marketing", channel, clock.now())
    return decision.allowed, decision.reason


async def log_of(session: Session, member_id: int) -> list[tuple[str, str, str]]:
    rows = await session.execute(
        text("select topic, channel, kind from consent_change where member_id = :id order by change_no"),
        {"id": member_id},
    )
    return [tuple(row) for row in rows]


async def test_given_then_withdrawn_on_every_channel_in_one_call(session: Session, ann: int):
    await a_notice(session)
    before = await is_allowed(session, ann)
    await answered(session, ann, "given")
    given = await is_allowed(session, ann)

    await consent.withdraw(session, ann, ["marketing"], BY_HAND, SYSTEM)

    assert (before, given) == ((False, "not_asked"), (True, "given"))
    assert [await is_allowed(session, ann, channel) for channel in consent.CHANNELS] == [(False, "withdrawn")] * len(
        consent.CHANNELS
    )
    assert (await log_of(session, ann))[0] == ("marketing", "sms", "given")
    assert len(await log_of(session, ann)) == 1 + len(consent.CHANNELS)


async def test_nobody_agrees_to_a_text_that_is_not_there_or_not_the_newest(session: Session, ann: int):
    with pytest.raises(NoticeMissing):
        await answered(session, ann, "given")
    await a_notice(session)
    await a_notice(session, text="We write more often.")
    old = consent.Evidence(how="paper", hand="member", notice_version=1)

    with pytest.raises(NoticeOutdated):
        await answered(session, ann, "given", evidence=old)

    assert await log_of(session, ann) == []


async def test_a_change_of_substance_asks_for_consent_again_and_a_small_one_does_not(session: Session, ann: int):
    await a_notice(session)
    await answered(session, ann, "given")

    await a_notice(session, text="We write to you!", is_substantial=False)
    after_small = await is_allowed(session, ann)
    await a_notice(session, text="We pass your number on.")

    assert (after_small, await is_allowed(session, ann)) == ((True, "given"), (False, "notice_changed"))


async def test_a_published_notice_cannot_be_changed_and_the_log_cannot_either(session: Session, ann: int):
    await a_notice(session)
    await answered(session, ann, "given")

    for statement in (
        "update consent_notice set text_en = 'x'",
        "delete from consent_notice",
        "update consent_change set kind = 'refused'",
        "delete from consent_change",
    ):
        with pytest.raises(DBAPIError, match=r"cannot be changed|permission denied"):
            async with session.begin_nested():
                await session.execute(text(statement))

    assert await is_allowed(session, ann) == (True, "given")


async def test_separate_consent_is_not_taken_with_others(session: Session, ann: int):
    await a_notice(session)
    await a_notice(session, "sharing")
    await session.execute(text("update consent_purpose set is_active = true where code = 'sharing'"))
    both = [
        consent.Answer(purpose="marketing", channel="email", kind="given"),
        consent.Answer(purpose="sharing", channel="email", kind="given"),
    ]

    with pytest.raises(SeparateConsent):
        await consent.record(session, ann, both, BY_HAND, SYSTEM)
    await consent.record(session, ann, both[1:], BY_HAND, SYSTEM)

    assert await log_of(session, ann) == [("sharing", "email", "given")]


async def test_a_child_needs_a_guardian_for_everything(session: Session):
    await a_shop(session)
    await a_notice(session)
    child = members.NewMember(identities=(phone("15400000002"),), profile=members.Profile(birthday="2020-05-01"))
    (child_id,) = await enrolled(session, [child])

    with pytest.raises(GuardianNeeded):
        await answered(session, child_id, "given")
    await consent.actions.note_birthdays(session, [child_id])
    service = await consent.allows(session, child_id, "membership", "sms", clock.now())
    await consent.record_guardian(session, child_id, is_given=True, evidence=BY_GUARDIAN, actor=SYSTEM)
    await answered(session, child_id, "given", evidence=BY_GUARDIAN)

    assert (service.allowed, service.reason) == (False, "minor")
    assert await is_allowed(session, child_id) == (True, "given")
    assert (await consent.allows(session, child_id, "membership", "sms", clock.now())).allowed


async def test_stops_stop_whatever_was_agreed(session: Session, ann: int):
    await a_notice(session)
    await answered(session, ann, "given")

    await consent.stop(session, ann, {"marketing": True}, BY_HAND, SYSTEM)
    stopped = await is_allowed(session, ann)
    await consent.stop(session, ann, {"marketing": False, "processing": True}, BY_HAND, SYSTEM)
    restricted = await is_allowed(session, ann)
    await consent.stop(session, ann, {"processing": False}, BY_HAND, SYSTEM)

    assert (stopped, restricted) == ((False, "marketing_stopped"), (False, "restricted"))
    assert await is_allowed(session, ann) == (True, "given")


async def test_of_merged_members_the_stricter_counts_and_undoing_gives_both_back(session: Session, ann: int):
    await a_notice(session)
    (bob,) = await enrolled(session, [person("王小明", phone("15400000002"))])
    await answered(session, ann, "given")
    await answered(session, bob, "refused")
    await answered(session, bob, "given", channel="email")
    wanted = members.MergeWanted(absorbed_id=bob, survivor_id=ann, reason="same person", policy="hand")

    merge_id = await members.merge(session, SYSTEM, wanted)
    merged = [await is_allowed(session, one, channel) for one in (ann, bob) for channel in ("sms", "email")]
    await members.undo_merge(session, SYSTEM, merge_id, "not the same")

    assert merged == [(False, "refused"), (True, "given")] * 2
    assert [await is_allowed(session, one) for one in (ann, bob)] == [(True, "given"), (False, "refused")]
    assert [await is_allowed(session, one, "email") for one in (ann, bob)] == [(False, "not_asked"), (True, "given")]


async def test_what_the_survivor_says_after_a_merge_counts_alone(session: Session, ann: int):
    await a_notice(session)
    (bob,) = await enrolled(session, [person("王小明", phone("15400000002"))])
    await answered(session, bob, "refused")
    wanted = members.MergeWanted(absorbed_id=bob, survivor_id=ann, reason="same person", policy="hand")
    await members.merge(session, SYSTEM, wanted)

    await answered(session, ann, "given")

    assert await is_allowed(session, bob) == (True, "given")


async def test_many_are_answered_at_once_and_unknown_ones_are_refused(session: Session, ann: int):
    await a_notice(session)
    others = await enrolled(session, [person(None, phone(f"154000001{no:02}")) for no in range(20)])
    for one in others[::2]:
        await answered(session, one, "given")

    found = await consent.allows_many(session, [ann, *others, 999_999], "marketing", "sms", clock.now())

    assert [one for one, decision in found.items() if decision.allowed] == others[::2]
    assert found[999_999].reason == "no_member"


async def test_evidence_is_sealed(session: Session, ann: int):
    await a_notice(session)
    await answered(session, ann, "given")

    sealed = (await session.execute(text("select sealed from consent_evidence"))).scalar_one()
    logged = (await session.execute(text("select c::text from consent_change c"))).scalar_one()

    assert b"198.51.100.7" not in sealed
    assert "198.51.100.7" not in logged


BODY = {"how": "screen", "hand": "member", "source": "h5"}


@pytest.fixture
async def member_id(client: httpx.AsyncClient, database: Database) -> int:
    async with database.transaction() as session:
        await a_notice(session)
        return (await enrolled(session, [person("王小明", phone("15400000001"))]))[0]


async def test_the_api_records_shows_and_takes_back(client: httpx.AsyncClient, member_id: int):
    answers = {"answers": [{"purpose": "marketing", "channel": "sms", "kind": "given"}], "evidence": BODY}

    given = (await client.put(f"/v1/members/{member_id}/consents", json=answers)).json()
    section = (await client.get(f"/v1/members/{member_id}/overview")).json()["sections"]
    taken = (await client.post(f"/v1/members/{member_id}/consents/withdrawal", json={"evidence": BODY})).json()
    history = (await client.get(f"/v1/members/{member_id}/consents/history", params={"limit": 3})).json()

    def of(found: dict, channel: str = "sms") -> tuple[str | None, bool]:
        purpose = next(one for one in found["purposes"] if one["code"] == "marketing")
        entry = next(one for one in purpose["channels"] if one["channel"] == channel)
        return entry["state"], entry["allowed"]

    assert (of(given), of(taken)) == (("given", True), ("withdrawn", False))
    assert of(next(part["data"] for part in section if part["key"] == "consent")) == ("given", True)
    assert len(history["items"]) == 3
    assert history["next"] is not None


async def test_a_consent_without_evidence_is_refused_and_nothing_is_kept(client: httpx.AsyncClient, member_id: int):
    answers = {"answers": [{"purpose": "marketing", "channel": "sms", "kind": "given"}]}

    answer = await client.put(f"/v1/members/{member_id}/consents", json=answers)

    history = (await client.get(f"/v1/members/{member_id}/consents/history")).json()
    assert (answer.status_code, history["items"]) == (422, [])


async def test_notices_are_drafted_compared_and_published_by_typing_their_name(
    client: httpx.AsyncClient, database: Database
):
    async with database.transaction() as session:
        await a_notice(session)
    draft = {"text_zh": "新文本", "text_en": "We write to you.\nAnd more."}
    saved = (await client.put("/v1/consent/notices/marketing/draft", json=draft)).json()

    compared = await client.get("/v1/consent/notices/marketing/comparison", params={"older": 1, "newer": 2})
    wrong = await client.post("/v1/consent/notices/marketing/publication", json={"version": 2, "confirm": "yes"})
    right = await client.post(
        "/v1/consent/notices/marketing/publication", json={"version": 2, "confirm": "marketing 2"}
    )

    assert (saved["version"], saved["published_at"]) == (2, None)
    assert compared.json()["en"] == [
        {"kind": "same", "text": "We write to you."},
        {"kind": "added", "text": "And more."},
    ]
    assert (wrong.status_code, wrong.json()["code"]) == (422, "notice.not_confirmed")
    assert (right.status_code, len(right.json()["hash"])) == (200, 64)
    assert [one["code"] for one in right.json()["purposes"]] == ["marketing", "personal_offers"]


async def test_who_may_only_read_changes_nothing(viewer: httpx.AsyncClient, member_id: int):
    stops = {"marketing": True, "evidence": BODY}

    refused = await viewer.put(f"/v1/members/{member_id}/stops", json=stops)

    found = (await viewer.get(f"/v1/members/{member_id}/consents")).json()
    assert (refused.status_code, found["stops"]["marketing"]) == (403, False)


async def test_marketing_without_consent_cannot_be_set_up(client: httpx.AsyncClient):
    purpose = {
        "name": {"zh": "推广", "en": "Promotion"},
        "basis": "contract",
        "kinds": ["phone"],
        "channels": ["sms"],
        "notice_code": "marketing",
        "is_marketing": True,
    }

    answer = await client.put("/v1/consent/purposes/promotion", json=purpose)

    codes = [one["code"] for one in (await client.get("/v1/consent/purposes")).json()["items"]]
    assert (answer.status_code, answer.json()["code"]) == (422, "consent.bad_purpose")
    assert "promotion" not in codes
