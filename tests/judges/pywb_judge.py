"""pywb_judge.py CAPTURES WARC...: pywb replays every capture byte for byte, over HTTP on loopback.

CAPTURES is a JSON list of {"url", "timestamp", "body"}, the body in base 64.
"""
import base64
import http.client
import json
import pathlib
import socket
import subprocess
import sys
import tempfile
import time

BIN = pathlib.Path(sys.executable).parent


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def get(port, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers={"Accept-Encoding": "gzip, br, zstd, deflate"})
    answer = connection.getresponse()
    return answer.status, answer.read()


def wait_for(port, server):
    for _ in range(300):
        if server.poll() is not None:
            sys.exit("pywb ended")
        try:
            return get(port, "/")
        except OSError:
            time.sleep(0.1)
    sys.exit("pywb does not answer")


captures = json.load(open(sys.argv[1]))
with tempfile.TemporaryDirectory() as folder:
    manager = [BIN / "wb-manager"]
    subprocess.run([*manager, "init", "paper"], cwd=folder, check=True, capture_output=True)
    subprocess.run([*manager, "add", "paper", *sys.argv[2:]], cwd=folder, check=True, capture_output=True)
    port = free_port()
    command = [BIN / "wayback", "-b", "127.0.0.1", "-p", str(port)]
    server = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(port, server)
        wrong = []
        for capture in captures:
            status, body = get(port, f"/paper/{capture['timestamp']}id_/{capture['url']}")
            if (status, body) != (200, base64.b64decode(capture["body"])):
                wrong.append(f"{capture['url']}: {status}, {len(body)} bytes")
        print("\n".join(wrong) or f"{len(captures)} captures are replayed byte for byte")
        sys.exit(bool(wrong) or not captures)
    finally:
        server.terminate()
        server.wait()
