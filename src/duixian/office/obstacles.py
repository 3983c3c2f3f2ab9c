"""What stands in the way from outside (外部障碍): a database that is not there, a city with errors. It is told as a refusal, since it is no
fault of the office."""

from __future__ import annotations

from django.db import Error, InterfaceError, OperationalError
from django.db.migrations.exceptions import InconsistentMigrationHistory

from duixian.office.city import UnreadableCity
from duixian.office.refusal import Refusal

_SQLITE = ("unable to open", "readonly", "locked", "disk", "not a database")
"""What SQLite says of its file and of the disk that it lies on; anything else that it says is a fault of ours."""
_ANOTHER_VERSION = "换一个空的 DUIXIAN_HOME 或 DATABASE_URL 重新建立，或者用建立它的版本打开"


def refusal_of(error: Exception) -> Refusal | None:
    """What a command is to tell of an error; None where it is a fault of the office's own."""
    if isinstance(error, UnreadableCity):
        return Refusal(
            "city-unreadable",
            f"政策文件有误，办公室不能使用：{error}",
            why="城市政策目录未通过检查",
            fix=f"请运行 duixian check {error} 并改正；DUIXIAN_CITY 指定另一个目录",
        )
    if isinstance(error, InconsistentMigrationHistory):
        return Refusal("another-version", "这个数据库是由另一个版本的兑现建立的", fix=_ANOTHER_VERSION)
    if isinstance(error, Error) and is_out_of_reach(error):
        return Refusal(
            "database-not-reached",
            "数据库连不上，或者不能读写",
            why=str(error).strip().partition("\n")[0],
            fix="请确认数据库已启动、账号和磁盘可用，核对 DATABASE_URL 和 DUIXIAN_HOME",
        )
    return None


def is_out_of_reach(error: Error) -> bool:
    """Whether the database did not answer, or cannot read or write: what it says of a statement is a fault of ours."""
    if type(error.__cause__).__module__.startswith("sqlite3"):
        return any(each in str(error) for each in _SQLITE)
    return isinstance(error, OperationalError | InterfaceError)
