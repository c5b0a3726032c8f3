"""A contract for import-linter: these rooms import, of the project's own, only those named.

It says what is allowed where `forbidden` says what is not, so a new room is refused until somebody decides.
Rooms that do not exist yet keep it trivially. Other people's packages are not its business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from importlinter import Contract, ContractCheck, fields, output

if TYPE_CHECKING:
    from grimp import ImportGraph
    from importlinter.domain.imports import Module


class OnlyContract(Contract):
    """Modules of `rooms` import each other and modules of `may_import`, and no other of the project."""

    type_name = "only"

    rooms = fields.SetField(subfield=fields.ModuleField())
    may_import = fields.SetField(subfield=fields.ModuleField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: ARG002 - their signature
        """Look at every direct import of every module in the rooms."""
        rooms = {module.name for module in cast("set[Module]", self.rooms)}
        allowed = rooms | {module.name for module in cast("set[Module]", self.may_import)}
        ours = cast("list[str]", self.session_options["root_packages"])
        broken = [
            (importer, imported)
            for importer in sorted(module for module in graph.modules if _is_within(module, rooms))
            for imported in sorted(graph.find_modules_directly_imported_by(importer))
            if _is_within(imported, ours) and not _is_within(imported, allowed)
        ]
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Print each import that is not allowed, on its own line."""
        for importer, imported in cast("list[tuple[str, str]]", check.metadata["broken"]):
            output.print_error(f"{importer} is not allowed to import {imported}", bold=False)


def _is_within(module: str, packages: set[str] | list[str]) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)
