import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("runs", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BankAccount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("holder", models.CharField(max_length=200, verbose_name="户名")),
                ("bank", models.CharField(max_length=200, verbose_name="开户行")),
                ("number", models.CharField(max_length=40, verbose_name="账号")),
                ("given_at", models.DateTimeField(auto_now_add=True, verbose_name="提供时间")),
            ],
            options={
                "verbose_name": "收款账户",
                "verbose_name_plural": "收款账户",
                "db_table": "awards_bank_account",
            },
        ),
        migrations.CreateModel(
            name="Clock",
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
                        choices=[("pay", "兑付"), ("guide", "办事指南"), ("answer", "异议答复")],
                        max_length=20,
                        verbose_name="种类",
                    ),
                ),
                ("subject", models.CharField(max_length=120, verbose_name="对象")),
                ("started_on", models.DateField(verbose_name="开始")),
                ("working_days", models.PositiveSmallIntegerField(verbose_name="工作日")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="截止")),
                ("stopped_on", models.DateField(blank=True, null=True, verbose_name="办结")),
            ],
            options={
                "verbose_name": "办理时限",
                "verbose_name_plural": "办理时限",
                "db_table": "awards_clock",
            },
        ),
        migrations.CreateModel(
            name="ExclusionCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[("determination", "认定时"), ("notice", "公示期满"), ("payment", "拨付前")],
                        max_length=16,
                        verbose_name="环节",
                    ),
                ),
                ("window_from", models.DateField(verbose_name="窗口起")),
                ("window_to", models.DateField(verbose_name="窗口止")),
                ("found", models.JSONField(default=list, verbose_name="发现")),
                ("source_hash", models.CharField(max_length=64, verbose_name="来源快照")),
                ("checked_at", models.DateTimeField(auto_now_add=True, verbose_name="核查时间")),
            ],
            options={
                "verbose_name": "排除核查",
                "verbose_name_plural": "排除核查",
                "db_table": "awards_exclusion_check",
            },
        ),
        migrations.CreateModel(
            name="Holiday",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False, verbose_name="日期")),
                ("is_working_day", models.BooleanField(verbose_name="工作日")),
                ("note", models.CharField(max_length=80, verbose_name="说明")),
            ],
            options={
                "verbose_name": "节假日",
                "verbose_name_plural": "节假日",
                "db_table": "awards_holiday",
            },
        ),
        migrations.CreateModel(
            name="NoticeItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("enterprise_name", models.CharField(max_length=200, verbose_name="企业名称")),
                ("measure", models.CharField(max_length=120, verbose_name="事项")),
                ("amount_fen", models.BigIntegerField(verbose_name="公示金额（分）")),
            ],
            options={
                "verbose_name": "公示项",
                "verbose_name_plural": "公示项",
                "db_table": "awards_notice_item",
            },
        ),
        migrations.CreateModel(
            name="Objection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("objector", models.CharField(max_length=120, verbose_name="异议人")),
                ("contact", models.CharField(max_length=120, verbose_name="联系方式")),
                ("text", models.TextField(verbose_name="异议内容")),
                ("received_at", models.DateTimeField(auto_now_add=True, verbose_name="收到时间")),
                ("answer", models.TextField(blank=True, verbose_name="答复")),
                ("is_upheld", models.BooleanField(blank=True, null=True, verbose_name="异议成立")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="答复时间")),
            ],
            options={
                "verbose_name": "异议",
                "verbose_name_plural": "异议",
                "db_table": "awards_objection",
            },
        ),
        migrations.CreateModel(
            name="PublicNotice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="标题")),
                ("document", models.CharField(max_length=120, verbose_name="文号")),
                ("opens_on", models.DateField(verbose_name="公示开始")),
                ("closes_on", models.DateField(verbose_name="公示结束")),
                ("working_days", models.PositiveSmallIntegerField(verbose_name="工作日")),
                ("contact", models.CharField(max_length=200, verbose_name="联系方式")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="撤回时间")),
                ("withdrawal_reason", models.TextField(blank=True, verbose_name="撤回理由")),
                ("published_at", models.DateTimeField(auto_now_add=True, verbose_name="发布时间")),
            ],
            options={
                "verbose_name": "公示",
                "verbose_name_plural": "公示",
                "db_table": "awards_notice",
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="Score",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("expert", models.CharField(max_length=60, verbose_name="专家")),
                ("points", models.PositiveSmallIntegerField(verbose_name="得分")),
                ("reason", models.TextField(verbose_name="意见")),
                ("recorded_at", models.DateTimeField(auto_now_add=True, verbose_name="录入时间")),
                ("voided_at", models.DateTimeField(blank=True, null=True, verbose_name="作废时间")),
            ],
            options={
                "verbose_name": "专家评分",
                "verbose_name_plural": "专家评分",
                "db_table": "awards_score",
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="序号")),
                ("action", models.CharField(max_length=40, verbose_name="动作")),
                ("from_state", models.CharField(blank=True, max_length=16, verbose_name="原状态")),
                ("to_state", models.CharField(max_length=16, verbose_name="新状态")),
                ("role", models.CharField(blank=True, max_length=20, verbose_name="角色")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="时间")),
                ("reason", models.TextField(blank=True, verbose_name="理由")),
                ("detail", models.JSONField(default=dict, verbose_name="内容")),
            ],
            options={
                "verbose_name": "办理记录",
                "verbose_name_plural": "办理记录",
                "db_table": "awards_step",
                "ordering": ("award", "number"),
            },
        ),
        migrations.CreateModel(
            name="ApplicationWindow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("document", models.CharField(max_length=120, verbose_name="文号")),
                ("measure_id", models.CharField(max_length=80, verbose_name="事项编号")),
                ("opens_on", models.DateField(verbose_name="开始")),
                ("closes_on", models.DateField(verbose_name="截止")),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="发布人",
                    ),
                ),
            ],
            options={
                "verbose_name": "申报窗口",
                "verbose_name_plural": "申报窗口",
                "db_table": "awards_window",
            },
        ),
        migrations.CreateModel(
            name="Award",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("area", models.CharField(blank=True, max_length=40, verbose_name="所属地区")),
                ("document", models.CharField(max_length=120, verbose_name="文号")),
                ("measure_id", models.CharField(max_length=80, verbose_name="事项编号")),
                ("fact_kind", models.CharField(max_length=40, verbose_name="事实种类")),
                ("fact", models.CharField(max_length=80, verbose_name="事实编号")),
                ("year", models.PositiveSmallIntegerField(null=True, verbose_name="年度")),
                (
                    "mode",
                    models.CharField(
                        choices=[("without_application", "免申即享"), ("application", "申报")],
                        max_length=20,
                        verbose_name="兑付方式",
                    ),
                ),
                ("needs_scoring", models.BooleanField(default=False, verbose_name="需遴选")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "草稿"),
                            ("submitted", "已申报"),
                            ("offered", "待企业确认"),
                            ("accepted", "企业已确认"),
                            ("declined", "企业放弃"),
                            ("county_checked", "县区已核"),
                            ("city_checked", "市级已核"),
                            ("scored", "已评审"),
                            ("correction", "待补正"),
                            ("on_notice", "公示中"),
                            ("notice_ended", "公示期满"),
                            ("approved", "已批准"),
                            ("in_payment", "拨付中"),
                            ("paid", "已兑付"),
                            ("refused", "不予兑付"),
                            ("recovering", "追回中"),
                            ("recovered", "已追回"),
                        ],
                        max_length=16,
                        verbose_name="状态",
                    ),
                ),
                ("ceiling_fen", models.BigIntegerField(verbose_name="最高金额（分）")),
                ("base_fen", models.BigIntegerField(blank=True, null=True, verbose_name="基数（分）")),
                (
                    "approved_fen",
                    models.BigIntegerField(blank=True, null=True, verbose_name="核定金额（分）"),
                ),
                ("payable_fen", models.BigIntegerField(blank=True, null=True, verbose_name="应付金额（分）")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                ("opened_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                (
                    "determination",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="awards",
                        to="runs.storeddetermination",
                        verbose_name="认定结果",
                    ),
                ),
            ],
            options={
                "verbose_name": "兑付事项",
                "verbose_name_plural": "兑付事项",
                "db_table": "awards_award",
            },
        ),
    ]
