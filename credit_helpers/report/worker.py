"""The process of a :class:`~credit_helpers.report.kernel.Worker`: load, wait, become a kernel.

It loads the program while its starter reads the client's files, and learns through its standard
input, a pipe from that starter, which audit came of them.
"""

import os
import pickle
import sys
from importlib import import_module

import pandas as pd
from ipykernel.kernelapp import launch_new_instance

from credit_helpers.audit import opening

# What the cells will ask for, loaded ahead.
AHEAD = ("credit_helpers.report.handover", "credit_helpers.views.show", "plotly.graph_objects")
# pandas takes a process without IPython for a terminal; here it comes before IPython does.
NOTEBOOK_COLUMNS = 20


def main() -> None:
    """Wait for the order, then run a kernel until it is stopped."""
    for module in AHEAD:
        import_module(module)
    pd.set_option("display.max_columns", NOTEBOOK_COLUMNS)
    try:
        sys.argv, folder, opened = pickle.load(sys.stdin.buffer)
    except EOFError:  # the starter needs no kernel after all
        return
    os.chdir(folder)
    opening.opened = opened
    launch_new_instance()


if __name__ == "__main__":
    main()
