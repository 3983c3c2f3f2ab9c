"""What was written once stays: the database refuses to change it."""

from django.db import migrations

from duixian.office.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = (("treasury", "0001_initial"),)
    operations = (
        AppendOnly("treasury_entry"),
        AppendOnly("treasury_posting"),
        AppendOnly("treasury_bank_result"),
    )
