"""What merging refuses."""

from shuke.platform.errors import AppError


class SamePerson(AppError):
    """Both references mean the same member."""

    code = "merges.same_person"
    title = {"zh": "同一位会员", "en": "The same member"}
    detail = {
        "zh": "选中的两位其实是同一位会员，无需合并。请另选一位。",
        "en": "Both are the same member already. Choose another one.",
    }


class CannotMerge(AppError):
    """One of the two is frozen, cancelled or erased."""

    code = "merges.not_active"
    status = 409
    title = {"zh": "会员状态不允许合并", "en": "Status does not allow merging"}
    detail = {
        "zh": "会员 {number} 不是正常状态。合并要求两位会员都是正常状态，请先解冻或恢复；"
        "已删除的会员不能再合并或撤销合并。",
        "en": "Member {number} is not active. To be merged, both must be active: make this one active first. "
        "Nobody who was erased can be merged or parted any more.",
    }


class TooManyPeople(AppError):
    """More merged into one than one person can be."""

    code = "merges.too_many"
    status = 409
    title = {"zh": "合并过多", "en": "Too many merged"}
    detail = {
        "zh": "合并后会有 {count} 个{what}，超过 {limit} 个。这很可能是多人共用的号码，请核对后再决定。",
        "en": "This would make {count} of {what}, more than {limit}: probably something that several people share. "
        "Check it before you decide.",
    }


class MergeNotFound(AppError):
    """No such merge, or none that the caller may know of."""

    code = "merges.not_found"
    status = 404
    title = {"zh": "没有这次合并", "en": "No such merge"}
    detail = {
        "zh": "没有找到这次合并记录。请从会员页或合并记录列表打开。",
        "en": "This merge was not found. Open it from the member or from the list of merges.",
    }


class MergeUndone(AppError):
    """It has been undone already."""

    code = "merges.undone"
    status = 409
    title = {"zh": "合并已撤销", "en": "Already undone"}
    detail = {
        "zh": "这次合并已经撤销，两位会员已各自独立。",
        "en": "This merge has been undone already; the two are separate members.",
    }


class MergedOnward(AppError):
    """The survivor has been merged into somebody else since."""

    code = "merges.merged_onward"
    status = 409
    title = {"zh": "之后又合并过", "en": "Merged onward since"}
    detail = {
        "zh": "合并后的会员之后又并入了会员 {number}。请先撤销那次合并。",
        "en": "The survivor has been merged into member {number} since. Undo that merge first.",
    }
