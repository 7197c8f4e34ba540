"""Refusals of the ledger."""

from shuke.platform.errors import AppError


class AccountMoved(AppError):
    """Another operation changed the account between reading and writing; nothing was written."""

    code = "ledger.account_moved"
    status = 409
    title = {"zh": "账户刚刚有变动", "en": "The account has just changed"}
    detail = {
        "zh": "该会员的账户刚被另一笔操作更新，本次未写入任何内容。请用同一个幂等键重试。",
        "en": "Another operation changed this member's account; nothing was written. Try again with the same key.",
    }


class CurrencyNotFound(AppError):
    """No loyalty currency with that code."""

    code = "ledger.currency_not_found"
    status = 404
    title = {"zh": "没有这种账户", "en": "No such account"}
    detail = {
        "zh": "没有代码为 {currency} 的账户。现有的账户见会员的账户列表。",
        "en": "There is no account {currency}. The list of a member's accounts names those that exist.",
    }
