"""How much each finding weighs: Fellegi and Sunter's log2(m / u), in tenths of a bit.

`m`: how often two records of one person look so; `u`: how often two records of different people do. The figures are
estimates, made to err on the side of silence; `tests/test_evaluation.py` holds what they come to on made-up people with
planted duplicates and look-alikes. Change them there and here together.
"""

from dataclasses import dataclass
from math import log2
from typing import Literal

from shuke.platform.i18n import LocalName

from .values import Likelihood

Reason = Literal[
    "name_same", "name_written_differently", "name_sounds_same", "name_similar", "name_different",
    "birthday_same", "birthday_day_same", "birthday_close", "birthday_different",
    "phone_close", "phone_end_same", "phone_different", "phones_verified_both",
    "mailbox_same", "mailbox_elsewhere", "mailbox_different",
    "address_same", "address_different", "gender_same", "gender_different", "joined_together",
    "number_same", "came_together",
]  # fmt: skip


@dataclass(frozen=True)
class Finding:
    """One way in which a field of two records may compare. `label` None: it says too little to be shown."""

    m: float
    u: float
    label: LocalName | None = None

    @property
    def weight(self) -> int:
        """Tenths of a bit: above nought it speaks for one person, below it against."""
        return round(10 * log2(self.m / self.u))


FINDINGS: dict[Reason, Finding] = {
    "name_same": Finding(0.75, 0.001, LocalName("姓名相同", "Same name")),
    "name_written_differently": Finding(
        0.05, 0.0005, LocalName("姓名写法不同，实为同名", "Same name, written differently")
    ),
    "name_sounds_same": Finding(0.08, 0.002, LocalName("姓名同音", "Names sound the same")),
    "name_similar": Finding(0.06, 0.01, LocalName("姓名相近", "Similar names")),
    "name_different": Finding(0.03, 0.986, LocalName("姓名不同", "Different names")),
    "birthday_same": Finding(0.85, 0.00006, LocalName("生日相同", "Same birthday")),
    "birthday_day_same": Finding(0.9, 0.0027, LocalName("生日的月日相同", "Same day and month of birth")),
    "birthday_close": Finding(0.05, 0.005, LocalName("生日只差一处", "Birthdays differ in one place")),
    "birthday_different": Finding(0.03, 0.99, LocalName("生日不同", "Different birthdays")),
    "phone_close": Finding(0.15, 0.0001, LocalName("手机号只差一位", "Phones differ in one digit")),
    "phone_end_same": Finding(0.05, 0.0005, LocalName("手机号后四位相同", "Same last four digits of the phone")),
    "phone_different": Finding(0.8, 0.999),
    "phones_verified_both": Finding(0.15, 0.6, LocalName("两个手机号都已验证", "Both phones are verified")),
    "mailbox_same": Finding(0.3, 0.00001, LocalName("邮箱实为同一个", "The same mailbox")),
    "mailbox_elsewhere": Finding(
        0.1, 0.0003, LocalName("邮箱名相同，域名不同", "Same mailbox name at another provider")
    ),
    "mailbox_different": Finding(0.6, 0.99),
    "address_same": Finding(0.6, 0.02, LocalName("地址相同", "Same address")),
    "address_different": Finding(0.4, 0.98, LocalName("地址不同", "Different addresses")),
    "gender_same": Finding(0.97, 0.5),
    "gender_different": Finding(0.03, 0.5, LocalName("性别不同", "Different gender")),
    "joined_together": Finding(0.3, 0.02, LocalName("同店同期入会", "Joined at one store within a week")),
    "came_together": Finding(0.5, 0.0005, LocalName("有人同时出示两人的身份", "Somebody showed identities of both")),
    "number_same": Finding(0.2, 0.00001, LocalName("在另一渠道的编号相同", "Same number in another channel")),
}

# From these scores on. Below the last one, a pair is not kept.
LEVELS: tuple[tuple[Likelihood, int], ...] = (("certain", 220), ("probable", 150), ("possible", 100))
LEAST = LEVELS[-1][1]
HIGHEST = 1_000


def likelihood_of(score: int) -> Likelihood:
    """The score as people read it."""
    return next((level for level, least in LEVELS if score >= least), "possible")


def least_of(level: Likelihood) -> int:
    """The score from which on a pair is that likely."""
    return dict(LEVELS)[level]
