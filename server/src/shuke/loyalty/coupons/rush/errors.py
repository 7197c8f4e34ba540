"""What the rush refuses, and what to do about it."""

from shuke.platform.errors import AppError

from ..issuing.errors import SoldOut


class TicketInvalid(AppError):
    """It was not made here, was changed, or is of another shop."""

    code = "coupons.ticket_invalid"
    status = 401
    title = {"zh": "抢购凭证无效", "en": "The ticket is not valid"}
    detail = {
        "zh": "这张抢购凭证不是本店签发的，或已被改动。请重新获取凭证。",
        "en": "This ticket was not made by this shop, or was changed. Get a new one.",
    }


class TicketTooEarly(AppError):
    """Its time has not begun."""

    code = "coupons.ticket_too_early"
    status = 409
    title = {"zh": "还没到抢购时间", "en": "Too early"}
    detail = {
        "zh": "这张凭证从 {at} 起可以使用，请到时再来。",
        "en": "This ticket can be used from {at}. Come back then.",
    }


class TicketOver(AppError):
    """Its time is over."""

    code = "coupons.ticket_over"
    status = 410
    title = {"zh": "抢购时间已过", "en": "Too late"}
    detail = {
        "zh": "这张凭证到 {at} 为止，已经不能使用。请查看是否有下一场。",
        "en": "This ticket could be used until {at}. See whether there is another round.",
    }


class Queueing(AppError):
    """Too many are here at once; nothing is sold out yet."""

    code = "coupons.queueing"
    status = 429
    title = {"zh": "排队中", "en": "In the queue"}
    detail = {
        "zh": "正在排队，券还没有领完。请 {retry_after} 秒后用同一张凭证再试，已领到的不会重复扣减。",
        "en": "Many are here at once, and it is not sold out. Send the same ticket again in {retry_after} seconds; "
        "nothing is taken twice.",
    }


class RushSoldOut(SoldOut):
    """Every unit is taken, and none is in the hands of somebody who may still let go of it."""

    # The gate says it for good: whoever hears it need not ask again.
    status = 410


class RushPaused(AppError):
    """Somebody stopped it, for now."""

    code = "coupons.paused"
    status = 409
    title = {"zh": "活动已暂停", "en": "Paused"}
    detail = {
        "zh": "优惠券 {template} 的领取已暂停。请稍后用同一张凭证再试。",
        "en": "Claiming coupons {template} is paused. Send the same ticket again later.",
    }
    headers = {"Retry-After": "30"}


class NotARush(AppError):
    """The template does not take tickets."""

    code = "coupons.no_tickets"
    status = 409
    title = {"zh": "没有开启抢购", "en": "It takes no tickets"}
    detail = {
        "zh": "优惠券 {template} 没有开启抢购，也没有抽签。请先在发放设置中开启抢购，或安排一次抽签。",
        "en": "Coupons {template} are not given out in a rush, and there is no draw. Switch the rush on in their "
        "issuing, or arrange a draw.",
    }


class DrawNotFound(AppError):
    """The template has no such draw."""

    code = "coupons.draw_not_found"
    status = 404
    title = {"zh": "没有这一轮抽签", "en": "No such draw"}
    detail = {
        "zh": "优惠券 {template} 没有第 {round} 轮抽签。请刷新抽签列表。",
        "en": "Coupons {template} have no draw number {round}. Reload the list of draws.",
    }


class DrawNotOpen(AppError):
    """Nobody can enter just now."""

    code = "coupons.draw_not_open"
    status = 409
    title = {"zh": "现在不能报名抽签", "en": "The draw is not open"}
    detail = {
        "zh": "优惠券 {template} 现在没有开放报名的抽签。请查看报名时间。",
        "en": "No draw of coupons {template} takes entries just now. See when it opens and closes.",
    }


class DrawUnfit(AppError):
    """The draw cannot be arranged like this."""

    code = "coupons.draw_unfit"
    title = {"zh": "不能这样安排抽签", "en": "The draw cannot be arranged like this"}
    detail = {
        "zh": "请检查抽签：报名截止要晚于开始和现在，中签数不能超过还可发放的 {free} 张，券要已发布。",
        "en": "Check the draw: entries close after they open and after now, no more winners than the {free} coupons "
        "that are left, and the template is published.",
    }
