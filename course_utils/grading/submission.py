"""The process of a submission as the one sees it who grades: begun, asked to run cells, ended; what it sends is checked."""

import re

from course_utils.grading import channel, processes

PICTURE = 2_800_000  # characters of a picture
BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*")


class Submission:
    """The process of a submission, begun anew when it ends; remembers what has to be run again then."""

    def __init__(self, warm, tier, limits, files=()):
        self.warm, self.tier, self.limits, self.files = warm, tier, limits, list(files)
        self.talk = self.line = None
        self.used = {"cpu": 0.0, "memory": 0}
        self.begun, self.waited = 0, 0.0

    def begin(self):
        """Start the process; raises channel.Gone if it does not even start."""
        self.begun += 1
        ours, self.line = self.warm.learner(self.tier, self.limits.plain())
        self.talk = channel.Side(ours)
        self.talk.meter = self.spent
        self.talk.allow(60)
        files, blob = [], b""
        for name, data in self.files:
            files.append([name, len(blob), len(data)])
            blob += data
        self.talk.send({"do": "files", "files": files}, blob)
        self.talk.receive()

    def cell(self, source):
        """Run a cell; return its outputs, checked. Raises channel.Gone when the process ended over it."""
        self.talk.allow(self.limits.patience * self.limits.cell + self.limits.grace, self.limits.cell + self.limits.grace)
        self.talk.send({"do": "cell", "source": source, "seconds": self.limits.cell})
        header, _ = self.talk.receive()
        listed = header.get("outputs")
        if header.get("do") != "reply" or not isinstance(listed, list):
            raise channel.Gone("it sent something that makes no sense")
        found, room = [], 3 * self.limits.output + PICTURE
        for output in filter(None, map(_output, listed[:300])):
            room -= sum(len(text) for text in (output.get("text"), output.get("evalue"), *output.get("data", {}).values()) if text)
            if room > 0:
                found.append(output)
        return found

    def spent(self):
        """Return how long the process now at work has computed, and how long all so far waited for a processor."""
        computed, waited = processes.spent(self.line.pid) if self.line else (0.0, 0.0)
        return computed, self.waited + waited

    def end(self):
        """End the process with all that it started; return what it used."""
        found = {}
        if self.line:
            self.waited = self.spent()[1]
            self.talk.sock.close()
            found = self.line.cut()
            self.line = None
            self.used["cpu"] += float(found.get("cpu", 0))
            self.used["memory"] = max(self.used["memory"], int(found.get("memory", 0)))
        return found


def _output(output):
    """Return an output of a submission if it is what it should be: text or a picture, nothing that a browser would run."""
    if not isinstance(output, dict):
        return None
    kind, data = output.get("output_type"), output.get("data")
    if kind == "stream":
        return {"output_type": kind, "name": "stderr" if output.get("name") == "stderr" else "stdout", "text": _text(output.get("text"), 200_000)}
    if kind == "error":
        lines = output.get("traceback")
        return {"output_type": kind, "ename": _text(output.get("ename"), 200), "evalue": _text(output.get("evalue"), 20_000),
                "traceback": [_text(line, 20_000) for line in (lines if isinstance(lines, list) else [])[:200]]}  # fmt: skip
    if kind in ("execute_result", "display_data") and isinstance(data, dict):
        kept = {mime: _text(data[mime], PICTURE) for mime in ("text/plain", "image/png") if isinstance(data.get(mime), str)}
        if not BASE64.fullmatch(kept.get("image/png", "")):
            del kept["image/png"]  # it would become part of a page as it is
        found = {"output_type": kind, "data": kept, "metadata": {}}
        return found | ({"execution_count": None} if kind == "execute_result" else {})
    return None


def _text(text, longest):
    return text[:longest].encode("utf-8", "replace").decode() if isinstance(text, str) else ""
