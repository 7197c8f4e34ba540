"""Coupons over HTTP: the routes of the folders."""

from shuke.platform.http import Router

from .batches.routes import router as batches
from .holding.routes import router as holding
from .issuing.routes import router as issuing
from .redeeming.routes import router as redeeming
from .reports.routes import router as reports
from .rush.routes import router as rush
from .templates.routes import router as templates
from .templates.stacking_routes import router as stacking

router = Router(tags=["coupons"])
router.include_router(reports)
# Before the coupons by code: words such as `lookup` stand in the place of a code.
router.include_router(redeeming)
router.include_router(batches)
router.include_router(rush)
router.include_router(templates)
router.include_router(stacking)
router.include_router(holding)
router.include_router(issuing)
