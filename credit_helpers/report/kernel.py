"""The kernel that runs a report: the running interpreter's own, free of anybody's settings."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.launcher import launch_kernel
from jupyter_client.manager import AsyncKernelManager

NAME = "credit-audit"
# Errors that are raised inside the kernel come out as text, so they must be written there.
_SPEAK = "import credit_helpers.errors as _e; _e.CreditHelpersError.language = {!r}; del _e"


class Worker:
    """A process that loads the program ahead, and then becomes the kernel of one notebook.

    Use it as a context manager: leaving it ends the process. What the process must know goes
    through a pipe that only the two of them hold, so that nothing of a client's is left on disk
    and nobody else's file can ever be loaded.

    Examples
    --------
    >>> with Worker() as worker:  # doctest: +SKIP
    ...     execute(notebook, {}, folder=folder, worker=worker)
    """

    def __init__(self) -> None:
        # An empty folder for IPython's settings: those of the user could change a report.
        self.profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        env = {"IPYTHONDIR": self.profile.name, "PLOTLY_RENDERER": "plotly_mimetype"}
        self.process = launch_kernel(
            [sys.executable, "-P", "-m", "credit_helpers.report.worker"],
            stdin=subprocess.PIPE,
            # What goes wrong in a cell comes back in the notebook; the rest is noise of closing.
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **env},
            cwd=self.profile.name,
        )

    def __enter__(self) -> Worker:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.process.kill()
        self.process.wait()
        if self.process.stdin is not None:
            with suppress(OSError):
                self.process.stdin.close()
        self.profile.cleanup()

    def become(self, arguments: list[str], *, folder: Path, opened: Any) -> None:
        """Tell the process to go on as a kernel; one that ended is missed by who waits for it."""
        assert self.process.stdin is not None
        with suppress(OSError):
            pickle.dump((arguments, str(folder), opened), self.process.stdin)
            self.process.stdin.close()


def kernel_class(
    worker: Worker, language: str, *, folder: Path, opened: Any = None
) -> type[AsyncKernelManager]:
    """Return a manager that makes a kernel of one worker, whatever else is installed.

    Parameters
    ----------
    worker : Worker
    language : str
        Language of the errors that are raised in the kernel.
    folder : Path
        Working folder of the kernel.
    opened : tuple or None
        As :data:`credit_helpers.audit.opening.opened`, so that the files are read once.
    """
    argv = [
        NAME,
        *("-f", "{connection_file}"),
        "--log-level=ERROR",
        "--HistoryManager.enabled=False",
        f"--IPKernelApp.exec_lines={_SPEAK.format(language)}",
    ]
    spec = KernelSpec(argv=argv, display_name=NAME, language="python")

    class OwnSpecs(KernelSpecManager):
        def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
            return spec

    class OwnKernel(AsyncKernelManager):
        def _kernel_spec_manager_default(self) -> Any:
            return OwnSpecs()

        async def _async_launch_kernel(self, kernel_cmd: list[str], **_: Any) -> None:
            local: Any = self.provisioner
            local.process, local.pid = worker.process, worker.process.pid
            local.pgid = os.getpgid(local.pid) if hasattr(os, "getpgid") else None
            worker.become(kernel_cmd, folder=folder, opened=opened)

    return OwnKernel
