"""Every address of the office. The pages come later; the API is at ``/api/v1/``, the administration at ``/admin/``.

``/oidc/`` is there only where a city has its own single sign-on.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from duixian.office.api.root import urls

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", urls),
    path("admin/", admin.site.urls),
]
if settings.HAS_SINGLE_SIGN_ON:
    urlpatterns.append(path("oidc/", include("mozilla_django_oidc.urls")))
