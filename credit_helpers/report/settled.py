"""An Office file without the moment at which it was made: the same bytes on every day."""

from __future__ import annotations

import io
import re
from datetime import datetime
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

OLDEST = (1980, 1, 1, 0, 0, 0)
_MOMENT = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")


def settled(document: bytes, moment: datetime) -> bytes:
    """Return an Office document in which every time is ``moment``.

    Its parts carry no time, as far as the format allows; documents inside it, such as the sheet
    behind a chart, are treated likewise.
    """
    made = io.BytesIO()
    with ZipFile(io.BytesIO(document)) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = ZipInfo(name, OLDEST)
            part.compress_type = ZIP_DEFLATED
            part.create_system = 0
            new.writestr(part, _part(name, old.read(name), moment))
    return made.getvalue()


def _part(name: str, data: bytes, moment: datetime) -> bytes:
    if name.endswith(".xlsx"):
        return settled(data, moment)
    if name == "docProps/core.xml":
        return _MOMENT.sub(rb"\g<1>" + f"{moment:%Y-%m-%dT%H:%M:%SZ}".encode() + rb"\2", data)
    return data
