"""LibreOffice as a converter: found, run apart from the user's own, stopped with all it started when the time is up."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from ingest.errors import IngestError
from ingest.limits import Limits

_PLACES = (
    "/usr/bin/soffice", "/usr/local/bin/soffice", "/usr/lib/libreoffice/program/soffice", "/opt/libreoffice*/program/soffice", "/snap/bin/libreoffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice", "C:/Program Files/LibreOffice/program/soffice.com", "C:/Program Files (x86)/LibreOffice/program/soffice.com",
)  # fmt: skip
# A profile of its own: no macro runs, nothing that a document links to is fetched, no window asks.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>1</value></prop></item>
<item oor:path="/org.openoffice.Setup/Office"><prop oor:name="ooSetupConnectionURL" oor:op="fuse"><value></value></prop></item>
</oor:items>
"""


def find_soffice() -> str | None:
    """The program of LibreOffice: named by $KB_SOFFICE, on the path, or where its installers put it; None where it is absent."""
    if named := os.environ.get("KB_SOFFICE"):
        return shutil.which(named)
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name):
            return found
    for place in _PLACES:
        folder, _, rest = place.partition("*")
        candidates = sorted(Path(folder).parent.glob(Path(folder).name + "*" + rest)) if rest else [Path(place)]
        for candidate in candidates:
            if candidate.is_file():
                return str(candidate)
    return None


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the program and all that it started."""
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
    else:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # it leads a group of its own, so that nobody else's LibreOffice ends
    process.wait()


def convert(data: bytes, ending: str, target: str, path: str, limits: Limits) -> bytes:
    """The file's bytes as `target` (docx, xlsx); `ending` names what they are. `IngestError` where it cannot be done."""
    program = find_soffice()
    if program is None:
        raise IngestError(path, f"this form of file needs LibreOffice; install it (or name its program in KB_SOFFICE), or save the file as {target.upper()}")
    with tempfile.TemporaryDirectory(prefix="kb-office-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        profile = folder / "profile" / "user"
        profile.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        source = folder / f"source{ending}"
        source.write_bytes(data)
        command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--invisible", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard",
                   "--convert-to", target, "--outdir", str(folder / "out"), str(source)]  # fmt: skip
        _run(command, folder, path, limits)
        made = folder / "out" / f"source.{target}"
        if not made.is_file():
            raise IngestError(path, f"LibreOffice cannot read this file, it is damaged or has a password; open it in Word or WPS and save it as {target.upper()}")
        if made.stat().st_size > limits.megabytes << 20:
            raise IngestError(path, f"as {target.upper()} the file has more than the limit of {limits.megabytes} MB; raise it with --max-megabytes")
        return made.read_bytes()


def _run(command: list[str], folder: Path, path: str, limits: Limits) -> None:
    """Run LibreOffice within the time limit; what it says is not needed."""
    try:
        process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    except OSError as fault:
        raise IngestError(path, f"LibreOffice cannot be started ({fault}); install it anew or save the file as DOCX") from fault
    try:
        process.wait(limits.seconds)
    except subprocess.TimeoutExpired as fault:
        raise IngestError(path, f"LibreOffice needed more than the limit of {limits.seconds} seconds for this file; raise it with --max-seconds") from fault
    finally:
        _stop(process)
