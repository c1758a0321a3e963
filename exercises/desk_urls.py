"""Addresses of the catalogue editors."""

from django.urls import path

from exercises import desk_views as views
from exercises import figure_views

app_name = "desk"
urlpatterns = [
    path("", views.desk_list, name="list"),
    path("add/", views.add, name="add"),
    path("exercises/<uuid:exercise_id>/", views.exercise, name="exercise"),
    path("exercises/<uuid:exercise_id>/draft/", views.start_draft, name="start-draft"),
    path("exercises/<uuid:exercise_id>/retire/", views.retire, name="retire"),
    path("exercises/<uuid:exercise_id>/bring-back/", views.bring_back, name="bring-back"),
    path("versions/<uuid:version_id>/", views.preview, name="preview"),
    path("versions/<uuid:version_id>/edit/", views.edit, name="edit"),
    path("versions/<uuid:version_id>/figure/", figure_views.edit_figure, name="figure"),
    path("versions/<uuid:version_id>/publish/", views.publish, name="publish"),
    path("versions/<uuid:version_id>/discard/", views.discard, name="discard"),
]
