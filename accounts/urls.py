"""Addresses of home, the demo's sign-in, access cards, patients' identity and the clinic's pages."""

from django.urls import include, path

from accounts.views import cards, clinic, home, invitations, patients, staff

accounts_urls = [
    path("card/", cards.typed, name="card"),
    path("card/signed-out/", cards.signed_out, name="signed-out"),
    path("card/<str:code>/", cards.opened, name="card-open"),
    path("confirm-me/", cards.confirm_me, name="confirm-me"),
    path("patients/add/", patients.add, name="patient-add"),
    path("patients/<uuid:patient_id>/added/", patients.added, name="patient-added"),
    path("patients/<uuid:patient_id>/edit/", patients.edit, name="patient-edit"),
    path("patients/<uuid:patient_id>/discharge/", patients.discharge, name="patient-discharge"),
    path("patients/<uuid:patient_id>/return/", patients.bring_back, name="patient-return"),
    path("patients/<uuid:patient_id>/card/", patients.card, name="patient-card"),
    path("patients/<uuid:patient_id>/card/revoke/", patients.card_revoke, name="patient-card-revoke"),
    path("patients/<uuid:patient_id>/devices/", patients.patient_devices, name="patient-devices"),
    path("patients/<uuid:patient_id>/devices/<uuid:device_id>/end/", patients.device_end, name="device-end"),
    path("invitation/<str:token>/", invitations.accept, name="invitation"),
    path("clinic/", clinic.overview, name="clinic"),
    path("clinic/settings/", clinic.clinic_settings, name="clinic-settings"),
    path("clinic/staff/invite/", staff.invite, name="staff-invite"),
    path("clinic/invitations/<uuid:invitation_id>/revoke/", staff.invitation_revoke, name="invitation-revoke"),
    path("clinic/staff/<uuid:staff_id>/", staff.member, name="staff-member"),
    path("clinic/staff/<uuid:staff_id>/deactivate/", staff.deactivate, name="staff-deactivate"),
    path("clinic/staff/<uuid:staff_id>/activate/", staff.activate, name="staff-activate"),
    path("clinic/staff/<uuid:staff_id>/reset-second-step/", staff.reset_second_step, name="staff-reset-second-step"),
    path("clinic/staff/<uuid:staff_id>/hand-over/", staff.hand_over, name="staff-hand-over"),
]

urlpatterns = [
    path("", home.home, name="home"),
    path("demo/sign-in/<str:role>/", home.demo_sign_in, name="demo-sign-in"),
    path("", include((accounts_urls, "accounts"))),
]
