"""Very many want few coupons, over HTTP against the running program: `python -m verification.coupons`.

Each round is a new template with 1,000 units; 10,000 members make 100,000 attempts over 200 connections. In the first
round nothing happens; in others all web processes are killed, and PostgreSQL is stopped as if its machine had lost
power. Afterwards exactly 1,000 members have exactly one coupon each, everybody who was told so has it, and nobody else.
Then one unit is wanted by 1,000 members at once, again and again. Ends with 1 when anything was wrong.
"""

import argparse
import asyncio
import statistics
import sys
from pathlib import Path

import uvloop

from benchmarks.common import Bench, command_line, temporary_folder
from verification.coupons.ground import running_ground
from verification.coupons.rounds import Fault, Plan, Round, play
from verification.coupons.shoppers import Heard

_FAULTS: tuple[tuple[Fault, ...], ...] = ((), ("kill",), ("database",), ("kill", "database"))
_MOST_TOLD = 10


async def verify(options: argparse.Namespace, folder: Path) -> tuple[list[Round], list[Round]]:
    """The rounds of the rush, and those of the single unit."""
    rounds: list[Round] = []
    single: list[Round] = []
    async with running_ground(folder, members=options.members, processes=options.processes) as ground:
        for number in range(options.first, options.first + options.rounds):
            plan = Plan(
                stock=options.stock,
                attempts_each=options.attempts,
                connections=options.connections,
                faults=_FAULTS[number % len(_FAULTS)] if options.faults else (),
            )
            one = await play(ground, f"rush-{number}", plan, seed=options.seed + number)
            rounds.append(one)
            _say(f"round {number + 1}", one)
            await ground.wait_until_ready()
        for number in range(options.single):
            plan = Plan(stock=1, attempts_each=1, connections=options.connections, members=1_000)
            one = await play(ground, f"single-{number}", plan, seed=number)
            single.append(one)
            if one.wrong:
                _say(f"single unit, round {number + 1}", one)
    return rounds, single


def _say(name: str, one: Round) -> None:
    heard = one.heard
    outcomes = ", ".join(f"{count} {outcome}" for outcome, count in sorted(heard.outcomes.items()))
    print(f"{name} ({' and '.join(one.struck) or 'no fault'}), {heard.ended - heard.started:.1f} s: {outcomes}")
    for line in one.wrong[:_MOST_TOLD]:
        print(f"  wrong: {line}")
    sys.stdout.flush()


def figures(heard: Heard) -> dict[str, float]:
    """What a round without faults measures."""
    seconds = heard.ended - heard.started
    after = sorted(heard.latencies_sold_out) or [0.0]
    return {
        "answers": heard.answers,
        "answers_per_second": round(heard.answers / seconds),
        "seconds_to_sell_out": round((heard.sold_out or heard.ended) - heard.started, 2),
        "after_sold_out_per_second": round(len(after) / max(heard.ended - (heard.sold_out or heard.ended), 0.001)),
        "after_sold_out_p50_ms": round(after[len(after) // 2] * 1000, 1),
        "after_sold_out_p99_ms": round(after[int(len(after) * 0.99)] * 1000, 1),
        "p99_ms": round(sorted(heard.latencies)[int(heard.answers * 0.99)] * 1000, 1),
    }


def main() -> None:
    """Run and say so by the exit code."""
    parser = command_line(__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--first", type=int, default=0, help="number of the first round, which says what strikes in it")
    parser.add_argument("--single", type=int, default=100, help="rounds of one unit")
    parser.add_argument("--members", type=int, default=10_000)
    parser.add_argument("--stock", type=int, default=1_000)
    parser.add_argument("--attempts", type=int, default=10, help="of each member")
    parser.add_argument("--connections", type=int, default=200)
    parser.add_argument("--processes", type=int, default=2, help="web processes")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-faults", dest="faults", action="store_false")
    options = parser.parse_args()
    bench = Bench("coupon_rush", options)
    with temporary_folder() as folder, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        rounds, single = runner.run(verify(options, folder))
    calm = [figures(one.heard) for one in rounds if not one.struck and not one.wrong]
    median = {name: statistics.median(one[name] for one in calm) for name in calm[0]} if calm else {}
    wrong = sum(bool(one.wrong) for one in (*rounds, *single))
    summary: dict[str, object] = {
        "rounds": f"{len(rounds)}, of which {sum(bool(one.wrong) for one in rounds)} went wrong",
        "one unit": f"{len(single)} rounds, of which {sum(bool(one.wrong) for one in single)} went wrong",
        **{name.replace("_", " "): value for name, value in median.items()},
    }
    bench.write(
        {
            "calm_median": median,
            "calm": calm,
            "struck": [one.struck for one in rounds],
            "outcomes": [dict(one.heard.outcomes) for one in rounds],
            "wrong": [one.wrong for one in (*rounds, *single) if one.wrong],
        },
        summary,
    )
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
