"""Who took part in a contact, what the deputy says of it, and talks beside the organs'."""

import django.db.models.deletion
from django.db import migrations, models

import huiyin.kernel.fields
import huiyin.kernel.ids
from huiyin.ledger.triggers import Protect


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_calendar_feeds"),
        ("organisations", "0003_rule_choice_is_a_fact"),
        ("suggestions", "0007_cohandling"),
    ]

    operations = [
        migrations.AddField(
            model_name="contact",
            name="citizens",
            field=models.CharField(
                blank=True,
                max_length=200,
                null=True,
                verbose_name="enterprises and citizens present",
            ),
        ),
        migrations.AddField(
            model_name="contact",
            name="co_handlers",
            field=models.CharField(
                blank=True, max_length=200, null=True, verbose_name="co-handling organs present"
            ),
        ),
        migrations.AddField(
            model_name="contact",
            name="own_people",
            field=models.CharField(
                blank=True, max_length=100, null=True, verbose_name="people of the organ"
            ),
        ),
        migrations.AddField(
            model_name="contact",
            name="rank",
            field=models.CharField(
                blank=True,
                choices=[
                    ("leader", "Leader of the organ"),
                    ("division", "Head of a division"),
                    ("handler", "Handler"),
                ],
                max_length=8,
                null=True,
                verbose_name="rank of who met the deputy",
            ),
        ),
        migrations.AddField(
            model_name="version",
            name="waives_contact",
            field=models.BooleanField(null=True),
        ),
        migrations.CreateModel(
            name="Talk",
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
                    "side",
                    models.CharField(
                        choices=[
                            ("congress_office", "Congress office"),
                            ("electing_unit", "Electing unit"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("visit", "Visit"),
                            ("meeting", "Meeting"),
                            ("on_site", "On site"),
                            ("phone", "Telephone"),
                            ("video", "Video"),
                            ("letter", "Letter or message"),
                        ],
                        max_length=8,
                    ),
                ),
                ("held_on", models.DateField(verbose_name="held on")),
                ("place", models.CharField(blank=True, max_length=100, verbose_name="place")),
                ("gist", models.TextField(verbose_name="what was said")),
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
                    "deputy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="talks",
                        to="accounts.post",
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
                "ordering": ["held_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="TalkCase",
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
                    "suggestion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="talks",
                        to="suggestions.suggestion",
                    ),
                ),
                (
                    "talk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="suggestions.talk",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="ContactAnswer",
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
                ("ordinal", models.PositiveSmallIntegerField()),
                ("confirmed", models.BooleanField()),
                (
                    "word",
                    models.CharField(blank=True, max_length=200, verbose_name="what was otherwise"),
                ),
                ("at", models.DateTimeField()),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="suggestions.contact",
                    ),
                ),
                (
                    "deputy",
                    models.ForeignKey(
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
                        fields=("contact", "deputy", "ordinal"), name="contact_answer_ordinal_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ContactDeputy",
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
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deputies",
                        to="suggestions.contact",
                    ),
                ),
                (
                    "deputy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.post",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("contact", "deputy"), name="contact_names_once")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="talk",
            constraint=models.CheckConstraint(
                condition=models.Q(("side__in", ["congress_office", "electing_unit"])),
                name="talk_side_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="talkcase",
            constraint=models.UniqueConstraint(
                fields=("talk", "suggestion"), name="talk_case_once"
            ),
        ),
        Protect(
            "suggestions_contact",
            "suggestions_version",
            "suggestions_contactdeputy",
            "suggestions_contactanswer",
            "suggestions_talk",
            "suggestions_talkcase",
        ),
    ]
