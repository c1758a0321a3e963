"""Addresses of the prescriber's part."""

from django.urls import path, register_converter

from programs.changes import DAYS
from programs.prescribing import item_views, profile_views, sheet_views, views


class DayConverter:
    """A day of a program: any other is no address."""

    regex = "|".join(DAYS)

    def to_python(self, value: str) -> str:
        """The day as it stands."""
        return value

    def to_url(self, value: str) -> str:
        """The day as it stands."""
        return value


register_converter(DayConverter, "day")

app_name = "prescribing"
PATIENT = "patients/<uuid:patient_id>/"
ITEM = f"{PATIENT}program/<day:day>/<slug:exercise>/"

urlpatterns = [
    path(f"{PATIENT}profile/", profile_views.profile, name="profile"),
    path(f"{PATIENT}program/", views.draft, name="draft"),
    path(f"{PATIENT}program/assemble/", views.assemble, name="assemble"),
    path(f"{PATIENT}program/change/", views.change, name="change"),
    path(f"{PATIENT}program/by-hand/", views.by_hand, name="by-hand"),
    path(f"{PATIENT}program/discard/", views.discard, name="discard"),
    path(f"{PATIENT}program/week/", views.week, name="week"),
    path(f"{PATIENT}program/ok/", views.ok, name="ok"),
    path(f"{PATIENT}program/add/", views.add, name="add"),
    path(f"{PATIENT}program/check/", views.check, name="check"),
    path(f"{PATIENT}program/print/", sheet_views.sheet, name="sheet"),
    path(f"{ITEM}dose/", item_views.dose, name="item-dose"),
    path(f"{ITEM}swap/", item_views.swap, name="item-swap"),
    path(f"{ITEM}move/", item_views.move, name="item-move"),
    path(f"{ITEM}note/", item_views.note, name="item-note"),
    path(f"{ITEM}parts/", item_views.parts, name="item-parts"),
    path(f"{ITEM}remove/", item_views.remove, name="item-remove"),
    path(f"{ITEM}restore/", item_views.restore, name="item-restore"),
    path(f"{ITEM}allow/", item_views.allow, name="item-allow"),
]
