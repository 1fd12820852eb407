"""Reforms of organs become facts: what was decided, and who goes on with whose work."""

import django.db.models.deletion
from django.db import migrations, models

import huiyin.kernel.fields
import huiyin.kernel.ids
from huiyin.ledger.triggers import Protect


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0003_rule_choice_is_a_fact"),
    ]

    operations = [
        migrations.CreateModel(
            name="OrganReform",
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
                            ("rename", "Renamed"),
                            ("merge", "Merged"),
                            ("split", "Split"),
                            ("abolish", "Abolished"),
                        ],
                        max_length=8,
                        verbose_name="kind of reform",
                    ),
                ),
                ("on", models.DateField(verbose_name="in force from")),
                ("document_no", models.CharField(max_length=60, verbose_name="document number")),
                ("decided_by", models.CharField(max_length=80, verbose_name="decided by")),
                ("at", models.DateTimeField()),
                ("entered_by", models.CharField(blank=True, max_length=22)),
                (
                    "congress",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="organ_reforms",
                        to="organisations.congress",
                    ),
                ),
            ],
            options={
                "verbose_name": "reform of organs",
                "verbose_name_plural": "reforms of organs",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="OrganChange",
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
                ("was", models.CharField(max_length=80)),
                ("now", models.CharField(blank=True, max_length=80)),
                (
                    "heir",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inheritances",
                        to="organisations.organ",
                    ),
                ),
                (
                    "organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="organisations.organ",
                    ),
                ),
                (
                    "reform",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="organisations.organreform",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="organreform",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["rename", "merge", "split", "abolish"])),
                name="organ_reform_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="organchange",
            constraint=models.UniqueConstraint(
                fields=("reform", "organ", "heir"), name="organ_change_once"
            ),
        ),
        Protect("organisations_organreform", "organisations_organchange"),
    ]
