import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Ruling",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("question", models.CharField(max_length=80, verbose_name="口径")),
                ("document", models.CharField(max_length=120, verbose_name="文号")),
                ("option", models.CharField(max_length=80, verbose_name="选项")),
                ("reason", models.TextField(verbose_name="理由")),
                ("basis", models.CharField(max_length=200, verbose_name="依据")),
                ("effective_from", models.DateField(verbose_name="起用日期")),
                ("proposed_at", models.DateTimeField(auto_now_add=True, verbose_name="提出时间")),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="提出人",
                    ),
                ),
            ],
            options={
                "verbose_name": "口径决定",
                "verbose_name_plural": "口径决定",
                "db_table": "runs_ruling",
            },
        ),
        migrations.CreateModel(
            name="RulingSignature",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("signed_at", models.DateTimeField(auto_now_add=True, verbose_name="签字时间")),
                ("is_refused", models.BooleanField(default=False, verbose_name="不同意")),
                ("reason", models.TextField(blank=True, verbose_name="理由")),
                (
                    "ruling",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signature",
                        to="runs.ruling",
                        verbose_name="口径决定",
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="签字人",
                    ),
                ),
            ],
            options={
                "verbose_name": "签字",
                "verbose_name_plural": "签字",
                "db_table": "runs_ruling_signature",
            },
        ),
        migrations.CreateModel(
            name="Run",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="名称")),
                ("as_of", models.DateField(verbose_name="认定日期")),
                ("is_strict", models.BooleanField(default=False, verbose_name="口径未定即待定")),
                ("engine", models.CharField(max_length=12, verbose_name="引擎")),
                ("rulings", models.JSONField(default=dict, verbose_name="口径")),
                ("city_hash", models.CharField(blank=True, max_length=64, verbose_name="政策哈希")),
                ("facts_hash", models.CharField(blank=True, max_length=64, verbose_name="事实哈希")),
                ("results_hash", models.CharField(blank=True, max_length=64, verbose_name="结果哈希")),
                ("fingerprints", models.JSONField(default=dict, verbose_name="指纹")),
                ("counts", models.JSONField(default=dict, verbose_name="汇总")),
                (
                    "state",
                    models.CharField(
                        choices=[("started", "进行中"), ("finished", "已完成"), ("failed", "未完成")],
                        default="started",
                        max_length=12,
                        verbose_name="状态",
                    ),
                ),
                ("started_at", models.DateTimeField(auto_now_add=True, verbose_name="开始时间")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="完成时间")),
                (
                    "previous",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reruns",
                        to="runs.run",
                        verbose_name="对比批次",
                    ),
                ),
                (
                    "started_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="发起人",
                    ),
                ),
            ],
            options={
                "verbose_name": "认定批次",
                "verbose_name_plural": "认定批次",
                "db_table": "runs_run",
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="StoredDetermination",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField(verbose_name="次序")),
                ("enterprise", models.CharField(max_length=18, verbose_name="统一社会信用代码")),
                ("name", models.CharField(max_length=200, verbose_name="企业名称")),
                ("area", models.CharField(blank=True, max_length=40, verbose_name="所属地区")),
                ("document", models.CharField(blank=True, max_length=120, verbose_name="文号")),
                ("clause", models.CharField(blank=True, max_length=80, verbose_name="条款")),
                ("measure_id", models.CharField(blank=True, max_length=80, verbose_name="事项编号")),
                ("measure", models.CharField(blank=True, max_length=120, verbose_name="事项")),
                ("row", models.CharField(blank=True, max_length=80, verbose_name="条目")),
                ("fact_kind", models.CharField(max_length=40, verbose_name="事实种类")),
                ("fact", models.CharField(max_length=80, verbose_name="事实编号")),
                ("outcome", models.CharField(max_length=8, verbose_name="结论")),
                ("ceiling_fen", models.BigIntegerField(null=True, verbose_name="最高金额（分）")),
                ("base_fen", models.BigIntegerField(null=True, verbose_name="基数（分）")),
                ("amount_fen", models.BigIntegerField(null=True, verbose_name="可兑付上限（分）")),
                ("year", models.PositiveSmallIntegerField(null=True, verbose_name="年度")),
                ("reason", models.CharField(max_length=60, verbose_name="理由代码")),
                ("reason_text", models.TextField(blank=True, verbose_name="理由")),
                ("missing", models.JSONField(default=list, verbose_name="缺失事实")),
                ("city_fen", models.BigIntegerField(null=True, verbose_name="市级承担（分）")),
                ("county_fen", models.BigIntegerField(null=True, verbose_name="县区承担（分）")),
                ("basis", models.CharField(blank=True, max_length=200, verbose_name="分担依据")),
                ("questions", models.JSONField(default=list, verbose_name="口径")),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="determinations",
                        to="runs.run",
                        verbose_name="认定批次",
                    ),
                ),
            ],
            options={
                "verbose_name": "认定结果",
                "verbose_name_plural": "认定结果",
                "db_table": "runs_determination",
                "indexes": [
                    models.Index(fields=["run", "enterprise"], name="runs_determination_of"),
                    models.Index(fields=["run", "outcome"], name="runs_determination_outcome"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("run", "position"), name="runs_determination_once")
                ],
            },
        ),
    ]
