import type { Words } from '../words.ts'

/** Each reason in two sentences: what happened, and what to do. */
export const REASONS_DE: Words['reasons'] = {
  file_too_large: {
    what: 'Diese Datei ist größer als {limit}. Eine Datei mit DNA-Rohdaten ist kleiner.',
    mend: 'Wählen Sie die .zip-Datei, die nur Ihre Rohdaten enthält, nicht eine Kopie Ihres ganzen Kontos.',
  },
  file_empty: {
    what: 'Diese Datei ist leer.',
    mend: 'Laden Sie sie bei Ihrem DNA-Anbieter noch einmal herunter, warten Sie, bis sie vollständig ist, und wählen Sie die neue.',
  },
  file_unreadable: {
    what: 'Ihr Gerät konnte diese Datei nicht öffnen. Vielleicht liegt sie noch in iCloud, Google Drive oder OneDrive.',
    mend: 'Speichern Sie sie zuerst auf diesem Gerät und wählen Sie sie dann von dort.',
  },
  not_a_zip: {
    what: 'Das ist keine .zip-Datei.',
    mend: 'Wählen Sie die .zip-Datei genau so, wie Ihr DNA-Anbieter sie Ihnen gegeben hat. Finden Sie sie nicht, laden Sie sie noch einmal herunter.',
  },
  zip_damaged: {
    what: 'Diese .zip-Datei ist beschädigt. Vielleicht wurde das Herunterladen unterbrochen.',
    mend: 'Laden Sie sie bei Ihrem DNA-Anbieter noch einmal herunter, warten Sie, bis sie vollständig ist, und wählen Sie die neue.',
  },
  zip_encrypted: {
    what: 'Diese .zip-Datei ist mit einem Passwort verschlossen. Dateien von DNA-Anbietern sind das nicht.',
    mend: 'Wählen Sie die erste .zip-Datei, die noch kein Passwort hatte. Oder laden Sie sie noch einmal herunter.',
  },
  zip_unsafe: {
    what: 'Diese .zip-Datei ist so gebaut, dass wir sie zur Sicherheit nicht öffnen.',
    mend: 'Laden Sie sie bei Ihrem DNA-Anbieter noch einmal herunter und wählen Sie diese Datei unverändert.',
  },
  archive_modified: {
    what: 'Diese .zip-Datei ist nicht die, die Ihr DNA-Anbieter erstellt hat. Sie wurde neu gepackt.',
    mend: 'Wählen Sie die .zip-Datei, die Sie zuerst bekommen haben. Haben Sie sie nicht mehr, laden Sie sie noch einmal herunter und öffnen Sie sie nicht.',
  },
  no_genotypes: {
    what: 'In dieser Datei sind keine DNA-Rohdaten.',
    mend: 'Fordern Sie bei Ihrem DNA-Anbieter „Rohdaten“ („raw data“) an und wählen Sie diese .zip-Datei.',
  },
  several_files: {
    what: 'Das ist mehr als eine Datei.',
    mend: 'Wählen Sie nur eine .zip-Datei, mit den Rohdaten einer einzigen Person.',
  },
  vendor_unsupported: {
    what: 'Diese Art von DNA-Datei kann {partner} noch nicht nutzen.',
    mend: 'Wählen Sie eine Datei von {vendors}, falls Sie eine haben.',
  },
  format_unrecognized: {
    what: 'Wir konnten nicht erkennen, von welchem DNA-Anbieter diese Datei stammt.',
    mend: 'Wählen Sie die .zip-Datei genau so, wie {vendors} sie Ihnen gegeben hat.',
  },
  file_modified: {
    what: 'Die Daten darin wurden verändert, nachdem sie von Ihrem DNA-Anbieter kamen.',
    mend: 'Laden Sie die Datei neu herunter und wählen Sie sie, ohne sie zu öffnen oder zu bearbeiten.',
  },
  file_incomplete: {
    what: 'Ein Teil der Daten fehlt.',
    mend: 'Laden Sie die Datei bei Ihrem DNA-Anbieter noch einmal herunter, warten Sie, bis sie vollständig ist, und wählen Sie die neue.',
  },
  build_unsupported: {
    what: 'Die Daten darin sind von einer Art, die {partner} nicht nutzen kann.',
    mend: 'Laden Sie Ihre Rohdaten direkt bei Ihrem DNA-Anbieter noch einmal herunter, ohne sie umzuwandeln.',
  },
  network_error: {
    what: 'Die Verbindung ist abgebrochen. Ihrer Datei fehlt nichts.',
    mend: 'Prüfen Sie Ihre Internetverbindung und versuchen Sie es noch einmal. Haben wir schon einen Teil, geht es von dort weiter.',
  },
  service_unavailable: {
    what: 'Der Dienst kann Ihre Datei gerade nicht annehmen. Es liegt nicht an Ihnen.',
    mend: 'Warten Sie eine Minute und versuchen Sie es dann mit derselben Datei noch einmal.',
  },
  internal_error: {
    what: 'Bei uns ist etwas schiefgegangen. Ihre Datei ist vielleicht in Ordnung.',
    mend: 'Versuchen Sie es noch einmal. Geschieht es wieder, melden Sie sich und nennen Sie die Kennung unten.',
  },
}
