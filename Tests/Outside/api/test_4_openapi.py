"""What the node says of itself in OpenAPI is true: schemathesis asks each operation much, rightly and wrongly."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = int(os.environ.get("CHANCERY_FUZZ_EXAMPLES", "25"))
# The same examples in every run, so that a change is judged by what it changed; another seed looks elsewhere.
SEED = int(os.environ.get("CHANCERY_FUZZ_SEED", "8785"))
CHECKS = [
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
    "unsupported_method",
]


def test_the_description_is_openapi_3_1_and_names_the_main_routes(node):
    answer = node.get("/openapi.json")
    assert answer.status_code == 200
    description = answer.json()
    assert description["openapi"].startswith("3.1")
    for path in ["/treaties", "/treaties/{treaty}", "/actors", "/record/checkpoint", "/record/acts/{entry}", "/health",
                 "/conferences/{conference}", "/conferences/{conference}/rooms/{body}", "/conferences/{conference}/texts/{text}",
                 "/conferences/{conference}/adoption/{text}", "/conferences/{conference}/records/meetings/{body}/{meeting}"]:
        assert any(same_shape(path, other) for other in description["paths"]), path


def same_shape(left, right):
    left, right = left.split("/"), right.split("/")
    return len(left) == len(right) and all(a == b or ("{" in a and "{" in b) for a, b in zip(left, right))


def fuzz(node, phases):
    command = [
        Path(sys.executable).parent / "schemathesis", "run", node.address + "/openapi.json",
        "--checks", ",".join(CHECKS), "--phases", phases, "--max-examples", str(EXAMPLES), "--seed", str(SEED),
        "--request-timeout", "20", "--workers", "1", "--continue-on-failure", "--no-color",
    ]
    answer = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=1500)
    print(answer.stdout[-12_000:], answer.stderr[-2000:])
    assert answer.returncode == 0, f"schemathesis found something; seed {SEED}"


@pytest.mark.parametrize("phases", ["examples,coverage", "fuzzing", "stateful"])
def test_the_node_keeps_to_its_description(unharmed, phases):
    fuzz(unharmed, phases)
