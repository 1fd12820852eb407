"""Responsibility inside an organ: leaders, sharing out, marks, milestones, leaders' meetings."""

import django.db.models.deletion
from django.db import migrations, models

import huiyin.kernel.fields
import huiyin.kernel.ids
from huiyin.ledger.triggers import Protect


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_calendar_feeds"),
        ("organisations", "0003_rule_choice_is_a_fact"),
        ("suggestions", "0012_clearance"),
    ]

    operations = [
        migrations.AddField(
            model_name="assignment",
            name="division",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.innerdivision",
            ),
        ),
        migrations.AddField(
            model_name="assignment",
            name="handler",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.post",
            ),
        ),
        migrations.AddField(
            model_name="assignment",
            name="is_focus",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="assignment",
            name="is_hard",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="assignment",
            name="is_hot",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="handlingplan",
            name="division_head",
            field=models.CharField(blank=True, max_length=40, null=True),
        ),
        migrations.AddField(
            model_name="handlingplan",
            name="goal",
            field=models.TextField(blank=True, null=True),
        ),
        migrations.CreateModel(
            name="LeaderAct",
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
                            ("studied", "Studied at a meeting of the leading group"),
                            ("assigned", "Assignment meeting inside the organ"),
                            ("met", "Leader met deputies"),
                            ("visited", "Leader went to the deputy's place"),
                        ],
                        max_length=8,
                    ),
                ),
                ("held_on", models.DateField()),
                ("gist", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leader_acts",
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
                "ordering": ["-held_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="LeaderActStruck",
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
                ("why", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "act",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="struck",
                        to="suggestions.leaderact",
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
            name="OrganLeader",
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
                ("name", models.CharField(max_length=40)),
                ("title", models.CharField(max_length=40)),
                ("is_main", models.BooleanField(default=False)),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                (
                    "organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leaders",
                        to="organisations.organ",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.post",
                    ),
                ),
            ],
            options={
                "ordering": ["-is_main", "pk"],
            },
        ),
        migrations.AddField(
            model_name="leaderact",
            name="leader",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="acts",
                to="suggestions.organleader",
            ),
        ),
        migrations.AddField(
            model_name="handlingplan",
            name="leader",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="plans",
                to="suggestions.organleader",
            ),
        ),
        migrations.CreateModel(
            name="ResponsibilitySystem",
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
                ("levels", models.JSONField(default=list)),
                ("six_fixed", models.BooleanField(default=False)),
                ("shares_out", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
                (
                    "organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="responsibility_systems",
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
            name="SubAssignment",
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
                ("note", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sub_assignments",
                        to="suggestions.assignment",
                    ),
                ),
                (
                    "division",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.innerdivision",
                    ),
                ),
                (
                    "handler",
                    models.ForeignKey(
                        blank=True,
                        null=True,
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
            name="LeaderActCase",
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
                    "act",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="suggestions.leaderact",
                    ),
                ),
                (
                    "suggestion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leader_acts",
                        to="suggestions.suggestion",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("act", "suggestion"), name="leader_act_case_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Milestone",
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
                ("what", models.CharField(max_length=120)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="milestones",
                        to="suggestions.handlingplan",
                    ),
                ),
            ],
            options={
                "ordering": ["due_on", "pk"],
                "indexes": [models.Index(fields=["due_on"], name="milestone_by_day")],
            },
        ),
        migrations.AddConstraint(
            model_name="organleader",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until__isnull", True)),
                fields=("organ", "name"),
                name="organ_leader_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="organleader",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_main", True), ("until__isnull", True)),
                fields=("organ",),
                name="organ_leader_one_main",
            ),
        ),
        migrations.AddConstraint(
            model_name="organleader",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"
                ),
                name="organ_leader_days_ordered",
            ),
        ),
        migrations.AddConstraint(
            model_name="leaderact",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["studied", "assigned", "met", "visited"])),
                name="leader_act_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="subassignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("division__isnull", False), ("handler__isnull", False), _connector="OR"
                ),
                name="sub_assignment_names_somebody",
            ),
        ),
        # SQLite has built the table of plans anew; the others are facts from the start.
        Protect(
            "suggestions_handlingplan",
            "suggestions_responsibilitysystem",
            "suggestions_subassignment",
            "suggestions_milestone",
            "suggestions_leaderact",
            "suggestions_leaderactcase",
            "suggestions_leaderactstruck",
        ),
    ]
