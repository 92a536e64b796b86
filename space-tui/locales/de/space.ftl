# SPDX-FileCopyrightText: The Space authors
# SPDX-License-Identifier: MIT OR Apache-2.0

# Zeiten. Kurz, denn sie stehen in Spalten.
when-now = eben
when-minutes = { $count } Min.
when-hours = { $count } Std.
when-days = { $count } T.

# Listen.
list-latest = Neueste
list-unread = Ungelesen
list-new = Neu
list-top = Beliebteste
list-loading = Einen Moment…
list-empty = Es gibt noch keine Themen.
list-all-read = Du hast alles gelesen.
topic-closed = geschlossen
topic-archived = archiviert
topic-pinned = angeheftet

# Themen.
thread-new = neu
thread-empty = Hier gibt es noch keine Beiträge.
post-hidden = Dieser Beitrag wurde von der Moderation verborgen.
post-notice = Hinweis: { $about }
post-moderator = Moderation
post-reply-to = Antwort an { $author } { $id }
post-reply-to-id = Antwort auf { $id }
post-queued = wartet
post-not-sent = nicht gesendet
post-refused = Der Server hat das abgelehnt: { $why }
post-edited = bearbeitet
post-spoiler = Spoiler:
post-wrote = { " schrieb:" }

# Suche.
search-prompt = Suche:
search-title = Suche: { $words }
search-count =
    { $count ->
        [one] { $count } Beitrag
       *[other] { $count } Beiträge
    }
search-nothing = Kein Beitrag enthält: { $words }
search-wrong-near = Ist { $near } gemeint?
search-wrong-operator = { $operator } gibt es nicht.
search-wrong-value = Nach { $operator } steht eines von: { $known }.
search-wrong-missing = Nach { $operator } fehlt etwas, zum Beispiel { $example }.
search-wrong-date = { $value } ist kein Datum. Möglich sind 2020-02-01, 2020-02, 2020, today, oder vor wie langer Zeit: 3d, 2w, 6m, 1y.
search-wrong-language = { $value } ist keine Sprache. Möglich sind Kürzel wie en, pt-BR oder zh-Hant.
search-wrong-minus = Vor { $operator } kann kein Minus stehen.
search-wrong-long = Das ist zu lang für eine Suche: höchstens { $most } Wörter und Angaben.
search-wrong-only-excluded = Es fehlt, was gesucht wird; nicht nur, was wegbleiben soll.
search-wrong-author = Hier heißt niemand { $name }.
search-wrong-category = Hier gibt es keine Kategorie { $name }.
search-hint = @autor  #kategorie  before:2020-02  after:2w  in:title  is:unread

# Hilfe und Befehle.
help-title = Tasten
help-filter = tippen zeigt nur manche
palette-title = Befehle
palette-nothing = So heißt kein Befehl.
which-more = { $count } weitere…
confirm-title = Sicher?
confirm-yes = ja
confirm-how = j oder Enter: ja · jede andere Taste: nein
confirm-type = Tippe { $word } und drücke Enter:
confirm-left = Es wurde nichts getan.
confirm-catch-up =
    { $count ->
        [1] Ein Thema als gelesen merken? Rückgängig nimmt es zurück.
       *[other] { $count } Themen als gelesen merken? Rückgängig nimmt es zurück.
    }
pane-list = Themen
pane-thread = Thema
pane-tree = Orte
command-read-on = weiterlesen
command-read-on-help = Liest weiter: nächste Seite, dann das nächste Ungelesene
command-open = öffnen
command-open-help = Öffnet, worauf du stehst
command-back = zurück
command-back-help = Geht zurück
command-reply = antworten
command-reply-help = Beantwortet den Beitrag, auf dem du stehst, in deinem Editor
command-next-unread = nächstes
command-next-unread-help = Geht zum nächsten Thema mit Ungelesenem
command-latest = neueste
command-latest-help = Zeigt alle Themen, zuletzt aktive zuerst
command-unread = ungelesene
command-unread-help = Zeigt Themen mit Beiträgen, die du nicht gelesen hast
command-new = neue
command-new-help = Zeigt Themen, die du nie geöffnet hast
command-liked = beliebteste
command-liked-help = Zeigt alle Themen, beliebteste zuerst
command-switch-pane = Orte
command-switch-pane-help = Geht zum Baum der Listen und Kategorien, und zurück
command-fold = falten
command-fold-help = Verbirgt oder zeigt, was unter einer Kategorie ist
command-mark-read = gelesen
command-mark-read-help = Merkt als gelesen, worauf du stehst: ein Thema oder eine Kategorie
command-mark-category = Kategorie gelesen
command-mark-category-help = Merkt die Kategorie, in der du bist, als gelesen
command-catch-up = alles gelesen
command-catch-up-help = Merkt alles als gelesen
command-mark-unread = ungelesen
command-mark-unread-help = Merkt ab dem Beitrag, auf dem du stehst, als ungelesen
command-undo = rückgängig
command-undo-help = Nimmt die letzten Lesezeichen zurück
command-palette = Befehle
command-palette-help = Findet einen Befehl nach seinem Namen
command-search = suchen
command-search-help = Durchsucht alle Beiträge
command-down = abwärts
command-down-help = Abwärts
command-up = aufwärts
command-up-help = Aufwärts
command-half-down = halbe Seite abwärts
command-half-down-help = Eine halbe Seite abwärts
command-half-up = halbe Seite aufwärts
command-half-up-help = Eine halbe Seite aufwärts
command-page-down = Seite abwärts
command-page-down-help = Eine Seite abwärts
command-page-up = Seite aufwärts
command-page-up-help = Eine Seite aufwärts
command-top = Anfang
command-top-help = Zum Anfang
command-bottom = Ende
command-bottom-help = Zum Ende
command-sync = abgleichen
command-sync-help = Sendet jetzt, was wartet, und liest, was neu ist
command-help = Hilfe
command-help-help = Zeigt oder verbirgt diese Tasten
command-suspend = anhalten
command-suspend-help = Hält an, bis die Shell fortsetzt
command-quit = beenden
command-quit-help = Beendet
disabled-guest = Zum Antworten melde dich erst an: space login
disabled-loading = Einen Moment: das Thema wird noch gelesen
disabled-archived = Dieses Thema ist archiviert: nichts darin kann sich mehr ändern
disabled-closed = Dieses Thema ist geschlossen: niemand kann mehr antworten
disabled-unsent = Diese Antwort ist noch nicht gesendet; danach kann man auf sie antworten
disabled-empty = Hier gibt es nichts zu öffnen
disabled-root = Das ist der erste Bildschirm
disabled-no-marks = Gäste haben keine Lesezeichen: melde dich erst an: space login
disabled-no-undo = Es gibt nichts zurückzunehmen

# Mitteilungen.
notice-queued = Deine Antwort wartet und wird gesendet, sobald der Server antwortet.
notice-sent = Deine Antwort ist gesendet.
notice-refused = Der Server hat etwas abgelehnt, das du geschrieben hast; siehe: space outbox
notice-cancelled = Es wurde nichts geschrieben, also wird nichts gesendet.
notice-editor = Dein Editor ist gescheitert: { $detail }
notice-not-written = Das konnte nicht aufgeschrieben werden: { $detail }
notice-failed = Das konnte nicht gelesen werden: { $detail }
notice-all-read = Du hast alles gelesen.
notice-next-category = Nächste Kategorie: { $detail }
notice-marked =
    { $count ->
        [0] Das war schon gelesen.
        [1] Als gelesen gemerkt. Rückgängig nimmt es zurück.
       *[other] { $count } Themen sind als gelesen gemerkt. Rückgängig nimmt es zurück.
    }
notice-marked-unread = Als ungelesen gemerkt. Rückgängig nimmt es zurück.
notice-undone = Zurückgenommen.
notice-pasted = Eingefügter Text wird hier ignoriert; öffne erst etwas zum Schreiben.
notice-syncing = Der Server wird gefragt…

# Zustand.
status-guest = Gast
status-online = verbunden
status-offline = nicht verbunden
status-syncing = gleicht ab
status-signed-out = abgemeldet
status-failed = Abgleich gescheitert
status-queued = { $count } warten
status-refused = { $count } abgelehnt
status-unread = { $count } ungelesen
too-small = Space braucht ein Terminal mit mindestens { $columns } Spalten und { $rows } Zeilen.

# Der Editor.
editor-context =
    Schreibe über der Zeile mit der Schere. Was darunter steht, wird nicht gesendet.
    Ein leerer Text sendet nichts.

    Thema: { $title }
editor-wrote = { $author } schrieb:

# Befehle: was sie ausgeben.
login-name = Name:
login-password = Passwort:
login-label = space im Terminal
login-guest = Du liest { $space } als Gast.
login-done = Du bist bei { $space } als { $name } angemeldet.
logout-done = Du bist von { $server } abgemeldet; die lokale Kopie ist entfernt.
logout-token-lives = { $server } hat nicht geantwortet, das Token bleibt dort also gültig. Widerrufe es aus einer anderen Sitzung.
sync-progress = { $rows } Zeilen…
sync-done =
    Auf dem neuesten Stand: { $rows ->
        [one] { $rows } Änderung
       *[other] { $rows } Änderungen
    } gelesen, { $sent } gesendet.
sync-refused =
    { $count ->
        [one] Etwas wurde abgelehnt; siehe: space outbox
       *[other] { $count } Dinge wurden abgelehnt; siehe: space outbox
    }
topics-new = neu
reply-sent = Gesendet als { $id }.
reply-queued = Wartet als { $id }. Es wird gesendet, sobald der Server antwortet.
outbox-empty = Alles ist gesendet.
outbox-queued = { $id } wartet wieder.
outbox-discarded = { $id } ist weggeworfen.
outbox-state-queued = wartet
outbox-state-sending = unterwegs
outbox-state-held = zurückgehalten
outbox-state-refused = abgelehnt
outbox-start = neues Thema: { $title }
outbox-reply = Antwort in { $id }
outbox-edit = Änderung an { $id }
outbox-delete = Entfernung von { $id }
outbox-read = Lesezeichen von { $id }
outbox-catch-up = alles bis dahin gelesen
outbox-bookmark = Lesezeichen in { $id }
outbox-unbookmark = kein Lesezeichen mehr in { $id }
whoami-member = Mitglied
whoami-server = Server
whoami-space = Space
whoami-profile = Profil
whoami-copy = Lokale Kopie
whoami-counts = { $topics } Themen, { $posts } Beiträge
whoami-unread = Zu lesen
whoami-attention = { $unread } ungelesene, { $new } neue Themen
whoami-outbox = Ausgang
whoami-waiting = { $queued } warten, { $refused } abgelehnt

# Fehler: was gescheitert ist.
failure = Fehler: { $what }
failure-because = denn: { $why }
failure-hint = Hinweis: { $hint }
fail-profile = das Profil ist nicht brauchbar
fail-no-profile = es gibt noch kein Profil „{ $name }“
fail-other-profile = das Profil „{ $name }“ gehört { $member } bei { $server }
fail-no-token = es gibt kein Token für { $name }
fail-guest = Gäste können lesen, aber nicht schreiben
fail-replica = die lokale Kopie ist nicht brauchbar
fail-empty = vom Server wurde noch nichts gelesen
fail-outbox = der Ausgang kann das nicht
fail-server = der Server ist nicht brauchbar
fail-sync = der Abgleich ist gescheitert
fail-watch = dem Feed zu folgen ist gescheitert
fail-login = die Anmeldung ist gescheitert
fail-ask = es kam keine Antwort
fail-file = { $file } ist nicht lesbar
fail-text = das kann nicht veröffentlicht werden
fail-editor = der Editor ist gescheitert
fail-refused = der Server hat es abgelehnt: { $why }
fail-unsent =
    { $count ->
        [one] etwas ist geschrieben und noch nicht gesendet
       *[other] { $count } Dinge sind geschrieben und noch nicht gesendet
    }
fail-no-category = es gibt hier keine Kategorie „{ $slug }“
fail-not-found = in der lokalen Kopie gibt es weder Thema noch Beitrag #{ $id }
fail-no-terminal = der Bildschirm braucht ein Terminal
fail-screen = der Bildschirm ist gescheitert
fail-no-words = es gibt nichts zu suchen
fail-no-text = es gibt keinen Text und kein Terminal, um ihn zu schreiben
fail-no-password = die erste Zeile der Passwortdatei ist leer
fail-nobody-to-ask = es gibt kein Terminal, um zu fragen
why-nobody-there = unter { $server } antwortet nichts
why-no-such-name = der Name in { $server } führt zu keinem Server, oder das Netz fehlt
why-timed-out = { $server } hat nicht rechtzeitig geantwortet
why-unreachable = { $server } ist nicht erreichbar ({ $why })

# Was man versuchen kann.
hint-login = melde dich an mit: space login SERVER --name NAME
hint-first-login = beginne mit: space login SERVER (oder space login --guest SERVER, um nur zu lesen)
hint-offline = prüfe das Netz und versuche es noch einmal; Lesen und Schreiben gehen auch ohne Server
hint-plain-http = nimm https://, oder --allow-plain-http in einem Netz, dem du traust
hint-other-profile = nimm ein anderes: --profile NAME, oder melde dich hier erst ab: space logout
hint-sync = lies, was neu ist, mit: space sync
hint-unsent = sende es mit: space sync; oder wirf es weg mit: space logout --discard-unsent
hint-refused = sieh es an mit: space outbox; dann: space outbox retry { $id }, oder: space outbox discard { $id }
hint-no-terminal = für Skripte gibt es Befehle wie: space topics --json
hint-no-words = nenne wenigstens ein Wort: space search WÖRTER
fail-search = die Suche ist nicht zu verstehen
hint-search = space search --help nennt, was möglich ist
fail-note = die Notiz kann nicht behalten werden
fail-no-member = hier heißt niemand { $name }
list-no-bookmarks = Es gibt keine Lesezeichen.
bookmark-put = Lesezeichen in { $id } gesetzt
bookmark-removed = Lesezeichen in { $id } entfernt
hint-no-text = gib ihn als Argument an oder mit --file DATEI (- für die Standardeingabe)
hint-nobody-to-ask = gib --name NAME an und --password-file DATEI (- für die Standardeingabe)
hint-address = nenne die ganze Adresse: { $server }
hint-categories = es gibt: { $slugs }

# Die Befehlszeile.
cli = Liest und schreibt in einer Space-Gemeinschaft, auch ohne Netz
cli-long =
    Ohne Befehl öffnet sich der Bildschirm; ? zeigt dort die Tasten.

    Alles wird aus einer lokalen Kopie gelesen, die „space sync“ und der Bildschirm auf dem neuesten Stand
    halten. Was du schreibst, während der Server nicht antwortet, wartet und wird später genau einmal gesendet.

    Jeder lesende Befehl hat --json: ein Dokument, oder eines je Zeile. Feldnamen bleiben; Ids sind Zahlen,
    Zeiten Millisekunden seit 1970 (UTC); neben Ids stehen die Namen, für die sie stehen.
cli-profile = Profil: ein Server, wer du dort bist, und die lokale Kopie
cli-color = Wann Farben benutzt werden; NO_COLOR wird beachtet
cli-data-dir = Ordner der lokalen Kopien und Tokens
cli-config-dir = Ordner der Profile
cli-exit = Rückgabewerte:
cli-exit-failed = gescheitert
cli-exit-usage = die Befehlszeile ergibt keinen Sinn
cli-exit-denied = nicht angemeldet, oder nicht erlaubt
cli-exit-not-found = so etwas gibt es nicht
cli-exit-offline = der Server wird gebraucht und antwortet nicht
cli-tui = Öffnet den Bildschirm (wie ohne Befehl)
cli-login = Meldet dich bei einem Server an und kopiert, was du lesen darfst
cli-login-long = Das Token liegt in einer Datei, die nur du lesen kannst. Mit --guest liest du ohne Konto, was allen offen steht.
cli-login-server = Adresse des Servers, etwa https://space.example.org
cli-login-name = Dein Name dort; sonst wird gefragt
cli-login-password-file = Datei mit dem Passwort in der ersten Zeile, - für die Standardeingabe; sonst wird gefragt, ohne es zu zeigen
cli-login-guest = Ohne Konto lesen
cli-login-allow-plain-http = http:// zu einer anderen Maschine erlauben: alles, auch das Token, geht unverschlüsselt
cli-logout = Meldet dich ab: beendet das Token und entfernt die lokale Kopie
cli-logout-discard-unsent = Auch abmelden, wenn noch etwas nicht gesendet ist; es geht verloren
cli-sync = Sendet, was wartet, und liest, was neu ist
cli-topics = Listet Themen, zuletzt bewegte zuerst
cli-topics-category = Nur diese Kategorie und die darunter
cli-topics-limit = Wie viele höchstens
cli-topics-unread = Nur Themen, die du gelesen hast und die neuere Beiträge haben
cli-topics-new = Nur Themen, die du nie geöffnet hast
cli-topics-json = Ein JSON-Dokument je Zeile ausgeben
cli-topics-bookmarks = Nur Themen mit einem Lesezeichen von dir, das neueste zuerst
cli-topics-top = Die beliebtesten zuerst; aus Themen, in denen in der letzten Woche, im letzten Monat oder Jahr jemand geschrieben hat, oder aus allen
cli-topics-by = Nur Themen, die dieses Mitglied begonnen hat
cli-bookmark = Setzt ein Lesezeichen in ein Thema oder einen Beitrag, nur für dich
cli-bookmark-target = Die Nummer eines Themas, oder #Nummer eines Beitrags
cli-bookmark-note = Was du dir dazu merken willst
cli-bookmark-remove = Entfernt das Lesezeichen
cli-bookmark-json = Je Zeile ein JSON-Dokument
cli-read = Gibt ein Thema aus
cli-read-target = Nummer eines Themas, oder eines Beitrags, bei dem begonnen wird
cli-read-from = Stelle im Thema, an der begonnen wird: 1 ist der erste Beitrag
cli-read-json = Ein JSON-Dokument ausgeben: das Thema und seine Beiträge
cli-reply = Antwortet auf ein Thema oder einen Beitrag
cli-reply-long = Die Antwort wird eingereiht und gleich gesendet, wenn der Server antwortet; sonst wird das gesagt, und sie geht mit dem nächsten Abgleich. Ohne TEXT und --file öffnet sich $VISUAL oder $EDITOR.
cli-reply-target = Nummer des Themas oder Beitrags
cli-reply-text = Was du sagst, in CommonMark
cli-reply-file = Datei mit dem Text; - für die Standardeingabe
cli-reply-json = Als JSON ausgeben, was daraus wurde
cli-start = Beginnt ein Thema
cli-start-long = Es wird eingereiht und gleich gesendet, wenn der Server antwortet. Ohne TEXT und --file öffnet sich $VISUAL oder $EDITOR.
cli-start-category = Kurzname der Kategorie
cli-start-text = Der erste Beitrag, in CommonMark
cli-start-title = Worum es geht
cli-start-file = Datei mit dem ersten Beitrag; - für die Standardeingabe
cli-start-json = Als JSON ausgeben, was daraus wurde
cli-search = Findet Beiträge, neueste zuerst
cli-search-long =
    Alle Wörter müssen vorkommen; das letzte darf ein Wortanfang sein, "Wortfolgen" stehen in Anführungszeichen, und ein Minus lässt weg. Genauer wird es mit @autor, #kategorie (mit denen darunter), before: und after: mit einem Datum (2020-02-01, 2020-02, 2020, today) oder vor wie langer Zeit (3d, 2w, 6m, 1y), in:title, in:first, is:unread, is:bookmarked, lang:pt. Die Suche steht am besten in Anführungszeichen, und -- vor einer, die mit einem Minus beginnt.
cli-search-words = Was gesucht wird
cli-search-limit = Wie viele höchstens
cli-search-json = Ein JSON-Dokument je Zeile ausgeben
cli-outbox = Listet, was geschrieben und noch nicht auf dem Server ist
cli-outbox-json = Ein JSON-Dokument je Zeile ausgeben
cli-outbox-retry = Reiht etwas Abgelehntes wieder ein
cli-outbox-retry-number = Seine Nummer in der Liste
cli-outbox-discard = Wirft etwas weg
cli-outbox-discard-number = Seine Nummer in der Liste
cli-watch = Folgt dem Geschehen: eine Zeile für jeden neuen Beitrag
cli-watch-json = Jede Zeile des Feeds als JSON ausgeben
cli-whoami = Sagt, wer du bist, und wie es steht
cli-whoami-json = Ein JSON-Dokument ausgeben
cli-completion = Gibt Vervollständigungen für eine Shell aus
cli-completion-shell = Welche Shell
