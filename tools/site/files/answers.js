// Saves everything that a learner wrote in this browser as one file: the notebooks, and what was predicted.
//
// A button with the attribute data-answers does it on the front page; in JupyterLab this file adds its own. Answers are
// read where JupyterLite keeps them, so that a kernel that hangs, or a lesson that is not open, is no obstacle.
"use strict";
(() => {
  const STORE = "untangle", FILE = "untangle-answers.zip";

  async function kept() {
    const known = await indexedDB.databases?.();
    if (known && !known.some(({ name }) => name === STORE)) return [];
    const base = await settled(indexedDB.open(STORE));
    try {
      if (!base.objectStoreNames.contains("files")) return [];
      const all = await settled(base.transaction("files").objectStore("files").getAll());
      return all.filter((file) => file.type !== "directory" && file.content != null);
    } finally {
      base.close();
    }
  }

  function settled(request) {
    return new Promise((done, failed) => {
      request.onsuccess = () => done(request.result);
      request.onerror = () => failed(request.error);
    });
  }

  function bytes({ format, content }) {
    if (format === "base64") return Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
    return fflate.strToU8(typeof content === "string" ? content : JSON.stringify(content, null, 1) + "\n");
  }

  // returns what there is to say
  async function save() {
    // in JupyterLab, what is on the page may be newer than what is kept
    if (window.jupyterapp) await jupyterapp.commands.execute("docmanager:save-all");
    const files = await kept();
    const lessons = files.filter((file) => file.path.endsWith(".ipynb")).length;
    if (!lessons) return "There is nothing to save yet: no lesson was changed in this browser.";
    const zip = fflate.zipSync(Object.fromEntries(files.map((file) => [file.path, bytes(file)])));
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([zip], { type: "application/zip" }));
    link.download = FILE;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    return `${FILE} holds your ${lessons === 1 ? "lesson" : lessons + " lessons"}: look among your downloads.`;
  }

  function serve(button, says) {
    button.addEventListener("click", async () => {
      button.disabled = true;
      try {
        says.textContent = await save();
      } catch (problem) {
        says.textContent = `Your answers could not be saved as a file (${problem.message}). Use File, Download in each lesson.`;
      }
      button.disabled = false;
      button.focus();
    });
  }

  function bar() {
    const place = document.createElement("div");
    place.className = "untangle-bar";
    place.innerHTML = `<span role="status"></span><a href="../index.html">All lessons</a>
<button type="button" title="All your lessons in one file, to keep or to hand in">Save all my answers</button>`;
    serve(place.querySelector("button"), place.querySelector("span"));
    return place;
  }

  const button = document.querySelector("[data-answers]");
  if (button) return serve(button, document.querySelector(".answers [role=status]"));
  const watch = new MutationObserver(() => {
    const top = document.getElementById("jp-top-panel");
    if (!top) return;
    watch.disconnect();
    top.append(bar());
  });
  watch.observe(document.body, { childList: true, subtree: true });
})();
