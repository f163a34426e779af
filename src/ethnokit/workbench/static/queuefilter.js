// Which codings the reviewer's queue holds: by state, coder, code, structure, doubt, since the last review, or a sample
// drawn at random with a seed that draws it again.

import { codeSelect, option } from "./codetree.js";
import { button, el } from "./dom.js";
import { codeOf, on, state, structureOf } from "./state.js";
import { _, day } from "./words.js";

const BLANK = { state: "pending", coder: "", code: "", structure: "", doubt: false, since: false, sample: "", seed: "" };

/** The question to the server that a set of filters stands for. */
export function queryOf(values) {
  const query = new URLSearchParams({ state: values.state });
  for (const name of ["coder", "code", "structure"]) if (values[name]) query.set(name, values[name]);
  if (values.doubt) query.set("doubt", "1");
  if (values.since) query.set("since", "last");
  if (values.sample) query.set("sample", values.sample);
  if (values.sample && values.seed !== "") query.set("seed", values.seed);
  return query;
}

/** The fields. `changed()` is called when another queue is wanted. Returns {element, values, tell(queue)}. */
export function filterForm({ changed }) {
  const values = { ...BLANK };
  const summary = el("summary", { id: "queue-filters" });
  const fields = fieldsOf(values, () => { name(); changed(); });
  const element = el("details", { class: "queue-filter" }, summary, fields.element);
  const name = () => { summary.replaceChildren(_("Filters"), el("span", { class: "soft" }, ` · ${inForce(values).join(" · ")}`)); };
  on("study", fields.fill);
  fields.fill();
  name();
  return { element, values, tell: fields.tell };
}

function inForce(values) {
  return [
    STATES().find(([value]) => value === values.state)[1], values.coder, values.code && (codeOf(values.code)?.label ?? values.code),
    values.structure && (structureOf(values.structure)?.name ?? values.structure), values.doubt && _("in doubt"),
    values.since && _("since my last review"), values.sample && _("a sample of {n}", { n: values.sample }),
  ].filter(Boolean);
}

const STATES = () => [["pending", _("to review")], ["asked", _("change asked or refused")], ["all", _("all codings")]];

function fieldsOf(values, changed) {
  const take = (key, value) => { values[key] = value; changed(); };
  const places = { coder: el("div", { class: "field" }), code: el("div", { class: "field" }), structure: el("div", { class: "field" }) };
  const since = check("since", _("Since my last review"), values, take);
  const doubt = check("doubt", _("Only where the coder is in doubt"), values, take);
  const sample = sampleFields(values, changed);
  const clear = button(_("Drop all filters"), () => {
    Object.assign(values, BLANK);
    stateField.value = values.state;
    since.input.checked = doubt.input.checked = false;
    sample.read();
    fill();
    changed();
  }, { class: "plain" });
  const stateField = el("select", { id: "queue-state", on: { change: () => take("state", stateField.value) } }, STATES().map(([value, words]) => option(value, words, values.state)));
  const element = el("div", { class: "fields" },
    el("div", { class: "filter-grid" }, el("div", { class: "field" }, el("label", { for: "queue-state" }, _("State")), stateField), places.coder, places.code, places.structure),
    doubt.element, since.element, sample.element, clear);

  /** Coders, codes and structures as the study has them now; a field that is in use is left alone. */
  function fill() {
    const fresh = {
      coder: [_("Coder"), () => el("select", { id: "queue-coder" }, option("", _("everybody"), values.coder), (state.study?.coders ?? []).map((one) => option(one, one, values.coder)))],
      code: [_("Code"), () => codeSelect({ id: "queue-code" }, { value: values.code, none: _("all codes") })],
      structure: [_("Structure"), () => el("select", { id: "queue-structure" }, option("", _("all structures"), values.structure), (state.study?.structures ?? []).map((one) => option(one.id, one.name ?? one.id, values.structure)))],
    };
    for (const [key, [label, make]] of Object.entries(fresh)) {
      if (places[key].contains(document.activeElement)) continue;
      const field = make();
      field.addEventListener("change", () => take(key, field.value));
      places[key].replaceChildren(el("label", { for: field.id }, label), field);
    }
  }

  function tell({ seed, lastReview }) {
    since.input.disabled = !lastReview && !values.since;
    since.words.textContent = lastReview ? _("Since my last review ({day})", { day: day(lastReview) }) : _("Since my last review (there was none yet)");
    if (values.sample && seed !== null) sample.tell(seed);
  }

  return { element, fill, tell };
}

function check(key, label, values, take) {
  const input = el("input", { type: "checkbox", id: `queue-${key}`, checked: values[key], on: { change: () => take(key, input.checked) } });
  const words = el("span", {}, label);
  return { input, words, element: el("p", { class: "check" }, el("label", {}, input, " ", words)) };
}

/** How many, and the seed; the same seed draws the same codings from the same queue. */
function sampleFields(values, changed) {
  const n = el("input", { type: "number", id: "queue-sample", min: "1", max: "500", inputmode: "numeric", placeholder: "20", value: values.sample });
  const seed = el("input", { type: "text", id: "queue-seed", autocomplete: "off", spellcheck: "false", "aria-describedby": "queue-seed-hint", value: values.seed });
  const whole = button(_("The whole queue"), () => { values.sample = values.seed = ""; read(); changed(); }, {});
  const draw = el("button", { type: "submit" });
  const form = el("form", { class: "sample", on: { submit: (event) => { event.preventDefault(); take(seed.value.trim()); } } },
    el("fieldset", {}, el("legend", {}, _("A sample at random")),
      el("div", { class: "filter-grid" },
        el("div", { class: "field" }, el("label", { for: "queue-sample" }, _("How many")), n),
        el("div", { class: "field" }, el("label", { for: "queue-seed" }, _("Seed")), seed)),
      el("p", { class: "hint", id: "queue-seed-hint" }, _("The same seed draws the same sample again; leave it empty for another one.")),
      el("div", { class: "line" }, draw, whole)));

  function take(wanted) {
    if (!n.value) n.value = n.placeholder;
    if (!n.reportValidity()) return;
    Object.assign(values, { sample: String(Math.round(Number(n.value))), seed: wanted });
    read();
    changed();
  }

  /** The fields as the filters in force say. */
  function read() {
    n.value = values.sample;
    seed.value = values.seed;
    whole.hidden = !values.sample;
    draw.textContent = values.sample ? _("Draw again") : _("Draw");
  }

  read();
  return { element: form, read, tell: (drawn) => { values.seed = String(drawn); seed.value = values.seed; } };
}
