# SPDX-FileCopyrightText: The Space authors
# SPDX-License-Identifier: MIT OR Apache-2.0

# Zeiten. Kurz, denn sie stehen in Spalten.
when-now = eben
when-minutes = { $count } Min.
when-hours = { $count } Std.
when-days = { $count } T.
when-day-month = { $day }. { $month }
when-month-year = { $month } { $year }
month-1 = Jan
month-2 = Feb
month-3 = Mär
month-4 = Apr
month-5 = Mai
month-6 = Jun
month-7 = Jul
month-8 = Aug
month-9 = Sep
month-10 = Okt
month-11 = Nov
month-12 = Dez

# Listen.
list-latest = Neueste
list-unread = Ungelesen
list-new = Neu
list-top = Beliebteste
list-loading = Einen Moment…
list-empty = Es gibt noch keine Themen.
tags-none = Kein Thema hier hat ein Schlagwort.
list-all-read = Du hast alles gelesen.
topic-closed = geschlossen
topic-archived = archiviert
topic-pinned = angeheftet

# Themen.
thread-new = neu
thread-missing =
    { $count ->
        [one] Ein Beitrag dieses Themas ist noch nicht hier.
       *[other] { $count } Beiträge dieses Themas sind noch nicht hier.
    }
thread-below = { $count } ungelesen
thread-empty = Hier gibt es noch keine Beiträge.
thread-folded =
    { $count ->
        [one] eine Antwort eingeklappt
       *[other] { $count } Antworten eingeklappt
    }
post-hidden = Dieser Beitrag wurde von der Moderation verborgen.
post-notice = Hinweis: { $about }
post-moderator = Moderation
post-reply-to = Antwort an { $author } { $id }
post-reply-to-author = Antwort an { $author }
post-reply-to-id = Antwort auf { $id }
post-queued = wartet
post-not-sent = nicht gesendet
post-refused = Der Server hat das abgelehnt: { $why }
post-edited = bearbeitet
post-spoiler = Spoiler:
post-spoiler-closed = Spoiler: s zeigt ihn
post-picture = Bild: { $alt }
post-picture-untold = Bild, nicht beschrieben
post-broken = Dieser Beitrag lässt sich nicht darstellen; dies ist sein Text:
picture-too-large = das Bild ist zu groß
picture-unreadable = das Bild lässt sich nicht lesen
picture-missing = das Bild ließ sich nicht laden
picture-offline = das Bild kommt, sobald der Server antwortet
post-wrote = { " schrieb:" }

# Suche.
search-prompt = Suche:
search-title = Suche: { $words }
search-count =
    { $count ->
        [one] { $count } Beitrag
       *[other] { $count } Beiträge
    }
search-begin = Schreib, was du suchst. Alle Wörter müssen vorkommen; dies engt ein:
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
search-wrong-tag = { $value } ist kein Schlagwort. Erlaubt sind Buchstaben, Ziffern, -, _, . und +.
search-wrong-no-tag = Kein Thema hier hat das Schlagwort { $name }.
search-hint = @autor  #kategorie  before:2020-02  after:2w  in:title  is:unread

# Hilfe und Befehle.
layer-choose = wählen
layer-move = bewegen
layer-leave = verlassen
picker-hint = ein paar Buchstaben des Namens
help-title = Tasten
help-filter = tippen zeigt nur manche
palette-title = Befehle
palette-nothing = So heißt kein Befehl.
jump-title = Gehe zu
jump-nothing = So heißt nichts.
jump-category = Kategorie
jump-topic = Thema
jump-member = Mitglied
which-more = { $count } weitere…
confirm-title = Sicher?
confirm-yes = ja
confirm-how = j oder Enter: ja · jede andere Taste: nein
confirm-type = Tippe { $word } und drücke Enter:
confirm-left = Es wurde nichts getan.
confirm-catch-up =
    { $count ->
        [one] Ein Thema als gelesen merken? Rückgängig nimmt es zurück.
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
command-reply-help = Antwortet auf den Beitrag, auf dem du bist
command-peek = Vorschau
command-peek-help = Zeigt über dem Thema, was ein Beitrag beantwortet
command-parent = Bezug
command-parent-help = Geht zu dem Beitrag, den dieser beantwortet
command-next-sibling = nächste Antwort
command-next-sibling-help = Geht zur nächsten Antwort auf denselben Beitrag
command-previous-sibling = vorige Antwort
command-previous-sibling-help = Geht zur vorigen Antwort auf denselben Beitrag
command-links = Links
command-links-help = Nummeriert die Links auf dem Bildschirm; eine Nummer öffnet einen
command-nested = Baum
command-nested-help = Stellt Antworten unter das, was sie beantworten, oder alle nach Zeit
command-fold-answers = einklappen
command-fold-answers-help = Klappt die Antworten unter einem Beitrag ein oder aus
command-reveal = aufdecken
command-reveal-help = Zeigt Spoiler und Eingeklapptes eines Beitrags oder verbirgt sie
command-pictures = Bilder
command-pictures-help = Lädt die Bilder eines Beitrags auch von anderen Servern
command-mini-map = Leiste
command-mini-map-help = Zeigt oder verbirgt die Leiste: ◀ hier bist du, ◆ von dir, ┃ ungelesen
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
command-zoom = allein
command-zoom-help = Zeigt allein, was man liest, oder wieder, was daneben steht
command-fold-category = falten
command-fold-category-help = Verbirgt oder zeigt, was unter einer Kategorie ist
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
command-jump = gehe zu…
command-jump-help = Geht überallhin, nach ein paar Buchstaben des Namens
command-jump-back = dorthin zurück
command-jump-back-help = Geht zurück, woher du kamst
command-jump-forward = wieder vor
command-jump-forward-help = Geht wieder vorwärts
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
disabled-no-parent = Dieser Beitrag beantwortet keinen anderen
disabled-no-sibling = Dort ist keine andere Antwort
disabled-no-fold = Hier lässt sich nichts einklappen; t zeigt das Thema als Baum
disabled-no-links = Auf dem Bildschirm sind keine Links
disabled-root = Das ist der erste Bildschirm
disabled-no-marks = Gäste haben keine Lesezeichen: melde dich erst an: space login
disabled-no-undo = Es gibt nichts zurückzunehmen
disabled-zoom = Was man liest, hat schon das ganze Fenster

# Schreiben.
topic-draft = Entwurf
pane-compose = Dein Text
compose-reply = Antwort · { $title }
compose-reply-to = Antwort an { $author } · { $title }
compose-topic = Neues Thema
compose-edit = Bearbeiten · { $title }
compose-waiting = Noch nicht gesendet · { $title }
compose-preview = Vorschau
compose-aside = Strg-t führt zum Text
compose-title = Titel:
compose-category = Kategorie:
compose-no-category = noch nicht gewählt
compose-category-stays = Nur bei einem neuen Thema lässt sich die Kategorie wählen.
compose-no-language = Eine Bearbeitung bleibt in der Sprache des Beitrags.
compose-no-tags = Hier bekommt nur ein neues Thema Schlagwörter; die eines anderen ändert man beim Lesen.
compose-length = { $count } von { $most }
compose-too-long =
    { $count ->
        [one] ein Zeichen zu viel
       *[other] { $count } Zeichen zu viel
    }
compose-kept = gesichert
compose-not-kept = …
compose-nothing-new = nichts Neues
compose-sending = wird eingereiht …
compose-empty = Es gibt noch nichts zu senden.
compose-unfit = Das kann nicht gesendet werden: { $detail }
compose-closed = Dein Text ist gesichert; g d zeigt alles Unfertige.
compose-thrown = Weggeworfen. Rückgängig holt es zurück.
compose-edited = Der Text kommt nun aus deinem Editor; er ist noch nicht gesendet.
compose-taken-up = Das hast du früher geschrieben.
compose-set-aside = Ein anderer Text, der hier begonnen wurde, liegt in { $detail }
unkept = Dies konnte nicht aufgehoben werden und ist nirgends sonst:
choose-category = In welcher Kategorie?
choose-language = In welcher Sprache?
choose-nothing = Nichts heißt so.
quote-title = Was zitieren?
quote-all = Der ganze Beitrag
drafts-title = Unfertige Texte
drafts-empty = Nichts ist unfertig.
drafts-topic = Neues Thema · { $title }
outbox-title = Noch nicht gesendet
outbox-state-conflict = von anderen geändert
outbox-why-conflict = Jemand hat den Beitrag geändert, seit du begonnen hast. Enter zeigt beides.
outbox-why-held = Das ist lange her; erneutes Senden schickt es trotzdem.
outbox-state-waits = wartet
outbox-why-waits = { $why }; es wird um { $time } UTC gesendet.
outbox-removal = Löschung · { $title }
outbox-tags = Schlagwörter · { $title }
outbox-report = Meldung · { $title }
outbox-other = Lesezeichen · { $title }
outbox-no-text = Das hat keinen Text, der sich ändern ließe.
outbox-retried = Es ist wieder eingereiht.
outbox-on-its-way = Das ist unterwegs zum Server und lässt sich nicht mehr ändern.
outbox-thrown =
    { $count ->
        [one] Weggeworfen. Rückgängig holt es zurück.
       *[other] { $count } zusammengehörige Dinge sind weggeworfen. Rückgängig holt sie zurück.
    }
conflict-title = Zwei Bearbeitungen eines Beitrags
conflict-base = Vorher
conflict-theirs = Ihre
conflict-mine = Deine
conflict-no-base = (nicht aufbewahrt)
conflict-clean = Zusammengeführt: beide Bearbeitungen in einer
conflict-merged =
    { $count ->
        [one] Zusammengeführt; eine Stelle musst du entscheiden
       *[other] Zusammengeführt; { $count } Stellen musst du entscheiden
    }
command-start-topic = neues Thema
command-start-topic-help = Beginnt ein Thema in der Kategorie, in der du bist
command-edit = bearbeiten
command-edit-help = Bearbeitet deinen Beitrag, auch einen noch nicht gesendeten
command-quote = zitieren
command-quote-help = Zitiert den Beitrag, auf dem du bist, oder einige Absätze
command-outbox = Ausgang
command-outbox-help = Zeigt, was zu senden ist und was abgelehnt wurde
command-drafts = Entwürfe
command-drafts-help = Zeigt, was du begonnen und nicht gesendet hast
command-switch-text = Text oder Thema
command-switch-text-help = Geht zum Text und zurück
command-send = senden
command-send-help = Sendet den Text; auch Alt-Enter, und Strg-Enter, wo das Terminal es kennt
command-editor = Editor
command-editor-help = Schreibt in $VISUAL oder $EDITOR weiter
command-close = schließen
command-close-help = Schließt den Bereich; der Text bleibt gesichert
command-throw-draft = wegwerfen
command-throw-draft-help = Schließt den Bereich und wirft den Text weg; Rückgängig holt ihn zurück
command-preview = Vorschau
command-preview-help = Zeigt den Text, wie andere ihn sehen, oder geht zurück zum Schreiben
command-language = Sprache
command-language-help = Sagt, in welcher Sprache der Text ist
command-tags = Schlagwörter
command-tags-help = Gibt dem neuen Thema seine Schlagwörter
command-category = Kategorie
command-category-help = Wählt die Kategorie eines neuen Themas
command-write-palette = Befehle
command-write-palette-help = Findet einen Befehl nach seinem Namen
command-write-help = Hilfe
command-write-help-help = Zeigt diese Tasten
command-write-quote = zitieren
command-write-quote-help = Zitiert den Beitrag, auf dem du im Thema bist
command-undo-text = rückgängig
command-undo-text-help = Nimmt die letzte Änderung am Text zurück
command-redo-text = wiederholen
command-redo-text-help = Macht noch einmal, was zurückgenommen wurde
command-thread-down = Thema abwärts
command-thread-down-help = Bewegt das Thema beim Schreiben abwärts
command-thread-up = Thema aufwärts
command-thread-up-help = Bewegt das Thema beim Schreiben aufwärts
command-thread-page-down = Thema Seite abwärts
command-thread-page-down-help = Bewegt das Thema beim Schreiben eine Seite abwärts
command-thread-page-up = Thema Seite aufwärts
command-thread-page-up-help = Bewegt das Thema beim Schreiben eine Seite aufwärts
command-retry = erneut senden
command-retry-help = Sendet es noch einmal, jetzt
command-throw = wegwerfen
command-throw-help = Wirft es weg; Rückgängig holt es zurück
command-take-merged = beides senden
command-take-merged-help = Sendet beide Bearbeitungen in einer; wo das nicht geht, öffnet es den Text
command-edit-merged = bearbeiten
command-edit-merged-help = Öffnet den zusammengeführten Text zum Ändern und Senden
command-take-mine = deine senden
command-take-mine-help = Sendet deinen Text anstelle des anderen
command-take-theirs = ihre behalten
command-take-theirs-help = Lässt die andere stehen und wirft deine weg; Rückgängig holt sie zurück
disabled-no-text = Kein Text ist offen
disabled-no-thread = Hier ist kein Beitrag
disabled-not-yours = Nur eigene Beiträge lassen sich bearbeiten
disabled-no-jump = Es gibt keinen Ort, zu dem es geht

# Mitteilungen.
notice-queued = Dein Text wartet und wird gesendet, sobald der Server antwortet.
notice-sent = Deine Antwort ist gesendet.
notice-refused = Der Server hat etwas abgelehnt, das du geschrieben hast; g o zeigt es.
notice-cancelled = Nichts geschrieben, also wird nichts gesendet.
notice-editor = Dein Editor ist gescheitert: { $detail }
notice-not-written = Das konnte nicht aufgeschrieben werden: { $detail }
notice-failed = Das konnte nicht gelesen werden: { $detail }
notice-all-read = Du hast alles gelesen.
notice-opened = Geöffnet: { $detail }
notice-copied = Hier ist kein Browser; stattdessen kopiert: { $detail }
notice-links = Nummer des Links:
notice-not-here = Das ist nicht in deiner Kopie und konnte nicht geholt werden.
notice-no-such-link = Einen Link mit dieser Nummer gibt es nicht.
notice-next-category = Nächste Kategorie: { $detail }
notice-marked =
    { $count ->
        [one] Als gelesen gemerkt. Rückgängig nimmt es zurück.
       *[other] { $count } Themen sind als gelesen gemerkt. Rückgängig nimmt es zurück.
    }
notice-marked-already = Das war schon gelesen.
notice-marked-unread = Als ungelesen gemerkt. Rückgängig nimmt es zurück.
notice-undone-read = Zurückgenommen: „{ $detail }“ ist nicht mehr als gelesen gemerkt.
notice-undone-unread = Zurückgenommen: „{ $detail }“ ist nicht mehr als ungelesen gemerkt.
notice-undone-category = Zurückgenommen: Was in { $detail } ungelesen war, ist es wieder.
notice-undone-everything = Zurückgenommen: Was vorher ungelesen war, ist es wieder.
notice-undone-bookmark = Zurückgenommen: Das Lesezeichen in „{ $detail }“ ist wieder weg.
notice-undone-no-bookmark = Zurückgenommen: Das Lesezeichen in „{ $detail }“ ist wieder da.
notice-undone-note = Zurückgenommen: Das Lesezeichen in „{ $detail }“ hat seine frühere Notiz.
notice-undone-draft = Zurückgenommen: Der weggeworfene Text ist wieder da; g d zeigt ihn.
notice-undone-outbox = Zurückgenommen: Was weggeworfen war, ist wieder im Ausgang; g o zeigt es.
notice-pasted = Eingefügter Text wird hier ignoriert; öffne erst etwas zum Schreiben.
notice-syncing = Der Server wird gefragt…
notice-no-shell = Hier gibt es keine Shell, die das Programm fortsetzen könnte.

# Zustand.
status-guest = Gast
status-online = verbunden
status-offline = nicht verbunden
status-syncing = gleicht ab
status-keyring = wartet auf den Schlüsselbund
status-plain-token = Token unverschlüsselt
status-plain-token-short = offen
status-signed-out = abgemeldet
status-failed = Abgleich gescheitert
banner-other-space = An dieser Adresse ist jetzt ein anderer Space: was du geschrieben hast, wartet hier und wird ihm nicht gesendet
banner-other-profile = Dieses Profil wurde als jemand anderes angemeldet: beende und öffne es neu
offline-banner = Der Server ist nicht zu erreichen
offline-synced = zuletzt aktuell: { $when }
offline-queued =
    { $count ->
        [one] { $count } Sache wartet auf das Senden
       *[other] { $count } Sachen warten auf das Senden
    }
offline-works = Lesen und Schreiben gehen weiter
status-reading = { $rows } Zeilen
status-reading-of = { $rows } von etwa { $expected } Zeilen
status-left = noch { $seconds } s
status-rate = { $rate } Zeilen/s
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
login-kept-keyring = Dein Token liegt im Schlüsselbund dieses Systems.
login-kept-file = Dein Token liegt in einer Datei, die nur du lesen kannst; sie ist nicht verschlüsselt.
login-kept-nowhere = Dein Token bleibt, wo es ist; hier wird es nicht aufbewahrt.
login-device-page = Öffne zum Anmelden bei { $space } diese Seite in irgendeinem Browser:
login-device-code = und gib dort diesen Code ein:
login-device-waits = Er gilt { $minutes } Minuten; Strg-C gibt auf. Warte auf deine Antwort…
login-interrupted = Aufgegeben; nichts wurde geändert.
keyring-waits = Warte auf deinen Schlüsselbund: vielleicht fragt er auf dem Desktop nach einem Passwort. Strg-C gibt auf.
auth-token = Token
auth-no-token = keines
auth-server-says = Server sagt
auth-accepted = das Token gilt
auth-not-accepted = das Token gilt nicht (mehr)
auth-other-member = das Token gehört jemand anderem
auth-unknown = nichts: er antwortete nicht
auth-others = Andere Orte, in der Reihenfolge, in der nachgesehen wird:
auth-other = { "  " }{ $place }: { $state }
auth-place-variable = SPACE_TOKEN
auth-place-variable-file = SPACE_TOKEN_FILE, { $at }
auth-place-descriptor = --token-fd { $at }
auth-place-command = token_command, { $at }
auth-place-plain-file = eine unverschlüsselte Datei, { $at }
auth-place-keyring = der Schlüsselbund dieses Systems
auth-state-used = in Gebrauch
auth-state-unused = hat ein Token, wird aber nicht benutzt
auth-state-empty = hat keines
auth-state-not-asked = wurde nicht gefragt
auth-state-refused = nicht benutzbar: { $why }
auth-fix-login = Melde dich neu an: space --profile { $profile } login { $server }
auth-fix-other = Lass weg, was dieses Token gibt, oder melde dessen Mitglied in einem eigenen Profil an.
auth-fix-keyring = Starte oder entsperre den Schlüsselbund (etwa mit gnome-keyring-daemon --unlock) und sieh wieder nach; oder melde dich mit --insecure-storage neu an: space --profile { $profile } login { $server } --insecure-storage
auth-fix-plain = Das Token liegt dort unverschlüsselt. Neues Anmelden bringt es in den Schlüsselbund: space --profile { $profile } login { $server }
auth-fix-plain-no-keyring = Das Token liegt dort unverschlüsselt, und es gibt keinen Schlüsselbund dafür. Sobald es einen gibt, melde dich neu an: space --profile { $profile } login { $server }
auth-switched = Das Profil { $name } wird von nun an benutzt, wenn keines genannt ist.
logout-done = Du bist von { $server } abgemeldet; die lokale Kopie ist entfernt.
logout-token-lives = { $server } hat nicht geantwortet, das Token bleibt dort also gültig. Widerrufe es aus einer anderen Sitzung.
password-now = Jetziges Passwort:
password-new = Neues Passwort:
password-again = Neues Passwort noch einmal:
password-done = Dein Passwort ist geändert.
password-signed-out =
    { $count ->
        [one] Eine andere Anmeldung oder ein anderes Token ist beendet.
       *[other] { $count } andere Anmeldungen und Token sind beendet.
    }
password-others-stay = Andere Anmeldungen und Token bleiben gültig; `space sessions --end-others` beendet sie.
sessions-ended =
    { $count ->
        [one] Eine Anmeldung oder ein Token ist beendet.
       *[other] { $count } Anmeldungen und Token sind beendet.
    }
sessions-ends = endet am { $date }
sessions-lasts = gilt, bis es beendet wird
sessions-current = diese
sync-done =
    Auf dem neuesten Stand: { $rows ->
        [one] { $rows } Änderung
       *[other] { $rows } Änderungen
    } gelesen, { $sent } gesendet.
sync-window = Diese Kopie reicht zurück: { $window }. Für mehr: space sync --window whole
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
outbox-tag = Schlagwörter von { $id }: { $tags }
outbox-report-of = Meldung von { $id }
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
fail-other-space = das Profil „{ $name }“ hat die Kopie eines anderen Space als „{ $space }“, der jetzt an dieser Adresse ist
fail-no-token = es gibt kein Token für { $name }
fail-other-token = das angegebene Token gehört { $found }, und diese lokale Kopie gehört { $name }
fail-no-keyring = dieses Gerät hat keinen Schlüsselbund, der dein Token aufbewahren könnte
fail-given-token = das angegebene Token kann nicht benutzt werden
why-device-denied = es wurde auf der Seite abgelehnt
why-device-expired = niemand hat rechtzeitig geantwortet
why-no-device = dieser Server kennt kein Anmelden mit einem Code
fail-guest = Gäste können lesen, aber nicht schreiben
fail-replica = die lokale Kopie ist nicht brauchbar
fail-empty = vom Server wurde noch nichts gelesen
fail-outbox = der Ausgang kann das nicht
fail-server = der Server ist nicht brauchbar
fail-sync = der Abgleich ist gescheitert
fail-watch = dem Feed zu folgen ist gescheitert
fail-login = die Anmeldung ist gescheitert
fail-ask = es kam keine Antwort
fail-file-write = { $file } ist nicht schreibbar
fail-file = { $file } ist nicht lesbar
fail-text = das kann nicht veröffentlicht werden
fail-tags = das können nicht die Schlagwörter eines Themas sein
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
fail-output = die Ausgabe kann nicht geschrieben werden
fail-dumb-terminal = der Bildschirm kann auf diesem Terminal (TERM={ $term }) nicht arbeiten: es bewegt keinen Cursor
hint-dumb-terminal = hier gehen diese Befehle: space topics, space read ID, space search WÖRTER, space reply ID TEXT
fail-not-shown = der Server zeigt dir weder Thema noch Beitrag #{ $id }
fail-outside-window = #{ $id } liegt außerhalb dessen, wie weit diese Kopie zurückreicht ({ $window }), und der Server ist nicht zu fragen
hint-outside-window = wiederhole es mit Verbindung; oder hebe hier mehr auf: space sync --window whole
read-missing =
    { $count ->
        [one] Ein Beitrag dieses Themas ist nicht in dieser Kopie; sie reicht zurück: { $window }
       *[other] { $count } Beiträge dieses Themas sind nicht in dieser Kopie; sie reicht zurück: { $window }
    }
read-missing-why = Sie konnten nicht geholt werden: { $why }
copy-read-only = Diese Kopie kann nur gelesen werden: { $why }. Nichts Neues wird aufgehoben: keine Beiträge vom Server, keine Entwürfe, keine Lesezeichen
why-disk-full = die Platte ist voll: { $folder }
why-disk-read-only = das Dateisystem ist nur lesbar: { $folder }
why-not-writable = der Ordner oder eine Datei darin ist nicht beschreibbar: { $folder }
why-copy-busy = ein anderes Programm schreibt dort: { $folder }
why-copy-newer = eine neuere Version von space hat die lokale Kopie geschrieben: { $folder }
hint-disk-full = schaffe Platz auf dieser Platte; hier muss nichts entfernt werden
hint-disk-read-only = hänge es beschreibbar ein; oder setze SPACE_DATA_DIR auf einen anderen Ordner und melde dich dort an
hint-not-writable = mache es für dich beschreibbar: chmod -R u+rwX { $folder }
hint-copy-busy = warte auf das andere Programm oder beende es, und wiederhole dies
hint-copy-newer = nimm diese Version oder eine spätere; hier muss nichts entfernt werden
text-kept = dein Text liegt in { $file }
sync-set-aside =
    { $count ->
        [one] Eine Zeile vom Server war nicht zu lesen und liegt beiseite; siehe: space doctor
       *[other] { $count } Zeilen vom Server waren nicht zu lesen und liegen beiseite; siehe: space doctor
    }
sync-not-wiped = was zurückgezogen wurde, ist noch nicht aus der Datei getilgt: { $why }
doctor-feed = Feed
doctor-feed-value =
    { $count ->
        [one] eine Zeile war nicht zu lesen: { $first }
       *[other] { $count } Zeilen waren nicht zu lesen, etwa { $first }
    }
doctor-feed-fix = aktualisiere space: die Zeilen liegen beiseite, und eine spätere Version liest sie noch einmal
fail-screen = der Bildschirm ist gescheitert
fail-no-words = es gibt nichts zu suchen
fail-no-text = es gibt keinen Text und kein Terminal, um ihn zu schreiben
fail-no-password = die erste Zeile der Passwortdatei ist leer
fail-password = das Passwort kann nicht geändert werden
fail-passwords-differ = die beiden neuen Passwörter sind verschieden
fail-two-passwords = die Passwortdatei braucht zwei Zeilen: das jetzige Passwort, dann das neue
fail-sessions = die Anmeldungen können nicht aufgelistet oder beendet werden
fail-nobody-to-ask = es gibt kein Terminal, um zu fragen
why-nobody-there = unter { $server } antwortet nichts
why-no-such-name = der Name in { $server } führt zu keinem Server, oder das Netz fehlt
why-timed-out = { $server } hat nicht rechtzeitig geantwortet
why-unreachable = { $server } ist nicht erreichbar ({ $why })

# Was man versuchen kann.
hint-login = melde dich an mit: space login SERVER
hint-auth-status = wo nach Token gesucht wird, zeigt: space auth status
hint-device = beginne von vorn mit demselben Befehl
hint-password = melde dich mit einem Passwort an: füge --password hinzu
hint-no-keyring = um es unverschlüsselt in einer Datei aufzubewahren, die nur du lesen kannst, füge --insecure-storage hinzu; oder gib ein Token mit SPACE_TOKEN
hint-first-login = beginne mit: space login SERVER (oder space login --guest SERVER, um nur zu lesen)
hint-known-profiles = nimm mit --profile NAME eines, das es gibt ({ $names }), oder beginne mit: space login SERVER
hint-server = prüfe die Adresse, und ob der Server läuft; hier wurde nichts geändert
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
tag-sent = Die Schlagwörter sind geändert.
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
cli-profile = Profil: ein Server, wer du dort bist, und die lokale Kopie; ohne Angabe das von "space auth switch"
cli-color = Wann Farben benutzt werden; NO_COLOR wird beachtet
cli-data-dir = Ordner der lokalen Kopien und Tokens
cli-config-dir = Ordner der Profile
cli-token-fd = Nummer einer offenen Datei oder Pipe mit dem Token in der ersten Zeile, 0 für die Standardeingabe; auch SPACE_TOKEN und SPACE_TOKEN_FILE
cli-exit = Rückgabewerte:
cli-exit-failed = gescheitert
cli-exit-usage = die Befehlszeile ergibt keinen Sinn
cli-exit-denied = nicht angemeldet, oder nicht erlaubt
cli-exit-not-found = so etwas gibt es nicht
cli-exit-offline = der Server wird gebraucht und antwortet nicht
cli-tui = Öffnet den Bildschirm (wie ohne Befehl)
cli-login = Meldet dich bei einem Server an und kopiert, was du lesen darfst
cli-login-long =
    Auf einem Terminal zeigt es einen Code, den du in irgendeinem Browser auf irgendeinem Gerät in eine Seite des Servers
    tippst; so geht es auch über SSH, und kein Passwort kommt diesem Programm nahe. Mit --password oder --name fragt es
    stattdessen nach einem Passwort.

    Das Token wird im Schlüsselbund des Systems aufbewahrt. Wo es keinen gibt, legt --insecure-storage es unverschlüsselt
    in eine Datei, die nur du lesen kannst. Mit --guest liest du ohne Konto, was allen offensteht.
cli-login-server = Adresse des Servers, etwa https://space.example.org
cli-login-name = Dein Name dort; sonst wird gefragt
cli-login-password = Nach Name und Passwort fragen, statt einen Code zu zeigen
cli-login-insecure-storage = Das Token unverschlüsselt in einer Datei aufbewahren, die nur du lesen kannst, statt im Schlüsselbund
cli-login-password-file = Datei mit dem Passwort in der ersten Zeile, - für die Standardeingabe; sonst wird gefragt, ohne es zu zeigen
cli-login-guest = Ohne Konto lesen
cli-login-allow-plain-http = http:// zu einer anderen Maschine erlauben: alles, auch das Token, geht unverschlüsselt
cli-login-window = Wie weit die örtliche Kopie zurückreicht: 90d, 1000topics oder whole; ohne Angabe whole
cli-logout = Meldet dich ab: beendet das Token und entfernt die lokale Kopie
cli-logout-discard-unsent = Auch abmelden, wenn noch etwas nicht gesendet ist; es geht verloren
cli-password = Ändert dein Passwort
cli-password-password-file = Datei mit dem jetzigen Passwort in der ersten und dem neuen in der zweiten Zeile, - für die Standardeingabe; fehlt sie, wird gefragt, ohne sie zu zeigen
cli-password-sign-out = Auch alle deine anderen Anmeldungen und Token beenden
cli-sessions = Listet deine Anmeldungen und Token auf und beendet sie
cli-sessions-end = Die mit dieser Nummer beenden; mehrmals möglich
cli-sessions-end-others = Alle beenden bis auf die, die dieser Befehl benutzt
cli-sessions-json = Ein JSON-Objekt je Zeile ausgeben
cli-auth = Zeigt und ändert, wer du bist: Profile, und wo ihre Token sind
cli-auth-long =
    Ein Token wird in dieser Reihenfolge gesucht: SPACE_TOKEN; SPACE_TOKEN_FILE; --token-fd; der Befehl in
    SPACE_TOKEN_COMMAND oder in token_command der Konfiguration, der es ausgibt; eine Datei, um die mit --insecure-storage
    gebeten wurde; der Schlüsselbund des Systems (SPACE_KEYRING=off lässt ihn in Ruhe). Eines, das für einen Lauf angegeben
    wird, gilt für diesen Lauf und wird nirgends aufbewahrt.
cli-auth-status = Sagt, wo das Token des Profils ist, warum nicht anderswo, und was zu tun ist
cli-auth-status-json = Ein JSON-Dokument ausgeben
cli-auth-list = Listet die Profile auf
cli-auth-list-json = Ein JSON-Dokument ausgeben
cli-auth-switch = Benutzt von nun an ein anderes Profil, wenn keines genannt ist
cli-auth-switch-name = Das Profil
cli-sync = Sendet, was wartet, und liest, was neu ist
cli-sync-window = Wie weit die örtliche Kopie von nun an zurückreicht: 90d, 1000topics oder whole
cli-sync-json = Das Ergebnis als JSON ausgeben, den Fortschritt als Zeilen JSON auf der Standardfehlerausgabe
cli-topics = Listet Themen, zuletzt bewegte zuerst
cli-topics-category = Nur diese Kategorie und die darunter
cli-topics-tag = Nur Themen mit diesem Schlagwort
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
cli-tag = Gibt einem Thema Schlagwörter und nimmt ihm welche, oder nennt die, die es hat
cli-tag-long = Die Änderung wird eingereiht und gleich gesendet, wenn der Server antwortet. Was andere inzwischen ändern, bleibt.
cli-tag-target = Die Nummer eines Themas
cli-tag-change = +SCHLAGWORT fügt eines hinzu, -SCHLAGWORT nimmt eines weg
cli-tag-json = Als JSON ausgeben, was daraus wurde, oder die Schlagwörter
cli-tags = Listet Schlagwörter und wie viele Themen jedes haben
cli-tags-json = Ein JSON-Dokument je Zeile ausgeben
cli-read = Gibt ein Thema aus
cli-read-target = Nummer eines Themas, oder eines Beitrags, bei dem begonnen wird
cli-read-from = Stelle im Thema, an der begonnen wird: 1 ist der erste Beitrag
cli-read-json = Ein JSON-Dokument ausgeben: das Thema und seine Beiträge
cli-read-hidden = Zeigt der Moderation, was verborgene Beiträge sagen und wer sie verbarg
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
cli-start-tag = Ein Schlagwort dafür; mehrmals möglich
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

# Konfigurationsdateien: was an ihnen falsch ist.
config-error = Fehler
config-warning = Warnung
config-near = gemeint vielleicht: { $word }
config-allowed = erlaubt: { $words }
config-syntax = das ist kein TOML: { $why }
config-not-text = das ist kein Text in UTF-8
config-not-text-todo = die Datei im Editor als UTF-8 speichern
config-unreadable = diese Datei ist nicht lesbar: { $why }
config-unknown-setting = es gibt keine Einstellung „{ $word }“
config-unknown-setting-in = es gibt keine Einstellung „{ $word }“ in [{ $section }]
config-unknown-section = es gibt keinen Abschnitt [{ $word }]
config-unknown-token = es gibt kein Merkmal „{ $word }“
config-unknown-place = es gibt keinen Ort „{ $word }“
config-unknown-command = es gibt hier keinen Befehl „{ $word }“
config-unknown-key = „{ $word }“ ist keine Taste
config-wrong-kind = „{ $name }“ hat einen Wert der falschen Art
config-wrong-word = „{ $word }“ ist kein Wert für „{ $name }“
config-wrong-look = „{ $word }“ ist weder Farbe noch Schriftart für „{ $name }“
config-second-colour = „{ $name }“ hat eine Farbe zu viel: { $word }
config-no-ground = „{ $name }“ endet nach „on“
config-move-to = „{ $word }“ gehört unter [{ $section }]
config-move-to-top = „{ $word }“ gehört an den Anfang der Datei, über jeden [Abschnitt]
config-see-example = alle, und was sie bewirken: space config show --all
config-want-section = als Abschnitt schreiben: der Name in [Klammern] auf einer eigenen Zeile, was dazugehört darunter
config-want-bool = true oder false schreiben, ohne Anführungszeichen
config-want-text = einen Text in Anführungszeichen schreiben; soll nichts gesetzt sein, die Zeile entfernen
config-want-number = eine ganze Zahl von { $least } bis { $most }
config-want-time = eine Zeit von höchstens einer Minute schreiben, etwa "300ms" oder "3s"
config-want-theme = den Namen eines Farbschemas schreiben, etwa "dark", oder je eines: {"{"} light = "light", dark = "dark" {"}"}
config-want-look = Schriftarten und Farben schreiben, etwa "bold blue on white"; eine Farbe ist ein Name, "#rrggbb" oder eine Zahl von 0 bis 255
config-want-command = den Namen eines Befehls in Anführungszeichen schreiben, oder false, um die Tasten frei zu machen
config-key-outside = „{ $word }“ steht in keinem Abschnitt
config-key-outside-todo = Tasten gehören unter den Ort, an dem sie gelten sollen, etwa [everywhere]
config-not-here = „{ $word }“ ist hier nicht möglich, aber in: { $places }
config-same-key = ein Terminal kann { $word } nicht von { $same } unterscheiden: für es ist das dieselbe Taste
config-keys-apart = zwischen Tasten, die nacheinander gedrückt werden, steht ein Leerzeichen: "{ $keys }"
config-key-shift = den Buchstaben so schreiben, wie er mit Umschalt erscheint: "G", nicht "S-g"
config-key-near = gemeint vielleicht: { $word }
config-key-how = Tasten schreibt man wie j, G, <C-k>, <A-Up>, Space, Enter, F1; nacheinander: "g g"
config-too-many-keys = das sind mehr als { $most } Tasten nacheinander
config-keys-typed = { $word } wird hier in den Text getippt, diese Tasten tun also nie etwas
config-keys-typed-todo = nimm Tasten mit Ctrl oder Alt, oder F1 bis F12
config-keys-twice = diese Tasten sind schon in Zeile { $line } belegt
config-keys-twice-todo = eine der beiden Zeilen entfernen
config-keys-hidden = diese Tasten sind nie zu erreichen: Zeile { $line } belegt { $keys }, und das wirkt sofort
config-keys-hidden-todo = einer von beiden andere Tasten geben
config-keys-hidden-default = diese Tasten sind nie zu erreichen: { $keys } ist „{ $command }“ und wirkt sofort
config-keys-hide-default = { $keys } („{ $command }“) ist nicht mehr zu erreichen: diese Tasten wirken sofort
config-keys-hidden-default-todo = wird es nicht gebraucht, freimachen: "{ $keys }" = false
config-not-bound = { $keys } bewirkt hier ohnehin nichts
config-not-bound-todo = die Zeile entfernen
config-keys-hide = Zeile { $line } ({ $keys }) ist nie zu erreichen: diese Tasten wirken sofort
config-other-file = nichts liest diese Datei; gelesen wird { $word }
notice-as-it-is = { $detail }
notice-config =
    { $count ->
        [one] { $detail }; ganz zu sehen mit: space config check
       *[other] { $detail }; { $count } Fehler, zu sehen mit: space config check
    }
fail-config =
    { $count ->
        [one] in der Konfiguration ist ein Fehler
       *[other] in der Konfiguration sind { $count } Fehler
    }
fail-config-exists = { $file } gibt es schon
hint-config-exists = zuerst entfernen, oder in einen anderen Ordner schreiben: --config-dir ORDNER
config-fine = In { $folder } ist alles richtig.
config-warnings =
    { $count ->
        [one] Eine Warnung, keine Fehler.
       *[other] { $count } Warnungen, keine Fehler.
    }
config-written = Geschrieben: { $file }
config-file-absent = nicht da
config-file-used = benutzt
config-file-not-used = nicht benutzt: sie hat Fehler

# Einstellungen: wozu jede da ist. Sie stehen im Beispiel und im Schema.
example-config =
    Die Einstellungen des Terminalprogramms. Jede Zeile mit einer Einstellung ist auskommentiert und zeigt, was ohnehin gilt.
    Die Datei prüfen: space config check
example-keys =
    Tasten des Terminalprogramms. Jede Zeile ist auskommentiert und zeigt, was ohnehin gilt.
    Tasten schreibt man wie j, G, <C-k>, <A-Up>, Space; nacheinander: "g g". Dazu gehört der Name eines Befehls, oder false, um sie frei zu machen.
    Tasten an einem Ort gehen denselben Tasten überall vor. Die Vorgabe "arrows" hat keine Buchstaben, die bewegen.
    Die Datei prüfen: space config check
example-theme =
    Ein eigenes Farbschema: es ändert, was hier steht, in dem, das es mit „inherits“ nennt; ohne „inherits“ in dem, das sonst gilt.
    Ein Aussehen hat Schriftarten (bold, dim, italic, underline, reverse), eine Farbe, und mit „on“ die Farbe dahinter. Farben sind die sechzehn des Terminals mit Namen (black, red, green, yellow, blue, magenta, cyan, white, und jede mit bright-), "default", "#rrggbb", oder eine Zahl von 0 bis 255; benutzt wird die nächste, die das Terminal hat.
example-theme-tokens = Auf jedem Hintergrund. Die Zeilen zeigen das Farbschema „dark“.
example-theme-light = Nur auf hellem Hintergrund; geschrieben wie oben.
example-theme-dark = Nur auf dunklem Hintergrund; geschrieben wie oben.
setting-language = Die Sprache der Oberfläche; "auto" nimmt sie aus LC_ALL, LC_MESSAGES oder LANG.
setting-profile = Das Profil, wenn --profile und SPACE_PROFILE keines nennen; "default", wenn auch hier keines steht.
setting-theme = Wie es aussieht; "auto" ist "light" oder "dark", so wie das Terminal ist. Je eines: {"{"} light = "high-contrast-light", dark = "high-contrast" {"}"}
setting-color = Wann Farben benutzt werden; --color geht vor, und dies geht NO_COLOR und CLICOLOR_FORCE vor.
setting-dates = Wie Zeiten gezeigt werden: wie lange es her ist, oder als Datum.
setting-editor = Womit lange Texte geschrieben werden; sonst VISUAL, dann EDITOR, dann vi. Optionen sind möglich: "code --wait".
setting-token-command = Ein Befehl, der das Token ausgibt, damit es sonst nirgends liegt.
setting-images = Wie Bilder gezeigt werden; "halfblocks" kann jedes Terminal, "off" zeigt ihre Beschreibung.
setting-bidi = Wer Text von rechts nach links ordnet: "app" für die meisten Terminals, "terminal" für die, die es selbst tun.
setting-mouse = Ob die Maus benutzt wird. Text auszuwählen braucht dann in den meisten Terminals Umschalt.
setting-which-key = Wie lange nach der ersten von mehreren Tasten gewartet wird, bis die möglichen nächsten erscheinen; "0s" zeigt sie sofort.
setting-read-mark = Wann ein Beitrag als gelesen gilt: wenn er eine Weile zu sehen war, oder beim Verlassen seines Themas.
setting-read-after = Wie lange ein Beitrag zu sehen sein muss, um als gelesen zu gelten.
setting-layout-nav-width = Spalten des Baums der Kategorien; je nach Fenster, wenn nichts gesetzt ist.
setting-layout-list-width = Spalten der Themenliste neben einem Thema, die dann kommt, sobald sie so viele hat; je nach Fenster, wenn nichts gesetzt ist.
setting-layout-measure = Spalten einer Zeile eines Beitrags, höchstens; 100, wenn nichts gesetzt ist. Bei weniger steht die Liste schon in einem schmaleren Fenster neben dem Thema.
token-screen = Alles, wofür unten kein Aussehen steht.
token-bar = Die erste und die letzte Zeile: wo und wer man ist.
token-selection = Die Zeile, auf der man ist.
token-border = Rahmen, und Linien zwischen Teilen.
token-text = Text.
token-quiet = Text von weniger Gewicht: Zahlen, Zeiten, Hinweise.
token-title = Der Titel eines Themas.
token-heading = Eine Überschrift.
token-author = Ein Name.
token-own = Der eigene Name.
token-mention = Ein erwähntes Mitglied.
token-id = Eine Nummer, die man eintippen kann.
token-category = Eine Kategorie.
token-unread = Sagt, dass etwas ungelesen ist.
token-badge = Ein kurzes Wort, das etwas kennzeichnet.
token-link = Ein Verweis.
token-quote = Was jemand zitiert.
token-code = Code.
token-code-keyword = Code: ein Wort der Sprache.
token-code-string = Code: ein Text.
token-code-comment = Code: ein Kommentar.
token-code-number = Code: eine Zahl.
token-code-name = Code: eine Funktion oder ein Typ.
token-search-hit = Was gesucht wurde, wo es gefunden wurde.
token-key = Eine Taste.
token-queued = Etwas wartet darauf, gesendet zu werden.
token-warning = Etwas braucht Aufmerksamkeit.
token-error = Etwas ist misslungen.

# Der Arzt.
doctor-ok = gut
doctor-warning = Warnung
doctor-problem = Problem
doctor-summary-fine = Alles ist in Ordnung.
doctor-summary = Probleme: { $problems }, Warnungen: { $warnings }
doctor-terminal = Terminal
doctor-no-terminal = keines: die Ausgabe geht anderswohin
doctor-no-term-fix = TERM auf das eigene Terminal setzen; die meisten verstehen: TERM=xterm-256color
doctor-size = Größe
doctor-size-value = { $columns } Spalten, { $rows } Zeilen
doctor-size-fix = das Fenster mindestens { $columns } Spalten breit und { $rows } Zeilen hoch machen
doctor-colours = Farben
doctor-colours-value = { $count }
doctor-colours-none = keine ({ $why })
doctor-background = Hintergrund
doctor-background-dark = dunkel ({ $why })
doctor-background-light = hell ({ $why })
doctor-background-asked = das sagt das Terminal
doctor-background-guess = geraten: das Terminal sagt es nicht
doctor-background-fix = wenn das nicht stimmt, ein Farbschema wählen: space config init, dann theme = "light" in config.toml
doctor-theme = Farbschema
doctor-width = breite Zeichen
doctor-width-fine = so breit, wie wir annehmen
doctor-width-differs = das Terminal gibt { $text } { $theirs } Spalten, wir { $ours }
doctor-width-fix = Zeilen mit solchen Zeichen können verschoben sein; ein neueres Terminal oder eine andere Schrift kann helfen
doctor-width-unknown = das Terminal sagt es nicht
doctor-keyboard = Tastatur
doctor-keyboard-full = unterscheidet alle Tasten (Kitty-Protokoll)
doctor-keyboard-plain = wie seit jeher: Ctrl-i ist Tab, Ctrl-m ist Enter
doctor-images = Bilder
doctor-images-off = aus, wie eingestellt
doctor-multiplexer = innerhalb von
doctor-multiplexer-fix = für alle Farben in tmux: set -as terminal-features ",*:RGB"
doctor-language = Sprache
doctor-language-value = { $language } ({ $why })
doctor-utf8-fix = die Locale ist nicht UTF-8, Texte können falsch erscheinen; LANG setzen, etwa: LANG=C.UTF-8
doctor-editor = Editor
doctor-editor-fix = { $editor } ist nicht zu finden; EDITOR setzen, oder editor in config.toml
doctor-folder = Konfiguration
doctor-folder-problems = { $errors } Fehler, { $warnings } Warnungen
doctor-folder-fix = zu sehen mit: space config check
doctor-profile = Profil
doctor-profile-fix = anfangen mit: space login SERVER
doctor-profile-open = andere können diesen Ordner lesen: { $folder }
doctor-profile-open-fix = schließen: chmod 700 { $folder }
doctor-copy = lokale Kopie
doctor-copy-value = { $size }, { $topics } Themen, { $posts } Beiträge
doctor-copy-absent = noch keine
doctor-copy-fix = neu anlegen: space logout, dann space login; Ungesendetes ginge verloren, also zuerst ansehen: space outbox
doctor-outbox = Postausgang
doctor-token = Token
doctor-token-none = zum Lesen als Gast ist keines nötig
doctor-token-value = in { $place }
doctor-token-fix = anmelden mit: space login
doctor-token-plain-fix = dort ist es nicht verschlüsselt: mit einem Schlüsselbund neu anmelden mit: space login
doctor-server = Server
doctor-server-value = { $server } antwortet in { $millis } ms (Version { $version })
doctor-server-silent = { $server } antwortet nicht
doctor-server-fix = { $why }; Lesen und Schreiben gehen auch ohne ihn
doctor-clock = Uhr
doctor-clock-value = { $seconds } s neben der des Servers
doctor-clock-fix = die Uhr dieses Rechners stellen: gezeigte Zeiten wären falsch
cli-config = Prüft und zeigt Konfigurationsdateien und legt sie an
cli-config-check = Sagt alles, was an den Konfigurationsdateien falsch ist
cli-config-check-json = Ein JSON-Dokument je Zeile ausgeben
cli-config-show = Gibt aus, was eingestellt ist
cli-config-show-all = Das kommentierte Beispiel mit allem ausgeben, was sich einstellen lässt
cli-config-show-file = Welche Datei
cli-config-path = Gibt aus, wo die Dateien sind
cli-config-schema = Gibt das JSON-Schema einer Datei aus, für Editoren
cli-config-schema-file = Welche Datei
cli-config-init = Schreibt kommentierte Dateien für den Anfang
cli-config-init-long = Dateien, die es schon gibt, bleiben, wie sie sind. Alles darin ist auskommentiert: nichts ändert sich, bis man etwas ändert.
cli-doctor = Sucht, was an Terminal, Konfiguration, lokaler Kopie und Server nicht stimmt, und sagt, was hilft
cli-doctor-json = Ein JSON-Dokument ausgeben
cli-doctor-offline = Weder das Terminal noch den Server etwas fragen

# Lesezeichen, Listen von Mitgliedern und das Beliebteste einer Zeit.
list-bookmarks = Lesezeichen
period-week = diese Woche
period-month = 30 Tage
period-year = ein Jahr
command-liked-week = diese Woche
command-liked-week-help = Zeigt die beliebtesten Themen, in denen in den letzten 7 Tagen etwas geschah
command-liked-month = 30 Tage
command-liked-month-help = Zeigt die beliebtesten Themen, in denen in den letzten 30 Tagen etwas geschah
command-liked-year = ein Jahr
command-liked-year-help = Zeigt die beliebtesten Themen, in denen in den letzten 365 Tagen etwas geschah
command-liked-ever = jemals
command-liked-ever-help = Zeigt die beliebtesten Themen aller Zeiten
command-bookmarks = Lesezeichen
command-bookmarks-help = Zeigt Themen mit einem Lesezeichen von dir, das neueste zuerst
command-wrote = wer das schrieb
command-wrote-help = Zeigt die Themen der Person, die den Beitrag schrieb; dort alle ihre Beiträge
command-bookmark = Lesezeichen
command-bookmark-help = Setzt ein Lesezeichen in das Thema oder den Beitrag, oder entfernt es
command-bookmark-note = Notiz
command-bookmark-note-help = Setzt dort ein Lesezeichen mit einer Notiz
disabled-no-bookmarks = Gäste haben keine Lesezeichen: melde dich erst an: space login
disabled-no-member = Diese Liste gehört niemandem: gehe erst zu einem Beitrag des Mitglieds
notice-bookmarked = Lesezeichen gesetzt. Rückgängig nimmt es zurück.
notice-no-bookmark = Lesezeichen entfernt. Rückgängig setzt es wieder.
note-prompt = Notiz:
note-hint = was du dir dazu merken willst; darf leer bleiben
tags-prompt = Schlagwörter:
tags-hint = Wörter mit Leerzeichen dazwischen, wie wiki anleitung; darf leer bleiben

# Meldungen, und was die Moderation damit macht.
reason-talk = mit dem Verfasser reden
reason-off-topic = gehört nicht hierher
reason-inappropriate = unangemessen
reason-spam = Werbung oder Vandalismus
reason-illegal = gegen das Gesetz
reason-other = etwas anderes
report-sent = Vertraulich gemeldet: die Moderation sieht, was du gesagt hast, und nicht, dass du es warst.
report-queued = Wartet als { $id }. Es geht vor allem anderen, sobald der Server antwortet.
report-waits = Wartet als { $id }: { $why }
reports-none = Es gibt keine offenen Meldungen.
reports-hidden = verborgen
reports-gone = entfernt
hide-done = { $id } ist verborgen: nur die Moderation sieht den Text.
restore-done = { $id } wird wieder gezeigt, wie es war.
decide-hidden = { $id } ist verborgen.
decide-still-hidden = { $id } bleibt verborgen. Um es wieder zu zeigen: space restore { $number }
decide-shown-again = { $id } wird wieder gezeigt, wie es war.
decide-shown = { $id } wird gezeigt.
decide-still-shown = { $id } wird noch gezeigt. Um es zu verbergen: space hide { $number }
case-own-report = Du hast diesen Beitrag selbst gemeldet. Du darfst entscheiden, weil es sonst niemand in der Moderation kann.
case-corrected = seither berichtigt
hidden-by = verborgen von { $name } · { $age }
hidden-restored = wieder gezeigt von { $name } · { $age }
fail-talk = mit dem Verfasser zu reden ist keine Meldung
fail-needs-comment = dieser Grund allein sagt nicht, was nicht stimmt
fail-comment = die Bemerkung lässt sich nicht senden
fail-clause = das ist keine Nummer einer Regel
fail-reports = die Meldungen lassen sich nicht lesen
fail-hide = der Beitrag wurde nicht verborgen
fail-restore = der Beitrag wurde nicht wieder gezeigt
fail-decide = der Fall wurde nicht entschieden
fail-read-hidden = der verborgene Text kann nicht gelesen werden
hint-talk = antworte: space reply { $id }
hint-needs-comment = sag es mit eigenen Worten: --comment TEXT
hint-staff = das dürfen Eigentümer, Verwalter und Moderatoren; um ihnen einen Beitrag zu melden: space report POST REASON
hint-own-post = es geht um einen Beitrag von dir, also muss jemand anderes entscheiden
hint-decided = was entschieden wurde, zeigt: space reports --all; um es zu berichtigen: space decide CASE OUTCOME --correct
hint-case-open = lass --correct weg
hint-moderate-not-found = sieh nach der Nummer: space reports listet Fälle, space read zeigt die Nummern der Beiträge
cli-report = Meldet der Moderation einen Beitrag, vertraulich
cli-report-long = Nur die Moderation sieht eine Meldung, und sie sieht nicht, von wem sie ist. Sie wird vor allem anderen eingereiht und gleich gesendet, wenn der Server antwortet; danach bleibt nichts davon auf diesem Rechner.
cli-report-target = Nummer des Beitrags; ein Thema steht für seinen ersten Beitrag
cli-report-reason = Warum; "illegal" und "other" brauchen eine Bemerkung
cli-report-comment = Was nicht stimmt, mit eigenen Worten
cli-report-json = Als JSON ausgeben, was daraus wurde
cli-reports = Listet Gemeldetes, am längsten Wartendes zuerst; für die Moderation
cli-reports-long = Jeder Fall hat alle Meldungen eines Beitrags, und was dort damals stand, was auch immer daraus wurde. Wer gemeldet hat, steht nirgends darin, und Fälle zu eigenen Beiträgen fehlen.
cli-reports-all = Auch bereits Entschiedenes
cli-reports-json = Je Zeile ein JSON-Dokument
cli-hide = Verbirgt einen Beitrag: alle sehen, dass er da ist, und nur die Moderation, was er sagt
cli-hide-post = Nummer des Beitrags
cli-hide-clause = Nummer der Regel im Verhaltenskodex, gegen die er verstößt, etwa 2.1
cli-hide-note = Was andere in der Moderation wissen sollten
cli-hide-json = Ein JSON-Dokument ausgeben
cli-restore = Zeigt einen verborgenen Beitrag wieder, wie er war
cli-restore-post = Nummer des Beitrags
cli-restore-json = Ein JSON-Dokument ausgeben
cli-decide = Entscheidet einen Fall aus "space reports"
cli-decide-long = "agree" sagt, dass die Meldungen recht haben, "disagree", dass der Beitrag bleiben darf, "ignore", dass nichts zu tun ist. "disagree" zeigt einen verborgenen Beitrag wieder. War jemand schneller, geschieht nichts, und das wird gesagt.
cli-decide-case = Nummer des Falls
cli-decide-outcome = Was entschieden wird
cli-decide-clause = Nummer der Regel im Verhaltenskodex, auf der es beruht, etwa 2.1
cli-decide-note = Warum, in Worten
cli-decide-hide = Verbirgt auch den Beitrag; gehört zu "agree"
cli-decide-keep-hidden = Lässt einen verborgenen Beitrag verborgen; gehört zu "disagree"
cli-decide-correct = Berichtigt eine Entscheidung; die frühere bleibt im Fall
cli-decide-revision = Der Stand des Falls, der angesehen wurde; sonst der jetzige
cli-decide-json = Den Fall als ein JSON-Dokument ausgeben
report-title = Was stimmt mit diesem Beitrag nicht? Nur die Moderation sieht es.
report-prompt = { $why }:
report-hint = was dazu zu sagen ist; darf leer bleiben
report-hint-needed = was nicht stimmt, mit eigenen Worten
notice-reported = Deine Meldung wartet, vor allem anderen. Die Moderation sieht nicht, dass sie von dir ist.
notice-tagged = Die Änderung der Schlagwörter wartet.
notice-talk = Private Nachrichten gibt es noch nicht: was du hier schreibst, können alle lesen.
disabled-no-report = Zum Melden melde dich erst an: space login
command-report = melden
command-report-help = Meldet den Beitrag der Moderation, vertraulich
command-tag-topic = verschlagworten
command-tag-topic-help = Ändert die Schlagwörter des Themas
disabled-own-report = Dieser Beitrag ist dein eigener; du kannst ihn bearbeiten
