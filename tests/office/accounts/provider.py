"""A small OpenID Connect provider, real over HTTP: one person, codes that hold once, PKCE, tokens signed by RS256."""

from __future__ import annotations

import hashlib
import json
import secrets
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any
from urllib.parse import urlencode

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

CLIENT, SECRET = "duixian-office", "between us"


class Provider:
    """The provider (统一身份认证平台). Tests change what it says: ``person``, ``claims``, ``token``, ``key``."""

    def __init__(self) -> None:
        self.key = self.published = generate_private_key(65537, 2048)
        self.claims: dict[str, Any] = {"sub": "u-518"}
        self.token: dict[str, Any] = {}
        self.is_down = False
        self.codes: dict[str, dict[str, str]] = {}
        self.address = ""

    def __call__(self, environ: dict[str, Any], start: Any) -> Any:
        """The provider as a WSGI application."""
        request = Request(environ)
        if self.is_down and request.path != "/authorize":
            return Response("down", 503)(environ, start)
        answers = {"/authorize": self._authorize, "/token": self._token, "/me": self._me, "/keys": self._keys}
        return answers[request.path](request)(environ, start)

    def _authorize(self, request: Request) -> Response:
        """The person agrees at once, and is sent back with a code."""
        asked = dict(request.args)
        assert (asked["client_id"], asked["response_type"]) == (CLIENT, "code")
        assert asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        back = urlencode({"code": code, "state": asked["state"]})
        return Response(status=302, headers={"Location": f"{asked['redirect_uri']}?{back}"})

    def _token(self, request: Request) -> Response:
        said = dict(request.form)
        asked = self.codes.pop(said["code"], None)
        if asked is None or (said["client_id"], said["client_secret"]) != (CLIENT, SECRET):
            return _json({"error": "invalid_grant"}, 400)
        challenge = urlsafe_b64encode(hashlib.sha256(said["code_verifier"].encode()).digest()).rstrip(b"=")
        if challenge.decode() != asked["code_challenge"] or said["redirect_uri"] != asked["redirect_uri"]:
            return _json({"error": "invalid_grant"}, 400)
        return _json(
            {"access_token": "at", "token_type": "Bearer", "id_token": self._id_token(asked["nonce"])}
        )

    def _id_token(self, nonce: str) -> str:
        now = int(time.time())
        said = {
            "iss": self.address, "aud": CLIENT, "sub": "u-518", "iat": now, "exp": now + 300, "nonce": nonce,
        }  # fmt: skip
        return jwt.encode(said | self.token, self.key, "RS256", headers={"kid": "k1"})

    def _me(self, request: Request) -> Response:
        assert request.headers["Authorization"] == "Bearer at"
        return _json(self.claims)

    def _keys(self, request: Request) -> Response:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(_public(self.published)))
        return _json({"keys": [public | {"kid": "k1", "alg": "RS256", "use": "sig"}]})


def another_key() -> RSAPrivateKey:
    """A key that the provider does not publish."""
    return generate_private_key(65537, 2048)


@contextmanager
def serving() -> Iterator[Provider]:
    """The provider at an address of this machine, for as long as it is needed."""
    provider = Provider()
    server = make_server("127.0.0.1", 0, provider, threaded=True)
    provider.address = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _public(key: RSAPrivateKey) -> Any:
    return key.public_key()


def _json(said: object, status: int = 200) -> Response:
    return Response(json.dumps(said), status, content_type="application/json")
