"""What conditions find out about members: the same for one of them and for sets."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update

from shuke.foundation import organization
from shuke.foundation.organization.testing import a_shop
from shuke.people import members
from shuke.people.members import NewMember, Profile
from shuke.people.members.facts.sealed import age, birthday_month, is_birthday, is_birthday_month
from shuke.people.members.tables import member, member_summary
from shuke.people.members.testing import enrolled, external
from shuke.platform import conditions
from shuke.platform.conditions import ConditionInvalid, FactNotForSets, Moment, fact_key
from shuke.platform.db import dump_json, raw

# The 11th in Shanghai, still the 10th in London.
NOW = Moment(datetime(2026, 3, 10, 20, tzinfo=UTC), ZoneInfo("Asia/Shanghai"))


def every(*rules: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"combinator": "and", "rules": list(rules), **more}


async def chosen(session, tree: dict[str, Any], *, among: list[int]) -> list[int]:
    """Who meets a condition by SQL, after Python has said the same."""
    catalogue = await conditions.catalogue(session)
    condition = conditions.read(tree, catalogue, scope="members")
    clause = conditions.where(condition, member.c.member_id, catalogue, NOW)
    found = set((await session.execute(select(member.c.member_id).where(clause))).scalars())
    loaded = await conditions.load(session, condition.needs, among, NOW, catalogue=catalogue)
    assert {one for one in among if condition.holds(loaded[one])} == found & set(among)
    return sorted(found & set(among))


@pytest.fixture
async def three(session) -> list[int]:
    """Three members: of 3 January, 10 and 11 March (by the shop's clock), the first with orders and a store."""
    await a_shop(session)
    stores = await organization.ensure_stores(session, [organization.NewStore(code="s1", name="One")])
    joined = [
        datetime(2026, 1, 3, tzinfo=UTC),
        datetime(2026, 3, 10, 15, 59, tzinfo=UTC),
        datetime(2026, 3, 10, 16, tzinfo=UTC),
    ]
    sources = [
        members.MemberSource(channel="till", store_id=stores["s1"]),
        members.MemberSource(channel="app"),
        members.MemberSource(),
    ]
    ids = await enrolled(
        session,
        [
            NewMember(identities=(external(str(number)),), joined_at=at, source=source)
            for number, (at, source) in enumerate(zip(joined, sources, strict=True))
        ],
    )
    await session.execute(
        update(member_summary)
        .where(member_summary.c.member_id == ids[0])
        .values(
            order_count=3,
            net_spend_minor=12_345,
            first_order_at=datetime(2026, 1, 5, tzinfo=UTC),
            last_order_at=datetime(2026, 3, 8, 21, tzinfo=UTC),
            store_id=stores["s1"],
            custom={"size": "41.5", "metal": ["gold"], "since": "2025-02-01", "vip": True, "spare": None},
        )
    )
    return ids


async def test_stored_facts_are_the_shops_days_and_counts(session, three):
    of_member = ("status", "store", "channel", "joined_on", "joined_days")
    of_orders = ("order_count", "net_spend", "first_order_on", "last_order_on", "days_since_last_order")
    needs = [fact_key(f"member.{name}") for name in (*of_member, *of_orders)]

    loaded = await conditions.load(session, needs, three, NOW)

    assert [list(loaded[one].values()) for one in three] == [[loaded[one][key] for key in loaded[one]] for one in three]
    assert {key[0].removeprefix("member."): value for key, value in loaded[three[0]].items()} == {
        "status": "active",
        "store": "s1",
        "channel": "till",
        "joined_on": date(2026, 1, 3),
        "joined_days": 67,
        "order_count": 3,
        "net_spend": 12_345,
        "first_order_on": date(2026, 1, 5),
        "last_order_on": date(2026, 3, 9),
        # 47 hours.
        "days_since_last_order": 1,
    }
    assert {key[0].removeprefix("member."): value for key, value in loaded[three[2]].items()} == {
        "status": "active",
        "store": None,
        "channel": None,
        "joined_on": date(2026, 3, 11),
        "joined_days": 0,
        "order_count": 0,
        "net_spend": 0,
        "first_order_on": None,
        "last_order_on": None,
        "days_since_last_order": None,
    }


@pytest.mark.parametrize(
    ("rule", "places"),
    [
        ({"field": "member.joined_on", "operator": "inLast", "value": 1}, [2]),
        ({"field": "member.joined_on", "operator": "inLast", "value": 2}, [1, 2]),
        ({"field": "member.joined_on", "operator": "beforeLast", "value": 1}, [0, 1]),
        ({"field": "member.store", "operator": "=", "value": "s1"}, [0]),
        ({"field": "member.store", "operator": "null"}, [1, 2]),
        ({"field": "member.channel", "operator": "!=", "value": "till"}, [1]),
        ({"field": "member.net_spend", "operator": "between", "value": [12_345, 20_000]}, [0]),
        ({"field": "member.days_since_last_order", "operator": "<=", "value": 1}, [0]),
        ({"field": "member.last_order_on", "operator": "notNull"}, [0]),
        ({"field": "member.points", "operator": "=", "value": 0}, [0, 1, 2]),
        ({"field": "member.tier", "operator": "null"}, [0, 1, 2]),
    ],
)
async def test_sets_are_chosen_by_stored_facts(session, three, rule, places):
    assert await chosen(session, every(rule), among=three) == [three[place] for place in places]
    others = [one for place, one in enumerate(three) if place not in places]
    assert await chosen(session, every(rule, **{"not": True}), among=three) == others


async def test_custom_fields_are_facts_of_their_kinds(session, three):
    for key, kind, choices in (
        ("size", "number", []),
        ("metal", "choices", ["gold", "silver"]),
        ("since", "date", []),
        ("vip", "boolean", []),
        ("spare", "text", []),
    ):
        await _add_field(session, key, kind, choices)
    catalogue = await conditions.catalogue(session)

    def rule(key: str, operator: str, value: Any) -> dict[str, Any]:
        return every({"field": f"member.custom.{key}", "operator": operator, "value": value})

    first = [three[0]]
    assert catalogue.facts["member.custom.size"].type == "decimal"
    assert await chosen(session, rule("size", ">", 41.4), among=three) == first
    assert await chosen(session, rule("metal", "in", ["silver", "gold"]), among=three) == first
    assert await chosen(session, rule("metal", "doesNotContain", "gold"), among=three) == []
    assert await chosen(session, rule("since", "<", "2025-02-02"), among=three) == first
    assert await chosen(session, rule("vip", "=", True), among=three) == first
    assert await chosen(session, every({"field": "member.custom.spare", "operator": "null"}), among=three) == three
    with pytest.raises(ConditionInvalid):
        conditions.read(rule("metal", "contains", "wood"), catalogue, scope="members")
    condition = conditions.read(rule("size", "=", "41.50"), catalogue, scope="earning")
    assert condition.tree["rules"] == [
        {"field": "member.custom.size", "operator": "=", "value": "41.50", "type": "decimal"}
    ]


async def test_a_rule_on_a_field_that_has_gone_is_read_by_the_type_that_it_says(session, three):
    stored = every({"field": "member.custom.size", "operator": "=", "value": "41.50", "type": "decimal"})

    condition = conditions.read_stored(stored, conditions.declared(), scope="earning")
    gone = await conditions.load(session, condition.needs, three, NOW)
    await _add_field(session, "size", "number", [])
    loaded = await conditions.load(session, condition.needs, three, NOW)

    assert [condition.holds(gone[one]) for one in three] == [False, False, False]
    assert [condition.holds(loaded[one]) for one in three] == [True, False, False]
    assert loaded[three[0]][fact_key("member.custom.size")] == Decimal("41.5")


async def test_several_moments_at_once_are_answered_as_each_by_itself(session):
    await a_shop(session)
    births = ("1990-03-11", "1988-12-01", None)
    ids = await enrolled(
        session,
        [
            NewMember(identities=(external(str(number)),), profile=Profile(birthday=birthday))
            for number, birthday in enumerate(births)
        ],
    )
    later = Moment(datetime(2026, 12, 1, 3, tzinfo=UTC), NOW.zone)
    asked = {NOW: ids, later: ids[:2]}
    needs = [fact_key(f"member.{name}") for name in ("age", "is_birthday", "is_birthday_month", "joined_days")]

    together = await conditions.load_each(session, needs, asked)

    assert together == {at: await conditions.load(session, needs, who, at) for at, who in asked.items()}
    assert [together[NOW][one][fact_key("member.is_birthday")] for one in ids] == [True, False, None]
    assert [together[later][one][fact_key("member.age")] for one in ids[:2]] == [36, 38]


async def test_the_sealed_profile_answers_for_some_members_and_never_for_sets(session):
    await a_shop(session)
    ids = await enrolled(
        session,
        [
            NewMember(identities=(external("1"),), profile=Profile(gender="female", birthday="1990-03-11")),
            NewMember(identities=(external("2"),), profile=Profile(birthday="--03-12")),
            NewMember(identities=(external("3"),)),
        ],
    )
    needs = [
        fact_key(f"member.{name}") for name in ("gender", "age", "birthday_month", "is_birthday", "is_birthday_month")
    ]

    loaded = await conditions.load(session, needs, ids, NOW)

    assert [[loaded[one][key] for key in needs] for one in ids] == [
        ["female", 36, 3, True, True],
        [None, None, 3, False, True],
        [None, None, None, None, None],
    ]
    tree = every({"field": "member.gender", "operator": "=", "value": "female"})
    with pytest.raises(ConditionInvalid) as caught:
        conditions.read(tree, await conditions.catalogue(session), scope="members")
    assert caught.value.fields[0].pointer == "/rules/0/field"
    condition = conditions.read(tree, conditions.declared(), scope="earning")
    with pytest.raises(FactNotForSets):
        conditions.where(condition, member.c.member_id, conditions.declared(), NOW)


@pytest.mark.parametrize(
    ("birthday", "day", "expected"),
    [
        ("2000-02-29", date(2025, 2, 28), (24, 2, True, True)),
        ("2000-02-29", date(2025, 3, 1), (25, 2, False, False)),
        ("2000-02-29", date(2024, 2, 28), (23, 2, False, True)),
        ("2000-02-29", date(2024, 2, 29), (24, 2, True, True)),
        ("--02-29", date(2026, 2, 28), (None, 2, True, True)),
        ("2027-01-01", date(2026, 1, 1), (None, 1, True, True)),
        (None, date(2026, 1, 1), (None, None, None, None)),
    ],
)
def test_birthdays_of_leap_years_and_unknown_years(birthday, day, expected):
    found = (
        age(birthday, day),
        birthday_month(birthday, day),
        is_birthday(birthday, day),
        is_birthday_month(birthday, day),
    )

    assert found == expected


_ADD_FIELD = """
    insert into custom_field (key, kind, label_zh, label_en, help_zh, help_en, group_zh, group_en, position,
        is_required, is_personal, is_archived, limits, choices, index_state, index_progress, version, added_at)
    values ($1, $2, $1, $1, '', '', '', '', 0, false, false, false, '{}', $3::jsonb, 'none', 0, 1, now())
"""


async def _add_field(session, key: str, kind: str, choices: list[str]) -> None:
    made = [{"code": code, "zh": code, "en": code, "is_archived": False} for code in choices]
    await (await raw(session)).execute(_ADD_FIELD, key, kind, dump_json(made))
