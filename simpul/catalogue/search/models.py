"""What the search engine indexes of a title. All of it can be built again from the titles (`rebuild`)."""

from django.db import models


class SearchDoc(models.Model):
    """The analysed text of one title: stems in four columns of falling weight, and what is unstemmed.

    The key is an integer because FTS5 needs a stable rowid. SQLite indexes the stems and inflected words with FTS5
    (external content), PostgreSQL a weighted tsvector of them; both are made by the migration after this table's.
    """

    id = models.BigAutoField(primary_key=True)
    title = models.OneToOneField("catalogue.Title", on_delete=models.CASCADE, related_name="search_doc")
    title_stems = models.TextField()
    contributor_stems = models.TextField(blank=True)
    subject_stems = models.TextField(blank=True)
    rest_stems = models.TextField(blank=True)
    inflected = models.TextField(blank=True)  # unstemmed words of title and contributor that differ from their stem
    title_key = models.CharField(max_length=160, blank=True)  # unstemmed title, for exact matches and beginnings
    vocabulary = models.TextField(blank=True)  # its unstemmed words that `SearchWord` counts

    class Meta:
        # LIKE 'laskar p%' needs the pattern operators on PostgreSQL; SQLite compares a range of the same index
        indexes = [models.Index(fields=["title_key"], name="search_doc_by_title", opclasses=["varchar_pattern_ops"])]


class SearchFacet(models.Model):
    """What hits are counted and narrowed by; a narrow row, because 5,000 of them are read for a query.

    A provisional or withdrawn title has a document but no facet row: the public does not see it.
    """

    # the key of its document; no foreign key, because only an integer primary key is SQLite's own row number, and
    # any other costs a second look-up for each of the 5,000 rows
    id = models.BigAutoField(primary_key=True)
    # all of the following but `held` in one text, "ind|8|1990|book|1": reading two columns instead of six halves
    # the time of counting
    profile = models.CharField(max_length=60)
    language = models.CharField(max_length=8, blank=True)
    main_class = models.CharField(max_length=1, blank=True)  # first digit of the DDC number
    decade = models.SmallIntegerField(default=0)             # 1990 for 1990–1999, 0 for unknown
    format = models.CharField(max_length=12)
    is_easy = models.BooleanField(default=False)
    held = models.TextField(blank=True)  # " L001+ L002- L003* ": + on the shelf, * online


class SearchWord(models.Model):
    """The vocabulary of titles, contributors and subjects, for suggestions: in how many titles a word stands."""

    word = models.CharField(primary_key=True, max_length=40)
    initial = models.CharField(max_length=1)
    length = models.PositiveSmallIntegerField()
    titles = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["initial", "length"], name="search_word_by_shape")]
