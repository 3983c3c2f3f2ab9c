import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("evidence", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Enterprise",
            fields=[
                (
                    "code",
                    models.CharField(
                        max_length=18, primary_key=True, serialize=False, verbose_name="统一社会信用代码"
                    ),
                ),
                ("known_since", models.DateTimeField(auto_now_add=True, verbose_name="登记时间")),
            ],
            options={
                "verbose_name": "企业",
                "verbose_name_plural": "企业",
                "db_table": "registry_enterprise",
                "ordering": ("code",),
            },
        ),
        migrations.CreateModel(
            name="ColumnMapping",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("issuer", models.CharField(max_length=120, verbose_name="发布单位")),
                ("kind", models.CharField(max_length=40, verbose_name="事实种类")),
                ("headers_hash", models.CharField(max_length=64, verbose_name="表头哈希")),
                ("mapping", models.JSONField(verbose_name="列对应")),
                ("remembered_at", models.DateTimeField(auto_now=True, verbose_name="记住时间")),
            ],
            options={
                "verbose_name": "列对应记忆",
                "verbose_name_plural": "列对应记忆",
                "db_table": "registry_column_mapping",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("issuer", "kind", "headers_hash"), name="registry_mapping_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="名称")),
                ("issuer", models.CharField(blank=True, max_length=120, verbose_name="发布单位")),
                ("document_number", models.CharField(blank=True, max_length=120, verbose_name="文号")),
                ("published_on", models.DateField(blank=True, null=True, verbose_name="发布日期")),
                (
                    "content_hash",
                    models.CharField(blank=True, db_index=True, max_length=64, verbose_name="内容哈希"),
                ),
                ("recorded_at", models.DateTimeField(auto_now_add=True, verbose_name="登记时间")),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
                    ),
                ),
            ],
            options={
                "verbose_name": "来源",
                "verbose_name_plural": "来源",
                "db_table": "registry_source",
            },
        ),
        migrations.CreateModel(
            name="Roster",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="名称")),
                ("kind", models.CharField(max_length=40, verbose_name="事实种类")),
                ("issuer", models.CharField(max_length=120, verbose_name="发布单位")),
                ("document_number", models.CharField(blank=True, max_length=120, verbose_name="文号")),
                ("published_on", models.DateField(blank=True, null=True, verbose_name="发布日期")),
                ("file_name", models.CharField(max_length=200, verbose_name="文件名")),
                ("mapping", models.JSONField(default=dict, verbose_name="列对应")),
                ("constants", models.JSONField(default=dict, verbose_name="统一取值")),
                ("content_hash", models.CharField(blank=True, max_length=64, verbose_name="内容哈希")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("uploaded", "已上传"),
                            ("previewed", "已预览"),
                            ("committed", "已入库"),
                            ("undone", "已撤销"),
                        ],
                        default="uploaded",
                        max_length=12,
                        verbose_name="状态",
                    ),
                ),
                ("problems", models.JSONField(default=list, verbose_name="问题")),
                ("counts", models.JSONField(default=dict, verbose_name="汇总")),
                ("uploaded_at", models.DateTimeField(auto_now_add=True, verbose_name="上传时间")),
                (
                    "corrects",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="registry.roster",
                        verbose_name="更正的名单",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="evidence.storedfile",
                        verbose_name="文件",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="上传人",
                    ),
                ),
                (
                    "source",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="roster",
                        to="registry.source",
                        verbose_name="来源",
                    ),
                ),
            ],
            options={
                "verbose_name": "名单",
                "verbose_name_plural": "名单",
                "db_table": "registry_roster",
            },
        ),
        migrations.CreateModel(
            name="FactRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=40, verbose_name="种类")),
                ("number", models.CharField(max_length=80, verbose_name="编号")),
                ("happened_on", models.DateField(blank=True, null=True, verbose_name="日期")),
                ("values", models.JSONField(verbose_name="内容")),
                ("content_hash", models.CharField(max_length=64, verbose_name="内容哈希")),
                ("source_row", models.PositiveIntegerField(blank=True, null=True, verbose_name="来源行")),
                ("recorded_at", models.DateTimeField(auto_now_add=True, verbose_name="登记时间")),
                ("is_withdrawal", models.BooleanField(default=False, verbose_name="撤回")),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="facts",
                        to="registry.enterprise",
                        verbose_name="企业",
                    ),
                ),
                (
                    "supersedes",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successor",
                        to="registry.factrecord",
                        verbose_name="替代",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="facts",
                        to="registry.source",
                        verbose_name="来源",
                    ),
                ),
            ],
            options={
                "verbose_name": "事实",
                "verbose_name_plural": "事实",
                "db_table": "registry_fact",
            },
        ),
        migrations.CreateModel(
            name="Attribute",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=40, verbose_name="属性")),
                ("value", models.JSONField(verbose_name="值")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="起")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="止")),
                ("source_row", models.PositiveIntegerField(blank=True, null=True, verbose_name="来源行")),
                ("recorded_at", models.DateTimeField(auto_now_add=True, verbose_name="登记时间")),
                ("is_withdrawal", models.BooleanField(default=False, verbose_name="撤回")),
                (
                    "supersedes",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successor",
                        to="registry.attribute",
                        verbose_name="替代",
                    ),
                ),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attributes",
                        to="registry.enterprise",
                        verbose_name="企业",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attributes",
                        to="registry.source",
                        verbose_name="来源",
                    ),
                ),
            ],
            options={
                "verbose_name": "企业属性",
                "verbose_name_plural": "企业属性",
                "db_table": "registry_attribute",
            },
        ),
        migrations.CreateModel(
            name="RosterRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="行号")),
                ("cells", models.JSONField(verbose_name="原文")),
                ("values", models.JSONField(default=dict, verbose_name="内容")),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("matched", "匹配"),
                            ("uncertain", "待确认"),
                            ("unknown", "未找到"),
                            ("known", "已在库"),
                            ("conflict", "有冲突"),
                            ("unreadable", "读不通"),
                        ],
                        max_length=12,
                        verbose_name="核对结果",
                    ),
                ),
                ("candidates", models.JSONField(default=list, verbose_name="候选")),
                ("problems", models.JSONField(default=list, verbose_name="问题")),
                ("is_skipped", models.BooleanField(default=False, verbose_name="不入库")),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="确认人",
                    ),
                ),
                (
                    "enterprise",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="registry.enterprise",
                        verbose_name="企业",
                    ),
                ),
                (
                    "fact",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="registry.factrecord",
                        verbose_name="事实",
                    ),
                ),
                (
                    "roster",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="registry.roster",
                        verbose_name="名单",
                    ),
                ),
            ],
            options={
                "verbose_name": "名单行",
                "verbose_name_plural": "名单行",
                "db_table": "registry_roster_row",
                "indexes": [models.Index(fields=["roster", "verdict"], name="registry_roster_row_verdict")],
                "constraints": [
                    models.UniqueConstraint(fields=("roster", "number"), name="registry_roster_row_once")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="roster",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "undone"), _negated=True),
                fields=("content_hash",),
                name="registry_roster_once",
            ),
        ),
        migrations.AddIndex(
            model_name="factrecord",
            index=models.Index(fields=["enterprise", "kind"], name="registry_fact_of"),
        ),
        migrations.AddIndex(
            model_name="factrecord",
            index=models.Index(fields=["kind", "number"], name="registry_fact_number"),
        ),
        migrations.AddConstraint(
            model_name="factrecord",
            constraint=models.UniqueConstraint(
                condition=models.Q(("supersedes", None)),
                fields=("kind", "number"),
                name="registry_fact_begins_once",
            ),
        ),
        migrations.AddIndex(
            model_name="attribute",
            index=models.Index(fields=["enterprise", "name"], name="registry_attribute_of"),
        ),
        migrations.AddIndex(
            model_name="attribute",
            index=models.Index(fields=["name", "enterprise"], name="registry_attribute_named"),
        ),
    ]
