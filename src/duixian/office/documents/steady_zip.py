"""Office files with the same bytes whenever they are made (稳定打包): fixed times, parts in one order."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_FIRST = "[Content_Types].xml"
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_PROPERTIES = "docProps/core.xml"
_WRITTEN = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def steady(content: bytes) -> bytes:
    """The same archive without the times at which it was written and packed."""
    packed = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(packed, "w", ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda each: (each != _FIRST, each)):
            info = ZipInfo(name, _NO_TIME)
            info.compress_type = ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            part = source.read(name)
            if name == _PROPERTIES:
                part = _WRITTEN.sub(rb"\g<1>1980-01-01T00:00:00Z", part)
            target.writestr(info, part)
    return packed.getvalue()
