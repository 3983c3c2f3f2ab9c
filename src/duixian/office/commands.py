"""``duixian office …`` (办公室命令): set up, fill for a demonstration, serve, verify. Django starts with the command that needs it."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer.main import get_command

if TYPE_CHECKING:
    from duixian.office.accounts.models import User
    from duixian.office.refusal import Refusal

app = typer.Typer(
    name="office",
    help="兑现办公室：企业库、认定批次、兑付、台账和接口。设置见 docs/reference/settings.md。",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
REFUSED = 1
"""The exit code of what cannot be done, and of a verification that found something."""


def run(args: Sequence[str]) -> int:
    """Run a command line of the office; gives its exit code."""
    from duixian.office.refusal import Refusal

    words = list(args) or ["--help"]
    try:
        return int(get_command(app).main(words, prog_name="duixian office", standalone_mode=False) or 0)
    except Refusal as refusal:
        return _told(refusal)
    except Exception as error:
        from duixian.office.obstacles import refusal_of

        if (obstacle := refusal_of(error)) is None:
            raise
        return _told(obstacle)


def _told(refusal: Refusal) -> int:
    """Say on standard error why it cannot be done."""
    told = "。".join(part for part in (refusal.what, refusal.why, refusal.fix) if part)
    typer.secho(f"duixian: {told}。", fg="red", err=True)
    return REFUSED


@app.command()
def migrate() -> None:
    """建立或升级数据库；可重复执行。"""
    _start_django()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    typer.secho(f"数据库已就绪：{_database()}", fg="green")


@app.command()
def demo(
    password: Annotated[str, typer.Option(help="全部演示账号用同一个密码；不写时各用随机密码")] = "",
    new_passwords: Annotated[bool, typer.Option(help="已有密码的演示账号也重设")] = False,
    enterprises: Annotated[int, typer.Option(help="虚构企业的家数")] = 3000,
) -> None:
    """填入虚构的城市、每种角色一个账号、首批认定和兑付事项；可重复执行。"""
    _start_django()
    from django.core.management import call_command

    from duixian.office.demo.fill import fill

    call_command("migrate", verbosity=0)
    found = fill(enterprises=enterprises, password=password, is_anew=new_passwords)
    typer.echo(
        f"虚构城市：企业 {found.enterprises} 家，事实 {found.facts} 条；"
        f"{found.run.title}得 {found.run.counts['rows']} 条结果，兑付事项 {found.awards} 项。"
    )
    typer.secho("演示账号（密码只显示这一次）：", bold=True)
    for each in found.accounts:
        told = each.password or "（已设置，不再显示；--new-passwords 可重设）"
        line = f"  {_padded(each.name, 10)}{_padded(each.role, 12)}{_padded(told, 18)}{each.belongs}"
        typer.echo(line.rstrip())


@app.command()
def serve(
    port: Annotated[int, typer.Option(help="端口")] = 8000,
    host: Annotated[str, typer.Option(help="地址；对外服务请放在反向代理之后")] = "127.0.0.1",
    workers: Annotated[int, typer.Option(help="进程数，一般与处理器核数相同")] = 2,
) -> None:
    """启动服务，Ctrl-C 结束。"""
    _demand_servable(host, port, workers)
    _start_office()
    from django.conf import settings

    from duixian.office.city import city

    city()
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    typer.secho(
        f"接口 http://{host}:{port}/api/v1/openapi.json　后台 http://{host}:{port}/admin/", fg="green"
    )
    sys.stdout.flush()
    # This process becomes the server: signals reach it directly.
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", *gunicorn_options(host, port, workers)])


def _demand_servable(host: str, port: int, workers: int) -> None:
    """Go on only where the address can be listened at.

    Raises:
        Refusal: ``serve-impossible``.
    """
    import socket

    from duixian.office.refusal import Refusal

    if not 1 <= port <= 65_535 or workers < 1:
        raise Refusal(
            "serve-impossible",
            "不能启动服务",
            why="端口应为 1 至 65535，进程数应不小于 1",
            fix="请改 --port 或 --workers",
        )
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        why = f"{host}:{port} 不能监听（{error.strerror or error}）"
        raise Refusal(
            "serve-impossible", "不能启动服务", why=why, fix="端口可能已被占用，请换 --port 或 --host"
        ) from error


def gunicorn_options(host: str, port: int, workers: int) -> list[str]:
    """How the server runs: a process for each core, in each some threads, so that waiting for the database costs nobody else.

    A run of a whole city answers after half a minute; a thread that waits so long is not taken for dead.
    """
    return [
        "duixian.office.wsgi:application",
        f"--bind={host}:{port}",
        f"--workers={workers}",
        "--worker-class=gthread",
        "--threads=4",
        "--timeout=120",
        "--graceful-timeout=60",
        "--keep-alive=5",
        "--max-requests=20000",
        "--max-requests-jitter=2000",
        "--worker-tmp-dir=/dev/shm" if Path("/dev/shm").is_dir() else "--preload",
        "--log-level=warning",
    ]


@app.command()
def verify() -> int:
    """核验审计链、台账、每个认定批次和每个存档文件；有问题时退出码为 1。"""
    _start_office()
    from duixian.office.whole_office import verify_office

    is_green = True
    for each in verify_office():
        is_green &= not each.complaints
        sign, colour = ("✗", "red") if each.complaints else ("✓", "green")
        typer.secho(f"{sign} {each.part}：核验 {each.count} 项，问题 {len(each.complaints)} 处", fg=colour)
        for complaint in each.complaints:
            typer.secho(f"    {complaint}", fg="red")
    return 0 if is_green else REFUSED


@app.command()
def tidy() -> None:
    """清理不再需要的东西：满期的幂等答复、过期会话、中断的请求留下的半截文件；宜每天执行。"""
    _start_office()
    from duixian.office.tidy import tidy as take_away

    for each in take_away():
        typer.echo(f"{each.part}：清理 {each.count} 项")


@app.command()
def createuser(
    name: Annotated[str, typer.Argument(help="账号名")],
    role: Annotated[
        str, typer.Option(help="角色代码，如 county_officer；不写时为系统管理员")
    ] = "administrator",
    by: Annotated[str, typer.Option(help="由哪个系统管理员开立；开立第一个系统管理员时不写")] = "",
    area: Annotated[str, typer.Option(help="县区经办的地区")] = "",
    unit: Annotated[str, typer.Option(help="单位")] = "",
    enterprise: Annotated[str, typer.Option(help="企业账号的统一社会信用代码")] = "",
    password: Annotated[bool, typer.Option("--password", help="现在就输入密码；不写时给出邀请码")] = False,
) -> None:
    """开立账号，给出设密码的邀请码。"""
    _start_office()
    from duixian.office.accounts.invitations import take_up

    user, code = _opened(name, role, by, area=area, unit=unit, enterprise_code=enterprise)
    if password:
        take_up(user.username, code, typer.prompt("密码", hide_input=True, confirmation_prompt="再输一次"))
        typer.secho(f"账号“{user.username}”（{user.get_role_display()}）已开立", fg="green")
    else:
        typer.secho(
            f"账号“{user.username}”（{user.get_role_display()}）已开立，邀请码（只显示这一次）：{code}",
            fg="green",
        )


def _opened(name: str, role: str, by: str, **placement: str) -> tuple[User, str]:
    from duixian.office.accounts.actor import actor_of
    from duixian.office.accounts.invitations import invite, invite_first_administrator
    from duixian.office.accounts.models import Role, User
    from duixian.office.accounts.open_account import open_account, open_first_administrator
    from duixian.office.refusal import NotThere

    if not by and role == Role.ADMINISTRATOR:
        first = open_first_administrator(name)
        return first, invite_first_administrator(first)
    administrator = User.objects.filter(username=by, is_active=True).first()
    if administrator is None:
        raise NotThere("not-there", "没有这个系统管理员", fix="用 --by 写明由哪个系统管理员开立")
    actor = actor_of(administrator)
    user = open_account(actor, name=name, role=role, **placement)
    return user, invite(actor, user.pk)


def _start_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "duixian.office.settings")
    import django

    django.setup()


def _start_office() -> None:
    """Start Django for work on the tables, which must be there.

    Raises:
        Refusal: ``not-migrated``.
    """
    _start_django()
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from duixian.office.refusal import Refusal

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise Refusal("not-migrated", "数据库还没有建立，或者需要升级", fix="请先运行 duixian office migrate")


def _database() -> str:
    from django.db import connection

    return f"{connection.vendor} {Path(str(connection.settings_dict['NAME'])).name}"


def _padded(text: str, width: int) -> str:
    """A text with blanks behind it; a Chinese character takes two columns."""
    taken = sum(2 if ord(each) > 0x2E80 else 1 for each in text)
    return text + " " * max(width - taken, 1)
