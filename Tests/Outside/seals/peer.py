"""Other people's code checks seals and time-stamps (pyHanko): peer.py COMMAND ARGUMENTS.

pdf FILE ROOT      every signature of the PDF: one JSON line each
stamp FILE ROOT    a TimeStampResp: its sets must be in DER's order, its token's certificate a good one
present            whether all that is needed is installed
"""

import json
import sys

from asn1crypto import tsp
from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext


def context(root):
    return ValidationContext(trust_roots=[load_cert_from_pemder(root)], allow_fetching=False)


def pdf(file, root):
    with open(file, "rb") as stream:
        reader = PdfFileReader(stream, strict=True)
        for signature in reader.embedded_signatures:
            status = validate_pdf_signature(
                signature, signer_validation_context=context(root), ts_validation_context=context(root)
            )
            stamp = status.timestamp_validity
            print(json.dumps({
                "field": signature.field_name,
                "bottomLine": status.bottom_line,
                "intact": status.intact,
                "valid": status.valid,
                "trusted": status.trusted,
                "coverage": str(status.coverage),
                "subFilter": str(signature.sig_object["/SubFilter"]),
                "changes": str(status.modification_level),
                "certified": status.docmdp_ok,
                "stampValid": bool(stamp and stamp.valid and stamp.intact),
                "stampTrusted": bool(stamp and stamp.trusted),
            }))


def sorted_set(value):
    encoded = [item.dump() for item in value]
    return encoded == sorted(encoded)


def stamp(file, root):
    with open(file, "rb") as stream:
        response = tsp.TimeStampResp.load(stream.read(), strict=True)
    assert response["status"]["status"].native == "granted", response["status"].native
    signed = response["time_stamp_token"]["content"]
    info = signed["signer_infos"][0]
    assert sorted_set(info["signed_attrs"]), "signed attributes are not in DER's order"
    assert sorted_set(signed["certificates"]), "certificates are not in DER's order"
    assert sorted_set(signed["digest_algorithms"])
    content = signed["encap_content_info"]["content"].parsed
    print(json.dumps({
        "policy": content["policy"].dotted,
        "serial": str(content["serial_number"].native),
        "nonce": str(content["nonce"].native),
        "time": content["gen_time"].native.isoformat(),
        "certificates": len(signed["certificates"]),
    }))


if __name__ == "__main__":
    command, arguments = sys.argv[1], sys.argv[2:]
    {"pdf": pdf, "stamp": stamp, "present": lambda: print("present")}[command](*arguments)
