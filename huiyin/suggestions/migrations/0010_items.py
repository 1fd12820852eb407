"""Requests charged to organs, suggestions handed to offices, and assignment meetings."""

import django.db.models.deletion
from django.db import migrations, models

import huiyin.kernel.fields
import huiyin.kernel.ids
from huiyin.ledger.triggers import Protect


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_calendar_feeds"),
        ("organisations", "0005_party_office"),
        ("suggestions", "0009_reforming"),
    ]

    operations = [
        migrations.CreateModel(
            name="ItemCharge",
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
                ("at", models.DateTimeField()),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="item_charges",
                        to="suggestions.assignment",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="item_charges",
                        to="suggestions.requestitem",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("assignment", "request"), name="item_charged_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HandingOver",
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
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.AddField(
            model_name="suggestion",
            name="handed_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="suggestion",
            name="office",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.organ",
            ),
        ),
        migrations.AddIndex(
            model_name="suggestion",
            index=models.Index(
                condition=models.Q(("office__isnull", False)),
                fields=["office", "stage"],
                name="suggestion_by_office",
            ),
        ),
        migrations.AddConstraint(
            model_name="suggestion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("office__isnull", True), ("handed_on__isnull", False), _connector="OR"
                ),
                name="suggestion_with_office_was_handed",
            ),
        ),
        migrations.AddField(
            model_name="handingover",
            name="office",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.organ",
            ),
        ),
        migrations.AddField(
            model_name="handingover",
            name="suggestion",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="handings_over",
                to="suggestions.suggestion",
            ),
        ),
        migrations.CreateModel(
            name="AssignmentMeeting",
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
                ("title", models.CharField(max_length=120, verbose_name="title")),
                ("held_on", models.DateField(verbose_name="day of the meeting")),
                ("place", models.CharField(blank=True, max_length=100, verbose_name="place")),
                (
                    "chair",
                    models.CharField(
                        blank=True, max_length=60, verbose_name="chair of the meeting"
                    ),
                ),
                ("agenda", models.TextField(blank=True, verbose_name="agenda")),
                ("made_at", models.DateTimeField()),
                ("concluded_at", models.DateTimeField(blank=True, null=True)),
                (
                    "congress",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.congress",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organ",
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
                "ordering": ["-held_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="MeetingCase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("wide", models.BooleanField(default=False)),
                ("issued_at", models.DateTimeField(blank=True, null=True)),
                ("refusal", models.TextField(blank=True)),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="suggestions.assignmentmeeting",
                    ),
                ),
                (
                    "suggestion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meeting_cases",
                        to="suggestions.suggestion",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="MeetingOrgan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("attended", models.BooleanField(blank=True, null=True)),
                ("attendee", models.CharField(blank=True, max_length=60)),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="organs",
                        to="suggestions.assignmentmeeting",
                    ),
                ),
                (
                    "organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organ",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="MeetingSpeech",
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
                            ("address", "Address"),
                            ("statement", "Statement of commitment"),
                            ("exchange", "Exchange of experience"),
                        ],
                        max_length=12,
                    ),
                ),
                ("speaker", models.CharField(max_length=60)),
                ("gist", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="speeches",
                        to="suggestions.assignmentmeeting",
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
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="ProposedCharge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("lead", "Lead"),
                            ("co", "Co-handling"),
                            ("sole", "Sole"),
                            ("separate", "Separate"),
                            ("reference", "For reference"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organ",
                    ),
                ),
                (
                    "row",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proposed",
                        to="suggestions.meetingcase",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.AddIndex(
            model_name="assignmentmeeting",
            index=models.Index(fields=["congress", "-held_on"], name="meeting_of_congress"),
        ),
        migrations.AddConstraint(
            model_name="meetingcase",
            constraint=models.UniqueConstraint(
                fields=("meeting", "suggestion"), name="meeting_case_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="meetingcase",
            constraint=models.CheckConstraint(
                condition=models.Q(("issued_at__isnull", True), ("refusal", ""), _connector="OR"),
                name="meeting_case_issued_or_refused",
            ),
        ),
        migrations.AddConstraint(
            model_name="meetingorgan",
            constraint=models.UniqueConstraint(
                fields=("meeting", "organ"), name="meeting_organ_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="proposedcharge",
            constraint=models.UniqueConstraint(fields=("row", "organ"), name="proposed_organ_once"),
        ),
        migrations.AddConstraint(
            model_name="proposedcharge",
            constraint=models.UniqueConstraint(
                condition=models.Q(("role__in", ("lead", "sole"))),
                fields=("row",),
                name="proposed_one_in_charge",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposedcharge",
            constraint=models.CheckConstraint(
                condition=models.Q(("role__in", ("lead", "sole", "co"))), name="proposed_role_known"
            ),
        ),
        Protect("suggestions_itemcharge", "suggestions_handingover", "suggestions_meetingspeech"),
    ]
