"""What conditions refuse."""

from shuke.platform.errors import AppError


class ConditionInvalid(AppError):
    """A condition that cannot be read, or can never hold."""

    code = "condition.is_invalid"
    title = {"zh": "条件有误", "en": "Invalid condition"}
    detail = {
        "zh": "条件有误，没有保存任何内容。请按 errors 中指出的位置逐条改正。",
        "en": "The condition is not right, and nothing was saved. Correct each place that `errors` names.",
    }


class FactNotForSets(AppError):
    """A fact that is known of one record at a time only, such as what is sealed."""

    code = "condition.not_for_sets"
    title = {"zh": "不能用于圈选", "en": "Not for choosing sets"}
    detail = {
        "zh": "“{fact}”加密保存，或只在下单时才知道，不能用来圈选。请改用其他条件项。",
        "en": "“{fact}” is sealed, or known only of one order: no set can be chosen by it. Use another fact.",
    }
