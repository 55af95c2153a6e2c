// The review packet's script: filters, language, and the answers as a manifest. It asks for nothing from anywhere.
"use strict";
(() => {
  const root = document.documentElement;
  const data = JSON.parse(document.getElementById("data").textContent);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const zh = () => document.getElementById("lang-zh").checked;
  const say = (pair, values = {}) => pair[zh() ? 1 : 0].replace(/\{(\w+)\}/g, (whole, key) => (key in values ? String(values[key]) : whole));
  root.classList.add("scripted");

  // ---- filters
  const filters = document.getElementById("filters");
  const findings = all(".finding");
  const texts = new Map();
  const wordsOf = (finding) => {
    if (!texts.has(finding)) texts.set(finding, finding.textContent.toLowerCase());
    return texts.get(finding);
  };
  const filter = () => {
    const kinds = new Set(all("input[name=kind]:checked", filters).map((box) => box.value));
    const topic = filters.elements.topic.value;
    const component = filters.elements.component.value;
    const wanted = filters.elements.text.value.trim().toLowerCase();
    let shown = 0;
    for (const finding of findings) {
      const own = finding.dataset;
      const fits = kinds.has(own.kind) && (!topic || own.topic === topic) && (!component || own.component === component)
        && (!wanted || wordsOf(finding).includes(wanted));
      finding.hidden = !fits;
      shown += fits;
    }
    for (const group of all(".group")) group.hidden = !group.querySelector(".finding:not([hidden])");
    document.getElementById("count").textContent = say(data.words["filter.count"], { shown, n: findings.length });
  };
  if (window.matchMedia("(max-width: 68rem)").matches) document.getElementById("filter-box").open = false;
  let waiting = 0;
  filters.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(filter, 120); });
  filters.addEventListener("reset", () => setTimeout(filter));
  filters.addEventListener("submit", (event) => event.preventDefault());

  // ---- an address leads to its finding, folded or filtered out as it may be
  const arrive = () => {
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (!target || !target.classList.contains("finding")) return;
    if (target.hidden) { filters.reset(); filter(); }
    if (target.tagName === "DETAILS") target.open = true;
    target.scrollIntoView();
  };
  window.addEventListener("hashchange", arrive);

  // ---- language
  const speak = () => {
    root.lang = zh() ? "zh-Hans" : "en";
    document.title = say(data.title);
    for (const option of all("option[data-en]")) option.textContent = zh() ? option.dataset.zh : option.dataset.en;
    filter();
    for (const form of all("form.answers")) told(form, "");
    draft();
  };
  for (const choice of all("input[name=lang]")) choice.addEventListener("change", speak);

  // ---- paper: everything but what does not apply is unfolded
  let folded = [];
  window.addEventListener("beforeprint", () => {
    folded = all("details.finding:not([open]):not(.not-applicable)");
    for (const finding of folded) finding.open = true;
  });
  window.addEventListener("afterprint", () => { for (const finding of folded) finding.open = false; });
  document.getElementById("print").addEventListener("click", () => window.print());

  // ---- values as the manifest takes them: {value}, {wrong} or {} for no answer
  const POWERS = { k: 3, thousand: 3, m: 6, mio: 6, million: 6, millions: 6, b: 9, bn: 9, billion: 9, "万": 4, "亿": 8 };
  const number = (text, whole) => {
    const found = /^(\d{1,3}(?:[,_]\d{3})+|\d+)(?:\.(\d+))?\s*([a-z]+|万|亿)?$/i.exec(text.trim());
    if (!found) return null;
    const power = found[3] ? POWERS[found[3].toLowerCase()] : 0;
    const fraction = found[2] || "";
    if (power === undefined || (whole && fraction.length > power)) return null;
    const digits = found[1].replace(/[,_]/g, "") + fraction.slice(0, power).padEnd(power, "0");
    const rest = fraction.slice(power);
    const plain = digits.replace(/^0+(?=\d)/, "");
    return plain.length > 18 ? null : plain + (rest ? "." + rest : "");
  };
  const UNITS = /\s*(users?|devices?|people|用户|人|台)$/i;
  const bound = (text, whole) => {
    const found = /^\s*(<=|>=|<|>|≤|≥)?\s*(.*)$/s.exec(text);
    const sign = (found[1] || "").replace("≤", "<=").replace("≥", ">=");
    const ends = sign ? [found[2]] : found[2].split(/\s*[-–]\s*/);
    const numbers = ends.map((end) => number(end, whole));
    if (ends.length > 2 || numbers.includes(null)) return null;
    if (numbers.length === 2 && Number(numbers[0]) > Number(numbers[1])) return null;
    return sign + numbers.join("-");
  };
  const listed = (text) => text.split(/[\s,、，;；]+/).filter(Boolean);
  const READ = {
    figure: (text) => { const value = bound(text.replace(UNITS, ""), true); return value === null ? { wrong: "figure" } : { value: /^\d+$/.test(value) && value.length < 16 ? Number(value) : value }; },
    money: (text) => {
      const found = /^(.*?)\s*([A-Za-z]{3})$/s.exec(text.trim());
      const value = found && data.lists.currencies.includes(found[2].toUpperCase()) ? bound(found[1], false) : null;
      return value === null ? { wrong: "money" } : { value: `${value} ${found[2].toUpperCase()}` };
    },
    country: (text, field) => {
      const codes = listed(text).map((code) => data.lists.aliases[code.toUpperCase()] || code.toUpperCase());
      const bad = codes.filter((code) => !data.lists.countries.includes(code) && !(field.groups || []).includes(code));
      return bad.length ? { wrong: "country", what: bad.join(", ") } : { value: codes };
    },
    providers: (text) => {
      const word = text.trim().toLowerCase();
      if (["false", "no", "none", "否", "无"].includes(word)) return { value: false };
      if (["true", "yes", "是"].includes(word)) return { value: true };
      return { value: listed(word) };
    },
    license: (text) => {
      const id = text.trim();
      const known = data.lists.licenses.find((name) => name.toLowerCase() === id.toLowerCase());
      return known ? { value: known } : /^LicenseRef-[A-Za-z0-9.-]+$/.test(id) ? { value: id } : { wrong: "license" };
    },
    made: (text) => {
      const names = listed(text).map((name) => name.replace(/^(https?:\/\/)?(huggingface\.co|hf\.co)\//, "").replace(/\/+$/, ""));
      if (names.length === 1 && ["scratch", "trained-from-scratch", "从零训练"].includes(names[0].toLowerCase())) return { value: "scratch" };
      const bad = names.filter((name) => !/^(datasets\/)?[A-Za-z0-9][\w.-]*\/[A-Za-z0-9][\w.-]*$/.test(name));
      return bad.length ? { wrong: "made", what: bad.join(", ") } : { value: names };
    },
    date: (text) => (/^\d{4}-\d{2}-\d{2}$/.test(text) ? { value: text } : { wrong: "date" }),
    text: (text) => ({ value: text.trim() }),
  };
  const answerOf = (control, field) => {
    const kind = control.dataset.control;
    if (kind === "choices") {
      const ticked = all("input:checked", control).map((box) => box.value);
      return ticked.length ? { value: field.several ? ticked : ticked[0] } : {};
    }
    if (kind === "bool" || kind === "enum") {
      const chosen = control.querySelector("input:checked");
      if (!chosen || !chosen.value) return {};
      return { value: kind === "bool" ? chosen.value === "true" : field.several ? [chosen.value] : chosen.value };
    }
    const text = control.querySelector("input").value;
    return text.trim() ? READ[kind](text, field) : {};
  };

  // ---- YAML, in one line: quoted unless it is harmless, as the tool itself writes it
  const WORDS = new Set(["true", "false", "null", "yes", "no", "on", "off", "y", "n"]);
  const quoted = (text) => JSON.stringify(text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd"))
    .replace(/[\u007f-\u00a0\u00ad\u2028\u2029\ufeff\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufff9-\ufffb\ufffe\uffff]/g, (char) => "\\u" + char.charCodeAt(0).toString(16).padStart(4, "0"));
  const flow = (value) => {
    if (Array.isArray(value)) return `[${value.map(flow).join(", ")}]`;
    if (value && typeof value === "object") return `{${Object.entries(value).map(([key, item]) => `${key}: ${flow(item)}`).join(", ")}}`;
    if (typeof value !== "string") return String(value);
    return /^[A-Za-z][A-Za-z0-9._/-]*$/.test(value) && !WORDS.has(value.toLowerCase()) ? value : quoted(value);
  };
  const today = () => new Date(Date.now() - new Date().getTimezoneOffset() * 60000).toISOString().slice(0, 10);

  const filled = (part, answers, waivers, join) => {
    if (part.waivers) return waivers.map(flow).join(join);
    if ("names" in part || "claims" in part) {
      const value = answers.get("names" in part ? part.names : part.claims);
      if (value === undefined) return "";
      if ("claims" in part) return value === "scratch" ? "trained-from-scratch" : "";
      return value === "scratch" ? "" : value.map(flow).join(join);
    }
    if ("open" in part) {
      const inner = part.of.map((item) => filled(item, answers, waivers, join)).filter(Boolean).join(", ");
      return inner && part.open + inner + part.close;
    }
    return answers.has(part.field) ? `${part.key}: ${flow(answers.get(part.field))}` : "";
  };
  const manifest = (form, answers, waivers, by) => {
    const written = form.pieces.map((piece) => {
      if (typeof piece === "string") return piece;
      const parts = piece.of.map((part) => filled(part, answers, waivers, piece.join)).filter(Boolean).join(piece.join);
      return parts ? piece.before + parts + piece.after : piece.instead;
    }).join("");
    const left = form.by_hand.filter((n) => answers.has(n)).map((n) => {
      const field = form.fields[n];
      const about = field.component ? ` (${quoted(field.component)})` : "";
      return `# ${data.messages.by_hand[0]}: ${field.key}${about}: ${flow(answers.get(n))}\n`;
    });
    if (!form.pieces.some((piece) => piece.of && piece.of.some((part) => part.waivers))) {
      for (const waiver of waivers) left.push(`# ${data.messages.by_hand[0]}: waivers: ${flow(waiver)}\n`);
    }
    const note = answers.size + waivers.length ? `# ${data.messages.by[0]} ${by ? quoted(by) : "?"}, ${today()}\n` : "";
    return (written.endsWith("\n") ? written : written + "\n") + left.join("") + note;
  };

  // ---- the form of one subject
  const formOf = (key) => data.forms.find((form) => form && form.key === key);
  const waiversOf = (key) => {
    const found = [];
    let wrong = 0;
    for (const row of all(`.waiver[data-subject="${key}"]`)) {
      const part = (name) => row.querySelector(`[data-part=${name}]`).value.trim();
      const complaint = row.parentElement.querySelector(".wrong");
      const [reason, by, expires] = [part("reason"), part("by"), part("expires")];
      complaint.textContent = "";
      if (!reason && !by && !expires) continue;
      if (!reason || !expires) { complaint.textContent = say(data.messages.waiver); wrong += 1; continue; }
      const about = row.dataset.about ? { component: row.dataset.about } : {};
      found.push({ rule: row.dataset.rule, ...about, reason, ...(by ? { by } : {}), expires });
    }
    return { found: [...new Map(found.map((item) => [`${item.rule} ${item.component}`, item])).values()], wrong };
  };
  const read = (element) => {
    const key = element.dataset.subject;
    const form = formOf(key);
    const answers = new Map();
    let wrong = 0;
    for (const control of all(".control", element)) {
      const n = Number(control.dataset.field);
      const answer = answerOf(control, form.fields[n]);
      const complaint = control.querySelector(".wrong");
      const input = control.querySelector("input[type=text], input[type=date]");
      complaint.textContent = answer.wrong ? say(data.messages[answer.wrong], { what: answer.what }) : "";
      if (input) input.setAttribute("aria-invalid", String(Boolean(answer.wrong)));
      if (answer.wrong) wrong += 1;
      else if (answer.value !== undefined) answers.set(n, answer.value);
    }
    const waivers = waiversOf(key);
    const by = element.querySelector("[data-part=by]").value.trim();
    return { form, answers, waivers: waivers.found, wrong: wrong + waivers.wrong, text: manifest(form, answers, waivers.found, by) };
  };
  const told = (element, text) => { const line = element.querySelector(".told"); if (line) line.textContent = text; };
  const draft = () => {
    for (const line of all(".drafted")) {
      const n = waiversOf(line.dataset.subject).found.length;
      line.textContent = n ? say(data.words["decide.count"], { n }) : "";
    }
  };
  const save = (element) => {
    const result = read(element);
    const n = result.answers.size + result.waivers.length;
    if (result.wrong) {
      told(element, say(data.messages.errors, { n: result.wrong }));
      const first = element.querySelector("[aria-invalid=true]");
      if (first) first.focus();
      return;
    }
    if (!n) { told(element, say(data.messages.nothing)); return; }
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([result.text], { type: "application/yaml" }));
    link.download = "licensecheck.yaml";
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    told(element, say(data.messages.saved, { file: "licensecheck.yaml", n }));
  };
  for (const element of all("form.answers")) {
    element.addEventListener("submit", (event) => event.preventDefault());
    const button = element.querySelector("[data-do=download]");
    if (!button) continue;
    button.addEventListener("click", () => save(element));
    const preview = element.querySelector(".preview");
    const refresh = () => { const result = read(element); preview.textContent = result.text; };
    element.addEventListener("change", refresh);
    element.addEventListener("reset", () => setTimeout(refresh));
    preview.parentElement.addEventListener("toggle", refresh);
    for (const row of all(`.waiver[data-subject="${element.dataset.subject}"]`)) row.addEventListener("change", () => { refresh(); draft(); });
  }

  speak();
  arrive();
})();
