"""What a process keeps to be quick never takes more than its room, whoever asks for what, in however many threads."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from kept_stores import forget_all
from ulak.kept import ENTRY, Kept, holdings
from ulak.render import Design, stylesheet
from ulak.render.embedding import stylesheet_reference
from ulak.rules.remembered import Remembered
from ulak_server.archive.squeezing import Squeezer
from ulak_server.operations.gathering import Watch

MB = 1 << 20
STEPS = st.lists(
    st.tuples(st.sampled_from(("put", "get", "take", "obtain")), st.integers(0, 8), st.integers(0, 3_000)), max_size=60
)


def filled(room: int) -> Kept[int, bytes]:
    return Kept[int, bytes]("tests", room, len)


@given(steps=STEPS, room=st.integers(0, 6 * ENTRY))
def test_a_store_holds_what_was_put_last_and_never_more_than_its_room(
    steps: list[tuple[str, int, int]], room: int
) -> None:
    store, newest = filled(room), dict[int, bytes]()
    for verb, key, size in steps:
        value = bytes(size)
        if verb == "put":
            store.put(key, value)
            newest[key] = value
        elif verb == "obtain":
            found = store.obtain(key, lambda value=value: value)  # type: ignore[misc]
            assert found in (value, newest.get(key))
            newest[key] = found
        else:
            held = store.get(key) if verb == "get" else store.take(key)
            assert held is None or held == newest[key]
            if verb == "take":
                assert store.get(key) is None
        assert store.bytes <= room
        assert (store.bytes == 0) is (store.entries == 0)
    kept = [held for key in range(9) if (held := store.get(key)) is not None]
    assert store.bytes == sum(map(len, kept)) + ENTRY * len(kept)


def test_what_was_used_last_stays() -> None:
    store = filled(3 * ENTRY)
    for key in (1, 2, 3):
        store.put(key, b"")
    assert store.get(1) == b""
    store.put(4, b"")
    assert [key for key in (1, 2, 3, 4) if store.get(key) is not None] == [1, 3, 4]


def test_what_is_larger_than_all_room_leaves_the_others_alone() -> None:
    store = filled(10 * ENTRY)
    store.put(1, b"small")
    store.put(2, bytes(10 * ENTRY))
    assert (store.get(1), store.get(2)) == (b"small", None)


def test_what_nobody_asks_for_goes_after_its_rest() -> None:
    now = [0.0]
    store = Kept[str, bytes]("tests", 10 * ENTRY, len, rest=60, clock=lambda: now[0])
    store.put("superseded", b"..")
    store.put("usual", b".")
    for now[0] in (30.0, 60.0):
        assert store.get("usual") == b"."
        assert store.entries == 2
    now[0] = 61.0
    assert store.get("usual") == b"."
    assert (store.entries, store.bytes) == (1, ENTRY + 1)
    assert store.get("superseded") is None
    store.put("superseded", b"..")
    store.clear()
    store.put("usual", b".")
    assert (store.entries, store.bytes) == (1, ENTRY + 1)


def test_threads_find_their_own_values_and_leave_the_count_right() -> None:
    store = filled(40 * ENTRY)

    def work(seed: int) -> bool:
        drawn, good = random.Random(seed), True
        for _ in range(2_000):
            key = drawn.randrange(60)
            good &= store.obtain(key, lambda key=key: bytes([key]) * 50) == bytes([key]) * 50  # type: ignore[misc]
            if not drawn.randrange(20):
                store.take(key)
        return good

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(work, range(8)))
    assert store.bytes <= store.room
    assert store.bytes == store.entries * (ENTRY + 50)


def test_many_designs_and_dictionaries_stay_within_the_rooms_of_their_stores() -> None:
    forget_all()
    noise = random.Random(3)
    bodies = {}
    for at in range(150):
        made = stylesheet("invoice", Design(note_tr=f"{at} {noise.randbytes(300).hex()}"))
        stylesheet_reference(made, day="2026-11-22")
        squeezer = Squeezer(made + noise.randbytes(40_000).hex().encode())
        bodies[at] = squeezer, squeezer.squeeze(made)
        assert squeezer.expand(bodies[at][1]) == made
    told = {one.name: one for one in holdings()}
    assert {"render.stylesheets", "render.references", "archive.squeezers"} <= told.keys()
    assert all(one.bytes <= one.room for one in told.values())
    assert sum(told[name].room for name in told if name.startswith(("render.", "archive.squeezers"))) <= 20 * MB
    # What was forgotten is made again, and is the same.
    forget_all()
    assert all(squeezer.expand(small).startswith(b"<xsl:") for squeezer, small in bodies.values())


def test_with_no_room_at_all_the_same_is_made() -> None:
    design = Design(note_tr="Teşekkürler")
    before = stylesheet("invoice", design), stylesheet_reference(b"<x/>", day="2026-11-22")
    forget_all()
    assert (stylesheet("invoice", design), stylesheet_reference(b"<x/>", day="2026-11-22")) == before


def test_verdicts_on_values_are_forgotten_before_they_fill_the_memory() -> None:
    forget_all()
    rules = [Remembered(etree.XPath("boolean(number() > 0)"), "Amount") for _ in range(3)]
    for value in range(30_000):
        for rule in rules:
            assert rule._is_fine(str(value), 1) is (value > 0)
    told = next(one for one in holdings() if one.name == "rules.verdicts")
    assert told.entries == sum(len(rule.fine) for rule in rules)
    assert told.bytes <= told.room <= 16 * MB


def test_a_process_hands_memory_back_when_it_has_grown_and_not_again_and_again() -> None:
    sizes, released = [100 * MB, 190 * MB, 170 * MB, 172 * MB, 181 * MB, 175 * MB], list[int]()
    watch = Watch(lambda: released.append(1), lambda: sizes.pop(0))
    assert [watch.look() for _ in range(4)] == [100 * MB, 170 * MB, 172 * MB, 175 * MB]
    assert len(released) == 2
