"""Who may do what in PostgreSQL: one role owns the tables and migrates, another one serves the pages and owns nothing.

The rules of `sql/` stop whoever writes wrongly; these rights stop whoever would take the rules away. SQLite has no
roles: there the file's owner can do anything, which `docs/operations.md` says.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.db import connection

from network import rules

#: Written by the rules alone, as their owner.
KEPT = {
    "ledger_entry",
    "ledger_accountbalance",
    "ledger_daybalance",
    "ledger_claimbalance",
    "ledger_flow",
    "ledger_fund",
    "ledger_fundline",
    "ledger_fundshare",
}
#: Written once by the program.
WRITTEN_ONCE = {
    "ledger_askedbalance",
    "ledger_balanceanswer",
    "ledger_balanceconfirmation",
    "ledger_balanceexplanation",
    "ledger_event",
    "ledger_posting",
    "ledger_cashcount",
    "ledger_claim",
    "ledger_closing",
    "ledger_yearclosing",
    "ledger_lawrate",
    "ledger_surplusdistribution",
    "ledger_yearbalance",
    "ledger_classification",
    "ledger_creditlimit",
    "ledger_demurragecharge",
    "ledger_demurragerate",
    "ledger_agreementstep",
    "ledger_findingstep",
    "ledger_funddecision",
    "ledger_fundterms",
    "ledger_hostedcost",
    "ledger_hostedperiod",
    "ledger_machineuse",
    "ledger_materialcost",
    "ledger_materialmove",
    "ledger_matchpart",
    "ledger_purchasehandover",
    "ledger_purchasepart",
    "ledger_recordline",
    "ledger_sampledentry",
    "ledger_sharedact",
    "ledger_signoff",
    "ledger_stageprogress",
    "ledger_approvalthreshold",
    "ledger_unit",
    "ledger_measure",
    "ledger_seal",
    "ledger_sealedevent",
    "ledger_witness",
    "network_motion",
    "network_organizationchange",
    "network_resolution",
    "network_secondfactordecision",
    "reports_declaration",
    "reports_issuedpaper",
}
#: Of which these columns may change; a row that is to be held needs the right to change one.
SOME_COLUMNS = {
    "ledger_account": "is_closed",
    "ledger_assignment": "event_id",
    "ledger_book": "opened_on",
    "ledger_clearinground": "state, inputs, seed, solved, total, event_id, posted_on, reason",
    "ledger_contribution": "state, event_id, receipt, reason, reversal_asked_by_id",
    "ledger_creditact": "state, event_id, stock, reason, reversal_asked_by_id",
    "ledger_dispute": "other_version, answered_by_id, answered_on, mediator_id, mediates_for_id, advice, advised_on,"
    " outcome, correction_id, proposed_for_id, closed_by_id, closed_on",
    "ledger_finding": "expected, found, seen_at, owner_id, acceptance_id, closed_at",
    "ledger_fundact": "state, event_id, reason, reversal_asked_by_id",
    "ledger_hold": "released_at, ended_as",
    "ledger_machinebooking": "state, reason, ended_at",
    "ledger_ownrecord": "state, job_id, closed_by_id, closed_at",
    "ledger_purchase": "state, event_id, reason",
    "ledger_recordmatch": "state, accepted_by_id, accepted_at, undone_by_id, undone_at",
    "ledger_referredwork": "fee, vat",
    "ledger_listing": "renewed_on, expires_on, closed_on, closed_by_id, ending",
    "ledger_voucher": "voided_on, voided_by_id, reason",
    "ledger_roundclaim": "cancelled",
    "ledger_roundparty": "stance, reason, answered_on, answered_by_id, height, height_by_age, height_by_lot",
    "ledger_sharedpart": "said_by_id, undone_by_id",
    "network_admission": "until, ending, end_resolution_id, ended_by_id",
    "network_affiliation": "until, end_resolution_id, ended_by_id",
    "network_certificate": "withdrawn_at, withdrawn_by_id",
    "network_filing": "withdrawn_at, withdrawn_by_id",
    "network_invitation": "answer, reason, acceptance_id, answered_by_id, answered_on",
    "network_mandate": "ended_on, ending, end_resolution_id, ended_by_id, reason",
    "network_membership": "until, ended_by_id",
    "network_milestone": "withdrawn_at, withdrawn_by_id",
    "network_reminder": "sent_at",
    "network_visit": "pages, last_at",
    "network_workercount": "withdrawn_at, withdrawn_by_id",
    "reports_opening": "withdrawn_at, withdrawn_by_id",
    "reports_photo": "withdrawn_at, withdrawn_by_id, reason, caption",
    "reports_publication": "withdrawn_at, withdrawn_by_id",
}
#: Of the tables of books and paper, those outside the second wall (`sql/postgresql/95_wall.sql`), and why.
OUTSIDE_THE_WALL = {
    "ledger_book": "whether somebody keeps one is in the register",
    "ledger_fund": "its members read what became of what they gave",
    "ledger_fundterms": "its members read what was decided of it",
    "ledger_unit": "names of units",
    "ledger_lawrate": "percentages of law",
    "ledger_measure": "names of things",
    "ledger_listing": "made to be read by others",
    "ledger_listedword": "made to be read by others",
    "ledger_job": "its page asks who wanted it",
    "ledger_reconciliation": "when everything was last looked at",
    "ledger_reconciliationpart": "which books were looked at, and by which job",
    "ledger_verification": "when every seal was last looked at",
    "ledger_seal": "fingerprints, made to be shown around",
    "ledger_sealedevent": "fingerprints, made to be shown around",
    "ledger_witness": "fingerprints, made to be shown around",
    "reports_issuedpaper": "whoever holds a paper may ask for it, by its hash or its identifier; no figure is in it",
    "reports_opening": "made to be read by anybody",
    "reports_publication": "which papers are made to be read by anybody",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is not as it should be, in a sentence."""

    sentence: str


def grants(role: str) -> Iterator[str]:
    """Yield the statements that give a role what the program needs, and nothing more. The owner runs them."""
    name = connection.ops.quote_name(role)
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {name}"
    yield f"GRANT USAGE ON SCHEMA public TO {name}"
    yield f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {name}"
    yield f"GRANT SELECT ON django_migrations TO {name}"
    for table in tables():
        yield f"GRANT {_rights(table)} ON {connection.ops.quote_name(table)} TO {name}"


def tables() -> list[str]:
    """Return every table of the program."""
    models = apps.get_models(include_auto_created=True)
    caches = {str(each["LOCATION"]) for each in settings.CACHES.values() if "DatabaseCache" in each["BACKEND"]}
    return sorted({model._meta.db_table for model in models if model._meta.managed} | caches)


def _rights(table: str) -> str:
    if table in KEPT:
        return "SELECT"
    if table in WRITTEN_ONCE:
        return "SELECT, INSERT"
    if column := SOME_COLUMNS.get(table):
        return f"SELECT, INSERT, UPDATE ({column})"
    return "SELECT, INSERT, UPDATE, DELETE"


def to_wall() -> set[str]:
    """Return the tables that stand behind the second wall."""
    kept = {table for table in tables() if table.startswith(("ledger_", "reports_"))}
    return kept - OUTSIDE_THE_WALL.keys()


def problems() -> Iterator[Problem]:
    """Yield what is wrong with the rights of the role that this program runs as."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)")
        role, is_superuser = cursor.fetchone()
        if is_superuser:
            yield Problem(f"{role} is a superuser: no rule binds it. Run the program as an ordinary role.")
            return
        for table in sorted(to_wall() - rules.walled()):
            yield Problem(f"{table} stands outside the second wall: run `manage.py migrate` as the owner.")
        cursor.execute(
            "SELECT tablename FROM pg_tables"
            " WHERE schemaname = 'public' AND pg_has_role(current_user, tableowner, 'USAGE')"
        )
        for (table,) in cursor.fetchall():
            yield Problem(f"{role} owns {table}, and so could take its rules away. Let another role own it.")
        for table in sorted(KEPT | WRITTEN_ONCE):
            for right in ("UPDATE", "DELETE", "TRUNCATE", *(["INSERT"] if table in KEPT else [])):
                cursor.execute("SELECT has_table_privilege(current_user, %s, %s)", [table, right])
                if cursor.fetchone()[0]:
                    yield Problem(f"{role} may {right} on {table}. Run `manage.py grant_roles` again as the owner.")
