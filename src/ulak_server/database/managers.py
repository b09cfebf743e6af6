"""Managers that refuse to look at tenants' rows outside of a scope."""

from __future__ import annotations

from typing import TypeVar

from django.db import models

from ulak_server.database import scope

__all__ = ["TenantManager"]

M = TypeVar("M", bound=models.Model)


class TenantManager(models.Manager[M]):
    """The manager of every model with a taxpayer."""

    def get_queryset(self) -> models.QuerySet[M]:
        scope.current()
        return super().get_queryset()
