// What a field says, by language. Labels in every language listed; messages too.
const TEXTS = {
  en: {
    number: 'Credit or debit card number', expiry: 'Credit or debit card expiration date', cvc: 'Credit or debit card CVC/CVV',
    postal: 'ZIP', country: 'Country or region', mmyy: 'MM / YY', code: 'CVC', cardNumber: 'Card number', expiration: 'Expiration date', security: 'Security code',
    incomplete_number: 'Your card number is incomplete.', invalid_number: 'Your card number is invalid.',
    incomplete_expiry: "Your card's expiration date is incomplete.", invalid_expiry_month: "Your card's expiration month is invalid.",
    invalid_expiry_month_past: "Your card's expiration date is in the past.", invalid_expiry_year: "Your card's expiration year is invalid.",
    invalid_expiry_year_past: "Your card's expiration year is in the past.", incomplete_cvc: "Your card's security code is incomplete.",
    invalid_cvc: "Your card's security code is invalid.", incomplete_zip: 'Your postal code is incomplete.',
  },
  de: {
    number: 'Kreditkarten- oder Debitkartennummer', expiry: 'Ablaufdatum der Kredit- oder Debitkarte', cvc: 'CVC/CVV der Kredit- oder Debitkarte',
    postal: 'Postleitzahl', country: 'Land oder Region', mmyy: 'MM / JJ', code: 'Prüfziffer', cardNumber: 'Kartennummer', expiration: 'Ablaufdatum', security: 'Prüfnummer',
    incomplete_number: 'Die Kartennummer ist unvollständig.', invalid_number: 'Die Kartennummer ist ungültig.',
    incomplete_expiry: 'Das Ablaufdatum Ihrer Karte ist unvollständig.', invalid_expiry_month_past: 'Das Ablaufdatum Ihrer Karte liegt in der Vergangenheit.',
    invalid_expiry_year_past: 'Das Ablaufjahr Ihrer Karte liegt in der Vergangenheit.', incomplete_cvc: 'Die Prüfziffer Ihrer Karte ist unvollständig.',
    incomplete_zip: 'Ihre Postleitzahl ist unvollständig.',
  },
  fr: {
    number: 'Numéro de carte bancaire', expiry: "Date d'expiration de carte bancaire", cvc: 'CVC/CVV de carte bancaire',
    postal: 'Code postal', country: 'Pays ou région', mmyy: 'MM / AA', code: 'CVC', cardNumber: 'Numéro de carte', expiration: "Date d'expiration", security: 'Code de sécurité',
    incomplete_number: 'Votre numéro de carte est incomplet.', invalid_number: 'Votre numéro de carte est invalide.',
    incomplete_expiry: "La date d'expiration de votre carte est incomplète.", invalid_expiry_month_past: 'Votre carte est expirée.',
    invalid_expiry_year_past: "L'année d'expiration de votre carte est passée.", incomplete_cvc: 'Le code de sécurité de votre carte est incomplet.',
    incomplete_zip: 'Votre code postal est incomplet.',
  },
  es: {
    number: 'Número de tarjeta de crédito o débito', expiry: 'Fecha de caducidad de la tarjeta', cvc: 'CVC/CVV de la tarjeta',
    postal: 'Código postal', country: 'País o región', mmyy: 'MM / AA', code: 'CVC', cardNumber: 'Número de tarjeta', expiration: 'Fecha de caducidad', security: 'Código de seguridad',
    incomplete_number: 'El número de tu tarjeta está incompleto.', invalid_number: 'El número de tu tarjeta no es válido.',
    incomplete_expiry: 'La fecha de caducidad de tu tarjeta está incompleta.', invalid_expiry_month_past: 'La fecha de caducidad de tu tarjeta ya pasó.',
    invalid_expiry_year_past: 'El año de caducidad de tu tarjeta ya pasó.', incomplete_cvc: 'El código de seguridad de tu tarjeta está incompleto.',
    incomplete_zip: 'Tu código postal está incompleto.',
  },
  it: { number: 'Numero della carta di credito o debito', expiry: 'Data di scadenza della carta', cvc: 'CVC/CVV della carta', postal: 'CAP', mmyy: 'MM / AA', cardNumber: 'Numero di carta' },
  nl: { number: 'Nummer van creditcard of bankpas', expiry: 'Vervaldatum van de kaart', cvc: 'CVC/CVV van de kaart', postal: 'Postcode', mmyy: 'MM / JJ', cardNumber: 'Kaartnummer' },
  pt: { number: 'Número do cartão de crédito ou débito', expiry: 'Data de validade do cartão', cvc: 'CVC/CVV do cartão', postal: 'CEP', mmyy: 'MM / AA', cardNumber: 'Número do cartão' },
  pl: { number: 'Numer karty kredytowej lub debetowej', expiry: 'Data ważności karty', cvc: 'CVC/CVV karty', postal: 'Kod pocztowy', mmyy: 'MM / RR', cardNumber: 'Numer karty' },
  he: { number: 'מספר כרטיס אשראי או חיוב', expiry: 'תאריך תפוגה של הכרטיס', cvc: 'קוד אבטחה של הכרטיס', postal: 'מיקוד', cardNumber: 'מספר כרטיס' },
  ar: { number: 'رقم بطاقة الائتمان أو الخصم', expiry: 'تاريخ انتهاء البطاقة', cvc: 'رمز أمان البطاقة', postal: 'الرمز البريدي', cardNumber: 'رقم البطاقة' },
  ja: { number: 'クレジットカードまたはデビットカードの番号', expiry: 'カードの有効期限', cvc: 'カードのセキュリティコード', postal: '郵便番号', mmyy: '月 / 年', cardNumber: 'カード番号' },
};

function textsFor(locale) {
  const asked = locale && locale !== 'auto' ? locale : navigator.language || 'en';
  const language = asked.toLowerCase().split('-')[0];
  return { language: TEXTS[language] ? language : 'en', texts: { ...TEXTS.en, ...TEXTS[language] } };
}
