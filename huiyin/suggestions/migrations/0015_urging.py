"""Urgings, as facts."""

import django.db.models.deletion
from django.db import migrations, models

import huiyin.kernel.fields
import huiyin.kernel.ids
from huiyin.ledger.triggers import Protect


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_calendar_feeds"),
        ("suggestions", "0014_rating"),
    ]

    operations = [
        migrations.CreateModel(
            name="Urging",
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
                (
                    "rung",
                    models.CharField(
                        choices=[
                            ("unread", "Assignment not read"),
                            ("near", "Due soon"),
                            ("due", "Due today"),
                            ("overdue", "Overdue"),
                            ("by_hand", "Urged by the office"),
                        ],
                        max_length=8,
                    ),
                ),
                ("on", models.DateField()),
                ("due_on", models.DateField(null=True)),
                ("at", models.DateTimeField()),
                ("demand", models.TextField(blank=True, verbose_name="what is asked for")),
                ("answer_by", models.DateField(null=True, verbose_name="answered by")),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="urgings",
                        to="suggestions.assignment",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.post",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("assignment", "rung", "on"), name="urging_once_a_day"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("rung__in", ("near", "due"))),
                        fields=("assignment", "rung", "due_on"),
                        name="urging_rung_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("rung", "unread")),
                        fields=("assignment",),
                        name="urging_unread_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("rung__in", ["unread", "near", "due", "overdue", "by_hand"])
                        ),
                        name="urging_rung_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("rung", "by_hand"), _negated=True),
                            models.Q(("answer_by__isnull", False), ("post__isnull", False)),
                            _connector="OR",
                        ),
                        name="urging_by_hand_is_signed",
                    ),
                ],
            },
        ),
        Protect("suggestions_urging"),
    ]
