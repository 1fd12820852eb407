import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import huiyin.kernel.fields
import huiyin.kernel.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Lease",
            fields=[
                ("name", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("holder", models.CharField(max_length=22)),
                ("until", models.DateTimeField()),
            ],
            options={
                "verbose_name": "lease",
                "verbose_name_plural": "leases",
            },
        ),
        migrations.CreateModel(
            name="Notice",
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
                ("event", models.CharField(max_length=80)),
                ("case_type", models.CharField(max_length=40)),
                ("case_key", models.CharField(max_length=64)),
                ("title", models.TextField(blank=True)),
                ("params", models.JSONField(default=dict)),
                ("urgent", models.BooleanField(default=False, verbose_name="urgent")),
                ("created_at", models.DateTimeField()),
                ("read_at", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="accounts.post",
                    ),
                ),
            ],
            options={
                "verbose_name": "notice",
                "verbose_name_plural": "notices",
            },
        ),
        migrations.CreateModel(
            name="Delivery",
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
                    "channel",
                    models.CharField(
                        choices=[("site", "In-site"), ("email", "E-mail")], max_length=5
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Waiting to be sent"),
                            ("sent", "Delivered"),
                            ("failed", "Could not be delivered"),
                            ("read", "Read"),
                        ],
                        max_length=6,
                    ),
                ),
                ("attempts", models.PositiveIntegerField(default=0)),
                ("at", models.DateTimeField()),
                ("due_at", models.DateTimeField(null=True)),
                ("error", models.CharField(blank=True, max_length=300)),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="outbox.notice",
                    ),
                ),
            ],
            options={
                "verbose_name": "delivery",
                "verbose_name_plural": "deliveries",
            },
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("read_at__isnull", True)),
                fields=["person", "-created_at", "-id"],
                name="notice_unread",
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("read_at__isnull", False)),
                fields=["person", "-created_at", "-id"],
                name="notice_read",
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["case_type", "case_key"], name="notice_case"),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("state", "queued")), fields=["due_at"], name="delivery_due"
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(
                fields=("notice", "channel"), name="delivery_once_a_channel"
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(("channel__in", ["site", "email"])),
                name="delivery_channel_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["queued", "sent", "failed", "read"])),
                name="delivery_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "queued"), _negated=True),
                    ("due_at__isnull", False),
                    _connector="OR",
                ),
                name="delivery_queued_is_due",
            ),
        ),
    ]
