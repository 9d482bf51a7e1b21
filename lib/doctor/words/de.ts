import type { DoctorWords } from './words.ts'

export const de: DoctorWords = {
  locale: 'de',
  title: 'Doctor',
  lead: 'Hier wird ausprobiert, was ein Upload braucht: in diesem Browser, in dieser Umgebung und in diesem Netz. Über Sie wird nichts gelesen, und eine Datei, die Sie hier auswählen, wird nicht gesendet.',
  busy: {
    what: 'Von diesem Netz kommen gerade zu viele Aufrufe.',
    mend: 'Warten Sie eine Minute und laden Sie die Seite dann neu.',
  },
  notStarted: {
    what: 'Das Skript dieser Seite läuft hier nicht.',
    mend: 'Auch die Upload-Seite würde nicht laufen. Entweder ist der Browser oder die WebView zu alt (nötig sind Safari 15.4, Chrome 90, Edge 90 oder Firefox 91), oder etwas blockiert Skripte von dieser Adresse. Aktualisieren Sie ihn, erlauben Sie Skripte, oder öffnen Sie die Seite in einem anderen Browser.',
  },
  noScript: {
    what: 'Skripte sind hier ausgeschaltet.',
    mend: 'Die Upload-Seite braucht sie. Rufen Sie in einer Android-WebView setJavaScriptEnabled(true) auf. Ergänzen Sie bei einem Frame allow-scripts im Attribut sandbox.',
  },
  script: {
    trying: 'Wird ausprobiert …',
    summary: {
      fails: {
        one: 'Eines muss sich ändern, damit Uploads hier funktionieren.',
        other: '{n} Dinge müssen sich ändern, damit Uploads hier funktionieren.',
      },
      fallsBack: {
        one: 'Uploads funktionieren hier. Eines könnte besser sein.',
        other: 'Uploads funktionieren hier. {n} Dinge könnten besser sein.',
      },
      works: 'Uploads funktionieren hier.',
    },
    noAnswer: 'keine Antwort',
    status: 'Status {status}',
  },
  levels: {
    works: 'Funktioniert',
    falls_back: 'Geht auf anderem Weg',
    fails: 'Muss geändert werden',
    untried: 'Nicht ausprobiert',
  },
  chooser: {
    title: 'Dateiauswahl ausprobieren',
    text: 'Wählen Sie irgendeine Datei aus, am besten eine aus einer Cloud wie Google Drive oder iCloud. Sie wird hier gelesen und nicht gesendet.',
    button: 'Datei auswählen',
  },
  keep: {
    title: 'Das Ergebnis den Betreibern dieses Dienstes zeigen',
    text: 'Sie sehen es in ihrer Konsole unter Doctor, mit dem Code, den Sie hier bekommen. Es enthält, was auf dieser Seite steht, und den Namen des Browsers, und wird nach einem Tag gelöscht.',
    button: 'Code anfordern',
    failed: 'Das Ergebnis konnte nicht gespeichert werden. Versuchen Sie es in einer Minute noch einmal.',
  },
  checks: {
    address: {
      title: 'Adresse',
      findings: {
        right: 'Die Seite wurde unter der Adresse geöffnet, die auch in den Links steht.',
        elsewhere: [
          'Die Seite wurde unter einer anderen Adresse geöffnet, als in den Links steht.',
          'Verwenden Sie Links so, wie die API sie liefert, und schreiben Sie den Host nicht um.',
        ],
      },
    },
    surroundings: {
      title: 'Umgebung',
      findings: {
        window: 'Die Seite hat ein eigenes Fenster.',
        frame: 'Die Seite steht in einem Frame einer anderen Seite und kann dort arbeiten.',
        app: 'Die Seite läuft in einer App.',
        sandbox: [
          'Die Seite steht in einer Sandbox ohne eigenen Ursprung und darf deshalb ihren eigenen Server nicht erreichen.',
          'Ergänzen Sie allow-same-origin im Attribut sandbox des Frames und in einer Content-Security-Policy: sandbox der umgebenden Seite. embed.js setzt die richtigen Attribute.',
        ],
      },
    },
    scripts: {
      title: 'Skripte',
      findings: {
        current: 'Der Browser kann alles, was die Upload-Seite braucht.',
        old: [
          'Dem Browser fehlen Schnittstellen, die die Upload-Seite braucht: {figure}.',
          'Aktualisieren Sie den Browser oder die WebView. Die Seite „Browsers“ der Dokumentation nennt die ältesten, die funktionieren.',
        ],
      },
    },
    connection: {
      title: 'https',
      findings: {
        secure: 'Die Verbindung gilt als sicher.',
        insecure: [
          'Die Verbindung ist unverschlüsselt (http). Der Browser gibt deshalb einige Funktionen nicht frei.',
          'Stellen Sie https vor den Dienst, und tragen Sie diese Adresse in PUBLIC_URL ein.',
        ],
      },
    },
    chooser: {
      title: 'Dateiauswahl',
      findings: {
        untried: 'Es wurde noch keine Datei ausgewählt.',
        opened: 'Die Dateiauswahl öffnet sich.',
        silent: [
          'Die Dateiauswahl hat sich nicht geöffnet.',
          'Implementieren Sie in einer Android-WebView onShowFileChooser. Bieten Sie in der App einer anderen Firma den Link stattdessen im Browser an.',
        ],
      },
    },
    file: {
      title: 'Datei lesen',
      findings: {
        untried: 'Es wurde noch keine Datei ausgewählt. Am meisten zeigt eine, die in einer Cloud liegt.',
        read: 'Die ausgewählte Datei lässt sich vom ersten bis zum letzten Byte lesen.',
        unreadable: [
          'Die ausgewählte Datei lässt sich nicht lesen. Vielleicht liegt sie noch in einer Cloud oder hat sich inzwischen geändert.',
          'Laden Sie die Datei zuerst auf das Gerät, und wählen Sie sie dann noch einmal aus.',
        ],
      },
    },
    inflate: {
      title: 'Archive öffnen',
      findings: {
        built_in: 'Der Browser kann ZIP-Archive selbst öffnen (DecompressionStream).',
        loaded:
          'Der Browser hat keinen DecompressionStream. Die Upload-Seite lädt eigenen Code, um Archive zu öffnen.',
      },
    },
    digest: {
      title: 'Prüfsumme',
      findings: {
        built_in: 'Der Browser berechnet Prüfsummen selbst (SubtleCrypto).',
        own: [
          'Der Browser bietet hier kein SubtleCrypto. Die Upload-Seite berechnet Prüfsummen selbst, nur langsamer.',
          'Liefern Sie die Seite über https aus.',
        ],
      },
    },
    worker: {
      title: 'Hintergrund-Thread',
      findings: {
        runs: 'Dateien können in einem eigenen Thread gelesen werden.',
        refused:
          'Hier startet kein Hintergrund-Thread. Die Upload-Seite liest die Datei selbst und kann dabei stocken.',
      },
    },
    storage: {
      title: 'Speicher',
      findings: {
        available: 'Der Browser-Speicher ist verfügbar. Die Upload-Seite legt nichts darin ab.',
        refused:
          'Der Browser verweigert hier den Speicher. Das ändert nichts: Die Upload-Seite legt nichts darin ab.',
      },
    },
    clock: {
      title: 'Uhr',
      findings: {
        unknown: 'Die Uhren konnten nicht verglichen werden, weil der Server nicht geantwortet hat.',
        right: 'Die Uhr des Geräts und die des Servers stimmen überein.',
        wrong: [
          'Die Uhr des Geräts weicht ab: {figure}. Die Upload-Seite zählt nach der Uhr des Servers.',
          'Stellen Sie die Uhr des Geräts. Geht sie sehr falsch, funktioniert https nicht mehr.',
        ],
      },
    },
    methods: {
      title: 'Methoden',
      findings: {
        plain: 'HEAD und PATCH erreichen den Server.',
        in_header: [
          'PATCH oder HEAD erreicht den Server nicht ({figure}), ein POST mit genannter Methode aber schon.',
          'Lassen Sie HEAD und PATCH unterhalb von /api/upload/ durch Proxy und Firewall.',
        ],
        one_request: [
          'Anfragen zu einem begonnenen Upload erreichen den Server nicht ({figure}). Eine Datei wird in einer einzigen Anfrage gesendet und lässt sich nicht fortsetzen.',
          'Lassen Sie HEAD, PATCH und POST unterhalb von /api/upload/files/ durch Proxy und Firewall.',
        ],
        blocked: [
          'Keine Anfrage mit einer Datei erreicht den Server ({figure}).',
          'Etwas zwischen diesem Browser und dem Dienst lehnt Uploads ab. Lassen Sie HEAD, PATCH und POST unterhalb von /api/upload/ durch Proxy und Firewall, oder verwenden Sie ein anderes Netz.',
        ],
      },
    },
    bodies: {
      title: 'Größen',
      findings: {
        unknown: 'Größen wurden nicht ausprobiert, weil keine Anfrage mit einer Datei durchkommt.',
        large: 'Anfragen von 5 MiB kommen vollständig beim Server an.',
        smaller: [
          'Nur Anfragen bis {figure} erreichen den Server. Die Upload-Seite sendet mehr und kleinere.',
          'Lassen Sie Inhalte von 5 MiB durch den Proxy (nginx: client_max_body_size 6m).',
        ],
        cut: [
          'Nicht einmal eine Anfrage von 64 KiB kommt vollständig beim Server an.',
          'Lassen Sie Inhalte von 5 MiB durch den Proxy (nginx: client_max_body_size 6m), und verändern Sie sie nicht.',
        ],
      },
    },
    headers: {
      title: 'Header',
      findings: {
        unknown: 'Header wurden nicht verglichen, weil keine Anfrage mit einer Datei durchkommt.',
        kept: 'Die Header eines Uploads kommen in beide Richtungen an.',
        token_removed: [
          'Authorization wird unterwegs entfernt. Die Upload-Seite sendet das Token des Links auch in X-Upload-Token.',
          'Lassen Sie Authorization durch den Proxy.',
        ],
        answer_removed: [
          'Upload-Offset oder Tus-Resumable wird aus den Antworten entfernt. Eine Datei wird in einer einzigen Anfrage gesendet.',
          'Lassen Sie Upload-Offset, Tus-Resumable und Location auch in Antworten durch den Proxy.',
        ],
        removed: [
          'Upload-Offset oder Tus-Resumable wird aus den Anfragen entfernt. Ohne sie kann keine Datei gesendet werden.',
          'Lassen Sie Upload-Offset, Upload-Length, Upload-Metadata und Tus-Resumable durch den Proxy.',
        ],
      },
    },
    host: {
      title: 'Ereignisse',
      findings: {
        none: 'Um diese Seite herum ist keine Seite und keine App, die von Ereignissen erfahren müsste.',
        answers: 'Die umgebende Seite antwortet: Ereignisse gehen in beide Richtungen.',
        app: 'Die umgebende App nimmt Ereignisse an. Ob sie sie versteht, zeigt sich in der App.',
        silent: [
          'Die umgebende Seite antwortet nicht. Uploads funktionieren, und Webhooks informieren Ihr Backend, aber Ihre Seite erfährt nichts.',
          'Öffnen Sie Links mit embed.js, das auf die Begrüßung der Seite antwortet, oder antworten Sie selbst, wie es unter „Embedding“ steht.',
        ],
      },
    },
    isolation: {
      title: 'Isolation (COOP, COEP)',
      findings: {
        open: 'Die Seite ist nicht von anderen Seiten isoliert, und das ist auch nicht nötig.',
        isolated: 'Die Seite ist von anderen Seiten isoliert und funktioniert trotzdem.',
      },
    },
    screen: {
      title: 'Bildschirm',
      findings: {
        held: 'Der Bildschirm bleibt an, während eine Datei gesendet wird.',
        refused: [
          'Der Bildschirm kann ausgehen, während eine Datei gesendet wird: Dieser Frame darf ihn nicht wach halten. Der Upload geht danach weiter.',
          'Ergänzen Sie allow="screen-wake-lock" am Frame; embed.js tut das.',
        ],
        missing:
          'Der Bildschirm kann ausgehen, während eine Datei gesendet wird, weil der Browser ihn nicht wach halten kann. Der Upload geht danach weiter.',
      },
    },
  },
}
