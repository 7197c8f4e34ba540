"""What issuing refuses, and what to do about it."""

from typing import Literal

from shuke.platform.errors import AppError

# Why a coupon was not given: each has its refusal, for whoever asks for one coupon.
Why = Literal[
    "template_not_found",
    "member_not_found",
    "member_not_active",
    "not_published",
    "paused",
    "closed",
    "over",
    "limit_reached",
    "sold_out",
    "busy",
]


class LimitReached(AppError):
    """The member has as many as one may have."""

    code = "coupons.limit_reached"
    status = 409
    title = {"zh": "已达领取上限", "en": "Limit reached"}
    detail = {
        "zh": "这位会员的优惠券 {template} 已达限领数量，本期内不能再领。",
        "en": "The member has as many coupons {template} as one member may have in this period.",
    }


class SoldOut(AppError):
    """Every unit of the stock is taken."""

    code = "coupons.sold_out"
    status = 409
    title = {"zh": "已领完", "en": "Sold out"}
    detail = {
        "zh": "优惠券 {template} 已全部领完。如需继续发放，请增加发放总量。",
        "en": "All coupons {template} are taken. To give more, raise its stock.",
    }


class IssuingBusy(AppError):
    """The last units are in the hands of others, who may still let go of them."""

    code = "coupons.busy"
    status = 409
    title = {"zh": "正在排队", "en": "Others are at it"}
    detail = {
        "zh": "优惠券 {template} 正被其他人领取，还没有领完。请一秒后重试。",
        "en": "Others are taking coupons {template} just now, and it is not sold out. Try again in a second.",
    }
    headers = {"Retry-After": "1"}


class NotOpenYet(AppError):
    """Claiming has not begun."""

    code = "coupons.not_open_yet"
    status = 409
    title = {"zh": "还没开始", "en": "Not open yet"}
    detail = {
        "zh": "优惠券 {template} 从 {at} 起可以领取，请到时再来。",
        "en": "Coupons {template} can be claimed from {at}. Come back then.",
    }


class IssuingClosed(AppError):
    """It is not given out, or not to be claimed, any more or at present."""

    code = "coupons.closed"
    status = 409
    title = {"zh": "现在不能领取", "en": "Not given out"}
    detail = {
        "zh": "优惠券 {template} 现在不发放：尚未发布、已暂停、已关闭或已过领取时间。请查看这种券的状态。",
        "en": "Coupons {template} are not given out: not published, paused, closed, or past their time. Look at the "
        "template's state.",
    }


class IssuingOver(AppError):
    """What would be given could not be used any more."""

    code = "coupons.validity_over"
    status = 409
    title = {"zh": "券的有效期已过", "en": "Its time is over"}
    detail = {
        "zh": "优惠券 {template} 的有效期已经结束，发出也不能使用。请修改有效期并重新发布。",
        "en": "The time in which coupons {template} may be used is over. Change the validity and publish it again.",
    }


class NotForYou(AppError):
    """The member is not among those it is for."""

    code = "coupons.not_for_you"
    status = 409
    title = {"zh": "不符合领取条件", "en": "Not for this member"}
    detail = {
        "zh": "这位会员不在优惠券 {template} 的领取范围内。",
        "en": "Coupons {template} are not for this member.",
    }


class WordWrong(AppError):
    """It is claimed with a word, and this is not it."""

    code = "coupons.word_wrong"
    status = 409
    title = {"zh": "口令不对", "en": "Wrong word"}
    detail = {
        "zh": "领取优惠券 {template} 需要正确的口令。请核对后再试。",
        "en": "Coupons {template} are claimed with a word, and this is not it. Check it and try again.",
    }


class TicketNeeded(AppError):
    """Many come at once: it is claimed through the gate only."""

    code = "coupons.ticket_needed"
    status = 409
    title = {"zh": "请排队领取", "en": "Take a ticket first"}
    detail = {
        "zh": "优惠券 {template} 正在抢购，请先取号排队。",
        "en": "Many want coupons {template} at once. Take a ticket and wait for your turn.",
    }


class GiftNotFound(AppError):
    """No such giving to many."""

    code = "coupons.gift_not_found"
    status = 404
    title = {"zh": "没有这次发放", "en": "No such gift"}
    detail = {
        "zh": "没有编号为 {gift} 的批量发放。请刷新列表。",
        "en": "Nothing was given to many under the number {gift}. Reload the list.",
    }


class GiftEnded(AppError):
    """The giving to many has ended."""

    code = "coupons.gift_ended"
    status = 409
    title = {"zh": "发放已结束", "en": "It has ended"}
    detail = {
        "zh": "第 {gift} 次批量发放已经结束，不能取消。已发出的券可以逐张作废。",
        "en": "Gift {gift} has ended and cannot be cancelled. What was given can be voided one by one.",
    }


class NobodyToGive(AppError):
    """Nobody is meant."""

    code = "coupons.nobody"
    title = {"zh": "没有可发放的会员", "en": "Nobody to give it to"}
    detail = {
        "zh": "没有会员符合条件，或名单中的会员都不存在。请修改条件或名单。",
        "en": "Nobody meets the condition, or nobody of the list is a member. Change the condition or the list.",
    }


class ApprovalByPerson(AppError):
    """Giving to so many wants a second person, whom only a signed-in person can ask."""

    code = "coupons.approval_by_person"
    status = 409
    title = {"zh": "人数较多，需要审批", "en": "So many need approval"}
    detail = {
        "zh": "一次发给超过 {most} 人需要另一人审批，请在管理后台提交，或分批发放。",
        "en": "Giving to more than {most} members needs a second person's approval. Ask for it in the console, or give "
        "in smaller parts.",
    }


class CountChanged(AppError):
    """More members are meant than whoever asks has seen."""

    code = "coupons.count_changed"
    status = 409
    title = {"zh": "人数有变化", "en": "The number has changed"}
    detail = {
        "zh": "您确认的是 {seen} 人，现在符合条件的是 {found} 人。请重新查看人数后再发放。",
        "en": "You confirmed {seen} members; by now {found} are meant. Look at the number again, then give.",
    }


class CannotVoid(AppError):
    """A coupon in this state cannot be taken away."""

    code = "coupons.cannot_void"
    status = 409
    title = {"zh": "这张券不能作废", "en": "It cannot be voided"}
    detail = {
        "zh": "优惠券 {coupon} 已使用、已过期、已转出或已作废，不能再作废。",
        "en": "The coupon {coupon} was used, has expired, went to somebody else or is void already.",
    }


REFUSALS: dict[Why, type[AppError]] = {
    "not_published": IssuingClosed,
    "paused": IssuingClosed,
    "closed": IssuingClosed,
    "over": IssuingOver,
    "limit_reached": LimitReached,
    "sold_out": SoldOut,
    "busy": IssuingBusy,
}
