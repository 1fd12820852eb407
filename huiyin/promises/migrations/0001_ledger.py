"""The ledger of promises, look-backs and rolls; and who alone can end a promise."""

import django.db.models.deletion
from django.db import migrations, models

import huiyin.kernel.fields
import huiyin.kernel.ids
from huiyin.ledger.triggers import Protect

FACTS = (
    "promises_promisestatement",
    "promises_promiseact",
    "promises_lookback",
    "promises_lookbackitem",
    "promises_lookbackanswer",
    "promises_yearroll",
)
# An act that ends a promise is a deputy's or the congress office's, by the post itself and not by
# what the act says of it; and no row says that it is ended without such an act.
_ACT = """
    NEW.to_stage IN ('confirmed', 'released') AND NEW.from_stage <> NEW.to_stage AND NOT EXISTS (
        SELECT 1 FROM accounts_post WHERE id = NEW.post_id AND role IN ('deputy', 'clerk')
    )
"""
_ROW = """
    NEW.stage IN ('confirmed', 'released') AND NOT EXISTS (
        SELECT 1 FROM promises_promiseact act JOIN accounts_post post ON post.id = act.post_id
        WHERE act.promise_id = NEW.id AND act.to_stage = NEW.stage
        AND act.from_stage <> act.to_stage AND post.role IN ('deputy', 'clerk')
    )
"""
_SAID = "an organ does not end its own promise"
_GUARDED = (
    ("promise_act_from_outside", "INSERT", "promises_promiseact", _ACT),
    ("promise_row_from_outside", "INSERT", "promises_promise", _ROW),
    ("promise_change_from_outside", "UPDATE", "promises_promise", _ROW),
)


def guard(_apps, editor):
    """Have the database itself refuse a promise that its organ ends."""
    for name, event, table, condition in _GUARDED:
        if editor.connection.vendor == "sqlite":
            editor.execute(
                f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {condition}"
                f" BEGIN SELECT RAISE(ABORT, '{_SAID}'); END",
                None,
            )
            continue
        editor.execute(
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$"
            f" BEGIN IF {condition} THEN RAISE EXCEPTION '{_SAID}'"
            " USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
            None,
        )
        editor.execute(
            f"CREATE TRIGGER {name} BEFORE {event} ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION {name}()",
            None,
        )


def lift(_apps, editor):
    for name, _event, table, _condition in _GUARDED:
        on_table = f" ON {table}" if editor.connection.vendor == "postgresql" else ""
        editor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}", None)
        if on_table:
            editor.execute(f"DROP FUNCTION IF EXISTS {name}()", None)


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0002_calendar_feeds"),
        ("organisations", "0006_mandate_clauses"),
        ("suggestions", "0014_rating"),
    ]

    operations = [
        migrations.CreateModel(
            name="LookBack",
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
                ("groups", models.CharField(max_length=20, verbose_name="classes looked back at")),
                ("basis", models.CharField(max_length=200, verbose_name="decided by")),
                ("answer_by", models.DateField(verbose_name="answers by")),
                ("on", models.DateField()),
                ("at", models.DateTimeField()),
                (
                    "congress",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="look_backs",
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
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="look_backs",
                        to="organisations.session",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="LookBackItem",
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
                ("outcome_class", models.CharField(max_length=8)),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="look_backs",
                        to="suggestions.assignment",
                    ),
                ),
                (
                    "look_back",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="promises.lookback",
                    ),
                ),
                (
                    "organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="look_back_items",
                        to="organisations.organ",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="LookBackAnswer",
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
                    "progress",
                    models.CharField(
                        choices=[
                            ("solved", "Solved meanwhile"),
                            ("advanced", "Further on, not solved"),
                            ("unchanged", "As it was"),
                        ],
                        max_length=10,
                        verbose_name="how it stands",
                    ),
                ),
                ("text", models.TextField(verbose_name="the latest, for the deputy")),
                ("on", models.DateField()),
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
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="promises.lookbackitem",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Promise",
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
                ("made_on", models.DateField(verbose_name="promised on")),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("open", "Not fulfilled yet"),
                            ("claimed", "Said to be done, to be checked"),
                            ("checked", "Checked, to be confirmed"),
                            ("confirmed", "Struck off"),
                            ("released", "Released, not fulfilled"),
                        ],
                        default="open",
                        max_length=12,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("this_year", "Within the year"),
                            ("near_term", "Within the years the rules give"),
                            ("planned", "By the day of the plan"),
                        ],
                        max_length=12,
                    ),
                ),
                ("outcome_class", models.CharField(max_length=8, verbose_name="outcome class")),
                ("sentence", models.TextField(verbose_name="promise in the reply's words")),
                ("first_due_on", models.DateField(blank=True, null=True)),
                (
                    "due_on",
                    models.DateField(blank=True, null=True, verbose_name="to be fulfilled by"),
                ),
                (
                    "postponed",
                    models.PositiveSmallIntegerField(default=0, verbose_name="times postponed"),
                ),
                ("explained_on", models.DateField(blank=True, null=True)),
                ("claimed_on", models.DateField(blank=True, null=True)),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="struck off on")),
                ("told_on", models.DateField(blank=True, null=True)),
                ("rated_on", models.DateField(blank=True, null=True)),
                (
                    "grade",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("VS", "Very satisfied"),
                            ("S", "Satisfied"),
                            ("BS", "Basically satisfied"),
                            ("NS", "Not satisfied"),
                        ],
                        max_length=4,
                    ),
                ),
                ("last_seq", models.PositiveIntegerField(default=0)),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="promises",
                        to="suggestions.assignment",
                    ),
                ),
                (
                    "claimed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.post",
                    ),
                ),
                (
                    "congress",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="promises",
                        to="organisations.congress",
                    ),
                ),
                (
                    "organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="promises",
                        to="organisations.organ",
                    ),
                ),
                (
                    "suggestion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="promises",
                        to="suggestions.suggestion",
                    ),
                ),
            ],
            options={
                "verbose_name": "promise",
                "verbose_name_plural": "promises",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="PromiseAct",
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
                ("move", models.CharField(max_length=16)),
                ("from_stage", models.CharField(max_length=12)),
                ("to_stage", models.CharField(max_length=12)),
                ("at", models.DateTimeField()),
                ("on", models.DateField()),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("deputy", "Deputy"),
                            ("clerk", "Congress clerk"),
                            ("government_clerk", "Government-office clerk"),
                            ("liaison", "Organ liaison"),
                            ("handler", "Handler"),
                            ("checker", "Checker"),
                            ("head", "Head of organ"),
                            ("committee", "Committee staff"),
                            ("leader", "Leader"),
                            ("electing_liaison", "Electing unit's liaison"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "via",
                    models.CharField(
                        choices=[
                            ("page", "On the page"),
                            ("paper", "From paper"),
                            ("import", "Imported"),
                            ("command", "By command"),
                        ],
                        default="page",
                        max_length=8,
                    ),
                ),
                ("why", models.TextField(blank=True)),
                ("due_before", models.DateField(blank=True, null=True)),
                ("due_on", models.DateField(blank=True, null=True)),
                ("evidence", models.TextField(blank=True, verbose_name="what was done")),
                (
                    "source",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="document or address"
                    ),
                ),
                (
                    "grade",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("VS", "Very satisfied"),
                            ("S", "Satisfied"),
                            ("BS", "Basically satisfied"),
                            ("NS", "Not satisfied"),
                        ],
                        max_length=4,
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(blank=True, null=True)),
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
                    "promise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="acts",
                        to="promises.promise",
                    ),
                ),
                (
                    "reply",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="suggestions.reply",
                    ),
                ),
            ],
            options={
                "ordering": ["promise", "seq"],
            },
        ),
        migrations.CreateModel(
            name="PromiseStatement",
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
                ("ordinal", models.PositiveSmallIntegerField(default=1)),
                ("outcome_class", models.CharField(max_length=8)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("this_year", "Within the year"),
                            ("near_term", "Within the years the rules give"),
                            ("planned", "By the day of the plan"),
                        ],
                        max_length=12,
                    ),
                ),
                ("sentence", models.TextField()),
                ("quoted", models.BooleanField(default=True)),
                ("plan", models.CharField(blank=True, max_length=200)),
                ("assigned_on", models.DateField()),
                ("due_on", models.DateField(blank=True, null=True)),
                ("latest_on", models.DateField(blank=True, null=True)),
                ("named", models.BooleanField(default=True)),
                ("on", models.DateField()),
                ("at", models.DateTimeField()),
                (
                    "claim",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="promised",
                        to="suggestions.classclaim",
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
                    "promise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statements",
                        to="promises.promise",
                    ),
                ),
                (
                    "reply",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="promised",
                        to="suggestions.reply",
                    ),
                ),
            ],
            options={
                "ordering": ["promise", "ordinal"],
            },
        ),
        migrations.CreateModel(
            name="YearRoll",
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
                ("year", models.PositiveSmallIntegerField()),
                ("promises", models.PositiveIntegerField()),
                ("organs", models.PositiveIntegerField()),
                ("on", models.DateField()),
                ("at", models.DateTimeField()),
                (
                    "congress",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="promise_rolls",
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
                "ordering": ["-year"],
            },
        ),
        migrations.AddConstraint(
            model_name="lookback",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("title", ""), _negated=True),
                    models.Q(("groups", ""), _negated=True),
                    models.Q(("basis", ""), _negated=True),
                ),
                name="look_back_says_what",
            ),
        ),
        migrations.AddConstraint(
            model_name="lookbackitem",
            constraint=models.UniqueConstraint(
                fields=("look_back", "assignment"), name="look_back_item_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="lookbackanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="look_back_answer_says"
            ),
        ),
        migrations.AddConstraint(
            model_name="lookbackanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("progress__in", ["solved", "advanced", "unchanged"])),
                name="look_back_progress_known",
            ),
        ),
        migrations.AddIndex(
            model_name="promise",
            index=models.Index(fields=["congress", "stage", "due_on", "id"], name="promise_by_day"),
        ),
        migrations.AddIndex(
            model_name="promise",
            index=models.Index(fields=["organ", "stage", "due_on", "id"], name="promise_of_organ"),
        ),
        migrations.AddIndex(
            model_name="promise",
            index=models.Index(fields=["congress", "made_on", "id"], name="promise_by_year"),
        ),
        migrations.AddIndex(
            model_name="promise",
            index=models.Index(fields=["congress", "due_on", "id"], name="promise_by_due"),
        ),
        migrations.AddConstraint(
            model_name="promise",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("stage__in", ["open", "claimed", "checked", "confirmed", "released"])
                ),
                name="promise_stage_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="promise",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("stage__in", ["checked", "claimed", "open"]), ("ended_on__isnull", True)
                    ),
                    models.Q(("ended_on__isnull", False), ("stage__in", ["confirmed", "released"])),
                    _connector="OR",
                ),
                name="promise_ended_has_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="promiseact",
            constraint=models.UniqueConstraint(
                fields=("promise", "seq"), name="promise_act_seq_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="promiseact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("to_stage__in", ["confirmed", "released"]), _negated=True),
                    ("role__in", ("deputy", "clerk")),
                    ("from_stage", models.F("to_stage")),
                    _connector="OR",
                ),
                name="promise_ended_from_outside",
            ),
        ),
        migrations.AddConstraint(
            model_name="promiseact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("move", "postpone"), _negated=True),
                    models.Q(
                        ("due_on__isnull", False),
                        models.Q(
                            ("due_before__isnull", True),
                            ("due_on__gt", models.F("due_before")),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="promise_postponed_to_later",
            ),
        ),
        migrations.AddConstraint(
            model_name="promiseact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("move", "claim_done"), _negated=True),
                    models.Q(
                        models.Q(("evidence", ""), _negated=True),
                        models.Q(("source", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="promise_done_is_shown",
            ),
        ),
        migrations.AddConstraint(
            model_name="promiseact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        (
                            "move__in",
                            (
                                "postpone",
                                "explain",
                                "send_back",
                                "refuse",
                                "release",
                                "reopen",
                                "carry",
                            ),
                        ),
                        _negated=True,
                    ),
                    models.Q(("why", ""), _negated=True),
                    _connector="OR",
                ),
                name="promise_reason_given",
            ),
        ),
        migrations.AddConstraint(
            model_name="promiseact",
            constraint=models.UniqueConstraint(
                condition=models.Q(("move", "tell"), ("year__isnull", False)),
                fields=("promise", "year"),
                name="promise_told_once_a_year",
            ),
        ),
        migrations.AddConstraint(
            model_name="promisestatement",
            constraint=models.UniqueConstraint(
                fields=("promise", "ordinal"), name="promise_statement_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="promisestatement",
            constraint=models.CheckConstraint(
                condition=models.Q(("sentence", ""), _negated=True), name="promise_statement_quotes"
            ),
        ),
        migrations.AddConstraint(
            model_name="promisestatement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("due_on__isnull", True),
                    ("due_on__gte", models.F("assigned_on")),
                    _connector="OR",
                ),
                name="promise_after_assignment",
            ),
        ),
        migrations.AddConstraint(
            model_name="yearroll",
            constraint=models.UniqueConstraint(
                fields=("congress", "year"), name="promise_roll_once_a_year"
            ),
        ),
        Protect(*FACTS),
        migrations.RunPython(guard, lift),
    ]
