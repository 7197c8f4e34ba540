"""Short texts of real coupon files: what they mean, what is refused, and the way there and back."""

from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from shuke.loyalty.coupons.rules import Threshold
from shuke.loyalty.coupons.rules.kinds import AmountOff, Discount, FreeShipping, NthItem, PercentOff, Step, Steps
from shuke.loyalty.coupons.rules.notation import REASONS, NotUnderstood, parse, render

NO_THRESHOLD = Threshold()


def steps(*pairs: tuple[int, int]) -> Steps:
    return Steps(steps=tuple(Step(from_minor=least, off_minor=off) for least, off in pairs))


def pieces(least: int) -> Threshold:
    return Threshold(counts="pieces", least=least)


@pytest.mark.parametrize(
    ("text", "discount", "threshold"),
    [
        ("30:5", AmountOff(off_minor=500), Threshold(least=3_000)),
        ("30：5", AmountOff(off_minor=500), Threshold(least=3_000)),
        ("100-20", AmountOff(off_minor=2_000), Threshold(least=10_000)),
        ("0.95", PercentOff(percent=5), NO_THRESHOLD),
        ("0.9", PercentOff(percent=10), NO_THRESHOLD),
        ("满100减10", AmountOff(off_minor=1_000), Threshold(least=10_000)),
        (" 满 １００ 元 立减 9.9 元 ", AmountOff(off_minor=990), Threshold(least=10_000)),
        ("满3件减30", AmountOff(off_minor=3_000), pieces(3)),
        ("每满100减10", AmountOff(off_minor=1_000, repeats=True), Threshold(least=10_000)),
        (
            "每满100减10，最多减50",
            AmountOff(off_minor=1_000, repeats=True, most_minor=5_000),
            Threshold(least=10_000),
        ),
        ("满100减10,满200减30", steps((10_000, 1_000), (20_000, 3_000)), NO_THRESHOLD),
        ("满100减10；满200减30、满300减60", steps((10_000, 1_000), (20_000, 3_000), (30_000, 6_000)), NO_THRESHOLD),
        ("100:10,200:30", steps((10_000, 1_000), (20_000, 3_000)), NO_THRESHOLD),
        ("立减5", AmountOff(off_minor=500), NO_THRESHOLD),
        ("无门槛5元", AmountOff(off_minor=500), NO_THRESHOLD),
        ("9.5折", PercentOff(percent=5), NO_THRESHOLD),
        ("95折", PercentOff(percent=5), NO_THRESHOLD),
        ("9折", PercentOff(percent=10), NO_THRESHOLD),
        ("半价", PercentOff(percent=50), NO_THRESHOLD),
        ("88折，封顶50", PercentOff(percent=12, most_minor=5_000), NO_THRESHOLD),
        ("满200打8.8折", PercentOff(percent=12), Threshold(least=20_000)),
        ("满2件享8折", PercentOff(percent=20), pieces(2)),
        ("包邮", FreeShipping(), NO_THRESHOLD),
        ("满99包邮，最高减12", FreeShipping(most_minor=1_200), Threshold(least=9_900)),
        ("第2件半价", NthItem(nth=2, percent=50), NO_THRESHOLD),
        ("第3件免费，最多2次", NthItem(nth=3, percent=100, most_times=2), NO_THRESHOLD),
    ],
)
def test_what_a_text_means(text: str, discount: Discount, threshold: Threshold):
    assert parse(text, "CNY") == (discount, threshold)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        (" ，", "empty"),
        ("abc", "unknown_form"),
        ("5", "unknown_form"),
        ("1.5", "unknown_form"),
        ("30:5:2", "unknown_form"),
        ("满1,000减100", "unknown_form"),
        ("满100减10,包邮", "unknown_form"),
        ("满100减10,满200减30,最多减5", "unknown_form"),
        ("满100减10,最多3次", "unknown_form"),
        ("最多减5", "unknown_form"),
        ("第1件半价", "unknown_form"),
        ("满100减-10", "unknown_form"),
        ("30:0", "no_amount"),
        ("满0减0", "no_amount"),
        ("满100减0.005", "too_precise"),
        ("满2.5件减1", "too_precise"),
        ("满9999999999999减1", "too_large"),
        ("第99件半价", "too_large"),
        ("满1001件减1", "too_large"),
        ("5:30", "off_above_threshold"),
        ("满5减30", "off_above_threshold"),
        ("满100减10,满90减30", "steps_must_rise"),
        ("满100减10,满200减10", "steps_must_rise"),
        ("0.955", "not_a_whole_percent"),
        ("9.55折", "not_a_whole_percent"),
        ("10折", "not_a_whole_percent"),
        ("100折", "not_a_whole_percent"),
    ],
)
def test_what_is_refused(text: str, reason: str):
    with pytest.raises(NotUnderstood) as refused:
        parse(text, "CNY")
    assert refused.value.reason == reason
    assert refused.value.said.zh
    assert refused.value.said.en


def test_every_reason_has_words():
    assert set(REASONS) == set(NotUnderstood.__init__.__annotations__["reason"].__args__)


def test_currencies_have_their_decimals():
    assert parse("30:5", "JPY") == (AmountOff(off_minor=5), Threshold(least=30))
    assert parse("1.005:0.001", "KWD") == (AmountOff(off_minor=1), Threshold(least=1_005))
    with pytest.raises(NotUnderstood, match="too_precise"):
        parse("30.5:5", "JPY")


MINOR = st.integers(1, 10**9)
MOST = st.none() | MINOR
AMOUNTS = st.just(NO_THRESHOLD) | st.builds(Threshold, least=MINOR)
THRESHOLDS = AMOUNTS | st.integers(1, 1_000).map(pieces)
STEPS = (
    st.lists(st.tuples(MINOR, MINOR), min_size=2, max_size=6)
    .map(lambda pairs: list(zip(*(sorted(set(part)) for part in zip(*pairs, strict=True)), strict=False)))
    .filter(lambda pairs: len(pairs) > 1 and all(off <= least for least, off in pairs))
)
WRITTEN = st.one_of(
    st.tuples(st.builds(AmountOff, off_minor=MINOR, most_minor=MOST), THRESHOLDS),
    st.tuples(st.builds(AmountOff, off_minor=MINOR, repeats=st.just(True), most_minor=MOST), AMOUNTS),
    st.tuples(st.builds(PercentOff, percent=st.integers(1, 100), most_minor=MOST), THRESHOLDS),
    st.tuples(st.builds(FreeShipping, most_minor=MOST), THRESHOLDS),
    st.tuples(
        st.builds(
            NthItem, nth=st.integers(2, 20), percent=st.integers(1, 100), most_times=st.none() | st.integers(1, 9)
        ),
        st.just(NO_THRESHOLD),
    ),
    st.tuples(STEPS.map(lambda pairs: steps(*pairs)), st.just(NO_THRESHOLD)),
)


def is_sound(discount: Any, threshold: Threshold) -> bool:
    """Whether there is a text for it: no more off than is asked for, and what repeats has a threshold."""
    if not isinstance(discount, AmountOff):
        return True
    if not threshold.least:
        return not discount.repeats
    return threshold.counts == "pieces" or discount.off_minor <= threshold.least


@settings(max_examples=500, deadline=None)
@given(WRITTEN, st.sampled_from(["CNY", "JPY", "KWD"]))
def test_there_and_back(said: tuple[Any, Threshold], money: str):
    if is_sound(*said):
        assert parse(render(*said, money), money) == said
    else:
        with pytest.raises(NotUnderstood, match="not_written"):
            render(*said, money)


@settings(max_examples=500, deadline=None)
@given(st.text(alphabet="0123456789.:-,，满减每立折件第打最多次包邮半价元 ", max_size=20))
@example("满１减１")
def test_any_text_is_read_or_refused_and_what_is_read_is_written_the_same(text: str):
    try:
        said = parse(text, "CNY")
    except NotUnderstood:
        return
    assert parse(render(*said, "CNY"), "CNY") == said


@pytest.mark.parametrize(
    "said",
    [
        (AmountOff(off_minor=1), Threshold(least=100, of="order")),
        (steps((100, 10)), NO_THRESHOLD),
        (steps((100, 10), (200, 20)), Threshold(least=50)),
    ],
)
def test_what_no_text_says_is_not_written(said: tuple[Any, Threshold]):
    with pytest.raises(NotUnderstood, match="not_written"):
        render(*said, "CNY")
