"""The articles of an organ's mandate, each with the days it holds."""

import django.db.models.deletion
from django.db import migrations, models

import huiyin.kernel.fields
import huiyin.kernel.ids


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0005_party_office"),
    ]

    operations = [
        migrations.CreateModel(
            name="MandateClause",
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
                ("article", models.CharField(max_length=40, verbose_name="article")),
                ("text", models.TextField(verbose_name="text of the article")),
                ("source", models.CharField(max_length=120, verbose_name="document")),
                ("since", models.DateField(verbose_name="holds from")),
                ("until", models.DateField(blank=True, null=True, verbose_name="holds until")),
                (
                    "organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mandate_clauses",
                        to="organisations.organ",
                    ),
                ),
            ],
            options={
                "verbose_name": "clause of a mandate",
                "verbose_name_plural": "clauses of mandates",
                "ordering": ["organ", "source", "since", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True),
                            ("until__gte", models.F("since")),
                            _connector="OR",
                        ),
                        name="mandate_clause_dates_ordered",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("text", ""), _negated=True),
                            models.Q(("source", ""), _negated=True),
                        ),
                        name="mandate_clause_says_something",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)),
                        fields=("organ", "source", "article"),
                        name="mandate_clause_once",
                    ),
                ],
            },
        ),
    ]
