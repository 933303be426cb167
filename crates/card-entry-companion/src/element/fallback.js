// What <card-entry> says while its Wasm module has not started, or cannot: plain JavaScript, since nothing else runs.
// Called by element.js. It must work under a policy that forbids Wasm and HTML from strings.

// Marks what we put into the element; whatever bears it and is not ours any more is taken away.
export const PART = "data-card-entry-part";

// The module may come this late, milliseconds; then the place says so. It still mounts if it comes after all.
const START_TIMEOUT_MS = 10_000;

// [the page does not let it start, it has not come]
const WORDS = {
  en: ["The card form can’t start on this page.", "The card form didn’t load. Please reload the page."],
  fr: ["Le formulaire de carte ne peut pas démarrer sur cette page.", "Le formulaire de carte ne s’est pas chargé. Veuillez recharger la page."],
  es: ["El formulario de la tarjeta no puede abrirse en esta página.", "El formulario de la tarjeta no se ha cargado. Vuelva a cargar la página."],
  de: ["Das Kartenformular kann auf dieser Seite nicht gestartet werden.", "Das Kartenformular wurde nicht geladen. Bitte laden Sie die Seite neu."],
  ar: ["لا يمكن تشغيل نموذج البطاقة في هذه الصفحة.", "لم يتم تحميل نموذج البطاقة. يُرجى إعادة تحميل الصفحة."],
};

export function emit(element, name, detail) {
  element.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, detail }));
}

// Says in the element's place that there is no form, at once or after a while; returns what takes it back.
export function absent(element, broken) {
  const say = (code, which) => {
    const message = show(element, which);
    element.setAttribute("data-state", "unusable");
    emit(element, "card-entry-unusable", { code, message });
    broken();
  };
  element.setAttribute("data-state", "loading");
  if (!canStart()) {
    console.error("<card-entry>: this page does not let WebAssembly start. Allow 'wasm-unsafe-eval' in the script-src of its Content-Security-Policy.");
    say("wasm_blocked", 0);
    return () => take(element);
  }
  const timer = setTimeout(() => {
    console.error("<card-entry>: the Wasm module has not started. Call the module's default export, and look whether its .wasm file is served.");
    say("wasm_missing", 1);
  }, START_TIMEOUT_MS);
  return () => {
    clearTimeout(timer);
    take(element);
  };
}

// A policy stops a module when it is compiled or, in WebKit, when it is instantiated: the smallest one tells.
function canStart() {
  try {
    return !!new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)));
  } catch {
    return false;
  }
}

function show(element, which) {
  const tags = [element.getAttribute("locale"), document.documentElement.lang, navigator.language];
  const tag = tags.find((tag) => tag && tag.toLowerCase() !== "auto") ?? "en";
  const spoken = tag.split(/[-_]/)[0].toLowerCase();
  const lang = Object.hasOwn(WORDS, spoken) ? spoken : "en";
  const sentence = document.createElement("p");
  Object.entries({ [PART]: "", class: "ce-notice", role: "alert", lang, dir: lang === "ar" ? "rtl" : "ltr" })
    .forEach(([name, value]) => sentence.setAttribute(name, value));
  element.prepend(sentence);
  sentence.textContent = WORDS[lang][which];
  return sentence.textContent;
}

function take(element) {
  element.querySelectorAll(`:scope > [${PART}]`).forEach((part) => part.remove());
  element.removeAttribute("data-state");
}
