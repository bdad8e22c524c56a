"""The pages of a graded class in a real browser: nothing runs, nothing is asked for, and everybody can read them."""

import random

import pytest

from course_utils.grading.reports import similarity, student, teacher
from course_utils.grading.reports.results import Exercise, Lesson, Outcome

HOSTILE = (
    '<script>document.title="run"</script><img src=x onerror="document.title=1"><style>*{display:none}</style>"\'>\u202eabc אבג'
)
LONG = "a_very_long_word_without_any_space_in_it_" * 8
LESSON = Lesson(
    "04-collapse",
    "Stack fifty layers and get one line",
    {f"exercise_{k}": k for k in range(1, 7)} | {"essay": 2},
    {},
    frozenset(),
    frozenset({"essay"}),
    {},
)


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """The page of a class of thirty and of one of its students, written to files."""
    folder = tmp_path_factory.mktemp("pages")
    rng = random.Random(0)
    states = ["right", "right", "partly", "not yet", "stopped", "not tried"]
    rows = []
    for number in range(30):
        exercises = []
        for name, top in LESSON.maximum.items():
            state = rng.choice(states)
            points = {"right": top, "partly": top / 2}.get(state, 0)
            exercises.append(
                Exercise(
                    name,
                    points,
                    top,
                    state,
                    sentence=f"In {name} yours is {rng.random():.2f}. {LONG if number == 3 else ''}",
                    warnings=[HOSTILE],
                    comment="Well done." * (name == "essay"),
                    further=name == "exercise_6",
                    answer="\n".join(f"x{k} = {rng.random()} + {k}  # {HOSTILE}" for k in range(40)),
                )
            )
        if number % 4 == 0:
            exercises[-1].points, exercises[-1].state = None, "waiting"
        rows.append(
            Outcome(f"student{number}" if number else HOSTILE, name="Ada Lovelace", exercises=exercises, tier="namespaces")
        )
    rows[1].exercises[2].answer = rows[2].exercises[2].answer
    rows[4].remarks = ["cell exercise_2 was stopped: no end within 60 seconds", HOSTILE, LONG]
    rows.append(Outcome("ida", remarks=["not graded: ida.ipynb is not a notebook"]))
    answers = {row.student: {one.name: one.answer for one in row.exercises} for row in rows if row.graded}
    pairs = similarity.pairs(answers, {})
    assert [pair.students for pair in pairs] == [("student1", "student2")]
    (folder / "class.html").write_text(teacher.page(rows, LESSON, pairs, "class"), encoding="utf-8")
    (folder / "student.html").write_text(student.page(rows[3], LESSON), encoding="utf-8")
    return folder


@pytest.fixture
def opened(browser, files):
    """Open a page in a theme and a width; returns the page, whose `asked` and `complaints` list requests and errors."""
    pages = []

    def open_(name, theme="light", width=1100):
        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=theme)
        pages.append(page)
        page.asked, page.complaints = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("console", lambda line: page.complaints.append(line.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto((files / f"{name}.html").as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true; })")
        return page

    yield open_
    for page in pages:
        page.close()


@pytest.mark.parametrize("name", ["class", "student"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_report_has_no_serious_barrier_and_fits_a_telephone(opened, axe, name, theme):
    assert axe(opened(name, theme), "html") == []
    narrow = opened(name, theme, 360)
    assert axe(narrow, "html") == []
    assert narrow.evaluate("document.documentElement.scrollWidth") == 360


@pytest.mark.parametrize("name", ["class", "student"])
def test_nothing_of_a_submission_runs_and_nothing_is_asked_of_any_host(opened, name):
    page = opened(name)
    assert page.complaints == []
    assert all(url.startswith(("file:", "data:image/svg+xml;base64,")) for url in page.asked)
    assert page.title().startswith("Stack fifty layers")
    assert page.evaluate("document.querySelectorAll('script, img:not([src^=\"data:\"])').length") == 0
    assert page.evaluate("getComputedStyle(document.querySelector('main')).display") == "block"
    # the style is the page's own, which only the right hash lets through
    assert page.evaluate("getComputedStyle(document.body).maxWidth") != "none"


def test_even_a_script_that_got_into_a_page_would_not_run(opened, files):
    page = (
        (files / "student.html")
        .read_text(encoding="utf-8")
        .replace("</main>", '<script>document.title="run"</script><p style="color:red" id="p">x</p></main>')
    )
    (files / "broken.html").write_text(page, encoding="utf-8")
    broken = opened("broken")
    assert broken.title() != "run" and any("Content Security Policy" in line for line in broken.complaints)
    assert broken.evaluate("getComputedStyle(document.getElementById('p')).color") != "rgb(255, 0, 0)"


def test_pictures_are_drawn_for_the_theme_and_the_width(opened):
    source = "[...document.querySelectorAll('img')].map(image => image.naturalWidth + ' ' + image.currentSrc)"
    seen = {tuple(opened("class", theme, width).evaluate(source)) for theme in ("light", "dark") for width in (1100, 360)}
    assert all(len(images) == 3 and all(int(image.split()[0]) > 300 for image in images) for images in seen)
    assert len(seen) == 4
