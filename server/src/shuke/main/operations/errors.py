"""What is refused about background work."""

from shuke.platform.errors import AppError


class ScheduleNotFound(AppError):
    """No module has a schedule of that name."""

    code = "schedule.not_found"
    status = 404
    title = {"zh": "没有这项定时任务", "en": "No such schedule"}
    detail = {
        "zh": "没有名为 {schedule} 的定时任务。请从定时任务列表里选择。",
        "en": "There is no schedule named {schedule}. Choose one from the list.",
    }

    def __init__(self, name: str) -> None:
        super().__init__(schedule=name)
