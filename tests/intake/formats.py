"""Writes one list of rows in every format that a client may send, readable in a test.

A cell is text, a number, a date or nothing. The old formats are written by hand, as small as the
readers allow: what writes them well is no longer kept up.
"""

from __future__ import annotations

import html
import io
import struct
import zipfile
from collections.abc import Callable, Sequence
from datetime import date

import pandas as pd
import xlsxwriter

Cell = str | float | int | date | None
Rows = Sequence[Sequence[Cell]]
ZERO = date(1899, 12, 30)


def text_of(cell: Cell, comma: str = ",") -> str:
    """Return a cell as a Dutch program writes it: 1234,56 and 31-12-2026."""
    if cell is None:
        return ""
    if isinstance(cell, date):
        return f"{cell:%d-%m-%Y}"
    return cell if isinstance(cell, str) else f"{cell:.2f}".replace(".", comma)


def csv(rows: Rows, *, separator: str = ";", encoding: str = "utf-8", end: str = "\r\n") -> bytes:
    """Return text with separators; a cell that holds one stands between quotation marks."""
    lines = []
    for row in rows:
        cells = [text_of(cell) for cell in row]
        unsafe = (separator, '"', "\n", "\r")
        quoted = [
            '"' + c.replace('"', '""') + '"' if any(u in c for u in unsafe) else c for c in cells
        ]
        lines.append(separator.join(quoted) + end)
    return "".join(lines).encode(encoding)


def xlsx(rows: Rows, *, sheet: str = "Openstaand") -> bytes:
    """Return a workbook of one sheet, with real numbers and dates."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False}) as book:
        page, day = book.add_worksheet(sheet), book.add_format({"num_format": "dd-mm-yyyy"})
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                if isinstance(cell, date):
                    page.write_datetime(r, c, cell, day)
                elif isinstance(cell, str):
                    page.write_string(r, c, cell)
                elif cell is not None:
                    page.write_number(r, c, cell)
    return stream.getvalue()


def xls(rows: Rows, *, hide: bool = False) -> bytes:
    """Return a workbook of Excel 97: records of BIFF8 in a compound file.

    ``hide`` hides its third row and its fifth and sixth columns, and an empty row far below.
    """
    sheet = _biff(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 6))
    if hide:
        sheet += _biff(0x007D, struct.pack("<HHHHHH", 4, 5, 2000, 0, 1, 0))
        for row, last in ((2, 6), (90, 0)):
            sheet += _biff(0x0208, struct.pack("<HHHHHHI", row, 0, last, 255, 0, 0, 0x20))
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            if isinstance(cell, str):
                data = cell.encode("utf-16-le")
                sheet += _biff(0x0204, struct.pack("<HHHHB", r, c, 0, len(data) // 2, 1) + data)
            elif cell is not None:
                value = (cell - ZERO).days if isinstance(cell, date) else cell
                style = int(isinstance(cell, date))
                sheet += _biff(0x0203, struct.pack("<HHHd", r, c, style, value))
    sheet += _biff(0x000A, b"")
    head = _biff(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 6))
    for style in (0, 14):  # 14 is the format of a date
        head += _biff(0x00E0, struct.pack("<HHHH", 0, style, 0, 0) + b"\x00" * 12)
    name = b"Blad1"
    size = len(head) + 4 + 8 + len(name) + 4
    bound = struct.pack("<IBBBB", size, 0, 0, len(name), 0) + name
    return _compound(head + _biff(0x0085, bound) + _biff(0x000A, b"") + sheet)


def _biff(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _compound(stream: bytes) -> bytes:
    """Return a compound file with one stream, the workbook."""
    stream += b"\x00" * (max(4096, -(-len(stream) // 512) * 512) - len(stream))
    count = len(stream) // 512
    tables = 1
    while (count + 1 + tables) * 4 > tables * 512:
        tables += 1
    chain = [*range(1, count), -2, -2, *[-3] * tables]
    chain += [-1] * (tables * 128 - len(chain))
    places = [count + 1 + k for k in range(tables)]
    places += [-1] * (109 - tables)
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 16
    head += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, tables, count, 0, 4096,
                        0xFFFFFFFE, 0, 0xFFFFFFFE, 0)  # fmt: skip
    head += struct.pack("<109i", *places)
    entries = _entry("Root Entry", 5, 1, -2, 0) + _entry("Workbook", 2, -1, 0, len(stream))
    entries += b"\x00" * 256
    return head + stream + entries + struct.pack(f"<{tables * 128}i", *chain)


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le")
    data = text.ljust(64, b"\x00") + struct.pack("<HBBiii", len(text) + 2, kind, 1, -1, -1, child)
    return data + b"\x00" * 36 + struct.pack("<iII", start, size, 0)


def xlsb(rows: Rows) -> bytes:
    """Return a binary workbook of Excel 2007."""
    height, width = len(rows), max((len(row) for row in rows), default=1)
    sheet = _part(129) + _part(148, struct.pack("<IIII", 0, max(height - 1, 0), 0, width - 1))
    sheet += _part(145)
    for r, row in enumerate(rows):
        sheet += _part(0, struct.pack("<II", r, 0) + b"\x00" * 9)
        for c, cell in enumerate(row):
            if isinstance(cell, str):
                sheet += _part(6, struct.pack("<II", c, 0) + _wide(cell))
            elif cell is not None:
                value = (cell - ZERO).days if isinstance(cell, date) else cell
                style = int(isinstance(cell, date))
                sheet += _part(5, struct.pack("<IId", c, style, value))
    sheet += _part(146) + _part(130)
    bundle = struct.pack("<II", 0, 1) + _wide("rId1") + _wide("Openstaand")
    book = _part(131) + _part(153, b"\x00" * 8) + _part(143) + _part(156, bundle) + _part(144)
    form = struct.pack("<HHHH", 0xFFFF, 0, 0, 0) + b"\x00" * 8
    day = struct.pack("<HHHH", 0, 14, 0, 0) + b"\x00" * 8
    styles = _part(278) + _part(617, struct.pack("<I", 2)) + _part(47, form.replace(b"\xff", b"\0"))
    styles += _part(47, day) + _part(618) + _part(279)
    root = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    link = f'<Relationship Id="rId1" Type="{root}/worksheet" Target="worksheets/sheet1.bin"/>'
    look = f'<Relationship Id="rId2" Type="{root}/styles" Target="styles.bin"/>'
    main = f'<Relationship Id="rId1" Type="{root}/officeDocument" Target="xl/workbook.bin"/>'
    space = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    return zipped(
        {
            "_rels/.rels": f"{space}{main}</Relationships>".encode(),
            "xl/_rels/workbook.bin.rels": f"{space}{link}{look}</Relationships>".encode(),
            "xl/workbook.bin": book + _part(132),
            "xl/styles.bin": styles,
            "xl/worksheets/sheet1.bin": sheet,
        }
    )


def _part(kind: int, data: bytes = b"") -> bytes:
    mark = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = b"", len(data)
    while True:
        size += bytes([length & 0x7F | (0x80 if length > 127 else 0)])
        length >>= 7
        if not length:
            return mark + size + data


def _wide(text: str) -> bytes:
    data = text.encode("utf-16-le")
    return struct.pack("<I", len(data) // 2) + data


def ods(rows: Rows) -> bytes:
    """Return a sheet of OpenDocument."""
    body = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>"
                   for row in rows)  # fmt: skip
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}><office:body>'
        f'<office:spreadsheet><table:table table:name="Openstaand">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    files = f'<m:file-entry m:full-path="/" m:media-type="{kind}"/>'
    manifest = f'<m:manifest xmlns:m="{space}">{files}</m:manifest>'
    return zipped(
        {
            "mimetype": kind.encode(),
            "content.xml": content.encode(),
            "META-INF/manifest.xml": manifest.encode(),
        }
    )


def _ods_cell(cell: Cell) -> str:
    if cell is None or cell == "":
        return "<table:table-cell/>"
    if isinstance(cell, date):
        told = f'office:value-type="date" office:date-value="{cell.isoformat()}"'
    elif isinstance(cell, str):
        told = 'office:value-type="string"'
    else:
        told = f'office:value-type="float" office:value="{cell!r}"'
    text = html.escape(text_of(cell)).replace("\n", "</text:p><text:p>")
    return f"<table:table-cell {told}><text:p>{text}</text:p></table:table-cell>"


def web_page(rows: Rows) -> bytes:
    """Return a table of HTML, as some packages call an Excel file."""
    body = "".join(
        "<tr>" + "".join(f"<td>{html.escape(text_of(cell))}</td>" for cell in row) + "</tr>\n"
        for row in rows
    )
    head = '<html><head><meta charset="utf-8"><style>td {mso-number-format:"\\@"}</style></head>'
    return f"{head}\n<body><table border=1>\n{body}</table></body></html>\n".encode()


def spreadsheetml(rows: Rows) -> bytes:
    """Return a workbook of Excel 2003 in XML."""
    body = "".join(f"<Row>{''.join(map(_ml_cell, row))}</Row>\n" for row in rows)
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<?mso-application progid="Excel.Sheet"?>\n'
        f'<Workbook xmlns="{space}" xmlns:ss="{space}"><Worksheet ss:Name="Openstaand"><Table>\n'
        f"{body}</Table></Worksheet></Workbook>\n"
    ).encode()


def _ml_cell(cell: Cell) -> str:
    if cell is None or cell == "":
        return "<Cell/>"
    if isinstance(cell, date):
        return f'<Cell><Data ss:Type="DateTime">{cell.isoformat()}T00:00:00.000</Data></Cell>'
    if isinstance(cell, str):
        return f'<Cell><Data ss:Type="String">{html.escape(cell)}</Data></Cell>'
    return f'<Cell><Data ss:Type="Number">{cell!r}</Data></Cell>'


def parquet(rows: Rows) -> bytes:
    """Return columns of text under the headers of the first row."""
    stream = io.BytesIO()
    body = [[text_of(cell) for cell in row] for row in rows[1:]]
    frame = pd.DataFrame(body, columns=[str(cell) for cell in rows[0]], dtype="str")
    frame.to_parquet(stream)
    return stream.getvalue()


def zipped(members: dict[str, bytes]) -> bytes:
    """Return an archive."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def in_archive(rows: Rows) -> bytes:
    """Return an archive as a Mac makes it: folders, and files that say nothing."""
    junk = b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X"
    return zipped(
        {
            "Export/2026/posten.csv": csv(rows),
            "__MACOSX/Export/2026/._posten.csv": junk,
            "Export/.DS_Store": junk,
            "Export/2026/~$posten.xlsx": junk,
        }
    )


WRITERS: dict[str, Callable[[Rows], bytes]] = {
    "posten.csv": csv,
    "comma.csv": lambda rows: csv(rows, separator=","),
    "windows.csv": lambda rows: csv(rows, encoding="cp1252"),
    "marked.csv": lambda rows: csv(rows, encoding="utf-8-sig", end="\n"),
    "wide.txt": lambda rows: csv(rows, separator="\t", encoding="utf-16"),
    "pipes.txt": lambda rows: csv(rows, separator="|"),
    "stated.csv": lambda rows: b"sep=;\r\n" + csv(rows),
    "tabs.xls": lambda rows: csv(rows, separator="\t"),
    "posten.xlsx": xlsx,
    "posten.xls": xls,
    "posten.xlsb": xlsb,
    "posten.ods": ods,
    "page.xls": web_page,
    "sheet.xls": spreadsheetml,
    "posten.parquet": parquet,
    "mac.zip": in_archive,
}
