"""What was written once stays: the database refuses to change it."""

from django.db import migrations

from duixian.office.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = (("awards", "0002_references"),)
    operations = (
        AppendOnly("awards_step"),
        AppendOnly("awards_notice_item"),
        AppendOnly("awards_exclusion_check"),
    )
