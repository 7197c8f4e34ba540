"""The audit trail as a module: searching, exporting, sealing what `platform/audit` writes down."""

__all__: list[str] = []
