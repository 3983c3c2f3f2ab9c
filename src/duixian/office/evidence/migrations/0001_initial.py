import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("awards", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="StoredFile",
            fields=[
                (
                    "digest",
                    models.CharField(max_length=64, primary_key=True, serialize=False, verbose_name="哈希"),
                ),
                ("size", models.BigIntegerField(verbose_name="字节数")),
                ("media_type", models.CharField(max_length=100, verbose_name="类型")),
                ("stored_at", models.DateTimeField(auto_now_add=True, verbose_name="存入时间")),
            ],
            options={
                "verbose_name": "文件",
                "verbose_name_plural": "文件",
                "db_table": "evidence_file",
            },
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("invoice", "发票"),
                            ("contract", "合同"),
                            ("equipment", "设备"),
                            ("other", "其他"),
                        ],
                        max_length=12,
                        verbose_name="种类",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="文件名")),
                ("identity", models.JSONField(default=dict, verbose_name="识别要素")),
                (
                    "fingerprint",
                    models.CharField(blank=True, db_index=True, max_length=64, verbose_name="指纹"),
                ),
                ("added_at", models.DateTimeField(auto_now_add=True, verbose_name="提交时间")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="撤回时间")),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="提交人",
                    ),
                ),
                (
                    "award",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="awards.award",
                        verbose_name="兑付事项",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="evidence.storedfile",
                        verbose_name="文件",
                    ),
                ),
            ],
            options={
                "verbose_name": "佐证",
                "verbose_name_plural": "佐证",
                "db_table": "evidence_piece",
            },
        ),
        migrations.CreateModel(
            name="EvidenceStop",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("found_at", models.DateTimeField(auto_now_add=True, verbose_name="发现时间")),
                (
                    "ruling",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("allowed", "可并存"),
                            ("first", "先提交者保留"),
                            ("second", "后提交者保留"),
                        ],
                        max_length=12,
                        verbose_name="处理",
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="理由")),
                ("ruled_at", models.DateTimeField(blank=True, null=True, verbose_name="处理时间")),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stops_as_first",
                        to="evidence.evidence",
                        verbose_name="先提交",
                    ),
                ),
                (
                    "ruled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="处理人",
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stops_as_second",
                        to="evidence.evidence",
                        verbose_name="后提交",
                    ),
                ),
            ],
            options={
                "verbose_name": "重复佐证",
                "verbose_name_plural": "重复佐证",
                "db_table": "evidence_stop",
                "constraints": [
                    models.UniqueConstraint(fields=("first", "second"), name="evidence_stop_once")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at", None), models.Q(("fingerprint", ""), _negated=True)),
                fields=("award", "fingerprint"),
                name="evidence_piece_once",
            ),
        ),
    ]
