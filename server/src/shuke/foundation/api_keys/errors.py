"""What keys are refused for, and what is refused about keys."""

from shuke.platform.errors import AppError


class ApiKeyInvalid(AppError):
    """No such key, or not its secret."""

    code = "api_key.invalid"
    status = 401
    title = {"zh": "密钥无效", "en": "Invalid key"}
    detail = {
        "zh": "这个 API 密钥不存在、已被轮换或写错了。请检查 Authorization 请求头：Bearer sk_…",
        "en": "There is no such API key, or it has been exchanged. Check the header Authorization: Bearer sk_…",
    }


class ApiKeyEnded(AppError):
    """The key is right, and has been disabled or has expired."""

    code = "api_key.ended"
    status = 401
    title = {"zh": "密钥已停用", "en": "Key ended"}
    detail = {
        "zh": "这个 API 密钥已停用或已过期。请管理员在“API 密钥”里启用、延期或新建一个。",
        "en": "This API key has been disabled or has expired. An administrator can enable or extend it, "
        "or make a new one.",
    }


class AddressRefused(AppError):
    """The key may not be used from there."""

    code = "api_key.address_refused"
    status = 403
    title = {"zh": "来源地址不允许", "en": "Address not allowed"}
    detail = {
        "zh": "这个 API 密钥不允许从您的网络地址使用。需要时请管理员把地址加入密钥的地址清单。",
        "en": "This API key may not be used from your address. An administrator can add it to the key's list.",
    }


class SignatureNeeded(AppError):
    """The key demands signed requests."""

    code = "api_key.signature_needed"
    status = 401
    title = {"zh": "请求需要签名", "en": "Signature needed"}
    detail = {
        "zh": "这个 API 密钥只接受签名请求，且不能上传文件。签名方法见文档 docs/reference/signing.md。",
        "en": "This API key takes signed requests only, and no file uploads. See docs/reference/signing.md.",
    }


class SignatureWrong(AppError):
    """The signature is not that of this request."""

    code = "api_key.signature_wrong"
    status = 401
    title = {"zh": "签名不符", "en": "Wrong signature"}
    detail = {
        "zh": "签名与请求不符。请对照文档里的示例检查方法、路径、正文、时间和随机串。",
        "en": "The signature is not that of this request. Compare method, path, body, time and nonce with the example "
        "in docs/reference/signing.md.",
    }


class SignatureLate(AppError):
    """The time in the signature is too far from now."""

    code = "api_key.signature_late"
    status = 401
    title = {"zh": "签名时间超出范围", "en": "Signature too old or too new"}
    detail = {
        "zh": "签名里的时间与服务器相差超过 {seconds} 秒。请校准设备时钟后重新签名。",
        "en": "The time in the signature is more than {seconds} seconds from the server's. Set the device's clock, "
        "and sign again.",
    }


class SignatureUsed(AppError):
    """A signed request came twice."""

    code = "api_key.signature_used"
    status = 401
    title = {"zh": "签名已使用过", "en": "Signature used before"}
    detail = {
        "zh": "这个签名请求已经收到过。重试时请换新的随机串重新签名，并保留原来的 Idempotency-Key。",
        "en": "This signed request has arrived before. To try again, sign with a new nonce and keep the same "
        "Idempotency-Key.",
    }


class ApiKeyNotFound(AppError):
    """There is no such key."""

    code = "api_key.not_found"
    status = 404
    title = {"zh": "没有这个密钥", "en": "No such key"}
    detail = {"zh": "没有这个 API 密钥。请刷新列表。", "en": "There is no such API key. Load the list again."}


class ScopeNotYours(AppError):
    """Nobody gives a key more than they may do themselves."""

    code = "api_key.scope_not_yours"
    status = 403
    title = {"zh": "权限超出您自己的权限", "en": "More than you may do"}
    detail = {
        "zh": "不能把自己没有的权限交给密钥：{scopes}",
        "en": "A key cannot get permissions that you do not hold: {scopes}",
    }


class ScopeNotForKeys(AppError):
    """Some things are for people only."""

    code = "api_key.scope_not_for_keys"
    status = 422
    title = {"zh": "这些权限不能交给密钥", "en": "Not for keys"}
    detail = {
        "zh": "这些权限不存在，或者只能由人使用：{scopes}",
        "en": "These permissions do not exist, or are for people only: {scopes}",
    }


class StoreUnknown(AppError):
    """A key is narrowed to a store that does not exist."""

    code = "api_key.store_unknown"
    status = 422
    title = {"zh": "门店不存在", "en": "No such store"}
    detail = {"zh": "没有编号为 {stores} 的门店。", "en": "There is no store {stores}."}


class ExpiryPast(AppError):
    """A key that would be over at once."""

    code = "api_key.expiry_past"
    status = 422
    title = {"zh": "到期时间已过", "en": "Expiry in the past"}
    detail = {"zh": "请选择将来的到期时间，或留空。", "en": "Choose an expiry in the future, or none."}
