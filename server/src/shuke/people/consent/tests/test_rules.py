"""Nothing is allowed without a live consent: whatever the order of events, whoever was merged, whatever the hour."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuke.people.consent import rules
from shuke.people.consent.rules import Branch, Notice, Purpose, Standing, State
from shuke.platform.i18n import LocalName

START = datetime(2026, 1, 1, tzinfo=UTC)
TODAY = date(2026, 1, 1)
MARKETING = Purpose(
    code="marketing",
    name=LocalName("营销信息", "Marketing"),
    basis="consent",
    kinds=("phone",),
    retention_days=None,
    recipients=LocalName("", ""),
    channels=("sms", "email"),
    notice_code="marketing",
    is_separate=False,
    is_marketing=True,
    is_personalised=True,
    is_automated=False,
    is_active=True,
    version=1,
)
KEY = ("marketing", "sms")
KINDS: st.SearchStrategy[rules.Kind] = st.sampled_from(["given", "refused", "withdrawn"])
TOPICS = st.sampled_from(
    [KEY, ("marketing", "email"), *((rules.stop_topic(stop), "") for stop in rules.STOPS), (rules.GUARDIAN, "")]
)


@st.composite
def states(draw: st.DrawFn) -> dict[rules.Key, State]:
    """What somebody said, in any order: the newest line of each topic."""
    said: dict[rules.Key, State] = {}
    for number in range(draw(st.integers(0, 6))):
        said[draw(TOPICS)] = State(
            kind=draw(KINDS),
            change_no=number + 1,
            at=START + timedelta(days=draw(st.integers(-3, 3))),
            notice_version=draw(st.one_of(st.none(), st.integers(1, 3))),
            is_by_guardian=draw(st.booleans()),
        )
    return said


branches = st.recursive(
    st.builds(Branch, states=states(), minor_until=st.sampled_from([None, TODAY + timedelta(days=9)])),
    lambda inner: st.builds(
        Branch, states=states(), absorbed=st.lists(st.tuples(st.integers(0, 7), inner), max_size=2)
    ),
    max_leaves=4,
)
notices = st.one_of(
    st.none(),
    st.integers(1, 3).flatmap(lambda newest: st.builds(Notice, newest=st.just(newest), needed=st.integers(1, newest))),
)


def everybody(branch: Branch) -> list[Branch]:
    return [branch, *(one for _, child in branch.absorbed for one in everybody(child))]


@given(branches, notices, st.integers(-4, 4))
def test_nothing_is_allowed_without_a_live_newest_consent(branch: Branch, notice: Notice | None, days: int):
    at = START + timedelta(days=days)

    standing = rules.combined(branch)
    decision = rules.decide(MARKETING, "sms", standing, notice, at=at, today=TODAY)

    if not decision.allowed:
        return
    state = standing.states[KEY]
    # Somebody who is this person by now said yes, before that hour, to a text that still counts.
    assert state in [one.states.get(KEY) for one in everybody(branch)]
    assert notice is not None
    assert state.notice_version is not None
    assert (state.kind, state.at <= at, state.notice_version >= notice.needed) == ("given", True, True)
    # The survivor has stopped nothing, and has not said no.
    for topic in (KEY, (rules.stop_topic("processing"), ""), (rules.stop_topic("marketing"), "")):
        own = branch.states.get(topic)
        assert own is None or own.kind == "given"
    # Nobody who was merged said no, unless the survivor has said something new since.
    for mark, child in branch.absorbed:
        theirs = rules.combined(child).states.get(KEY)
        own = branch.states.get(KEY)
        assert theirs is None or theirs.kind == "given" or (own is not None and own.change_no > mark)
    if rules.is_minor(standing, TODAY):
        assert state.is_by_guardian
        assert standing.states[rules.GUARDIAN, ""].is_by_guardian


@given(branches, st.integers(-4, 4))
def test_a_basis_that_needs_no_consent_still_yields_to_objections_and_stops(branch: Branch, days: int):
    purpose = Purpose(**{**vars(MARKETING), "basis": "contract", "is_marketing": False})

    standing = rules.combined(branch)
    decision = rules.decide(purpose, "sms", standing, None, at=START + timedelta(days=days), today=TODAY)

    said = standing.states.get(KEY)
    if decision.allowed:
        assert said is None or said.kind == "given"
        assert not rules.is_stopped(standing, rules.stop_topic("processing"))
        assert not rules.is_stopped(standing, rules.stop_topic("personalisation"))


@given(states(), states(), st.integers(0, 7))
def test_of_two_merged_the_stricter_answer_counts(
    own: dict[rules.Key, State], other: dict[rules.Key, State], mark: int
):
    after = rules.combined(Branch(states=own, absorbed=[(mark, Branch(states=other))])).states

    assert after.keys() == own.keys() | other.keys()
    for key, state in after.items():
        candidates = [one[key] for one in (own, other) if key in one]
        assert state in candidates
        if key in own and own[key].change_no > mark:
            assert state == own[key]
        elif any(one.kind != "given" for one in candidates):
            assert state.kind != "given"


@pytest.mark.parametrize(
    ("kind", "days", "expected"),
    [("refused", 89, ("cooling", False)), ("refused", 90, ("may_ask", True)), ("withdrawn", 0, ("cooling", False))],
)
def test_a_no_is_respected_for_ninety_days(kind: rules.Kind, days: int, expected: tuple[str, bool]):
    standing = Standing(states={KEY: State(kind=kind, change_no=1, at=START)})
    at = START + timedelta(days=days)
    decision = rules.decide(MARKETING, "sms", standing, Notice(newest=1, needed=1), at=at, today=TODAY)

    ask = rules.may_ask(decision, MARKETING, "sms", standing, at=at, cooldown_days=90)

    assert (ask.reason, ask.allowed) == expected


def test_who_agreed_is_not_asked_again_until_the_notice_changes_in_substance():
    standing = Standing(states={KEY: State(kind="given", change_no=1, at=START, notice_version=1)})

    def ask(notice: Notice) -> bool:
        decision = rules.decide(MARKETING, "sms", standing, notice, at=START, today=TODAY)
        return rules.may_ask(decision, MARKETING, "sms", standing, at=START, cooldown_days=90).allowed

    assert [ask(Notice(newest=1, needed=1)), ask(Notice(newest=2, needed=1)), ask(Notice(newest=2, needed=2))] == [
        False,
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("birthday", "until"),
    [("2013-03-05", date(2027, 3, 5)), ("2012-02-29", date(2026, 2, 28)), ("--03-05", None), (None, None)],
)
def test_a_minor_is_one_until_the_fourteenth_birthday(birthday: str | None, until: date | None):
    assert rules.minor_until(birthday, 14) == until


def test_a_comparison_tells_what_went_and_what_came():
    found = rules.compare("one\ntwo\nthree", "one\n2\nthree\nfour")

    assert [(line.kind, line.text) for line in found] == [
        ("same", "one"),
        ("removed", "two"),
        ("added", "2"),
        ("same", "three"),
        ("added", "four"),
    ]


def test_the_list_form_says_for_what_which_why_how_long_and_to_whom():
    found = rules.list_form([MARKETING])

    assert (
        found.en
        == "- Marketing: phone number; because of your consent; kept while you are a member; passed on to: nobody."
    )
    assert found.zh == "- 营销信息：手机号；依据：您的同意；会员期间保存；提供给：无。"
