"""Who has signed in from where within the week; addresses as keyed digests only."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_calendar_feeds"),
    ]

    operations = [
        migrations.CreateModel(
            name="SignInTrace",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("address", models.CharField(max_length=64)),
                ("at", models.DateTimeField(db_index=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "trace of a sign-in",
                "verbose_name_plural": "traces of sign-ins",
                "constraints": [
                    models.UniqueConstraint(fields=("address", "person"), name="sign_in_trace_once")
                ],
            },
        ),
    ]
