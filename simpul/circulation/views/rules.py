"""The librarian's rules of lending."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from simpul.circulation.actions import set_rule
from simpul.circulation.forms import RuleForm
from simpul.circulation.models import LoanRule
from simpul.circulation.queries import DEFAULT_TERMS, Terms
from simpul.core import clock
from simpul.core.say import say
from simpul.libraries.models import Library
from simpul.libraries.pages import library_page, runs
from simpul.people.models import MemberType

NAMES = ("copies_at_once", "days", "renewals", "grace_days", "fine_per_day", "fine_at_most")


@library_page(runs)
def rules(request: HttpRequest, library: Library) -> HttpResponse:
    types = MemberType.objects.filter(Q(library=library) | Q(library__isnull=True), is_retired=False).order_by("name")
    found = list(LoanRule.objects.filter(Q(library=library) | Q(library__isnull=True)).select_related(
        "member_type").order_by("-library", "member_type__name"))
    own = {rule.member_type_id: rule for rule in found if rule.library_id}
    if request.method == "POST":
        form = RuleForm(request.POST, types=types)
        if form.is_valid():
            form.attempt(lambda: set_rule(
                library=library, member_type=form.cleaned_data["member_type"], terms=form.terms, by=request.actor,
                at=clock.now(), id=form.change_id))
        if form.is_bound and not form.errors:
            say(request, _("The rule is set. It holds for every loan from now on."))
            return redirect(request.path)
    else:
        form = RuleForm(initial=_initial(request, own, found), types=types)
    return render(request, "circulation/rules.html", {
        "library": library, "form": form, "rules": found, "default": DEFAULT_TERMS, "names": NAMES})


def _initial(request: HttpRequest, own: dict, found: list[LoanRule]) -> dict:
    """The rule that is to be changed, else the one that holds for everybody."""
    wanted = request.GET.get("untuk", "")
    rule = next((rule for key, rule in own.items() if str(key) == wanted), own.get(None))
    rule = rule or next((rule for rule in found if rule.member_type_id is None), None)
    source: LoanRule | Terms = rule or DEFAULT_TERMS
    return {name: getattr(source, name) for name in NAMES} | {"member_type": wanted or None}
