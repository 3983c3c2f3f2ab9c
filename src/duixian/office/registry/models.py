"""The registry (企业库): who the enterprises are, what happened to them, and from which source each is known.

Nothing here is edited. What turned out otherwise is superseded by another row, and both stay.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Source(models.Model):
    """Where facts are known from (来源): a roster, a register, a document, or an officer's entry."""

    title = models.CharField("名称", max_length=200)
    issuer = models.CharField("发布单位", max_length=120, blank=True)
    document_number = models.CharField("文号", max_length=120, blank=True)
    published_on = models.DateField("发布日期", null=True, blank=True)
    content_hash = models.CharField("内容哈希", max_length=64, blank=True, db_index=True)
    recorded_at = models.DateTimeField("登记时间", auto_now_add=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="登记人")

    class Meta:
        db_table = "registry_source"
        verbose_name = verbose_name_plural = "来源"

    def __str__(self) -> str:
        return self.title


class Enterprise(models.Model):
    """An enterprise (企业), known by its unified social credit code."""

    code = models.CharField("统一社会信用代码", max_length=18, primary_key=True)
    known_since = models.DateTimeField("登记时间", auto_now_add=True)

    class Meta:
        db_table = "registry_enterprise"
        verbose_name = verbose_name_plural = "企业"
        ordering = ("code",)

    def __str__(self) -> str:
        return self.code


class Attribute(models.Model):
    """What an enterprise was from one day to another (企业属性): append-only; both days belong to it, an open end is null.

    ``name`` is a field of the city's 企业 table, or one of the four areas (``attribute_names.py``). The current rows are those that nothing
    supersedes and that are no withdrawal.
    """

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="attributes", verbose_name="企业")
    name = models.CharField("属性", max_length=40)
    value = models.JSONField("值")
    valid_from = models.DateField("起", null=True, blank=True)
    valid_to = models.DateField("止", null=True, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="attributes", verbose_name="来源")
    source_row = models.PositiveIntegerField("来源行", null=True, blank=True)
    recorded_at = models.DateTimeField("登记时间", auto_now_add=True)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="successor", verbose_name="替代"
    )
    is_withdrawal = models.BooleanField("撤回", default=False)

    class Meta:
        db_table = "registry_attribute"
        verbose_name = verbose_name_plural = "企业属性"
        indexes = (
            models.Index(fields=("enterprise", "name"), name="registry_attribute_of"),
            # Whoever looks for a name or an area asks for one attribute of everybody.
            models.Index(fields=("name", "enterprise"), name="registry_attribute_named"),
        )

    def __str__(self) -> str:
        return f"{self.enterprise_id} {self.name}"


class FactRecord(models.Model):
    """A fact (事实) of one of the city's kinds: append-only.

    ``values`` holds the known fields under their canonical names: money in fen, dates in ISO form. ``number`` is the fact's 编号 and is
    the same in every version of it.
    """

    kind = models.CharField("种类", max_length=40)
    number = models.CharField("编号", max_length=80)
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="facts", verbose_name="企业")
    happened_on = models.DateField("日期", null=True, blank=True)
    values = models.JSONField("内容")
    content_hash = models.CharField("内容哈希", max_length=64)
    source = models.ForeignKey(Source, models.PROTECT, related_name="facts", verbose_name="来源")
    source_row = models.PositiveIntegerField("来源行", null=True, blank=True)
    recorded_at = models.DateTimeField("登记时间", auto_now_add=True)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="successor", verbose_name="替代"
    )
    is_withdrawal = models.BooleanField("撤回", default=False)

    class Meta:
        db_table = "registry_fact"
        verbose_name = verbose_name_plural = "事实"
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "number"),
                condition=models.Q(supersedes=None),
                name="registry_fact_begins_once",
            ),
        )
        indexes = (
            models.Index(fields=("enterprise", "kind"), name="registry_fact_of"),
            models.Index(fields=("kind", "number"), name="registry_fact_number"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class RosterState(models.TextChoices):
    """How far a roster has come (名单状态)."""

    UPLOADED = "uploaded", "已上传"
    PREVIEWED = "previewed", "已预览"
    COMMITTED = "committed", "已入库"
    UNDONE = "undone", "已撤销"


class Roster(models.Model):
    """A published list (名单), as it came: file, issuer, number, and how its columns are read."""

    title = models.CharField("名称", max_length=200)
    kind = models.CharField("事实种类", max_length=40)
    issuer = models.CharField("发布单位", max_length=120)
    document_number = models.CharField("文号", max_length=120, blank=True)
    published_on = models.DateField("发布日期", null=True, blank=True)
    file = models.ForeignKey("evidence.StoredFile", models.PROTECT, verbose_name="文件")
    file_name = models.CharField("文件名", max_length=200)
    mapping = models.JSONField("列对应", default=dict)
    constants = models.JSONField("统一取值", default=dict)
    content_hash = models.CharField("内容哈希", max_length=64, blank=True)
    state = models.CharField("状态", max_length=12, choices=RosterState, default=RosterState.UPLOADED)
    source = models.OneToOneField(
        Source, models.PROTECT, null=True, blank=True, related_name="roster", verbose_name="来源"
    )
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="corrections", verbose_name="更正的名单"
    )
    problems = models.JSONField("问题", default=list)
    counts = models.JSONField("汇总", default=dict)
    uploaded_at = models.DateTimeField("上传时间", auto_now_add=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="上传人")

    class Meta:
        db_table = "registry_roster"
        verbose_name = verbose_name_plural = "名单"
        constraints = (
            # The same content is one roster, however often it is uploaded, until it is undone.
            models.UniqueConstraint(
                fields=("content_hash",),
                condition=~models.Q(state=RosterState.UNDONE),
                name="registry_roster_once",
            ),
        )

    def __str__(self) -> str:
        return self.title


class Verdict(models.TextChoices):
    """What a row of a roster was found to be (核对结果)."""

    MATCHED = "matched", "匹配"
    UNCERTAIN = "uncertain", "待确认"
    UNKNOWN = "unknown", "未找到"
    KNOWN = "known", "已在库"
    CONFLICT = "conflict", "有冲突"
    UNREADABLE = "unreadable", "读不通"


class RosterRow(models.Model):
    """One row of a roster (名单行), with what it was found to be and what a person decided where that was uncertain."""

    roster = models.ForeignKey(Roster, models.CASCADE, related_name="rows", verbose_name="名单")
    number = models.PositiveIntegerField("行号")
    cells = models.JSONField("原文")
    values = models.JSONField("内容", default=dict)
    verdict = models.CharField("核对结果", max_length=12, choices=Verdict)
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, null=True, blank=True, verbose_name="企业")
    candidates = models.JSONField("候选", default=list)
    problems = models.JSONField("问题", default=list)
    is_skipped = models.BooleanField("不入库", default=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, verbose_name="确认人"
    )
    fact = models.ForeignKey(FactRecord, models.PROTECT, null=True, blank=True, verbose_name="事实")

    class Meta:
        db_table = "registry_roster_row"
        verbose_name = verbose_name_plural = "名单行"
        constraints = (models.UniqueConstraint(fields=("roster", "number"), name="registry_roster_row_once"),)
        indexes = (models.Index(fields=("roster", "verdict"), name="registry_roster_row_verdict"),)

    def __str__(self) -> str:
        return f"{self.roster_id}:{self.number}"


class ColumnMapping(models.Model):
    """How an issuer's columns were read last time (列对应记忆)."""

    issuer = models.CharField("发布单位", max_length=120)
    kind = models.CharField("事实种类", max_length=40)
    headers_hash = models.CharField("表头哈希", max_length=64)
    mapping = models.JSONField("列对应")
    remembered_at = models.DateTimeField("记住时间", auto_now=True)

    class Meta:
        db_table = "registry_column_mapping"
        verbose_name = verbose_name_plural = "列对应记忆"
        constraints = (
            models.UniqueConstraint(fields=("issuer", "kind", "headers_hash"), name="registry_mapping_once"),
        )

    def __str__(self) -> str:
        return f"{self.issuer} {self.kind}"
