import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("awards", "0001_initial"),
        ("evidence", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Batch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="名称")),
                ("document", models.CharField(max_length=120, verbose_name="文号")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("rate_numerator", models.BigIntegerField(blank=True, null=True, verbose_name="系数分子")),
                ("rate_denominator", models.BigIntegerField(blank=True, null=True, verbose_name="系数分母")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "草稿"),
                            ("published", "系数已公布"),
                            ("ordered", "已下达"),
                            ("closed", "已办结"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "payer",
                    models.CharField(
                        choices=[("each", "各级分付"), ("city", "市级代垫"), ("county", "县区代垫")],
                        default="each",
                        max_length=8,
                        verbose_name="支付方式",
                    ),
                ),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="公布时间")),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="编制时间")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="编制人",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="公布人",
                    ),
                ),
            ],
            options={
                "verbose_name": "兑付批次",
                "verbose_name_plural": "兑付批次",
                "db_table": "treasury_batch",
            },
        ),
        migrations.CreateModel(
            name="Budget",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("document", models.CharField(max_length=120, verbose_name="文号")),
                ("measure_id", models.CharField(blank=True, max_length=80, verbose_name="事项编号")),
                (
                    "level",
                    models.CharField(
                        choices=[("city", "市级"), ("county", "县区")], max_length=8, verbose_name="级次"
                    ),
                ),
                ("area", models.CharField(blank=True, max_length=40, verbose_name="地区")),
            ],
            options={
                "verbose_name": "预算",
                "verbose_name_plural": "预算",
                "db_table": "treasury_budget",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("year", "document", "measure_id", "level", "area"),
                        name="treasury_budget_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("area", ""), ("level", "city")),
                            models.Q(("level", "county"), models.Q(("area", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="treasury_county_budget_names_its_area",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BatchLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("approved_fen", models.BigIntegerField(verbose_name="核定金额（分）")),
                ("payable_fen", models.BigIntegerField(blank=True, null=True, verbose_name="应付金额（分）")),
                ("city_fen", models.BigIntegerField(blank=True, null=True, verbose_name="市级承担（分）")),
                ("county_fen", models.BigIntegerField(blank=True, null=True, verbose_name="县区承担（分）")),
                ("city_part", models.PositiveIntegerField(blank=True, null=True, verbose_name="市级份")),
                ("county_part", models.PositiveIntegerField(blank=True, null=True, verbose_name="县区份")),
                (
                    "remainder",
                    models.CharField(
                        blank=True,
                        choices=[("city", "市级"), ("county", "县区")],
                        max_length=8,
                        verbose_name="尾差",
                    ),
                ),
                ("basis", models.CharField(blank=True, max_length=200, verbose_name="分担依据")),
                ("area", models.CharField(blank=True, max_length=40, verbose_name="财政地区")),
                (
                    "award",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="batch_line",
                        to="awards.award",
                        verbose_name="兑付事项",
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="treasury.batch",
                        verbose_name="批次",
                    ),
                ),
                (
                    "city_budget",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="treasury.budget",
                        verbose_name="市级预算",
                    ),
                ),
                (
                    "county_budget",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="treasury.budget",
                        verbose_name="县区预算",
                    ),
                ),
            ],
            options={
                "verbose_name": "批次明细",
                "verbose_name_plural": "批次明细",
                "db_table": "treasury_batch_line",
            },
        ),
        migrations.CreateModel(
            name="BudgetChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("amount_fen", models.BigIntegerField(verbose_name="金额（分）")),
                ("reason", models.CharField(max_length=200, verbose_name="依据")),
                ("proposed_at", models.DateTimeField(auto_now_add=True, verbose_name="提出时间")),
                ("is_confirmed", models.BooleanField(blank=True, null=True, verbose_name="已确认")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="确认时间")),
                ("decision_reason", models.CharField(blank=True, max_length=200, verbose_name="意见")),
                (
                    "budget",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="treasury.budget",
                        verbose_name="预算",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="确认人",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="提出人",
                    ),
                ),
            ],
            options={
                "verbose_name": "预算调整",
                "verbose_name_plural": "预算调整",
                "db_table": "treasury_budget_change",
            },
        ),
        migrations.CreateModel(
            name="LedgerAccount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=200, unique=True, verbose_name="编码")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("source", "预算来源"),
                            ("available", "可用"),
                            ("reserved", "占用"),
                            ("paid", "已付"),
                            ("receivable", "待追回"),
                            ("returned", "已追回"),
                            ("between", "往来"),
                        ],
                        max_length=12,
                        verbose_name="种类",
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[("city", "市级"), ("county", "县区")], max_length=8, verbose_name="级次"
                    ),
                ),
                ("area", models.CharField(blank=True, max_length=40, verbose_name="地区")),
                ("balance_fen", models.BigIntegerField(default=0, verbose_name="余额（分）")),
                (
                    "budget",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="accounts",
                        to="treasury.budget",
                        verbose_name="预算",
                    ),
                ),
            ],
            options={
                "verbose_name": "账户",
                "verbose_name_plural": "账户",
                "db_table": "treasury_account",
            },
        ),
        migrations.CreateModel(
            name="PaymentOrder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[("city", "市级"), ("county", "县区")], max_length=8, verbose_name="级次"
                    ),
                ),
                ("area", models.CharField(blank=True, max_length=40, verbose_name="地区")),
                ("amount_fen", models.BigIntegerField(verbose_name="金额（分）")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("reserved", "已占用"),
                            ("sent", "已送银行"),
                            ("paid", "已支付"),
                            ("failed", "支付失败"),
                            ("cancelled", "已撤销"),
                        ],
                        default="reserved",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("reference", models.CharField(max_length=40, unique=True, verbose_name="支付编号")),
                ("attempt", models.PositiveSmallIntegerField(default=1, verbose_name="次数")),
                ("failure", models.CharField(blank=True, max_length=200, verbose_name="失败原因")),
                ("ordered_at", models.DateTimeField(auto_now_add=True, verbose_name="下达时间")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="awards.bankaccount",
                        verbose_name="收款账户",
                    ),
                ),
                (
                    "award",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orders",
                        to="awards.award",
                        verbose_name="兑付事项",
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orders",
                        to="treasury.batch",
                        verbose_name="批次",
                    ),
                ),
                (
                    "budget",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orders",
                        to="treasury.budget",
                        verbose_name="预算",
                    ),
                ),
            ],
            options={
                "verbose_name": "支付令",
                "verbose_name_plural": "支付令",
                "db_table": "treasury_order",
            },
        ),
        migrations.CreateModel(
            name="PaymentFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[("city", "市级"), ("county", "县区")], max_length=8, verbose_name="级次"
                    ),
                ),
                ("area", models.CharField(blank=True, max_length=40, verbose_name="地区")),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="生成时间")),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payment_files",
                        to="treasury.batch",
                        verbose_name="批次",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="evidence.storedfile",
                        verbose_name="文件",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="生成人",
                    ),
                ),
                (
                    "text_file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="evidence.storedfile",
                        verbose_name="文本文件",
                    ),
                ),
                (
                    "orders",
                    models.ManyToManyField(
                        related_name="payment_files", to="treasury.paymentorder", verbose_name="支付令"
                    ),
                ),
            ],
            options={
                "verbose_name": "支付文件",
                "verbose_name_plural": "支付文件",
                "db_table": "treasury_payment_file",
            },
        ),
        migrations.CreateModel(
            name="PaymentAttempt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("attempt", models.PositiveSmallIntegerField(verbose_name="次数")),
                ("reference", models.CharField(max_length=40, unique=True, verbose_name="支付编号")),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="时间")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="awards.bankaccount",
                        verbose_name="收款账户",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="经办人",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attempts",
                        to="treasury.paymentorder",
                        verbose_name="支付令",
                    ),
                ),
            ],
            options={
                "verbose_name": "支付尝试",
                "verbose_name_plural": "支付尝试",
                "db_table": "treasury_attempt",
            },
        ),
        migrations.CreateModel(
            name="JournalEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=120, unique=True, verbose_name="业务键")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("grant", "预算下达"),
                            ("reserve", "占用"),
                            ("settle", "支付"),
                            ("reverse", "冲回"),
                            ("claim", "应追回"),
                            ("recover", "追回"),
                            ("settlement", "年终结算"),
                        ],
                        max_length=12,
                        verbose_name="种类",
                    ),
                ),
                ("memo", models.CharField(max_length=200, verbose_name="摘要")),
                ("booked_at", models.DateTimeField(auto_now_add=True, verbose_name="记账时间")),
                (
                    "award",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="awards.award",
                        verbose_name="兑付事项",
                    ),
                ),
                (
                    "booked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="记账人",
                    ),
                ),
                (
                    "reverses",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversal",
                        to="treasury.journalentry",
                        verbose_name="冲回",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="treasury.paymentorder",
                        verbose_name="支付令",
                    ),
                ),
            ],
            options={
                "verbose_name": "记账凭证",
                "verbose_name_plural": "记账凭证",
                "db_table": "treasury_entry",
            },
        ),
        migrations.CreateModel(
            name="BankResult",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("attempt", models.PositiveSmallIntegerField(verbose_name="次数")),
                ("is_paid", models.BooleanField(verbose_name="已支付")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="原因")),
                ("bank_reference", models.CharField(blank=True, max_length=80, verbose_name="银行流水号")),
                ("happened_on", models.DateField(verbose_name="日期")),
                ("line", models.PositiveIntegerField(verbose_name="行号")),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="evidence.storedfile",
                        verbose_name="文件",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="results",
                        to="treasury.paymentorder",
                        verbose_name="支付令",
                    ),
                ),
            ],
            options={
                "verbose_name": "银行回执",
                "verbose_name_plural": "银行回执",
                "db_table": "treasury_bank_result",
            },
        ),
        migrations.CreateModel(
            name="Posting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("amount_fen", models.BigIntegerField(verbose_name="金额（分）")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="postings",
                        to="treasury.ledgeraccount",
                        verbose_name="账户",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="postings",
                        to="treasury.journalentry",
                        verbose_name="凭证",
                    ),
                ),
            ],
            options={
                "verbose_name": "分录",
                "verbose_name_plural": "分录",
                "db_table": "treasury_posting",
            },
        ),
        migrations.CreateModel(
            name="Recovery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("amount_fen", models.BigIntegerField(verbose_name="应追回（分）")),
                ("recovered_fen", models.BigIntegerField(default=0, verbose_name="已追回（分）")),
                ("reason", models.TextField(verbose_name="理由")),
                ("decided_at", models.DateTimeField(auto_now_add=True, verbose_name="提出时间")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="确认时间")),
                ("is_refused", models.BooleanField(default=False, verbose_name="不予追回")),
                ("decision_reason", models.TextField(blank=True, verbose_name="意见")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                (
                    "award",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recoveries",
                        to="awards.award",
                        verbose_name="兑付事项",
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="确认人",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="提出人",
                    ),
                ),
            ],
            options={
                "verbose_name": "追回",
                "verbose_name_plural": "追回",
                "db_table": "treasury_recovery",
            },
        ),
        migrations.CreateModel(
            name="RecoveryReturn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("amount_fen", models.BigIntegerField(verbose_name="金额（分）")),
                ("bank_reference", models.CharField(max_length=80, verbose_name="银行流水号")),
                ("returned_on", models.DateField(verbose_name="到账日期")),
                ("recorded_at", models.DateTimeField(auto_now_add=True, verbose_name="登记时间")),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
                    ),
                ),
                (
                    "recovery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="returns",
                        to="treasury.recovery",
                        verbose_name="追回",
                    ),
                ),
            ],
            options={
                "verbose_name": "退回款",
                "verbose_name_plural": "退回款",
                "db_table": "treasury_recovery_return",
            },
        ),
        migrations.CreateModel(
            name="Settlement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("area", models.CharField(max_length=40, verbose_name="地区")),
                ("city_paid_fen", models.BigIntegerField(verbose_name="市级已付（分）")),
                ("county_paid_fen", models.BigIntegerField(verbose_name="县区已付（分）")),
                ("city_owes_fen", models.BigIntegerField(verbose_name="市级应补（分）")),
                ("settled_at", models.DateTimeField(auto_now_add=True, verbose_name="结算时间")),
                (
                    "entry",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="treasury.journalentry",
                        verbose_name="凭证",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="结算人",
                    ),
                ),
            ],
            options={
                "verbose_name": "年终结算",
                "verbose_name_plural": "年终结算",
                "db_table": "treasury_settlement",
            },
        ),
        migrations.AddConstraint(
            model_name="batch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("rate_denominator", None), ("rate_numerator", None)),
                    models.Q(
                        ("rate_denominator__gt", 0),
                        ("rate_numerator__gte", 0),
                        ("rate_numerator__lte", models.F("rate_denominator")),
                    ),
                    _connector="OR",
                ),
                name="treasury_batch_rate",
            ),
        ),
        migrations.AddConstraint(
            model_name="batch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("published_by", None),
                    models.Q(("published_by", models.F("made_by")), _negated=True),
                    _connector="OR",
                ),
                name="treasury_batch_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="batchline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("city_fen", None), ("county_fen", None)),
                    (
                        "payable_fen",
                        django.db.models.expressions.CombinedExpression(
                            models.F("city_fen"), "+", models.F("county_fen")
                        ),
                    ),
                    _connector="OR",
                ),
                name="treasury_line_parts_add_up",
            ),
        ),
        migrations.AddConstraint(
            model_name="batchline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("payable_fen", None),
                    models.Q(("payable_fen__gte", 0), ("payable_fen__lte", models.F("approved_fen"))),
                    _connector="OR",
                ),
                name="treasury_line_within_approved",
            ),
        ),
        migrations.AddConstraint(
            model_name="budgetchange",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount_fen", 0), _negated=True), name="treasury_budget_change_moves"
            ),
        ),
        migrations.AddConstraint(
            model_name="budgetchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by", None),
                    models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="treasury_budget_change_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="ledgeraccount",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ("source", "between")), ("balance_fen__gte", 0), _connector="OR"
                ),
                name="treasury_no_overdraft",
            ),
        ),
        migrations.AddConstraint(
            model_name="paymentorder",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "cancelled"), _negated=True),
                fields=("award", "level"),
                name="treasury_order_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="paymentorder",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount_fen__gt", 0)), name="treasury_order_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="paymentattempt",
            constraint=models.UniqueConstraint(fields=("order", "attempt"), name="treasury_attempt_once"),
        ),
        migrations.AddConstraint(
            model_name="bankresult",
            constraint=models.UniqueConstraint(fields=("order", "attempt"), name="treasury_bank_result_once"),
        ),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.UniqueConstraint(fields=("entry", "account"), name="treasury_posting_once"),
        ),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount_fen", 0), _negated=True), name="treasury_posting_moves"
            ),
        ),
        migrations.AddConstraint(
            model_name="recovery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("amount_fen__gt", 0),
                    ("recovered_fen__gte", 0),
                    ("recovered_fen__lte", models.F("amount_fen")),
                ),
                name="treasury_recovery_range",
            ),
        ),
        migrations.AddConstraint(
            model_name="recovery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confirmed_by", None),
                    models.Q(("confirmed_by", models.F("decided_by")), _negated=True),
                    _connector="OR",
                ),
                name="treasury_recovery_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="recovery",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_refused", False)), fields=("award",), name="treasury_recovery_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="recoveryreturn",
            constraint=models.UniqueConstraint(
                fields=("recovery", "bank_reference"), name="treasury_return_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="recoveryreturn",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount_fen__gt", 0)), name="treasury_return_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="settlement",
            constraint=models.UniqueConstraint(fields=("year", "area"), name="treasury_settlement_once"),
        ),
    ]
