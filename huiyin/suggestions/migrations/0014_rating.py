"""Receipts, answers in person, ratings that may be changed or come from paper, notes, measures."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Min, OuterRef, Subquery

import huiyin.kernel.fields
import huiyin.kernel.ids
from huiyin.ledger.triggers import Protect


def say_how_and_when(apps, _schema_editor):
    """Fill the new derived columns, as ``huiyin rebuild`` would."""
    cases = apps.get_model("suggestions", "Suggestion").objects
    ratings = apps.get_model("suggestions", "Rating").objects.filter(
        suggestion=OuterRef("pk"), counted=True
    )
    replies = (
        apps.get_model("suggestions", "Reply")
        .objects.filter(
            file__assignment__suggestion=OuterRef("pk"),
            file__stage="delivered",
            deliveries__isnull=False,
        )
        .annotate(handed=Min("deliveries__at"))
        .order_by("-file__assignment__round", "-handed", "-pk")
    )
    cases.exclude(result="").update(
        rated_via=Subquery(ratings.filter(round=OuterRef("round")).values("via")[:1])
    )
    cases.exclude(first_result="").update(
        first_rated_via=Subquery(ratings.filter(round=1).values("via")[:1])
    )
    cases.filter(first_replied_on__isnull=False).update(
        letter_on=Subquery(replies.values("letter_on")[:1])
    )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_calendar_feeds"),
        ("organisations", "0003_rule_choice_is_a_fact"),
        ("suggestions", "0013_responsibility"),
    ]

    operations = [
        migrations.CreateModel(
            name="BodyMeasure",
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
                ("round", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("followed_up", "Followed up by the congress body"),
                            ("face_to_face", "Talk face to face arranged"),
                            ("meeting", "Both sides called together"),
                            ("experts", "Assessed by experts"),
                            ("third_party", "Assessed by a third party"),
                            ("explanation", "Special explanation demanded"),
                        ],
                        max_length=12,
                    ),
                ),
                ("held_on", models.DateField(verbose_name="held on")),
                ("participants", models.CharField(max_length=200, verbose_name="participants")),
                ("minutes", models.TextField(verbose_name="minutes")),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="FaceToFaceReply",
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
                ("held_on", models.DateField(verbose_name="held on")),
                ("place", models.CharField(max_length=100, verbose_name="place")),
                ("answered_by", models.CharField(max_length=40, verbose_name="answered by")),
                ("rank", models.CharField(max_length=60, verbose_name="post of who answered")),
                ("present", models.JSONField(default=list)),
                ("said", models.TextField(verbose_name="what the deputy said")),
                ("scan", models.CharField(max_length=22)),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="OfficeNote",
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
                ("round", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("note", "Note with the rating"),
                            ("pressed", "Asked to change the rating"),
                        ],
                        max_length=8,
                    ),
                ),
                ("text", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Receipt",
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
                    "how",
                    models.CharField(
                        choices=[
                            ("opened", "Opened"),
                            ("signed", "Signed for"),
                            ("in_person", "Answered face to face"),
                        ],
                        max_length=10,
                    ),
                ),
                ("on", models.DateField(verbose_name="received on")),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="rating",
            name="rating_one_counted_a_round",
        ),
        migrations.RemoveConstraint(
            model_name="rating",
            name="rating_once_a_deputy_and_round",
        ),
        migrations.RemoveConstraint(
            model_name="rating",
            name="rating_grades_known",
        ),
        migrations.AddField(
            model_name="rating",
            name="replaces",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaced_by",
                to="suggestions.rating",
            ),
        ),
        migrations.AddField(
            model_name="rating",
            name="scan",
            field=models.CharField(blank=True, max_length=22, null=True),
        ),
        migrations.AddField(
            model_name="suggestion",
            name="first_rated_via",
            field=models.CharField(blank=True, max_length=8),
        ),
        migrations.AddField(
            model_name="suggestion",
            name="letter_on",
            field=models.DateField(blank=True, null=True, verbose_name="date of the letter"),
        ),
        migrations.AddField(
            model_name="suggestion",
            name="rated_via",
            field=models.CharField(blank=True, max_length=8),
        ),
        migrations.AddField(
            model_name="suggestion",
            name="rating_open_until",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="rating",
            name="attitude",
            field=models.CharField(
                blank=True,
                choices=[
                    ("VS", "Very satisfied"),
                    ("S", "Satisfied"),
                    ("BS", "Basically satisfied"),
                    ("NS", "Not satisfied"),
                ],
                max_length=4,
                verbose_name="attitude of handling",
            ),
        ),
        migrations.AlterField(
            model_name="rating",
            name="result",
            field=models.CharField(
                blank=True,
                choices=[
                    ("VS", "Very satisfied"),
                    ("S", "Satisfied"),
                    ("BS", "Basically satisfied"),
                    ("NS", "Not satisfied"),
                ],
                max_length=4,
                verbose_name="result of handling",
            ),
        ),
        migrations.AddIndex(
            model_name="suggestion",
            index=models.Index(
                condition=models.Q(("rating_open_until__isnull", False)),
                fields=["rating_open_until"],
                name="suggestion_rating_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="rating",
            constraint=models.UniqueConstraint(
                condition=models.Q(("counted", True), ("replaces__isnull", True)),
                fields=("suggestion", "round"),
                name="rating_one_counted_a_round",
            ),
        ),
        migrations.AddConstraint(
            model_name="rating",
            constraint=models.UniqueConstraint(
                condition=models.Q(("replaces__isnull", True)),
                fields=("suggestion", "round", "deputy"),
                name="rating_once_a_deputy_and_round",
            ),
        ),
        migrations.AddConstraint(
            model_name="rating",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("attitude__in", ("", "VS", "S", "BS", "NS")),
                    ("result__in", ("", "VS", "S", "BS", "NS")),
                ),
                name="rating_grades_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="rating",
            constraint=models.CheckConstraint(
                condition=models.Q(("attitude", ""), ("result", ""), _negated=True),
                name="rating_says_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="rating",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("via", "paper"), _negated=True),
                    ("scan__isnull", False),
                    _connector="OR",
                ),
                name="rating_from_paper_has_scan",
            ),
        ),
        migrations.AddConstraint(
            model_name="suggestion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("rating_open_until__isnull", True),
                    models.Q(
                        ("attitude", ""), ("rated_via", ""), ("result", ""), ("stage", "replied")
                    ),
                    _connector="OR",
                ),
                name="suggestion_open_rating_is_hidden",
            ),
        ),
        migrations.AddField(
            model_name="bodymeasure",
            name="suggestion",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="measures",
                to="suggestions.suggestion",
            ),
        ),
        migrations.AddField(
            model_name="facetofacereply",
            name="recorded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
            ),
        ),
        migrations.AddField(
            model_name="facetofacereply",
            name="reply",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="face_to_face",
                to="suggestions.reply",
            ),
        ),
        migrations.AddField(
            model_name="officenote",
            name="deputy",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
            ),
        ),
        migrations.AddField(
            model_name="officenote",
            name="suggestion",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="office_notes",
                to="suggestions.suggestion",
            ),
        ),
        migrations.AddField(
            model_name="receipt",
            name="delivery",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="receipt",
                to="suggestions.delivery",
            ),
        ),
        migrations.AddConstraint(
            model_name="bodymeasure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "followed_up",
                            "face_to_face",
                            "meeting",
                            "experts",
                            "third_party",
                            "explanation",
                        ],
                    )
                ),
                name="measure_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="bodymeasure",
            constraint=models.CheckConstraint(
                condition=models.Q(("round__gte", 2)), name="measure_after_a_second_reply"
            ),
        ),
        migrations.AddConstraint(
            model_name="facetofacereply",
            constraint=models.CheckConstraint(
                condition=models.Q(("scan", ""), _negated=True), name="face_to_face_has_scan"
            ),
        ),
        migrations.AddConstraint(
            model_name="officenote",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["note", "pressed"])), name="office_note_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="officenote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("text", ""), _negated=True), ("kind", "pressed"), _connector="OR"
                ),
                name="office_note_says_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="receipt",
            constraint=models.CheckConstraint(
                condition=models.Q(("how__in", ["opened", "signed", "in_person"])),
                name="receipt_how_known",
            ),
        ),
        Protect(
            "suggestions_rating",
            "suggestions_bodymeasure",
            "suggestions_facetofacereply",
            "suggestions_officenote",
            "suggestions_receipt",
        ),
        migrations.RunPython(say_how_and_when, migrations.RunPython.noop),
    ]
