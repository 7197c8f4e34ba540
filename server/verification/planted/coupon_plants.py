"""Bugs in coupons: counts that are read and then written, steps that nothing guards, units that two take."""

from .plant import Change, Plant

_COUPONS = "src/shuke/loyalty/coupons"
_FAILURES = "tests/acceptance/test_coupon_failures.py"

PLANTS = (
    Plant(
        name="a coupon's budget is read and then written",
        wrong="Nothing is locked in between, so that two who redeem at once both use the same room.",
        changes=(
            Change(
                file=f"{_COUPONS}/budgets/actions.py",
                old="    on conflict (template_id, counts, period) do update set used = room.used\n",
                new="    on conflict (template_id, counts, period) do nothing\n",
            ),
            Change(
                file=f"{_COUPONS}/budgets/actions.py",
                old='    return {(row["template_id"], row["counts"], row["period"]): row["used"] for row in rows}\n',
                new="    del rows\n    known = await find_used(session, list(keys))\n"
                "    return {key: known.get(key, 0) for key in keys}\n",
            ),
        ),
        caught_by=f"{_FAILURES}::test_14_budget_exact_at_the_limit_under_concurrency",
        sign="assert",
    ),
    Plant(
        name="a step of a coupon is not guarded by its version",
        wrong="Whoever comes second changes the coupon although it is not what they have decided on.",
        changes=(
            Change(
                file=f"{_COUPONS}/changing.py",
                old="        where c.version = w.version and c.state = any($3)\n        order by",
                new="        where cardinality($3::text[]) > 0\n        order by",
            ),
            Change(
                file=f"{_COUPONS}/changing.py",
                old=" and c.version = w.version and c.state = any($3)\n        returning",
                new="\n        returning",
            ),
        ),
        caught_by=f"{_COUPONS}/tests/test_changing.py::test_of_many_at_once_one_redeems",
        sign="assert [",
    ),
    Plant(
        name="a limit is counted and then inserted",
        wrong="What a member has taken is counted, and nothing unique stops two who count at once.",
        changes=(
            Change(
                file=f"{_COUPONS}/issuing/taking.py",
                old="            select nth from generate_series(1, bound.most) nth\n"
                "            where nth <> all(coalesce(used.numbers, '{}')) order by nth "
                "offset fitting.ordinal - 1 limit 1\n",
                new="            select fitting.coupon_id::int\n",
            ),
        ),
        caught_by=f"{_FAILURES}::test_parallel_claim_of_per_user_limit_1_coupon",
        sign="assert",
    ),
    Plant(
        name="a unit of the stock is not locked",
        wrong="The next free unit is chosen and then taken, so that two who come at once take the same one.",
        changes=(
            Change(
                file=f"{_COUPONS}/issuing/taking.py",
                old="        order by unit_no limit $2 for update skip locked\n",
                new="        order by unit_no limit $2\n",
            ),
        ),
        caught_by=f"{_COUPONS}/issuing/tests/test_taking.py::test_forty_for_ten_units_leave_nothing_over",
        sign="assert",
    ),
)
