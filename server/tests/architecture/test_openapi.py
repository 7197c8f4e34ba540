"""The description of the API is whole: whoever generates a client from it gets every shape."""

from collections.abc import Iterator
from typing import Any

import pytest

from shuke.main.api import create_app
from shuke.platform.db import Database
from shuke.platform.problems import MEDIA_TYPE

# Objects whose names are not known beforehand. Whoever adds to this list says why here.
OPEN_OBJECTS = {
    "UnmaskOut": "holds the fields that were asked for",
    **dict.fromkeys(("SettingIn", "SettingsOut"), "whatever a screen wants to find again"),
    "ViewContent": "the filters of the list that is shown, and a tree of conditions",
    **dict.fromkeys(
        ("Member", "MemberRow", "NewMemberIn", "ProfileIn"), "custom fields are what each shop has defined"
    ),
    **dict.fromkeys(("PairIn", "MergeMembersIn"), "a choice for each field of the profile, custom ones too"),
    **dict.fromkeys(("RoleIn", "RoleOut"), "a view for each personal field"),
    **dict.fromkeys(("CredentialIn", "PasskeyIn", "PasskeyOptionsOut", "Proof"), "WebAuthn's own objects, passed on"),
    **dict.fromkeys(("ConsentsOut", "SectionOut"), "a switch for each channel"),
    "NoticeOut": "the list form has a part for each purpose",
    "AuditDetailOut": "each kind of line has details of its own",
    "CertificateOut": "what an erasure signs, as it was signed",
    "StepOut": "each kind of step has details of its own",
    "TierSchemaOut": "a JSON Schema",
    "KeepCriterion": "a threshold for each level",
    "ExportIn": "the filters of the list that is taken out",
    **dict.fromkeys(("BulkWishIn", "BulkActIn", "BulkActOut"), "each action has parameters of its own"),
    "BulkActionOut": "a JSON Schema",
    "MemberListFilters": "custom fields are what each shop has defined",
    **dict.fromkeys(
        ("MemberActivityIn", "ActivityOut", "RecordedActivityOut"), "a custom event brings what its sender has to say"
    ),
    "ActivityEffectOut": "each kind of effect has parameters of its own",
    **dict.fromkeys(("EarnedOut", "PassedOverOut"), "each kind of rule explains itself by facts of its own"),
    **dict.fromkeys(
        ("EarningRuleIn", "RuleCheckIn", "RuleDraftIn", "RuleDraftOut", "RuleTrialIn", "RuleVersionOut", "RuleKindOut"),
        "a definition, which its own JSON Schema describes",
    ),
    "RuleSchemaOut": "a JSON Schema",
    **dict.fromkeys(
        ("ProgrammeIn", "ProgrammeImportIn", "ProgrammeOut"), "the programme as one document, a part for each module"
    ),
    **dict.fromkeys(("MappingOut", "SamplesOut"), "a column of the file for each field"),
    **dict.fromkeys(("CouponBatchFileOut", "CouponCodeSampleOut"), "a column of the file for each field"),
    **dict.fromkeys(("CartCouponOut", "CouponUseOut"), "an amount for each line"),
    **dict.fromkeys(("Claiming", "CouponHandoutIn", "CouponHandoutPreviewIn"), "a condition over facts of members"),
    **dict.fromkeys(
        (
            "CouponDraftIn",
            "CouponIssuingIn",
            "CouponPreviewIn",
            "CouponStackingIn",
            "CouponStackingTrialIn",
            "CouponTemplateIn",
            "CouponTemplateDetailOut",
            "CouponVersionOut",
        ),
        "a document, which its own JSON Schema describes; a draft may be unfinished",
    ),
    **dict.fromkeys(("CouponKindOut", "CouponSchemaOut"), "a JSON Schema"),
    "CouponStackingOut": "a count for each category",
    "CouponHandoutOut": "a count for each reason",
    "RushStateOut": "a number for each outcome",
    "LoggedEventOut": "each kind of event has fields of its own",
}


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    return create_app(Database("postgresql://nobody@/nothing")).openapi()


def parts_of(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from parts_of(child)


def operations(described: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        f"{method.upper()} {path}": operation
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
    }


def test_every_reference_leads_to_a_shape(described: dict[str, Any]):
    known = {f"#/components/schemas/{name}" for name in described["components"]["schemas"]}

    named = {part["$ref"] for part in parts_of(described) if "$ref" in part}

    assert named - known == set()


def test_every_answer_has_a_shape_and_every_refusal_is_a_problem(described: dict[str, Any]):
    shapeless = [
        f"{name} {status}"
        for name, operation in operations(described).items()
        for status, answer in operation["responses"].items()
        if (status >= "400" and list(answer.get("content", {})) != [MEDIA_TYPE])
        or (status < "300" and status != "204" and not all(kind.get("schema") for kind in answer["content"].values()))
    ]

    assert shapeless == []


def test_every_object_names_its_fields(described: dict[str, Any]):
    schemas = described["components"]["schemas"]

    unnamed = {
        name
        for name, schema in schemas.items()
        for part in parts_of(schema)
        if part.get("additionalProperties", False) is not False
    }

    assert unnamed == OPEN_OBJECTS.keys()


def test_a_shape_has_one_name_and_operations_have_names_of_their_own(described: dict[str, Any]):
    names = [operation["operationId"] for operation in operations(described).values()]

    assert sorted(names) == sorted(set(names))
    assert [name for name in described["components"]["schemas"] if "__" in name] == []


def test_modules_above_are_described_where_they_add_something(described: dict[str, Any]):
    schemas = described["components"]["schemas"]
    parts = schemas["SectionOut"]["oneOf"]

    shapes = {part["properties"]["key"]["const"]: part["properties"]["data"]["title"] for part in parts}

    assert shapes == {
        "benefits": "BenefitSectionOut",
        "consent": "ConsentsOut",
        "coupons": "CouponSectionOut",
        "notes": "NotesSectionOut",
        "orders": "OrdersSectionOut",
        "points": "PointsSectionOut",
        "requests": "RequestSectionOut",
        "tier": "TierSectionOut",
        "value": "ValueSectionOut",
    }
    assert schemas["OrderRowOut"]["properties"]["points"]["anyOf"] == [{"type": "integer"}, {"type": "null"}]
    assert schemas["OrderOut"]["properties"]["points"]["items"]["$ref"].endswith("/OrderPointsOut")
    assert {"points"} <= {*schemas["OrderRowOut"]["required"]} & {*schemas["OrderOut"]["required"]}
