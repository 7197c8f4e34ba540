"""What custom fields plug into the house."""

from shuke.platform.module import Job, Module

from .actions import INDEX_JOB
from .jobs import bring_index
from .permissions import PERMISSIONS
from .routes import router

MODULE = Module(
    name="customization",
    router=router,
    permissions=PERMISSIONS,
    jobs=(Job(name=INDEX_JOB, run=bring_index),),
)
