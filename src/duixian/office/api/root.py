"""The root of the API (接口总入口): all routers under ``/api/v1/``, one way of signing in, one form of refusal."""

from __future__ import annotations

from ninja import NinjaAPI

api = NinjaAPI(title="兑现 Duixian", version="1", urls_namespace="api")
