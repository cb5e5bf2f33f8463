BBNJ = {"article": "Art. 68(1): 120 days after the deposit of the 60th instrument",
    "clause": {"condition": {"count": 60}, "delay": {"unit": "days", "count": 120}, "regionalOrganizationsCount": False,
               "later": {"unit": "days", "count": 30}},
    "asOf": "2025-09-19", "source": "", "confidence": "", "expected": "2026-01-17", "acts": []}
