"""How many requests a caller may send: token buckets in the memory of each process. Why so: decision 9.

A caller is a staff user, an API key, or the address of whoever is nobody yet. A bucket holds one minute's worth and
fills evenly, so that a burst of a minute is fine and a flood is not.
"""

import time
from collections import OrderedDict
from dataclasses import dataclass

from shuke.platform.errors import AppError
from shuke.platform.settings import settings

_MOST_CALLERS = 50_000


class TooManyRequests(AppError):
    """The caller has used up what it may send for now."""

    code = "request.too_many"
    status = 429
    title = {"zh": "请求过于频繁", "en": "Too many requests"}
    detail = {
        "zh": "已达到每分钟 {limit} 次的上限，本次没有处理。请等待 {retry_after} 秒后再试。",
        "en": "The limit of {limit} requests a minute is reached; this one was not worked on. "
        "Try again in {retry_after} seconds.",
    }


class Bucket:
    """Holds at most `size` tokens and gains `per_second`."""

    __slots__ = ("_at", "_tokens", "per_second", "size")

    def __init__(self, size: float, per_second: float) -> None:
        self.size, self.per_second = size, per_second
        self._tokens, self._at = size, 0.0

    def take(self, at: float) -> bool:
        """Take one token at an instant of a clock that only goes forward; False when there is none."""
        if self._at:
            self._tokens = min(self.size, self._tokens + (at - self._at) * self.per_second)
        self._at = at
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True

    def give_back(self) -> None:
        """Put a token back that was taken."""
        self._tokens = min(self.size, self._tokens + 1)

    @property
    def remaining(self) -> int:
        """Whole tokens left."""
        return int(self._tokens)

    @property
    def seconds_to_full(self) -> float:
        """When all tokens are there again."""
        return (self.size - self._tokens) / self.per_second

    @property
    def seconds_to_next(self) -> float:
        """When one token is there again."""
        return max(0.0, 1 - self._tokens) / self.per_second


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a caller has left after a request; becomes the `RateLimit-…` headers."""

    is_granted: bool
    limit: int
    remaining: int
    reset_s: int
    retry_s: int

    @property
    def headers(self) -> dict[str, str]:
        """The headers that tell it."""
        return {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(self.remaining),
            "RateLimit-Reset": str(self.reset_s),
        }


class Limits:
    """The buckets of one app. Those not used for longest are forgotten when there are too many."""

    def __init__(self) -> None:
        self._buckets: OrderedDict[str, Bucket] = OrderedDict()

    def take(self, caller: str, per_minute: int) -> Allowance:
        """Count a request of a caller who may send so many a minute."""
        at = time.monotonic()
        bucket = self._buckets.get(caller)
        if bucket is None or bucket.size != per_minute:
            bucket = self._buckets[caller] = Bucket(per_minute, per_minute / 60)
            if len(self._buckets) > _MOST_CALLERS:
                self._buckets.popitem(last=False)
        self._buckets.move_to_end(caller)
        is_granted = bucket.take(at)
        return Allowance(
            is_granted=is_granted,
            limit=per_minute,
            remaining=bucket.remaining,
            reset_s=-int(-bucket.seconds_to_full // 1),
            retry_s=max(1, -int(-bucket.seconds_to_next // 1)),
        )

    def give_back(self, caller: str) -> None:
        """Do not count a request that was counted: for limits of what went wrong only."""
        if caller in self._buckets:
            self._buckets[caller].give_back()

    def take_from_actor(self, name: str, own_per_minute: int | None) -> Allowance:
        """Count a request of a recognised caller, who may have a limit of their own."""
        is_key = name.startswith("api_key:")
        usual = settings().rate_limit_key if is_key else settings().rate_limit_staff
        return self.take(name, own_per_minute or usual)

    def take_from_address(self, address: str) -> Allowance:
        """Count a request of somebody not recognised."""
        return self.take(f"address:{address}", settings().rate_limit_address)
