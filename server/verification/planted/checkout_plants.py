"""Bugs in checkout: what refunds give back, room in caps and budgets, refunds that come before their orders."""

from .plant import Change, Plant

_REFUNDING = "src/shuke/loyalty/checkout/rules/refunding.py"
_LIMITS = "tests/acceptance/test_caps_and_budgets.py"
_REFUNDS = "tests/acceptance/test_refund_failures.py"

PLANTS = (
    Plant(
        name="a refund gives points back twice",
        wrong="What an earlier refund of the order gave back is forgotten, so that the rest gives it back again.",
        changes=(
            Change(
                file=_REFUNDING,
                old="        amount = order.points_used - order.points_left() - order.points_returned\n",
                new="        amount = order.points_used - order.points_left()\n",
            ),
        ),
        caught_by=f"{_REFUNDS}::test_7_the_rest_of_an_order_that_was_refunded_in_part_can_be_given_back_and_no_more",
        sign="== 100",
    ),
    Plant(
        name="room in caps and budgets is not given back",
        wrong="A refund takes the points back, and the room that they had used stays used for ever.",
        changes=(
            Change(
                file=_REFUNDING,
                old='        if programme.policies.refunds.limits == "give_back":\n',
                new='        if programme.policies.refunds.limits == "give_back" and not part:\n',
            ),
        ),
        caught_by=f"{_LIMITS}::test_13_room_that_refunds_release_while_others_buy_is_neither_lost_nor_doubled",
        sign="assert [500] ==",
    ),
    Plant(
        name="a refund that waits is lost when its order comes",
        wrong="The order crosses the refund off and does not do it, so that the member keeps what they earned.",
        changes=(
            Change(
                file="src/shuke/loyalty/checkout/waiting.py",
                old='                await do(session, programme, content["form"], content["request"], row["actor"])\n',
                new="",
            ),
        ),
        caught_by=f"{_REFUNDS}::test_7_a_refund_before_the_award_takes_back_nothing_and_then_everything",
        sign='"state":"created"',
    ),
    Plant(
        name="a budget is read and then written",
        wrong="Nothing is locked in between, so that two who buy at once both use the same room.",
        changes=(
            Change(
                file="src/shuke/loyalty/earning/limits/rooms.py",
                old="        rows = await driver.fetch(_LOCK_BUDGETS if is_locked else _LOOK_AT_BUDGETS, "
                "*_columns(budgets))\n",
                new='        made = _LOCK_BUDGETS.replace("do update set amount = used.amount", "do nothing")\n'
                "        await driver.execute(made, *_columns(budgets))\n"
                "        rows = await driver.fetch(_LOOK_AT_BUDGETS, *_columns(budgets))\n",
            ),
        ),
        caught_by=f"{_LIMITS}::test_14_a_budget_is_exact_when_thirty_members_buy_at_once",
        sign="assert",
    ),
)
