"""The addresses of the whole site; those of design section 7 stay for good."""

from django.urls import include, path

from accounts.views.leaving import sign_out
from stenosis_pt import shell
from stenosis_pt.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("sw.js", shell.service_worker, name="service-worker"),
    path("offline/", shell.offline, name="offline"),
    path("app.webmanifest", shell.manifest, name="app-manifest"),
    path("account/logout/", sign_out, name="account_logout"),
    path("account/", include("allauth.urls")),
    path("", include("accounts.urls")),
    path("exercises/", include("exercises.urls")),
    path("desk/", include("exercises.desk_urls")),
    path("", include("programs.prescribing.urls")),
    path("", include("programs.guided.urls")),
    path("", include("programs.review.urls")),
]

handler400 = "stenosis_pt.errors.bad_request"
handler403 = "stenosis_pt.errors.forbidden"
handler404 = "stenosis_pt.errors.not_found"
handler500 = "stenosis_pt.errors.server_error"
