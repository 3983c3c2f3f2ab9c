"""What awards refer to in rooms that refer to awards themselves, and the rules over both."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("awards", "0001_initial"),
        ("registry", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="award",
            name="enterprise",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="awards",
                to="registry.enterprise",
                verbose_name="企业",
            ),
        ),
        migrations.AddField(
            model_name="bankaccount",
            name="enterprise",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="bank_accounts",
                to="registry.enterprise",
                verbose_name="企业",
            ),
        ),
        migrations.AddField(
            model_name="bankaccount",
            name="given_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                to=settings.AUTH_USER_MODEL,
                verbose_name="提供人",
            ),
        ),
        migrations.AddField(
            model_name="award",
            name="account",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to="awards.bankaccount",
                verbose_name="收款账户",
            ),
        ),
        migrations.AddField(
            model_name="clock",
            name="award",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="clocks",
                to="awards.award",
                verbose_name="兑付事项",
            ),
        ),
        migrations.AddField(
            model_name="exclusioncheck",
            name="award",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="exclusion_checks",
                to="awards.award",
                verbose_name="兑付事项",
            ),
        ),
        migrations.AddField(
            model_name="noticeitem",
            name="award",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="notice_items",
                to="awards.award",
                verbose_name="兑付事项",
            ),
        ),
        migrations.AddField(
            model_name="objection",
            name="answered_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to=settings.AUTH_USER_MODEL,
                verbose_name="答复人",
            ),
        ),
        migrations.AddField(
            model_name="objection",
            name="item",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="objections",
                to="awards.noticeitem",
                verbose_name="公示项",
            ),
        ),
        migrations.AddField(
            model_name="publicnotice",
            name="published_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                to=settings.AUTH_USER_MODEL,
                verbose_name="发布人",
            ),
        ),
        migrations.AddField(
            model_name="publicnotice",
            name="withdrawn_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="撤回人",
            ),
        ),
        migrations.AddField(
            model_name="noticeitem",
            name="notice",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="items",
                to="awards.publicnotice",
                verbose_name="公示",
            ),
        ),
        migrations.AddField(
            model_name="score",
            name="award",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="scores",
                to="awards.award",
                verbose_name="兑付事项",
            ),
        ),
        migrations.AddField(
            model_name="score",
            name="recorded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                to=settings.AUTH_USER_MODEL,
                verbose_name="录入人",
            ),
        ),
        migrations.AddField(
            model_name="step",
            name="actor",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to=settings.AUTH_USER_MODEL,
                verbose_name="经办人",
            ),
        ),
        migrations.AddField(
            model_name="step",
            name="award",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="steps",
                to="awards.award",
                verbose_name="兑付事项",
            ),
        ),
        migrations.AddConstraint(
            model_name="applicationwindow",
            constraint=models.CheckConstraint(
                condition=models.Q(("closes_on__gte", models.F("opens_on"))), name="awards_window_order"
            ),
        ),
        migrations.AddIndex(
            model_name="award",
            index=models.Index(fields=["state", "area"], name="awards_award_desk"),
        ),
        migrations.AddIndex(
            model_name="award",
            index=models.Index(fields=["fact"], name="awards_award_of_fact"),
        ),
        migrations.AddConstraint(
            model_name="award",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("declined", "refused", "recovered")), _negated=True),
                fields=("document", "measure_id", "fact_kind", "fact"),
                name="awards_award_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="award",
            constraint=models.CheckConstraint(
                condition=models.Q(("ceiling_fen__gte", 0)), name="awards_ceiling"
            ),
        ),
        migrations.AddConstraint(
            model_name="award",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_fen", None),
                    models.Q(("approved_fen__gte", 0), ("approved_fen__lte", models.F("ceiling_fen"))),
                    _connector="OR",
                ),
                name="awards_approved_within_ceiling",
            ),
        ),
        migrations.AddConstraint(
            model_name="award",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("payable_fen", None),
                    models.Q(("payable_fen__gte", 0), ("payable_fen__lte", models.F("approved_fen"))),
                    _connector="OR",
                ),
                name="awards_payable_within_approved",
            ),
        ),
        migrations.AddConstraint(
            model_name="clock",
            constraint=models.UniqueConstraint(
                condition=models.Q(("stopped_on", None)),
                fields=("kind", "subject"),
                name="awards_clock_runs_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="noticeitem",
            constraint=models.UniqueConstraint(fields=("notice", "award"), name="awards_notice_item_once"),
        ),
        migrations.AddConstraint(
            model_name="score",
            constraint=models.UniqueConstraint(
                condition=models.Q(("voided_at", None)), fields=("award", "expert"), name="awards_score_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="score",
            constraint=models.CheckConstraint(
                condition=models.Q(("points__lte", 100)), name="awards_score_range"
            ),
        ),
        migrations.AddConstraint(
            model_name="step",
            constraint=models.UniqueConstraint(fields=("award", "number"), name="awards_step_once"),
        ),
    ]
