"""The words of refusals at the edge (接口层拒绝用语), in both languages: what the API itself refuses before any room is asked.

The rooms' own refusals carry their words themselves, in Chinese. Every code stands in ``docs/reference/refusals.md``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from duixian.office.refusal import Refusal
from duixian.wording import Language


class Words(NamedTuple):
    """What a refusal says (拒绝用语): what was found, why that is not possible, one thing to try."""

    what: str
    why: str = ""
    fix: str = ""


class Edge(NamedTuple):
    """A refusal of the edge: its HTTP status and its words."""

    status: int
    chinese: Words
    english: Words


EDGE: Mapping[str, Edge] = {
    "unreadable-request": Edge(
        400,
        Words("请求读不通", "内容不是合规的 JSON 或表单，或含有控制字符、非整数的数", "请检查请求内容的格式"),
        Words("The request cannot be read", "It is no proper JSON or form, or holds control characters or numbers that are not whole",
              "Check the format of the request"),
    ),
    "not-signed-in": Edge(
        401,
        Words("尚未登录", "此接口需要登录", "请登录，或在 Authorization 中提供接口令牌"),
        Words("Not signed in", "This route needs an account", "Sign in, or send a token in the Authorization header"),
    ),
    "token-invalid": Edge(
        401,
        Words("接口令牌无效", "令牌不存在、已过期、已撤销或账号已停用", "请换用有效的令牌"),
        Words("The token is not valid", "It does not exist, has expired, was revoked, or its account is closed", "Use a valid token"),
    ),
    "second-step-missing": Edge(
        401,
        Words("登录尚未完成", "该账号启用了动态口令", "请输入动态口令后再试"),
        Words("Signing in is not complete", "This account asks for a one-time code", "Give the one-time code and try again"),
    ),
    "csrf": Edge(
        403,
        Words("请求来源未通过核验", "会话登录的写操作须带 CSRF 令牌", "请从本系统页面操作，或改用接口令牌"),
        Words("The origin of the request could not be verified", "Writes within a session need a CSRF token",
              "Work from the pages of this office, or use a token"),
    ),
    "forbidden": Edge(
        403,
        Words("无权办理", "该账号的权限不含此动作", "请由有权的账号办理"),
        Words("Not allowed", "This account may not do that", "Ask an account that may"),
    ),
    "no-such-address": Edge(
        404,
        Words("没有这个地址", "接口中没有此路径", "请对照 /api/v1/openapi.json 检查路径"),
        Words("There is no such address", "The API has no such path", "Compare the path with /api/v1/openapi.json"),
    ),
    "method-not-allowed": Edge(
        405,
        Words("此地址不支持该方法", "可用的方法列在 Allow 中", "请改用 Allow 中的方法"),
        Words("This address does not take that method", "The Allow header lists those it takes", "Use one of them"),
    ),
    "too-large": Edge(
        413,
        Words("请求过大", "超过了系统允许的大小", "请拆分后再提交"),
        Words("The request is too large", "It exceeds what the office takes", "Send it in parts"),
    ),
    "invalid-request": Edge(
        422,
        Words("请求内容不符合要求", "有字段缺失、类型不符或超出范围", "请按 facts.problems 逐项改正"),
        Words("The request does not fit its schema", "A field is missing, of another type or out of range",
              "Mend what facts.problems lists"),
    ),
    "version-malformed": Edge(
        422,
        Words("If-Match 读不通", "应为读取时答复的 ETag，例如 \"3\"", "请使用最近一次读取的 ETag"),
        Words("If-Match cannot be read", "It should be the ETag of an answer, such as \"3\"", "Send the ETag that was last read"),
    ),
    "idempotency-key-malformed": Edge(
        422,
        Words("幂等键读不通", "Idempotency-Key 须为 1 至 120 个可见的 ASCII 字符", "请换一个幂等键，例如 UUID"),
        Words("The idempotency key cannot be read", "Idempotency-Key is 1 to 120 visible ASCII characters",
              "Use another one, such as a UUID"),
    ),
    "idempotency-key-reused": Edge(
        422,
        Words("幂等键已用于另一请求", "同一幂等键下的路径或内容不同", "不同的请求请使用不同的幂等键"),
        Words("The idempotency key was used for another request", "Path or content differ under the same key",
              "Use another key for another request"),
    ),
    "unknown-fact-kind": Edge(
        422,
        Words("没有这种事实", "词汇表中没有所给的事实种类", "请从 facts.known 中选用"),
        Words("There is no such kind of fact", "The vocabulary has no kind of that name", "Use one of facts.known"),
    ),
    "unreadable-dossier": Edge(
        422,
        Words("企业资料读不通", "有的内容与词汇表不符", "请按 facts.problems 逐项改正"),
        Words("The dossier cannot be read", "Some of it does not fit the vocabulary", "Mend what facts.problems lists"),
    ),
    "unknown-question": Edge(
        422,
        Words("没有这一口径或选项", "口径名称或选项不在本市的口径清单中", "请对照政策文件的口径清单"),
        Words("There is no such question or option", "The city's list of open questions does not have it",
              "Compare with the questions of the documents"),
    ),
    "no-such-document": Edge(
        404,
        Words("没有这份文件", "本市政策中没有此文号", "请从 /public/documents 中选用"),
        Words("There is no such document", "The city has no document of that number", "Use one of /public/documents"),
    ),
    "no-such-measure": Edge(
        404,
        Words("没有这一事项", "该文件中没有此事项编号", "请从 /public/measures 中选用"),
        Words("There is no such measure", "The document has no measure of that id", "Use one of /public/measures"),
    ),
    "too-many-requests": Edge(
        429,
        Words("请求过于频繁", "超过了公开接口的次数限制", "请按 Retry-After 稍后再试"),
        Words("Too many requests", "The limit of the public routes is reached", "Wait as Retry-After says"),
    ),
    "internal-error": Edge(
        500,
        Words("系统出错", "系统内部出现意外错误，已记录", "请稍后再试；仍不成功请联系管理员"),
        Words("Something went wrong", "An unexpected error happened and was logged", "Try again later, or tell the administrator"),
    ),
    "busy": Edge(
        503,
        Words("系统正忙", "数据正被其他办理占用", "请稍后用同一幂等键重试"),
        Words("The office is busy", "Somebody else's work holds the data", "Try again with the same idempotency key"),
    ),
    "database-not-reached": Edge(
        503,
        Words("系统暂不可用", "数据库连不上，或者不能读写", "请稍后用同一幂等键重试；仍不成功请联系管理员"),
        Words("The office is out of service", "The database does not answer, or cannot read or write",
              "Try again later with the same idempotency key, or tell the administrator"),
    ),
    "city-unreadable": Edge(
        503,
        Words("政策文件有误，暂不能使用", "城市政策目录未通过检查", "请管理员运行 duixian check 并改正"),
        Words("The policies cannot be used", "The city's folder has errors", "Let the administrator run duixian check and mend them"),
    ),
}  # fmt: skip
"""Every refusal of the edge, by its code."""

TITLES: Mapping[int, tuple[str, str]] = {
    400: ("请求读不通", "Bad request"),
    401: ("未登录", "Unauthorized"),
    403: ("无权办理", "Forbidden"),
    404: ("不存在", "Not found"),
    405: ("方法不支持", "Method not allowed"),
    409: ("状态冲突", "Conflict"),
    412: ("版本已变", "Precondition failed"),
    413: ("请求过大", "Content too large"),
    415: ("类型不支持", "Unsupported media type"),
    422: ("不能办理", "Cannot be done"),
    429: ("请求过于频繁", "Too many requests"),
    500: ("系统出错", "Internal error"),
    503: ("系统正忙", "Unavailable"),
}
"""The title of every status that the API refuses with: Chinese, English."""


def edge(code: str, **facts: object) -> Refusal:
    """A refusal of the edge, to be raised or answered."""
    status, words, _ = EDGE[code]
    refusal = Refusal(code, words.what, why=words.why, fix=words.fix, **facts)
    refusal.status = status
    return refusal


def words_of(refusal: Refusal, language: Language) -> Words:
    """A refusal in the asker's language, where it has words in that."""
    if language is Language.ENGLISH and refusal.code in EDGE:
        return EDGE[refusal.code].english
    return Words(refusal.what, refusal.why, refusal.fix)
