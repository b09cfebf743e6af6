"""What `make tour` shows: an invoice built, judged, sealed and sent through a simulated Merkez; and GİB's test plan."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import httpx

from ulak.ubl.documents import Document, write_document
from ulak.ubl.forms import from_json

ULAK = Path(sys.executable).with_name("ulak")
EXAMPLES = Path(__file__).parents[1] / "examples"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        _title("An invoice as a caller writes it: building cleaning, VAT partly withheld by the buyer (612)")
        Path("cleaning.json").write_text(json.dumps(_cleaning(), ensure_ascii=False, indent=2), encoding="utf-8")
        print(Path("cleaning.json").read_text(encoding="utf-8"))
        _title("Built: sums, names, codes and the order of elements are Ulak's work")
        _run(0, "build", "cleaning.json", "-o", "cleaning.xml")
        _run(0, "show", "cleaning.xml")
        _title("Judged by GİB's schemas and rules")
        _run(0, "check", "cleaning.xml")
        _title("The same with two mistakes that are met every day, explained in Turkish and in English")
        _break(Path("cleaning.xml"), Path("broken.xml"))
        _run(1, "check", "broken.xml")
        _run(1, "--lang", "en", "check", "broken.xml")
        _title("Sealed with a mali mühür of a test PKI, and verified")
        _run(0, "pki", "new", "test-pki", quiet=True)
        _run(0, "seal", "cleaning.xml", "--key", "pkcs12:test-pki/ardic-4812530769.p12", "-o", "sealed.xml")
        _run(0, "check", "sealed.xml")
        _run(0, "verify", "sealed.xml", "--trust", "test-pki")
        _title("One letter of the sealed invoice changed; and a seal by a revoked mali mühür")
        _tamper(Path("sealed.xml"), Path("tampered.xml"))
        _run(1, "--lang", "en", "verify", "tampered.xml", "--trust", "test-pki")
        _run(0, "seal", "cleaning.xml", "--key", "pkcs12:test-pki/revoked-4812530769.p12", "-o", "revoked.xml")
        _run(1, "--lang", "en", "verify", "revoked.xml", "--trust", "test-pki")
        _title("Every example: at least one for each profile and type that the law allows")
        _judge_examples(Path("examples"))
        _title("An envelope of the sealed invoice, sent to a simulated Merkez; then what became of it")
        _send_to_the_center()
        _title("GİB's integration test plan: a small gateway against the center, every step with its evidence")
        _carry_out_the_plan()


def _cleaning() -> dict[str, object]:
    return {
        "profile": "TICARIFATURA",
        "number": "ULK2026000000017",
        "supplier": {
            "tax_id": "4812530769",
            "name": "Ardıç Ticaret A.Ş.",
            "tax_office": "Çankaya",
            "address": {"town": "Çankaya", "city": "Ankara"},
        },
        "customer": {
            "tax_id": "7359021640",
            "name": "Meltem Gıda Ltd. Şti.",
            "tax_office": "Kadıköy",
            "address": {"town": "Kadıköy", "city": "İstanbul"},
        },
        "lines": [{"name": "Bina temizliği", "quantity": 1, "price": 1000, "vat": 20, "withholding": "612"}],
    }


def _break(source: Path, target: Path) -> None:
    text = source.read_text(encoding="utf-8")
    target.write_text(text.replace('unitCode="C62"', 'unitCode="ADET"').replace(">TEVKIFAT<", ">SATIS<"), "utf-8")


def _tamper(source: Path, target: Path) -> None:
    target.write_text(source.read_text(encoding="utf-8").replace("temizliği", "temizligi"), "utf-8")


def _judge_examples(folder: Path) -> None:
    folder.mkdir()
    for source in sorted(EXAMPLES.glob("*/*.json")):
        document = write_document(cast(Document, from_json(source.read_bytes())))
        (folder / f"{source.parent.name}-{source.stem}.xml").write_bytes(document)
    print("$ ulak check examples --format json", flush=True)
    done = subprocess.run([ULAK, "check", "examples", "--format", "json"], capture_output=True, check=False)
    reports = json.loads(done.stdout)
    verdicts = Counter(report["verdict"] for report in reports)
    kinds = Counter(report["document"] for report in reports)
    print(f"{len(reports)} documents ({', '.join(f'{n} {kind}' for kind, n in kinds.items())}): {dict(verdicts)}")
    if done.returncode:
        sys.exit(f"ulak check: exit code {done.returncode}, expected 0")


def _send_to_the_center() -> None:
    """From Ardıç's sender unit to Meltem's mailbox; the center's clock stands still until it is moved."""
    sender, receiver = "urn:mail:defaultgb@ardic.example:4812530769", "urn:mail:defaultpk@meltem.example:7359021640"
    _run(0, "envelope", "pack", "sealed.xml", "--from", sender, "--to", receiver, "-o", "envelopes")
    envelope = next(Path("envelopes").glob("*.zip"))
    with _center() as url:
        for party, role in ((sender, "GB"), (receiver, "PK")):
            alias, number = party.rsplit(":", 1)
            _register(url, alias, number, role)
        service = f"{url}/EFaturaMerkez/services/EFatura"
        _run(0, "--lang", "en", "wire", "send", str(envelope), "--to", service)
        _run(0, "--lang", "en", "center", "clock", "--advance", "1m", "--center", url)
        _run(0, "--lang", "en", "wire", "status", envelope.stem, "--to", service)
        _run(0, "--lang", "en", "center", "status", envelope.stem, "--center", url)


@contextmanager
def _center() -> Iterator[str]:
    """A simulated GİB of its own; its address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = ["center", "run", "--port", str(port), "--pki", "test-pki", "--speed", "0"]
    print(f"$ ulak {' '.join(command)} &", flush=True)
    with subprocess.Popen([ULAK, *command], stdout=subprocess.DEVNULL) as running:
        try:
            _wait_for(f"http://127.0.0.1:{port}/control/status", running)
            yield f"http://127.0.0.1:{port}"
        finally:
            running.terminate()


def _wait_for(url: str, running: subprocess.Popen[bytes]) -> None:
    while running.poll() is None:
        try:
            httpx.get(url, trust_env=False).raise_for_status()
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    sys.exit(f"ulak center run: exit code {running.returncode}")


def _register(url: str, alias: str, number: str, role: str) -> None:
    account = {
        "number": number,
        "title": {"4812530769": "Ardıç Ticaret A.Ş.", "7359021640": "Meltem Gıda Ltd. Şti."}[number],
        "kind": "OZEL",
        "units": [{"alias": alias, "role": role, "uses": ["Invoice"], "operator": ""}],
    }
    httpx.post(f"{url}/control/accounts", json=account, trust_env=False).raise_for_status()


def _carry_out_the_plan() -> None:
    print("$ ulak --lang en gib-tests run --quick --report report", flush=True)
    command: list[str | Path] = [ULAK, "--lang", "en", "gib-tests", "run", "--quick", "--report", "report"]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    lines = done.stdout.splitlines()
    print("\n".join(["…", *lines[-4:]]), flush=True)
    if done.returncode:
        sys.exit(f"ulak gib-tests: exit code {done.returncode}, expected 0")


def _title(text: str) -> None:
    print(f"\n\033[1m== {text}\033[0m" if sys.stdout.isatty() else f"\n== {text}", flush=True)


def _run(expected: int, *arguments: str, quiet: bool = False) -> None:
    print(f"$ ulak {' '.join(arguments)}", flush=True)
    code = subprocess.run([ULAK, *arguments], check=False, stdout=subprocess.DEVNULL if quiet else None).returncode
    if code != expected:
        sys.exit(f"ulak {arguments[0]}: exit code {code}, expected {expected}")


if __name__ == "__main__":
    main()
