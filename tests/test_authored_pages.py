"""On labelled modern pages no word of the story is lost, and a page that is all story comes back as it was."""

import naqi


def lost(page: dict) -> list[str]:
    """Pieces of the story that a cut took."""
    text = page["text"]
    gold = [False] * len(text)
    for span in page["spans"]:
        gold[span["start"] : span["end"]] = [True] * (span["end"] - span["start"])
    out = []
    for cut in naqi.find_boilerplate(text):
        story = "".join(c for i, c in enumerate(text[cut.start : cut.end], cut.start) if not gold[i])
        if any(c.isalnum() for c in story):
            out.append(f"{page['id']}: {cut.rule} took {story.strip()!r}")
    return out


def test_no_story_is_lost_on_a_page_of_each_kind(authored_pages):
    pages = [page for page in authored_pages if not page["trap"]][:10]
    assert len(pages) == 10
    assert [piece for page in pages for piece in lost(page)] == []


def test_no_story_is_lost_on_any_page(authored_pages):
    assert [piece for page in authored_pages for piece in lost(page)] == []


def test_a_trap_comes_back_as_it_was(authored_pages):
    traps = [page for page in authored_pages if page["trap"]]
    assert traps
    for page in traps:
        assert naqi.remove_boilerplate(page["text"]) is page["text"], page["id"]


def test_something_is_cut_on_a_page_of_each_kind(authored_pages):
    """Losing nothing by doing nothing is not the promise."""
    pages = [page for page in authored_pages if not page["trap"]][:10]
    untouched = [page["id"] for page in pages if not naqi.find_boilerplate(page["text"])]
    assert untouched == []
