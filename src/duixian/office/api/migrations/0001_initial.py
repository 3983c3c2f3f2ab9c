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
            name="KeptAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=120, verbose_name="幂等键")),
                ("request_hash", models.CharField(max_length=64, verbose_name="请求哈希")),
                ("status", models.PositiveSmallIntegerField(verbose_name="状态码")),
                ("body", models.JSONField(null=True, verbose_name="答复")),
                ("headers", models.JSONField(default=dict, verbose_name="答复头")),
                ("kept_at", models.DateTimeField(auto_now_add=True, verbose_name="保存时间")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="账号",
                    ),
                ),
            ],
            options={
                "verbose_name": "已答复请求",
                "verbose_name_plural": "已答复请求",
                "db_table": "api_kept_answer",
                "constraints": [models.UniqueConstraint(fields=("user", "key"), name="api_kept_answer_once")],
            },
        ),
    ]
