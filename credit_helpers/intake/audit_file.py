"""Tells XML files apart, whatever their name: XAF, CLAIR, SAF-T, or a workbook of Excel 2003."""

from __future__ import annotations

from pathlib import Path

from credit_helpers.errors import Fault, InputError
from credit_helpers.intake.saft_file import read_saft
from credit_helpers.intake.sheet_xml import is_sheet_xml, read_sheet_xml
from credit_helpers.intake.tables import Grid
from credit_helpers.intake.xaf_file import read_xaf
from credit_helpers.intake.xml_file import open_xml


def read_audit_file(path: Path) -> list[Grid]:
    """Return the debtors of an audit file as tables that need no recognition, or the sheets.

    Raises
    ------
    InputError
        When the file is damaged, unsafe, no audit file, or holds no debtors.
    """
    xml = open_xml(path)
    if is_sheet_xml(xml):
        return read_sheet_xml(xml)
    if xml.root == "AuditFile" and "XAF" not in xml.namespace.upper():
        return read_saft(xml)
    if xml.root.lower() == "auditfile":
        return read_xaf(xml)
    raise InputError(Fault("file_xml", {"file": path.name}))
