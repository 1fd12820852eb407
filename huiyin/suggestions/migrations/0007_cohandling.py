"""Co-handling: drafts and sections of opinions, marks, statements, countersignatures."""

import django.db.models.deletion
from django.db import migrations, models

import huiyin.kernel.fields
import huiyin.kernel.ids
from huiyin.ledger.triggers import Protect


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_calendar_feeds"),
        ("suggestions", "0006_rules_applied"),
    ]

    operations = [
        migrations.AddField(
            model_name="assignment",
            name="opinion_mark",
            field=models.CharField(blank=True, max_length=12),
        ),
        migrations.AddField(
            model_name="assignment",
            name="opinion_returned_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="coopinion",
            name="advice",
            field=models.TextField(blank=True, null=True, verbose_name="advice for the reply"),
        ),
        migrations.AddField(
            model_name="coopinion",
            name="will_do",
            field=models.TextField(blank=True, null=True, verbose_name="what it will do"),
        ),
        migrations.CreateModel(
            name="OpinionDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("content", models.JSONField(default=dict)),
                ("revision", models.PositiveIntegerField(default=0)),
                ("saved_at", models.DateTimeField()),
                (
                    "assignment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opinion_draft",
                        to="suggestions.assignment",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OpinionMarked",
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
                    "mark",
                    models.CharField(
                        choices=[
                            ("adopted", "Adopted"),
                            ("partly", "Adopted in part"),
                            ("not_adopted", "Not adopted"),
                        ],
                        max_length=12,
                        verbose_name="adopted or not",
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                ("at", models.DateTimeField()),
                (
                    "opinion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="marks",
                        to="suggestions.coopinion",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="CoStatement",
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
                            ("given", "Opinion given"),
                            ("absent", "No opinion in its time"),
                            ("pending", "No opinion yet, its time still runs"),
                        ],
                        max_length=8,
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True)),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="co_statements",
                        to="suggestions.assignment",
                    ),
                ),
                (
                    "opinion",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statements",
                        to="suggestions.coopinion",
                    ),
                ),
                (
                    "reply",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="co_statements",
                        to="suggestions.reply",
                    ),
                ),
                (
                    "marked",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statements",
                        to="suggestions.opinionmarked",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Countersignature",
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
                ("digest", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="countersignatures",
                        to="suggestions.assignment",
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
                    "reply",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="countersignatures",
                        to="suggestions.reply",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("reply", "assignment"), name="countersigned_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CountersignLapse",
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
                ("due_on", models.DateField()),
                ("at", models.DateTimeField()),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="countersign_lapses",
                        to="suggestions.assignment",
                    ),
                ),
                (
                    "reply",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="countersign_lapses",
                        to="suggestions.reply",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("reply", "assignment"), name="countersign_lapsed_once"
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="opinionmarked",
            constraint=models.CheckConstraint(
                condition=models.Q(("mark__in", ["adopted", "partly", "not_adopted"])),
                name="opinion_mark_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="opinionmarked",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("mark", "adopted"), models.Q(("reason", ""), _negated=True), _connector="OR"
                ),
                name="opinion_mark_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="costatement",
            constraint=models.UniqueConstraint(
                fields=("reply", "assignment"), name="co_statement_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="costatement",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["given", "absent", "pending"])),
                name="co_statement_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="costatement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "given"), ("opinion__isnull", False)),
                    models.Q(
                        models.Q(("kind", "given"), _negated=True),
                        ("marked__isnull", True),
                        ("opinion__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="co_statement_names_opinion",
            ),
        ),
        migrations.AddConstraint(
            model_name="costatement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "absent"), _negated=True),
                    ("due_on__isnull", False),
                    _connector="OR",
                ),
                name="co_statement_absent_was_due",
            ),
        ),
        # Columns were added to it: SQLite may have made it anew, without its triggers.
        Protect("suggestions_coopinion"),
        Protect(
            "suggestions_opinionmarked",
            "suggestions_costatement",
            "suggestions_countersignature",
            "suggestions_countersignlapse",
        ),
    ]
