"""Refusals of the ledger."""

from shuke.platform.errors import AppError


class AccountMoved(AppError):
    """Another operation changed the account between reading and writing; nothing was written."""

    code = "ledger.account_moved"
    status = 409
    title = {"zh": "账户刚刚有变动", "en": "The account has just changed"}
    detail = {
        "zh": "该会员的账户刚被另一笔操作更新,本次未写入任何内容。请用同一个幂等键重试。",
        "en": "Another operation changed this member's account; nothing was written. Try again with the same key.",
    }
