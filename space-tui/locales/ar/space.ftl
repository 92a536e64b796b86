# SPDX-FileCopyrightText: The Space authors
# SPDX-License-Identifier: MIT OR Apache-2.0

# Times. Short: they stand in columns.
when-now = الآن
when-minutes = { $count } د
when-hours = { $count } س
when-days = { $count } ي
when-day-month = { $day }/{ $month }
when-month-year = { $month }/{ $year }
month-1 = 1
month-2 = 2
month-3 = 3
month-4 = 4
month-5 = 5
month-6 = 6
month-7 = 7
month-8 = 8
month-9 = 9
month-10 = 10
month-11 = 11
month-12 = 12

# Lists.
list-latest = الأحدث
list-unread = غير المقروء
list-new = الجديد
list-loading = لحظة من فضلك…
list-empty = لا توجد مواضيع بعد.
tags-none = لا يوجد هنا موضوع له وسم.
list-all-read = لقد قرأت كل شيء.
topic-closed = مغلق
topic-archived = مؤرشف
topic-pinned = مثبّت

# Threads.
thread-new = جديد
thread-empty = لا توجد مشاركات هنا بعد.
thread-missing =
    { $count ->
        [zero] كل مشاركات هذا الموضوع هنا.
        [one] مشاركة واحدة من هذا الموضوع ليست هنا بعد.
        [two] مشاركتان من هذا الموضوع ليستا هنا بعد.
        [few] { $count } مشاركات من هذا الموضوع ليست هنا بعد.
        [many] { $count } مشاركة من هذا الموضوع ليست هنا بعد.
       *[other] { $count } مشاركة من هذا الموضوع ليست هنا بعد.
    }
thread-folded = ردود مطويّة: { $count }
post-hidden = أخفى المشرفون هذه المشاركة.
post-notice = تنبيه: { $about }
post-moderator = مشرف
post-reply-to = ردًّا على { $author } { $id }
post-reply-to-author = ردًّا على { $author }
post-reply-to-id = ردًّا على { $id }
post-queued = في الانتظار
post-not-sent = لم تُرسل
post-refused = رفضها الخادم: { $why }
post-edited = معدّلة
post-spoiler = حرق للأحداث:
post-spoiler-closed = محتوى مخفيّ: s يُظهره
post-picture = صورة: { $alt }
post-picture-untold = صورة بلا وصف
post-broken = لا يمكن عرض هذه المشاركة؛ هذا نصّها:
picture-too-large = الصورة أكبر من اللازم
picture-unreadable = لا يمكن قراءة الصورة
picture-missing = تعذّر تحميل الصورة
picture-offline = تظهر الصورة حين يجيب الخادم
post-wrote = { " كتب:" }

# Search.
search-prompt = بحث:
search-title = بحث: { $words }
search-count =
    { $count ->
        [zero] لا مشاركات
        [one] مشاركة واحدة
        [two] مشاركتان
        [few] { $count } مشاركات
        [many] { $count } مشاركة
       *[other] { $count } مشاركة
    }
search-begin = اكتب ما تبحث عنه. يجب أن ترد كل الكلمات؛ وهذه تضيّق البحث:
search-nothing = لا توجد مشاركة تحتوي على: { $words }

# Help and commands.
layer-choose = اختيار
layer-move = تنقّل
layer-leave = خروج
picker-hint = بضعة أحرف من الاسم
help-title = المفاتيح
command-read-on = متابعة القراءة
command-read-on-help = يتابع القراءة: الصفحة التالية، ثم الموضوع التالي غير المقروء
command-open = فتح
command-open-help = يفتح ما تقف عليه
command-back = رجوع
command-back-help = يعود إلى الوراء
command-reply = رد
command-reply-help = يرد على المشاركة التي تقف عليها، في محرّرك
command-peek = نظرة
command-peek-help = يعرض ما تردّ عليه المشاركة فوق النقاش
command-parent = الأصل
command-parent-help = ينتقل إلى المشاركة التي يردّ عليها هذا الردّ
command-next-sibling = الردّ التالي
command-next-sibling-help = ينتقل إلى الردّ التالي على المشاركة نفسها
command-previous-sibling = الردّ السابق
command-previous-sibling-help = ينتقل إلى الردّ السابق على المشاركة نفسها
command-links = روابط
command-links-help = يرقّم الروابط على الشاشة؛ اكتب رقمًا لفتح رابط
command-nested = شجرة
command-nested-help = يضع الردود تحت ما تردّ عليه، أو كلّها حسب الوقت
command-fold-answers = طيّ
command-fold-answers-help = يطوي الردود تحت مشاركة أو يُظهرها
command-reveal = كشف
command-reveal-help = يُظهر المخفيّ والمطويّ في مشاركة أو يخفيه
command-pictures = صور
command-pictures-help = يحمّل صور المشاركة من خوادم أخرى أيضًا
command-mini-map = شريط
command-mini-map-help = يُظهر الشريط أو يخفيه: ◀ أنت هنا، ◆ لك، ┃ غير مقروء
command-next-unread = التالي غير المقروء
command-next-unread-help = ينتقل إلى الموضوع التالي الذي فيه ما لم يُقرأ
command-unread = غير المقروءة
command-unread-help = يعرض المواضيع التي فيها مشاركات لم تقرأها
command-search = بحث
command-search-help = يبحث في كل المشاركات
command-down = أسفل
command-down-help = إلى الأسفل
command-up = أعلى
command-up-help = إلى الأعلى
command-half-down = نصف صفحة لأسفل
command-half-down-help = نصف صفحة إلى الأسفل
command-half-up = نصف صفحة لأعلى
command-half-up-help = نصف صفحة إلى الأعلى
command-page-down = صفحة لأسفل
command-page-down-help = صفحة إلى الأسفل
command-page-up = صفحة لأعلى
command-page-up-help = صفحة إلى الأعلى
command-top = البداية
command-top-help = إلى البداية
command-bottom = النهاية
command-bottom-help = إلى النهاية
command-sync = مزامنة
command-sync-help = يرسل ما ينتظر ويقرأ الجديد، الآن
command-help = مساعدة
command-help-help = يعرض هذه المفاتيح أو يخفيها
command-suspend = تعليق
command-suspend-help = يتوقف إلى أن تستأنفه الصَّدَفة
command-quit = خروج
command-quit-help = يُنهي البرنامج
disabled-guest = للرد، سجّل الدخول أولًا: space login
disabled-loading = لحظة من فضلك: ما زال الموضوع يُقرأ
disabled-archived = هذا الموضوع مؤرشف: لا يمكن تغيير شيء فيه
disabled-closed = هذا الموضوع مغلق: لا يمكن لأحد أن يرد فيه
disabled-unsent = لم يُرسل هذا الرد بعد؛ يمكن الرد عليه بعد إرساله
disabled-empty = لا يوجد ما يُفتح
disabled-no-parent = هذه المشاركة لا تردّ على أخرى
disabled-no-sibling = لا ردّ آخر هناك
disabled-no-fold = لا شيء يُطوى هنا؛ t تعرض النقاش شجرةً
disabled-no-links = لا روابط على الشاشة
disabled-root = هذه هي الشاشة الأولى

# Notices.
notice-queued = نصك في الانتظار، وسيُرسل حالما يجيب الخادم.
notice-sent = أُرسل ردّك.
notice-refused = رفض الخادم شيئًا كتبته؛ انظر: space outbox
notice-cancelled = لم يُكتب شيء، فلن يُرسل شيء.
notice-editor = فشل محرّرك: { $detail }
notice-not-written = تعذّر حفظ هذا: { $detail }
notice-failed = تعذّرت قراءة هذا: { $detail }
notice-all-read = لقد قرأت كل شيء.
notice-opened = فُتح: { $detail }
notice-copied = لا متصفّح هنا؛ نُسخ بدلًا من ذلك: { $detail }
notice-links = رقم الرابط:
notice-not-here = هذا ليس في نسختك، وتعذّر جلبه.
notice-no-such-link = لا رابط بهذا الرقم.
notice-syncing = يُسأل الخادم…
notice-no-shell = لا توجد هنا صدفة (shell) يمكنها استئناف البرنامج.

# Places, palette and marks.
list-top = الأكثر إعجابًا
help-filter = اكتب لعرض بعضها فقط
palette-title = الأوامر
palette-nothing = لا يوجد أمر بهذا الاسم.
which-more = و{ $count } أخرى…
confirm-title = متأكد؟
confirm-yes = yes
confirm-how = y أو Enter: نعم · أي مفتاح آخر: لا
confirm-type = اكتب { $word } واضغط Enter:
confirm-left = لم يُفعل شيء.
confirm-catch-up =
    { $count ->
        [zero] لا مواضيع تُعلَّم مقروءة. يمكنك التراجع.
        [one] هل تعلّم موضوعًا واحدًا مقروءًا؟ يمكنك التراجع.
        [two] هل تعلّم موضوعين مقروءين؟ يمكنك التراجع.
        [few] هل تعلّم { $count } مواضيع مقروءة؟ يمكنك التراجع.
        [many] هل تعلّم { $count } موضوعًا مقروءة؟ يمكنك التراجع.
       *[other] هل تعلّم { $count } موضوع مقروءة؟ يمكنك التراجع.
    }
pane-list = المواضيع
pane-thread = الموضوع
pane-tree = الأماكن
command-latest = الأحدث
command-latest-help = يعرض كل المواضيع، الأحدث نشاطًا أولًا
command-new = الجديد
command-new-help = يعرض المواضيع التي لم تفتحها قط
command-liked = الأكثر إعجابًا
command-liked-help = يعرض كل المواضيع، الأكثر إعجابًا أولًا
command-switch-pane = الأماكن
command-switch-pane-help = ينتقل إلى شجرة القوائم والفئات، ويعود منها
command-mark-read = تعليم مقروءًا
command-mark-read-help = يعلّم ما تقف عليه مقروءًا: موضوعًا أو فئة
command-mark-category = تعليم الفئة مقروءة
command-mark-category-help = يعلّم الفئة التي أنت فيها مقروءة
command-catch-up = تعليم الكل مقروءًا
command-catch-up-help = يعلّم كل شيء مقروءًا
command-mark-unread = تعليم غير مقروء
command-mark-unread-help = يعلّم غير مقروء ابتداءً من المشاركة التي تقف عليها
command-undo = تراجع
command-undo-help = يتراجع عن آخر تعليم
command-palette = الأوامر
command-palette-help = يجد أمرًا باسمه
disabled-no-marks = ليس للضيوف علامات قراءة: سجّل الدخول أولًا: space login
disabled-no-undo = لا يوجد ما يُتراجع عنه
disabled-zoom = ما تقرؤه يشغل النافذة كلها أصلًا
notice-next-category = الفئة التالية: { $detail }
notice-marked =
    { $count ->
        [0] كان مقروءًا من قبل.
        [one] عُلّم مقروءًا. يمكنك التراجع.
        [two] عُلّم موضوعان مقروءين. يمكنك التراجع.
        [few] عُلّمت { $count } مواضيع مقروءة. يمكنك التراجع.
        [many] عُلّم { $count } موضوعًا مقروءة. يمكنك التراجع.
       *[other] عُلّم { $count } موضوع مقروءة. يمكنك التراجع.
    }
notice-marked-unread = عُلّم غير مقروء. يمكنك التراجع.
notice-undone-read = تم التراجع: لم يعد «{ $detail }» معلّمًا مقروءًا.
notice-undone-unread = تم التراجع: لم يعد «{ $detail }» معلّمًا غير مقروء.
notice-undone-category = تم التراجع: عاد غير مقروء ما كان كذلك في { $detail }.
notice-undone-everything = تم التراجع: عاد غير مقروء ما كان كذلك من قبل.
notice-undone-bookmark = تم التراجع: أزيلت الإشارة المرجعية في «{ $detail }» من جديد.
notice-undone-no-bookmark = تم التراجع: عادت الإشارة المرجعية في «{ $detail }».
notice-undone-note = تم التراجع: عادت للإشارة المرجعية في «{ $detail }» ملاحظتها السابقة.
notice-undone-draft = تم التراجع: عاد النص الذي رميته؛ g d يعرضه.
notice-undone-outbox = تم التراجع: عاد ما رميته إلى صندوق الصادر؛ g o يعرضه.
notice-pasted = لا يُقبل اللصق هنا؛ افتح أولًا ما تكتب فيه.

# Status.
status-guest = ضيف
status-online = متصل
status-offline = غير متصل
status-syncing = مزامنة
status-signed-out = لم يُسجَّل الدخول
status-failed = فشلت المزامنة
banner-other-space = في هذا العنوان الآن مساحة أخرى: ما كتبته ينتظر هنا ولا يُرسل إليها
banner-other-profile = سُجّل الدخول إلى هذا الملف الشخصي باسم شخص آخر: اخرج وافتحه من جديد
offline-banner = تعذّر الوصول إلى الخادم
offline-synced = آخر تحديث: { $when }
offline-queued =
    { $count ->
        [zero] لا شيء ينتظر الإرسال
        [one] شيء واحد ينتظر الإرسال
        [two] شيئان ينتظران الإرسال
        [few] { $count } أشياء تنتظر الإرسال
        [many] { $count } شيئًا ينتظر الإرسال
       *[other] { $count } شيء ينتظر الإرسال
    }
offline-works = القراءة والكتابة مستمرتان
status-reading = { $rows } سطر
status-reading-of = { $rows } من نحو { $expected } سطر
status-left = بقي { $seconds } ث
status-rate = { $rate } سطر/ث
status-queued = { $count } في الانتظار
status-refused = { $count } مرفوض
status-unread = { $count } غير مقروء
too-small = يحتاج Space إلى طرفية لا تقل عن { $columns } عمودًا و{ $rows } سطرًا.

# The editor.
editor-context =
    اكتب فوق سطر المقص. لا يُرسل شيء مما تحته.
    النص الفارغ لا يرسل شيئًا.

    الموضوع: { $title }
editor-wrote = كتب { $author }:

# Commands: what they print.
login-name = الاسم:
login-password = كلمة السر:
login-label = space في طرفية
login-guest = تقرأ { $space } ضيفًا.
login-done = سجّلت الدخول إلى { $space } باسم { $name }.
logout-done = سجّلت الخروج من { $server }؛ وحُذفت نسخته المحلية.
logout-token-lives = لم يجب { $server }، فيبقى الرمز صالحًا هناك. أبطله من جلسة أخرى.
password-now = كلمة المرور الحالية:
password-new = كلمة المرور الجديدة:
password-again = كلمة المرور الجديدة مرة أخرى:
password-done = تم تغيير كلمة مرورك.
password-signed-out = انتهت جلسات ورموز أخرى عددها { $count }.
password-others-stay = تبقى الجلسات والرموز الأخرى صالحة؛ ينهيها الأمر `space sessions --end-others`.
sessions-ended = انتهت جلسات ورموز عددها { $count }.
sessions-ends = ينتهي في { $date }
sessions-lasts = يبقى حتى يُنهى
sessions-current = هذه الجلسة
sync-done =
    كل شيء محدّث: قُرئ { $rows ->
        [zero] لا شيء
        [one] تغيير واحد
        [two] تغييران
        [few] { $rows } تغييرات
        [many] { $rows } تغييرًا
       *[other] { $rows } تغيير
    }، وأُرسل { $sent }.
sync-window = تعود هذه النسخة إلى: { $window }. وللمزيد: space sync --window whole
sync-refused =
    { $count ->
        [zero] لم يُرفض شيء؛ انظر: space outbox
        [one] رُفض شيء واحد؛ انظر: space outbox
        [two] رُفض شيئان؛ انظر: space outbox
        [few] رُفضت { $count } أشياء؛ انظر: space outbox
        [many] رُفض { $count } شيئًا؛ انظر: space outbox
       *[other] رُفض { $count } شيء؛ انظر: space outbox
    }
topics-new = جديد
reply-sent = أُرسل بالرقم { $id }.
reply-queued = في الانتظار بالرقم { $id }. سيُرسل حالما يجيب الخادم.
outbox-empty = أُرسل كل شيء.
outbox-queued = عاد { $id } إلى الانتظار.
outbox-discarded = أُلغي { $id }.
outbox-state-queued = في الانتظار
outbox-state-sending = يُرسل
outbox-state-held = موقوف
outbox-state-refused = مرفوض
outbox-start = موضوع جديد: { $title }
outbox-reply = رد في { $id }
outbox-edit = تعديل { $id }
outbox-delete = حذف { $id }
outbox-tag = وسوم { $id }: { $tags }
outbox-report-of = بلاغ عن { $id }
outbox-read = علامة قراءة { $id }
whoami-member = العضو
whoami-server = الخادم
whoami-space = الفضاء
whoami-profile = الملف الشخصي
whoami-copy = النسخة المحلية
whoami-counts = المواضيع: { $topics }، المشاركات: { $posts }
whoami-unread = للقراءة
whoami-attention = غير المقروءة: { $unread }، المواضيع الجديدة: { $new }
whoami-outbox = صندوق الصادر
whoami-waiting = في الانتظار: { $queued }، المرفوض: { $refused }

# Failures: what failed.
failure = خطأ: { $what }
failure-because = السبب: { $why }
failure-hint = تلميح: { $hint }
fail-profile = لا يمكن استعمال الملف الشخصي
fail-no-profile = لا يوجد ملف شخصي باسم "{ $name }" بعد
fail-other-profile = الملف الشخصي "{ $name }" يخص { $member } في { $server }
fail-other-space = في الملف الشخصي "{ $name }" نسخة مساحة أخرى غير "{ $space }" الموجودة الآن في هذا العنوان
fail-no-token = لا يوجد رمز دخول لـ { $name }
fail-guest = يمكن للضيوف القراءة، لا الكتابة
fail-replica = لا يمكن استعمال النسخة المحلية
fail-empty = لم يُقرأ شيء من الخادم بعد
fail-outbox = لا يمكن ذلك في صندوق الصادر
fail-server = لا يمكن استعمال الخادم
fail-sync = فشلت المزامنة
fail-watch = فشلت متابعة الموجز
fail-login = فشل تسجيل الدخول
fail-ask = لم تُعطَ إجابة
fail-file = لا يمكن قراءة { $file }
fail-file-write = لا يمكن كتابة { $file }
fail-text = لا يمكن نشر هذا
fail-tags = لا يمكن أن تكون هذه وسوم موضوع
fail-editor = فشل المحرّر
fail-refused = رفضه الخادم: { $why }
fail-unsent =
    { $count ->
        [zero] لا يوجد ما لم يُرسل
        [one] كُتب شيء واحد ولم يُرسل بعد
        [two] كُتب شيئان ولم يُرسلا بعد
        [few] كُتبت { $count } أشياء ولم تُرسل بعد
        [many] كُتب { $count } شيئًا ولم يُرسل بعد
       *[other] كُتب { $count } شيء ولم يُرسل بعد
    }
fail-no-category = لا توجد هنا فئة باسم "{ $slug }"
fail-not-found = لا يوجد موضوع أو مشاركة #{ $id } في النسخة المحلية
fail-no-terminal = تحتاج الشاشة إلى طرفية
fail-output = تعذّرت كتابة المخرجات
fail-dumb-terminal = لا تعمل الشاشة على هذه الطرفية (TERM={ $term }): فهي لا تحرّك المؤشر
hint-dumb-terminal = تعمل هنا هذه الأوامر: space topics و space read ID و space search WORDS و space reply ID TEXT
fail-not-shown = لا يعرض لك الخادم موضوعًا أو مشاركة #{ $id }
fail-outside-window = #{ $id } خارج نطاق هذه النسخة ({ $window })، ولا يمكن سؤال الخادم
hint-outside-window = أعد المحاولة متصلًا؛ أو احتفظ هنا بالمزيد: space sync --window whole
read-missing =
    { $count ->
        [zero] كل مشاركات هذا الموضوع في هذه النسخة، ونطاقها: { $window }
        [one] مشاركة واحدة من هذا الموضوع ليست في هذه النسخة، ونطاقها: { $window }
        [two] مشاركتان من هذا الموضوع ليستا في هذه النسخة، ونطاقها: { $window }
        [few] { $count } مشاركات من هذا الموضوع ليست في هذه النسخة، ونطاقها: { $window }
        [many] { $count } مشاركة من هذا الموضوع ليست في هذه النسخة، ونطاقها: { $window }
       *[other] { $count } مشاركة من هذا الموضوع ليست في هذه النسخة، ونطاقها: { $window }
    }
read-missing-why = تعذّر جلبها: { $why }
copy-read-only = هذه النسخة للقراءة فقط: { $why }. ولا يُحفظ جديد: لا مشاركات من الخادم ولا مسودات ولا علامات قراءة
why-disk-full = القرص ممتلئ: { $folder }
why-disk-read-only = نظام الملفات للقراءة فقط: { $folder }
why-not-writable = لا يمكن الكتابة في المجلد أو في ملف فيه: { $folder }
why-copy-busy = يكتب برنامج آخر هناك: { $folder }
why-copy-newer = كتبت النسخةَ المحلية نسخةٌ أحدث من space: { $folder }
hint-disk-full = أفسح مكانًا على ذلك القرص؛ ولا حاجة إلى حذف شيء هنا
hint-disk-read-only = صِله للكتابة؛ أو اضبط SPACE_DATA_DIR على مجلد آخر وسجّل الدخول هناك
hint-not-writable = اجعل الكتابة فيه متاحة لك: chmod -R u+rwX { $folder }
hint-copy-busy = انتظر البرنامج الآخر أو أنهِه، ثم أعد المحاولة
hint-copy-newer = استعمل تلك النسخة أو أحدث منها؛ ولا حاجة إلى حذف شيء هنا
text-kept = نصّك محفوظ في { $file }
sync-set-aside =
    { $count ->
        [zero] قُرئت كل السطور؛ انظر: space doctor
        [one] تعذّرت قراءة سطر واحد من الخادم ووُضع جانبًا؛ انظر: space doctor
        [two] تعذّرت قراءة سطرين من الخادم ووُضعا جانبًا؛ انظر: space doctor
        [few] تعذّرت قراءة { $count } سطور من الخادم ووُضعت جانبًا؛ انظر: space doctor
        [many] تعذّرت قراءة { $count } سطرًا من الخادم ووُضعت جانبًا؛ انظر: space doctor
       *[other] تعذّرت قراءة { $count } سطر من الخادم ووُضعت جانبًا؛ انظر: space doctor
    }
sync-not-wiped = ما سُحب لم يُمحَ من الملف بعد: { $why }
doctor-feed = الخلاصة
doctor-feed-value =
    { $count ->
        [zero] قُرئت كل السطور: { $first }
        [one] تعذّرت قراءة سطر واحد: { $first }
        [two] تعذّرت قراءة سطرين، منهما { $first }
        [few] تعذّرت قراءة { $count } سطور، منها { $first }
        [many] تعذّرت قراءة { $count } سطرًا، منها { $first }
       *[other] تعذّرت قراءة { $count } سطر، منها { $first }
    }
doctor-feed-fix = حدّث space: السطور محفوظة جانبًا وتقرؤها نسخة لاحقة من جديد
fail-screen = فشلت الشاشة
fail-no-words = لا يوجد ما يُبحث عنه
fail-no-text = لا يوجد نص يُنشر، ولا طرفية يُكتب عليها
fail-no-password = السطر الأول من ملف كلمة السر فارغ
fail-password = تعذّر تغيير كلمة المرور
fail-passwords-differ = كلمتا المرور الجديدتان مختلفتان
fail-two-passwords = يحتاج ملف كلمة المرور إلى سطرين: كلمة المرور الحالية ثم الجديدة
fail-sessions = تعذّر عرض الجلسات أو إنهاؤها
fail-nobody-to-ask = لا توجد طرفية للسؤال
why-nobody-there = لا شيء يجيب في { $server }
why-no-such-name = الاسم في { $server } لا يؤدي إلى خادم، أو أن الشبكة مقطوعة
why-timed-out = لم يجب { $server } في الوقت المحدد
why-unreachable = لا يمكن الوصول إلى { $server } ({ $why })

# What to try.
hint-login = سجّل الدخول: space login SERVER --name NAME
hint-first-login = ابدأ بـ: space login SERVER (أو space login --guest SERVER للقراءة فقط)
hint-known-profiles = استعمل واحدًا موجودًا: --profile NAME ({ $names })، أو ابدأ بـ: space login SERVER
hint-server = تحقّق من العنوان ومن أن الخادم يعمل؛ لم يتغيّر شيء هنا
hint-offline = تحقق من الشبكة ثم حاول مجددًا؛ القراءة والكتابة ممكنتان بلا خادم
hint-plain-http = استعمل https://، أو --allow-plain-http على شبكة تثق بها
hint-other-profile = استعمل غيره: --profile NAME، أو سجّل الخروج من هذا أولًا: space logout
hint-sync = اقرأ الجديد: space sync
hint-unsent = أرسله: space sync؛ أو ألغه: space logout --discard-unsent
hint-refused = انظر إليه: space outbox؛ ثم: space outbox retry { $id } أو: space outbox discard { $id }
hint-no-terminal = للنصوص البرمجية أوامر مثل: space topics --json
hint-no-words = أعط كلمة واحدة على الأقل: space search WORDS
hint-no-text = أعطه معاملًا، أو بـ --file FILE (- للدخل القياسي)
hint-nobody-to-ask = أعط --name NAME و--password-file FILE (- للدخل القياسي)
hint-address = أعط العنوان كاملًا: { $server }
hint-categories = الموجود: { $slugs }

# The command line.
cli = يقرأ ويكتب في مجتمع Space، بلا اتصال أيضًا
cli-long =
    من غير أمر يفتح الشاشة؛ اضغط ? فيها لترى مفاتيحها.

    يُقرأ كل شيء من نسخة محلية يحدّثها "space sync" والشاشة. وما تكتبه والخادم لا يجيب ينتظر
    ويُرسل لاحقًا، مرة واحدة بالضبط.

    لكل أمر يقرأ خيار --json: وثيقة واحدة، أو واحدة في كل سطر. أسماء الحقول ثابتة؛ والمعرّفات
    أرقام، والأوقات بالميلي ثانية منذ 1970 (UTC)؛ ومع المعرّفات الأسماء التي تعنيها.
cli-profile = الملف الشخصي: خادم، ومن أنت فيه، ونسخته المحلية
cli-color = متى تُستعمل الألوان؛ يُراعى NO_COLOR
cli-data-dir = مجلد النسخ المحلية ورموز الدخول
cli-config-dir = مجلد الملفات الشخصية
cli-exit = رموز الخروج:
cli-exit-failed = فشل
cli-exit-usage = سطر الأوامر غير مفهوم
cli-exit-denied = لم يُسجَّل الدخول، أو غير مسموح
cli-exit-not-found = لا يوجد شيء كهذا
cli-exit-offline = الخادم لازم ولا يجيب
cli-tui = يفتح الشاشة (كما من غير أمر)
cli-login = يسجّل الدخول إلى خادم، ويصنع نسخة محلية مما يحق لك قراءته
cli-login-long = يُحفظ رمز الدخول في ملف لا يقرؤه غيرك. ومع --guest تقرأ المفتوح للجميع، من غير حساب.
cli-login-server = عنوان الخادم، مثل https://space.example.org
cli-login-name = اسمك هناك؛ يُسأل عنه إن غاب
cli-login-password-file = ملف كلمة السر في سطره الأول، - للدخل القياسي؛ يُسأل عنها من غير إظهارها إن غاب
cli-login-guest = القراءة من غير حساب
cli-login-allow-plain-http = السماح بـ http:// إلى جهاز آخر: ينتقل كل شيء، حتى الرمز، من غير تشفير
cli-login-window = إلى أي مدى تعود النسخة المحلية: 90d أو 1000topics أو whole؛ وهي whole إن غاب
cli-logout = يسجّل الخروج: يُبطل الرمز ويحذف النسخة المحلية
cli-logout-discard-unsent = الخروج وإن كان هناك ما لم يُرسل؛ سيضيع
cli-password = يغيّر كلمة مرورك
cli-password-password-file = ملف في سطره الأول كلمة المرور الحالية وفي الثاني الجديدة، و- للإدخال القياسي؛ وإن غاب سُئلت دون إظهارهما
cli-password-sign-out = إنهاء كل جلساتك ورموزك الأخرى أيضًا
cli-sessions = يعرض جلساتك ورموزك وينهيها
cli-sessions-end = إنهاء الجلسة ذات هذا الرقم؛ يمكن تكراره
cli-sessions-end-others = إنهاء الكل ما عدا ما يستخدمه هذا الأمر
cli-sessions-json = طباعة كائن JSON واحد في كل سطر
cli-sync = يرسل ما ينتظر، ويقرأ الجديد
cli-sync-window = إلى أي مدى تعود النسخة المحلية من الآن: 90d أو 1000topics أو whole
cli-sync-json = طباعة النتيجة بصيغة JSON، والتقدّم أسطرَ JSON على مخرج الخطأ القياسي
cli-topics = يسرد المواضيع، الأحدث نشاطًا أولًا
cli-topics-category = هذه الفئة وما تحتها فقط
cli-topics-tag = المواضيع التي لها هذا الوسم فقط
cli-topics-limit = العدد الأقصى
cli-topics-unread = المواضيع التي قرأتها من قبل وفيها مشاركات أحدث فقط
cli-topics-new = المواضيع التي لم تفتحها قط فقط
cli-topics-json = طباعة وثيقة JSON واحدة في كل سطر
cli-read = يطبع موضوعًا
cli-read-target = رقم موضوع، أو مشاركة يُبدأ عندها
cli-read-from = الموضع الذي يُبدأ عنده في الموضوع: 1 هو المشاركة الأولى
cli-read-json = طباعة وثيقة JSON واحدة: الموضوع ومشاركاته
cli-read-hidden = يعرض للمشرفين ما تقوله المشاركات المخفية ومن أخفاها
cli-reply = يرد على موضوع أو مشاركة
cli-reply-long = ينتظر الرد، ويُرسل فورًا إن أجاب الخادم؛ وإلا قيل ذلك، وأُرسل مع المزامنة التالية. من غير TEXT و--file يُفتح $VISUAL أو $EDITOR.
cli-reply-target = رقم الموضوع أو المشاركة
cli-reply-text = ما تقوله، بصيغة CommonMark
cli-reply-file = ملف النص؛ - للدخل القياسي
cli-reply-json = طباعة ما آل إليه بصيغة JSON
cli-start = يبدأ موضوعًا
cli-start-long = ينتظر، ويُرسل فورًا إن أجاب الخادم. من غير TEXT و--file يُفتح $VISUAL أو $EDITOR.
cli-start-category = الاسم القصير للفئة
cli-start-text = المشاركة الأولى، بصيغة CommonMark
cli-start-title = عن ماذا
cli-start-tag = وسم له؛ يمكن تكراره
cli-start-file = ملف المشاركة الأولى؛ - للدخل القياسي
cli-start-json = طباعة ما آل إليه بصيغة JSON
cli-search = يجد المشاركات، الأحدث أولًا
cli-search-long = يجب أن توجد كل الكلمات؛ والأخيرة قد تكون بداية كلمة. وتصح "العبارات المقتبسة" و-الكلمات التي يجب ألا توجد؛ ضع -- قبل مثل هذه الكلمات.
cli-search-words = ما يُبحث عنه
cli-search-limit = العدد الأقصى
cli-search-json = طباعة وثيقة JSON واحدة في كل سطر
cli-outbox = يسرد ما كُتب وليس في الخادم بعد
cli-outbox-json = طباعة وثيقة JSON واحدة في كل سطر
cli-outbox-retry = يعيد المرفوض إلى الانتظار
cli-outbox-retry-number = رقمه في القائمة
cli-outbox-discard = يلغي شيئًا
cli-outbox-discard-number = رقمه في القائمة
cli-watch = يتابع ما يحدث: سطر لكل مشاركة جديدة
cli-watch-json = طباعة كل سطر من الموجز بصيغة JSON، واحدًا في كل سطر
cli-whoami = يقول من أنت وكيف الأحوال
cli-whoami-json = طباعة وثيقة JSON واحدة
cli-completion = يطبع الإكمال لصَدَفة
cli-completion-shell = أي صَدَفة

# Log-in and tokens.
status-keyring = في انتظار حلقة المفاتيح
status-plain-token = الرمز غير مشفّر
status-plain-token-short = غير مشفّر
login-kept-keyring = رمز دخولك في حلقة مفاتيح هذا النظام.
login-kept-file = رمز دخولك في ملف لا يقرؤه غيرك؛ وهو غير مشفّر.
login-kept-nowhere = يبقى رمز دخولك حيث هو؛ ولا يُحفظ هنا.
login-device-page = لتسجيل الدخول إلى { $space } افتح هذه الصفحة في أي متصفح، على أي جهاز:
login-device-code = وأدخل هناك هذا الرمز:
login-device-waits = وهو صالح { $minutes } دقيقة؛ وCtrl-C يُلغي. في انتظار جوابك…
login-interrupted = أُلغي؛ ولم يتغيّر شيء.
keyring-waits = في انتظار حلقة المفاتيح: لعلها تطلب كلمة سر على سطح المكتب. Ctrl-C يُلغي.
auth-token = رمز الدخول
auth-no-token = لا يوجد
auth-server-says = يقول الخادم
auth-accepted = الرمز صالح
auth-not-accepted = الرمز غير صالح، أو لم يعد صالحًا
auth-other-member = الرمز لشخص آخر
auth-unknown = لا شيء: لم يجب
auth-others = أماكن أخرى، بترتيب البحث فيها:
auth-other = { "  " }{ $place }: { $state }
auth-place-variable = SPACE_TOKEN
auth-place-variable-file = SPACE_TOKEN_FILE، { $at }
auth-place-descriptor = --token-fd { $at }
auth-place-command = token_command، { $at }
auth-place-plain-file = ملف غير مشفّر، { $at }
auth-place-keyring = حلقة مفاتيح هذا النظام
auth-state-used = مستعمل
auth-state-unused = فيه رمز، ولا يُستعمل
auth-state-empty = لا رمز فيه
auth-state-not-asked = لم يُسأل
auth-state-refused = لا يمكن استعماله: { $why }
auth-fix-login = سجّل الدخول مجددًا: space --profile { $profile } login { $server }
auth-fix-other = اترك ما يعطي هذا الرمز، أو سجّل الدخول باسم صاحبه في ملف شخصي مستقل.
auth-fix-keyring = شغّل حلقة المفاتيح أو افتحها (مثل gnome-keyring-daemon --unlock) ثم انظر ثانية؛ أو سجّل الدخول مع --insecure-storage: space --profile { $profile } login { $server } --insecure-storage
auth-fix-plain = الرمز هناك غير مشفّر. تسجيل الدخول مجددًا ينقله إلى حلقة المفاتيح: space --profile { $profile } login { $server }
auth-fix-plain-no-keyring = الرمز هناك غير مشفّر، ولا توجد حلقة مفاتيح يُنقل إليها. حين توجد سجّل الدخول مجددًا: space --profile { $profile } login { $server }
auth-switched = يُستعمل الملف الشخصي { $name } من الآن حين لا يُسمّى غيره.
fail-other-token = الرمز المعطى يخص { $found }، وهذه النسخة المحلية تخص { $name }
fail-no-keyring = ليس في هذا الجهاز حلقة مفاتيح تحفظ رمز دخولك
fail-given-token = لا يمكن استعمال الرمز المعطى
why-device-denied = رُفض على الصفحة
why-device-expired = لم يجب أحد في الوقت المحدد
why-no-device = لا يعرف هذا الخادم تسجيل الدخول برمز
hint-auth-status = لترى أين يُبحث عن الرموز: space auth status
hint-device = ابدأ من جديد بالأمر نفسه
hint-password = سجّل الدخول بكلمة سر: أضف --password
hint-no-keyring = لحفظه في ملف لا يقرؤه غيرك، غير مشفّر، أضف --insecure-storage؛ أو أعط الرمز في SPACE_TOKEN
cli-token-fd = رقم ملف مفتوح أو أنبوب، الرمز في سطره الأول، 0 للدخل القياسي؛ وكذلك SPACE_TOKEN وSPACE_TOKEN_FILE
cli-login-password = السؤال عن اسم وكلمة سر بدل عرض رمز
cli-login-insecure-storage = حفظ الرمز في ملف لا يقرؤه غيرك، من غير تشفير، بدل حلقة المفاتيح
cli-auth = يعرض من أنت ويغيّره: الملفات الشخصية وأماكن رموزها
cli-auth-long =
    يُبحث عن الرمز بهذا الترتيب: SPACE_TOKEN؛ ثم SPACE_TOKEN_FILE؛ ثم --token-fd؛ ثم الأمر الذي يطبعه، في SPACE_TOKEN_COMMAND
    أو في token_command من الإعدادات؛ ثم ملف طُلب بـ --insecure-storage؛ ثم حلقة مفاتيح النظام (SPACE_KEYRING=off يتركها).
    وما يُعطى لتشغيل واحد يُستعمل فيه وحده ولا يُحفظ في أي مكان.
cli-auth-status = يقول أين رمز الملف الشخصي، ولمَ ليس في غيره، وما العمل
cli-auth-status-json = طباعة وثيقة JSON واحدة
cli-auth-list = يسرد الملفات الشخصية
cli-auth-list-json = طباعة وثيقة JSON واحدة
cli-auth-switch = يستعمل ملفًا شخصيًا آخر من الآن حين لا يُسمّى غيره
cli-auth-switch-name = الملف الشخصي

# Configuration files: what is wrong with them.
config-error = خطأ
config-warning = تحذير
config-near = لعلك تقصد: { $word }
config-allowed = المسموح: { $words }
config-syntax = ليس هذا TOML: { $why }
config-not-text = ليس هذا نصًا بترميز UTF-8
config-not-text-todo = احفظ الملف في محرّرك بترميز UTF-8
config-unreadable = لا يمكن قراءة هذا الملف: { $why }
config-unknown-setting = لا يوجد إعداد "{ $word }"
config-unknown-setting-in = لا يوجد إعداد "{ $word }" في [{ $section }]
config-unknown-section = لا يوجد قسم [{ $word }]
config-unknown-token = لا يوجد عنصر "{ $word }"
config-unknown-place = لا يوجد مكان "{ $word }"
config-unknown-command = لا يوجد هنا أمر "{ $word }"
config-unknown-key = ليس "{ $word }" مفتاحًا
config-wrong-kind = قيمة "{ $name }" من نوع خاطئ
config-wrong-word = لا تصح "{ $word }" قيمة لـ "{ $name }"
config-wrong-look = ليس "{ $word }" لونًا ولا خطًّا لـ "{ $name }"
config-second-colour = في "{ $name }" لون زائد: { $word }
config-no-ground = ينتهي "{ $name }" بعد "on"
config-move-to = ضع "{ $word }" تحت [{ $section }]
config-move-to-top = ضع "{ $word }" في أول الملف، فوق كل [قسم]
config-see-example = كلها وما تفعله: space config show --all
config-want-section = اكتبه قسمًا: اسمه بين [قوسين] في سطر وحده، وما يخصه تحته
config-want-bool = اكتب true أو false، من غير علامات اقتباس
config-want-text = اكتب نصًا بين علامتي اقتباس؛ ولتركه احذف السطر
config-want-number = عدد صحيح من { $least } إلى { $most }
config-want-time = اكتب زمنًا لا يتجاوز دقيقة، مثل "300ms" أو "3s"
config-want-theme = اكتب اسم سمة، مثل "dark"، أو واحدة لكل حال: {"{"} light = "light", dark = "dark" {"}"}
config-want-look = اكتب خطوطًا وألوانًا، مثل "bold blue on white"؛ واللون اسم أو "#rrggbb" أو عدد من 0 إلى 255
config-want-command = اكتب اسم أمر بين علامتي اقتباس، أو false لتحرير المفاتيح
config-key-outside = "{ $word }" ليس في أي قسم
config-key-outside-todo = ضع المفاتيح تحت المكان المقصود، مثل [everywhere]
config-not-here = لا يُستعمل "{ $word }" هنا، بل في: { $places }
config-same-key = لا تفرّق الطرفية بين { $word } و{ $same }: هما عندها مفتاح واحد
config-keys-apart = بين المفاتيح المتتالية مسافة: "{ $keys }"
config-key-shift = اكتب الحرف كما يُكتب مع Shift: ‏"G" لا "S-g"
config-key-near = لعلك تقصد: { $word }
config-key-how = تُكتب المفاتيح مثل j, G, <C-k>, <A-Up>, Space, Enter, F1؛ والمتتالية: "g g"
config-too-many-keys = هذه أكثر من { $most } مفاتيح متتالية
config-keys-typed = { $word } يُكتب هنا في النص، فلا تفعل هذه المفاتيح شيئًا أبدًا
config-keys-typed-todo = استعمل مفاتيح مع Ctrl أو Alt، أو من F1 إلى F12
config-keys-twice = هذه المفاتيح مربوطة في السطر { $line }
config-keys-twice-todo = احذف أحدهما
config-keys-hidden = لا يمكن كتابة هذه المفاتيح: السطر { $line } يربط { $keys }، وهو يعمل فورًا
config-keys-hidden-todo = أعط أحدهما مفاتيح أخرى
config-keys-hidden-default = لا يمكن كتابة هذه المفاتيح: { $keys } هو "{ $command }" ويعمل فورًا
config-keys-hide-default = لم يعد ممكنًا كتابة { $keys } ‏("{ $command }"): هذه المفاتيح تعمل فورًا
config-keys-hidden-default-todo = إن لم تحتج إليه فحرّره: "{ $keys }" = false
config-not-bound = لا يفعل { $keys } شيئًا هنا أصلًا
config-not-bound-todo = احذف السطر
config-keys-hide = لا يمكن كتابة السطر { $line } ({ $keys }): هذه المفاتيح تعمل فورًا
config-other-file = لا شيء يقرأ هذا الملف؛ المقروء { $word }
notice-as-it-is = { $detail }
notice-config =
    { $count ->
        [zero] { $detail }
        [one] { $detail }؛ لرؤيته كاملًا: space config check
        [two] { $detail }؛ خطآن، لرؤيتهما: space config check
        [few] { $detail }؛ { $count } أخطاء، لرؤيتها: space config check
        [many] { $detail }؛ { $count } خطأً، لرؤيتها: space config check
       *[other] { $detail }؛ { $count } خطأ، لرؤيتها: space config check
    }
fail-config =
    { $count ->
        [zero] لا أخطاء في الإعدادات
        [one] في الإعدادات خطأ واحد
        [two] في الإعدادات خطآن
        [few] في الإعدادات { $count } أخطاء
        [many] في الإعدادات { $count } خطأً
       *[other] في الإعدادات { $count } خطأ
    }
fail-config-exists = { $file } موجود من قبل
hint-config-exists = احذفه أولًا، أو اكتب في مجلد آخر: --config-dir FOLDER
config-fine = كل شيء صحيح في { $folder }.
config-warnings =
    { $count ->
        [zero] لا تحذيرات ولا أخطاء.
        [one] تحذير واحد، ولا أخطاء.
        [two] تحذيران، ولا أخطاء.
        [few] { $count } تحذيرات، ولا أخطاء.
        [many] { $count } تحذيرًا، ولا أخطاء.
       *[other] { $count } تحذير، ولا أخطاء.
    }
config-written = كُتب: { $file }
config-file-absent = غير موجود
config-file-used = مستعمل
config-file-not-used = غير مستعمل: فيه أخطاء

# Settings: what each is for. They stand in the example and in the schema.
example-config =
    إعدادات برنامج الطرفية. كل سطر فيه إعداد معلّق، ويبيّن القيمة المعتادة.
    لفحص الملف: space config check
example-keys =
    مفاتيح برنامج الطرفية. كل سطر معلّق، ويبيّن ما هو معمول به أصلًا.
    تُكتب المفاتيح مثل j, G, <C-k>, <A-Up>, Space؛ والمتتالية: "g g". أعطها اسم أمر، أو false لتحريرها.
    مفاتيح المكان تغلب المفاتيح نفسها في كل مكان. وليس في الطقم "arrows" حروف تحرّك.
    لفحص الملف: space config check
example-theme =
    سمتك الخاصة: تغيّر ما تسمّيه هنا في السمة التي ترثها؛ ومن غير inherits في السمة المستعملة.
    للمظهر خطوط (bold, dim, italic, underline, reverse)، ولون، و"on" مع اللون الذي خلفه. والألوان هي ألوان الطرفية الستة عشر بأسمائها (black, red, green, yellow, blue, magenta, cyan, white، وكل منها مع bright-)، أو "default"، أو "#rrggbb"، أو عدد من 0 إلى 255؛ ويُستعمل أقربها مما في طرفيتك.
example-theme-tokens = على أي خلفية. تبيّن السطور السمة dark.
example-theme-light = على الخلفيات الفاتحة فقط؛ وتُكتب كما فوق.
example-theme-dark = على الخلفيات الداكنة فقط؛ وتُكتب كما فوق.
setting-language = لغة الواجهة؛ "auto" يأخذها من LC_ALL أو LC_MESSAGES أو LANG.
setting-profile = الملف الشخصي حين لا يسمّيه --profile ولا SPACE_PROFILE؛ وهو "default" إن لم يُسمَّ هنا أيضًا.
setting-theme = المظهر؛ "auto" هو "light" أو "dark" بحسب طرفيتك. واحدة لكل حال: {"{"} light = "high-contrast-light", dark = "high-contrast" {"}"}
setting-color = متى تُستعمل الألوان؛ --color يغلبه، وهو يغلب NO_COLOR وCLICOLOR_FORCE.
setting-dates = كيف تُعرض الأوقات: كم مضى، أو تواريخ.
setting-editor = ما تكتب به النصوص الطويلة؛ وإلا فـ VISUAL ثم EDITOR ثم vi. وقد تكون له خيارات: "code --wait".
setting-token-command = أمر يطبع رمز دخولك، فلا يُحفظ في مكان آخر.
setting-images = كيف تُعرض الصور؛ "halfblocks" يعمل في كل طرفية، و"off" يعرض وصفها.
setting-bidi = من يرتّب النص المكتوب من اليمين إلى اليسار: "app" لمعظم الطرفيات، و"terminal" لما يرتّبه بنفسه.
setting-mouse = هل تُستعمل الفأرة. عندئذ يحتاج تحديد النص بها إلى Shift في معظم الطرفيات.
setting-which-key = كم يُنتظر بعد أول المفاتيح المتتالية قبل عرض ما قد يليه؛ "0s" يعرضه فورًا.
setting-read-mark = متى تُعدّ المشاركة مقروءة: بعد بقائها على الشاشة مدة، أو عند مغادرة موضوعها.
setting-read-after = كم تبقى المشاركة على الشاشة لتُعدّ مقروءة.
setting-layout-nav-width = أعمدة شجرة الفئات؛ بحسب حجم النافذة إن لم تُضبط.
setting-layout-list-width = أعمدة قائمة المواضيع بجانب الموضوع، وتظهر متى توفرت لها؛ بحسب حجم النافذة إن لم تُضبط.
setting-layout-measure = أقصى عدد أعمدة لسطر المشاركة؛ 100 إن لم تُضبط. كلما قلّت ظهرت القائمة بجانب الموضوع في نافذة أضيق.
token-screen = كل ما ليس له مظهر فيما يلي.
token-bar = السطران الأول والأخير: أين أنت ومن أنت.
token-selection = السطر الذي تقف عليه.
token-border = الإطارات، والخطوط بين الأجزاء.
token-text = النص.
token-quiet = نص أخف: أعداد وأوقات وتلميحات.
token-title = عنوان موضوع.
token-heading = عنوان داخل مشاركة.
token-author = اسم شخص.
token-own = اسمك.
token-mention = عضو مذكور.
token-id = رقم يمكن كتابته.
token-category = فئة.
token-unread = يدل على ما لم يُقرأ.
token-badge = كلمة قصيرة تميّز شيئًا.
token-link = رابط.
token-quote = ما يقتبسه أحد.
token-code = شفرة.
token-code-keyword = في الشفرة: كلمة من اللغة.
token-code-string = في الشفرة: نص.
token-code-comment = في الشفرة: تعليق.
token-code-number = في الشفرة: عدد.
token-code-name = في الشفرة: دالّة أو نوع.
token-search-hit = ما بُحث عنه حيث وُجد.
token-key = مفتاح يُضغط.
token-queued = شيء ينتظر الإرسال.
token-warning = شيء يحتاج إلى انتباه.
token-error = شيء فشل.

# The doctor.
doctor-ok = سليم
doctor-warning = تحذير
doctor-problem = مشكلة
doctor-summary-fine = كل شيء على ما يرام.
doctor-summary = المشكلات: { $problems }، التحذيرات: { $warnings }
doctor-terminal = الطرفية
doctor-no-terminal = لا توجد: يذهب الخرج إلى مكان آخر
doctor-no-term-fix = اضبط TERM على طرفيتك؛ ومعظمها يفهم: TERM=xterm-256color
doctor-size = الحجم
doctor-size-value = الأعمدة: { $columns }، السطور: { $rows }
doctor-size-fix = اجعل النافذة لا تقل عن { $columns } عمودًا و{ $rows } سطرًا
doctor-colours = الألوان
doctor-colours-value = { $count }
doctor-colours-none = لا توجد ({ $why })
doctor-background = الخلفية
doctor-background-dark = داكنة ({ $why })
doctor-background-light = فاتحة ({ $why })
doctor-background-asked = هكذا تقول الطرفية
doctor-background-guess = تخمين: لا تقول الطرفية شيئًا
doctor-background-fix = إن كان خطأً فاختر سمة: space config init، ثم theme = "light" في config.toml
doctor-theme = السمة
doctor-width = المحارف العريضة
doctor-width-fine = بالعرض الذي نفترضه
doctor-width-differs = تعطي الطرفية { $text } من الأعمدة { $theirs }، ونحن { $ours }
doctor-width-fix = قد تنزاح السطور التي فيها مثل هذه المحارف؛ وقد تفيد طرفية أحدث أو خط آخر
doctor-width-unknown = لا تقول الطرفية شيئًا
doctor-keyboard = لوحة المفاتيح
doctor-keyboard-full = تميّز كل المفاتيح (بروتوكول kitty)
doctor-keyboard-plain = كالمعتاد: Ctrl-i هو Tab، وCtrl-m هو Enter
doctor-images = الصور
doctor-images-off = معطّلة كما ضُبط
doctor-multiplexer = داخل
doctor-multiplexer-fix = لكل الألوان في tmux: set -as terminal-features ",*:RGB"
doctor-language = اللغة
doctor-language-value = { $language } ({ $why })
doctor-utf8-fix = ليست المحلية UTF-8، فقد لا تُعرض النصوص صحيحة؛ اضبط LANG، مثلًا: LANG=C.UTF-8
doctor-editor = المحرّر
doctor-editor-fix = لم يُعثر على { $editor }؛ اضبط EDITOR، أو editor في config.toml
doctor-folder = الإعدادات
doctor-folder-problems = الأخطاء: { $errors }، التحذيرات: { $warnings }
doctor-folder-fix = لرؤيتها: space config check
doctor-profile = الملف الشخصي
doctor-profile-fix = ابدأ بـ: space login SERVER
doctor-profile-open = يستطيع الآخرون قراءة هذا المجلد: { $folder }
doctor-profile-open-fix = أغلقه: chmod 700 { $folder }
doctor-copy = النسخة المحلية
doctor-copy-value = { $size }، المواضيع: { $topics }، المشاركات: { $posts }
doctor-copy-absent = لا توجد بعد
doctor-copy-fix = اصنعها من جديد: space logout ثم space login؛ ويضيع ما لم يُرسل، فانظر أولًا: space outbox
doctor-outbox = صندوق الصادر
doctor-token = رمز الدخول
doctor-token-none = لا حاجة إليه للقراءة ضيفًا
doctor-token-value = في { $place }
doctor-token-fix = سجّل الدخول: space login
doctor-token-plain-fix = الرمز غير مشفَّر هناك: سجّل الدخول من جديد حيث توجد حلقة مفاتيح بالأمر: space login
doctor-server = الخادم
doctor-server-value = يجيب { $server } في { $millis } ms (الإصدار { $version })
doctor-server-silent = لا يجيب { $server }
doctor-server-fix = { $why }؛ القراءة والكتابة ممكنتان من غيره
doctor-clock = الساعة
doctor-clock-value = الفرق عن ساعة الخادم: { $seconds } ث
doctor-clock-fix = اضبط ساعة هذا الجهاز: ستكون الأوقات المعروضة خاطئة
cli-config = يفحص ملفات الإعداد ويعرضها ويبدؤها
cli-config-check = يقول كل ما هو خطأ في ملفات الإعداد
cli-config-check-json = طباعة وثيقة JSON واحدة في كل سطر
cli-config-show = يطبع ما هو مضبوط
cli-config-show-all = طباعة المثال المشروح بكل ما يمكن ضبطه
cli-config-show-file = أي ملف
cli-config-path = يطبع أماكن الملفات
cli-config-schema = يطبع مخطط JSON لملف، للمحرّرات
cli-config-schema-file = أي ملف
cli-config-init = يكتب ملفات مشروحة للبداية
cli-config-init-long = تُترك الملفات الموجودة كما هي. وكل ما فيها معلّق، فلا يتغير شيء حتى تغيّره.
cli-doctor = يبحث عن الخلل في الطرفية والإعدادات والنسخة المحلية والخادم، ويقول كيف يُصلح
cli-doctor-json = طباعة وثيقة JSON واحدة
cli-doctor-offline = عدم سؤال الطرفية ولا الخادم عن شيء

# Places, marks, jumps and layers.
thread-below = { $count } غير مقروءة
jump-title = الذهاب إلى
jump-nothing = لا شيء بهذا الاسم.
jump-category = فئة
jump-topic = موضوع
jump-member = عضو
command-zoom = وحده
command-zoom-help = يعرض ما تقرؤه وحده في النافذة، أو يعيد ما بجانبه
command-fold-category = طي
command-fold-category-help = يخفي ما تحت الفئة أو يعرضه
command-jump = الذهاب إلى…
command-jump-help = يذهب إلى أي مكان ببعض حروف اسمه
command-jump-back = رجوع
command-jump-back-help = يعود إلى المكان الذي أتيت منه
command-jump-forward = تقدم
command-jump-forward-help = يتقدم من جديد

# الكتابة.
topic-draft = مسودة
pane-compose = نصك
compose-reply = رد · { $title }
compose-reply-to = رد على { $author } · { $title }
compose-topic = موضوع جديد
compose-edit = تعديل · { $title }
compose-waiting = لم يُرسل بعد · { $title }
compose-preview = معاينة
compose-aside = Ctrl-t للعودة إلى النص
compose-title = العنوان:
compose-category = التصنيف:
compose-no-category = لم يُختر بعد
compose-category-stays = لا يُختار التصنيف إلا لموضوع جديد.
compose-no-language = يبقى التعديل بلغة المشاركة.
compose-no-tags = لا توضع الوسوم هنا إلا لموضوع جديد؛ ووسوم غيره تُغيَّر حيث يُقرأ.
compose-length = { $count } من { $most }
compose-too-long = يزيد بمقدار { $count } من المحارف
compose-kept = محفوظ
compose-not-kept = …
compose-nothing-new = لا جديد
compose-sending = يُضاف إلى الطابور…
compose-empty = لا شيء للإرسال بعد.
compose-unfit = لا يمكن إرسال هذا: { $detail }
compose-closed = نصك محفوظ؛ g d يعرض ما لم يكتمل.
compose-thrown = حُذف. التراجع يعيده.
compose-edited = النص الآن من محررك؛ ولم يُرسل بعد.
compose-taken-up = هذا ما كتبته من قبل.
compose-set-aside = نص آخر بُدئ هنا محفوظ في { $detail }
unkept = تعذّر حفظ هذا، وليس في أي مكان آخر:
choose-category = في أي تصنيف؟
choose-language = بأي لغة؟
choose-nothing = لا شيء بهذا الاسم.
quote-title = ماذا تقتبس
quote-all = المشاركة كلها
drafts-title = نصوص غير مكتملة
drafts-empty = لا شيء غير مكتمل.
drafts-topic = موضوع جديد · { $title }
outbox-title = لم يُرسل بعد
outbox-state-conflict = غيّره آخرون
outbox-why-conflict = غيّر شخص آخر هذه المشاركة منذ بدأت. Enter يعرض النصين.
outbox-why-held = كُتب هذا منذ زمن؛ إعادة المحاولة ترسله رغم ذلك.
outbox-state-waits = ينتظر
outbox-why-waits = { $why }؛ سيُرسل في { $time } UTC.
outbox-removal = حذف · { $title }
outbox-tags = وسوم · { $title }
outbox-report = بلاغ · { $title }
outbox-other = علامة قراءة · { $title }
outbox-no-text = لا نص هنا لتغييره.
outbox-retried = عاد إلى الطابور.
outbox-on-its-way = هذا في طريقه إلى الخادم، ولا يمكن تغييره.
outbox-thrown = حُذف ({ $count }). التراجع يعيده.
conflict-title = تعديلان لمشاركة واحدة
conflict-base = قبل
conflict-theirs = نصهم
conflict-mine = نصك
conflict-no-base = (لم يُحفظ)
conflict-clean = الدمج: التعديلان معًا
conflict-merged = الدمج؛ مواضع تحتاج قرارك: { $count }
command-start-topic = موضوع جديد
command-start-topic-help = يبدأ موضوعًا في التصنيف الحالي
command-edit = تعديل
command-edit-help = يعدل مشاركتك، حتى التي لم تُرسل
command-quote = اقتباس
command-quote-help = يقتبس المشاركة أو بعض فقراتها
command-outbox = الصادر
command-outbox-help = يعرض ما ينتظر الإرسال وما رُفض
command-drafts = المسودات
command-drafts-help = يعرض ما بدأت كتابته ولم ترسله
command-switch-text = النص أو الموضوع
command-switch-text-help = يذهب إلى النص ويعود
command-send = إرسال
command-send-help = يرسل النص؛ وAlt-Enter كذلك
command-editor = محرر
command-editor-help = يكمل النص في $VISUAL أو $EDITOR
command-close = إغلاق
command-close-help = يغلق اللوحة ويبقى النص محفوظًا
command-throw-draft = حذف المسودة
command-throw-draft-help = يغلق اللوحة ويحذف النص؛ التراجع يعيده
command-preview = معاينة
command-preview-help = يعرض النص كما يراه الآخرون
command-language = اللغة
command-language-help = يحدد لغة النص
command-tags = وسوم
command-tags-help = يضع للموضوع الجديد وسومه
command-category = التصنيف
command-category-help = يختار تصنيف الموضوع الجديد
command-write-palette = الأوامر
command-write-palette-help = يجد أمرًا باسمه
command-write-help = مساعدة
command-write-help-help = يعرض هذه المفاتيح
command-write-quote = اقتباس
command-write-quote-help = يقتبس المشاركة المحددة في الموضوع
command-undo-text = تراجع
command-undo-text-help = يتراجع عن آخر تغيير في النص
command-redo-text = إعادة
command-redo-text-help = يعيد ما تُراجع عنه
command-thread-down = الموضوع أسفل
command-thread-down-help = يحرك الموضوع أسفل أثناء الكتابة
command-thread-up = الموضوع أعلى
command-thread-up-help = يحرك الموضوع أعلى أثناء الكتابة
command-thread-page-down = صفحة أسفل
command-thread-page-down-help = يحرك الموضوع صفحة أسفل أثناء الكتابة
command-thread-page-up = صفحة أعلى
command-thread-page-up-help = يحرك الموضوع صفحة أعلى أثناء الكتابة
command-retry = إعادة المحاولة
command-retry-help = يرسله مرة أخرى الآن
command-throw = حذف
command-throw-help = يحذفه؛ التراجع يعيده
command-take-merged = إرسال المدمج
command-take-merged-help = يرسل التعديلين معًا، أو يفتح النص إن تعذر
command-edit-merged = تعديل المدمج
command-edit-merged-help = يفتح النص المدمج لتعديله وإرساله
command-take-mine = إرسال نصك
command-take-mine-help = يرسل نصك مكان نصهم
command-take-theirs = إبقاء نصهم
command-take-theirs-help = يبقي نصهم ويحذف تعديلك؛ التراجع يعيده
disabled-no-text = لا نص مفتوح
disabled-no-thread = لا مشاركة هنا
disabled-not-yours = لا تُعدّل إلا مشاركاتك
disabled-no-jump = لا مكان للذهاب إليه
notice-marked-already = كان مقروءًا من قبل.
# Search, bookmarks and marks.
outbox-catch-up = قُرئ كل شيء حتى ذلك الحين
outbox-bookmark = إشارة مرجعية في { $id }
outbox-unbookmark = إزالة الإشارة المرجعية من { $id }
search-wrong-near = هل تقصد { $near }؟
search-wrong-operator = لا يوجد عامل بحث اسمه { $operator }.
search-wrong-value = بعد { $operator } يأتي أحد هذه: { $known }.
search-wrong-missing = ينقص شيء بعد { $operator }، مثل { $example }.
search-wrong-date = { $value } ليس تاريخًا. اكتب 2020-02-01 أو 2020-02 أو 2020 أو today، أو المدة: 3d، 2w، 6m، 1y.
search-wrong-language = { $value } ليست لغة. اكتب رمزًا مثل en أو pt-BR أو zh-Hant.
search-wrong-minus = لا يمكن وضع علامة ناقص قبل { $operator }.
search-wrong-long = هذا أطول من أن يكون بحثًا: { $most } كلمة وعاملًا على الأكثر.
search-wrong-only-excluded = اذكر ما تبحث عنه، لا ما تستبعده فقط.
search-wrong-author = لا أحد هنا اسمه { $name }.
search-wrong-category = لا توجد هنا فئة اسمها { $name }.
search-wrong-tag = { $value } ليس وسمًا. يتكوّن الوسم من حروف وأرقام و- و_ و. و+.
search-wrong-no-tag = لا يوجد هنا موضوع له الوسم { $name }.
search-hint = @author  #category  before:2020-02  after:2w  in:title  is:unread
fail-search = تعذّر فهم البحث
hint-search = يعرض space search --help عوامل البحث
fail-note = تعذّر حفظ الملاحظة
fail-no-member = لا أحد هنا اسمه { $name }
list-no-bookmarks = لا توجد إشارات مرجعية.
bookmark-put = وُضعت إشارة مرجعية في { $id }
bookmark-removed = أُزيلت الإشارة المرجعية من { $id }
tag-sent = غُيّرت الوسوم.
cli-topics-bookmarks = المواضيع التي وضعت فيها إشارة مرجعية فقط، الأحدث أولًا
cli-topics-top = الأكثر إعجابًا أولًا، من المواضيع التي كُتب فيها خلال الأسبوع أو الشهر أو السنة الأخيرة، أو من جميعها
cli-topics-by = المواضيع التي بدأها هذا العضو فقط
cli-bookmark = يضع إشارة مرجعية في موضوع أو مشاركة، لك وحدك
cli-bookmark-target = رقم موضوع، أو #رقم مشاركة
cli-bookmark-note = ما تريد أن تتذكره عنها
cli-bookmark-remove = يزيل الإشارة المرجعية
cli-bookmark-json = يطبع مستند JSON في كل سطر
cli-tag = يضيف وسومًا إلى موضوع ويزيل منها، أو يسرد ما له
cli-tag-long = ينتظر التغيير، ويُرسل فورًا إن أجاب الخادم. ويبقى ما غيّره الآخرون في الأثناء.
cli-tag-target = رقم موضوع
cli-tag-change = +TAG يضيف وسمًا، و-TAG يزيله
cli-tag-json = طباعة ما آل إليه، أو الوسوم، بصيغة JSON
cli-tags = يسرد الوسوم وعدد المواضيع التي لكل منها
cli-tags-json = طباعة وثيقة JSON واحدة في كل سطر

# Bookmarks, members' lists and the most liked of a time.
list-bookmarks = الإشارات المرجعية
period-week = هذا الأسبوع
period-month = 30 يومًا
period-year = سنة
command-liked-week = هذا الأسبوع
command-liked-week-help = يعرض المواضيع الأكثر إعجابًا التي نشطت في آخر 7 أيام
command-liked-month = 30 يومًا
command-liked-month-help = يعرض المواضيع الأكثر إعجابًا التي نشطت في آخر 30 يومًا
command-liked-year = سنة
command-liked-year-help = يعرض المواضيع الأكثر إعجابًا التي نشطت في آخر 365 يومًا
command-liked-ever = كل الأوقات
command-liked-ever-help = يعرض المواضيع الأكثر إعجابًا في كل الأوقات
command-bookmarks = الإشارات المرجعية
command-bookmarks-help = يعرض المواضيع التي وضعت فيها إشارة مرجعية، الأحدث أولًا
command-wrote = من كتبها
command-wrote-help = يعرض مواضيع كاتب المشاركة، ومنها كل مشاركاته
command-bookmark = إشارة مرجعية
command-bookmark-help = يضع إشارة مرجعية في الموضوع أو المشاركة، أو يزيلها
command-bookmark-note = ملاحظة
command-bookmark-note-help = يضع إشارة مرجعية مع ملاحظة
disabled-no-bookmarks = لا إشارات مرجعية للضيوف: سجّل الدخول أولًا: space login
disabled-no-member = هذه ليست قائمة عضو: اذهب أولًا إلى مشاركة له
notice-bookmarked = وُضعت إشارة مرجعية. يمكنك التراجع.
notice-no-bookmark = أُزيلت الإشارة المرجعية. يمكنك التراجع.
note-prompt = ملاحظة:
note-hint = ما تريد أن تتذكره عنها؛ يمكن تركها فارغة
tags-prompt = الوسوم:
tags-hint = كلمات بينها مسافات، مثل wiki how-to؛ يمكن تركها فارغة

# البلاغات وما يفعله المشرفون بها.
reason-talk = التحدث إلى الكاتب
reason-off-topic = خارج الموضوع
reason-inappropriate = غير لائق
reason-spam = دعاية أو تخريب
reason-illegal = مخالف للقانون
reason-other = شيء آخر
report-sent = أُبلغ بسرية: يرى المشرفون ما قلته، ولا يرون أنه منك.
report-queued = في الانتظار بالرقم { $id }. سيُرسل قبل كل شيء حالما يجيب الخادم.
report-waits = في الانتظار بالرقم { $id }: { $why }
reports-none = لا بلاغات مفتوحة.
reports-hidden = مخفية
reports-gone = محذوفة
hide-done = أُخفيت { $id }: لا يرى نصها إلا المشرفون.
restore-done = عادت { $id } كما كانت.
decide-hidden = المشاركة { $id } مخفية.
decide-still-hidden = تبقى { $id } مخفية. لإظهارها: space restore { $number }
decide-shown-again = عادت { $id } كما كانت.
decide-shown = المشاركة { $id } ظاهرة.
decide-still-shown = لا تزال { $id } ظاهرة. لإخفائها: space hide { $number }
case-own-report = أنت من أبلغ عن هذه المشاركة. لك أن تفصل فيها لأن لا مشرف غيرك يستطيع.
case-corrected = صُحح بعدها
hidden-by = أخفاها { $name } · { $age }
hidden-restored = أظهرها { $name } · { $age }
fail-talk = التحدث إلى الكاتب ليس بلاغًا
fail-needs-comment = هذا السبب وحده لا يقول ما المشكلة
fail-comment = لا يمكن إرسال هذا التعليق
fail-clause = هذا ليس رقم بند
fail-reports = تعذرت قراءة البلاغات
fail-hide = لم تُخفَ المشاركة
fail-restore = لم تُعَد المشاركة
fail-decide = لم يُفصل في القضية
fail-read-hidden = تعذرت قراءة النص المخفي
hint-talk = أجبه: space reply { $id }
hint-needs-comment = قله بكلماتك: --comment TEXT
hint-staff = هذا للمالكين والمديرين والمشرفين؛ لإبلاغهم بمشاركة: space report POST REASON
hint-own-post = الأمر عن مشاركة لك، فيفصل فيه مشرف آخر
hint-decided = لرؤية ما تقرر: space reports --all؛ ولتصحيحه: space decide CASE OUTCOME --correct
hint-case-open = احذف --correct
hint-moderate-not-found = انظر إلى الرقم: space reports تسرد القضايا، وspace read تعرض أرقام المشاركات
cli-report = يبلغ المشرفين بمشاركة، بسرية
cli-report-long = لا يرى البلاغ إلا المشرفون، ولا يرون ممن هو. ينتظر قبل كل شيء، ويُرسل فورًا إن أجاب الخادم؛ ثم لا يبقى منه شيء على هذا الجهاز.
cli-report-target = رقم المشاركة؛ الموضوع يعني مشاركته الأولى
cli-report-reason = السبب؛ "illegal" و"other" يحتاجان إلى تعليق
cli-report-comment = ما المشكلة، بكلماتك
cli-report-json = طباعة ما آل إليه بصيغة JSON
cli-reports = يسرد البلاغات، الأطول انتظارًا أولًا؛ للمشرفين
cli-reports-long = في كل قضية كل البلاغات عن مشاركة واحدة، وما قالته المشاركة حينها مهما جرى لها. ليس فيها من أبلغ، ولا قضايا عن مشاركاتك.
cli-reports-all = وما فُصل فيه أيضًا
cli-reports-json = طباعة وثيقة JSON واحدة في كل سطر
cli-hide = يخفي مشاركة: يرى الجميع أنها هناك، ولا يرى نصها إلا المشرفون
cli-hide-post = رقم المشاركة
cli-hide-clause = رقم البند الذي تخالفه من قواعد السلوك، مثل 2.1
cli-hide-note = ما ينبغي أن يعرفه المشرفون الآخرون
cli-hide-json = طباعة وثيقة JSON واحدة
cli-restore = يعيد مشاركة مخفية كما كانت
cli-restore-post = رقم المشاركة
cli-restore-json = طباعة وثيقة JSON واحدة
cli-decide = يفصل في قضية من "space reports"
cli-decide-long = "agree" تعني أن البلاغات محقة، و"disagree" أن المشاركة تبقى، و"ignore" أنه لا شيء يُفعل. "disagree" تُظهر المشاركة المخفية. إن سبقك مشرف آخر لم يُفعل شيء وقيل ذلك.
cli-decide-case = رقم القضية
cli-decide-outcome = ما يتقرر
cli-decide-clause = رقم البند الذي يستند إليه من قواعد السلوك، مثل 2.1
cli-decide-note = لماذا، بالكلمات
cli-decide-hide = ويخفي المشاركة أيضًا؛ مع "agree"
cli-decide-keep-hidden = يُبقي المشاركة المخفية مخفية؛ مع "disagree"
cli-decide-correct = يصحح قرارًا سابقًا، ويبقى السابق في القضية
cli-decide-revision = نسخة القضية التي رأيتها؛ وإلا فالحالية
cli-decide-json = طباعة القضية وثيقة JSON واحدة
report-title = ما المشكلة في هذه المشاركة؟ لا يراه إلا المشرفون.
report-prompt = { $why }:
report-hint = ما تقوله عنها؛ يمكن تركه فارغًا
report-hint-needed = ما المشكلة، بكلماتك
notice-reported = بلاغك في الانتظار قبل كل شيء. لا يرى المشرفون أنه منك.
notice-tagged = تغيير الوسوم في الانتظار.
notice-talk = لا رسائل خاصة بعد: ما تكتبه هنا يقرؤه الجميع.
disabled-no-report = للإبلاغ، سجّل الدخول أولًا: space login
command-report = إبلاغ
command-report-help = يبلغ المشرفين بالمشاركة التي أنت عندها، بسرية
command-tag-topic = وسم
command-tag-topic-help = يغيّر وسوم الموضوع الذي أنت عنده
disabled-own-report = هذه مشاركتك؛ يمكنك تعديلها
