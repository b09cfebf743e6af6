"""Entries move packages: the faces' role has no other way to what is left of one."""

from __future__ import annotations

from django.db import migrations

# Ids are the order of an account: whoever chose them could write an entry that is never the last, and take back later
# what it was never charged.
_NO_IDS = """
REVOKE INSERT ON credits_entry FROM ulak_web;
GRANT INSERT (taxpayer_id, at, what, amount, balance, document_id, kind, is_incoming, package_id, note, actor)
    ON credits_entry TO ulak_web
"""
_ADDS_UP = """
CREATE OR REPLACE FUNCTION ulak_credits_entry_adds_up() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    before numeric;
    standing numeric;
    there numeric;
BEGIN
    -- Whoever else writes into the account is waited for, so that what is read next is how it stands.
    PERFORM FROM credits_account a WHERE a.taxpayer_id = NEW.taxpayer_id FOR UPDATE;
    SELECT e.balance INTO before FROM credits_entry e
        WHERE e.taxpayer_id = NEW.taxpayer_id ORDER BY e.id DESC LIMIT 1;
    before := coalesce(before, 0);
    IF NEW.amount > 0 THEN
        SELECT -sum(e.amount) INTO standing FROM credits_entry e
            WHERE e.document_id = NEW.document_id AND e.taxpayer_id = NEW.taxpayer_id;
        IF NEW.package_id IS NULL THEN
            there := standing;
        ELSE
            -- What the last charge took from this package and did not get back; the newest one stands in for what
            -- was used beyond all packages.
            SELECT -sum(e.amount) INTO there FROM credits_entry e
                WHERE e.document_id = NEW.document_id AND e.taxpayer_id = NEW.taxpayer_id
                AND e.id > coalesce((SELECT max(r.id) FROM credits_entry r
                    WHERE r.document_id = NEW.document_id AND r.what = 'refunded' AND r.id < (
                        SELECT max(u.id) FROM credits_entry u
                        WHERE u.document_id = NEW.document_id AND u.what = 'used')), 0)
                AND (e.package_id = NEW.package_id OR (e.what = 'used' AND e.package_id IS NULL AND NEW.package_id = (
                    SELECT max(p.id) FROM credits_package p WHERE p.taxpayer_id = NEW.taxpayer_id)));
        END IF;
    END IF;
    IF NEW.balance <> before + NEW.amount
            OR NEW.amount > greatest(least(coalesce(standing, 0), coalesce(there, 0)), 0)
            OR (NEW.what = 'refunded') <> (NEW.amount > 0)
            -- Packages hold what the balance has above zero: they gain no more than it, and lose no less.
            OR (CASE WHEN NEW.package_id IS NULL THEN 0 ELSE NEW.amount END)
                > greatest(NEW.balance, 0) - greatest(before, 0) THEN
        RAISE EXCEPTION 'this entry of kontör does not add up' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
"""
# The account's row is written too: else two transactions that began at the same moment and read nothing anew
# (REPEATABLE READ) could both give the same back.
_MOVES = """
CREATE POLICY owner_moves ON credits_package TO CURRENT_USER USING (pg_trigger_depth() > 0);
CREATE POLICY owner_moves ON credits_account TO CURRENT_USER USING (pg_trigger_depth() > 0);
CREATE FUNCTION ulak_credits_entries_move() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    wanted bigint;
    moved bigint;
BEGIN
    SELECT count(DISTINCT (e.taxpayer_id, e.package_id)) INTO wanted FROM entered e WHERE e.package_id IS NOT NULL;
    UPDATE credits_package p SET remaining = p.remaining + m.amount
        FROM (SELECT e.taxpayer_id, e.package_id, sum(e.amount) AS amount FROM entered e GROUP BY 1, 2) m
        WHERE p.id = m.package_id AND p.taxpayer_id = m.taxpayer_id;
    GET DIAGNOSTICS moved = ROW_COUNT;
    IF moved <> wanted THEN
        RAISE EXCEPTION 'an entry of kontör is of no package of theirs' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE credits_account a SET balance = m.balance
        FROM (SELECT DISTINCT ON (e.taxpayer_id) e.taxpayer_id, e.balance FROM entered e
            ORDER BY e.taxpayer_id, e.id DESC) m
        WHERE a.taxpayer_id = m.taxpayer_id;
    PERFORM set_config('ulak.kontor_moved', 'on', true);
    RETURN NULL;
END $$;
CREATE TRIGGER entries_move AFTER INSERT ON credits_entry REFERENCING NEW TABLE AS entered FOR EACH STATEMENT
    WHEN (current_user = 'ulak_web') EXECUTE FUNCTION ulak_credits_entries_move();
"""
# Processes of the version before move packages themselves, behind their entries: that has been done by then, and is
# passed over. Whoever forges the mark has nothing but that.
_KEPT = """
CREATE FUNCTION ulak_credits_remaining_is_kept() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$ BEGIN
    IF current_setting('ulak.kontor_moved', true) IS DISTINCT FROM 'on' THEN
        RAISE EXCEPTION 'what is left of a package is what the entries say' USING ERRCODE = 'insufficient_privilege';
    END IF;
    NEW.remaining := OLD.remaining;
    RETURN NEW;
END $$;
CREATE TRIGGER remaining_is_kept BEFORE UPDATE OF remaining ON credits_package FOR EACH ROW
    WHEN (current_user = 'ulak_web') EXECUTE FUNCTION ulak_credits_remaining_is_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("credits", "0004_funds")]
    operations = [migrations.RunSQL(sql) for sql in (_NO_IDS, _ADDS_UP, _MOVES, _KEPT)]
