"""Where PostgreSQL takes no more connections callers are told to come again, and afterwards everything goes on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager

import httpx
import psycopg

from platform_installation import Installation, installation, wait_until
from platform_journeys import counts, portal_of, received_twice, rest, untrue, wrong_numbers
from platform_production import Production, production

COUNT = 60
_MOST = 40
_TAKEN = "SELECT count(*) FROM pg_stat_activity WHERE usename = 'ulak' AND NOT pid = ANY (%s)"
_END = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'ulak' AND NOT pid = ANY (%s)"


def test_callers_are_told_and_what_was_taken_in_arrives_once_there_are_connections_again() -> None:
    with production(connections=_MOST) as server, installation(DATABASE_URL=server.url, ULAK_WORKERS="1") as both:
        platform, merkez = both
        ardic, _ = platform.told("set-up", str(10 * COUNT))
        erp = {"Authorization": f"Bearer {key_of(platform)}"}
        feeder = platform.beside("feed", ardic, str(COUNT), *portal_of(merkez), "7")
        wait_until(merkez.envelopes, 180)
        with all_taken(server):
            assert ready(platform) == (503, False)
            for method in ("GET", "POST"):
                refused = httpx.request(method, f"{platform.url}/api/v1/documents", headers=erp, trust_env=False)
                assert (refused.status_code, refused.json()["code"]) == (503, "api.unavailable")
                assert refused.headers["Retry-After"]
            assert platform.is_up(), "it answers all the same"
        taken = feeder.communicate(timeout=180)[0].split()
        assert feeder.returncode == 0
        wait_until(lambda: ready(platform) == (200, True), 180)
        assert httpx.get(f"{platform.url}/api/v1/documents", headers=erp, trust_env=False).status_code == 200
        rest(platform, merkez, 300)
        assert counts(platform) == {"delivered": len(set(taken))} == {"delivered": COUNT}
        assert untrue(platform, merkez) == received_twice(platform) == []
        assert wrong_numbers(platform) == ""
        assert platform.process.poll() is None


def key_of(platform: Installation) -> str:
    number = platform.sql("SELECT number FROM taxpayers_taxpayer ORDER BY id LIMIT 1")[0][0]
    scopes = ("--scope", "documents.read", "--scope", "documents.write")
    made = platform.command("api-key", "new", "--taxpayer", number, "--name", "ERP", *scopes)
    assert made.returncode == 0, made.stderr
    return made.stdout.strip()


def ready(platform: Installation) -> tuple[int, bool]:
    answer = httpx.get(f"{platform.url}/ready", timeout=30, trust_env=False)
    return answer.status_code, answer.json()["checks"]["database"]


@contextmanager
def all_taken(server: Production) -> Iterator[None]:
    """Somebody else has every connection, and the platform none."""
    with ExitStack() as stack:
        admin = stack.enter_context(closing(server.connected()))
        mine: list[int] = []
        while not mine or admin.execute(_TAKEN, [mine]).fetchone() != (0,):
            admin.execute(_END, [mine])
            mine += hoard(server, stack)
        yield


def hoard(server: Production, stack: ExitStack) -> list[int]:
    """Take connections until none is left; their processes."""
    found: list[int] = []
    while True:
        try:
            one = psycopg.connect(server.url, autocommit=True)
        except psycopg.OperationalError:
            return found
        stack.callback(one.close)
        found.append(one.info.backend_pid)
