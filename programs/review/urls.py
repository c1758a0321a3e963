"""Addresses of the therapist's review."""

from django.urls import path

from programs.review import views

app_name = "review"
urlpatterns = [
    path("patients/", views.patients, name="patients"),
    path("patients/<uuid:patient_id>/", views.patient, name="patient"),
    path("patients/<uuid:patient_id>/sessions/<uuid:session_id>/", views.session, name="session"),
    path("patients/<uuid:patient_id>/restart/", views.restart, name="restart"),
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/<uuid:alert_id>/acknowledge/", views.acknowledge, name="acknowledge"),
    path("inbox/<uuid:alert_id>/put-back/", views.put_back, name="put-back"),
    path("inbox/no-data/<uuid:patient_id>/acknowledge/", views.acknowledge_silence, name="acknowledge-silence"),
    path("locks/<uuid:lock_id>/release/", views.release, name="release"),
]
