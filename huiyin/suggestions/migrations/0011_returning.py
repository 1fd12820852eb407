"""Disputes about responsibility: requests, answers, decisions, and where each charge stands."""

import django.db.models.deletion
from django.db import migrations, models

import huiyin.kernel.fields
import huiyin.kernel.ids
from huiyin.ledger.triggers import Protect


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_calendar_feeds"),
        ("organisations", "0006_mandate_clauses"),
        ("suggestions", "0010_items"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReturnAnswer",
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
                ("accepts", models.BooleanField()),
                ("why", models.TextField(blank=True, verbose_name="reason")),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="ReturnCutoff",
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
                ("until", models.DateField(verbose_name="adjustments taken until")),
                ("decided_by", models.CharField(max_length=80, verbose_name="decided by")),
                ("decided_on", models.DateField(verbose_name="decided on")),
                ("basis", models.TextField(verbose_name="basis")),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="ReturnDecision",
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
                ("number", models.PositiveSmallIntegerField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("reassigned", "Given to another organ"),
                            ("refused", "Refused: the organ goes on"),
                            ("upheld", "Finally: it stays with the organ"),
                        ],
                        max_length=12,
                    ),
                ),
                ("why", models.TextField(verbose_name="reason")),
                ("ground", models.TextField(blank=True, verbose_name="ground")),
                (
                    "consulted",
                    models.CharField(blank=True, max_length=200, verbose_name="bodies consulted"),
                ),
                ("final", models.BooleanField(default=False)),
                ("on", models.DateField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="ReturnRequest",
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
                ("number", models.PositiveSmallIntegerField()),
                (
                    "by",
                    models.CharField(
                        choices=[
                            ("organ", "The organ"),
                            ("deputy", "The deputy"),
                            ("arbiter", "The office that decides"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "mandate",
                    models.TextField(blank=True, verbose_name="duties of the organ charged"),
                ),
                (
                    "named_mandate",
                    models.TextField(blank=True, verbose_name="duties of the organ named"),
                ),
                ("why", models.TextField(verbose_name="reason")),
                ("on", models.DateField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="assignment",
            name="assignment_organ_once_a_round",
        ),
        migrations.RemoveConstraint(
            model_name="assignment",
            name="assignment_separate_part_once",
        ),
        migrations.RemoveConstraint(
            model_name="assignment",
            name="assignment_one_in_charge",
        ),
        migrations.RemoveConstraint(
            model_name="assignment",
            name="assignment_stage_known",
        ),
        migrations.AddField(
            model_name="assignment",
            name="arbiter",
            field=models.CharField(
                blank=True,
                choices=[
                    ("congress_office", "Congress office"),
                    ("government_office", "Government office"),
                    ("leader", "Leader of the congress"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="assignment",
            name="asked_organ",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.organ",
            ),
        ),
        migrations.AddField(
            model_name="assignment",
            name="before",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name="assignment",
            name="contested_since",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="assignment",
            name="contests",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name="assignment",
            name="replaces",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaced_by",
                to="suggestions.assignment",
            ),
        ),
        migrations.AddField(
            model_name="assignment",
            name="return_round",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="assignment",
            name="returning",
            field=models.CharField(
                blank=True,
                choices=[
                    ("return_requested", "Another organ is asked"),
                    ("coordinating", "To be decided"),
                    ("return_refused", "Refused, goes on"),
                    ("escalated", "To be decided finally"),
                    ("reassigned", "Given to another organ"),
                    ("decided", "Decided finally"),
                    ("lapsed", "Overtaken by the work"),
                ],
                max_length=16,
            ),
        ),
        migrations.AlterField(
            model_name="assignment",
            name="stage",
            field=models.CharField(
                choices=[
                    ("issued", "To be acknowledged"),
                    ("acknowledged", "Acknowledged"),
                    ("handling", "In handling"),
                    ("opinion_given", "Co-handling opinion given"),
                    ("replied", "Replied"),
                    ("done", "Done"),
                    ("stopped", "Stopped"),
                    ("reassigned", "Given to another organ"),
                ],
                default="issued",
                max_length=16,
            ),
        ),
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(
                condition=models.Q(("contested_since__isnull", False)),
                fields=["arbiter", "suggestion"],
                name="assignment_contested",
            ),
        ),
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(
                condition=models.Q(("return_round__gt", 0)),
                fields=["suggestion", "organ"],
                name="assignment_ever_contested",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    models.Q(("stage", "reassigned"), _negated=True),
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
                    models.Q(("stage", "reassigned"), _negated=True),
                    models.Q(("stage", "stopped"), _negated=True),
                    ("role", "separate"),
                ),
                fields=("suggestion", "round", "organ", "part"),
                name="assignment_separate_part_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    models.Q(("stage", "reassigned"), _negated=True), ("role__in", ("lead", "sole"))
                ),
                fields=("suggestion", "round"),
                name="assignment_one_in_charge",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "stage__in",
                        [
                            "issued",
                            "acknowledged",
                            "handling",
                            "opinion_given",
                            "replied",
                            "done",
                            "stopped",
                            "reassigned",
                        ],
                    )
                ),
                name="assignment_stage_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "returning__in",
                        [
                            "",
                            "return_requested",
                            "coordinating",
                            "return_refused",
                            "escalated",
                            "reassigned",
                            "decided",
                            "lapsed",
                        ],
                    )
                ),
                name="assignment_returning_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("returning__in", ("return_requested", "coordinating", "escalated")),
                        _negated=True,
                    ),
                    models.Q(
                        ("arbiter__in", ["congress_office", "government_office", "leader"]),
                        ("contested_since__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="assignment_dispute_has_arbiter",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.UniqueConstraint(
                fields=("replaces",), name="assignment_replaced_once"
            ),
        ),
        migrations.AddField(
            model_name="returncutoff",
            name="post",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
            ),
        ),
        migrations.AddField(
            model_name="returncutoff",
            name="session",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="return_cutoffs",
                to="organisations.session",
            ),
        ),
        migrations.AddField(
            model_name="returndecision",
            name="assignment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="return_decisions",
                to="suggestions.assignment",
            ),
        ),
        migrations.AddField(
            model_name="returndecision",
            name="organ",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.organ",
            ),
        ),
        migrations.AddField(
            model_name="returnrequest",
            name="assignment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="return_requests",
                to="suggestions.assignment",
            ),
        ),
        migrations.AddField(
            model_name="returnrequest",
            name="named",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.organ",
            ),
        ),
        migrations.AddField(
            model_name="returnanswer",
            name="request",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="answer",
                to="suggestions.returnrequest",
            ),
        ),
        migrations.AddConstraint(
            model_name="returncutoff",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_by", ""), _negated=True),
                    models.Q(("basis", ""), _negated=True),
                ),
                name="return_cutoff_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="returndecision",
            constraint=models.UniqueConstraint(
                fields=("assignment", "number"), name="return_decision_round_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="returndecision",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ["reassigned", "refused", "upheld"])),
                name="return_decision_outcome_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="returndecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("final", False), models.Q(("ground", ""), _negated=True), _connector="OR"
                ),
                name="return_decision_final_has_ground",
            ),
        ),
        migrations.AddIndex(
            model_name="returnrequest",
            index=models.Index(fields=["named", "assignment"], name="return_request_named"),
        ),
        migrations.AddConstraint(
            model_name="returnrequest",
            constraint=models.UniqueConstraint(
                fields=("assignment", "number"), name="return_request_round_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="returnrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("by__in", ["organ", "deputy", "arbiter"])),
                name="return_request_by_known",
            ),
        ),
        Protect(
            "suggestions_returnrequest",
            "suggestions_returnanswer",
            "suggestions_returndecision",
            "suggestions_returncutoff",
        ),
    ]
