"""Refusals of verification, roots and proofs."""

from shuke.platform.errors import AppError


class RootBeingMade(AppError):
    """Another process makes a root at this moment."""

    code = "ledger.root_being_made"
    status = 409
    headers = {"Retry-After": "60"}
    title = {"zh": "正在生成账本根", "en": "A root is being made"}
    detail = {
        "zh": "另一个进程正在生成账本根。请稍后查看账本根列表。",
        "en": "Another process is making a root of the ledger. Look at the list of roots in a while.",
    }


class RootNotFound(AppError):
    """No root with that number."""

    code = "ledger.root_not_found"
    status = 404
    title = {"zh": "没有这个账本根", "en": "No such root"}
    detail = {
        "zh": "没有编号为 {root} 的账本根。现有的账本根见列表（shuke ledger roots）。",
        "en": "There is no root {root}. The list of roots (shuke ledger roots) has those that exist.",
    }


class NotInRoot(AppError):
    """The member had nothing when the newest root was made, or there is no root yet."""

    code = "ledger.not_in_root"
    status = 404
    title = {"zh": "还没有可证明的内容", "en": "Nothing to prove yet"}
    detail = {
        "zh": "最新的账本根里没有会员 {member} 的账户。账本根每天夜里生成，也可以用 shuke ledger root 立即生成。",
        "en": "The newest root holds no account of member {member}. A root is made every night; shuke ledger root "
        "makes one now.",
    }


class RootDamaged(AppError):
    """The stored heads or buckets of the newest root are not those that were signed."""

    code = "ledger.root_damaged"
    status = 409
    title = {"zh": "账本根已损坏", "en": "The root is damaged"}
    detail = {
        "zh": "账本根 {root} 保存的内容与签名不符，无法出具证明。请运行 shuke ledger verify 查明原因。",
        "en": "What is stored of root {root} is not what was signed; no proof can be given. Run shuke ledger verify.",
    }


class VerificationRunning(AppError):
    """A verification runs already; one at a time is enough."""

    code = "ledger.verification_running"
    status = 409
    headers = {"Retry-After": "60"}
    title = {"zh": "正在核对账本", "en": "A verification is running"}
    detail = {
        "zh": "已有一次账本核对正在进行。请等它结束，再开始下一次。",
        "en": "A verification of the ledger is running. Wait for its end, then start the next.",
    }
