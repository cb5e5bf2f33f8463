"""The BBNJ Agreement of 19 June 2023 in the form make_register.py takes. Licence: Apache-2.0, as the project.

Clause: Art. 68(1) to (3). No participation is held: the register gives the treaty as it stood on the day of adoption.
"""

BBNJ = {
    "article": "Art. 68(1): 120 days after the deposit of the 60th instrument",
    "clause": {"condition": {"count": 60}, "delay": {"unit": "days", "count": 120}, "regionalOrganizationsCount": False,
               "later": {"unit": "days", "count": 30}},
    "asOf": "2023-06-19",
    "source": "Clause and titles: text of the Agreement (dacheah/bbnj-high-seas-treaty-corpus@6cd289d)",
    "confidence": "verified-from-source (clause); no participation held",
    "expected": None,
    "acts": [],
}
