"""Scores that a correction voids, clocks whose end is not known yet, and why a notice was withdrawn."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (
        ("awards", "0003_append_only"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    )

    operations = (
        migrations.RemoveConstraint(
            model_name="score",
            name="awards_score_once",
        ),
        migrations.AddField(
            model_name="publicnotice",
            name="withdrawal_reason",
            field=models.TextField(blank=True, verbose_name="撤回理由"),
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
            model_name="score",
            name="voided_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="作废时间"),
        ),
        migrations.AlterField(
            model_name="clock",
            name="due_on",
            field=models.DateField(blank=True, null=True, verbose_name="截止"),
        ),
        migrations.AlterField(
            model_name="exclusioncheck",
            name="stage",
            field=models.CharField(
                choices=[("determination", "认定时"), ("notice", "公示期满"), ("payment", "拨付前")],
                max_length=16,
                verbose_name="环节",
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
            model_name="score",
            constraint=models.UniqueConstraint(
                condition=models.Q(("voided_at", None)), fields=("award", "expert"), name="awards_score_once"
            ),
        ),
        migrations.AddIndex(
            model_name="award",
            index=models.Index(fields=["fact"], name="awards_award_of_fact"),
        ),
    )
