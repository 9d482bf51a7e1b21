import type { Words } from '../words.ts'

/** Each reason in two sentences: what happened, and what to do. */
export const REASONS_NL: Words['reasons'] = {
  file_too_large: {
    what: 'Dit bestand is groter dan {limit}. Een bestand met ruwe DNA-gegevens is kleiner.',
    mend: 'Kies het .zip-bestand met alleen je ruwe gegevens, niet een kopie van je hele account.',
  },
  file_empty: {
    what: 'Dit bestand is leeg.',
    mend: 'Download het opnieuw bij je DNA-testbedrijf, wacht tot het compleet is en kies het nieuwe.',
  },
  file_unreadable: {
    what: 'Je apparaat kon dit bestand niet openen. Misschien staat het nog in iCloud, Google Drive of OneDrive.',
    mend: 'Bewaar het eerst op dit apparaat en kies het dan daarvandaan.',
  },
  not_a_zip: {
    what: 'Dit is geen .zip-bestand.',
    mend: 'Kies het .zip-bestand precies zoals je DNA-testbedrijf het je gaf. Kun je het niet vinden, download het dan opnieuw.',
  },
  zip_damaged: {
    what: 'Dit .zip-bestand is beschadigd. Misschien is het downloaden onderbroken.',
    mend: 'Download het opnieuw bij je DNA-testbedrijf, wacht tot het compleet is en kies het nieuwe.',
  },
  zip_encrypted: {
    what: 'Dit .zip-bestand is beveiligd met een wachtwoord. Bestanden van DNA-testbedrijven hebben dat niet.',
    mend: 'Kies het eerste .zip-bestand, van vóór het wachtwoord. Of download het opnieuw.',
  },
  zip_unsafe: {
    what: 'Dit .zip-bestand is gemaakt op een manier die niet veilig is. Daarom openen we het niet.',
    mend: 'Download het opnieuw bij je DNA-testbedrijf en kies dat bestand zonder het te veranderen.',
  },
  archive_modified: {
    what: 'Dit .zip-bestand is niet het bestand dat je DNA-testbedrijf maakte. Het is opnieuw ingepakt.',
    mend: 'Kies het eerste .zip-bestand dat je kreeg. Heb je dat niet meer, download het dan opnieuw en open het niet.',
  },
  no_genotypes: {
    what: 'Er zitten geen ruwe DNA-gegevens in dit bestand.',
    mend: 'Vraag je DNA-testbedrijf om “raw data” (ruwe gegevens) en kies dat .zip-bestand.',
  },
  several_files: {
    what: 'Dit is meer dan één bestand.',
    mend: 'Kies maar één .zip-bestand, met de ruwe gegevens van één persoon.',
  },
  vendor_unsupported: {
    what: 'Dit soort DNA-bestand kan {partner} nog niet gebruiken.',
    mend: 'Kies een bestand van {vendors}, als je er een hebt.',
  },
  format_unrecognized: {
    what: 'We konden niet zien van welk DNA-testbedrijf dit bestand komt.',
    mend: 'Kies het .zip-bestand precies zoals {vendors} het je gaf.',
  },
  file_modified: {
    what: 'De gegevens erin zijn veranderd nadat ze van je DNA-testbedrijf kwamen.',
    mend: 'Download een nieuw exemplaar en kies dat zonder het te openen of te bewerken.',
  },
  file_incomplete: {
    what: 'Een deel van de gegevens ontbreekt.',
    mend: 'Download het opnieuw bij je DNA-testbedrijf, wacht tot het compleet is en kies het nieuwe.',
  },
  build_unsupported: {
    what: 'De gegevens erin zijn van een soort die {partner} niet kan gebruiken.',
    mend: 'Download je ruwe gegevens opnieuw rechtstreeks bij je DNA-testbedrijf, zonder ze om te zetten.',
  },
  network_error: {
    what: 'De verbinding is weggevallen. Met je bestand is niets mis.',
    mend: 'Controleer je internetverbinding en probeer het nog eens. Hebben we al een deel, dan gaat het daar verder.',
  },
  service_unavailable: {
    what: 'De uploaddienst kan je bestand nu niet aannemen. Het ligt niet aan jou.',
    mend: 'Wacht een minuut en probeer het dan nog eens met hetzelfde bestand.',
  },
  internal_error: {
    what: 'Er ging bij ons iets mis. Je bestand is misschien in orde.',
    mend: 'Probeer het nog eens. Gebeurt het weer, neem dan contact op en noem de referentie hieronder.',
  },
}
