"""From asking to fetching: as the asker sees it, marked, sealed, audited, for seven days."""

import csv
import io
import zipfile
from datetime import timedelta

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import text, update

from shuke.commerce.orders.testing import stored
from shuke.foundation.exports import Exportable
from shuke.foundation.exports import jobs as work
from shuke.foundation.exports.rules import marks
from shuke.foundation.exports.tables import export
from shuke.foundation.exports.testing import INJECTIONS, is_dangerous
from shuke.foundation.exports.working import running
from shuke.foundation.organization import NewStore, ensure_stores
from shuke.foundation.organization.testing import an_employee
from shuke.loyalty.ledger.acts import Credit
from shuke.loyalty.ledger.testing import instruct, two_currencies
from shuke.loyalty.tiers.testing import four_levels
from shuke.main.testing import signed_in
from shuke.people import members
from shuke.people.members.testing import person, phone
from shuke.platform import clock, jobs, keys
from shuke.platform.db import Database
from shuke.platform.module import contributions
from shuke.platform.settings import settings

pytestmark = pytest.mark.anyio
REASON = "季度对账"


@pytest.fixture
def worker(database: Database, tmp_path, monkeypatch):
    jobs.use(database)
    monkeypatch.setenv("SHUKE_DATA_DIRECTORY", str(tmp_path))
    settings.cache_clear()
    yield work
    settings.cache_clear()
    jobs.use(None)


async def made(client, worker, **asked) -> dict:
    answer = await client.post("/v1/exports", json={"list": "members", "reason": REASON, **asked})
    assert answer.status_code == 202, answer.text
    await worker.run({"export_id": answer.json()["id"]})
    return (await client.get(f"/v1/exports/{answer.json()['id']}")).json()


async def rows_of(client, one: dict) -> list[list[str]]:
    answer = await client.get(f"/v1/exports/{one['id']}/file")
    assert answer.status_code == 200, answer.text
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


async def enrolled(database: Database, *names: str) -> None:
    async with database.transaction() as session:
        await members.resolve_or_create(
            session, [person(name, phone(f"1540000{place:04d}")) for place, name in enumerate(names)]
        )


async def test_a_list_becomes_a_masked_marked_and_sealed_file(client, database, worker, tmp_path):
    await enrolled(database, "王小明", "李雷")

    one = await made(client, worker)
    rows = await rows_of(client, one)

    assert (one["state"], one["rows_done"]) == ("done", 2)
    assert marks.find(rows[0][0]) == one["id"]
    assert len(rows) == 4
    assert {cell for row in rows for cell in row} >= {"王*明", "154****0000", "李*", "154****0001"}
    assert "15400000000" not in str(rows)
    assert one["mark"] in rows[-1][0]
    (file,) = (tmp_path / "exports").iterdir()
    assert "王*明".encode() not in file.read_bytes()
    async with database.transaction() as session:
        lines = await session.execute(
            text("select action, details->>'list' from audit where action like 'exports.%' order by id")
        )
        assert [tuple(row) for row in lines] == [("exports.made", "members"), ("exports.fetched", "members")]


async def test_data_in_clear_needs_the_permission(client, app, database, worker):
    await enrolled(database, "王小明")
    one = await made(client, worker, unmasked=True)

    assert {"王小明", "+8615400000000"} <= {cell.lstrip("'") for cell in (await rows_of(client, one))[1]}
    async with signed_in(app, database, role="viewer") as viewer:
        refused = await viewer.post("/v1/exports", json={"list": "members", "reason": REASON, "unmasked": True})
    assert refused.status_code == 403


async def test_what_does_not_exist_is_refused_and_nothing_is_kept(client, database):
    answers = [
        await client.post("/v1/exports", json={"list": "nothing", "reason": REASON}),
        await client.post("/v1/exports", json={"list": "members", "reason": REASON, "columns": ["secret"]}),
        await client.post("/v1/exports", json={"list": "members", "reason": REASON, "filters": {"nope": 1}}),
        await client.post("/v1/exports", json={"list": "members", "reason": ""}),
        await client.get("/v1/exports/7/file"),
    ]

    assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [
        (422, "exports.unknown_list"),
        (422, "exports.bad_request"),
        (422, "exports.bad_request"),
        (422, "request.invalid"),
        (404, "exports.not_found"),
    ]
    async with database.transaction() as session:
        assert (await session.execute(text("select count(*) from export"))).scalar_one() == 0


async def test_files_of_others_cannot_be_fetched_and_old_ones_are_gone(client, app, database, worker, tmp_path):
    await enrolled(database, "王小明")
    one = await made(client, worker)
    async with signed_in(app, database, role="viewer") as other:
        async with database.transaction() as session:
            narrow = "update staff_role set permissions = '{exports.write,members.read}' where code = 'viewer'"
            await session.execute(text(narrow))
        foreign = await other.get(f"/v1/exports/{one['id']}/file")
        listed = (await other.get("/v1/exports?everybody=true")).json()["items"]
    async with database.transaction() as session:
        await session.execute(update(export).values(expires_at=clock.wall() - timedelta(seconds=1)))
    await worker.forget_old_files()
    late = await client.get(f"/v1/exports/{one['id']}/file")

    assert (foreign.status_code, listed) == (404, [])
    assert (late.status_code, late.json()["code"]) == (409, "exports.not_ready")
    assert list((tmp_path / "exports").iterdir()) == []
    async with database.transaction() as session:
        kept = (await session.execute(text("select state, wrapped_key from export"))).one()
    assert tuple(kept) == ("expired", None)


async def test_who_is_disabled_before_the_file_is_made_gets_none(client, database, worker):
    await enrolled(database, "王小明")
    asked = await client.post("/v1/exports", json={"list": "members", "reason": REASON})
    async with database.transaction() as session:
        await session.execute(text("update staff_user set is_active = false"))
    await worker.run({"export_id": asked.json()["id"]})

    async with database.transaction() as session:
        row = (await session.execute(text("select state, file_path, problem->>'code' from export"))).one()
    assert tuple(row) == ("refused", None, "exports.not_allowed_any_more")


async def test_many_rows_wait_for_a_second_person(client, app, database, worker, monkeypatch):
    monkeypatch.setenv("SHUKE_EXPORT_APPROVAL_ROWS", "1")
    settings.cache_clear()
    await enrolled(database, "王小明", "李雷")
    one = await made(client, worker)
    assert one["state"] == "approval"
    assert (await client.get(f"/v1/exports/{one['id']}/file")).status_code == 409
    async with database.transaction() as session:
        approval_id = (await session.execute(text("select approval_id from approval"))).scalar_one()

    async with signed_in(app, database, role="administrator") as second:
        approved = await second.post(f"/v1/approvals/{approval_id}/approve", json={})
        assert approved.status_code in {200, 204}, approved.text
    await worker.run({"export_id": one["id"]})

    assert (await client.get(f"/v1/exports/{one['id']}")).json()["state"] == "done"


async def test_an_export_that_nobody_agrees_to_ends_and_says_why(client, app, database, worker, monkeypatch):
    monkeypatch.setenv("SHUKE_EXPORT_APPROVAL_ROWS", "1")
    settings.cache_clear()
    await enrolled(database, "王小明", "李雷")
    one = await made(client, worker)
    async with signed_in(app, database, role="administrator") as second:
        (waiting,) = (await second.get("/v1/approvals")).json()["items"]
        await second.post(f"/v1/approvals/{waiting['id']}/reject", json={"note": "用不着全部"})
    await worker.run({"export_id": one["id"]})

    found = (await client.get(f"/v1/exports/{one['id']}")).json()
    assert (found["state"], found["problem"]["code"]) == ("refused", "exports.refused")
    assert "用不着全部" in found["problem"]["detail"]
    assert (await client.get(f"/v1/exports/{one['id']}/file")).status_code == 409
    told = (await client.get("/v1/session/notices")).json()["items"]
    assert [(item["kind"], item["link"]) for item in told] == [("approvals.decided", "/settings/exports")]


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
async def test_no_injection_in_a_name_is_executable_in_any_list(client, database, worker, file_format):
    names = [name for name in INJECTIONS if name.strip().isprintable()]
    await enrolled(database, *names[:150])
    lists = [item["key"] for item in (await client.get("/v1/export-lists")).json()["items"]]
    assert set(lists) == {item.key for item in contributions(Exportable)}
    for key in lists:
        one = await made(client, worker, list=key, format=file_format, unmasked=True)
        assert one["state"] == "done", one
        body = (await client.get(f"/v1/exports/{one['id']}/file")).content
        if file_format == "csv":
            rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")))
            assert [cell for row in rows for cell in row if is_dangerous(cell)] == []
        else:
            with zipfile.ZipFile(io.BytesIO(body)) as archive:
                assert b"<f" not in archive.read("xl/worksheets/sheet1.xml")


async def filters_kept(database: Database) -> list[dict]:
    async with database.transaction() as session:
        return list((await session.execute(text("select filters from export order by export_id"))).scalars())


async def test_what_was_searched_for_is_not_kept(client, database, worker, monkeypatch):
    await enrolled(database, "王小明", "李雷")
    done = await made(client, worker, filters={"q": "15400000000"})
    monkeypatch.setenv("SHUKE_EXPORT_APPROVAL_ROWS", "1")
    settings.cache_clear()
    waiting = await made(client, worker, filters={"status": "active"})
    held = await filters_kept(database)
    async with database.transaction() as session:
        await session.execute(update(export).values(asked_at=clock.wall() - timedelta(days=16)))
    await worker.forget_old_files()

    assert ([done["state"], done["rows_done"]], waiting["state"]) == (["done", 1], "approval")
    assert held == [{}, {"status": "active"}]
    assert await filters_kept(database) == [{}, {}]
    assert (await client.get(f"/v1/exports/{waiting['id']}")).json()["state"] == "expired"


async def test_a_key_that_was_exchanged_meanwhile_does_not_wrap_the_file(client, database, worker, monkeypatch):
    await enrolled(database, "王小明")
    at_work, wrapped_at = [], []
    pages, wrap = running._Making._pages, keys.KeyRing.wrap

    async def noted_pages(*given):
        at_work.append("pages")
        await pages(*given)

    async def noted_wrap(ring, data_keys, contexts):
        wrapped_at.extend((context, list(at_work)) for context in contexts)
        return await wrap(ring, data_keys, contexts)

    monkeypatch.setattr(running._Making, "_pages", noted_pages)
    monkeypatch.setattr(keys.KeyRing, "wrap", noted_wrap)
    one = await made(client, worker)

    # Wrapped when the file was there: a key-encryption key that was retired while it was made strands nothing.
    assert wrapped_at == [(f"export:{one['id']}", ["pages"])]
    assert len(await rows_of(client, one)) == 3


HOSTILE = {
    "number": "=HYPERLINK(\"http://example.com\";\"x\")", "source": "+cmd|'/C calc'!A0", "store": "@SUM(1;2)",
    "employee": "-2+3+cmd|' /C calc'!A0", "level": "\uff1dDDE(\"cmd\";\"/C calc\")", "operation": "\u3000=1;=2+2;x",
    "name": "=IMPORTXML(\"http://example.com\";\"//a\")", "benefit": "=1+1;=2",
    "coupon": "=WEBSERVICE(\"http://example.com\")", "batch": "@NOW()", "code": "=7+7",
    "note": "=WEBSERVICE(\"http://example.com/note\")",
}  # fmt: skip
WHERE = {
    "members": {"name", "store", "employee", "level"},
    "follow_ups": {"note", "name"},
    "orders": {"number", "source", "store", "name"},
    "ledger_entries": {"operation"},
    "tier_changes": {"level"},
    "benefit_entitlements": {"benefit"},
    "coupons": {"coupon"},
    "coupon_uses": {"coupon", "number", "store"},
    "coupon_figures": {"coupon"},
    "coupon_codes": {"batch", "code"},
}
# What a list has to be asked for so that its texts are in it.
ASKED = {"coupon_figures": {"by": "template", "from": "2026-03-01", "to": "2026-03-01"}}


# A template, a code of a batch that is nobody's, and a member's coupon that took something off the order.
COUPONS = (
    "insert into coupon_template (code, name_zh, name_en, state, terms_version, issuing, added_at, changed_at) "
    "values ('t', :coupon, :coupon, 'published', 1, '{}', now(), now())",
    "insert into coupon_terms (template_id, version, terms, published_at, published_by) select template_id, 1, "
    "jsonb_build_object('discount', jsonb_build_object('kind', 'amount_off', 'off_minor', 1)), now(), 'system:0' "
    "from coupon_template",
    "insert into coupon_batch (template_id, terms_version, kind, name, wanted, made, state, asked_by, added_at) "
    "select template_id, 1, 'external', :batch, 1, 1, 'done', 'system:0', now() from coupon_template",
    "insert into coupon (member_id, template_id, terms_version, code, state, how, batch_id, issued_at, valid_from) "
    "select 0, template_id, 1, :code, 'issued', 'code', batch_id, now(), now() from coupon_batch",
    "insert into coupon (member_id, template_id, terms_version, code, state, version, how, issued_at, valid_from) "
    "select :member, template_id, 1, 'C1', 'redeemed', 2, 'staff', now(), now() from coupon_template",
    "insert into coupon_move (member_id, coupon_id, move_no, template_id, kind, at, day, actor, store_id, order_id, "
    "discount_minor) select member_id, coupon_id, 2, template_id, 'redeemed', now(), '2026-03-01', 'system:0', "
    ":store, :order, 1 from coupon where code = 'C1'",
    "insert into coupon_use (member_id, order_id, coupon_id, holder_id, template_id, terms_version, discount_minor, "
    "shares, used_at, day, store_id) select member_id, :order, coupon_id, member_id, template_id, 1, 1, '{}', now(), "
    "'2026-03-01', :store from coupon where code = 'C1'",
)


async def hostile_everywhere(database: Database) -> None:
    """Somebody whose name, store, employee, level, operation, benefit and coupon would all like to be formulas."""
    async with database.transaction() as session:
        store = (await ensure_stores(session, [NewStore(code="s1", name=HOSTILE["store"])]))["s1"]
        seller = await an_employee(session, "e1", name=HOSTILE["employee"])
        await four_levels(session)
        await two_currencies(session)
        (member_id,) = await members.resolve_or_create(session, [person(HOSTILE["name"], phone("15400000009"))])
        bought = await stored(
            session, HOSTILE["number"], member_id=member_id, source=HOSTILE["source"], store_id=store,
            employee_id=seller.id,
        )  # fmt: skip
        await instruct(session, member_id, Credit(amount=5), key=HOSTILE["operation"])
        for statement in (
            "update tier_level set name_zh = :level, name_en = :level",
            "update member_summary set store_id = :store, employee_id = :seller, tier_code = 'gold', tier_rank = 3",
            "insert into tier_change (member_id, scheme_id, change_no, to_rank, reason, at, recorded_at, explanation) "
            "values (:member, 1, 1, 3, 'manual', now(), now(), '{}')",
            "insert into benefit (code, kind, name_zh, name_en, description_zh, description_en, levels, parameters, "
            "state, version, added_at) values (:benefit, 'date_gift', :benefit, :benefit, '', '', '{}', '{}', "
            "'active', 1, now())",
            "insert into benefit_entitlement (member_id, benefit_id, occasion, gift, units, used, state, granted_at, "
            "granted_by) select :member, benefit_id, :benefit, '{}', 1, 0, 'open', now(), 'system:0' from benefit",
            *COUPONS,
        ):
            given = {
                "level": HOSTILE["level"], "store": store, "seller": seller.id, "member": member_id,
                "benefit": HOSTILE["benefit"], "coupon": HOSTILE["coupon"], "batch": HOSTILE["batch"],
                "code": HOSTILE["code"], "order": bought.order_id,
            }  # fmt: skip
            used = {name: value for name, value in given.items() if f":{name}" in statement}
            await session.execute(text(statement), used)


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
async def test_no_text_of_any_column_of_any_list_is_a_formula(client, database, worker, file_format):
    await hostile_everywhere(database)
    promised = {"text": HOSTILE["note"], "due_at": clock.now().isoformat()}
    assert (await client.post("/v1/members/phone:15400000009/follow-ups", json=promised)).status_code == 201
    assert {item.key for item in contributions(Exportable)} == set(WHERE)

    for key, expected in WHERE.items():
        one = await made(client, worker, list=key, format=file_format, unmasked=True, filters=ASKED.get(key, {}))
        body = (await client.get(f"/v1/exports/{one['id']}/file")).content
        if file_format == "csv":
            rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")))
            assert [cell for row in rows for cell in row if is_dangerous(cell)] == []
            # Whoever's country parts cells by semicolons sees none either.
            parted = list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""), delimiter=";"))
            assert [cell for row in parted for cell in row if is_dangerous(cell)] == []
        else:
            workbook = CalamineWorkbook.from_filelike(io.BytesIO(body))
            rows = workbook.get_sheet_by_index(0).to_python()
            with zipfile.ZipFile(io.BytesIO(body)) as archive:
                assert b"<f" not in archive.read("xl/worksheets/sheet1.xml")
        cells = {str(cell).removeprefix("'").replace(";'=", ";=") for row in rows for cell in row}
        assert {HOSTILE[name] for name in expected} <= cells
