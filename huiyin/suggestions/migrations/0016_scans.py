"""Scans of papers that came back, and where they were put by hand."""

import django.db.models.deletion
from django.db import migrations, models

import huiyin.kernel.fields
import huiyin.kernel.ids
from huiyin.ledger.triggers import Protect


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_calendar_feeds"),
        ("organisations", "0006_mandate_clauses"),
        ("suggestions", "0015_urging"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReceivedScan",
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
                ("name", models.CharField(max_length=300)),
                ("attachment", models.CharField(max_length=22)),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("found", "Brought to its suggestion"),
                            ("unreadable", "No code can be read"),
                            ("foreign", "Code of something else"),
                            ("several", "Pages of several suggestions"),
                            ("expired", "Code of an earlier round"),
                        ],
                        max_length=10,
                    ),
                ),
                ("paper", models.CharField(blank=True, max_length=20)),
                ("round", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("at", models.DateTimeField()),
                (
                    "congress",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.congress",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.post",
                    ),
                ),
                (
                    "suggestion",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="received_scans",
                        to="suggestions.suggestion",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="PlacedScan",
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
                ("why", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.post",
                    ),
                ),
                (
                    "suggestion",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="suggestions.suggestion",
                    ),
                ),
                (
                    "scan",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="placed",
                        to="suggestions.receivedscan",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="receivedscan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("verdict__in", ["found", "unreadable", "foreign", "several", "expired"])
                ),
                name="scan_verdict_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="receivedscan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("suggestion__isnull", False), ("verdict__in", ["found", "expired"])),
                    models.Q(
                        ("suggestion__isnull", True),
                        ("verdict__in", ["unreadable", "foreign", "several"]),
                    ),
                    _connector="OR",
                ),
                name="scan_leads_somewhere",
            ),
        ),
        migrations.AddConstraint(
            model_name="placedscan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("suggestion__isnull", False),
                    models.Q(("why", ""), _negated=True),
                    _connector="OR",
                ),
                name="placed_scan_says_where",
            ),
        ),
        Protect("suggestions_receivedscan", "suggestions_placedscan"),
    ]
