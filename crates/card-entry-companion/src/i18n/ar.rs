//! The Arabic texts, written from right to left.

use super::{EntryMessageKey, WalletMessageKey as W};

pub(super) fn entry_text(key: EntryMessageKey) -> &'static str {
    match key {
        EntryMessageKey::FrameTitle => "بيانات البطاقة",
        EntryMessageKey::SignIn => {
            "يرجى تسجيل الدخول مرة أخرى. بطاقتك محفوظة مؤقتًا وستُحفظ بعد ذلك."
        }
        EntryMessageKey::Checking => "نتحقق مما إذا كانت بطاقتك قد حُفظت.",
        EntryMessageKey::Wait => "لحظة من فضلك. سنحاول مرة أخرى خلال {seconds} ثانية.",
        EntryMessageKey::TryLater => "لم تُحفظ بطاقتك. يرجى المحاولة مرة أخرى بعد بضع دقائق.",
        EntryMessageKey::Refused => "لا يمكن حفظ هذه البطاقة هنا. يرجى استخدام بطاقة أخرى.",
        EntryMessageKey::Verify => "يريد مصرفك التحقق من هذه البطاقة. يرجى المحاولة مرة أخرى.",
        EntryMessageKey::Unclear => "لم نتمكن من تأكيد حفظ بطاقتك. يرجى المحاولة مرة أخرى.",
        EntryMessageKey::NotReady => "تعذّر بدء حفظ بطاقتك. يرجى المحاولة مرة أخرى.",
        EntryMessageKey::Silent => "لم يتم تحميل نموذج البطاقة. يرجى المحاولة مرة أخرى.",
        EntryMessageKey::Embedded => {
            "لا يمكن عرض نموذج البطاقة داخل موقع آخر. يرجى فتح هذه الصفحة في علامة تبويب مستقلة."
        }
        EntryMessageKey::Left => "أُغلق نموذج البطاقة حفاظًا على أمانك. يرجى فتحه مرة أخرى.",
        EntryMessageKey::BadSetup => "لم يُضبط نموذج البطاقة كما يجب. يرجى إبلاغ موقع الحجز.",
        EntryMessageKey::Retry => "حاول مرة أخرى",
    }
}

pub(super) fn wallet_text(key: W) -> &'static str {
    match key {
        W::Cards => "بطاقاتك",
        W::YourCard => "بطاقتك",
        W::Ending => "{brand} تنتهي بـ {last4}",
        W::Expires => "تنتهي صلاحيتها في {expiry}",
        W::ExpiredOn => "انتهت صلاحيتها في {expiry}",
        W::Expired => "منتهية الصلاحية",
        W::ExpiresSoon => "تنتهي قريبًا",
        W::ExpiresBefore => "تنتهي صلاحيتها قبل الموعد",
        W::Default => "الافتراضية",
        W::Empty => "لا توجد بطاقة محفوظة بعد",
        W::EmptyHint => "احفظ بطاقتك مرة واحدة ولن تكتبها من جديد.",
        W::Add => "إضافة بطاقة",
        W::Replace => "استبدال",
        W::ReplaceThis => "استبدال هذه البطاقة",
        W::Delete => "حذف",
        W::DeleteCard => "حذف {card}",
        W::ReplaceCard => "استبدال {card}",
        W::Cancel => "إلغاء",
        W::Continue => "متابعة",
        W::SignInButton => "تسجيل الدخول",
        W::ReplaceWarning => "ستحل بطاقتك الجديدة محل {card}.",
        W::DeleteQuestion => "هل تريد حذف {card}؟",
        W::DeleteYes => "حذف البطاقة",
        W::Deleting => "جارٍ حذف {card}…",
        W::Deleted => "تم حذف {card}.",
        W::DeleteRefused => "لا يمكن حذف هذه البطاقة الآن.",
        W::DeleteUnclear => "لم نتمكن من تأكيد حذف البطاقة. يرجى المحاولة مرة أخرى.",
        W::MakeDefault => "تعيين كافتراضية",
        W::MakeDefaultCard => "تعيين كافتراضية: {card}",
        W::Choosing => "جارٍ تعيين {card} كبطاقة افتراضية…",
        W::Chosen => "{card} هي بطاقتك الافتراضية الآن.",
        W::ChooseRefused => "لا يمكن تغيير البطاقة الافتراضية الآن.",
        W::ChooseUnclear => "لم نتمكن من تأكيد التغيير. يرجى المحاولة مرة أخرى.",
        W::Saved => "تم حفظ {card}.",
        W::SavedAgain => "{card} محفوظة من قبل. لم يتغير شيء آخر.",
        W::Replaced => "{card} هي بطاقتك الآن.",
        W::Loading => "جارٍ تحميل بطاقاتك…",
        W::LoadingSlow => "يستغرق هذا وقتًا أطول من المعتاد…",
        W::LoadFailed => "تعذّر تحميل بطاقاتك. وهي بأمان.",
        W::SignInToSee => "يرجى تسجيل الدخول مرة أخرى لرؤية بطاقاتك.",
        W::AddTitle => "إضافة بطاقة",
        W::ReplaceTitle => "استبدال بطاقتك",
    }
}
