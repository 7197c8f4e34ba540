"""What duplicates refuse."""

from shuke.platform.errors import AppError


class PairNotFound(AppError):
    """No such pair, or one whose members the caller does not see."""

    code = "duplicates.not_found"
    status = 404
    title = {"zh": "没有这一对", "en": "No such pair"}
    detail = {
        "zh": "没有找到这对疑似重复的会员，可能已不再相似。请刷新列表。",
        "en": "This pair of members was not found; perhaps they do not look alike any more. Load the list again.",
    }


class PairDecided(AppError):
    """Somebody has merged or dismissed it already."""

    code = "duplicates.decided"
    status = 409
    title = {"zh": "已经处理过", "en": "Decided already"}
    detail = {
        "zh": "这对会员已经处理过（合并或忽略）。请刷新列表。",
        "en": "This pair has been merged or dismissed already. Load the list again.",
    }


class SearchRunning(AppError):
    """A search runs already; one at a time is enough."""

    code = "duplicates.search_running"
    status = 409
    headers = {"Retry-After": "60"}
    title = {"zh": "正在查找", "en": "A search is running"}
    detail = {
        "zh": "已有一次查找正在进行。请等它结束，再开始下一次。",
        "en": "A search is running already. Wait for its end, then start the next.",
    }


class BadPolicy(AppError):
    """A score below what merging without a person may use."""

    code = "duplicates.bad_policy"
    title = {"zh": "分数线不合适", "en": "Score out of bounds"}
    detail = {
        "zh": "自动合并的分数线必须在 {lowest} 到 {highest} 之间。",
        "en": "The score for merging automatically must be between {lowest} and {highest}.",
    }
