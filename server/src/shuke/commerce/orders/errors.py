"""Refusals of orders."""

from shuke.platform.errors import AppError


class OrderNotFound(AppError):
    """No order with that id or natural key."""

    code = "orders.not_found"
    status = 404
    title = {"zh": "没有这张订单", "en": "No such order"}
    detail = {
        "zh": "没有找到订单 {reference}。请核对编号；也可以用 source:number（来源加单号）查找。",
        "en": "There is no order {reference}. Check the id, or look it up as source:number.",
    }
