"""Bugs in the ledger itself: races, missing checks, wrong days, wrong lots."""

from .plant import Change, Plant

_LEDGER = "src/shuke/loyalty/ledger"
_PERFORM = f"{_LEDGER}/tests/test_perform.py"
_RULES = f"{_LEDGER}/tests/test_rules.py"
_AT_ONCE = "tests/verification/test_at_once.py"

PLANTS = (
    Plant(
        name="nobody asks whether there is enough",
        wrong="A debit goes through whatever is available.",
        changes=(
            Change(file=f"{_LEDGER}/rules/debit.py", old="    if missing > 0:\n", new="    if missing > 10**9:\n"),
        ),
        caught_by=f"{_PERFORM}::test_a_refusal_says_why_and_changes_nothing",
        sign="DID NOT RAISE",
    ),
    Plant(
        name="lots end a day early",
        wrong="Value is gone at the beginning of its last day instead of the end.",
        changes=(
            Change(
                file=f"{_LEDGER}/rules/expiry.py",
                old="    return clock.start_of_day(day + _A_DAY, zone)\n",
                new="    return clock.start_of_day(day, zone)\n",
            ),
        ),
        caught_by=f"{_RULES}::test_a_lot_lives_to_the_last_instant_of_its_local_day_across_summer_time",
        sign="",
    ),
    Plant(
        name="lots are used in the order they were opened",
        wrong="A debit takes the oldest lot and not the one that ends first, so members lose value that could be used.",
        changes=(
            Change(
                file=f"{_LEDGER}/rules/lots.py",
                old="    return lot.expires_on or _NO_END, lot.lot_no\n",
                new="    return _NO_END, lot.lot_no\n",
            ),
        ),
        caught_by=f"{_PERFORM}::test_a_credit_opens_a_lot_and_a_debit_takes_what_ends_first",
        sign="",
    ),
    Plant(
        name="reversals are not capped",
        wrong="More is given back than was ever taken, by reversing again and again.",
        changes=(
            Change(
                file=f"{_LEDGER}/rules/reversal.py",
                old="    if wanted == 0 or wanted > posted.left:\n",
                new="    if wanted == 0:\n",
            ),
        ),
        caught_by=f"{_PERFORM}::test_what_was_used_goes_back_into_its_lots_and_never_more",
        sign="DID NOT RAISE",
    ),
    Plant(
        name="value goes back into the wrong lot",
        wrong="A part that is given back goes into the lot that ends first, not into the one it was taken from last.",
        changes=(
            Change(
                file=f"{_LEDGER}/rules/reversal.py",
                old="    for lot in sorted(taken, key=by_end, reverse=True):\n",
                new="    for lot in sorted(taken, key=by_end):\n",
            ),
        ),
        caught_by=f"{_PERFORM}::test_what_was_used_goes_back_into_its_lots_and_never_more",
        sign="",
    ),
    Plant(
        name="debt is forgotten when something is credited",
        wrong="A credit is all usable although the member owes, so debt and value stand side by side.",
        changes=(
            Change(
                file=f"{_LEDGER}/rules/credit.py",
                old='    if lot.state == "open" and account.debt:\n',
                new='    if lot.state == "pending" and account.debt:\n',
            ),
        ),
        caught_by=f"{_RULES}::test_debt_is_repaid_by_the_next_credit_before_anything_is_available",
        sign="",
    ),
    Plant(
        name="a hold that timed out times out again",
        wrong="The hold stays open after its time, so that it is released every night.",
        changes=(
            Change(
                file=f"{_LEDGER}/rules/holds.py",
                old='        made.state = "timed_out" if is_time_out else "released"\n',
                new='        made.state = "open" if is_time_out else "released"\n',
            ),
        ),
        caught_by=f"{_PERFORM}::test_a_hold_times_out_and_what_ended_meanwhile_expires_at_once",
        sign="",
    ),
    Plant(
        name="what is due is judged by the machine's clock",
        wrong="The night's work asks the machine for the time and not the shop, whose clock may stand elsewhere.",
        changes=(Change(file=f"{_LEDGER}/due.py", old="    until = clock.now()\n", new="    until = clock.wall()\n"),),
        caught_by="sweep: what comes due: maturing, holds, ends",
        sign="undisturbed",
    ),
    Plant(
        name="a balance is read and written without a guard",
        wrong="The account is written whatever its version is by now, so that the slower overwrites the quicker.",
        changes=(
            Change(
                file=f"{_LEDGER}/saving.py",
                old="            and account.version = new.loaded\n",
                new="            and new.loaded is not null\n",
            ),
        ),
        caught_by=f"{_AT_ONCE}::test_what_comes_in_while_another_uses_is_kept",
        sign="",
    ),
    Plant(
        name="accounts are locked in the order they are named",
        wrong="Two transfers in opposite directions wait for each other until the database ends one of them.",
        changes=(
            Change(
                file=f"{_LEDGER}/loading.py",
                old="    order by member_id, currency_id for update\n",
                new="    order by array_position($1, member_id), currency_id for update\n",
            ),
            Change(
                file=f"{_LEDGER}/loading.py", old="    ids = sorted(member_ids)\n", new="    ids = list(member_ids)\n"
            ),
        ),
        caught_by=f"{_AT_ONCE}::test_transfers_in_both_directions_do_not_block_each_other",
        sign="DeadlockDetected",
    ),
    Plant(
        name="a second try forgets the key",
        wrong="Who was not quick enough tries again without asking whether the key has been used meanwhile.",
        changes=(
            Change(
                file=f"{_LEDGER}/perform.py",
                old="        if loaded.used_by is not None:\n",
                new="        if loaded.used_by is not None and attempt == 0:\n",
            ),
        ),
        caught_by=f"{_AT_ONCE}::test_one_key_has_one_effect_and_both_hear_the_same",
        sign="KeyInFlight",
    ),
    Plant(
        name="nothing makes keys unique",
        wrong="The table of operations takes the same key twice; only a look before writing guards it.",
        changes=(
            Change(
                file="migrations/versions/0009_complete_ledger.py",
                old="    create unique index ledger_operation_key_idx on ledger_operation (key)\n",
                new="    create index ledger_operation_key_idx on ledger_operation (key)\n",
            ),
            Change(
                file="migrations/versions/0005_ledger.py",
                old="            answer JSONB,\n"
                "            CONSTRAINT ledger_operation_pkey PRIMARY KEY (member_id, key)\n",
                new="            answer JSONB\n",
            ),
            Change(
                file="migrations/versions/0005_ledger.py",
                old=",\n            CONSTRAINT ledger_entry_member_id_operation_key_fkey "
                "FOREIGN KEY(member_id, operation_key) REFERENCES ledger_operation (member_id, key)\n",
                new="\n",
            ),
        ),
        caught_by=f"{_AT_ONCE}::test_one_key_has_one_effect_although_it_names_two_accounts",
        sign="Done(operation=",
    ),
    Plant(
        name="a balance is kept and shown again",
        wrong="An account that was read once is answered from memory, also after it has changed.",
        changes=(
            Change(
                file=f"{_LEDGER}/queries/operations.py",
                old='    return {"member_id": member_id, "balance": balance, **dict(row)}\n',
                new='    found = {"member_id": member_id, "balance": balance, **dict(row)}\n'
                "    return _KEPT.setdefault((member_id, currency), found)\n"
                "\n\n_KEPT: dict[tuple[int, str], dict[str, Any]] = {}\n",
            ),
        ),
        caught_by=f"{_LEDGER}/tests/test_operations_http.py::test_merging_and_undoing_at_once_gives_both_back",
        sign="",
    ),
    Plant(
        name="the chain leaves a column out",
        wrong="What only changed its place is not part of an entry's hash, so that it can be edited unseen.",
        changes=(
            Change(
                file=f"{_LEDGER}/rules/posting.py",
                old="    numbers = [amount, moved, ",
                new="    numbers = [amount, 0, ",
            ),
        ),
        caught_by=f"{_LEDGER}/tests/test_tampering.py::test_every_column_of_every_row_counts",
        sign="Suspect(",
    ),
)
