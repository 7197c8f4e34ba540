"""What keeps a scheme from being published, as refusals that say what to do. Pure."""

from collections.abc import Mapping, Sequence

from shuke.platform.errors import AppError, FieldError

from .errors import (
    CurrencyWithoutCustom,
    CustomWithoutCurrency,
    DeductAboveThreshold,
    DeductMissing,
    DeductNeedsAccount,
    FirstThresholdNotZero,
    GraceNeedsEnd,
    GraceTooLong,
    KeepAboveThreshold,
    KeepNamesUnknownLevel,
    KeepWithoutThreshold,
    LevelCodeTwice,
    NoLevels,
    ThresholdsNotAscending,
    TooManyLevels,
)
from .rules import Fault, Finding, Level, Parameters, find_faults

_REFUSALS: Mapping[Fault, tuple[type[AppError], str]] = {
    "no_levels": (NoLevels, ""),
    "too_many_levels": (TooManyLevels, ""),
    "level_twice": (LevelCodeTwice, "code"),
    "first_not_zero": (FirstThresholdNotZero, "threshold"),
    "not_ascending": (ThresholdsNotAscending, "threshold"),
    "keep_above_reach": (KeepAboveThreshold, "keep_threshold"),
    "keep_names_unknown_level": (KeepNamesUnknownLevel, ""),
    "keep_without_level": (KeepWithoutThreshold, ""),
    "deduct_needs_account": (DeductNeedsAccount, ""),
    "deduct_needs_amounts": (DeductMissing, "deduct"),
    "deduct_above_threshold": (DeductAboveThreshold, "deduct"),
    "grace_needs_end": (GraceNeedsEnd, ""),
    "grace_too_long": (GraceTooLong, ""),
    "custom_without_currency": (CustomWithoutCurrency, ""),
    "currency_without_custom": (CurrencyWithoutCustom, ""),
}
_PARAMETERS: Mapping[Fault, str] = {
    "keep_names_unknown_level": "/parameters/keep",
    "keep_without_level": "/parameters/keep",
    "deduct_needs_account": "/parameters/demote",
    "grace_needs_end": "/parameters/grace_days",
    "grace_too_long": "/parameters/grace_days",
    "custom_without_currency": "/parameters/custom_currency",
    "currency_without_custom": "/parameters/custom_currency",
}
SCHEME_REFUSALS: tuple[type[AppError], ...] = tuple(refusal for refusal, _ in _REFUSALS.values())


def require_publishable(parameters: Parameters, levels: Sequence[Level]) -> None:
    """Refuse a scheme that cannot be: raises the refusal of the first fault, its fields name every other one too."""
    findings = find_faults(parameters, levels)
    if not findings:
        return
    refusal, _ = _REFUSALS[findings[0].fault]
    fields = tuple(FieldError(_pointer(finding, levels), _of(finding).say("en")) for finding in findings)
    raise refusal(fields=fields, level=findings[0].level)


def _of(finding: Finding) -> AppError:
    return _REFUSALS[finding.fault][0](level=finding.level)


def _pointer(finding: Finding, levels: Sequence[Level]) -> str:
    if finding.fault in _PARAMETERS:
        return _PARAMETERS[finding.fault]
    places = [place for place, level in enumerate(levels) if level.code == finding.level]
    field = _REFUSALS[finding.fault][1]
    return f"/levels/{places[-1]}/{field}" if places and field else "/levels"
