"""What a type checker must refuse: every line below `text` is one mistake. Checked, never run.

(A sequence of hints for one text is none of them: a `str` is an iterable of `str` too.)
"""

import naqi

text = "نص"
naqi.normalize(b"text")
naqi.normalize(3)
naqi.normalize([1, 2])
naqi.normalize(text, "serach")
naqi.normalize(text, alef="fodl")
naqi.normalize(text, digits="latin")
naqi.normalize(text, tehmarbuta="heh")
naqi.normalize(text, diacritics={"vowels"})
naqi.split_sentences(text, newlines="keep")
naqi.strip_diacritics(text, True)
naqi.strip_diacritics(text, keep={"vowels"})
naqi.extract(text, keep=("dateline",))
naqi.extract(text, normalize="nwes")
naqi.remove_boilerplate(text, keep="headline")
naqi.Extractor(keep=("headline",))
naqi.Extractor(normalize=3)
naqi.Boilerplate(0, 1, "headline", "own")
naqi.show(3)
naqi.Report([text])
body: str = naqi.extract([text])
title: str = naqi.extract(text).title
headline = naqi.extract(text).headline
naqi.extract(text).body = "another"
naqi.normalize(text, preset=3)
naqi.normalize(text, elongation="two")
naqi.split_sentences(text, newlines=None)
naqi.extract(text, tilte="x")
naqi.extract(text, templates="site.naqi")
naqi.extract_iter(3)
naqi.Normalizer("news")(text, alef="keep")
naqi.Extractor()(text, normalize="news")
naqi.Templates.learn([3])
naqi.Normalizer().align(text).to_original("1")
naqi.show(naqi.Normalizer().align(text), title="x")
