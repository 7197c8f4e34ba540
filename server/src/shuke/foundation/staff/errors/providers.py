"""Refusals of identity providers."""

from shuke.platform.errors import AppError


class ProviderNotFound(AppError):
    """No identity provider with that number."""

    code = "staff.provider_not_found"
    status = 404
    title = {"zh": "没有这个登录方式", "en": "No such identity provider"}
    detail = {"zh": "没有编号为 {provider} 的登录方式。", "en": "There is no identity provider {provider}."}


class ProviderUnreachable(AppError):
    """The identity provider does not answer, or not as the standard says."""

    code = "staff.provider_unreachable"
    status = 502
    title = {"zh": "统一登录服务无法使用", "en": "Identity provider not available"}
    detail = {
        "zh": "统一登录服务没有正确响应。请稍后重试，或改用密码登录；仍不行请管理员检查登录方式的设置。",
        "en": "The identity provider does not answer as it should. Try again later or use your password; if it stays "
        "so, have an administrator check its settings.",
    }


class ProviderRefused(AppError):
    """The provider vouches for nobody we know."""

    code = "staff.provider_refused"
    status = 401
    keeps_effects = True
    title = {"zh": "无法用此方式登录", "en": "Not signed in"}
    detail = {
        "zh": "统一登录没有确认身份，或没有对应的可用账号。请联系管理员。",
        "en": "The identity provider did not vouch for you, or no active account here is yours. "
        "Ask your administrator.",
    }
