"""Addresses of plans."""

from django.urls import path

from simpul.plans.views import plans, steps, taking

app_name = "plans"
HERE = "perpustakaan/<str:code>/rencana/"
ONE = HERE + "<uuid:id>/"
STEP = ONE + "langkah/<uuid:step>/"
EVIDENCE = ONE + "bukti/<uuid:evidence>/"
urlpatterns = [
    path(HERE, plans.plans, name="list"),
    path(HERE + "baru/", plans.plan_new, name="new"),
    path(ONE, plans.plan, name="plan"),
    path(ONE + "ubah/", plans.edit, name="edit"),
    path(ONE + "papan/", plans.flip_chart, name="flip_chart"),
    path(ONE + "papan/baru/", plans.flip_chart_new, name="flip_chart_new"),
    path(ONE + "tertanda/", plans.signed_paper, name="signed_paper"),
    path(ONE + "serahkan/", plans.hand_in, name="hand_in"),
    path(ONE + "draf/", plans.take_back, name="take_back"),
    path(ONE + "mengetahui/", plans.acknowledge, name="acknowledge"),
    path(ONE + "tutup/", plans.close, name="close"),
    path(ONE + "buka/", plans.reopen, name="reopen"),
    path(ONE + "revisi/", plans.revisions, name="revisions"),
    path(ONE + "pantauan/<uuid:follow_up>/", plans.follow_up, name="follow_up"),
    path(ONE + "cetak/", taking.paper, name="paper"),
    path(ONE + "unduhan/", taking.sheet, name="sheet"),
    path(ONE + "langkah/", steps.step_new, name="step_new"),
    path(STEP, steps.step_edit, name="step_edit"),
    path(STEP + "mulai/", steps.step_begin, name="step_begin"),
    path(STEP + "selesai/", steps.step_done, name="step_done"),
    path(STEP + "bukti/", steps.step_proof, name="step_proof"),
    path(STEP + "tidak-selesai/", steps.step_leave, name="step_leave"),
    path(STEP + "lagi/", steps.step_reopen, name="step_reopen"),
    path(STEP + "keluarkan/", steps.step_remove, name="step_remove"),
    path(STEP + "masukkan/", steps.step_restore, name="step_restore"),
    path(EVIDENCE + "berkas/", steps.evidence_file, name="evidence_file"),
    path(EVIDENCE + "coret/", steps.evidence_void, name="evidence_void"),
    path("kota/rencana/", taking.city, name="city"),
]
