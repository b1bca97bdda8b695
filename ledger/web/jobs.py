"""How far a job is: a page that tells by itself, and a fragment for htmx."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from ledger.actions import jobs
from ledger.models.jobs import OVER, Job
from ledger.queries import own_records, uploads
from ledger.web.access import only_sent

#: htmx stops asking when it is answered with this.
STOP_ASKING = 286


@login_required
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    job = get_object_or_404(Job, pk=pk, requested_by=request.user)
    is_over = job.state in OVER
    context = {"job": job, "is_over": is_over, "upload": uploads.of_job(job), "own_record": own_records.of_job(job)}
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "ledger/jobs/_progress.html", context, status=STOP_ASKING if is_over else 200)
    return render(request, "ledger/jobs/progress.html", context)


@login_required
@only_sent
def again(request: HttpRequest, pk: int) -> HttpResponse:
    job = get_object_or_404(Job, pk=pk, requested_by=request.user)
    jobs.again(job=job, at=timezone.now())
    return redirect("ledger:job", pk)
