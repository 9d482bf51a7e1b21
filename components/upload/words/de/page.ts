import type { Words } from '../words.ts'
import { NETWORK_DE } from './network.ts'
import { REASONS_DE } from './reasons.ts'
import { RECOGNISED_DE } from './recognised.ts'

/** German: „Sie“, short sentences, no jargon. */
export const de: Words = {
  locale: 'de',
  title: 'DNA-Datei hochladen',
  test: 'Dies ist ein Test. Bitte keine echte DNA-Datei auswählen: Alles, was hier gesendet wird, wird nach einem Tag gelöscht.',
  noScript:
    'Diese Seite braucht JavaScript. Bitte schalten Sie es ein, oder öffnen Sie den Link in einem anderen Browser.',
  start: {
    heading: 'Diese Seite ist nicht gestartet',
    late: 'Falls Ihre Verbindung langsam ist, warten Sie bitte noch etwas. Sonst laden Sie die Seite neu, schalten Sie alles ab, was hier Skripte blockiert, oder öffnen Sie den Link in einem aktuellen Browser: Chrome, Edge, Firefox oder Safari.',
    reload: 'Seite neu laden',
    elsewhere: 'Das ist nicht die Adresse dieses Dienstes. Bitte nutzen Sie {address}.',
    open: 'Diese Seite unter {address} öffnen',
    boxed:
      'Die Seite, in der diese hier steht, lässt sie nicht arbeiten. Bitte öffnen Sie sie in einem eigenen Fenster.',
  },
  someone: 'den Absender dieses Links',
  steps: { label: 'Schritte', choose: 'Auswählen', check: 'Prüfen', send: 'Senden' },
  loading: 'Ihre Seite zum Hochladen wird geöffnet …',
  busy: 'Bitte warten',
  ready: {
    heading: 'Ihre DNA-Datei an {partner} senden',
    need: 'Sie brauchen die .zip-Datei mit Ihren DNA-Rohdaten von {vendors}.',
    unchanged: 'Wählen Sie sie genau so, wie Ihr DNA-Anbieter sie Ihnen gegeben hat.',
    mayTake:
      'Falls Sie die Datei erst anfordern müssen: Bis Ihr DNA-Anbieter sie schickt, können Stunden oder Tage vergehen.',
    choose: 'Meine .zip-Datei auswählen',
    drop: 'Oder ziehen Sie die Datei irgendwo auf diese Seite.',
    dropNow: 'Loslassen, um diese Datei zu prüfen',
    limits: 'Bis zu {limit}.',
    takes: 'Wenn Sie die Datei haben, dauert es etwa zwei Minuten.',
    window: 'Diese Seite bleibt noch {time} offen.',
    noFileYet: 'Ich habe sie noch nicht',
    canceled: 'Abgebrochen. Was schon gesendet war, ist gelöscht.',
    resumable:
      'Wir haben schon {share} einer Datei. Wählen Sie dieselbe Datei, um fortzufahren, oder eine andere, um neu zu beginnen.',
  },
  picker: {
    cannotSelect: 'Ich kann meine Datei nicht auswählen',
    anyType:
      'Sie können jetzt jede Datei auswählen. Versuchen Sie es noch einmal: Falls Ihre Datei ausgegraut war, sollte es nun funktionieren.',
    silent:
      'Hat sich nichts geöffnet? Manche Apps lassen keine Dateiauswahl zu. Öffnen Sie diese Seite in Ihrem normalen Browser (Safari, Chrome oder Firefox) oder auf einem anderen Gerät.',
    inApp:
      'Sie haben diese Seite in einer anderen App geöffnet. Falls Sie Ihre Datei hier nicht auswählen können, öffnen Sie die Seite in Ihrem normalen Browser: Suchen Sie im Menü der App nach „Im Browser öffnen“, oder kopieren Sie den Link.',
    inAppCopied: 'Kopiert. Fügen Sie ihn nun in die Adresszeile Ihres normalen Browsers ein.',
    ownWindow: 'Diese Seite in einem eigenen Fenster öffnen',
  },
  otherDevice: {
    title: 'Meine Datei ist auf einem anderen Gerät',
    how: 'Öffnen Sie dort genau diese Seite. Schicken Sie sich selbst den Link:',
    timeLeft: 'Er gilt noch {time}.',
    share: 'Link teilen',
    copy: 'Link kopieren',
    copied: 'Kopiert. Fügen Sie ihn nun in eine Nachricht an sich selbst ein.',
    copiedShort: 'Kopiert',
    copyByHand: 'Kopieren ist hier gesperrt. Bitte kopieren Sie die Adresse oben in Ihrem Browser.',
    caution:
      'Teilen Sie ihn nur mit sich selbst: Wer diesen Link hat, kann in Ihrem Namen eine Datei hochladen.',
  },
  where: {
    title: 'Wo ist meine .zip-Datei?',
    intro:
      'Es muss die .zip-Datei selbst sein, nicht die Datei darin. Telefone und Computer entpacken sie oft automatisch.',
    systems: {
      ios: {
        title: 'iPhone oder iPad',
        steps: [
          'Öffnen Sie die App „Dateien“ und sehen Sie unter „Downloads“ nach, auf dem iPhone und in iCloud Drive.',
          'Tippen auf eine .zip-Datei entpackt sie und legt eine zweite Datei oder einen Ordner daneben. Wählen Sie die, die auf .zip endet.',
          'Falls nur die entpackte Datei übrig ist, laden Sie sie bei Ihrem DNA-Anbieter noch einmal herunter.',
        ],
      },
      android: {
        title: 'Android',
        steps: [
          'Öffnen Sie „Dateien“ (oder „Eigene Dateien“) und sehen Sie unter „Downloads“ nach.',
          'Wählen Sie die Datei, die auf .zip endet. Entpacken Sie sie vorher nicht.',
          'Ist sie ausgegraut, hilft „Ich kann meine Datei nicht auswählen“ auf dieser Seite.',
        ],
      },
      mac: {
        title: 'Mac',
        steps: [
          'Safari entpackt Downloads automatisch und legt die .zip-Datei in den Papierkorb. Holen Sie sie dort zurück.',
          'Oder schalten Sie es ab: Safari, Einstellungen, Allgemein, „‚Sichere‘ Dateien nach dem Laden öffnen“. Laden Sie die Datei dann noch einmal herunter.',
          'Bitte packen Sie sie nicht selbst wieder zusammen: Das verändert die Datei.',
        ],
      },
      windows: {
        title: 'Windows',
        steps: [
          'Öffnen Sie den Explorer und sehen Sie unter „Downloads“ nach.',
          'Wählen Sie den „ZIP-komprimierten Ordner“. Nutzen Sie nicht „Alle extrahieren“.',
          'Falls Sie nur eine Textdatei sehen, laden Sie die Datei bei Ihrem DNA-Anbieter noch einmal herunter.',
        ],
      },
    },
  },
  howToGet: {
    title: 'Wie bekomme ich sie von meinem DNA-Anbieter?',
    intro:
      'Melden Sie sich auf dessen Website an, am besten an einem Computer. Sie bekommen eine E-Mail, wenn die Datei bereit ist.',
    fileName: 'Die Datei heißt zum Beispiel {file}.',
    vendors: {
      '23andme': {
        steps: [
          'Öffnen Sie „Settings“, dann „23andMe Data“, dann „Download your data“.',
          'Fordern Sie „Raw data“ an. Nicht den Stammbaum, die Verwandten oder die Berichte.',
          'Wenn die E-Mail kommt, melden Sie sich noch einmal an und speichern Sie die .zip-Datei.',
        ],
        wait: 'Die E-Mail kommt nach Stunden, manchmal erst nach Tagen.',
      },
      ancestrydna: {
        steps: [
          'Öffnen Sie „DNA“, dann „Einstellungen“, dann „DNA-Rohdaten herunterladen“.',
          'Bestätigen Sie das mit dem Link in der E-Mail.',
          'Speichern Sie die .zip-Datei mit dem Link in der nächsten E-Mail. Dieser Link funktioniert nur einmal und nur eine Woche lang.',
        ],
        wait: 'Das kann ein paar Stunden dauern.',
      },
      myheritage: {
        steps: [
          'Öffnen Sie „DNA“, dann „DNA-Kits verwalten“.',
          'Öffnen Sie das Menü mit den drei Punkten neben Ihrem Kit und wählen Sie „Herunterladen“.',
          'Bestätigen Sie das mit dem Link in der E-Mail und speichern Sie die .zip-Datei.',
        ],
        wait: 'Das kann ein paar Minuten bis ein paar Stunden dauern.',
      },
    },
  },
  noFileYet: {
    heading: 'Kein Problem. Besorgen Sie zuerst Ihre Datei',
    intro: 'Fordern Sie bei Ihrem DNA-Anbieter Ihre Rohdaten an. Das kann Stunden oder Tage dauern.',
    link: 'Diese Seite ist bis dahin geschlossen. {partner} kann Ihnen einen neuen Link schicken.',
    site: 'Download-Seite von {vendor} öffnen',
    leave: 'Zurück zu {partner}',
    leaveHere: '{partner} sagen, dass ich mehr Zeit brauche',
    back: 'Ich habe sie doch',
  },
  reading: {
    heading: 'Ihre Datei wird gelesen',
    text: 'Noch ist nichts gesendet. Ihre Datei wird zuerst auf diesem Gerät geprüft.',
    slow: 'Das dauert lange. Liegt die Datei in iCloud, Google Drive oder OneDrive, wird sie erst von dort geholt.',
    cancel: 'Abbrechen',
  },
  checked: {
    heading: 'Das ist Ihre Datei von {vendor}',
    text: 'Sie sieht richtig aus. Jetzt beginnt das Senden.',
  },
  uploading: {
    heading: 'Ihre Datei von {vendor} geht an {partner}',
    bar: 'Bisher gesendet',
    sent: { one: '{sent} von {total} angekommen', other: '{sent} von {total} angekommen' },
    remaining: { one: 'noch etwa {time}', other: 'noch etwa {time}' },
    estimating: 'die Dauer wird berechnet …',
    keepOpen: 'Bitte lassen Sie diese Seite offen.',
    offline:
      'Sie sind offline. Nichts ist verloren: Es geht automatisch weiter, sobald Sie wieder online sind.',
    stalled: 'Die Verbindung ist sehr langsam oder weg. Nichts ist verloren: Wir versuchen es weiter.',
    willNotFit:
      'Bei diesem Tempo dauert es noch {needed}, es bleiben aber nur {left}. Versuchen Sie ein schnelleres Netz, zum Beispiel WLAN: Es geht dort weiter, wo es stehen blieb.',
    cancel: 'Abbrechen und Gesendetes löschen',
    sure: 'Abbrechen und löschen, was angekommen ist?',
    sureStop: 'Ja, abbrechen und löschen',
    sureGoOn: 'Nein, weiter senden',
    announceStart: 'Das Senden hat begonnen.',
    announceShare: '{share} gesendet.',
    announceTooSlow:
      'Bei diesem Tempo kommt die Datei nicht rechtzeitig an. Versuchen Sie ein schnelleres Netz.',
  },
  verifying: {
    heading: 'Ihre Datei wird geprüft',
    text: 'Alles ist angekommen. Noch eine letzte Prüfung, nur ein paar Sekunden.',
    bar: 'Prüfung läuft',
    stalled: 'Ihre Datei ist bei uns. Wir warten auf die Antwort und versuchen es weiter.',
  },
  received: {
    heading: '{partner} hat Ihre Datei',
    text: 'Ihre Datei von {vendor} ist vollständig angekommen und hat alle Prüfungen bestanden. Vielen Dank.',
    close: 'Sie können diese Seite jetzt schließen.',
    onward: 'Es geht zurück zu {partner} …',
    continue: 'Weiter zu {partner}',
    before: 'Mit diesem Link wurde Ihre Datei schon hochgeladen. Hier ist nichts mehr zu tun.',
    next: 'Wie es weitergeht, erfahren Sie von {partner}.',
    size: 'Größe',
    arrived: 'Erhalten',
  },
  rejected: {
    heading: 'Diese Datei können wir nicht verwenden',
    headingSeveral: 'Bitte wählen Sie nur eine Datei',
    headingService: 'Das hat nicht geklappt',
    again: 'Eine andere Datei auswählen',
    againSame: 'Die Datei noch einmal auswählen',
    file: 'Ihre Datei',
    reference: 'Kennung',
    copyReference: 'Kennung kopieren',
    details: 'Angaben für den Support',
    copy: 'Angaben kopieren',
    copied: 'Kopiert. Fügen Sie sie in Ihre Nachricht an {partner} ein.',
  },
  ended: {
    link_invalid: {
      heading: 'Dieser Link funktioniert nicht',
      what: 'Vielleicht wurde er beim Kopieren abgeschnitten.',
      mend: 'Gehen Sie zu der Nachricht oder Seite zurück, von der er stammt, und öffnen Sie ihn dort.',
    },
    link_expired: {
      heading: 'Dieser Link ist zu alt',
      what: 'Er wurde nicht rechtzeitig geöffnet. Es wurde keine Datei gesendet.',
      mend: 'Bitten Sie {partner} um einen neuen Link. Das dauert nicht lange.',
    },
    session_expired: {
      heading: 'Die Zeit für den Upload ist abgelaufen',
      what: 'Es kam keine vollständige Datei rechtzeitig an. Was schon gesendet war, ist gelöscht.',
      mend: 'Bitten Sie {partner} um einen neuen Link, und halten Sie Ihre .zip-Datei bereit.',
    },
    link_canceled: {
      heading: 'Dieser Upload wurde abgebrochen',
      what: '{partner} hat diesen Link zurückgezogen. Es wurde keine Datei gespeichert.',
      mend: 'Falls Sie das nicht erwartet haben, bitten Sie {partner} um einen neuen Link.',
    },
  },
  addressAlone: {
    what: 'Diese Adresse funktioniert nur in dem Fenster, in dem der Link geöffnet wurde. Sie ist nicht der ganze Link.',
    mend: 'Gehen Sie zu der Nachricht oder Seite zurück, von der er stammt, und öffnen Sie ihn dort. Landen Sie wieder hier, kopieren Sie dort den ganzen Link bis zum letzten Zeichen und fügen Sie ihn in die Adresszeile ein.',
  },
  left: {
    heading: 'Sie haben das Hochladen beendet',
    text: 'Es wurde keine Datei gespeichert. Sie können diese Seite jetzt schließen.',
    notReady: 'Wenn Sie Ihre Datei haben, bitten Sie {partner} um einen neuen Link.',
    goOn: 'Mit dem Hochladen weitermachen',
  },
  leaving: 'Es geht zurück zu {partner} …',
  unreachable: {
    again: 'Noch einmal versuchen',
    no_reply: {
      heading: 'Keine Verbindung',
      what: 'Wir konnten den Dienst nicht erreichen.',
      mend: 'Prüfen Sie Ihre Internetverbindung. Wir versuchen es automatisch weiter.',
    },
    foreign_reply: {
      heading: 'Ihr WLAN verlangt eine Anmeldung',
      what: 'An unserer Stelle antwortet Ihr Netz. WLAN in Hotel, Zug oder Büro verlangt oft zuerst eine Anmeldung.',
      mend: 'Melden Sie sich in diesem Netz an oder wechseln Sie in ein anderes, und versuchen Sie es dann noch einmal.',
    },
    busy: {
      heading: 'Einen Moment bitte',
      what: 'Diese Seite wurde in kurzer Zeit zu oft aufgerufen.',
      mend: 'Wir versuchen es gleich automatisch noch einmal.',
    },
    service: {
      heading: 'Bei uns gibt es ein Problem',
      what: 'Der Dienst kann gerade nicht antworten. Es liegt nicht an Ihnen.',
      mend: 'Wir versuchen es automatisch weiter. Sie können auch in ein paar Minuten wiederkommen.',
    },
  },
  leave: {
    back: 'Zurück zu {partner}',
    stop: 'Beenden, ohne etwas hochzuladen',
    ask: '{partner} um einen neuen Link bitten',
  },
  countdown: {
    left: { one: 'Noch {time} zum Hochladen', other: 'Noch {time} zum Hochladen' },
    twoMinutes: 'Weniger als zwei Minuten übrig. Ihre ganze Datei muss ankommen, bevor die Zeit um ist.',
    halfMinute:
      'Weniger als eine halbe Minute übrig. Falls das nicht reicht, bitten Sie {partner} um einen neuen Link.',
    over: 'Wir sehen nach, ob noch Zeit übrig ist …',
  },
  trust: {
    title: 'Wer Ihre Datei bekommt',
    titleAfter: 'Was jetzt mit Ihrer Datei geschieht',
    inShort: 'Wird zuerst auf Ihrem Gerät geprüft. Geht nur an {partner}.',
    more: 'Was damit geschieht',
    who: 'Ihre Datei geht über eine geschützte Verbindung an {partner} und an niemanden sonst.',
    purpose: 'Wofür {partner} sie braucht:',
    noPurpose: 'Sie wissen nicht genau, wofür? Fragen Sie {partner}, bevor Sie sie senden.',
    check:
      'Sie wird auf Ihrem Gerät geprüft, bevor etwas von ihr gesendet wird. Ist sie nicht verwendbar, erfährt {partner} nur den Grund.',
    keptBoth: {
      one: 'Ihre Datei und das, was daraus berechnet wird, werden hier nach {n} Tag gelöscht.',
      other: 'Ihre Datei und das, was daraus berechnet wird, werden hier nach {n} Tagen gelöscht.',
    },
    keptFile: {
      one: 'Ihre Datei wird hier nach {n} Tag gelöscht.',
      other: 'Ihre Datei wird hier nach {n} Tagen gelöscht.',
    },
    keptResults: {
      one: 'Was daraus berechnet wird, wird nach {n} Tag gelöscht.',
      other: 'Was daraus berechnet wird, wird nach {n} Tagen gelöscht.',
    },
    keptBothUntil: 'Ihre Datei und das, was daraus berechnet wird, bleiben hier, bis {partner} sie löscht.',
    keptFileUntil: 'Ihre Datei bleibt hier, bis {partner} sie löscht.',
    keptResultsUntil: 'Was daraus berechnet wird, bleibt hier, bis {partner} es löscht.',
    unfinished: 'Kommt sie nicht rechtzeitig an, wird das Gesendete gelöscht.',
    erase: 'Sie möchten, dass sie gelöscht wird? Fragen Sie {partner}: Das geht jederzeit und endgültig.',
    promise: 'Dieser Dienst verkauft Ihre Datei nie und nutzt sie nicht für eigene Zwecke.',
    privacy: 'Diese Seite setzt keine Cookies und lädt nichts von anderen Firmen.',
    policy: 'Wie {partner} mit Ihren Daten umgeht',
    support: 'Hilfe von {partner}',
  },
  otherSource: 'Das sieht nach einer Datei von {source} aus. {partner} kann solche noch nicht nutzen.',
  network: NETWORK_DE,
  reasons: REASONS_DE,
  recognised: RECOGNISED_DE,
}
