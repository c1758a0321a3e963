"""Keeping the pictures of exercises: a new one, new words on its rights, and none that nobody shows."""

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.models import User
from exercises import pictures
from exercises.models import ExercisePicture


def store_picture(*, upload: UploadedFile, rights: str, by: User) -> ExercisePicture:
    """Make an uploaded picture anew and keep it. Raises ValidationError (see ``pictures.clean``)."""
    made = pictures.clean(upload)
    picture = ExercisePicture(
        clinic=by.clinic,
        content_type=made.content_type,
        width=made.width,
        height=made.height,
        rights=rights,
        uploaded_by=by,
    )
    picture.file.save(f"{picture.id}.webp", made.file, save=False)
    picture.save()
    return picture


def with_rights(*, picture: ExercisePicture, rights: str, by: User) -> ExercisePicture:
    """The picture with these rights: itself, or a new row on the same file: published ones keep theirs."""
    if rights == picture.rights:
        return picture
    return ExercisePicture.objects.create(
        clinic=picture.clinic,
        file=picture.file.name,
        content_type=picture.content_type,
        width=picture.width,
        height=picture.height,
        rights=rights,
        uploaded_by=by,
    )


def forget_unused(picture: ExercisePicture | None) -> None:
    """Remove a picture that no version shows (any more), and its file once that is committed.

    The file stays while another row is on it: the same picture with other words on its rights.
    """
    if picture is None:
        return
    with transaction.atomic():
        if not ExercisePicture.objects.filter(pk=picture.pk, versions=None).delete()[0]:
            return
        storage, name = picture.file.storage, picture.file.name
        if name and not ExercisePicture.objects.filter(file=name).exists():
            transaction.on_commit(lambda: storage.delete(name))
