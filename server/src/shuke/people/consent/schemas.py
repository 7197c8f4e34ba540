"""Shapes of the requests and answers about consent."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from shuke.platform.i18n import Language, LocalName

from .actions import Answer, Evidence
from .queries import ConsentView, NoticeVersion, Policy
from .rules import GUARDIAN, NO_CHANNEL, STOPS, Basis, Channel, Hand, How, Kind, Purpose, is_stopped, stop_topic

Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
Name = Annotated[str, Field(min_length=1, max_length=100)]
Text = Annotated[str, Field(max_length=500)]
NoticeText = Annotated[str, Field(min_length=1, max_length=50_000)]


class NameIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    zh: Name
    en: Name


class TextIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    zh: Text = ""
    en: Text = ""


class ConsentPolicyIO(BaseModel):
    model_config = ConfigDict(extra="forbid", json_schema_serialization_defaults_required=True)

    cooldown_days: int = Field(ge=0, le=3650, description="How long a no is respected before asking again, in days.")
    minor_age: int = Field(ge=14, le=18, description="Below this age a guardian has to agree.")

    def as_policy(self) -> Policy:
        """The policy."""
        return Policy(**self.model_dump())


class PurposeIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: NameIn
    basis: Basis
    kinds: list[Annotated[str, Field(min_length=1, max_length=60)]] = Field(max_length=30)
    retention_days: Annotated[int, Field(ge=1, le=36_500)] | None = None
    recipients: TextIn = TextIn()
    channels: list[Channel] = Field(max_length=8)
    notice_code: Code
    is_separate: bool = False
    is_marketing: bool = False
    is_personalised: bool = False
    is_automated: bool = False
    is_active: bool = True

    def as_purpose(self, code: str) -> Purpose:
        """The purpose."""
        given = self.model_dump(exclude={"name", "recipients", "kinds", "channels"})
        return Purpose(
            code=code,
            name=LocalName(self.name.zh, self.name.en),
            recipients=LocalName(self.recipients.zh, self.recipients.en),
            kinds=tuple(dict.fromkeys(self.kinds)),
            channels=tuple(dict.fromkeys(self.channels)),
            version=0,
            **given,
        )


class PurposeOut(BaseModel):
    code: str
    name: LocalName
    basis: Basis
    kinds: list[str]
    retention_days: int | None
    recipients: LocalName
    channels: list[Channel]
    notice_code: str
    is_separate: bool
    is_marketing: bool
    is_personalised: bool
    is_automated: bool
    is_active: bool
    version: int

    @classmethod
    def of(cls, purpose: Purpose) -> "PurposeOut":
        """The purpose as it is answered."""
        return cls(**{**vars(purpose), "kinds": list(purpose.kinds), "channels": list(purpose.channels)})


class PurposesOut(BaseModel):
    items: list[PurposeOut]
    policy: ConsentPolicyIO


class DraftIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    text_zh: NoticeText
    text_en: NoticeText
    change_zh: Text = ""
    change_en: Text = ""
    is_substantial: bool = Field(default=True, description="Whether members have to agree again.")


class PublishIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    version: int = Field(ge=1, le=100_000)
    confirm: str = Field(max_length=100, description="Code and version, such as `marketing 2`.")


class NoticeOut(BaseModel):
    code: str
    version: int
    text: LocalName
    change: LocalName
    is_substantial: bool
    purposes: list[dict[str, Any]]
    hash: str | None
    written_at: datetime
    written_by: str
    published_at: datetime | None
    published_by: str | None

    @classmethod
    def of(cls, notice: NoticeVersion) -> "NoticeOut":
        """The version as it is answered."""
        return cls(**{**vars(notice), "purposes": [dict(one) for one in notice.purposes]})


class NoticesOut(BaseModel):
    items: list[NoticeOut]


class DiffLineOut(BaseModel):
    kind: Literal["same", "removed", "added"]
    text: str


class NoticeDiffOut(BaseModel):
    code: str
    older: int
    newer: int
    zh: list[DiffLineOut]
    en: list[DiffLineOut]


class ListFormOut(BaseModel):
    text: LocalName


class AnswerIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    purpose: Code
    channel: Channel
    kind: Kind

    def as_answer(self) -> Answer:
        """The answer."""
        return Answer(purpose=self.purpose, channel=self.channel, kind=self.kind)


class EvidenceIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    how: How = Field(description="How it was said.")
    hand: Hand = Field(description="Whose hand: the member's own, a guardian's, or an operator's on their word.")
    source: str = Field(default="", max_length=60, pattern=r"^[\w .:/-]*$", description="Which programme or form.")
    screen: str = Field(default="", max_length=60, pattern=r"^[\w .:/-]*$")
    store_id: int | None = None
    address: str | None = Field(default=None, max_length=100, description="Network address; kept sealed.")
    note: str | None = Field(default=None, max_length=500, description="Kept sealed.")
    notice_version: int | None = None

    def as_evidence(self) -> Evidence:
        """The evidence."""
        return Evidence(**self.model_dump())


class AnswersIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    answers: list[AnswerIn] = Field(min_length=1, max_length=200)
    evidence: EvidenceIn


class WithdrawalIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    purposes: list[Code] | None = Field(
        default=None, max_length=100, description="Left out: everything that stands on consent."
    )
    evidence: EvidenceIn


class StopsIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    marketing: bool | None = None
    personalisation: bool | None = None
    automated: bool | None = None
    evidence: EvidenceIn


class GuardianIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    is_given: bool
    evidence: EvidenceIn


class ConsentChannelOut(BaseModel):
    channel: str
    state: Kind | None
    at: datetime | None
    notice_version: int | None
    allowed: bool
    reason: str
    words: str
    may_ask: bool
    ask_from: datetime | None


class PurposeStateOut(BaseModel):
    code: str
    name: LocalName
    basis: Basis
    is_marketing: bool
    is_separate: bool
    notice_code: str
    channels: list[ConsentChannelOut]


class ConsentsOut(BaseModel):
    stops: dict[str, bool]
    is_minor: bool
    has_guardian: bool
    purposes: list[PurposeStateOut]

    @classmethod
    def of(cls, view: ConsentView, language: Language) -> "ConsentsOut":
        """What a member said, with reasons in the reader's language."""
        guardian = view.standing.states.get((GUARDIAN, NO_CHANNEL))
        return cls(
            stops={stop: is_stopped(view.standing, stop_topic(stop)) for stop in STOPS},
            is_minor=view.is_minor,
            has_guardian=guardian is not None and guardian.kind == "given",
            purposes=[
                PurposeStateOut(
                    code=one.purpose.code,
                    name=one.purpose.name,
                    basis=one.purpose.basis,
                    is_marketing=one.purpose.is_marketing,
                    is_separate=one.purpose.is_separate,
                    notice_code=one.purpose.notice_code,
                    channels=[
                        ConsentChannelOut(
                            channel=channel.channel,
                            state=channel.state.kind if channel.state else None,
                            at=channel.state.at if channel.state else None,
                            notice_version=channel.state.notice_version if channel.state else None,
                            allowed=channel.decision.allowed,
                            reason=channel.decision.reason,
                            words=channel.decision.words.pick(language),
                            may_ask=channel.ask.allowed,
                            ask_from=channel.ask.not_before,
                        )
                        for channel in one.channels
                    ],
                )
                for one in view.purposes
            ],
        )


class ConsentChangeOut(BaseModel):
    member_id: int
    change_no: int
    topic: str
    channel: str
    kind: Kind
    at: datetime
    notice_code: str | None
    notice_version: int | None
    notice_hash: str | None
    how: str
    hand: str
    source: str
    screen: str
    actor: str
    store_id: int | None
    has_evidence: bool


class ConsentHistoryOut(BaseModel):
    items: list[ConsentChangeOut]
    next: str | None
