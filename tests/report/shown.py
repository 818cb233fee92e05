"""What the chapters of a client show, without the kernel that a report starts for it."""

import ast

from credit_helpers.audit import open_audit
from credit_helpers.report.assemble import assemble, chapters, tags
from credit_helpers.report.checks import checks_of
from credit_helpers.report.handover import cover_of, tables_in
from credit_helpers.report.results import results_of


def displayed(audit):
    """The values of the last expressions of every cell, as IPython keeps them."""
    notebook = assemble([subject for subject in chapters() if not audit.missing(subject)])
    names, shown = {"audit": audit}, []
    for cell in notebook.cells:
        if cell.cell_type != "code" or {"parameters", "setup", "handover"} & set(tags(cell)):
            continue
        *before, last = ast.parse(cell.source).body
        exec(compile(ast.Module(before, []), "cell", "exec"), names)
        if isinstance(last, ast.Expr):
            shown.append(eval(compile(ast.Expression(last.value), "cell", "eval"), names))
    return shown


def handed_over(client, language):
    """Tables, cover, results and checks of a client, as the hand-over gets them."""
    audit = open_audit(client, language=language)
    tables = tables_in(displayed(audit))
    results = {**results_of(audit, tables), "policy": audit.policy.flat()}
    return tables, cover_of(audit), results, checks_of(audit)
