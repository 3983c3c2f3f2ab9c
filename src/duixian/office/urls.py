"""Every address of the office. The pages come later; the API is at ``/api/``, the administration at ``/admin/``."""

from __future__ import annotations

from django.contrib import admin
from django.urls import URLPattern, URLResolver, path

from duixian.office.api.root import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/", api.urls),
    path("admin/", admin.site.urls),
]
