"""The roles that every installation has."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from shuke.platform.actor import FieldView

from .access import FIELDS, AdminKind, Scope


@dataclass(frozen=True)
class BuiltInRole:
    """A role that every installation has. Patterns: `*` everything, a leading `-` takes away."""

    code: str
    zh: str
    en: str
    patterns: tuple[str, ...]
    scope: Scope = "all"
    fields: Mapping[str, FieldView] = field(default_factory=dict)
    admin_kind: AdminKind | None = None


_NO_DUTIES = ("-staff.*", "-settings.*", "-system.*", "-api_keys.*", "-api-keys.*", "-keys.*")
_COUNTER = (
    "tiers.read", "benefits.read", "coupons.read", "products.read", "stores.read", "currencies.read",
    "custom-fields.read",
)  # fmt: skip
_NAMES: dict[str, FieldView] = {"name": "readable"}

BUILT_IN_ROLES = (
    BuiltInRole("administrator", "管理员", "Administrator", ("*",)),
    # Who may adjust balances must not also set the limit above which a second person has to agree.
    BuiltInRole("manager", "经理", "Manager", ("*", *_NO_DUTIES, "-audit.*", "-currencies.write")),
    BuiltInRole("viewer", "查看者", "Viewer", ("*.read", *_NO_DUTIES, "-audit.*")),
    BuiltInRole(
        "store_manager",
        "店长",
        "Store manager",
        (
            "members.read", "members.write", "members.status", "members.unmask", "points.read", "points.operate",
            "points.adjust", "orders.read", "orders.write", "consents.read", "consents.write", "employees.read",
            "analytics.read", "activities.read", "activities.write", "activities.cancel",
            "benefits.use", "benefits.grant", "coupons.issue", "coupons.redeem", "notes.*", *_COUNTER,
        ),
        scope="stores",
        fields=_NAMES,
    ),
    BuiltInRole(
        "shop_assistant",
        "导购",
        "Shop assistant",
        (
            "members.read", "members.write", "points.read", "orders.read", "consents.read", "consents.write",
            "activities.read", "activities.write", "benefits.use", "notes.read", "notes.write", *_COUNTER,
        ),
        scope="own",
        fields=_NAMES,
    ),
    BuiltInRole(
        "cashier",
        "收银员",
        "Cashier",
        (
            "members.read", "members.write", "points.read", "points.operate", "orders.read", "orders.write",
            "activities.read", "activities.write", "benefits.use", "coupons.redeem", "notes.read",
            "consents.read", "consents.write", *_COUNTER,
        ),
        scope="stores",
        fields={"email": "hidden", "birthday": "hidden", "address": "hidden", "identities": "hidden"},
    ),
    BuiltInRole(
        "customer_service",
        "客服",
        "Customer service",
        (
            "members.*", "points.read", "points.operate", "points.adjust", "orders.read", "consents.*",
            "requests.read", "requests.write", "requests.copy", "duplicates.read", "employees.read", "activities.*",
            "benefits.use", "benefits.grant", "coupons.issue", "notes.*", *_COUNTER,
        ),
        fields=_NAMES,
    ),
    BuiltInRole(
        "marketer",
        "运营",
        "Marketer",
        ("*.read", *_NO_DUTIES, "-audit.*", "-backups.*", "exports.write", "conditions.check", "views.share"),
        fields={"name": "readable", "address": "hidden", "identities": "hidden"},
    ),
    BuiltInRole(
        "auditor",
        "审计员",
        "Auditor",
        ("*.read",),
    ),
    # The three administrators whom the policy of classified protection keeps apart.
    BuiltInRole(
        "system_administrator",
        "系统管理员",
        "System administrator",
        ("system.*", "settings.*", "backups.*", "staff.read", "staff.write", "stores.*", "employees.*"),
        fields=dict.fromkeys(FIELDS, "hidden"),
        admin_kind="system",
    ),
    BuiltInRole(
        "security_administrator",
        "安全管理员",
        "Security administrator",
        ("staff.read", "staff.roles", "staff.security", "staff.delegate", "api_keys.*", "api-keys.*", "keys.*"),
        fields=dict.fromkeys(FIELDS, "hidden"),
        admin_kind="security",
    ),
    BuiltInRole(
        "audit_administrator",
        "审计管理员",
        "Audit administrator",
        ("audit.*", "staff.read"),
        fields=dict.fromkeys(FIELDS, "hidden"),
        admin_kind="audit",
    ),
)  # fmt: skip
