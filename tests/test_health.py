"""The health endpoint says whether the application can serve, and nothing else."""

import pytest
from django.db.migrations.recorder import MigrationRecorder
from pytest_django import DjangoAssertNumQueries

from tests.strict import StrictClient


@pytest.mark.django_db
def test_ok_when_database_and_migrations_are_in_order(strict_client: StrictClient) -> None:
    answer = strict_client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok")
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_one_query_and_no_session(
    strict_client: StrictClient, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    strict_client.get("/healthz")
    with django_assert_max_num_queries(2):
        answer = strict_client.get("/healthz")
    assert not answer.cookies


@pytest.mark.django_db
def test_503_without_data_when_a_migration_is_missing(strict_client: StrictClient) -> None:
    MigrationRecorder.Migration.objects.filter(app="accounts").delete()
    answer = strict_client.get("/healthz")
    assert answer.status_code == 503
    assert b"accounts" not in answer.content


def test_503_when_the_database_does_not_answer(strict_client: StrictClient, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db.utils import OperationalError

    def broken(self: object) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(MigrationRecorder, "applied_migrations", broken)
    answer = strict_client.get("/healthz")
    assert answer.status_code == 503
    assert b"gone" not in answer.content


@pytest.mark.django_db
def test_health_takes_no_post(strict_client: StrictClient) -> None:
    assert strict_client.post("/healthz").status_code == 405
