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

# Hilfe und Befehle.
help-title = Tasten
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
command-unread = ungelesen/neu
command-unread-help = Zeigt nur ungelesene Themen, dann nur neue, dann alle
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

# Mitteilungen.
notice-queued = Deine Antwort wartet und wird gesendet, sobald der Server antwortet.
notice-sent = Deine Antwort ist gesendet.
notice-refused = Der Server hat etwas abgelehnt, das du geschrieben hast; siehe: space outbox
notice-cancelled = Es wurde nichts geschrieben, also wird nichts gesendet.
notice-editor = Dein Editor ist gescheitert: { $detail }
notice-not-written = Das konnte nicht aufgeschrieben werden: { $detail }
notice-failed = Das konnte nicht gelesen werden: { $detail }
notice-all-read = Du hast alles gelesen.
notice-syncing = Der Server wird gefragt…

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
hint-login = melde dich an mit: space login SERVER
hint-auth-status = wo nach Token gesucht wird, zeigt: space auth status
hint-device = beginne von vorn mit demselben Befehl
hint-password = melde dich mit einem Passwort an: füge --password hinzu
hint-no-keyring = um es unverschlüsselt in einer Datei aufzubewahren, die nur du lesen kannst, füge --insecure-storage hinzu; oder gib ein Token mit SPACE_TOKEN
hint-first-login = beginne mit: space login SERVER (oder space login --guest SERVER, um nur zu lesen)
hint-offline = prüfe das Netz und versuche es noch einmal; Lesen und Schreiben gehen auch ohne Server
hint-plain-http = nimm https://, oder --allow-plain-http in einem Netz, dem du traust
hint-other-profile = nimm ein anderes: --profile NAME, oder melde dich hier erst ab: space logout
hint-sync = lies, was neu ist, mit: space sync
hint-unsent = sende es mit: space sync; oder wirf es weg mit: space logout --discard-unsent
hint-refused = sieh es an mit: space outbox; dann: space outbox retry { $id }, oder: space outbox discard { $id }
hint-no-terminal = für Skripte gibt es Befehle wie: space topics --json
hint-no-words = nenne wenigstens ein Wort: space search WÖRTER
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
cli-logout = Meldet dich ab: beendet das Token und entfernt die lokale Kopie
cli-logout-discard-unsent = Auch abmelden, wenn noch etwas nicht gesendet ist; es geht verloren
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
cli-topics = Listet Themen, zuletzt bewegte zuerst
cli-topics-category = Nur diese Kategorie und die darunter
cli-topics-limit = Wie viele höchstens
cli-topics-unread = Nur Themen, die du gelesen hast und die neuere Beiträge haben
cli-topics-new = Nur Themen, die du nie geöffnet hast
cli-topics-json = Ein JSON-Dokument je Zeile ausgeben
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
cli-search-long = Alle Wörter müssen vorkommen; das letzte darf ein Wortanfang sein. „"Wendungen"“ und -Wörter, die nicht vorkommen dürfen, gehen auch; davor gehört --.
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
