"""The kernel that runs a report: the running interpreter's own, free of anybody's settings."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager

NAME = "credit-audit"
# Errors that are raised inside the kernel come out as text, so they must be written there.
_SPEAK = "import credit_helpers.errors as _e; _e.CreditHelpersError.language = {!r}; del _e"


def kernel_class(profile: Path, language: str) -> type[AsyncKernelManager]:
    """Return a manager that starts one kernel only, whatever else is installed on the machine.

    Parameters
    ----------
    profile : Path
        An empty folder for IPython's settings; those of the user could change a client's report.
    language : str
        Language of the errors that are raised in the kernel.
    """
    options = [
        "--log-level=ERROR",
        "--HistoryManager.enabled=False",
        f"--IPKernelApp.exec_lines={_speak(language)}",
    ]
    argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}", *options]
    env = {"IPYTHONDIR": str(profile), "PLOTLY_RENDERER": "plotly_mimetype"}
    spec = KernelSpec(argv=argv, display_name=NAME, language="python", env=env)

    class OwnSpecs(KernelSpecManager):
        def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
            return spec

    class OwnKernel(AsyncKernelManager):
        def _kernel_spec_manager_default(self) -> Any:
            return OwnSpecs()

        async def _async_launch_kernel(self, kernel_cmd: list[str], **settings: Any) -> None:
            # What goes wrong in a cell comes back in the notebook; the rest is noise of closing.
            quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
            await super()._async_launch_kernel(kernel_cmd, **{**settings, **quiet})

    return OwnKernel


def _speak(language: str) -> str:
    return _SPEAK.format(language)
