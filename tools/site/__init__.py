"""Build the course as a static site, with Python in the browser: `python -m tools.site [--offline] [FOLDER]`.

    notebooks/, course_utils/  ->  build/site/index.html      the front page
                                   build/site/lab/            JupyterLab without a server
                                   build/site/files/          the lessons; a learner's copies stay in their browser
                                   build/site/read/           the lessons for reading, with no Python at all
                                   build/site/static/packages what Python loads there

The ordinary site takes Python itself (Pyodide, with numpy and matplotlib) from Pyodide's public content network when a
page opens. With `--offline` it lies in the site, which then asks no other host for anything: a folder for a school
without internet. Any web server shows either, below any path: `python -m http.server -d build/site`.
"""
