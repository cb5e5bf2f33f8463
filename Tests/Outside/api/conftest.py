import pytest

from node import Node


@pytest.fixture(scope="session")
def node():
    return Node()


@pytest.fixture(scope="session")
def officer(node):
    """A session of the depositary officer."""
    return node.sign_in()


@pytest.fixture
def unharmed(node, officer):
    """Whatever the test sends, the node lives on and enters nothing. The officer has signed in before, which is entered."""
    before = node.size()
    yield node
    assert node.alive(), "the node has died"
    assert node.get("/health").status_code == 200
    assert node.size() == before, "something was entered in the record"


def refused(answer, *statuses):
    """The answer is a refusal of RFC 9457, with its reason and the way out."""
    assert answer.status_code in statuses, f"{answer.status_code} instead of {statuses}: {answer.text[:300]}"
    assert answer.headers["Content-Type"].split(";")[0] == "application/problem+json", answer.headers["Content-Type"]
    problem = answer.json()
    assert problem["status"] == answer.status_code
    assert problem["title"].strip() and problem["detail"].strip()
    return problem
