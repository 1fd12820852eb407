/* What a browser adds to pages that are already complete without it. Nothing here is needed.
   No dependency, no inline code, nothing read from another origin. */
(() => {
  "use strict";

  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const on = (event, act) => document.addEventListener(event, act);
  const spoken = $("#spoken")?.dataset ?? {};
  const person = document.body.dataset.person ?? "";

  /* --- Menus: one open at a time, closed by Escape or a click elsewhere */

  const menus = () => $$("details[data-menu][open], details.filter-fold[open]");
  on("click", (event) => {
    for (const menu of menus()) if (!menu.contains(event.target) && menu.matches("[data-menu]")) menu.open = false;
  });
  on("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of menus()) {
      menu.open = false;
      $("summary", menu).focus();
    }
  });

  /* --- Errors first: the summary of a refused form is where reading begins */

  $("[data-focus]")?.focus();

  /* --- Asking before an act, and sending it only once */

  function ask(text, label) {
    const dialog = document.createElement("dialog");
    const words = document.createElement("p");
    const form = document.createElement("form");
    form.method = "dialog";
    form.className = "buttons";
    words.textContent = text;
    for (const [value, name, kind] of [["yes", label, "button-primary"], ["no", spoken.no, ""]]) {
      const button = document.createElement("button");
      button.value = value;
      button.textContent = name;
      button.className = `button ${kind}`;
      form.append(button);
    }
    dialog.append(words, form);
    document.body.append(dialog);
    dialog.showModal();
    $("button[value=no]", form).focus();
    return new Promise((answered) => {
      dialog.addEventListener("close", () => {
        answered(dialog.returnValue === "yes");
        dialog.remove();
      });
    });
  }

  const asked = new WeakSet();
  on("submit", async (event) => {
    const form = event.target;
    const button = event.submitter;
    const question = button?.dataset.confirm;
    if (event.defaultPrevented || form.method !== "post") return;
    if (question && !asked.has(button)) {
      event.preventDefault();
      if (await ask(question, button.textContent.trim() || spoken.yes)) {
        asked.add(button);
        form.requestSubmit(button);
      }
      return;
    }
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    dirty.delete(form);
    /* After the browser has collected the fields: a disabled button would not be among them. */
    setTimeout(() => {
      for (const one of $$("button:not([type=button])", form)) one.setAttribute("aria-disabled", "true");
    });
  });
  /* Coming back with the browser's own button finds the form usable again. */
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    for (const form of $$("form[data-sent]")) {
      delete form.dataset.sent;
      for (const one of $$("[aria-disabled]", form)) one.removeAttribute("aria-disabled");
    }
  });

  /* --- Leaving a form that holds something unsent */

  const dirty = new Set();
  on("input", (event) => {
    const form = event.target.closest?.("form[data-guard], form[data-autosave]");
    if (form) dirty.add(form);
  });
  addEventListener("beforeunload", (event) => {
    if (dirty.size) event.preventDefault();
  });

  /* --- The session runs out: who writes where nothing is saved meanwhile is told, and may stay */

  const NOTICE = 120;
  const idle = Number(document.body.dataset.idle ?? 0);
  let ending = 0;

  function warn(until) {
    if (![...dirty].some((form) => form.matches("[data-guard]"))) {
      ending = setTimeout(warn, 5000, until);
      return;
    }
    const banner = document.createElement("div");
    const words = document.createElement("p");
    const button = document.createElement("button");
    const time = until.toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
    banner.className = "banner banner-warning ending";
    banner.setAttribute("role", "alert");
    words.textContent = spoken.ending.replace("{time}", time);
    button.type = "button";
    button.className = "button button-small";
    button.textContent = spoken.stay;
    button.addEventListener("click", async () => {
      const answer = await fetch("/", { method: "HEAD" }).catch(() => null);
      if (answer?.ok && !answer.redirected) {
        banner.remove();
        watch();
      } else words.textContent = spoken.ended;
    });
    banner.append(words, button);
    $("#main").prepend(banner);
  }
  function watch() {
    clearTimeout(ending);
    ending = setTimeout(warn, (idle - NOTICE) * 1000, new Date(Date.now() + idle * 1000));
  }
  if (idle > NOTICE) watch();

  /* --- Saving while somebody writes */

  const SECONDS = 3;

  function keeper(form) {
    const place = `huiyin:${person}:${form.dataset.autosave}`;
    const says = $("[data-saved]", form);
    let timer = 0;
    let busy = false;
    let again = false;

    const say = (text, state = "") => {
      if (!says) return;
      says.textContent = text;
      says.dataset.state = state;
    };
    const typed = () => [...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken" && name !== "once");
    const keepHere = () => {
      /* Only for a known person, only in this tab, only until the server has it. */
      if (!person) return;
      try {
        sessionStorage.setItem(place, JSON.stringify(typed()));
      } catch {
        /* A full or forbidden store: the text is still on the page. */
      }
    };

    async function save() {
      if (busy) {
        again = true;
        return;
      }
      busy = true;
      say(spoken.saving);
      try {
        const body = new FormData(form);
        for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
        const answer = await fetch(form.dataset.autosave, {
          method: "POST", body, headers: { Accept: "application/json", "X-Requested-With": "huiyin" },
        });
        if (answer.status === 401 || answer.status === 403) {
          keepHere();
          say(spoken.kept, "kept");
        } else if (answer.ok) {
          const told = await answer.json();
          sessionStorage.removeItem(place);
          if (!again) dirty.delete(form);
          for (const [name, value] of Object.entries(told.fields ?? {})) {
            if (form.elements[name]) form.elements[name].value = value;
          }
          say(spoken.saved.replace("{time}", told.saved_at));
        } else {
          const told = await answer.json().catch(() => ({}));
          keepHere();
          say(told.message ?? spoken.unsaved, "kept");
        }
      } catch {
        keepHere();
        say(spoken.unsaved, "kept");
        timer = setTimeout(save, 5 * SECONDS * 1000);
      } finally {
        busy = false;
        if (again) {
          again = false;
          save();
        }
      }
    }

    function restore() {
      const kept = person && sessionStorage.getItem(place);
      if (!kept) return;
      for (const [name, value] of JSON.parse(kept)) {
        const field = form.elements[name];
        if (field && "value" in field && !["checkbox", "radio", "hidden"].includes(field.type)) field.value = value;
      }
      say(spoken.restored);
      dirty.add(form);
      timer = setTimeout(save, 500);
    }

    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(save, SECONDS * 1000);
    });
    form.addEventListener("submit", () => clearTimeout(timer));
    restore();
  }
  $$("form[data-autosave]").forEach(keeper);

  /* Text of another person must not wait in a shared browser for the next one. */
  for (const name of Object.keys(sessionStorage)) {
    if (person && name.startsWith("huiyin:") && !name.startsWith(`huiyin:${person}:`)) sessionStorage.removeItem(name);
  }

  /* --- Preferences take effect at once; the server keeps them */

  on("submit", (event) => {
    const form = event.target;
    const button = event.submitter;
    if (!form.matches("[data-preferences]") || !button) return;
    event.preventDefault();
    delete form.dataset.sent;
    const root = document.documentElement;
    const pressed = (one, yes) => one.setAttribute("aria-pressed", String(yes));
    if (button.name === "theme") {
      if (button.value === "auto") delete root.dataset.theme;
      else root.dataset.theme = button.value;
      for (const one of $$("[name=theme]", form)) pressed(one, one === button);
    } else {
      if (button.value === "1") root.dataset.type = "large";
      else delete root.dataset.type;
    }
    const body = new FormData(form, button);
    if (button.name === "large_type") {
      pressed(button, button.value === "1");
      button.value = button.value === "1" ? "0" : "1";
    }
    fetch(form.action, { method: "POST", body, redirect: "manual" }).catch(() => form.submit());
    setTimeout(() => {
      delete form.dataset.sent;
      for (const one of $$("[aria-disabled]", form)) one.removeAttribute("aria-disabled");
    });
  });

  /* --- Lists: choosing rows */

  for (const list of $$("form[data-list]")) {
    const all = $("[data-pick-all]", list);
    const picks = $$(".pick", list);
    const says = $("[data-count]", list);
    if (!picks.length) continue;
    const count = () => {
      const chosen = picks.filter((pick) => pick.checked).length;
      says.textContent = spoken.chosen.replace("{n}", chosen);
      const box = $("input", all);
      box.checked = chosen === picks.length;
      box.indeterminate = chosen > 0 && chosen < picks.length;
    };
    all.hidden = false;
    all.nextElementSibling?.remove();
    let last = null;
    list.addEventListener("click", (event) => {
      const pick = event.target.closest(".pick");
      if (!pick) return;
      if (event.shiftKey && last) {
        const [from, to] = [picks.indexOf(last), picks.indexOf(pick)].sort((a, b) => a - b);
        for (const one of picks.slice(from, to + 1)) one.checked = pick.checked;
      }
      last = pick;
    });
    list.addEventListener("change", (event) => {
      if (all.contains(event.target)) for (const pick of picks) pick.checked = event.target.checked;
      count();
    });
    count();
  }

  /* --- Keys: / search, j and k rows, x choose, ? this list. Can be switched off. */

  const OFF = "huiyin:no-shortcuts";
  const help = $("#shortcuts");
  const opener = $("[data-shortcuts]");
  const toggle = help && $("[data-shortcuts-on]", help);
  if (opener && help) {
    opener.hidden = false;
    opener.addEventListener("click", () => help.showModal());
    toggle.checked = !localStorage.getItem(OFF);
    toggle.addEventListener("change", () => {
      if (toggle.checked) localStorage.removeItem(OFF);
      else localStorage.setItem(OFF, "1");
    });
  }

  let row = -1;
  function step(by) {
    const rows = $$("form[data-list] tbody tr");
    if (!rows.length) return;
    rows[row]?.classList.remove("at");
    row = Math.min(Math.max(row + by, 0), rows.length - 1);
    rows[row].classList.add("at");
    rows[row].scrollIntoView({ block: "nearest" });
    $("a", rows[row])?.focus({ preventScroll: true });
  }
  const keys = {
    "/": () => $$("[data-search]").at(-1)?.focus(),
    j: () => step(1),
    k: () => step(-1),
    x: () => $$("form[data-list] tbody tr")[row]?.querySelector(".pick")?.click(),
    "?": () => help?.showModal(),
  };
  on("keydown", (event) => {
    const writing = event.target.closest("input, select, textarea, [contenteditable], dialog[open]");
    if (writing || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (!keys[event.key] || localStorage.getItem(OFF)) return;
    event.preventDefault();
    keys[event.key]();
  });
})();
