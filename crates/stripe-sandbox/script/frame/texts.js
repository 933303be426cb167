// The texts of the fields by language: labels for every listed language, messages for the languages of the project's form.
/** @type {Record<string, Record<string, string>>} */
const TEXTS = {
  en: {
    number: 'Credit or debit card number', expiry: 'Credit or debit card expiration date', cvc: 'Credit or debit card CVC/CVV',
    zip: 'ZIP', postal: 'Postal code', country: 'Country or region', mmyy: 'MM / YY', code: 'CVC', cardNumber: 'Card number',
    expiration: 'Expiration date', security: 'Security code', network: 'Card brand (optional)', card: 'Card',
    incomplete_number: 'Your card number is incomplete.', invalid_number: 'Your card number is invalid.',
    incomplete_expiry: "Your card's expiration date is incomplete.", invalid_expiry_month: "Your card's expiration month is invalid.",
    invalid_expiry_month_past: "Your card's expiration date is in the past.", invalid_expiry_year: "Your card's expiration year is invalid.",
    invalid_expiry_year_past: "Your card's expiration year is in the past.", incomplete_cvc: "Your card's security code is incomplete.",
    invalid_cvc: "Your card's security code is invalid.", incomplete_zip: 'Your postal code is incomplete.',
  },
  de: {
    number: 'Kreditkarten- oder Debitkartennummer', expiry: 'Ablaufdatum der Kredit- oder Debitkarte', cvc: 'CVC/CVV der Kredit- oder Debitkarte',
    zip: 'PLZ', postal: 'Postleitzahl', country: 'Land oder Region', mmyy: 'MM / JJ', code: 'Prüfziffer', cardNumber: 'Kartennummer',
    expiration: 'Ablaufdatum', security: 'Prüfnummer', network: 'Kartenmarke (optional)', card: 'Karte',
    incomplete_number: 'Die Kartennummer ist unvollständig.', invalid_number: 'Die Kartennummer ist ungültig.',
    incomplete_expiry: 'Das Ablaufdatum Ihrer Karte ist unvollständig.', invalid_expiry_month: 'Der Ablaufmonat Ihrer Karte ist ungültig.',
    invalid_expiry_month_past: 'Das Ablaufdatum Ihrer Karte liegt in der Vergangenheit.', invalid_expiry_year: 'Das Ablaufjahr Ihrer Karte ist ungültig.',
    invalid_expiry_year_past: 'Das Ablaufjahr Ihrer Karte liegt in der Vergangenheit.', incomplete_cvc: 'Die Prüfziffer Ihrer Karte ist unvollständig.',
    invalid_cvc: 'Die Prüfziffer Ihrer Karte ist ungültig.', incomplete_zip: 'Ihre Postleitzahl ist unvollständig.',
  },
  fr: {
    number: 'Numéro de carte bancaire', expiry: "Date d'expiration de carte bancaire", cvc: 'CVC/CVV de carte bancaire',
    zip: 'Code postal', postal: 'Code postal', country: 'Pays ou région', mmyy: 'MM / AA', code: 'CVC', cardNumber: 'Numéro de carte',
    expiration: "Date d'expiration", security: 'Code de sécurité', network: 'Marque de la carte (facultatif)', card: 'Carte',
    incomplete_number: 'Votre numéro de carte est incomplet.', invalid_number: 'Votre numéro de carte est invalide.',
    incomplete_expiry: "La date d'expiration de votre carte est incomplète.", invalid_expiry_month: "Le mois d'expiration de votre carte est invalide.",
    invalid_expiry_month_past: 'Votre carte est expirée.', invalid_expiry_year: "L'année d'expiration de votre carte est invalide.",
    invalid_expiry_year_past: "L'année d'expiration de votre carte est passée.", incomplete_cvc: 'Le code de sécurité de votre carte est incomplet.',
    invalid_cvc: 'Le code de sécurité de votre carte est invalide.', incomplete_zip: 'Votre code postal est incomplet.',
  },
  es: {
    number: 'Número de tarjeta de crédito o débito', expiry: 'Fecha de caducidad de la tarjeta', cvc: 'CVC/CVV de la tarjeta',
    zip: 'Código postal', postal: 'Código postal', country: 'País o región', mmyy: 'MM / AA', code: 'CVC', cardNumber: 'Número de tarjeta',
    expiration: 'Fecha de caducidad', security: 'Código de seguridad', network: 'Marca de la tarjeta (opcional)', card: 'Tarjeta',
    incomplete_number: 'El número de tu tarjeta está incompleto.', invalid_number: 'El número de tu tarjeta no es válido.',
    incomplete_expiry: 'La fecha de caducidad de tu tarjeta está incompleta.', invalid_expiry_month: 'El mes de caducidad de tu tarjeta no es válido.',
    invalid_expiry_month_past: 'La fecha de caducidad de tu tarjeta ya pasó.', invalid_expiry_year: 'El año de caducidad de tu tarjeta no es válido.',
    invalid_expiry_year_past: 'El año de caducidad de tu tarjeta ya pasó.', incomplete_cvc: 'El código de seguridad de tu tarjeta está incompleto.',
    invalid_cvc: 'El código de seguridad de tu tarjeta no es válido.', incomplete_zip: 'Tu código postal está incompleto.',
  },
  ar: {
    number: 'رقم بطاقة الائتمان أو الخصم', expiry: 'تاريخ انتهاء البطاقة', cvc: 'رمز أمان البطاقة', zip: 'الرمز البريدي', postal: 'الرمز البريدي',
    country: 'البلد أو المنطقة', mmyy: 'شهر / سنة', code: 'رمز الأمان', cardNumber: 'رقم البطاقة', expiration: 'تاريخ الانتهاء',
    security: 'رمز الأمان', network: 'علامة البطاقة (اختياري)', card: 'بطاقة',
    incomplete_number: 'رقم بطاقتك غير مكتمل.', invalid_number: 'رقم بطاقتك غير صحيح.',
    incomplete_expiry: 'تاريخ انتهاء بطاقتك غير مكتمل.', invalid_expiry_month: 'شهر انتهاء بطاقتك غير صحيح.',
    invalid_expiry_month_past: 'تاريخ انتهاء بطاقتك قد مضى.', invalid_expiry_year: 'سنة انتهاء بطاقتك غير صحيحة.',
    invalid_expiry_year_past: 'سنة انتهاء بطاقتك قد مضت.', incomplete_cvc: 'رمز أمان بطاقتك غير مكتمل.',
    invalid_cvc: 'رمز أمان بطاقتك غير صحيح.', incomplete_zip: 'رمزك البريدي غير مكتمل.',
  },
  he: { number: 'מספר כרטיס אשראי או חיוב', expiry: 'תאריך תפוגה של הכרטיס', cvc: 'קוד אבטחה של הכרטיס', zip: 'מיקוד', postal: 'מיקוד', cardNumber: 'מספר כרטיס' },
  it: { number: 'Numero della carta di credito o debito', expiry: 'Data di scadenza della carta', cvc: 'CVC/CVV della carta', zip: 'CAP', postal: 'CAP', mmyy: 'MM / AA', cardNumber: 'Numero di carta' },
  ja: { number: 'クレジットカードまたはデビットカードの番号', expiry: 'カードの有効期限', cvc: 'カードのセキュリティコード', zip: '郵便番号', postal: '郵便番号', mmyy: '月 / 年', cardNumber: 'カード番号' },
  nl: { number: 'Nummer van creditcard of bankpas', expiry: 'Vervaldatum van de kaart', cvc: 'CVC/CVV van de kaart', zip: 'Postcode', postal: 'Postcode', mmyy: 'MM / JJ', cardNumber: 'Kaartnummer' },
  pl: { number: 'Numer karty kredytowej lub debetowej', expiry: 'Data ważności karty', cvc: 'CVC/CVV karty', zip: 'Kod pocztowy', postal: 'Kod pocztowy', mmyy: 'MM / RR', cardNumber: 'Numer karty' },
  pt: { number: 'Número do cartão de crédito ou débito', expiry: 'Data de validade do cartão', cvc: 'CVC/CVV do cartão', zip: 'CEP', postal: 'CEP', mmyy: 'MM / AA', cardNumber: 'Número do cartão' },
};

/** @param {string} locale */
function textsFor(locale) {
  const asked = locale && locale !== 'auto' ? locale : navigator.language || 'en';
  const language = (asked.toLowerCase().split('-')[0]) || 'en';
  return { language: TEXTS[language] ? language : 'en', texts: /** @type {Record<string, string>} */ ({ ...TEXTS.en, ...TEXTS[language] }) };
}
