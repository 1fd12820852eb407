"""The party office, which shares out the suggestions of its system."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0004_reforms"),
    ]

    operations = [
        migrations.AddField(
            model_name="organ",
            name="is_party_office",
            field=models.BooleanField(default=False, verbose_name="party office"),
        ),
        migrations.AddConstraint(
            model_name="organ",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_party_office", False), ("system", "party"), _connector="OR"
                ),
                name="organ_party_office_is_party",
            ),
        ),
    ]
