"""Awards on their way to the money (兑付): states, steps, notices, objections, clocks."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models


class Mode(models.TextChoices):
    """How an award comes about (兑付方式): found by the city, or applied for."""

    WITHOUT_APPLICATION = "without_application", "免申即享"
    APPLICATION = "application", "申报"


class State(models.TextChoices):
    """Where an award stands (状态); ``awards/states.py`` says what leads from one to the next."""

    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "已申报"
    OFFERED = "offered", "待企业确认"
    ACCEPTED = "accepted", "企业已确认"
    DECLINED = "declined", "企业放弃"
    COUNTY_CHECKED = "county_checked", "县区已核"
    CITY_CHECKED = "city_checked", "市级已核"
    SCORED = "scored", "已评审"
    CORRECTION = "correction", "待补正"
    ON_NOTICE = "on_notice", "公示中"
    NOTICE_ENDED = "notice_ended", "公示期满"
    APPROVED = "approved", "已批准"
    IN_PAYMENT = "in_payment", "拨付中"
    PAID = "paid", "已兑付"
    REFUSED = "refused", "不予兑付"
    RECOVERING = "recovering", "追回中"
    RECOVERED = "recovered", "已追回"


ENDED = (State.DECLINED, State.REFUSED, State.RECOVERED)
"""An award that stands here is over; another one may be opened for the same fact, by a reviewer and with a reason."""


class Award(models.Model):
    """One award on its way (兑付事项): a determination that may become money.

    Four numbers are kept apart, all in fen: ``ceiling_fen`` (最高不超过, as far as choice and limits leave it), ``base_fen`` (what a rate
    is of), ``approved_fen`` (what the officers found right, at most the ceiling) and ``payable_fen`` (what is paid after the rate α of its
    batch). ``version`` grows with every change.
    """

    determination = models.ForeignKey(
        "runs.StoredDetermination", models.PROTECT, related_name="awards", verbose_name="认定结果"
    )
    enterprise = models.ForeignKey(
        "registry.Enterprise", models.PROTECT, related_name="awards", verbose_name="企业"
    )
    area = models.CharField("所属地区", max_length=40, blank=True)
    document = models.CharField("文号", max_length=120)
    measure_id = models.CharField("事项编号", max_length=80)
    fact_kind = models.CharField("事实种类", max_length=40)
    fact = models.CharField("事实编号", max_length=80)
    year = models.PositiveSmallIntegerField("年度", null=True)
    mode = models.CharField("兑付方式", max_length=20, choices=Mode)
    needs_scoring = models.BooleanField("需遴选", default=False)
    state = models.CharField("状态", max_length=16, choices=State)
    ceiling_fen = models.BigIntegerField("最高金额（分）")
    base_fen = models.BigIntegerField("基数（分）", null=True, blank=True)
    approved_fen = models.BigIntegerField("核定金额（分）", null=True, blank=True)
    payable_fen = models.BigIntegerField("应付金额（分）", null=True, blank=True)
    account = models.ForeignKey(
        "awards.BankAccount", models.PROTECT, null=True, blank=True, verbose_name="收款账户"
    )
    version = models.PositiveIntegerField("版本", default=1)
    opened_at = models.DateTimeField("建立时间", auto_now_add=True)

    class Meta:
        db_table = "awards_award"
        verbose_name = verbose_name_plural = "兑付事项"
        constraints = (
            # One living award for one fact under one measure, whatever run found it.
            models.UniqueConstraint(
                fields=("document", "measure_id", "fact_kind", "fact"),
                condition=~models.Q(state__in=ENDED),
                name="awards_award_once",
            ),
            models.CheckConstraint(name="awards_ceiling", condition=models.Q(ceiling_fen__gte=0)),
            models.CheckConstraint(
                name="awards_approved_within_ceiling",
                condition=models.Q(approved_fen=None)
                | models.Q(approved_fen__gte=0, approved_fen__lte=models.F("ceiling_fen")),
            ),
            models.CheckConstraint(
                name="awards_payable_within_approved",
                condition=models.Q(payable_fen=None)
                | models.Q(payable_fen__gte=0, payable_fen__lte=models.F("approved_fen")),
            ),
        )
        indexes = (
            models.Index(fields=("state", "area"), name="awards_award_desk"),
            models.Index(fields=("fact",), name="awards_award_of_fact"),
        )

    def __str__(self) -> str:
        return f"{self.enterprise_id} {self.measure_id} {self.fact}"

    def save(self, *args: Any, **named: Any) -> None:
        """Save what is no matter of the table of states: of a stored award, only the fields that ``update_fields`` names.

        Raises:
            RuntimeError: for a bug that would change the state past ``awards/move.py``, or write a whole row over a newer one.
        """
        fields = named.get("update_fields")
        if not self._state.adding and (fields is None or {"state", "version"} & set(fields)):
            raise RuntimeError(
                "a stored award is changed by awards.move, or field by field with update_fields"
            )
        super().save(*args, **named)


class Step(models.Model):
    """One step of an award (办理记录): append-only. A correction voids the approvals before it; they stay, and no longer count."""

    award = models.ForeignKey(Award, models.PROTECT, related_name="steps", verbose_name="兑付事项")
    number = models.PositiveIntegerField("序号")
    action = models.CharField("动作", max_length=40)
    from_state = models.CharField("原状态", max_length=16, blank=True)
    to_state = models.CharField("新状态", max_length=16)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, verbose_name="经办人"
    )
    role = models.CharField("角色", max_length=20, blank=True)
    at = models.DateTimeField("时间", auto_now_add=True)
    reason = models.TextField("理由", blank=True)
    detail = models.JSONField("内容", default=dict)

    class Meta:
        db_table = "awards_step"
        verbose_name = verbose_name_plural = "办理记录"
        ordering = ("award", "number")
        constraints = (models.UniqueConstraint(fields=("award", "number"), name="awards_step_once"),)

    def __str__(self) -> str:
        return f"{self.award_id} {self.action}"


class BankAccount(models.Model):
    """An account to pay to (收款账户), as the enterprise gave it; another one is another row."""

    enterprise = models.ForeignKey(
        "registry.Enterprise", models.PROTECT, related_name="bank_accounts", verbose_name="企业"
    )
    holder = models.CharField("户名", max_length=200)
    bank = models.CharField("开户行", max_length=200)
    number = models.CharField("账号", max_length=40)
    given_at = models.DateTimeField("提供时间", auto_now_add=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="提供人")

    class Meta:
        db_table = "awards_bank_account"
        verbose_name = verbose_name_plural = "收款账户"

    def __str__(self) -> str:
        return f"{self.holder} ****{self.number[-4:]}"


class ApplicationWindow(models.Model):
    """From when to when a measure is applied for (申报窗口); both days belong to it."""

    document = models.CharField("文号", max_length=120)
    measure_id = models.CharField("事项编号", max_length=80)
    opens_on = models.DateField("开始")
    closes_on = models.DateField("截止")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="发布人")

    class Meta:
        db_table = "awards_window"
        verbose_name = verbose_name_plural = "申报窗口"
        constraints = (
            models.CheckConstraint(
                name="awards_window_order", condition=models.Q(closes_on__gte=models.F("opens_on"))
            ),
        )

    def __str__(self) -> str:
        return f"{self.measure_id} {self.opens_on}–{self.closes_on}"


class Score(models.Model):
    """What an expert thinks of an application (专家评分), 0 to 100, with a reason."""

    award = models.ForeignKey(Award, models.PROTECT, related_name="scores", verbose_name="兑付事项")
    expert = models.CharField("专家", max_length=60)
    points = models.PositiveSmallIntegerField("得分")
    reason = models.TextField("意见")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="录入人")
    recorded_at = models.DateTimeField("录入时间", auto_now_add=True)
    voided_at = models.DateTimeField("作废时间", null=True, blank=True)

    class Meta:
        db_table = "awards_score"
        verbose_name = verbose_name_plural = "专家评分"
        constraints = (
            # A correction voids the scores before it; the same expert then thinks again.
            models.UniqueConstraint(
                fields=("award", "expert"), condition=models.Q(voided_at=None), name="awards_score_once"
            ),
            models.CheckConstraint(name="awards_score_range", condition=models.Q(points__lte=100)),
        )

    def __str__(self) -> str:
        return f"{self.award_id} {self.points}"


class PublicNotice(models.Model):
    """A public notice (公示): its awards may be approved only after its working days have passed without open objection.

    It is seen from ``published_at`` on. The day of publishing does not count (民法典 §201): ``opens_on`` is the working day after it,
    ``closes_on`` the last of its working days, which ends at midnight.
    """

    title = models.CharField("标题", max_length=200)
    document = models.CharField("文号", max_length=120)
    opens_on = models.DateField("公示开始")
    closes_on = models.DateField("公示结束")
    working_days = models.PositiveSmallIntegerField("工作日")
    contact = models.CharField("联系方式", max_length=200)
    withdrawn_at = models.DateTimeField("撤回时间", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="撤回人",
    )
    withdrawal_reason = models.TextField("撤回理由", blank=True)
    published_at = models.DateTimeField("发布时间", auto_now_add=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="发布人")

    class Meta:
        db_table = "awards_notice"
        verbose_name = verbose_name_plural = "公示"
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.title


class NoticeItem(models.Model):
    """One line of a notice (公示项): append-only, what was shown of an award."""

    notice = models.ForeignKey(PublicNotice, models.PROTECT, related_name="items", verbose_name="公示")
    award = models.ForeignKey(Award, models.PROTECT, related_name="notice_items", verbose_name="兑付事项")
    enterprise_name = models.CharField("企业名称", max_length=200)
    measure = models.CharField("事项", max_length=120)
    amount_fen = models.BigIntegerField("公示金额（分）")

    class Meta:
        db_table = "awards_notice_item"
        verbose_name = verbose_name_plural = "公示项"
        constraints = (models.UniqueConstraint(fields=("notice", "award"), name="awards_notice_item_once"),)

    def __str__(self) -> str:
        return f"{self.enterprise_name} {self.measure}"


class Objection(models.Model):
    """An objection to a line of a notice (异议), and how it was answered."""

    item = models.ForeignKey(NoticeItem, models.PROTECT, related_name="objections", verbose_name="公示项")
    objector = models.CharField("异议人", max_length=120)
    contact = models.CharField("联系方式", max_length=120)
    text = models.TextField("异议内容")
    received_at = models.DateTimeField("收到时间", auto_now_add=True)
    answer = models.TextField("答复", blank=True)
    is_upheld = models.BooleanField("异议成立", null=True, blank=True)
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, verbose_name="答复人"
    )

    class Meta:
        db_table = "awards_objection"
        verbose_name = verbose_name_plural = "异议"

    def __str__(self) -> str:
        return f"{self.item}"


class Clock(models.Model):
    """A time limit that runs (办理时限): to pay, to publish an item's guide, to answer.

    ``due_on`` is null while it reaches into a year whose holidays are not known yet.
    """

    kind = models.CharField(
        "种类", max_length=20, choices=[("pay", "兑付"), ("guide", "办事指南"), ("answer", "异议答复")]
    )
    subject = models.CharField("对象", max_length=120)
    award = models.ForeignKey(
        Award, models.PROTECT, null=True, blank=True, related_name="clocks", verbose_name="兑付事项"
    )
    started_on = models.DateField("开始")
    working_days = models.PositiveSmallIntegerField("工作日")
    due_on = models.DateField("截止", null=True, blank=True)
    stopped_on = models.DateField("办结", null=True, blank=True)

    class Meta:
        db_table = "awards_clock"
        verbose_name = verbose_name_plural = "办理时限"
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "subject"), condition=models.Q(stopped_on=None), name="awards_clock_runs_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.subject}"


class ExclusionCheck(models.Model):
    """A look at what bars an enterprise (排除核查): append-only, with what was found and the source as it was then.

    ``found`` lists records within the window, and the document's own exclusions that hold (``bars`` true: nobody may go past those).
    ``source_hash`` is the SHA-256 of everything that was looked at.
    """

    award = models.ForeignKey(Award, models.PROTECT, related_name="exclusion_checks", verbose_name="兑付事项")
    stage = models.CharField(
        "环节",
        max_length=16,
        choices=[("determination", "认定时"), ("notice", "公示期满"), ("payment", "拨付前")],
    )
    window_from = models.DateField("窗口起")
    window_to = models.DateField("窗口止")
    found = models.JSONField("发现", default=list)
    source_hash = models.CharField("来源快照", max_length=64)
    checked_at = models.DateTimeField("核查时间", auto_now_add=True)

    class Meta:
        db_table = "awards_exclusion_check"
        verbose_name = verbose_name_plural = "排除核查"

    def __str__(self) -> str:
        return f"{self.award_id} {self.stage}"


class Holiday(models.Model):
    """A day that the built-in calendar does not reach (节假日): whether it is worked."""

    day = models.DateField("日期", primary_key=True)
    is_working_day = models.BooleanField("工作日")
    note = models.CharField("说明", max_length=80)

    class Meta:
        db_table = "awards_holiday"
        verbose_name = verbose_name_plural = "节假日"

    def __str__(self) -> str:
        return f"{self.day}"
