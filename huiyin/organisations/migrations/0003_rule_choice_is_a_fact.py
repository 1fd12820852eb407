"""A choice of rules becomes a fact: written once, with who entered it, never changed."""

from django.db import migrations, models

from huiyin.ledger.triggers import Protect


class Migration(migrations.Migration):
    dependencies = [("organisations", "0002_calendar_notices")]

    operations = [
        migrations.AlterModelOptions(
            name="rulechoice",
            options={
                "ordering": ["congress", "-valid_from", "-pk"],
                "verbose_name": "rule choice",
                "verbose_name_plural": "rule choices",
            },
        ),
        # Several changes may begin on one day; of two the one entered later rules.
        migrations.RemoveConstraint(model_name="rulechoice", name="rule_choice_once_a_day"),
        migrations.RemoveConstraint(
            model_name="rulechoice", name="rule_choice_once_a_day_for_session"
        ),
        migrations.AddField(
            model_name="rulechoice",
            name="at",
            field=models.DateTimeField(null=True, verbose_name="entered at"),
        ),
        migrations.AddField(
            model_name="rulechoice",
            name="entered_by",
            field=models.CharField(max_length=22, null=True, verbose_name="entered by"),
        ),
        Protect("organisations_rulechoice"),
    ]
