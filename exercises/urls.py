"""Public addresses of the catalogue."""

from django.urls import path

from exercises import views

app_name = "exercises"
urlpatterns = [
    path("", views.exercise_list, name="list"),
    path("pictures/<uuid:picture_id>/", views.picture, name="picture"),
    path("figures/<int:drawing>/<str:digest>/<str:kind>.svg", views.figure, name="figure"),
    path("<slug:slug>/", views.exercise_detail, name="detail"),
]
