"""What attribution holds about members."""

from shuke.platform.i18n import LocalName

from ..extensions import PersonalData
from ..privacy import exporting
from .tables import member_attribution_change

CHANGES = PersonalData(
    key="attributions",
    label=LocalName("归属变更记录", "Changes of store and employee"),
    export=exporting(member_attribution_change, "actor", "reason"),
    kept=LocalName(
        "保留门店和员工的业绩归属记录，其中没有个人信息。",
        "Kept, because results of stores and employees stand on it; nothing in it is personal.",
    ),
)
