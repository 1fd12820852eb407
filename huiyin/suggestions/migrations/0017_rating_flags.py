"""What strikes the house about a rating as it comes in; for the congress office alone."""

import django.db.models.deletion
from django.db import migrations, models

import huiyin.kernel.fields
import huiyin.kernel.ids
from huiyin.ledger.triggers import Protect


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0006_mandate_clauses"),
        ("suggestions", "0016_scans"),
    ]

    operations = [
        migrations.CreateModel(
            name="RatingFlag",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("device", "From a browser that the organ signs in with"),
                            ("address", "From a network address that the organ has signed in from"),
                            ("just_before", "Within ten minutes after the organ signed in"),
                            ("series", "Five or more entered by one clerk within two minutes"),
                        ],
                        max_length=12,
                        verbose_name="flag",
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "organ",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organ",
                    ),
                ),
                (
                    "rating",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="flags",
                        to="suggestions.rating",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("rating", "kind", "organ"), name="rating_flag_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("organ__isnull", True)),
                        fields=("rating", "kind"),
                        name="rating_flag_of_no_organ_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["device", "address", "just_before", "series"])
                        ),
                        name="rating_flag_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "series"), ("organ__isnull", True)),
                            models.Q(
                                models.Q(("kind", "series"), _negated=True),
                                ("organ__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="rating_flag_names_the_organ",
                    ),
                ],
            },
        ),
        Protect("suggestions_ratingflag"),
    ]
