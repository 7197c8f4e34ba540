"""Import contract: a module is entered by its front door (`shuke.<layer>.<module>`), never by a window."""

from typing import Any

from importlinter import Contract, ContractCheck, fields, output


class FrontDoorContract(Contract):
    """Every import from another module must name that module itself; `keyholders` are let in everywhere."""

    root = fields.StringField()
    keyholders = fields.SetField(subfield=fields.StringField(), required=False)

    def check(self, graph: Any, verbose: bool) -> ContractCheck:
        """Find every import that passes a front door by."""
        windows = [
            (importer, imported)
            for importer in sorted(graph.modules)
            for imported in sorted(graph.find_modules_directly_imported_by(importer))
            if self._is_window(importer, imported)
        ]
        return ContractCheck(kept=not windows, metadata={"windows": windows})

    def _is_window(self, importer: str, imported: str) -> bool:
        module = self._module(imported)
        if module is None or imported == module or self._module(importer) == module:
            return False
        is_for_tests = ".tests" in importer or importer.endswith(".testing")
        if is_for_tests and imported == f"{module}.testing":
            return False  # tests and builders may borrow a neighbour's builders
        return not any(importer == holder or importer.startswith(f"{holder}.") for holder in self.keyholders or ())

    def _module(self, name: str) -> str | None:
        """`shuke.loyalty.ledger.actions` -> `shuke.loyalty.ledger`; the platform has no modules."""
        parts = name.split(".")
        if len(parts) < 3 or parts[0] != self.root or parts[1] in {"platform", "main"}:
            return None
        return ".".join(parts[:3])

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Name each window and the door to use instead."""
        for importer, imported in check.metadata["windows"]:
            output.print_error(f"{importer} -> {imported}: import {self._module(imported)} instead")
