from django.http import Http404


def institution(request, id):
    raise Http404
