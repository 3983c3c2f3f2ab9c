"""What was written once stays, and no entry is committed whose postings do not add up."""

from django.db import migrations

from duixian.office.append_only import AppendOnly
from duixian.office.treasury.balance_guard import BalanceGuard


class Migration(migrations.Migration):
    dependencies = (("treasury", "0001_initial"),)
    operations = (
        AppendOnly("treasury_entry"),
        AppendOnly("treasury_posting"),
        AppendOnly("treasury_bank_result"),
        AppendOnly("treasury_attempt"),
        AppendOnly("treasury_recovery_return"),
        AppendOnly("treasury_settlement"),
        BalanceGuard(),
    )
