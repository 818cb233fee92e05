"""Results of made-up clients, as small as a batch needs them."""

HOSTILE = '<script>alert(1)</script> "><img src=x> \u202e=HYPERLINK("http://x")'
NORMS = {"ageing": ("overdue_share", 0.35, "share"), "dso": ("dso_days", 45.0, "days")}


def verdict(value, norm):
    if value is None:
        return "unknown"
    return "good" if value <= norm else "insufficient"


def results(client="Alfa B.V.", *, overdue=0.4, dso=60.0, balance=1_000_000, **more):
    """A client with an overdue share and a DSO; a tenth of the balance is old."""
    measured = {"overdue_share": overdue, "dso_days": dso}
    figures = {
        "ageing.outstanding_cents": balance,
        "ageing.aged_cents": balance,
        "ageing.overdue_cents": round(balance * overdue),
        "ageing.overdue_share": overdue,
        "ageing.oldest_cents": balance // 10,
        "ageing.oldest_share": 0.1,
        "dso.dso_days": dso,
        "dso.release_cents": None if dso is None else balance / 5,
        "behaviour.days_late": None,
    }
    finding = {"code": "x", "title": "Veel te laat", "severity": "high", "impact_cents": 50_000}
    return {
        "client": client,
        "as_of": "2026-10-31",
        "language": "nl",
        "currency": "EUR",
        "figures": {key: {"value": value} for key, value in figures.items()},
        "findings": [finding, {**finding, "title": "Klein", "severity": "low"}],
        "conclusions": {"summary": {"heading": "Van het saldo is 40% vervallen."}},
        "judgements": [
            {
                "area": area,
                "verdict": verdict(measured[name], norm),
                "measure_name": name,
                "value": measured[name],
                "threshold": norm,
                "unit": unit,
                "policy_key": f"{area}.norm",
            }
            for area, (name, norm, unit) in NORMS.items()
        ],
        "checks": [{"left": 1, "right": 1}],
        "policy": {"quality.max_faulty_share": 0.02},
        "intake": [intake()],
        "quarantine": [],
        "missing": {} if dso is not None else {"dso": ["payment_history"], "changes": ["previous"]},
        "capabilities": ["limits"],
        **more,
    }


def intake(**more):
    row = {"table": "invoices", "currency": "EUR", "rows_in": 100, "cents_accepted": 900_000}
    return {**row, **more}


def aside(reason="unreadable_date", rows_count=1, cents=100_000):
    return {"table": "invoices", "reason": reason, "rows_count": rows_count, "cents": cents}
