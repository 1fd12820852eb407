import django.db.models.deletion
from django.db import migrations, models

import huiyin.kernel.fields
import huiyin.kernel.ids
from huiyin.ledger.triggers import Protect


class Migration(migrations.Migration):
    dependencies = [("reporting", "0001_pictures")]

    operations = [
        migrations.CreateModel(
            name="Report",
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
                            ("yearly", "Yearly report on handling"),
                            ("half_year", "Mid-year report"),
                            ("session", "Analysis of a session's suggestions"),
                            ("organ", "An organ's handling summary"),
                            ("lists", "Three lists"),
                            ("monthly", "Monthly table for the circular"),
                            ("ideas", "Booklet of ideas"),
                        ],
                        max_length=12,
                    ),
                ),
                ("as_of", models.DateField()),
                ("known", models.BigIntegerField(blank=True, null=True)),
                ("title", models.CharField(max_length=120)),
                ("meeting", models.CharField(blank=True, max_length=120)),
                ("agenda_item", models.CharField(blank=True, max_length=80)),
                ("meeting_on", models.DateField(blank=True, null=True)),
                ("addressee", models.CharField(max_length=80)),
                ("theme", models.CharField(blank=True, max_length=80)),
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
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.post",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.session",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="ReportIssue",
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
                ("number", models.CharField(blank=True, max_length=80)),
                ("on", models.DateField()),
                ("known", models.BigIntegerField()),
                ("said", models.JSONField()),
                ("word_sha256", models.CharField(max_length=64)),
                ("sheet_sha256", models.CharField(max_length=64)),
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
                    "report",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="issue",
                        to="reporting.report",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="ReportText",
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
                ("block", models.CharField(max_length=24)),
                ("number", models.PositiveSmallIntegerField()),
                ("text", models.TextField(blank=True)),
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
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="texts",
                        to="reporting.report",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="EarlierFigure",
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
                ("code", models.CharField(max_length=24)),
                ("year", models.PositiveSmallIntegerField()),
                ("value", models.DecimalField(decimal_places=2, max_digits=12)),
                ("printed", models.CharField(max_length=16)),
                ("base", models.CharField(max_length=200)),
                ("same_base", models.BooleanField()),
                ("source", models.CharField(max_length=200)),
                ("page", models.CharField(blank=True, max_length=40)),
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
            ],
            options={
                "ordering": ["-year", "code", "-pk"],
                "indexes": [
                    models.Index(fields=["congress", "code", "year"], name="earlier_figure_of")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("value__gte", 0)), name="earlier_figure_not_negative"
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(fields=["congress", "-as_of"], name="report_of_congress"),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        ["yearly", "half_year", "session", "organ", "lists", "monthly", "ideas"],
                    )
                ),
                name="report_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ("organ", "lists")), ("organ__isnull", True), _connector="OR"
                ),
                name="report_of_an_organ",
            ),
        ),
        migrations.AddConstraint(
            model_name="reporttext",
            constraint=models.UniqueConstraint(
                fields=("report", "block", "number"), name="report_text_numbered_once"
            ),
        ),
        # Every table of reports holds facts.
        Protect(
            "reporting_report",
            "reporting_reporttext",
            "reporting_reportissue",
            "reporting_earlierfigure",
        ),
    ]
