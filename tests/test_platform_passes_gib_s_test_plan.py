"""The platform itself is put to GİB's test plan, end to end, and passes every step that can be judged."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

_ULAK = str(Path(sys.executable).with_name("ulak"))


def test_every_step_passes_and_the_report_holds_the_evidence(tmp_path: Path) -> None:
    report = tmp_path / "report"
    command = [_ULAK, "--lang", "en", "gib-tests", "run", "--candidate", "platform", "--quick", "--report", str(report)]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ULAK_", "DATABASE_", "DJANGO_"))}
    done = subprocess.run(command, env=kept, capture_output=True, text=True, timeout=600)
    told = json.loads((report / "report.json").read_bytes())
    others = {step["id"] for step in told["steps"] if step["outcome"] != "passed"}
    assert not others, done.stdout[-4000:] + done.stderr[-2000:]
    assert done.returncode == 0
    assert len(told["steps"]) > 100
