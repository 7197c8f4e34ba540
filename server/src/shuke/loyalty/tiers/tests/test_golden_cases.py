"""The known models of keeping levels, each with a little table of dates and figures worked out by hand."""

from shuke.loyalty.tiers.rules import Level

from .story import Story, a_scheme

ROLLING_YEAR = {"kind": "rolling", "days": 365}
MEMBERSHIP_YEAR = {"kind": "membership_year"}
LIFETIME = {"kind": "lifetime"}


def test_rolling_365_day_spend_with_separate_keep_threshold() -> None:
    """Silver at 1,000, kept by 600; gold at 5,000, kept by 3,000. A level holds for twelve months."""
    scheme = a_scheme(
        [
            Level(1, "bronze", 0),
            Level(2, "silver", 100_000, keep_threshold=60_000),
            Level(3, "gold", 500_000, keep_threshold=300_000),
        ],
        metric="net_spend",
        window=ROLLING_YEAR,
        validity={"kind": "months", "months": 12},
    )
    story = Story(scheme)

    story.earns("2024-03-01", 500_000)
    story.earns("2025-02-20", 300_000)
    story.comes_to("2025-03-02")
    kept = dict(story.last)
    story.earns("2026-02-27", 80_000)
    story.comes_to("2026-03-02")
    story.comes_to("2027-03-02")

    assert story.history == [
        ("2024-03-01", "promoted", "gold", "2025-03-01"),
        # The first order left the window on 1 March: 3,000 are enough to keep gold, not to reach it.
        ("2025-03-02", "kept", "gold", "2026-03-01"),
        # 800 keep silver, which is all that they do.
        ("2026-03-02", "demoted", "silver", "2027-03-01"),
        ("2027-03-02", "demoted", "bronze", None),
    ]
    assert (kept["amount_minor"], kept["threshold_minor"]) == (300_000, 300_000)
    assert (kept["window_from"], kept["window_to"]) == ("2024-03-02", "2025-03-01")
    assert (story.last["amount_minor"], story.last["criteria"][0]["threshold_minor"]) == (0, 60_000)


def test_calendar_year_points() -> None:
    """Points earned in the calendar year; a level holds to the end of the next year, as airlines do it."""
    scheme = a_scheme(
        [Level(1, "member", 0), Level(2, "silver", 2_000), Level(3, "gold", 6_000)],
        metric="earned_points",
        window={"kind": "calendar", "unit": "year"},
        validity={"kind": "calendar", "unit": "year", "ahead": 1},
    )
    story = Story(scheme)

    story.earns("2024-05-10", 1_500)
    story.earns("2024-12-31", 500)
    story.earns("2025-01-01", 1_900)
    before = story.way("2025-12-31")
    story.earns("2025-12-31", 200)
    story.comes_to("2026-06-01")
    story.comes_to("2027-01-01")

    assert story.history == [
        ("2024-05-10", "entered", "member", None),
        # Reached on the year's last evening, held through all of the next year.
        ("2024-12-31", "promoted", "silver", "2025-12-31"),
        ("2026-01-01", "kept", "silver", "2026-12-31"),
        # Nothing was earned in 2026.
        ("2027-01-01", "demoted", "member", None),
    ]
    assert before.keep[0].missing == 100
    assert (before.reach.missing, before.reach.by.isoformat()) == (4_100, "2025-12-31")
    assert (story.last["amount_minor"], story.last["window_from"]) == (0, "2026-01-01")


def test_membership_anniversary() -> None:
    """The year from one anniversary of joining to the next; who joined on 29 February has it on the 28th else."""
    scheme = a_scheme(
        [Level(1, "member", 0), Level(2, "silver", 100_000)],
        metric="net_spend",
        window=MEMBERSHIP_YEAR,
        validity={"kind": "membership_year", "ahead": 1},
    )
    story = Story(scheme, joined="2024-02-29")

    story.earns("2025-02-27", 100_000)
    story.earns("2025-02-28", 99_999)
    story.comes_to("2026-02-28")
    story.earns("2027-03-01", 100_000)
    story.comes_to("2029-03-01")

    assert story.history == [
        # The first year ends on 27 February 2025; the level holds through the year after.
        ("2025-02-27", "promoted", "silver", "2026-02-27"),
        # 999.99 in the year from 28 February 2025 are a cent too little.
        ("2026-02-28", "demoted", "member", None),
        # In 2028 the anniversary is on the 29th again: this year ends on 28 February 2028.
        ("2027-03-01", "promoted", "silver", "2029-02-27"),
        ("2029-02-28", "demoted", "member", None),
    ]
    assert story.standing.changes[1].explanation["amount_minor"] == 99_999


def test_lifetime_growth_with_refund_only_demotion() -> None:
    """Growth counts for ever and levels have no end; only a refund can lower them, and does so at once."""
    scheme = a_scheme(
        [Level(1, "v1", 0), Level(2, "v2", 1_000), Level(3, "v3", 5_000)],
        metric="growth",
        window=LIFETIME,
        validity={"kind": "forever"},
        demote="never",
        on_refund="now",
    )
    story = Story(scheme)

    story.earns("2020-01-05", 1_200)
    story.earns("2022-06-01", 4_000)
    story.comes_to("2025-01-01")
    story.gives_back("2025-01-02", 150, of="2022-06-01")
    after_a_little = story.level
    story.gives_back("2025-01-03", 100, of="2022-06-01")
    story.gives_back("2025-01-04", 3_750, of="2022-06-01")

    assert after_a_little == "v3"
    assert story.history == [
        ("2020-01-05", "promoted", "v2", None),
        ("2022-06-01", "promoted", "v3", None),
        # 5,200 − 150 − 100 = 4,950.
        ("2025-01-03", "demoted", "v2", None),
    ]
    assert story.last["refunded"] is True
    assert (story.last["amount_minor"], story.last["window_from"]) == (4_950, None)


def test_jd_deduct_and_rejudge() -> None:
    """京东: at the end of the year a level takes its own amount of growth, and what remains is judged."""
    scheme = a_scheme(
        [
            Level(1, "bronze", 0),
            Level(2, "silver", 2_000, deduct=800),
            Level(3, "gold", 10_000, deduct=2_000),
            Level(4, "diamond", 18_000, deduct=4_000),
        ],
        metric="growth",
        window=LIFETIME,
        validity={"kind": "months", "months": 12},
        demote="deduct",
    )
    story = Story(scheme)

    story.earns("2023-06-01", 20_000)
    way = story.way("2024-05-01")
    story.comes_to("2024-06-02")
    fell = dict(story.last)
    story.comes_to("2025-06-02")
    story.earns("2025-07-01", 100)
    story.comes_to("2027-06-02")

    assert story.history == [
        ("2023-06-01", "promoted", "diamond", "2024-06-01"),
        # 20,000 − 4,000 = 16,000: not enough for diamond, enough for gold.
        ("2024-06-02", "demoted", "gold", "2025-06-01"),
        # 16,000 − 2,000 = 14,000 keep gold.
        ("2025-06-02", "kept", "gold", "2026-06-01"),
        # 14,100 − 2,000 = 12,100; a year later 10,100.
        ("2026-06-02", "kept", "gold", "2027-06-01"),
        ("2027-06-02", "kept", "gold", "2028-06-01"),
    ]
    assert (fell["amount_minor"], fell["deducted"], fell["remaining"]) == (20_000, 4_000, 16_000)
    assert (way.takes, way.keep[0].threshold, way.keep[0].missing) == (4_000, 22_000, 2_000)
    assert [(one.metric, one.amount, one.change_no) for one in story.standing.deductions] == [
        ("growth", 4_000, 2),
        ("growth", 2_000, 3),
        ("growth", 2_000, 4),
        ("growth", 2_000, 5),
    ]
    assert story.measures.lifetime["growth"] == 10_100


def test_tencent_style_service_period_restarted_on_promotion() -> None:
    """腾讯心悦: growth counts since the last change; rising begins a fresh service period of 365 days."""
    scheme = a_scheme(
        [Level(1, "v1", 0), Level(2, "v2", 10_000), Level(3, "v3", 20_000)],
        metric="growth",
        window={"kind": "since_change"},
        validity={"kind": "days", "days": 365},
    )
    story = Story(scheme)

    story.earns("2023-03-01", 6_000)
    story.earns("2023-05-01", 5_000)
    story.earns("2023-12-01", 12_000)
    story.comes_to("2024-05-01")
    story.earns("2024-06-01", 20_000)
    nothing_yet = story.way("2024-06-02")
    story.comes_to("2025-06-02")

    assert story.history == [
        ("2023-03-01", "entered", "v1", None),
        # 11,000 since the beginning. What comes counts from the day after.
        ("2023-05-01", "promoted", "v2", "2024-04-30"),
        # 12,000 in the service period are enough for v2 again, though 23,000 ever would be enough for v3.
        ("2024-05-01", "kept", "v2", "2025-04-30"),
        ("2024-06-01", "promoted", "v3", "2025-06-01"),
        ("2025-06-02", "demoted", "v1", None),
    ]
    assert (nothing_yet.keep[0].have, nothing_yet.keep[0].threshold) == (0, 20_000)


def test_one_level_down_with_grace() -> None:
    """Who does not keep a level has thirty days to make up for it, and then falls by one level only."""
    scheme = a_scheme(
        [Level(1, "bronze", 0), Level(2, "silver", 50_000), Level(3, "gold", 200_000), Level(4, "diamond", 500_000)],
        metric="net_spend",
        window=ROLLING_YEAR,
        validity={"kind": "months", "months": 12},
        demote="one_level",
        grace_days=30,
    )
    late, saved = Story(scheme), Story(scheme)

    for story in (late, saved):
        story.earns("2024-01-15", 500_000)
        story.earns("2025-01-10", 450_000)
    way = saved.way("2025-01-20")
    saved.earns("2025-02-14", 50_000)
    late.earns("2025-02-15", 50_000)

    assert saved.history == [
        ("2024-01-15", "promoted", "diamond", "2025-01-15"),
        ("2025-01-16", "grace", "diamond", "2025-02-14"),
        # On the last day of grace; the new year follows the old one, not the day.
        ("2025-02-14", "kept", "diamond", "2026-01-15"),
    ]
    assert late.history == [
        ("2024-01-15", "promoted", "diamond", "2025-01-15"),
        ("2025-01-16", "grace", "diamond", "2025-02-14"),
        ("2025-02-15", "demoted", "gold", "2026-02-14"),
        # 4,500 + 500 within 365 days: up again with the order itself.
        ("2025-02-15", "promoted", "diamond", "2026-02-15"),
    ]
    assert (way.is_in_grace, way.keep[0].missing, way.keep_by.isoformat()) == (True, 50_000, "2025-02-14")


def test_vip_floor() -> None:
    """Who has once been VIP never falls below it, whatever the figures say."""
    scheme = a_scheme(
        [
            Level(1, "member", 0),
            Level(2, "vip", 100_000, is_floor=True),
            Level(3, "svip", 1_000_000),
        ],
        metric="net_spend",
        window={"kind": "calendar", "unit": "year"},
        validity={"kind": "calendar", "unit": "year"},
        on_refund="now",
    )
    story = Story(scheme)

    story.earns("2024-02-01", 100_000)
    story.earns("2024-03-01", 900_000)
    story.gives_back("2024-04-01", 1_000_000, of="2024-03-01")
    story.comes_to("2026-02-01")
    way = story.way("2026-02-01")

    assert story.history == [
        ("2024-02-01", "promoted", "vip", "2024-12-31"),
        ("2024-03-01", "promoted", "svip", "2024-12-31"),
        # Everything was given back: down to the floor, for what is left of the year.
        ("2024-04-01", "demoted", "vip", "2024-12-31"),
        ("2025-01-01", "kept", "vip", "2025-12-31"),
        ("2026-01-01", "kept", "vip", "2026-12-31"),
    ]
    assert (story.last["floor"], story.last["amount_minor"]) == (True, 0)
    assert (way.keep, way.keep_by.isoformat()) == ((), "2026-12-31")


def test_manual_grant_with_end_date() -> None:
    """A level by hand holds till its end; then the member is back where they stood, or where the figures reach."""
    scheme = a_scheme(
        [Level(1, "bronze", 0), Level(2, "silver", 50_000), Level(3, "gold", 200_000), Level(4, "diamond", 500_000)],
        metric="net_spend",
        window=ROLLING_YEAR,
        validity={"kind": "months", "months": 12},
        on_refund="now",
    )
    back, better, above = Story(scheme), Story(scheme), Story(scheme)

    for story in (back, better, above):
        story.earns("2024-03-01", 60_000)
        story.is_granted("2024-06-01", 3, through="2024-08-31")
    back.gives_back("2024-07-01", 60_000, of="2024-03-01")
    back.comes_to("2024-08-31")
    still = back.level
    back.comes_to("2024-09-01")
    better.earns("2024-08-01", 150_000)
    better.comes_to("2024-09-01")
    above.earns("2024-08-01", 500_000)
    above.comes_to("2024-09-01")

    beginning = [
        ("2024-03-01", "promoted", "silver", "2025-03-01"),
        ("2024-06-01", "manual", "gold", "2024-08-31"),
    ]
    assert still == "gold"
    # No figure touched the grant; the silver from before is still valid, and is judged in its own time.
    assert back.history == [*beginning, ("2024-09-01", "demoted", "silver", "2025-03-01")]
    # 2,100 in the window: gold is deserved by now, and begins a year of its own.
    assert better.history == [*beginning, ("2024-09-01", "kept", "gold", "2025-08-31")]
    # Above the grant the figures win at once.
    assert above.history == [*beginning, ("2024-08-01", "promoted", "diamond", "2025-08-01")]
    assert above.standing.beneath is None
