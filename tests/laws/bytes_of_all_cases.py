"""One digest over what the engine says to every worked case of the city, trace and marks included."""

from __future__ import annotations

from hashlib import sha256

from duixian.source.cases import read_cases
from tests.laws.real_city import engine, lianyungang


def digest() -> str:
    said = sha256()
    for case in read_cases(lianyungang()).cases:
        said.update(repr(engine().determine(case.dossier, case.as_of)).encode())
    return said.hexdigest()


if __name__ == "__main__":
    print(digest())
