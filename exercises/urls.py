"""Public addresses of the catalogue."""

from django.urls import path

from exercises import figure_views, views

app_name = "exercises"
urlpatterns = [
    path("", views.exercise_list, name="list"),
    path("pictures/<uuid:picture_id>/", views.picture, name="picture"),
    path("figures/", figure_views.figures, name="figures"),
    path("figures/<slug:slug>/", figure_views.review, name="figure-review"),
    path("figures/<int:drawing>/<str:digest>/<str:kind>.svg", views.figure, name="figure"),
    path("<slug:slug>/", views.exercise_detail, name="detail"),
]
