from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="AuditEvent",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False, verbose_name="序号")),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("actor", models.CharField(max_length=150, verbose_name="操作人")),
                ("action", models.CharField(max_length=80, verbose_name="动作")),
                ("subject_type", models.CharField(max_length=80, verbose_name="对象类型")),
                ("subject_id", models.CharField(blank=True, max_length=120, verbose_name="对象")),
                (
                    "enterprise",
                    models.CharField(blank=True, db_index=True, max_length=18, verbose_name="企业"),
                ),
                ("detail", models.JSONField(default=dict, verbose_name="内容")),
                ("algorithm", models.CharField(max_length=10, verbose_name="算法")),
                ("previous_hash", models.CharField(max_length=64, unique=True, verbose_name="前一哈希")),
                ("hash", models.CharField(max_length=64, unique=True, verbose_name="哈希")),
            ],
            options={
                "verbose_name": "审计事件",
                "verbose_name_plural": "审计事件",
                "db_table": "audit_event",
                "ordering": ("number",),
                "indexes": [
                    models.Index(fields=["subject_type", "subject_id"], name="audit_subject"),
                    models.Index(fields=["actor", "number"], name="audit_actor"),
                    models.Index(fields=["at"], name="audit_at"),
                ],
            },
        ),
    ]
