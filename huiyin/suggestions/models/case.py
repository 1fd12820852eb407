"""The case itself, those who sign it, and its draft."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as p_

from huiyin.accounts.models import Post
from huiyin.kernel.fields import KeyField
from huiyin.ledger.prepared import PreparedManager
from huiyin.organisations.models import Congress, Delegation, Organ, Session
from huiyin.suggestions.stages import REGISTERED_OR_LATER, Signing, Stage


class Kind(models.TextChoices):
    """What kind of paper it is. All kinds live alike and are counted apart."""

    SUGGESTION = "suggestion", p_("kind", "Deputy's suggestion")
    MOTION = "motion", p_("kind", "Motion turned into a suggestion")
    CPPCC_PROPOSAL = "cppcc_proposal", p_("kind", "CPPCC proposal")
    PARTY_PROPOSAL = "party_proposal", p_("kind", "Party deputy's proposal")


# What a congress reports as its deputies' suggestions.
DEPUTIES_KINDS = (Kind.SUGGESTION, Kind.MOTION)


class Raised(models.TextChoices):
    """When it was received; the yearly report counts the two apart."""

    IN_SESSION = "in_session", p_("raised", "During the session")
    BETWEEN_SESSIONS = "between_sessions", p_("raised", "Between sessions")


class Category(models.TextChoices):
    """What it is about, as the congress office sorts it on registration."""

    ECONOMY = "economy", p_("category", "Planning and economy")
    INDUSTRY = "industry", p_("category", "Industry, science and digital")
    FINANCE = "finance", p_("category", "Finance and taxation")
    AGRICULTURE = "agriculture", p_("category", "Agriculture and villages")
    WATER = "water", p_("category", "Water and irrigation")
    TRANSPORT = "transport", p_("category", "Transport")
    CONSTRUCTION = "construction", p_("category", "Housing and urban construction")
    ENVIRONMENT = "environment", p_("category", "Ecology and environment")
    LAND = "land", p_("category", "Forestry and natural resources")
    EDUCATION = "education", p_("category", "Education")
    HEALTH = "health", p_("category", "Health")
    CIVIL_AFFAIRS = "civil_affairs", p_("category", "Civil affairs and care of the old")
    EMPLOYMENT = "employment", p_("category", "Employment and social insurance")
    COMMERCE = "commerce", p_("category", "Commerce and market regulation")
    CULTURE = "culture", p_("category", "Culture, tourism and sport")
    JUSTICE = "justice", p_("category", "Public security and justice")
    GOVERNANCE = "governance", p_("category", "Congress, party and government affairs")
    OTHER = "other", p_("category", "Other")


class MergeGroup(models.Model):
    """Suggestions on the same matter handled together and answered one by one (domain.md §3.4)."""

    key = KeyField()
    congress = models.ForeignKey(Congress, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.key)


class NumberSeries(models.Model):
    """The last number given in a session. Locked while the next one is given."""

    session = models.OneToOneField(Session, models.PROTECT, related_name="+")
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.last)


class Suggestion(models.Model):
    """A deputy's written suggestion, and the file it becomes.

    The columns below ``revision`` are derived from the facts by ``standing.derive``; only
    ``services.turn`` writes them.
    """

    key = KeyField()
    congress = models.ForeignKey(Congress, models.PROTECT, related_name="+")
    session = models.ForeignKey(Session, models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=16, choices=Kind, default=Kind.SUGGESTION)
    lead = models.ForeignKey(Post, models.PROTECT, related_name="led_suggestions")
    delegation = models.ForeignKey(
        Delegation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # The clerk who typed a paper in for the deputy; its scan is an attachment.
    entered_by = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="entered_suggestions"
    )
    # Where an imported row came from; importing it again finds it here.
    # NULL, not blank, where there is none: blanks would collide in the unique index.
    source_ref = models.CharField(  # noqa: DJ001
        max_length=64, null=True, blank=True, editable=False
    )
    created_at = models.DateTimeField()
    # Counts every change; a page that saw an older one is told so.
    revision = models.PositiveIntegerField(default=0)

    stage = models.CharField(_("stage"), max_length=16, choices=Stage, default=Stage.DRAFT)
    title = models.CharField(_("title"), max_length=120, blank=True)
    raised = models.CharField(max_length=16, choices=Raised, blank=True)
    category = models.CharField(_("category"), max_length=16, choices=Category, blank=True)
    number = models.CharField(  # noqa: DJ001 - NULL until registered, for the unique index
        _("number"), max_length=20, null=True, blank=True
    )
    number_order = models.PositiveIntegerField(null=True, blank=True)
    merge_group = models.ForeignKey(
        MergeGroup, models.PROTECT, null=True, blank=True, related_name="members"
    )
    wants_no_reply = models.BooleanField(_("for reference only"), default=False)
    round = models.PositiveSmallIntegerField(default=0)
    lead_organ = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, related_name="+")
    # The system's office that assigns it, from its handing over until it is sent back.
    office = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, related_name="+")
    # The day on which it was first handed to one.
    handed_on = models.DateField(null=True, blank=True)
    submitted_on = models.DateField(null=True, blank=True)
    registered_on = models.DateField(null=True, blank=True)
    first_assigned_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(_("reply due"), null=True, blank=True)
    # Of the first round: when it was due, and when it would be due in the ordinary limit.
    first_due_on = models.DateField(null=True, blank=True)
    ordinary_due_on = models.DateField(null=True, blank=True)
    first_replied_on = models.DateField(null=True, blank=True)
    replied_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    outcome_class = models.CharField(_("outcome class"), max_length=8, blank=True)
    first_attitude = models.CharField(max_length=4, blank=True)
    first_result = models.CharField(max_length=4, blank=True)
    attitude = models.CharField(max_length=4, blank=True)
    result = models.CharField(max_length=4, blank=True)
    # How the rating of the first round, and that of the running one, came in.
    first_rated_via = models.CharField(max_length=8, blank=True)
    rated_via = models.CharField(max_length=8, blank=True)
    # Until when the rating may still be changed. While it may, the grades above stay empty: what
    # lists, exports and figures do not hold, no organ can come upon.
    rating_open_until = models.DateField(null=True, blank=True)
    # The date the latest delivered reply bears, which may lie long before its delivery.
    letter_on = models.DateField(_("date of the letter"), null=True, blank=True)
    changed_at = models.DateTimeField()

    objects = PreparedManager()

    class Meta:
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="suggestion_stage_known", condition=Q(stage__in=Stage.values)
            ),
            models.CheckConstraint(name="suggestion_kind_known", condition=Q(kind__in=Kind.values)),
            models.UniqueConstraint(
                name="suggestion_number_once_a_session", fields=["session", "number"]
            ),
            models.UniqueConstraint(
                name="suggestion_imported_once", fields=["congress", "source_ref"]
            ),
            models.CheckConstraint(
                name="suggestion_registered_has_number",
                condition=~Q(stage__in=REGISTERED_OR_LATER)
                | Q(number__isnull=False, registered_on__isnull=False),
            ),
            models.CheckConstraint(
                name="suggestion_handled_is_assigned",
                condition=~Q(stage__in=(Stage.IN_HANDLING, Stage.REPLIED))
                | Q(first_assigned_on__isnull=False, round__gte=1),
            ),
            models.CheckConstraint(
                name="suggestion_due_not_before_assignment",
                condition=Q(due_on__isnull=True) | Q(due_on__gte=F("first_assigned_on")),
            ),
            models.CheckConstraint(
                name="suggestion_with_office_was_handed",
                condition=Q(office__isnull=True) | Q(handed_on__isnull=False),
            ),
            models.CheckConstraint(
                name="suggestion_closed_has_day",
                condition=~Q(stage=Stage.CLOSED) | Q(closed_on__isnull=False),
            ),
            # Nobody but the deputy and the congress office reads a rating that may be changed.
            models.CheckConstraint(
                name="suggestion_open_rating_is_hidden",
                condition=Q(rating_open_until__isnull=True)
                | Q(stage=Stage.REPLIED, attitude="", result="", rated_via=""),
            ),
        ]
        indexes = [
            models.Index(name="suggestion_recent", fields=["congress", "-changed_at", "-id"]),
            models.Index(name="suggestion_by_stage", fields=["congress", "stage", "-changed_at"]),
            models.Index(name="suggestion_by_due", fields=["congress", "stage", "due_on", "id"]),
            # Lists of all stages and sessions in the order of a column.
            models.Index(name="suggestion_in_due_order", fields=["congress", "due_on", "id"]),
            models.Index(
                name="suggestion_in_number_order", fields=["congress", "number_order", "id"]
            ),
            # The few whose rating may still be changed, among all there ever were.
            models.Index(
                name="suggestion_rating_open",
                fields=["rating_open_until"],
                condition=Q(rating_open_until__isnull=False),
            ),
            models.Index(name="suggestion_by_organ", fields=["lead_organ", "-changed_at"]),
            models.Index(
                name="suggestion_by_office",
                fields=["office", "stage"],
                condition=Q(office__isnull=False),
            ),
            models.Index(name="suggestion_by_lead", fields=["lead", "-changed_at"]),
            models.Index(
                name="suggestion_by_number", fields=["congress", "session", "number_order", "id"]
            ),
            models.Index(
                name="suggestion_by_category", fields=["congress", "category", "-changed_at"]
            ),
            models.Index(
                name="suggestion_by_class", fields=["congress", "outcome_class", "-changed_at"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number or '—'} {self.title}"

    def days_late(self, on: date) -> int:
        """Days past due on ``on``; 0 when nothing is due or it is not yet late."""
        return max((on - self.due_on).days, 0) if self.due_on else 0

    @property
    def is_rated(self) -> bool:
        """Whether the running round has a rating that is final."""
        return bool(self.attitude or self.result)

    def forget_cached(self) -> None:
        """Read signatures and review parties afresh next time."""
        for name in ("signatures_by_post", "review_parts"):
            self.__dict__.pop(name, None)

    @cached_property
    def signatures_by_post(self) -> dict[int, str]:
        """Return where each signature stands, by the deputy's post."""
        return {each.deputy_id: each.standing for each in self.signatures.all()}

    @cached_property
    def review_parts(self) -> frozenset[tuple[str, int | None]]:
        """Return the parties asked to review it together: ``(part, organ id)``."""
        return frozenset(self.review_requests.values_list("part", "organ_id"))


class Signature(models.Model):
    """One deputy's name under a suggestion. ``standing`` follows the deputy's own acts."""

    suggestion = models.ForeignKey(Suggestion, models.PROTECT, related_name="signatures")
    deputy = models.ForeignKey(Post, models.PROTECT, related_name="signatures")
    position = models.PositiveSmallIntegerField(default=0)
    standing = models.CharField(max_length=12, choices=Signing)

    objects = PreparedManager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="signature_once_a_deputy", fields=["suggestion", "deputy"]
            ),
            models.UniqueConstraint(
                name="signature_one_lead",
                fields=["suggestion"],
                condition=Q(standing=Signing.LEAD),
            ),
            models.CheckConstraint(
                name="signature_standing_known", condition=Q(standing__in=Signing.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deputy} ({self.standing})"


class Draft(models.Model):
    """The text being written, kept as typed. Only its author sees it.

    It is gone when the version it became has been submitted, and made again from that version
    when the suggestion comes back for revision.
    """

    suggestion = models.OneToOneField(Suggestion, models.CASCADE, related_name="draft")
    content = models.JSONField(default=dict)
    saved_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=0)

    objects = PreparedManager()

    def __str__(self) -> str:
        return str(self.content.get("title", ""))
