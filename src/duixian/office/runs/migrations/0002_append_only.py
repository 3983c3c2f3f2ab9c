"""What was written once stays: the database refuses to change it."""

from django.db import migrations

from duixian.office.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = (("runs", "0001_initial"),)
    operations = (
        AppendOnly("runs_ruling"),
        AppendOnly("runs_ruling_signature"),
        AppendOnly("runs_determination"),
    )
