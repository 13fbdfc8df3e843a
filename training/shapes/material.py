"""What shapes are filled with: texts of training pages, invented names and dates, and what sites say in several languages."""
import gzip
import html
import json
import random
from pathlib import Path

from lxml import html as markup

# Words of a paragraph, of a line of a list, and of a remark, at least and at most.
PARAGRAPH = (20, 110)
LINE = (3, 11)
REMARK = (8, 130)
# A page gives no more texts of a kind than this, so that no site's voice fills the shapes.
FROM_A_PAGE = 40
# Lines and characters of a listing, at most.
LISTING_LINES, LISTING_LENGTH = 30, 1500

GIVEN = "Ann Ben Cleo Dirk Esi Farid Gus Hana Ivo Jana Kim Lars Mei Nils Ola Pia Quin Rosa Sam Tove Uma Vito Wanda Yusuf".split()
FAMILY = "Abel Berg Costa Dahl Eriksen Falk Garcia Holm Ito Jansen Kovac Lind Marsh Novak Okoro Petit Rossi Sato Tran Weiss".split()
PLACES = "Harbour River Valley Hill Bridge Market Coast Forest Lake Tower".split()
PAPERS = "Post Courier Journal Notes Weekly Review Herald Gazette Letter".split()
MONTHS = "January February March April May June July August September October November December".split()

# What sites say around a text, by language: comments, answer, related, by, said, newsletter, read more, share, updated.
SAYS = {
    "en": ["Comments", "Reply", "Related posts", "By", "says:", "Sign up for our newsletter", "Read more", "Share", "Updated"],
    "de": ["Kommentare", "Antworten", "Ähnliche Beiträge", "Von", "sagt:", "Newsletter abonnieren", "Weiterlesen", "Teilen", "Aktualisiert"],
    "fr": ["Commentaires", "Répondre", "Articles similaires", "Par", "dit :", "Abonnez-vous à la lettre", "Lire la suite", "Partager", "Mis à jour"],
    "es": ["Comentarios", "Responder", "Entradas relacionadas", "Por", "dice:", "Suscríbete al boletín", "Leer más", "Compartir", "Actualizado"],
    "it": ["Commenti", "Rispondi", "Articoli correlati", "Di", "ha detto:", "Iscriviti alla newsletter", "Leggi tutto", "Condividi", "Aggiornato"],
    "pl": ["Komentarze", "Odpowiedz", "Podobne wpisy", "Autor:", "pisze:", "Zapisz się na newsletter", "Czytaj dalej", "Udostępnij", "Aktualizacja"],
    "ja": ["コメント", "返信", "関連記事", "文", "さん:", "ニュースレター登録", "続きを読む", "共有", "更新"],
    "no": ["Kommentarer", "Svar", "Relaterte saker", "Av", "sier:", "Meld deg på nyhetsbrevet", "Les mer", "Del", "Oppdatert"],
    "cs": ["Komentáře", "Odpovědět", "Související články", "Autor", "říká:", "Přihlásit odběr", "Číst dál", "Sdílet", "Aktualizováno"],
    "tr": ["Yorumlar", "Yanıtla", "Benzer yazılar", "Yazan", "dedi ki:", "Bültene abone ol", "Devamını oku", "Paylaş", "Güncelleme"],
    "ko": ["댓글", "답글", "관련 글", "글", "님의 말:", "뉴스레터 구독", "더 보기", "공유", "수정"],
}
COMMENTS, ANSWER, RELATED, BY, SAID, LETTER, MORE, SHARE, UPDATED = range(9)

escape = html.escape


def lines_of(entry):
    """The lines of a page's true text."""
    return [line.strip() for line in (entry.get("body") or "").split("\n") if line.strip()]


def counted(line, bounds):
    """Whether a line has a number of words within `bounds`; of languages without spaces, four characters are a word."""
    words = len(line.split())
    words = words if words > 1 else len(line) // 4
    return bounds[0] <= words <= bounds[1]


def read(corpus):
    """The pages of a corpus and their truths by id."""
    pages = [json.loads(line) for line in (corpus / "pages.jsonl").read_text(encoding="utf-8").split("\n") if line]
    truths = (json.loads(line) for line in (corpus / "truth.jsonl").read_text(encoding="utf-8").split("\n") if line)
    return pages, {entry["id"]: entry for entry in truths}


def tree_of(corpus, page):
    """A page's tree, or none if it cannot be parsed."""
    path = corpus / page["file"]
    content = gzip.open(path).read() if path.suffix == ".gz" else path.read_bytes()
    try:
        return markup.document_fromstring(content, parser=markup.HTMLParser(encoding="utf-8"))
    except Exception:  # whatever a page of the web does to the parser, it gives no shape
        return None


class Material:
    """Texts by language, and a source of chance that is the same in every run."""

    def __init__(self, corpora, seed):
        self.random = random.Random(seed)
        self.prose, self.short, self.talk, self.code = {}, {}, [], []
        for corpus in corpora:
            self._take(Path(corpus))
        self.language = "en"

    def _take(self, corpus):
        pages, truths = read(corpus)
        for page in pages:
            entry = truths.get(page["id"], {})
            kind, language = entry.get("type"), (entry.get("lang") or "en")[:2]
            lines = lines_of(entry)
            if kind == "forum":
                self.talk += [line for line in lines if counted(line, REMARK)][:FROM_A_PAGE]
            elif kind in (None, "article") and language in SAYS:
                self.prose.setdefault(language, []).extend([x for x in lines if counted(x, PARAGRAPH)][:FROM_A_PAGE])
                short = [x for x in lines if counted(x, LINE) and not x.endswith(":")]
                self.short.setdefault(language, []).extend(short[:FROM_A_PAGE])
            if kind in ("documentation", "article"):
                self._take_listings(corpus, page)

    def _take_listings(self, corpus, page):
        tree = tree_of(corpus, page)
        for listing in [] if tree is None else tree.iter("pre"):
            text = listing.text_content().strip("\n")
            if 2 <= len(text.split("\n")) <= LISTING_LINES and len(text) < LISTING_LENGTH:
                self.code.append(text)

    def speak(self, chance=0.3):
        """Changes to another language by `chance`, else to English."""
        others = [language for language in SAYS if language != "en" and len(self.prose.get(language, ())) > 20]
        self.language = self.random.choice(others) if self.random.random() < chance and others else "en"

    def says(self, which):
        return SAYS[self.language][which]

    def paragraph(self):
        return self.random.choice(self.prose[self.language])

    def paragraphs(self, count):
        pool = self.prose[self.language]
        return self.random.sample(pool, count) if count <= len(pool) else [self.paragraph() for _ in range(count)]

    def phrase(self):
        pool = self.short.get(self.language) or self.short["en"]
        return self.random.choice(pool if len(pool) > 20 else self.short["en"])

    def remark(self):
        return self.random.choice(self.talk) if self.language == "en" and self.random.random() < 0.6 else self.paragraph()

    def listing(self):
        return self.random.choice(self.code)

    def name(self):
        return f"{self.random.choice(GIVEN)} {self.random.choice(FAMILY)}"

    def nick(self):
        return self.random.choice(GIVEN).lower() + self.random.choice(["", "_", "x", "42", "the_elder"])

    def site(self):
        return f"{self.random.choice(PLACES)} {self.random.choice(PAPERS)}"

    def day(self):
        year, month, day = self.random.randint(2009, 2026), self.random.randint(1, 12), self.random.randint(1, 28)
        forms = [f"{day} {MONTHS[month - 1]} {year}", f"{MONTHS[month - 1]} {day}, {year}", f"{day}.{month}.{year}",
                 f"{year}-{month:02}-{day:02}", f"{MONTHS[month - 1][:3]} {day}, {year}"]
        return self.random.choice(forms), f"{year}-{month:02}-{day:02}T08:15:00Z"

    def chance(self, probability):
        return self.random.random() < probability

    def pick(self, *choices):
        return self.random.choice(choices)
