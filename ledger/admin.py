"""The ledger in the admin, to be looked at: whatever changes it goes through the pages and their actions."""

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from ledger.models import (
    Account,
    Agreement,
    AgreementStep,
    Book,
    Claim,
    Closing,
    Delivery,
    Entry,
    Event,
    Finding,
    FindingStep,
    Job,
    Posting,
    Reconciliation,
    Unit,
    Upload,
)


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic only for the type checker
    """Shows; adds, changes and deletes nothing."""

    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    """Events."""

    list_display = ("id", "booked_on", "happened_on", "kind", "memo", "agreement")
    list_filter = ("kind",)
    list_select_related = False


@admin.register(Posting)
class PostingAdmin(ReadOnlyAdmin):
    """Postings."""

    list_display = ("event_id", "line", "account", "amount", "quantity")
    list_select_related = ("account",)


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    """Jobs."""

    list_display = ("id", "kind", "state", "attempts", "done", "total", "created_at", "finished_at")
    list_filter = ("kind", "state")


admin.site.register(
    [
        Account,
        Agreement,
        AgreementStep,
        Book,
        Claim,
        Closing,
        Delivery,
        Entry,
        Finding,
        FindingStep,
        Reconciliation,
        Unit,
        Upload,
    ],
    ReadOnlyAdmin,
)
