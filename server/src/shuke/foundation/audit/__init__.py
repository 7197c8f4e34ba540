"""The audit trail as a module: searching, exporting, sealing what `platform/audit` writes down."""

from .actions import seal, sign_head
from .extensions import ActorNames, MemberLookUp, ObjectNames
from .queries.chain import Report
from .rules import Head
from .verifying import verify

__all__ = ["ActorNames", "Head", "MemberLookUp", "ObjectNames", "Report", "seal", "sign_head", "verify"]
