"""The table of contents: every module of this program, lowest layer first."""

from shuke.commerce.catalog.module import MODULE as CATALOG
from shuke.commerce.orders.module import MODULE as ORDERS
from shuke.foundation.api_keys.module import MODULE as API_KEYS
from shuke.foundation.audit.module import MODULE as AUDIT
from shuke.foundation.customization.module import MODULE as CUSTOMIZATION
from shuke.foundation.exports.module import MODULE as EXPORTS
from shuke.foundation.notices.module import MODULE as NOTICES
from shuke.foundation.organization.module import MODULE as ORGANIZATION
from shuke.foundation.staff.module import MODULE as STAFF
from shuke.foundation.workspace.module import MODULE as WORKSPACE
from shuke.insight.analytics.module import MODULE as ANALYTICS
from shuke.loyalty.benefits.module import MODULE as BENEFITS
from shuke.loyalty.checkout.module import MODULE as CHECKOUT
from shuke.loyalty.coupons.module import MODULE as COUPONS
from shuke.loyalty.earning.module import MODULE as EARNING
from shuke.loyalty.ledger.module import MODULE as LEDGER
from shuke.loyalty.tiers.module import MODULE as TIERS
from shuke.main.audit_wiring import MODULE as AUDIT_WIRING
from shuke.main.backup.module import MODULE as BACKUPS
from shuke.main.checklist import MODULE as CHECKLIST
from shuke.main.coupon_wiring import MODULE as COUPON_WIRING
from shuke.main.demo.module import MODULE as DEMO
from shuke.main.facts import MODULE as FACTS
from shuke.main.health import MODULE as HEALTH
from shuke.main.housekeeping import MODULE as HOUSEKEEPING
from shuke.main.notice_wiring import MODULE as NOTICE_WIRING
from shuke.main.operations.module import MODULE as OPERATIONS
from shuke.main.pages import MODULE as PAGES
from shuke.main.programme.module import MODULE as PROGRAMME
from shuke.main.search import MODULE as SEARCH
from shuke.people.bulk.module import MODULE as BULK
from shuke.people.consent.module import MODULE as CONSENT
from shuke.people.duplicates.module import MODULE as DUPLICATES
from shuke.people.imports.module import MODULE as MEMBER_IMPORTS
from shuke.people.members.module import MODULE as MEMBERS
from shuke.people.notes.module import MODULE as NOTES
from shuke.people.rights.module import MODULE as RIGHTS
from shuke.platform.module import Module

MODULES: tuple[Module, ...] = (
    HEALTH,
    PAGES,
    SEARCH,
    CHECKLIST,
    HOUSEKEEPING,
    OPERATIONS,
    BACKUPS,
    DEMO,
    PROGRAMME,
    ORGANIZATION,
    STAFF,
    NOTICES,
    AUDIT,
    API_KEYS,
    WORKSPACE,
    EXPORTS,
    CUSTOMIZATION,
    MEMBERS,
    CONSENT,
    RIGHTS,
    DUPLICATES,
    NOTES,
    BULK,
    MEMBER_IMPORTS,
    CATALOG,
    ORDERS,
    LEDGER,
    TIERS,
    COUPONS,
    EARNING,
    BENEFITS,
    CHECKOUT,
    ANALYTICS,
    FACTS,
    AUDIT_WIRING,
    COUPON_WIRING,
    NOTICE_WIRING,
)
