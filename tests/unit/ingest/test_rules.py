"""The rules on small texts: sentences, names, speakers, modality, numbers, dates."""

from __future__ import annotations

import pytest

from detente.case.load import load_case
from detente.case.model import Case
from detente.ingest.dates import dates
from detente.ingest.document import Document
from detente.ingest.modality import Frame, modality
from detente.ingest.names import Actors
from detente.ingest.numbers import numbers
from detente.ingest.people import People
from detente.ingest.sentences import pieces
from detente.ingest.speech import attributions
from detente.ingest.speech_ru import attributions_ru


def cut(text: str, language: str = "en") -> list[str]:
    return [text[p.start : p.end] for p in pieces(text, language) if not p.heading]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Gen. Marr met U.S. officials on Jan. 5. They left.", 2),
        ("J. R. Smith said 3.5 percent. No. 7 follows.", 2),
        ('"Will it hold?" he asked. "No."', 2),
        ("He said: “We stay.” She left.", 2),
        ("Prices rose to 9.6 bn. Tin fell.", 2),
        ("It began at 5 p.m. on Monday and ended there.", 1),
        ("- first point of the list here.\n- second point of the list here.", 2),
    ],
)
def test_sentences_end_where_readers_say_so(text: str, sentences: int) -> None:
    shadow = Document("a", text).shadow
    assert len(cut(shadow)) == sentences


def test_russian_abbreviations_do_not_end_sentences() -> None:
    text = "В 2031 г. погибли 40 тыс. человек, т.е. больше. А. Петров уехал."
    assert len(cut(text, "ru")) == 2


def test_lines_broken_by_hand_are_one_paragraph_and_others_are_not() -> None:
    wrapped = (
        "The presidents of both sides will meet on Sunday in a small town by\n"
        "the sea, where the last round of talks had ended without any result\n"
        "at all, and where nobody expects much more than a handshake this time."
    )
    assert len(cut(wrapped)) == 1
    assert len(cut("One line is a paragraph.\nSo is the next one here.")) == 2


def test_datelines_bullets_and_times_stand_outside_the_sentence() -> None:
    text = "PORT SABLE, May 9 (Courier) - Norvia said no.\n\n18:42 Kestria said yes.\n\n1. A third is made."
    assert cut(text) == ["Norvia said no.", "Kestria said yes.", "A third is made."]


def test_headings_make_sections() -> None:
    found = pieces("Security guarantees\n\nNorvia objects.\n\nNorvia's economy\n\nPrices rose.")
    assert [(p.heading, p.section) for p in found] == [(True, 1), (False, 1), (True, 2), (False, 2)]


def test_turns_of_an_interview_are_recognised_and_stray_colons_are_not() -> None:
    talk = "Courier: Will you go?\n\nAnn Lee: We will go.\n\nCourier: When?\n\nLee: Soon, I hope so."
    assert [p.turn for p in pieces(talk)] == ["Courier", "Ann Lee", "Courier", "Lee"]
    assert [p.turn for p in pieces("Note: this is one thing that was said here today.")] == [""]


SPEAKERS = [
    ("Norvian Foreign Minister Edda Korin said on Friday that no one would leave.", "Edda Korin", "NRV"),
    ("“We stay,” said Petra Oldan, a spokeswoman.", "Petra Oldan", "KES"),
    ("No one would leave, according to the League of Straits.", "League of Straits", "LEA"),
    ("According to Kestria's defence ministry, two men were hurt.", "Kestria's defence ministry", "KES"),
    ("Two men were hurt, regional officials said.", "regional officials", ""),
    ("Admiral Reese, who commands the fleet, says it is ready.", "Reese", "CAL"),
    ("A spokesman for the presidency, Ivo Tarn, denied the report.", "Ivo Tarn", ""),
    ("By the League's count, 40 shells fell.", "League", "LEA"),
    ("Luis Ortega, secretary-general of the League: “Nobody is pleased.”", "Luis Ortega", "LEA"),
    ("A poll by the Reik Institute found that most want peace.", "Reik Institute", ""),
    ("On 9 May 2031 the defence ministry said no one would leave.", "defence ministry", ""),
    ("On May 9 Norvia said no one would leave.", "Norvia", "NRV"),
    ("In April 2031 the League of Straits said no one would leave.", "League of Straits", "LEA"),
    ("Late on Friday regional officials said no one would leave.", "regional officials", ""),
    ("Last week the League said no one would leave.", "League", "LEA"),
    ("09.05.2031 The defence ministry said no one would leave.", "defence ministry", ""),
    ("9 May memoranda say no one would leave.", "9 May memoranda", ""),
    ("The 9 May memorandum said no one would leave.", "9 May memorandum", ""),
    ("Seventeen officials said no one would leave.", "Seventeen officials", ""),
    ("Whitlow has ruled out a vote.", "Whitlow", "CAL"),
    ("Norvia has ruled out a vote.", "", ""),
    ("Smaller states fear a bargain.", "", ""),
    ("Norvia is said to have agreed.", "", ""),
    ("The Treasury added 14 companies to its list.", "", ""),
    ("Norvia shows no sign of giving in.", "", ""),
]


@pytest.mark.parametrize(("sentence", "speaker", "actor"), SPEAKERS)
def test_speakers(river: Case, sentence: str, speaker: str, actor: str) -> None:
    shadow = Document("a", sentence).shadow
    found = attributions(shadow, People.of(shadow, Actors(river)))
    assert [(a.speaker, a.actor) for a in found[:1]] == ([(speaker, actor)] if speaker else [])


def test_one_speaker_inside_another(river: Case) -> None:
    text = "Norvia would stop, the Strait Courier reported, citing diplomats."
    found = attributions(text, People.of(text, Actors(river)))
    assert [a.speaker for a in found] == ["diplomats", "Strait Courier"]
    text = 'An adviser to Arvell, quoted by the Norvian Bulletin, called it "the least".'
    found = attributions(text, People.of(text, Actors(river)))
    assert found[0].speaker == "adviser to Arvell"
    assert "Bulletin" in found[1].speaker


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("Министр обороны Норвии Эдда Корин заявила, что войска останутся.", "Эдда Корин"),
        ("«Мы остаемся», — сказал Милан Сорек журналистам.", "Милан Сорек"),
        ("По данным Лиги проливов, погибли 40 человек.", "Лиги проливов"),
        ("9 мая 2031 года министерство обороны сообщило, что войска останутся.", "министерство обороны"),
        ("Во вторник центральный банк сообщил, что инфляция растет.", "центральный банк"),
        ("Инфляция, как сообщил центральный банк, составила 14%.", "центральный банк"),
        ("Норвия выступает против любых войск.", ""),
    ],
)
def test_russian_speakers(river: Case, sentence: str, speaker: str) -> None:
    shadow = Document("a", sentence).shadow
    found = attributions_ru(shadow, People.of(shadow, Actors(river)))
    assert [a.speaker for a in found] == ([speaker] if speaker else [])


@pytest.mark.parametrize(
    ("sentence", "frame", "expected"),
    [
        ("It remains unclear whether Kestria will agree.", Frame(actor=True), "question"),
        ("Kestria would agree if Norvia left.", Frame(actor=True), "conditional"),
        ("A new offensive is expected in June.", Frame(), "forecast"),
        ("Kestria rejects the plan.", Frame(actor=True), "position"),
        ("The river rejects nothing.", Frame(), "fact"),
        ("Two men were hurt.", Frame(speaker="officials"), "reported"),
        ("Norvia reportedly left.", Frame(actor=True), "reported"),
        ("Norvia, which will not leave, holds the dam.", Frame(actor=True), "fact"),
    ],
)
def test_modality(sentence: str, frame: Frame, expected: str) -> None:
    assert modality(sentence, "en", frame) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("about 6,350 square kilometres", [(6350, "km2")]),
        ("rose by 18 percent, or 2.5%", [(18, "percent"), (2.5, "percent")]),
        ("80.5 billion euros against 64.6 billion", [(80.5, "EUR bn"), (64.6, "EUR bn")]),
        ("$66.63 a barrel", [(66.63, "USD")]),
        ("66 dollars a barrel", [(66, "USD/bbl")]),
        ("4.88 trillion roubles", [(4.88, "RUB trn")]),
        ("9,6 млрд рублей и 6 тысяч солдат", [(9.6, "RUB bn"), (6000, "солдат")]),
        ("6 to 7 percent", [(6.5, "percent")]),
        ("a 30-day truce", [(30, "day")]),
        ("90 of its 135 votes", [(90, "votes"), (135, "votes")]),
        ("two brigades and 1,200 prisoners", [(2, "brigades"), (1200, "prisoners")]),
        ("25-percent duty", [(25, "percent")]),
        ("on 9 May 2031, in 2025, at 18:42, Article 73, the G7, since 1974, May 9", []),
        ("the two presidents and one soldier", []),
        ("Voters under 30 want it", []),
        ("call +000 555 0100", []),
    ],
)
def test_numbers(text: str, expected: list[tuple[float, str]]) -> None:
    assert [(n.value, n.unit) for n in numbers(text)] == expected
    assert all(text[n.start : n.end] == n.text for n in numbers(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on 9 May 2031", ["2031-05-09"]),
        ("on May 9, 2031", ["2031-05-09"]),
        ("9 мая 2031 года", ["2031-05-09"]),
        ("on Friday", ["2031-05-09"]),
        ("it will begin on Sunday", ["2031-05-11"]),
        ("in July", ["2030-07"]),
        ("in July it will end", ["2031-07"]),
        ("since 2029", ["2029"]),
        ("on 31 February 2031", []),
        ("may leave and march on", []),
    ],
)
def test_dates(text: str, expected: list[str]) -> None:
    assert [d.when for d in dates(text, "2031-05-10")] == expected


def test_names_meet_across_alphabets_and_forms() -> None:
    actors = Actors(load_case("alaska-2025"))
    text = "В Москве и Кремлём; США; Путиным; Макрон; Украины; European; U.S. envoy; the EU's; Kyiv's; usage"
    assert [m.actor for m in actors.find(text)] == [
        "RUS", "RUS", "USA", "RUS", "EUR", "UKR", "EUR", "USA", "EUR", "UKR",
    ]  # fmt: skip
    assert actors.find("Moscovite, Kyivan, EUropa") == ()
