"""The workbook's formulas, one module per subject."""
