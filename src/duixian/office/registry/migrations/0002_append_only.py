"""What was written once stays: the database refuses to change it."""

from django.db import migrations

from duixian.office.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = (("registry", "0001_initial"),)
    operations = (
        AppendOnly("registry_attribute"),
        AppendOnly("registry_fact"),
    )
