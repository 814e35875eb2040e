"""LibreOffice made to carry out a list of steps, by a module of Basic that knows them (sorting.bas, forms.bas)."""

import os
import subprocess
from html import escape

TIME_LIMIT = 600  # seconds: a busy machine is no hang

# A profile that is not new: of a new one the first start does nothing else.
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Setup/Office">
<prop oor:name="ooSetupInstCompleted" oor:op="fuse"><value>true</value></prop></item></oor:items>
"""
LIBRARIES = """<?xml version="1.0" encoding="UTF-8"?>
<library:libraries xmlns:library="http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink">
<library:library library:name="Standard" library:link="false"/></library:libraries>
"""
LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false"><library:element library:name="Steps"/></library:library>
"""
MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Steps" script:language="StarBasic">
{}</script:module>
"""


def run_macro(module, steps, folder):
    """Lets LibreOffice carry the steps out; for each that shows something its lines, without their first."""
    basic = folder / "profile" / "user" / "basic"
    (basic / "Standard").mkdir(parents=True, exist_ok=True)
    if not (basic.parent / "registrymodifications.xcu").exists():
        (basic.parent / "registrymodifications.xcu").write_text(SETTINGS, encoding="utf-8")
    (basic / "script.xlc").write_text(LIBRARIES, encoding="utf-8")
    (basic / "Standard" / "script.xlb").write_text(LIBRARY, encoding="utf-8")
    (basic / "Standard" / "Steps.xba").write_text(MODULE.format(escape(module.read_text(encoding="utf-8"))),
                                                  encoding="utf-8")
    (folder / "steps").write_text("".join(f"{step}\n" for step in steps), encoding="utf-8")
    subprocess.run(["soffice", f"-env:UserInstallation=file://{folder / 'profile'}", "--headless", "--norestore",
                    f'macro:///Standard.Steps.Run("{folder / "steps"}","{folder / "shown"}")'],
                   check=True, capture_output=True, timeout=TIME_LIMIT, stdin=subprocess.DEVNULL,
                   env={**os.environ, "LC_ALL": "C.UTF-8"})
    parts, lines = [], (folder / "shown").read_text(encoding="utf-8", errors="replace").splitlines()
    if lines[-1] != "done":
        raise RuntimeError(lines[-1])
    for line in lines[:-1]:
        if line.startswith("show\t"):
            parts.append([])
        else:
            parts[-1].append(line)
    return parts
