// The error text of <card-entry> while its Wasm module has not started, or cannot start. Plain JavaScript.
// Called by element.js. It must work under a policy that forbids Wasm and HTML from strings.

// The attribute on every child that the companion inserts. A child with it that is not of this form is removed.
export const PART = "data-card-entry-part";

// After this time without the module, an error text is shown. The form is still mounted if the module loads later.
const START_TIMEOUT_MS = 10_000;

// [the page forbids Wasm, the module did not load]
const TEXTS = {
  en: ["The card form can’t start on this page.", "The card form didn’t load. Please reload the page."],
  fr: ["Le formulaire de carte ne peut pas démarrer sur cette page.", "Le formulaire de carte ne s’est pas chargé. Veuillez recharger la page."],
  es: ["El formulario de la tarjeta no puede abrirse en esta página.", "El formulario de la tarjeta no se ha cargado. Vuelva a cargar la página."],
  de: ["Das Kartenformular kann auf dieser Seite nicht gestartet werden.", "Das Kartenformular wurde nicht geladen. Bitte laden Sie die Seite neu."],
  ar: ["لا يمكن تشغيل نموذج البطاقة في هذه الصفحة.", "لم يتم تحميل نموذج البطاقة. يُرجى إعادة تحميل الصفحة."],
};

export function emit(element, name, detail) {
  element.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, detail }));
}

// Shows an error text in the element, at once or after the timeout. Returns a function that removes it.
export function showFallback(element, onFailed) {
  const fail = (code, which) => {
    const message = show(element, which);
    element.setAttribute("data-state", "unusable");
    emit(element, "card-entry-unusable", { code, message });
    onFailed();
  };
  element.setAttribute("data-state", "loading");
  if (!canStart()) {
    console.error("<card-entry>: this page does not let WebAssembly start. Allow 'wasm-unsafe-eval' in the script-src of its Content-Security-Policy.");
    fail("wasm_blocked", 0);
    return () => remove(element);
  }
  const timer = setTimeout(() => {
    console.error("<card-entry>: the Wasm module has not started. Call the module's default export, and look whether its .wasm file is served.");
    fail("wasm_missing", 1);
  }, START_TIMEOUT_MS);
  return () => {
    clearTimeout(timer);
    remove(element);
  };
}

// A policy blocks compiling or, in WebKit, instantiating: the smallest module shows whether it does.
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
  const language = tag.split(/[-_]/)[0].toLowerCase();
  const lang = Object.hasOwn(TEXTS, language) ? language : "en";
  const sentence = document.createElement("p");
  Object.entries({ [PART]: "", class: "ce-notice", role: "alert", lang, dir: lang === "ar" ? "rtl" : "ltr" })
    .forEach(([name, value]) => sentence.setAttribute(name, value));
  element.prepend(sentence);
  sentence.textContent = TEXTS[lang][which];
  return sentence.textContent;
}

function remove(element) {
  element.querySelectorAll(`:scope > [${PART}]`).forEach((part) => part.remove());
  element.removeAttribute("data-state");
}
