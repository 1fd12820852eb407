"""Parts carried by a reform of organs; a part that was stopped makes room for one carried."""

import django.db.models.deletion
from django.db import migrations, models

import huiyin.kernel.fields
import huiyin.kernel.ids
from huiyin.ledger.triggers import Protect


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0004_reforms"),
        ("suggestions", "0008_contacts"),
    ]

    operations = [
        migrations.CreateModel(
            name="Carried",
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
                ("seq", models.PositiveIntegerField()),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="assignment",
            name="assignment_organ_once_a_round",
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    models.Q(("stage", "stopped"), _negated=True),
                    models.Q(("role", "separate"), _negated=True),
                ),
                fields=("suggestion", "round", "organ"),
                name="assignment_organ_once_a_round",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    models.Q(("stage", "stopped"), _negated=True), ("role", "separate")
                ),
                fields=("suggestion", "round", "organ", "part"),
                name="assignment_separate_part_once",
            ),
        ),
        migrations.AddField(
            model_name="carried",
            name="assignment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="carried",
                to="suggestions.assignment",
            ),
        ),
        migrations.AddField(
            model_name="carried",
            name="now",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.organ",
            ),
        ),
        migrations.AddField(
            model_name="carried",
            name="reform",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="carried",
                to="organisations.organreform",
            ),
        ),
        migrations.AddField(
            model_name="carried",
            name="was",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.organ",
            ),
        ),
        migrations.AddConstraint(
            model_name="carried",
            constraint=models.UniqueConstraint(
                fields=("reform", "assignment"), name="carried_once_a_reform"
            ),
        ),
        migrations.AddConstraint(
            model_name="carried",
            constraint=models.CheckConstraint(
                condition=models.Q(("was", models.F("now")), _negated=True),
                name="carried_to_another",
            ),
        ),
        Protect("suggestions_carried"),
    ]
