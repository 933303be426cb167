// The locales that an element accepts.
const LOCALES = [
  'auto', 'ar', 'bg', 'cs', 'da', 'de', 'el', 'en', 'en-AU', 'en-CA', 'en-GB', 'en-NZ', 'es', 'es-419', 'es-ES', 'et', 'fi', 'fil',
  'fr', 'fr-CA', 'fr-FR', 'he', 'hr', 'hu', 'id', 'it', 'it-IT', 'ja', 'ko', 'lt', 'lv', 'ms', 'mt', 'nb', 'nl', 'no', 'pl', 'pt',
  'pt-BR', 'ro', 'ru', 'sk', 'sl', 'sv', 'th', 'tr', 'vi', 'zh', 'zh-HK', 'zh-TW',
];

/**
 * The locale to use for a given `locale` option.
 * @param {unknown} asked
 */
function localeFor(asked) {
  if (asked === undefined || asked === null) return 'auto';
  if (typeof asked === 'string' && LOCALES.includes(asked)) return asked;
  warn(`'${asked}' is not a supported locale; 'en' is used instead. Supported are: ${LOCALES.join(', ')}.`);
  return 'en';
}
