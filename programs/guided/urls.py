"""Addresses of the patient's part."""

from django.urls import path

from programs.guided import api, logbook, views

app_name = "guided"
urlpatterns = [
    path("today/", views.today, name="today"),
    path("today/rest/", views.rest, name="rest"),
    path("today/seen/", views.seen, name="seen"),
    path("sessions/<uuid:session_id>/", views.session, name="session"),
    path("sessions/<uuid:session_id>/events/", api.events, name="events"),
    path("sessions/<uuid:session_id>/log/", logbook.log, name="log"),
]
