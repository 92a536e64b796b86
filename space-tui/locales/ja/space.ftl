# SPDX-FileCopyrightText: The Space authors
# SPDX-License-Identifier: MIT OR Apache-2.0

# Times. Short: they stand in columns.
when-now = 今
when-minutes = { $count }分
when-hours = { $count }時間
when-days = { $count }日
when-day-month = { $month }/{ $day }
when-month-year = { $year }/{ $month }
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
list-latest = 最新
list-unread = 未読
list-new = 新着
list-loading = お待ちください…
list-empty = まだトピックがありません。
tags-none = タグの付いたトピックはありません。
list-all-read = すべて読みました。
topic-closed = 終了
topic-archived = 保管済み
topic-pinned = 固定

# Threads.
thread-new = 新着
thread-empty = ここにはまだ投稿がありません。
thread-missing =
    { $count ->
       *[other] このトピックの投稿のうち { $count } 件は、まだここにありません。
    }
thread-folded = { $count } 件の返信を折りたたみ中
post-hidden = この投稿はモデレーターによって非表示にされました。
post-notice = お知らせ: { $about }
post-moderator = モデレーター
post-reply-to = { $author } { $id } への返信
post-reply-to-author = { $author } への返信
post-reply-to-id = { $id } への返信
post-queued = 送信待ち
post-not-sent = 未送信
post-refused = サーバーに拒否されました: { $why }
post-edited = 編集済み
post-spoiler = ネタバレ:
post-spoiler-closed = ネタバレ: s で表示
post-picture = 画像: { $alt }
post-picture-untold = 画像(説明なし)
post-broken = この投稿は表示できません。元のテキストです:
picture-too-large = 画像が大きすぎます
picture-unreadable = 画像を読めません
picture-missing = 画像を読み込めませんでした
picture-offline = サーバーが応答したら画像を表示します
post-wrote = { " さんの投稿:" }

# Search.
search-prompt = 検索:
search-title = 検索: { $words }
search-count =
    { $count ->
       *[other] { $count } 件の投稿
    }
search-begin = 探す言葉を入力してください。すべての言葉を含むものが見つかります。次で絞り込めます：
search-nothing = 該当する投稿はありません: { $words }

# Help and commands.
layer-choose = 選ぶ
layer-move = 移動
layer-leave = 閉じる
picker-hint = 名前の一部を入力
help-title = キー
command-read-on = 読み進む
command-read-on-help = 読み進みます: 次のページ、その次は次の未読トピック
command-open = 開く
command-open-help = 選んでいるものを開きます
command-back = 戻る
command-back-help = 前に戻ります
command-reply = 返信
command-reply-help = 選んでいる投稿に、エディターで返信します
command-peek = のぞき見
command-peek-help = 返信先の投稿を重ねて表示
command-parent = 返信先
command-parent-help = 返信先の投稿へ移動
command-next-sibling = 次の返信
command-next-sibling-help = 同じ投稿への次の返信へ移動
command-previous-sibling = 前の返信
command-previous-sibling-help = 同じ投稿への前の返信へ移動
command-links = リンク
command-links-help = 画面のリンクに番号を付け、番号で開く
command-nested = ツリー
command-nested-help = 返信を返信先の下に並べる、または時刻順に戻す
command-fold-answers = 折りたたむ
command-fold-answers-help = 投稿への返信を折りたたむ、または開く
command-reveal = 開く
command-reveal-help = 投稿のネタバレや折りたたみを開く、または閉じる
command-pictures = 画像
command-pictures-help = ほかのサーバーの画像も読み込む
command-mini-map = 見取り図
command-mini-map-help = 見取り図の表示を切り替え: ◀ 現在地、◆ 自分、┃ 未読
command-next-unread = 次の未読
command-next-unread-help = 未読のある次のトピックへ移ります
command-unread = 未読
command-unread-help = 未読の投稿があるトピックを表示します
command-search = 検索
command-search-help = すべての投稿を検索します
command-down = 下
command-down-help = 下へ
command-up = 上
command-up-help = 上へ
command-half-down = 半ページ下
command-half-down-help = 半ページ下へ
command-half-up = 半ページ上
command-half-up-help = 半ページ上へ
command-page-down = 次のページ
command-page-down-help = 1ページ下へ
command-page-up = 前のページ
command-page-up-help = 1ページ上へ
command-top = 先頭
command-top-help = 先頭へ
command-bottom = 末尾
command-bottom-help = 末尾へ
command-sync = 同期
command-sync-help = 送信待ちを送り、新しいものを今すぐ受け取ります
command-help = ヘルプ
command-help-help = このキー一覧を表示、または閉じます
command-suspend = 中断
command-suspend-help = シェルが再開するまで止まります
command-quit = 終了
command-quit-help = 終了します
disabled-guest = 返信するには、まずサインインしてください: space login
disabled-loading = お待ちください: トピックを読み込んでいます
disabled-archived = このトピックは保管済みで、もう何も変更できません
disabled-closed = このトピックは終了し、もう誰も返信できません
disabled-unsent = この返信はまだ送信されていません。送信されると返信できます
disabled-empty = 開けるものがありません
disabled-no-parent = この投稿は返信ではありません
disabled-no-sibling = ほかの返信はありません
disabled-no-fold = 折りたたむものがありません。t でツリー表示になります
disabled-no-links = 画面にリンクはありません
disabled-root = ここが最初の画面です

# Notices.
notice-queued = 文章は送信待ちです。サーバーが応答しだい送信されます。
notice-sent = 返信を送信しました。
notice-refused = あなたの書いたものがサーバーに拒否されました。確認: space outbox
notice-cancelled = 何も書かれていないので、何も送信しません。
notice-editor = エディターでエラーが起きました: { $detail }
notice-not-written = 書き込めませんでした: { $detail }
notice-failed = 読み込めませんでした: { $detail }
notice-all-read = すべて読みました。
notice-opened = 開きました: { $detail }
notice-copied = ブラウザーがないためコピーしました: { $detail }
notice-links = リンクの番号:
notice-not-here = 手元のコピーになく、取得もできませんでした。
notice-no-such-link = その番号のリンクはありません。
notice-syncing = サーバーに問い合わせています…
notice-no-shell = ここには、再開してくれるシェルがありません。

# Places, palette and marks.
list-top = いいね順
help-filter = 入力すると絞り込みます
palette-title = コマンド
palette-nothing = その名前のコマンドはありません。
which-more = ほか { $count } 件…
confirm-title = よろしいですか？
confirm-yes = yes
confirm-how = y または Enter: はい · ほかのキー: いいえ
confirm-type = { $word } と入力して Enter を押してください:
confirm-left = 何もしませんでした。
confirm-catch-up =
    { $count ->
       *[other] { $count } 件のトピックを既読にしますか？ undo で元に戻せます。
    }
pane-list = トピック
pane-thread = スレッド
pane-tree = 場所
command-latest = 最新
command-latest-help = すべてのトピックを、最近動きのあったものから表示します
command-new = 新着
command-new-help = まだ開いたことのないトピックを表示します
command-liked = いいね順
command-liked-help = すべてのトピックを、いいねの多い順に表示します
command-switch-pane = 場所
command-switch-pane-help = 一覧とカテゴリーのツリーへ移り、また戻ります
command-mark-read = 既読にする
command-mark-read-help = 選んでいるトピックまたはカテゴリーを既読にします
command-mark-category = カテゴリーを既読にする
command-mark-category-help = 今いるカテゴリーを既読にします
command-catch-up = すべて既読
command-catch-up-help = すべてを既読にします
command-mark-unread = 未読に戻す
command-mark-unread-help = 選んでいる投稿から後を未読にします
command-undo = 元に戻す
command-undo-help = 最後に付けた既読を取り消します
command-palette = コマンド
command-palette-help = コマンドを名前で探します
disabled-no-marks = ゲストには既読がありません。まずサインインしてください: space login
disabled-no-undo = 元に戻すものがありません
disabled-zoom = 読んでいるものはすでにウィンドウ全体に表示されています
notice-next-category = 次のカテゴリー: { $detail }
notice-marked =
    { $count ->
        [0] すでに既読でした。
       *[other] { $count } 件のトピックを既読にしました。undo で元に戻せます。
    }
notice-marked-unread = 未読にしました。undo で元に戻せます。
notice-undone-read = 元に戻しました：「{ $detail }」の既読を取り消しました。
notice-undone-unread = 元に戻しました：「{ $detail }」の未読を取り消しました。
notice-undone-category = 元に戻しました：{ $detail } の未読は元どおりです。
notice-undone-everything = 元に戻しました：未読は元どおりです。
notice-undone-bookmark = 元に戻しました：「{ $detail }」のブックマークを外しました。
notice-undone-no-bookmark = 元に戻しました：「{ $detail }」のブックマークを戻しました。
notice-undone-note = 元に戻しました：「{ $detail }」のブックマークのメモを前のものに戻しました。
notice-undone-draft = 元に戻しました：捨てた文章は g d にあります。
notice-undone-outbox = 元に戻しました：捨てたものは送信待ち（g o）に戻りました。
notice-pasted = ここでは貼り付けは無視されます。先に書くところを開いてください。

# Status.
status-guest = ゲスト
status-online = オンライン
status-offline = オフライン
status-syncing = 同期中
status-signed-out = サインアウト
status-failed = 同期失敗
banner-other-space = このアドレスには今、別のスペースがあります。書いたものはここで待ち、そこには送られません
banner-other-profile = このプロファイルは別の人としてサインインされました。終了して開き直してください
offline-banner = サーバーに接続できません
offline-synced = 最終更新: { $when }
offline-queued =
    { $count ->
       *[other] 送信待ち { $count } 件
    }
offline-works = 読み書きは続けられます
status-reading = { $rows } 行
status-reading-of = 約 { $expected } 行中 { $rows } 行
status-left = 残り { $seconds } 秒
status-rate = { $rate } 行/秒
status-queued = 送信待ち { $count }
status-refused = 拒否 { $count }
status-unread = 未読 { $count }
too-small = Space には { $columns } 桁 { $rows } 行以上の端末が必要です。

# The editor.
editor-context =
    はさみの線より上に書いてください。線より下は送信されません。
    何も書かなければ、何も送信されません。

    トピック: { $title }
editor-wrote = { $author } さんの投稿:

# Commands: what they print.
login-name = 名前:
login-password = パスワード:
login-label = 端末の space
login-guest = ゲストとして { $space } を読みます。
login-done = { $name } として { $space } にサインインしました。
logout-done = { $server } からサインアウトし、ローカルコピーを削除しました。
logout-token-lives = { $server } が応答しないため、トークンはそこで有効なままです。別のセッションから取り消してください。
password-now = 現在のパスワード:
password-new = 新しいパスワード:
password-again = 新しいパスワードをもう一度:
password-done = パスワードを変更しました。
password-signed-out = ほかのログインとトークンを { $count } 件終了しました。
password-others-stay = ほかのログインとトークンは有効なままです。`space sessions --end-others` で終了できます。
sessions-ended = ログインとトークンを { $count } 件終了しました。
sessions-ends = { $date } に終了
sessions-lasts = 終了させるまで有効
sessions-current = このログイン
sync-done =
    最新です: { $rows ->
       *[other] { $rows } 件の変更
    }を受け取り、{ $sent } 件を送信しました。
sync-window = このコピーがさかのぼる範囲: { $window }。もっと読むには: space sync --window whole
sync-refused =
    { $count ->
       *[other] { $count } 件が拒否されました。確認: space outbox
    }
topics-new = 新着
reply-sent = { $id } として送信しました。
reply-queued = { $id } として送信待ちです。サーバーが応答しだい送信されます。
outbox-empty = すべて送信済みです。
outbox-queued = { $id } を再び送信待ちにしました。
outbox-discarded = { $id } を破棄しました。
outbox-state-queued = 送信待ち
outbox-state-sending = 送信中
outbox-state-held = 保留
outbox-state-refused = 拒否
outbox-start = 新しいトピック: { $title }
outbox-reply = { $id } での返信
outbox-edit = { $id } の編集
outbox-delete = { $id } の削除
outbox-tag = { $id } のタグ: { $tags }
outbox-report-of = { $id } の報告
outbox-read = { $id } の既読
whoami-member = メンバー
whoami-server = サーバー
whoami-space = スペース
whoami-profile = プロファイル
whoami-copy = ローカルコピー
whoami-counts = トピック { $topics } 件、投稿 { $posts } 件
whoami-unread = 読むもの
whoami-attention = 未読 { $unread } 件、新しいトピック { $new } 件
whoami-outbox = 送信箱
whoami-waiting = 送信待ち { $queued } 件、拒否 { $refused } 件

# Failures: what failed.
failure = エラー: { $what }
failure-because = 理由: { $why }
failure-hint = ヒント: { $hint }
fail-profile = プロファイルを使えません
fail-no-profile = プロファイル「{ $name }」はまだありません
fail-other-profile = プロファイル「{ $name }」は { $server } の { $member } のものです
fail-other-space = プロファイル「{ $name }」は、今このアドレスにある「{ $space }」とは別のスペースのコピーを持っています
fail-no-token = { $name } のトークンがありません
fail-guest = ゲストは読めますが、書けません
fail-replica = ローカルコピーを使えません
fail-empty = サーバーからまだ何も受け取っていません
fail-outbox = 送信箱でその操作はできません
fail-server = サーバーを使えません
fail-sync = 同期に失敗しました
fail-watch = フィードの追跡に失敗しました
fail-login = サインインに失敗しました
fail-ask = 答えがありませんでした
fail-file = { $file } を読めません
fail-file-write = { $file } に書けません
fail-text = これは投稿できません
fail-tags = これはトピックのタグにできません
fail-editor = エディターでエラーが起きました
fail-refused = サーバーに拒否されました: { $why }
fail-unsent =
    { $count ->
       *[other] まだ送信されていないものが { $count } 件あります
    }
fail-no-category = カテゴリー「{ $slug }」はここにありません
fail-not-found = ローカルコピーにトピックまたは投稿 #{ $id } がありません
fail-no-terminal = 画面には端末が必要です
fail-output = 出力を書き込めません
fail-dumb-terminal = この端末 (TERM={ $term }) はカーソルを動かせないため、画面を使えません
hint-dumb-terminal = ここで使えるコマンド: space topics、space read ID、space search WORDS、space reply ID TEXT
fail-not-shown = サーバーには、あなたが見られるトピックまたは投稿 #{ $id } がありません
fail-outside-window = #{ $id } はこのコピーの範囲 ({ $window }) の外にあり、サーバーにも問い合わせできません
hint-outside-window = 接続してからやり直すか、範囲を広げてください: space sync --window whole
read-missing =
    { $count ->
       *[other] このトピックの投稿のうち { $count } 件は、このコピー (範囲: { $window }) にありません
    }
read-missing-why = 取得できませんでした: { $why }
copy-read-only = このコピーは読むことしかできません: { $why }。新しいものは保存されません: サーバーからの投稿、下書き、既読の印
why-disk-full = ディスクがいっぱいです: { $folder }
why-disk-read-only = ファイルシステムが読み取り専用です: { $folder }
why-not-writable = フォルダーまたはその中のファイルに書き込めません: { $folder }
why-copy-busy = 別のプログラムが書き込んでいます: { $folder }
why-copy-newer = ローカルコピーは、より新しい版の space が書いたものです: { $folder }
hint-disk-full = そのディスクに空きを作ってください。ここのものを消す必要はありません
hint-disk-read-only = 書き込めるようにマウントするか、SPACE_DATA_DIR に別のフォルダーを指定してログインしてください
hint-not-writable = 自分で書き込めるようにしてください: chmod -R u+rwX { $folder }
hint-copy-busy = 別のプログラムが終わるのを待つか終わらせてから、やり直してください
hint-copy-newer = その版か、より新しい版を使ってください。ここのものを消す必要はありません
text-kept = 文章は { $file } にあります
sync-set-aside =
    { $count ->
       *[other] サーバーからの { $count } 行を読めず、別に保存しました。確認: space doctor
    }
sync-not-wiped = 取り下げられたものが、まだファイルから消えていません: { $why }
doctor-feed = フィード
doctor-feed-value =
    { $count ->
       *[other] { $count } 行を読めませんでした。例: { $first }
    }
doctor-feed-fix = space を更新してください。その行は保存してあり、後の版がもう一度読みます
fail-screen = 画面でエラーが起きました
fail-no-words = 探す言葉がありません
fail-no-text = 投稿する文章がなく、書くための端末もありません
fail-no-password = パスワードファイルの最初の行が空です
fail-password = パスワードを変更できません
fail-passwords-differ = 新しいパスワードが一致しません
fail-two-passwords = パスワードファイルには現在のパスワードと新しいパスワードの2行が必要です
fail-sessions = ログインを一覧または終了できません
fail-nobody-to-ask = 尋ねるための端末がありません
why-nobody-there = { $server } では何も応答しません
why-no-such-name = { $server } の名前に対応するサーバーがないか、ネットワークが切れています
why-timed-out = { $server } は時間内に応答しませんでした
why-unreachable = { $server } に接続できません ({ $why })

# What to try.
hint-login = サインイン: space login SERVER --name NAME
hint-first-login = はじめに: space login SERVER (読むだけなら space login --guest SERVER)
hint-known-profiles = すでにあるものを使うか (--profile NAME: { $names })、はじめてください: space login SERVER
hint-server = アドレスと、サーバーが動いているかを確かめてください。ここでは何も変わっていません
hint-offline = ネットワークを確認してもう一度試してください。サーバーがなくても読み書きはできます
hint-plain-http = https:// を使うか、信頼できるネットワークでは --allow-plain-http を付けてください
hint-other-profile = 別のものを使うか (--profile NAME)、先にこれからサインアウトしてください: space logout
hint-sync = 新しいものを受け取る: space sync
hint-unsent = 送信: space sync、破棄: space logout --discard-unsent
hint-refused = 確認: space outbox、その後: space outbox retry { $id } または space outbox discard { $id }
hint-no-terminal = スクリプトには、例えば次のコマンドがあります: space topics --json
hint-no-words = 言葉を一つ以上指定してください: space search WORDS
hint-no-text = 引数で、または --file FILE で指定してください (- は標準入力)
hint-nobody-to-ask = --name NAME と --password-file FILE を指定してください (- は標準入力)
hint-address = アドレス全体を指定してください: { $server }
hint-categories = あるもの: { $slugs }

# The command line.
cli = Space コミュニティをオフラインでも読み書きします
cli-long =
    コマンドなしでは画面を開きます。キーの一覧は、そこで ? を押してください。

    すべてローカルコピーから読みます。ローカルコピーは "space sync" と画面が最新に保ちます。サーバーが
    応答しない間に書いたものは送信待ちになり、後で一度だけ送信されます。

    読むコマンドにはすべて --json があります: 全体で一つ、または一行に一つの JSON です。項目名は変わりません。
    ID は数、時刻は 1970 年からのミリ秒 (UTC) です。ID には、それが指す名前が付きます。
cli-profile = 使うプロファイル: サーバー、そこでの名前、そのローカルコピー
cli-color = 色を使う場合。NO_COLOR は尊重されます
cli-data-dir = ローカルコピーとトークンのフォルダー
cli-config-dir = プロファイルのフォルダー
cli-exit = 終了コード:
cli-exit-failed = 失敗
cli-exit-usage = コマンドラインが正しくない
cli-exit-denied = サインインしていない、または許可されていない
cli-exit-not-found = 見つからない
cli-exit-offline = サーバーが必要だが応答しない
cli-tui = 画面を開きます (コマンドなしと同じ)
cli-login = サーバーにサインインし、読めるもののローカルコピーを作ります
cli-login-long = トークンは、あなただけが読めるファイルに保管されます。--guest を付けると、アカウントなしで、誰にでも公開されているものを読めます。
cli-login-server = サーバーのアドレス。例: https://space.example.org
cli-login-name = そこでの名前。なければ尋ねます
cli-login-password-file = 最初の行にパスワードがあるファイル、- は標準入力。なければ表示せずに尋ねます
cli-login-guest = アカウントなしで読む
cli-login-allow-plain-http = 別のマシンへの http:// を許す: トークンも含め、すべて暗号化されずに送られます
cli-login-window = ローカルコピーをどこまでさかのぼるか: 90d、1000topics、whole のどれか。なければ whole
cli-logout = サインアウトします: トークンを無効にし、ローカルコピーを削除します
cli-logout-discard-unsent = 未送信のものがあってもサインアウトする。それは失われます
cli-password = パスワードを変更します
cli-password-password-file = 1行目に現在のパスワード、2行目に新しいパスワードを書いたファイル。- は標準入力。省略すると、表示せずに尋ねます
cli-password-sign-out = ほかのログインとトークンもすべて終了する
cli-sessions = ログインとトークンを一覧し、終了させます
cli-sessions-end = この番号のものを終了する。複数回指定できます
cli-sessions-end-others = このコマンドが使うもの以外をすべて終了する
cli-sessions-json = 1行に1つのJSONオブジェクトを出力する
cli-sync = 送信待ちを送り、新しいものを受け取ります
cli-sync-window = これから先、ローカルコピーをどこまでさかのぼるか: 90d、1000topics、whole のどれか
cli-sync-json = 結果を JSON で、途中経過を標準エラー出力に JSON の行で出力する
cli-topics = トピックを、最近動きのあったものから一覧にします
cli-topics-category = このカテゴリーとその下だけ
cli-topics-tag = このタグの付いたトピックだけ
cli-topics-limit = 最大件数
cli-topics-unread = 前に読み、新しい投稿があるトピックだけ
cli-topics-new = まだ開いたことのないトピックだけ
cli-topics-json = 一行に一つの JSON を出力する
cli-read = トピックを出力します
cli-read-target = トピックの番号、または読み始める投稿の番号
cli-read-from = 読み始めるトピック内の位置: 1 が最初の投稿
cli-read-json = 一つの JSON を出力する: トピックとその投稿
cli-read-hidden = 非表示の投稿の本文と、非表示にした人を表示する (スタッフ用)
cli-reply = トピックまたは投稿に返信します
cli-reply-long = 返信は送信待ちになり、サーバーが応答すればすぐに送信されます。応答しなければその旨を示し、次の同期で送信します。TEXT も --file もなければ、$VISUAL または $EDITOR を開きます。
cli-reply-target = トピックまたは投稿の番号
cli-reply-text = 本文 (CommonMark)
cli-reply-file = 本文のファイル、- は標準入力
cli-reply-json = 結果を JSON で出力する
cli-start = トピックを始めます
cli-start-long = 送信待ちになり、サーバーが応答すればすぐに送信されます。TEXT も --file もなければ、$VISUAL または $EDITOR を開きます。
cli-start-category = カテゴリーの短い名前
cli-start-text = 最初の投稿 (CommonMark)
cli-start-title = 何についてか
cli-start-tag = 付けるタグ。何度でも指定できます
cli-start-file = 最初の投稿のファイル、- は標準入力
cli-start-json = 結果を JSON で出力する
cli-search = 投稿を新しい順に探します
cli-search-long = すべての言葉を含むものを探します。最後の言葉は途中まででもかまいません。"引用した語句" や、含まない -言葉 も使えます。そのような言葉の前には -- を置いてください。
cli-search-words = 探す言葉
cli-search-limit = 最大件数
cli-search-json = 一行に一つの JSON を出力する
cli-outbox = 書いたもので、まだサーバーにないものを一覧にします
cli-outbox-json = 一行に一つの JSON を出力する
cli-outbox-retry = 拒否されたものを再び送信待ちにします
cli-outbox-retry-number = 一覧での番号
cli-outbox-discard = 破棄します
cli-outbox-discard-number = 一覧での番号
cli-watch = 動きを追います: 新しい投稿ごとに一行
cli-watch-json = フィードの各行を、一行に一つの JSON で出力する
cli-whoami = あなたが誰で、状況がどうかを示します
cli-whoami-json = 一つの JSON を出力する
cli-completion = シェルの補完を出力します
cli-completion-shell = どのシェルか

# Log-in and tokens.
status-keyring = キーリング待ち
status-plain-token = トークンは暗号化なし
status-plain-token-short = 平文
login-kept-keyring = トークンはこのシステムのキーリングにあります。
login-kept-file = トークンは、あなただけが読めるファイルにあります。暗号化されていません。
login-kept-nowhere = トークンは元の場所にあります。ここには保管されません。
login-device-page = { $space } にサインインするには、どのマシンのブラウザーでもよいので、このページを開いてください:
login-device-code = そこで、このコードを入力してください:
login-device-waits = 有効期間は { $minutes } 分です。Ctrl-C でやめます。答えを待っています…
login-interrupted = やめました。何も変わっていません。
keyring-waits = キーリングを待っています: デスクトップでパスワードを求めているかもしれません。Ctrl-C でやめます。
auth-token = トークン
auth-no-token = なし
auth-server-says = サーバーの回答
auth-accepted = トークンは有効です
auth-not-accepted = トークンは無効、または期限切れです
auth-other-member = トークンは別の人のものです
auth-unknown = なし: 応答しませんでした
auth-others = ほかの場所 (調べる順):
auth-other = { "  " }{ $place }: { $state }
auth-place-variable = SPACE_TOKEN
auth-place-variable-file = SPACE_TOKEN_FILE、{ $at }
auth-place-descriptor = --token-fd { $at }
auth-place-command = token_command、{ $at }
auth-place-plain-file = 暗号化されていないファイル、{ $at }
auth-place-keyring = このシステムのキーリング
auth-state-used = 使用中
auth-state-unused = トークンがあるが、使われていません
auth-state-empty = ありません
auth-state-not-asked = 調べていません
auth-state-refused = 使えません: { $why }
auth-fix-login = もう一度サインイン: space --profile { $profile } login { $server }
auth-fix-other = このトークンを渡しているものを外すか、そのメンバーとして別のプロファイルでサインインしてください。
auth-fix-keyring = キーリングを起動または解錠し (例えば gnome-keyring-daemon --unlock)、もう一度確認してください。または --insecure-storage を付けてサインイン: space --profile { $profile } login { $server } --insecure-storage
auth-fix-plain = トークンは暗号化されずに置かれています。もう一度サインインするとキーリングに移ります: space --profile { $profile } login { $server }
auth-fix-plain-no-keyring = トークンは暗号化されずに置かれていて、移す先のキーリングがありません。使えるようになったら、もう一度サインイン: space --profile { $profile } login { $server }
auth-switched = 指定がないとき、これからはプロファイル { $name } を使います。
fail-other-token = 渡されたトークンは { $found } のもので、このローカルコピーは { $name } のものです
fail-no-keyring = このマシンには、トークンを保管できるキーリングがありません
fail-given-token = 渡されたトークンを使えません
why-device-denied = ページで拒否されました
why-device-expired = 時間内に答えがありませんでした
why-no-device = このサーバーはコードでのサインインに対応していません
hint-auth-status = トークンを探す場所の確認: space auth status
hint-device = 同じコマンドでもう一度始めてください
hint-password = パスワードでサインイン: --password を付けてください
hint-no-keyring = あなただけが読めるファイルに暗号化せずに保管するには --insecure-storage を付けるか、SPACE_TOKEN でトークンを渡してください
cli-token-fd = 最初の行にトークンがある、開いたファイルまたはパイプの番号。0 は標準入力。SPACE_TOKEN と SPACE_TOKEN_FILE も使えます
cli-login-password = コードを表示せずに、名前とパスワードを尋ねる
cli-login-insecure-storage = キーリングではなく、あなただけが読めるファイルに、トークンを暗号化せずに保管する
cli-auth = あなたが誰かを表示、変更します: プロファイルと、そのトークンの場所
cli-auth-long =
    トークンは次の順に探します: SPACE_TOKEN、SPACE_TOKEN_FILE、--token-fd、それを出力するコマンド (SPACE_TOKEN_COMMAND または
    設定の token_command)、--insecure-storage で頼んだファイル、システムのキーリング (SPACE_KEYRING=off なら使いません)。
    実行時に渡されたトークンは、その実行だけに使われ、どこにも保管されません。
cli-auth-status = プロファイルのトークンがどこにあり、なぜほかにはなく、どうすればよいかを示します
cli-auth-status-json = 一つの JSON を出力する
cli-auth-list = プロファイルを一覧にします
cli-auth-list-json = 一つの JSON を出力する
cli-auth-switch = 指定がないとき、これからは別のプロファイルを使います
cli-auth-switch-name = プロファイル

# Configuration files: what is wrong with them.
config-error = エラー
config-warning = 警告
config-near = もしかして: { $word }
config-allowed = 使えるもの: { $words }
config-syntax = TOML として正しくありません: { $why }
config-not-text = UTF-8 のテキストではありません
config-not-text-todo = エディターで UTF-8 として保存してください
config-unreadable = このファイルを読めません: { $why }
config-unknown-setting = 設定「{ $word }」はありません
config-unknown-setting-in = [{ $section }] に設定「{ $word }」はありません
config-unknown-section = セクション [{ $word }] はありません
config-unknown-token = トークン「{ $word }」はありません
config-unknown-place = 場所「{ $word }」はありません
config-unknown-command = ここにはコマンド「{ $word }」はありません
config-unknown-key = 「{ $word }」というキーはありません
config-wrong-kind = 「{ $name }」の値の種類が違います
config-wrong-word = 「{ $word }」は「{ $name }」の値ではありません
config-wrong-look = 「{ $word }」は「{ $name }」の色でも字体でもありません
config-second-colour = 「{ $name }」の色が一つ多すぎます: { $word }
config-no-ground = 「{ $name }」が "on" で終わっています
config-move-to = 「{ $word }」は [{ $section }] の下に置いてください
config-move-to-top = 「{ $word }」は、どの [セクション] よりも上、ファイルの先頭に置いてください
config-see-example = すべての設定とその働き: space config show --all
config-want-section = セクションとして書いてください: 名前を [括弧] に入れて一行に、属するものをその下に
config-want-bool = true または false を、引用符なしで書いてください
config-want-text = 文字列を引用符で囲んで書いてください。設定しない場合は行を削除してください
config-want-number = { $least } から { $most } までの整数
config-want-time = "300ms" や "3s" のように、1分以内の時間を書いてください
config-want-theme = "dark" のようなテーマ名、または二つの組を書いてください: {"{"} light = "light", dark = "dark" {"}"}
config-want-look = "bold blue on white" のように字体と色を書いてください。色は名前、"#rrggbb"、または 0 から 255 の数です
config-want-command = コマンドの名前を引用符で囲んで書くか、キーを空けるには false を書いてください
config-key-outside = 「{ $word }」がどのセクションにも入っていません
config-key-outside-todo = キーは、効かせたい場所の下に置いてください。例: [everywhere]
config-not-here = 「{ $word }」はここでは使えません。使える場所: { $places }
config-same-key = 端末は { $word } と { $same } を区別できません: 端末にとっては同じキーです
config-keys-apart = 続けて打つキーの間には空白を入れます: "{ $keys }"
config-key-shift = Shift と打ったときの文字を書いてください: "S-g" ではなく "G"
config-key-near = もしかして: { $word }
config-key-how = キーの書き方: j, G, <C-k>, <A-Up>, Space, Enter, F1。続けて打つ場合: "g g"
config-too-many-keys = 続けて打つキーが { $most } 個を超えています
config-keys-typed = { $word } はここでは文章に入力されるため、このキーは働きません
config-keys-typed-todo = Ctrl や Alt と組み合わせたキー、または F1〜F12 を使ってください
config-keys-twice = このキーは { $line } 行目ですでに割り当てられています
config-keys-twice-todo = どちらかを削除してください
config-keys-hidden = このキーは打てません: { $line } 行目の { $keys } がすぐに働きます
config-keys-hidden-todo = どちらかに別のキーを割り当ててください
config-keys-hidden-default = このキーは打てません: { $keys } は「{ $command }」で、すぐに働きます
config-keys-hide-default = { $keys }（「{ $command }」）が打てなくなります: このキーがすぐに働くためです
config-keys-hidden-default-todo = 不要なら空けてください: "{ $keys }" = false
config-not-bound = { $keys } はもともとここでは何もしません
config-not-bound-todo = 行を削除してください
config-keys-hide = { $line } 行目 ({ $keys }) は打てません: このキーがすぐに働きます
config-other-file = このファイルは読まれません。読まれるのは { $word } です
notice-as-it-is = { $detail }
notice-config =
    { $count ->
       *[other] { $detail }; エラー { $count } 件、確認: space config check
    }
fail-config =
    { $count ->
       *[other] 設定ファイルに { $count } 件のエラーがあります
    }
fail-config-exists = { $file } はすでにあります
hint-config-exists = 先に削除するか、別のフォルダーに書いてください: --config-dir FOLDER
config-fine = { $folder } に問題はありません。
config-warnings =
    { $count ->
       *[other] 警告 { $count } 件、エラーなし。
    }
config-written = 書き込みました: { $file }
config-file-absent = ありません
config-file-used = 使用中
config-file-not-used = 不使用: エラーがあります

# Settings: what each is for. They stand in the example and in the schema.
example-config =
    端末クライアントの設定です。設定の行はすべてコメントになっていて、既定値を示しています。
    ファイルの確認: space config check
example-keys =
    端末クライアントのキーです。行はすべてコメントになっていて、既定の割り当てを示しています。
    キーの書き方: j, G, <C-k>, <A-Up>, Space。続けて打つ場合: "g g"。コマンドの名前を割り当てるか、false で空けます。
    場所ごとのキーは、同じ everywhere のキーより優先されます。preset の "arrows" では、文字で移動しません。
    ファイルの確認: space config check
example-theme =
    自分のテーマです。inherits のテーマのうち、ここに書いたものを変えます。inherits がなければ、使われているテーマを変えます。
    見た目は、字体 (bold, dim, italic, underline, reverse)、色、そして "on" と背景色です。色は端末の16色の名前 (black, red, green, yellow, blue, magenta, cyan, white と、それぞれに bright- を付けたもの)、"default"、"#rrggbb"、または 0 から 255 の数です。端末にある最も近い色が使われます。
example-theme-tokens = どの背景でも。行はテーマ dark を示しています。
example-theme-light = 明るい背景だけ。書き方は上と同じです。
example-theme-dark = 暗い背景だけ。書き方は上と同じです。
setting-language = 画面の言語。"auto" は LC_ALL、LC_MESSAGES、LANG から決めます。
setting-profile = --profile も SPACE_PROFILE もないときのプロファイル。ここにもなければ "default" です。
setting-theme = 見た目。"auto" は、端末に合わせて "light" または "dark" です。別々に指定: {"{"} light = "high-contrast-light", dark = "high-contrast" {"}"}
setting-color = 色を使う場合。--color はこれより、これは NO_COLOR と CLICOLOR_FORCE より優先されます。
setting-dates = 時刻の表示: どれだけ前か、または日付。
setting-editor = 長い文章を書くエディター。なければ VISUAL、EDITOR、vi の順。引数も付けられます: "code --wait"
setting-token-command = トークンを出力するコマンド。トークンは他のどこにも保管されません。
setting-images = 画像の表示。"halfblocks" はどの端末でも使えます。"off" は説明を表示します。
setting-bidi = 右から左の文字を並べるのは誰か: ほとんどの端末では "app"、自分で並べる端末では "terminal"。
setting-mouse = マウスを使うかどうか。使う場合、多くの端末では文字の選択に Shift が必要です。
setting-which-key = 最初のキーの後、次のキーの候補を表示するまでの時間。"0s" はすぐに表示します。
setting-read-mark = 投稿を既読にする時: しばらく画面にあった後、またはトピックを離れる時。
setting-read-after = 既読になるまで投稿が画面にある時間。
setting-layout-nav-width = カテゴリーツリーの桁数。設定しなければウィンドウの大きさで決まります。
setting-layout-list-width = スレッドの横のトピック一覧の桁数。その桁数が取れれば表示されます。設定しなければウィンドウの大きさで決まります。
setting-layout-measure = 投稿の一行の最大桁数。設定しなければ100桁。小さくすると、より狭いウィンドウでもスレッドの横に一覧が並びます。
token-screen = 下に見た目のないものすべて。
token-bar = 最初と最後の行: 今いる場所、あなたが誰か。
token-selection = 今いる行。
token-border = 枠と、区切りの線。
token-text = 本文。
token-quiet = 控えめな文字: 数、時刻、ヒント。
token-title = トピックの題名。
token-heading = 見出し。
token-author = 人の名前。
token-own = 自分の名前。
token-mention = 言及されたメンバー。
token-id = 入力できる番号。
token-category = カテゴリー。
token-unread = 未読であることを示すもの。
token-badge = 目印になる短い言葉。
token-link = リンク。
token-quote = 引用。
token-code = コード。
token-code-keyword = コード: 言語の予約語。
token-code-string = コード: 文字列。
token-code-comment = コード: コメント。
token-code-number = コード: 数。
token-code-name = コード: 関数または型。
token-search-hit = 検索した言葉が見つかったところ。
token-key = 押すキー。
token-queued = 送信を待っているもの。
token-warning = 注意が必要なもの。
token-error = 失敗したもの。

# The doctor.
doctor-ok = 正常
doctor-warning = 警告
doctor-problem = 問題
doctor-summary-fine = すべて正常です。
doctor-summary = 問題 { $problems } 件、警告 { $warnings } 件
doctor-terminal = 端末
doctor-no-terminal = なし: 出力先は端末ではありません
doctor-no-term-fix = TERM に使っている端末を設定してください。多くはこれで動きます: TERM=xterm-256color
doctor-size = 大きさ
doctor-size-value = { $columns } 桁、{ $rows } 行
doctor-size-fix = ウィンドウを { $columns } 桁、{ $rows } 行以上にしてください
doctor-colours = 色
doctor-colours-value = { $count }
doctor-colours-none = なし ({ $why })
doctor-background = 背景
doctor-background-dark = 暗い ({ $why })
doctor-background-light = 明るい ({ $why })
doctor-background-asked = 端末の回答
doctor-background-guess = 推測: 端末が答えません
doctor-background-fix = 違う場合はテーマを選んでください: space config init、次に config.toml で theme = "light"
doctor-theme = テーマ
doctor-width = 幅の広い文字
doctor-width-fine = 想定どおりの幅です
doctor-width-differs = 端末は { $text } を { $theirs } 桁、こちらは { $ours } 桁とします
doctor-width-fix = このような文字のある行はずれることがあります。新しい端末や別のフォントで直ることがあります
doctor-width-unknown = 端末が答えません
doctor-keyboard = キーボード
doctor-keyboard-full = すべてのキーを区別します (kitty プロトコル)
doctor-keyboard-plain = 従来どおり: Ctrl-i は Tab、Ctrl-m は Enter
doctor-images = 画像
doctor-images-off = 設定によりオフ
doctor-multiplexer = 経由
doctor-multiplexer-fix = tmux ですべての色を使うには: set -as terminal-features ",*:RGB"
doctor-language = 言語
doctor-language-value = { $language } ({ $why })
doctor-utf8-fix = ロケールが UTF-8 ではないため、文字が正しく表示されないことがあります。LANG を設定してください。例: LANG=C.UTF-8
doctor-editor = エディター
doctor-editor-fix = { $editor } が見つかりません。EDITOR、または config.toml の editor を設定してください
doctor-folder = 設定ファイル
doctor-folder-problems = エラー { $errors } 件、警告 { $warnings } 件
doctor-folder-fix = 確認: space config check
doctor-profile = プロファイル
doctor-profile-fix = はじめに: space login SERVER
doctor-profile-open = このフォルダーは他の人にも読めます: { $folder }
doctor-profile-open-fix = 閉じるには: chmod 700 { $folder }
doctor-copy = ローカルコピー
doctor-copy-value = { $size }、トピック { $topics } 件、投稿 { $posts } 件
doctor-copy-absent = まだありません
doctor-copy-fix = 作り直す: space logout、次に space login。未送信のものは失われるので、先に確認: space outbox
doctor-outbox = 送信箱
doctor-token = トークン
doctor-token-none = ゲストとして読むには不要です
doctor-token-value = { $place } にあります
doctor-token-fix = サインイン: space login
doctor-token-plain-fix = そこでは暗号化されていません。キーリングのある環境で space login により再度ログインしてください
doctor-server = サーバー
doctor-server-value = { $server } が { $millis } ms で応答 (バージョン { $version })
doctor-server-silent = { $server } が応答しません
doctor-server-fix = { $why }。サーバーがなくても読み書きはできます
doctor-clock = 時計
doctor-clock-value = サーバーとの差 { $seconds } 秒
doctor-clock-fix = このマシンの時計を合わせてください。時刻が正しく表示されません
cli-config = 設定ファイルを確認、表示、作成します
cli-config-check = 設定ファイルの問題をすべて示します
cli-config-check-json = 一行に一つの JSON を出力する
cli-config-show = 現在の設定を出力します
cli-config-show-all = 設定できるものすべてを示す、コメント付きの例を出力する
cli-config-show-file = どのファイルか
cli-config-path = ファイルの場所を出力します
cli-config-schema = ファイルの JSON スキーマを、エディター用に出力します
cli-config-schema-file = どのファイルか
cli-config-init = コメント付きの最初のファイルを書きます
cli-config-init-long = すでにあるファイルはそのままです。中身はすべてコメントなので、変えるまで何も変わりません。
cli-doctor = 端末、設定、ローカルコピー、サーバーの問題を探し、直し方を示します
cli-doctor-json = 一つの JSON を出力する
cli-doctor-offline = 端末にもサーバーにも何も問い合わせない

# Places, marks, jumps and layers.
thread-below = 未読 { $count } 件
jump-title = 移動
jump-nothing = その名前のものはありません。
jump-category = カテゴリー
jump-topic = トピック
jump-member = メンバー
command-zoom = 単独
command-zoom-help = 読んでいるものだけを表示する、または横のものを再び表示する
command-fold-category = 折りたたむ
command-fold-category-help = カテゴリーの下にあるものを隠す、または表示します
command-jump = 移動…
command-jump-help = 名前の一部でどこへでも移動します
command-jump-back = 前の場所
command-jump-back-help = 前にいた場所に戻ります
command-jump-forward = 次の場所
command-jump-forward-help = また先へ進みます

# 書く。
topic-draft = 下書き
pane-compose = あなたの文章
compose-reply = 返信 · { $title }
compose-reply-to = { $author } への返信 · { $title }
compose-topic = 新しいトピック
compose-edit = 編集 · { $title }
compose-waiting = 未送信 · { $title }
compose-preview = プレビュー
compose-aside = Ctrl-t で文章へ
compose-title = 題名:
compose-category = カテゴリ:
compose-no-category = 未選択
compose-category-stays = カテゴリを選べるのは新しいトピックだけです。
compose-no-language = 編集は元の投稿の言語のままです。
compose-no-tags = ここでタグを付けられるのは新しいトピックだけです。他のトピックのタグは読む画面で変更します。
compose-length = { $count } / { $most }
compose-too-long = { $count } 文字多すぎます
compose-kept = 保存済み
compose-not-kept = …
compose-nothing-new = 変更なし
compose-sending = 送信待ちに入れています…
compose-empty = 送るものがまだありません。
compose-unfit = 送信できません: { $detail }
compose-closed = 文章は保存されています。g d で書きかけの一覧。
compose-thrown = 捨てました。元に戻せます。
compose-edited = エディタの文章になりました。まだ送信していません。
compose-taken-up = 以前に書いたものです。
compose-set-aside = ここで書きかけの別の文章は { $detail } にあります
unkept = 次の文章は保存できませんでした。ほかのどこにもありません:
choose-category = どのカテゴリ?
choose-language = どの言語?
choose-nothing = その名前のものはありません。
quote-title = 引用する部分
quote-all = 投稿全体
drafts-title = 書きかけ
drafts-empty = 書きかけはありません。
drafts-topic = 新しいトピック · { $title }
outbox-title = 未送信
outbox-state-conflict = 他の人が変更
outbox-why-conflict = 書き始めた後に他の人が変更しました。Enter で両方を表示。
outbox-why-held = かなり前のものです。再試行すると送信します。
outbox-state-waits = 待機中
outbox-why-waits = { $why }。{ $time } UTC に送信します。
outbox-removal = 削除 · { $title }
outbox-tags = タグ · { $title }
outbox-report = 報告 · { $title }
outbox-other = 既読 · { $title }
outbox-no-text = 変更できる文章がありません。
outbox-retried = もう一度送信待ちに入れました。
outbox-on-its-way = 送信中なので変更できません。
outbox-thrown = { $count } 件を捨てました。元に戻せます。
conflict-title = 一つの投稿への二つの編集
conflict-base = 以前
conflict-theirs = 相手
conflict-mine = 自分
conflict-no-base = (残っていません)
conflict-clean = 統合: 両方の編集を合わせたもの
conflict-merged = 統合; 決める箇所: { $count }
command-start-topic = トピックを始める
command-start-topic-help = 今いるカテゴリでトピックを始めます
command-edit = 編集
command-edit-help = 自分の投稿を編集します(未送信も)
command-quote = 引用
command-quote-help = 投稿やその段落を引用します
command-outbox = 送信箱
command-outbox-help = 送信待ちと拒否されたものを表示します
command-drafts = 下書き
command-drafts-help = 書きかけの一覧を表示します
command-switch-text = 文章とスレッド
command-switch-text-help = 文章へ移動、また戻ります
command-send = 送信
command-send-help = 文章を送ります (Alt-Enter も)
command-editor = エディタ
command-editor-help = $VISUAL か $EDITOR で続けます
command-close = 閉じる
command-close-help = 閉じます。文章は残ります
command-throw-draft = 破棄
command-throw-draft-help = 閉じて文章を捨てます。元に戻せます
command-preview = プレビュー
command-preview-help = 他の人からの見え方を表示します
command-language = 言語
command-language-help = 文章の言語を選びます
command-tags = タグ
command-tags-help = 新しいトピックにタグを付けます
command-category = カテゴリ
command-category-help = 新しいトピックのカテゴリを選びます
command-write-palette = コマンド
command-write-palette-help = 名前でコマンドを探します
command-write-help = ヘルプ
command-write-help-help = キーの一覧を表示します
command-write-quote = 引用
command-write-quote-help = スレッドで選んだ投稿を引用します
command-undo-text = 元に戻す
command-undo-text-help = 文章の最後の変更を戻します
command-redo-text = やり直す
command-redo-text-help = 戻したものをやり直します
command-thread-down = スレッドを下へ
command-thread-down-help = 書きながらスレッドを下へ動かします
command-thread-up = スレッドを上へ
command-thread-up-help = 書きながらスレッドを上へ動かします
command-thread-page-down = スレッドを1ページ下へ
command-thread-page-down-help = 書きながら1ページ下へ動かします
command-thread-page-up = スレッドを1ページ上へ
command-thread-page-up-help = 書きながら1ページ上へ動かします
command-retry = 再試行
command-retry-help = 今もう一度送ります
command-throw = 破棄
command-throw-help = 捨てます。元に戻せます
command-take-merged = 統合を送信
command-take-merged-help = 両方を合わせて送ります。無理なら文章を開きます
command-edit-merged = 統合を編集
command-edit-merged-help = 統合した文章を開きます
command-take-mine = 自分のを送信
command-take-mine-help = 相手のの代わりに自分のを送ります
command-take-theirs = 相手のを残す
command-take-theirs-help = 相手のを残し自分のを捨てます。元に戻せます
disabled-no-text = 開いている文章がありません
disabled-no-thread = ここに投稿はありません
disabled-not-yours = 編集できるのは自分の投稿だけです
disabled-no-jump = 移動する場所がありません
notice-marked-already = すでに既読でした。
# Search, bookmarks and marks.
outbox-catch-up = その時までをすべて既読にする
outbox-bookmark = { $id } のブックマーク
outbox-unbookmark = { $id } のブックマークを外す
search-wrong-near = { $near } のことですか？
search-wrong-operator = { $operator } という検索演算子はありません。
search-wrong-value = { $operator } に続くのは次のいずれかです: { $known }。
search-wrong-missing = { $operator } の後に何か必要です。例: { $example }。
search-wrong-date = { $value } は日付ではありません。2020-02-01、2020-02、2020、today、または期間 3d、2w、6m、1y を使ってください。
search-wrong-language = { $value } は言語ではありません。en、pt-BR、zh-Hant のように書いてください。
search-wrong-minus = { $operator } の前にマイナスは置けません。
search-wrong-long = 検索が長すぎます。単語と演算子は合わせて { $most } 個までです。
search-wrong-only-excluded = 除くものだけでなく、探すものも書いてください。
search-wrong-author = { $name } という人はいません。
search-wrong-category = { $name } というカテゴリーはありません。
search-wrong-tag = { $value } はタグではありません。使えるのは文字、数字、-、_、.、+ です。
search-wrong-no-tag = { $name } というタグの付いたトピックはありません。
search-hint = @author  #category  before:2020-02  after:2w  in:title  is:unread
fail-search = 検索を理解できません
hint-search = space search --help で演算子を見られます
fail-note = メモを保存できません
fail-no-member = { $name } という人はいません
list-no-bookmarks = ブックマークはありません。
bookmark-put = { $id } をブックマークしました
bookmark-removed = { $id } のブックマークを外しました
tag-sent = タグを変更しました。
cli-topics-bookmarks = ブックマークしたトピックだけを、新しい順に
cli-topics-top = いいねの多い順。先週、先月、この一年に書き込みのあったトピック、またはすべてから
cli-topics-by = このメンバーが始めたトピックだけ
cli-bookmark = トピックか投稿に、自分だけのブックマークを付けます
cli-bookmark-target = トピックの番号、または投稿の #番号
cli-bookmark-note = 覚えておきたいこと
cli-bookmark-remove = ブックマークを外す
cli-bookmark-json = 一行に一つの JSON を出力する
cli-tag = トピックにタグを付け、外します。または付いているタグを一覧にします
cli-tag-long = 変更は送信待ちになり、サーバーが応答すればすぐに送信されます。その間に他の人が変えたものは残ります。
cli-tag-target = トピックの番号
cli-tag-change = +TAG で付け、-TAG で外す
cli-tag-json = 結果またはタグを JSON で出力する
cli-tags = タグと、それぞれのトピックの数を一覧にします
cli-tags-json = 一行に一つの JSON を出力する

# Bookmarks, members' lists and the most liked of a time.
list-bookmarks = ブックマーク
period-week = 今週
period-month = 30日間
period-year = 1年間
command-liked-week = 今週
command-liked-week-help = この7日間に動きのあったトピックを人気順に表示します
command-liked-month = 30日間
command-liked-month-help = この30日間に動きのあったトピックを人気順に表示します
command-liked-year = 1年間
command-liked-year-help = この365日間に動きのあったトピックを人気順に表示します
command-liked-ever = 全期間
command-liked-ever-help = 全期間のトピックを人気順に表示します
command-bookmarks = ブックマーク
command-bookmarks-help = ブックマークしたトピックを、新しい順に表示します
command-wrote = 書いた人
command-wrote-help = 投稿者のトピックを、そこからは投稿者のすべての投稿を表示します
command-bookmark = ブックマーク
command-bookmark-help = トピックか投稿にブックマークを付け、または外します
command-bookmark-note = メモ
command-bookmark-note-help = メモを添えてブックマークします
disabled-no-bookmarks = ゲストにはブックマークがありません。先にログインしてください: space login
disabled-no-member = これはメンバーの一覧ではありません。先にその人の投稿へ移動してください
notice-bookmarked = ブックマークしました。元に戻せます。
notice-no-bookmark = ブックマークを外しました。元に戻せます。
note-prompt = メモ:
note-hint = 覚えておきたいこと。空でもかまいません
tags-prompt = タグ:
tags-hint = 空白で区切った語。例: wiki how-to。空でもかまいません

# 報告と、その対応。
reason-talk = 投稿者と話す
reason-off-topic = 話題違い
reason-inappropriate = 不適切
reason-spam = スパムや荒らし
reason-illegal = 違法
reason-other = その他
report-sent = 内密に報告しました。モデレーターには内容だけが見え、誰の報告かは見えません。
report-queued = { $id } として送信待ちです。サーバーが応答しだい、他のものより先に送信されます。
report-waits = { $id } として送信待ちです: { $why }
reports-none = 未対応の報告はありません。
reports-hidden = 非表示
reports-gone = 削除済み
hide-done = { $id } を非表示にしました。本文はスタッフだけに見えます。
restore-done = { $id } を元どおり表示しました。
decide-hidden = { $id } は非表示です。
decide-still-hidden = { $id } は非表示のままです。再び表示するには: space restore { $number }
decide-shown-again = { $id } を元どおり表示しました。
decide-shown = { $id } は表示されています。
decide-still-shown = { $id } はまだ表示されています。非表示にするには: space hide { $number }
case-own-report = この投稿はあなた自身が報告しました。他に決定できるモデレーターがいないため、あなたが決定できます。
case-corrected = のちに訂正
hidden-by = { $name } が非表示にしました · { $age }
hidden-restored = { $name } が再び表示しました · { $age }
fail-talk = 投稿者と話すことは報告になりません
fail-needs-comment = この理由だけでは何が問題か分かりません
fail-comment = このコメントは送信できません
fail-clause = これは条項の番号ではありません
fail-reports = 報告を読めません
fail-hide = 投稿を非表示にできませんでした
fail-restore = 投稿を再表示できませんでした
fail-decide = 案件を決定できませんでした
fail-read-hidden = 非表示の本文を読めません
hint-talk = 返信してください: space reply { $id }
hint-needs-comment = 自分の言葉で書いてください: --comment TEXT
hint-staff = オーナー、管理者、モデレーターだけができます。投稿を知らせるには: space report POST REASON
hint-own-post = 自分の投稿についてなので、別のモデレーターが決めます
hint-decided = 決定を見るには: space reports --all。訂正するには: space decide CASE OUTCOME --correct
hint-case-open = --correct を外してください
hint-moderate-not-found = 番号を確かめてください: space reports は案件を、space read は投稿の番号を示します
cli-report = 投稿をモデレーターに内密に報告します
cli-report-long = 報告はモデレーターだけに見え、誰の報告かは見えません。他のものより先に送信待ちになり、サーバーが応答すればすぐに送信されます。その後、この端末には何も残りません。
cli-report-target = 投稿の番号。トピックなら最初の投稿
cli-report-reason = 理由。"illegal" と "other" にはコメントが必要
cli-report-comment = 何が問題か、自分の言葉で
cli-report-json = 結果を JSON で出力する
cli-reports = 報告を古い順に一覧にします (スタッフ用)
cli-reports-long = 案件ごとに、一つの投稿への全ての報告と、報告時の本文があります。誰が報告したかはどこにもなく、自分の投稿の案件は含まれません。
cli-reports-all = 決定済みのものも
cli-reports-json = 一行に一つの JSON を出力する
cli-hide = 投稿を非表示にします: あることは全員に、本文はスタッフだけに見えます
cli-hide-post = 投稿の番号
cli-hide-clause = 違反した行動規範の条項の番号、例えば 2.1
cli-hide-note = 他のモデレーターへの覚え書き
cli-hide-json = JSON を一つ出力する
cli-restore = 非表示の投稿を元どおり表示します
cli-restore-post = 投稿の番号
cli-restore-json = JSON を一つ出力する
cli-decide = "space reports" の案件を決定します
cli-decide-long = "agree" は報告が正しい、"disagree" は投稿を残してよい、"ignore" は何もしない、という決定です。"disagree" は非表示の投稿を再び表示します。他のモデレーターが先に決めていれば、何もせずその旨を示します。
cli-decide-case = 案件の番号
cli-decide-outcome = 決定
cli-decide-clause = 根拠とする行動規範の条項の番号、例えば 2.1
cli-decide-note = 理由
cli-decide-hide = 投稿も非表示にする ("agree" のとき)
cli-decide-keep-hidden = 非表示の投稿をそのままにする ("disagree" のとき)
cli-decide-correct = 決定を訂正する。前の決定は案件に残る
cli-decide-revision = 見たときの案件の版。なければ現在のもの
cli-decide-json = 案件を JSON で出力する
report-title = この投稿の問題は? モデレーターだけに見えます。
report-prompt = { $why }:
report-hint = 説明 (空でもよい)
report-hint-needed = 何が問題か、自分の言葉で
notice-reported = 報告は最優先で送信待ちです。誰の報告かは見えません。
notice-tagged = タグの変更は送信待ちです。
notice-talk = 非公開のメッセージはまだありません。ここに書いたものは全員が読めます。
disabled-no-report = 報告するには、まずサインインしてください: space login
command-report = 報告
command-report-help = 今の投稿をモデレーターに内密に知らせます
command-tag-topic = タグ付け
command-tag-topic-help = 今のトピックのタグを変えます
disabled-own-report = これは自分の投稿です。編集できます
