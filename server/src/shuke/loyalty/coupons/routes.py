"""Coupons over HTTP: the routes of the folders."""

from shuke.platform.http import Router

from .holding.routes import router as holding
from .reports.routes import router as reports
from .templates.routes import router as templates
from .templates.stacking_routes import router as stacking

router = Router(tags=["coupons"])
router.include_router(reports)
router.include_router(templates)
router.include_router(stacking)
router.include_router(holding)
