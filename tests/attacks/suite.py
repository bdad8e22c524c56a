"""All attacks in one list: how each is handed in, and what its honest part earns."""

import json
import os
from dataclasses import dataclass, field

from attacks import by_code, by_metadata, by_objects, by_reach, by_resources, course


@dataclass(frozen=True)
class Attack:
    """`how` are arguments of `course.handed_in`, `answers` replace honest ones, `files` lie beside the notebook or in its place."""

    kind: str
    words: str
    how: dict = field(default_factory=dict)
    answers: dict = field(default_factory=dict)
    files: dict = field(default_factory=dict)

    @property
    def honest(self):
        """The points that the honest answers of the submission earn; None where there is nothing to be graded."""
        return None if self.words in by_reach.NOTHING else sum(course.HONEST.values())

    def write(self, folder, released):
        """Write the submission into `folder`, made from the released notebook."""
        os.makedirs(folder)
        answers = {name: course.ANSWERS[name] for name in course.KNOWN} | self.answers
        files = {"attacked.ipynb": json.dumps(course.handed_in(released, answers, **self.how))} | self.files
        for name, content in files.items():
            path = os.path.join(folder, name)
            if isinstance(content, str):
                with open(path, "w", encoding="utf-8") as file:
                    file.write(content)
            elif content[0] == "link":
                os.symlink(content[1], path)
            else:
                os.mkfifo(path)


METADATA = [Attack("metadata", words, {"edit": edit}) for words, edit in by_metadata.EDITS]
CODE = [Attack("code", words, {"first": code}) for words, code in by_code.CELLS]
REACH = [Attack("reach", words, {"first": code}) for words, code in by_reach.CELLS]
REACH += [Attack("reach", words, answers=answers) for words, answers in by_reach.ANSWERS]
RESOURCES = [Attack("resources", words, {"first": code}) for words, code in by_resources.CELLS]
OBJECTS = [Attack("objects", words, answers={exercise: answer}) for words, exercise, answer in by_objects.ANSWERS]
FILES = [Attack("files", words, files=files) for words, files in by_reach.FILES]
ALL = METADATA + CODE + REACH + RESOURCES + OBJECTS + FILES
