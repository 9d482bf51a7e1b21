import type { Words } from '../words.ts'

/** Each reason in two sentences: what happened, and what to do. */
export const REASONS_IT: Words['reasons'] = {
  file_too_large: {
    what: 'Questo file supera {limit}. Un file di dati grezzi del DNA è più piccolo.',
    mend: 'Scegli il file .zip che contiene solo i tuoi dati grezzi, non una copia di tutto il tuo account.',
  },
  file_empty: {
    what: 'Questo file è vuoto.',
    mend: 'Scaricalo di nuovo dalla tua azienda del test del DNA, aspetta che finisca e scegli quello nuovo.',
  },
  file_unreadable: {
    what: 'Il tuo dispositivo non è riuscito ad aprire questo file. Forse è ancora in iCloud, Google Drive o OneDrive.',
    mend: 'Salvalo prima su questo dispositivo, poi sceglilo da lì.',
  },
  not_a_zip: {
    what: 'Questo non è un file .zip.',
    mend: 'Scegli il file .zip così come te l’ha dato la tua azienda del test del DNA. Se non lo trovi, scaricalo di nuovo.',
  },
  zip_damaged: {
    what: 'Questo file .zip è danneggiato. Forse il download si è interrotto.',
    mend: 'Scaricalo di nuovo dalla tua azienda del test del DNA, aspetta che finisca e scegli quello nuovo.',
  },
  zip_encrypted: {
    what: 'Questo file .zip è protetto da una password. Quelli delle aziende di test del DNA non lo sono.',
    mend: 'Scegli il primo file .zip, quello prima della password. Oppure scaricalo di nuovo.',
  },
  zip_unsafe: {
    what: 'Questo file .zip è fatto in un modo non sicuro. Per questo non lo apriamo.',
    mend: 'Scaricalo di nuovo dalla tua azienda del test del DNA e scegli quel file senza modificarlo.',
  },
  archive_modified: {
    what: 'Questo file .zip non è quello fatto dalla tua azienda del test del DNA. È stato compresso di nuovo.',
    mend: 'Scegli il primo file .zip che hai ricevuto. Se non l’hai più, scaricalo di nuovo e non aprirlo.',
  },
  no_genotypes: {
    what: 'In questo file non ci sono dati grezzi del DNA.',
    mend: 'Chiedi i dati grezzi («raw data») alla tua azienda del test del DNA e scegli quel file .zip.',
  },
  several_files: {
    what: 'Qui c’è più di un file.',
    mend: 'Scegli un solo file .zip, con i dati grezzi di una sola persona.',
  },
  vendor_unsupported: {
    what: '{partner} non può ancora usare questo tipo di file del DNA.',
    mend: 'Scegli un file di {vendors}, se ne hai uno.',
  },
  format_unrecognized: {
    what: 'Non siamo riusciti a capire da quale azienda del test del DNA viene questo file.',
    mend: 'Scegli il file .zip esattamente come te l’ha dato {vendors}.',
  },
  file_modified: {
    what: 'I dati all’interno sono stati cambiati dopo essere usciti dalla tua azienda del test del DNA.',
    mend: 'Scarica una nuova copia e scegli quella senza aprirla né modificarla.',
  },
  file_incomplete: {
    what: 'Manca una parte dei dati.',
    mend: 'Scaricalo di nuovo dalla tua azienda del test del DNA, aspetta che finisca e scegli quello nuovo.',
  },
  build_unsupported: {
    what: 'I dati all’interno sono di un tipo che {partner} non può usare.',
    mend: 'Scarica di nuovo i tuoi dati grezzi direttamente dalla tua azienda del test del DNA, senza convertirli.',
  },
  network_error: {
    what: 'La connessione si è interrotta. Il tuo file è a posto.',
    mend: 'Controlla la connessione a internet e riprova. Se abbiamo già una parte, si riprende da lì.',
  },
  service_unavailable: {
    what: 'Il servizio ora non può ricevere il tuo file. Non è colpa tua.',
    mend: 'Aspetta un minuto e riprova con lo stesso file.',
  },
  internal_error: {
    what: 'Qualcosa è andato storto da parte nostra. Forse il tuo file va bene.',
    mend: 'Riprova. Se succede ancora, scrivi loro indicando il riferimento qui sotto.',
  },
}
