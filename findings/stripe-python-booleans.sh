#!/usr/bin/env bash
# stripe (PyPI) before 12.0.1 writes booleans as Python prints them: confirm=True.
#
# Expectation: the API reference writes booleans as `true` and `false`, and so do the libraries for other languages.
# Behaviour: 12.0.0 sends `confirm=True` and `off_session=False`; 12.0.1 sends `confirm=true` and `off_session=false`. A program
# that reads such a body (a replacement of the API, a proxy, a search in logs) must accept both: compared with "true" or with
# "false" alone, `False` is neither.
# Version and source: the packages 12.0.0 and 12.0.1.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools
for version in 12.0.0 12.0.1; do
  tools/bin/pip install --quiet --disable-pip-version-check --target "stripe-$version" "stripe==$version"
done

cat > try.py <<'PY'
import http.server
import threading

import stripe

bodies = []


class Api(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        bodies.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
        answer = b'{"id": "pi_1", "object": "payment_intent"}'
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *args):
        pass


api = http.server.HTTPServer(("127.0.0.1", 0), Api)
threading.Thread(target=api.serve_forever, daemon=True).start()
client = stripe.StripeClient("sk_test_x", base_addresses={"api": f"http://127.0.0.1:{api.server_port}"})
client.payment_intents.create(params={"amount": 500, "currency": "usd", "confirm": True, "off_session": False})
print(bodies[0])
PY
old=$(PYTHONPATH="$folder/stripe-12.0.0" tools/bin/python try.py)
new=$(PYTHONPATH="$folder/stripe-12.0.1" tools/bin/python try.py)
printf '12.0.0 sends %s\n12.0.1 sends %s\n' "$old" "$new"
if [[ $old == *confirm=True*off_session=False* && $new == *confirm=true*off_session=false* ]]; then
  echo 'as described'
else
  echo 'the behaviour has changed'
  exit 1
fi
