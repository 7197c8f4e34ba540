"""Coupons over HTTP: the routes of the folders."""

from shuke.platform.http import Router

from .reports.routes import router as reports

router = Router(tags=["coupons"])
router.include_router(reports)
