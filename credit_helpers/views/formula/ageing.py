"""Formulas of the balance and its ageing."""

from __future__ import annotations

_OPEN = "[open_items.outstanding_cents]"
_DAYS = "[open_items.days_past_due]"
_KIND = "[open_items.kind]"
_BUCKET = "([open_items.bucket]=[@bucket])"


def _in_bucket(kind: str) -> str:
    return f"ROUND(SUMPRODUCT({_BUCKET}*({_KIND}={{word:kind.{kind}}})*{_OPEN}),2)"


FIGURES = {
    "ageing.outstanding_cents": f"ROUND(SUM({_OPEN}),2)",
    "ageing.aged_cents": "ROUND({ageing.not_due_cents}+{ageing.overdue_cents},2)",
    "ageing.not_due_cents": f'ROUND(SUMIFS({_OPEN},{_DAYS},"<=0"),2)',
    "ageing.overdue_cents": f'ROUND(SUMIFS({_OPEN},{_DAYS},">0"),2)',
    "ageing.overdue_share": "{ageing.overdue_cents}/{ageing.aged_cents}",
    "ageing.overdue_items_count": f'COUNTIFS({_DAYS},">0")',
    "ageing.overdue_debtors_count": 'COUNTIF([ageing_by_customer.overdue_cents],">0")',
    "ageing.oldest_cents": (f'ROUND(SUMIFS({_OPEN},{_DAYS},">="&{{ageing.oldest_from_days}}),2)'),
    "ageing.oldest_share": "{ageing.oldest_cents}/{ageing.aged_cents}",
    "ageing.no_due_date_cents": "ROUND({ageing.outstanding_cents}-{ageing.aged_cents},2)",
    "ageing.invoices_cents": f"ROUND(SUMIFS({_OPEN},{_KIND},{{word:kind.invoice}}),2)",
    "ageing.credit_notes_cents": (f"ROUND(SUMIFS({_OPEN},{_KIND},{{word:kind.credit_note}}),2)"),
    "ageing.unapplied_cash_cents": (
        f"ROUND(SUMIFS({_OPEN},{_KIND},{{word:kind.unapplied_cash}}),2)"
    ),
    "ageing.disputed_cents": (
        f"ROUND(SUMIFS({_OPEN},[open_items.is_disputed],{{word:flag.yes}}),2)"
    ),
    "ageing.disputed_items_count": "COUNTIF([open_items.is_disputed],{word:flag.yes})",
    "ageing.open_items_count": f"COUNT({_OPEN})",
    "ageing.debtors_count": "COUNT([ageing_by_customer.outstanding_cents])",
}

ROWS = {
    ("ageing", "items_count"): f"SUMPRODUCT(--{_BUCKET})",
    ("ageing", "invoices_cents"): _in_bucket("invoice"),
    ("ageing", "credit_notes_cents"): _in_bucket("credit_note"),
    ("ageing", "unapplied_cash_cents"): _in_bucket("unapplied_cash"),
    ("ageing", "disputed_cents"): (
        f"ROUND(SUMPRODUCT({_BUCKET}*([open_items.is_disputed]={{word:flag.yes}})*{_OPEN}),2)"
    ),
    ("ageing_groups", "gap_share"): "[@overdue_share]-[@others_overdue_share]",
    ("ageing", "outstanding_cents"): f"ROUND(SUMPRODUCT({_BUCKET}*{_OPEN}),2)",
    ("ageing", "outstanding_share"): "[@outstanding_cents]/SUM([ageing.outstanding_cents])",
    ("ageing_by_issue", "outstanding_share"): (
        "[@outstanding_cents]/SUM([ageing_by_issue.outstanding_cents])"
    ),
}

HELD = {
    "ageing.outstanding_cents": "[ageing.outstanding_cents total]",
    "ageing.overdue_cents": "[ageing_by_customer.overdue_cents total]",
    "ageing.overdue_share": "[ageing_by_customer.overdue_share total]",
    "ageing.not_due_cents": "[ageing_by_customer.not_due_cents total]",
    "ageing.no_due_date_cents": "[ageing_by_customer.no_due_date_cents total]",
    "ageing.invoices_cents": "[ageing.invoices_cents total]",
    "ageing.credit_notes_cents": "[ageing.credit_notes_cents total]",
    "ageing.unapplied_cash_cents": "[ageing.unapplied_cash_cents total]",
    "ageing.disputed_cents": "[ageing.disputed_cents total]",
    "ageing.open_items_count": "[ageing.items_count total]",
}
