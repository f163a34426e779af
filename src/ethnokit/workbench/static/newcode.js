// A new code, made where it is missed: its label, its place in the tree, an id that the server proposes, its meaning.

import { get, post, Unreachable } from "./api.js";
import { codeSelect } from "./codetree.js";
import { announce, button, el, openDialog } from "./dom.js";
import { canCode, refreshStudy, state } from "./state.js";
import { guard } from "./unsaved.js";
import { _ } from "./words.js";

const PAUSE = 200;

/** Ask for a new code. `onCreated(id)` is called once it is in the codebook and the page knows it. */
export function show({ label = "", parent = "", onCreated = () => {} } = {}) {
  if (!canCode() || document.querySelector("dialog.newcode")) return;
  const form = formOf(label, parent);
  const { dialog, close } = openDialog(_("New code"), form.element, { className: "newcode", closeLabel: _("Close") });
  guard(dialog, { dirty: form.dirty, close, question: _("This code is not in the codebook yet.") });
  form.cancel.addEventListener("click", () => dialog.requestCloseIfSaved());
  form.element.addEventListener("submit", async (event) => {
    event.preventDefault();
    const id = await create(form);
    if (id === null) return;
    form.created = true;
    close();
    announce(_("The code “{label}” is in the codebook.", { label: form.label.input.value.trim() }));
    onCreated(id);
  });
  form.label.input.focus();
  form.propose();
}

function formOf(label, parent) {
  const form = {
    label: field("label", _("Label"), { value: label, required: true, hint: _("As people read it; it may change later.") }),
    parent: place(parent),
    id: field("id", _("Id"), { spellcheck: "false", autocapitalize: "off", hint: _("Stays for ever; proposed from the label.") }),
    definition: area("definition", _("Definition"), { rows: 3, hint: _("What a passage must speak of.") }),
    include: area("include", _("Include"), { rows: 2, hint: _("One case a line.") }),
    exclude: area("exclude", _("Exclude"), { rows: 2, hint: _("One case a line, with the code to take instead.") }),
    said: el("p", { class: "field-said", role: "alert" }),
    cancel: button(_("Cancel"), () => {}, {}),
    create: el("button", { type: "submit", class: "primary" }, _("Create the code")),
    created: false,
    idByHand: false,
  };
  const started = label.trim();
  form.dirty = () => !form.created && [form.label, form.definition, form.include, form.exclude].some(({ input }) => ![started, ""].includes(input.value.trim()));
  form.propose = later(() => propose(form));
  form.label.input.addEventListener("input", () => { form.label.say(""); form.propose(); });
  form.parent.input.addEventListener("change", () => form.propose());
  form.id.input.addEventListener("input", () => { form.idByHand = form.id.input.value.trim() !== ""; form.id.say(""); form.propose(); });
  form.element = el("form", { class: "fields", novalidate: true },
    [form.label, form.parent, form.id, form.definition].map((one) => one.element),
    el("details", {}, el("summary", {}, _("What it includes and excludes")), form.include.element, form.exclude.element),
    form.said, el("div", { class: "actions" }, form.cancel, form.create));
  return form;
}

/** The id that the server would give; an id written by hand is left as it is. */
async function propose(form) {
  const label = form.label.input.value.trim();
  if (form.idByHand || !label) return;
  try {
    const query = new URLSearchParams({ label, parent: form.parent.input.value });
    const { id } = await get(`/api/codes/new?${query}`);
    if (!form.idByHand && form.label.input.value.trim() === label) form.id.input.value = id;
  } catch {
    // The server proposes the id again when the code is created.
  }
}

async function create(form) {
  const wanted = {
    label: form.label.input.value.trim(), parent: form.parent.input.value || null, id: form.id.input.value.trim(),
    definition: form.definition.input.value.trim(), include: linesOf(form.include), exclude: linesOf(form.exclude),
  };
  const problems = [
    [form.label, wanted.label ? "" : _("A code needs a label.")],
    [form.id, state.study.codebook.codes.some((code) => code.id === wanted.id) ? _("Another code has this id already.") : ""],
  ];
  for (const [one, trouble] of problems) one.say(trouble);
  const wrong = problems.find(([, trouble]) => trouble);
  if (wrong) {
    wrong[0].input.focus();
    return null;
  }
  return send(form, wanted);
}

async function send(form, wanted) {
  if (form.create.getAttribute("aria-disabled") === "true") return null;
  form.create.setAttribute("aria-disabled", "true");
  form.said.textContent = "";
  try {
    const { id } = await post("/api/codes", Object.fromEntries(Object.entries(wanted).filter(([, value]) => value?.length)));
    await refreshStudy().catch(() => null);
    return id;
  } catch (error) {
    form.said.textContent = error instanceof Unreachable
      ? _("The server does not answer: the code is not saved. What you wrote stays here; try again in a moment.")
      : [error.message, error.hint].filter(Boolean).join(" ");
    return null;
  } finally {
    form.create.removeAttribute("aria-disabled");
  }
}

const linesOf = ({ input }) => input.value.split("\n").map((line) => line.trim()).filter(Boolean);

const field = (name, label, attrs) => labelled(name, label, attrs, (rest) => el("input", { type: "text", autocomplete: "off", ...rest }));
const area = (name, label, attrs) => labelled(name, label, attrs, (rest) => el("textarea", rest));
const place = (parent) => labelled("parent", _("Place in the tree"), {}, (rest) => codeSelect(rest, { value: parent ?? "", none: _("at the top: a new family") }));

/** A field with its label, its hint, and the place where its trouble is said: {element, input, say(trouble)}. */
function labelled(name, label, { hint = "", required = false, ...attrs }, make) {
  const id = `newcode-${name}`;
  const described = [hint ? `${id}-hint` : "", `${id}-trouble`].filter(Boolean).join(" ");
  const input = make({ id, name, "aria-describedby": described, "aria-required": required ? "true" : null, ...attrs });
  const trouble = el("p", { id: `${id}-trouble`, class: "field-said trouble", hidden: true });
  const say = (words) => {
    trouble.textContent = words;
    trouble.hidden = !words;
    input.setAttribute("aria-invalid", String(Boolean(words)));
  };
  const element = el("div", { class: "field" }, el("label", { for: id }, label), hint ? el("p", { id: `${id}-hint`, class: "hint" }, hint) : null, input, trouble);
  return { element, input, say };
}

function later(fn) {
  let timer = null;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(fn, PAUSE);
  };
}
