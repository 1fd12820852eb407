"""Queries that people keep under a name."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import huiyin.kernel.fields
import huiyin.kernel.ids


class Migration(migrations.Migration):
    dependencies = [
        ("reporting", "0002_reports"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedQuery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    huiyin.kernel.fields.KeyField(
                        default=huiyin.kernel.ids.new_key,
                        editable=False,
                        max_length=22,
                        unique=True,
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("tree", models.JSONField()),
                ("version", models.PositiveSmallIntegerField()),
                (
                    "shared",
                    models.BooleanField(default=False, verbose_name="shared within the congress"),
                ),
                ("saved_at", models.DateTimeField()),
                (
                    "congress",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="organisations.congress",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "saved query",
                "verbose_name_plural": "saved queries",
                "ordering": ["name", "pk"],
                "indexes": [models.Index(fields=["congress", "shared"], name="saved_query_shared")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("owner", "congress", "name"), name="saved_query_name_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="saved_query_named"
                    ),
                ],
            },
        ),
    ]
