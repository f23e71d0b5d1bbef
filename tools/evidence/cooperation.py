"""Acts of cooperation against narcotics between the United States and others: dates and facts.

Statements of the White House are read for what was done and when, and for nothing else. Each row
names words that must stand in its statement. Left out: what was hoped, claimed or judged; acts
without a date. Acts that are in no statement here have a report as their source.
"""

from pathlib import Path

from table import require, table

Act = tuple[str, str, str, str, str, str, str]
"""Date, place, kind, what, source, start of the statement's name, words in it."""

NOVEMBER, JANUARY = "2023-11-16", "2024-01-30"
ACTS: tuple[Act, ...] = (
    (
        "2022",
        "North America",
        "cooperation",
        "committee of Canada, Mexico and the United States on fentanyl founded",
        "whitehouse2023",
        NOVEMBER,
        "Trilateral Fentanyl Committee in 2022",
    ),
    (
        "2023-11",
        "CN",
        "cooperation",
        "incidents reported to the International Narcotics Control Board again",
        "whitehouse2023",
        NOVEMBER,
        "the PRC re-started submitting incidents",
    ),
    (
        "2023-11-15",
        "CN/US",
        "cooperation",
        "cooperation resumed, announced by both presidents",
        "whitehouse2023",
        NOVEMBER,
        "announced the resumption of bilateral cooperation on counternarcotics",
    ),
    (
        "2024-01-30",
        "CN/US",
        "cooperation",
        "first meeting of the working group",
        "whitehouse2024a",
        JANUARY,
        "launched their bilateral Counternarcotics Working Group",
    ),
    (
        "2024-07-31",
        "CN/US",
        "cooperation",
        "meeting of senior officials of the working group",
        "whitehouse2024b",
        "2024-08-01",
        "On July 31, the United States and the People’s Republic of China held a senior official",
    ),
    (
        "2024-08-06",
        "CN",
        "cooperation",
        "control of three precursors announced",
        "whitehouse2024c",
        "2024-08-06",
        "scheduling three essential precursor chemicals",
    ),
    (
        "2025-02",
        "US",
        "tariff",
        "duties on goods from China for its part in the supply of synthetic opioids",
        "whitehouse2026",
        "2026-07-13",
        "federalregister.gov/documents/2025/02/07/2025-02408",
    ),
    (
        "2025-07-16",
        "US",
        "law",
        "HALT Fentanyl Act: fentanyl-related substances in Schedule I for good",
        "whitehouse2025",
        "2025-07-16",
        "HALT Fentanyl Act",
    ),
    (
        "2025-11",
        "CN",
        "cooperation",
        "tighter controls on 13 precursors",
        "whitehouse2026",
        "2026-07-13",
        "13 key precursor chemicals",
    ),
    (
        "2025-12",
        "US",
        "order",
        "illicit fentanyl and its precursors named weapons of mass destruction",
        "whitehouse2026",
        "2026-07-13",
        "presidential-actions/2025/12/designating-fentanyl",
    ),
)

COOPERATION = "cooperation"
REPORTED = (
    ("2017-03-01", "CN", "order", "carfentanil and three more controlled", "ap2017_carfentanil"),
    ("2018-12-01", "CN/US", COOPERATION, "pledge of China on fentanyl", "bloomberg2018"),
    ("2020", "IN/US", COOPERATION, "working group founded", "india2025"),
    ("2020-05", "US", "order", "sanctions on a laboratory of the police of China", "voa2023"),
    ("2022-07-07", "IN/US", COOPERATION, "third meeting of the working group", "india2022"),
    ("2022-08-05", "CN", COOPERATION, "cooperation suspended", "thehill2022"),
    ("2023-10", "MX/US", COOPERATION, "high-level dialogue on security", "mexico2023"),
    ("2023-11", "US", "order", "sanctions on the laboratory in China lifted", "voa2023"),
    ("2024-10", "IN/US", COOPERATION, "fifth meeting of the working group", "india2025"),
    ("2025-03", "US", "tariff", "these duties on goods from China raised", "cnn2025"),
    ("2025-10-30", "CN/US", COOPERATION, "meeting of both presidents in Busan", "ap2025_export"),
    ("2025-11-10", "US", "tariff", "these duties on goods from China cut by half", "tariff2025"),
    ("2026-01-20", "IN/US", COOPERATION, "executive working group meets", "india2026"),
    ("2026-02-20", "US", "tariff", "Supreme Court rules against these duties", "scmp2026"),
)
"""Acts that a report tells of: date, place, kind, what, source."""


def tables(raw: Path) -> dict[str, str]:
    """Texts by name of file."""
    folder = raw / "cooperation_events"
    for when, _, _, _, _, start, words in ACTS:
        found = sorted(folder.glob(f"{start}-*.md"))
        require(len(found) == 1, start, f"{len(found)} statements of that day")
        text = " ".join(found[0].read_text(encoding="utf-8").split())
        require(words in text, found[0].name[:30], f"does not say '{words}' ({when})")
    return {
        "cooperation.csv": table(
            "Acts of cooperation against narcotics between the United States and China, India and "
            "Mexico, and acts of the United States beside them: what was done, and when.\n"
            "A month or a year alone: the day was not stated.",
            ("date", "place", "kind", "what", "source"),
            sorted((*REPORTED, *(act[:5] for act in ACTS))),
        )
    }
