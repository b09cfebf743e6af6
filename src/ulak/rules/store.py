"""The packs at hand: the one that comes with Ulak and those that a person has added under ``ULAK_HOME``.

Writers never disturb readers: a pack is written aside and appears whole by one rename, a change of state replaces its
manifest, and ids are only ever added, one numbered file after the other.
"""

from __future__ import annotations

import os
import re
import shutil
import uuid
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from importlib import metadata, resources
from pathlib import Path
from typing import Annotated, Final, NamedTuple

import msgspec

from ulak.errors import Text
from ulak.rules import identity
from ulak.rules.pack import Kind, Pack, Source, State, digest, digest_of
from ulak.rules.problems import PackError, problem
from ulak.rules.schematron import Assertion

__all__ = ["BUILT_IN", "Choice", "Fetched", "Manifest", "PackStore", "built_in_pack", "default_home"]

BUILT_IN: Final = "ubl-tr-2026-07-01"
DISTRIBUTION: Final = "efatura-kontrol"
# The distribution states 20260701 as the day of its Schematron; its files carry no History.txt.
_BUILT_IN_SINCE: Final = date(2026, 7, 1)
_BUILT_IN_MAIN: Final = "sematron/efatura.sch"
_MANIFEST: Final = "pack.json"
_NAME: Final = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,78}[a-z0-9])?")


class Fetched(msgspec.Struct, frozen=True, kw_only=True):
    """What a download told of itself: address, hash of the archive, and the server's marks of its version."""

    address: str
    sha256: str
    at: Annotated[datetime, msgspec.Meta(tz=True)]
    etag: str = ""
    last_modified: str = ""


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """``pack.json``: everything known of a pack but the content of its files."""

    name: str
    kind: Kind
    since: date
    version: str
    state: State
    title: str
    address: str = ""
    sha256: str
    recorded_at: Annotated[datetime, msgspec.Meta(tz=True)]
    files: dict[str, str]
    schematrons: dict[str, str]
    taken_from: dict[str, str] = {}
    notes: tuple[Text, ...] = ()
    fetched: Fetched | None = None
    format: int = 1


class Choice(NamedTuple):
    """A pack, and whether the day asked for lies before its first (there is none older at hand)."""

    pack: Pack
    too_new: bool


class PackStore:
    """All packs at hand.

    Attributes:
        home: the folder in which added packs are kept; it need not exist.
    """

    def __init__(self, home: Path | None = None) -> None:
        self.home = home or default_home()
        self._seen: int | None = None
        self._packs: tuple[Pack, ...] = ()
        self._manifests: dict[str, Manifest] = {}
        self._problems: tuple[PackError, ...] = ()
        self._ids: dict[tuple[str, str], dict[Assertion, str]] = {}

    def packs(self) -> tuple[Pack, ...]:
        """Every sound pack, by kind and then by the day from which it judges; damaged ones are in ``problems``."""
        stamp = self._stamp()
        if stamp != self._seen:
            self._load()
            self._seen = stamp
        return self._packs

    @property
    def problems(self) -> tuple[PackError, ...]:
        """Why packs that lie in ``home`` are left out."""
        self.packs()
        return self._problems

    def get(self, name: str) -> Pack:
        """The pack of that name.

        Raises:
            PackError: ``pack.unknown``.
        """
        for pack in self.packs():
            if pack.name == name:
                return pack
        raise problem("pack.unknown", name=name, known=", ".join(pack.name for pack in self._packs))

    def manifest(self, name: str) -> Manifest | None:
        """The manifest of an added pack; None for the one that comes with Ulak."""
        self.packs()
        return self._manifests.get(name)

    def choose(self, kind: str, as_of: date, name: str | None = None) -> Choice:
        """The pack that judges documents of ``kind`` on that day: the newest active one that is not newer.

        A pack that is asked for by name is taken whatever its day and state.

        Raises:
            PackError: ``pack.unknown`` or ``pack.none``.
        """
        if name is not None:
            pack = self.get(name)
            return Choice(pack, pack.since > as_of)
        active = [pack for pack in self.packs() if pack.kind == kind and pack.state == "active"]
        if not active:
            raise problem("pack.none", kind=kind)
        old_enough = [pack for pack in active if pack.since <= as_of]
        return Choice(old_enough[-1], False) if old_enough else Choice(active[0], True)

    def newest(self, kind: str) -> Pack | None:
        """The newest pack of that kind, active or staged."""
        return next((pack for pack in reversed(self.packs()) if pack.kind == kind), None)

    def ledger(self) -> identity.Ledger:
        """All ids ever given here."""
        merged: dict[str, tuple[identity.Entry, ...]] = {}
        for path in self._ledger_files():
            with suppress(OSError, ValueError):
                merged |= identity.load(path.read_bytes())
        return identity.merge(merged, identity.built_in_ledger())

    def ids(self, pack: Pack, role: str = "main") -> Mapping[Assertion, str]:
        """The stable id of every assertion of that Schematron."""
        key = pack.sha256, role
        if key not in self._ids:
            prefix = identity.prefix_of(pack.kind, role)
            self._ids[key] = identity.assign(pack.schematron(role), self.ledger(), prefix=prefix)[0]
        return self._ids[key]

    def record(self, manifest: Manifest, contents: Mapping[str, bytes]) -> Pack:
        """Keep a new pack and the ids of its rules; the same pack kept twice is one.

        Raises:
            PackError: ``pack.name``, ``pack.exists`` or ``pack.home``.
        """
        if not _NAME.fullmatch(manifest.name):
            raise problem("pack.name", name=manifest.name)
        if manifest.name == BUILT_IN:
            raise problem("pack.exists", name=manifest.name)
        aside = self._folder / f".new-{uuid.uuid4().hex}"
        try:
            _write(aside, manifest, contents)
            with suppress(OSError):
                aside.rename(self._folder / manifest.name)
            if not aside.exists():
                self._record_ids(_pack(manifest, self._folder / manifest.name))
        except OSError as error:
            raise problem("pack.home", name=str(self.home), detail=error.strerror or str(error)) from error
        finally:
            shutil.rmtree(aside, ignore_errors=True)
        return self._recorded(manifest)

    def activate(self, name: str, since: date | None = None) -> Pack:
        """Let a pack judge, from ``since`` on if that is given.

        Raises:
            PackError: ``pack.unknown``, ``pack.built-in`` or ``pack.home``.
        """
        return self._change(name, state="active", since=since)

    def stage(self, name: str) -> Pack:
        """Keep a pack but let it judge only when it is asked for by name; errors as for ``activate``."""
        return self._change(name, state="staged", since=None)

    def remove(self, name: str) -> None:
        """Forget an added pack, sound or damaged; its ids stay taken.

        Raises:
            PackError: ``pack.unknown``, ``pack.built-in`` or ``pack.home``.
        """
        if name == BUILT_IN:
            raise problem("pack.built-in", name=name)
        if not _NAME.fullmatch(name) or not (self._folder / name).is_dir():
            self.get(name)
        gone = self._folder / f".gone-{uuid.uuid4().hex}"
        try:
            (self._folder / name).rename(gone)
        except OSError as error:
            raise problem("pack.home", name=str(self.home), detail=error.strerror or str(error)) from error
        shutil.rmtree(gone, ignore_errors=True)

    @property
    def _folder(self) -> Path:
        return self.home / "packs"

    def _stamp(self) -> int:
        try:
            return self._folder.stat().st_mtime_ns
        except OSError:
            return 0

    def _load(self) -> None:
        problems: list[PackError] = []
        packs: list[Pack] = []
        manifests: dict[str, Manifest] = {}
        try:
            packs.append(built_in_pack())
        except PackError as error:
            problems.append(error)
        for folder in self._pack_folders():
            try:
                manifest = _read_manifest(folder)
                pack = _pack(manifest, folder)
                pack.verify()
            except PackError as error:
                problems.append(error)
            else:
                packs.append(pack)
                manifests[pack.name] = manifest
        packs.sort(key=lambda p: (p.kind, p.since, p.recorded_at.timestamp() if p.recorded_at else 0.0, p.name))
        self._packs, self._manifests, self._problems = tuple(packs), manifests, tuple(problems)

    def _pack_folders(self) -> list[Path]:
        with suppress(OSError):
            return sorted(p for p in self._folder.iterdir() if p.is_dir() and not p.name.startswith("."))
        return []

    def _recorded(self, manifest: Manifest) -> Pack:
        self._seen = None
        pack = self.get(manifest.name)
        if pack.sha256 != manifest.sha256:
            raise problem("pack.exists", name=manifest.name)
        return pack

    def _change(self, name: str, *, state: State, since: date | None) -> Pack:
        pack = self.get(name)
        manifest = self._manifests.get(name)
        if manifest is None:
            raise problem("pack.built-in", name=name)
        changed = msgspec.structs.replace(manifest, state=state, since=since or manifest.since)
        # Written beside the packs and moved in, so that the folder's own time of change shows it to other readers.
        aside = self._folder / f".{uuid.uuid4().hex}.json"
        try:
            aside.write_bytes(_encode(changed))
            aside.replace(pack.root / _MANIFEST)
        except OSError as error:
            aside.unlink(missing_ok=True)
            raise problem("pack.home", name=str(self.home), detail=error.strerror or str(error)) from error
        self._seen = None
        return self.get(name)

    def _ledger_files(self) -> list[Path]:
        with suppress(OSError):
            return sorted((self.home / "ids").glob("[0-9]*.json"))
        return []

    def _record_ids(self, pack: Pack) -> None:
        """Append what is new to the ledger; if another writer was quicker, look again."""
        folder = self.home / "ids"
        folder.mkdir(parents=True, exist_ok=True)
        while fresh := self._fresh(pack):
            following = len(self._ledger_files()) + 1
            aside = folder / f".{uuid.uuid4().hex}"
            aside.write_text(identity.dump(fresh), encoding="utf-8")
            try:
                os.link(aside, folder / f"{following:06}.json")
            except FileExistsError:
                continue
            finally:
                aside.unlink()

    def _fresh(self, pack: Pack) -> identity.Ledger:
        """Every rule of the pack that has new entries, with all its entries."""
        ledger = self.ledger()
        known = dict(ledger)
        for role in pack.schematrons:
            prefix = identity.prefix_of(pack.kind, role)
            ledger = identity.extend(ledger, identity.assign(pack.schematron(role), ledger, prefix=prefix)[1])
        return {rule: entries for rule, entries in ledger.items() if known.get(rule) != entries}


def default_home() -> Path:
    """``ULAK_HOME``, else ``ulak`` in the user's data folder (XDG Base Directory Specification)."""
    if home := os.environ.get("ULAK_HOME"):
        return Path(home)
    data = os.environ.get("XDG_DATA_HOME", "")
    return (Path(data) if os.path.isabs(data) else Path.home() / ".local" / "share") / "ulak"


def built_in_pack() -> Pack:
    """The pack that comes with Ulak: GİB's XSDs and its Schematron of 2026-07-01 from ``efatura-kontrol``.

    Raises:
        PackError: ``pack.missing-distribution``.
    """
    try:
        distribution = metadata.distribution(DISTRIBUTION)
        root = Path(str(resources.files("efatura_kontrol"))) / "ekler"
    except (metadata.PackageNotFoundError, ModuleNotFoundError) as error:
        raise problem("pack.missing-distribution", name=DISTRIBUTION) from error
    paths = [_BUILT_IN_MAIN, *sorted(p.relative_to(root).as_posix() for p in root.rglob("*.xsd"))]
    try:
        files = {path: digest((root / path).read_bytes()) for path in paths}
    except OSError as error:
        raise problem("pack.missing-distribution", name=DISTRIBUTION) from error
    addresses = distribution.metadata.get_all("Project-URL") or [""]
    return Pack(
        name=BUILT_IN,
        kind="ubl-tr",
        since=_BUILT_IN_SINCE,
        version=_BUILT_IN_SINCE.strftime("%Y%m%d"),
        source=Source(f"{DISTRIBUTION} {distribution.version}", addresses[0].rpartition(" ")[2]),
        sha256=digest_of(files),
        recorded_at=None,
        root=root,
        files=files,
        schematrons={"main": _BUILT_IN_MAIN},
    )


def _write(folder: Path, manifest: Manifest, contents: Mapping[str, bytes]) -> None:
    for path, data in contents.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _MANIFEST).write_bytes(_encode(manifest))


def _encode(manifest: Manifest) -> bytes:
    return msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n"


_MANIFESTS: Final = msgspec.json.Decoder(Manifest)


def _read_manifest(folder: Path) -> Manifest:
    try:
        manifest = _MANIFESTS.decode((folder / _MANIFEST).read_bytes())
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise problem("pack.damaged", name=folder.name, detail=f"{_MANIFEST}: {error}") from error
    faults = {
        "name": manifest.name == folder.name,
        "files": all(_inside(path) for path in manifest.files),
        "schematrons": set(manifest.schematrons.values()) <= set(manifest.files),
        "sha256": manifest.sha256 == digest_of(manifest.files),
    }
    if wrong := [name for name, sound in faults.items() if not sound]:
        raise problem("pack.damaged", name=folder.name, detail=f"{_MANIFEST}: {', '.join(wrong)}")
    return manifest


def _inside(path: str) -> bool:
    return not path.startswith("/") and ".." not in path.split("/")


def _pack(manifest: Manifest, folder: Path) -> Pack:
    return Pack(
        name=manifest.name,
        kind=manifest.kind,
        since=manifest.since,
        version=manifest.version,
        source=Source(manifest.title, manifest.address),
        sha256=manifest.sha256,
        recorded_at=manifest.recorded_at,
        root=folder,
        files=manifest.files,
        schematrons=manifest.schematrons,
        state=manifest.state,
        taken_from=manifest.taken_from,
        notes=manifest.notes,
    )
