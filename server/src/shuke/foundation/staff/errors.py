"""Refusals of signing in."""

from shuke.platform.errors import AppError


class NotSignedIn(AppError):
    """The caller has no session, or it has ended."""

    code = "staff.not_signed_in"
    status = 401
    title = {"zh": "未登录", "en": "Not signed in"}
    detail = {"zh": "请先登录；如果刚才已登录，登录已过期。", "en": "Sign in first; an earlier sign-in has ended."}


class SignInFailed(AppError):
    """User name or password are wrong; which of them is not said."""

    code = "staff.sign_in_failed"
    status = 401
    # The attempt stays counted.
    keeps_effects = True
    title = {"zh": "登录失败", "en": "Sign-in failed"}
    detail = {
        "zh": "用户名或密码不正确。请检查后重试；连续 5 次错误将锁定 15 分钟。",
        "en": "The user name or the password is wrong. Check both; after 5 failures in a row you wait 15 minutes.",
    }


class SignInLocked(AppError):
    """Too many wrong passwords for this account from this address."""

    code = "staff.sign_in_locked"
    status = 429
    title = {"zh": "登录已锁定", "en": "Sign-in locked"}
    detail = {
        "zh": "密码错误次数过多，请在 {minutes} 分钟后重试，或请管理员运行 shuke staff reset-password。",
        "en": "Too many wrong passwords. Try again in {minutes} minutes, or have an administrator run "
        "shuke staff reset-password.",
    }


class PasswordTooWeak(AppError):
    """The new password is too short, too long, or the user name."""

    code = "staff.password_too_weak"
    status = 422
    title = {"zh": "密码太弱", "en": "Password too weak"}
    detail = {
        "zh": "新密码需要 12 至 128 个字符，不能包含用户名，也不能与现在的密码相同。",
        "en": "The new password needs 12 to 128 characters, must not contain the user name and must differ from the "
        "present one.",
    }


class StaffUserNotFound(AppError):
    """No staff user with that name."""

    code = "staff.user_not_found"
    status = 404
    title = {"zh": "没有这个账号", "en": "No such user"}
    detail = {"zh": "没有用户名为 {username} 的账号。", "en": "There is no staff user named {username}."}


class SessionNotFound(AppError):
    """No session of the caller's with that id."""

    code = "staff.session_not_found"
    status = 404
    title = {"zh": "没有这个登录", "en": "No such session"}
    detail = {"zh": "没有这个登录，可能已经结束。", "en": "There is no such session of yours; it may have ended."}
