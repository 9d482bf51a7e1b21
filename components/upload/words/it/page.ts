import type { Words } from '../words.ts'
import { NETWORK_IT } from './network.ts'
import { REASONS_IT } from './reasons.ts'
import { RECOGNISED_IT } from './recognised.ts'

/** Italian: «tu», short sentences, no jargon. */
export const it: Words = {
  locale: 'it',
  title: 'Invia il tuo file del DNA',
  test: 'Questa è una prova. Non scegliere un vero file del DNA: tutto ciò che viene inviato qui viene eliminato dopo un giorno.',
  noScript: 'Questa pagina ha bisogno di JavaScript. Attivalo oppure apri il link in un altro browser.',
  start: {
    heading: 'Questa pagina non si è avviata',
    late: 'Se la connessione è lenta, attendi ancora un po’. Altrimenti ricarica la pagina, disattiva ciò che blocca gli script qui, oppure apri il link in un browser aggiornato: Chrome, Edge, Firefox o Safari.',
    reload: 'Ricarica la pagina',
    elsewhere: 'Questo non è l’indirizzo di questo servizio. Usa {address}.',
    open: 'Apri questa pagina su {address}',
    boxed: 'La pagina che contiene questa non le permette di funzionare. Aprila in una finestra separata.',
  },
  someone: 'chi ti ha mandato questo link',
  steps: { label: 'Passaggi', choose: 'Scegli', check: 'Controlla', send: 'Invia' },
  loading: 'Apertura della pagina di invio…',
  busy: 'Attendi',
  ready: {
    heading: 'Invia il tuo file del DNA a {partner}',
    need: 'Ti serve il file .zip con i tuoi dati grezzi del DNA di {vendors}.',
    unchanged: 'Scegli il file così come te l’ha dato la tua azienda del test del DNA.',
    mayTake:
      'Se devi ancora chiederlo: la tua azienda del test del DNA può impiegare ore o giorni per mandartelo.',
    choose: 'Scegli il mio file .zip',
    drop: 'Oppure trascina il file in un punto qualsiasi di questa pagina.',
    dropNow: 'Rilascia per controllare questo file',
    limits: 'Fino a {limit}.',
    takes: 'Quando hai il file, ci vogliono circa due minuti.',
    window: 'Questa pagina resta aperta ancora per {time}.',
    noFileYet: 'Non ce l’ho ancora',
    canceled: 'Interrotto. Ciò che era stato inviato è stato eliminato.',
    resumable:
      'Abbiamo già il {share} di un file. Scegli lo stesso file per continuare, oppure un altro per ricominciare.',
  },
  picker: {
    cannotSelect: 'Non riesco a selezionare il mio file',
    anyType:
      'Ora puoi selezionare qualsiasi file. Riprova: se il tuo era in grigio, adesso dovrebbe funzionare.',
    silent:
      'Non si è aperto niente? Alcune app non permettono di scegliere file. Apri questa pagina nel tuo browser abituale (Safari, Chrome o Firefox) oppure usa un altro dispositivo.',
    inApp:
      'Hai aperto questa pagina dentro un’altra app. Se qui non puoi scegliere il file, apri la pagina nel tuo browser abituale: cerca «Apri nel browser» nel menu dell’app oppure copia il link.',
    inAppCopied: 'Copiato. Ora incollalo nella barra degli indirizzi del tuo browser abituale.',
    ownWindow: 'Apri questa pagina in una finestra separata',
  },
  otherDevice: {
    title: 'Il mio file è su un altro dispositivo',
    how: 'Apri lì questa stessa pagina. Manda il link a te stesso:',
    timeLeft: 'Funziona ancora per {time}.',
    share: 'Condividi il link',
    copy: 'Copia il link',
    copied: 'Copiato. Ora incollalo in un messaggio a te stesso.',
    copiedShort: 'Copiato',
    copyByHand: 'Qui non si può copiare. Copia l’indirizzo in alto nel browser.',
    caution: 'Condividilo solo con te stesso: chiunque abbia questo link può inviare un file a tuo nome.',
  },
  where: {
    title: 'Dov’è il mio file .zip?',
    intro:
      'Deve essere proprio il file .zip, non il file al suo interno. Telefoni e computer spesso lo decomprimono da soli.',
    systems: {
      ios: {
        title: 'iPhone o iPad',
        steps: [
          'Apri l’app File e guarda in Download, sull’iPhone e in iCloud Drive.',
          'Toccando un .zip lo si decomprime e accanto compare un altro file o una cartella. Scegli quello che finisce con .zip.',
          'Se è rimasto solo il file decompresso, scaricalo di nuovo dalla tua azienda del test del DNA.',
        ],
      },
      android: {
        title: 'Android',
        steps: [
          'Apri File (o Archivio) e guarda in Download.',
          'Scegli il file che finisce con .zip. Non «estrarlo» prima.',
          'Se è in grigio, usa «Non riesco a selezionare il mio file» in questa pagina.',
        ],
      },
      mac: {
        title: 'Mac',
        steps: [
          'Safari decomprime i download da solo e mette il .zip nel Cestino. Cercalo lì e recuperalo.',
          'Oppure disattiva la funzione: Safari, Impostazioni, Generali, «Apri doc. “sicuri” dopo il download». Poi scarica di nuovo.',
          'Non comprimerlo di nuovo da te: così il file cambia.',
        ],
      },
      windows: {
        title: 'Windows',
        steps: [
          'Apri Esplora file e guarda in Download.',
          'Scegli la «Cartella compressa». Non usare «Estrai tutto».',
          'Se vedi solo un file di testo, scaricalo di nuovo dalla tua azienda del test del DNA.',
        ],
      },
    },
  },
  howToGet: {
    title: 'Come lo ottengo dalla mia azienda del test del DNA?',
    intro: 'Accedi al loro sito, meglio se da un computer. Riceverai un’e-mail quando il file sarà pronto.',
    fileName: 'Il file si chiama, per esempio, {file}.',
    vendors: {
      '23andme': {
        steps: [
          'Apri «Settings», poi «23andMe Data», poi «Download your data».',
          'Chiedi «Raw data». Non l’albero genealogico, i parenti o i rapporti.',
          'Quando arriva l’e-mail, accedi di nuovo e salva il file .zip.',
        ],
        wait: 'L’e-mail arriva dopo qualche ora, a volte dopo qualche giorno.',
      },
      ancestrydna: {
        steps: [
          'Apri «DNA», poi «Impostazioni», poi «Scarica i dati del DNA».',
          'Conferma con il link nell’e-mail.',
          'Salva il file .zip con il link dell’e-mail successiva. Quel link funziona una volta sola, per una settimana.',
        ],
        wait: 'Può volerci qualche ora.',
      },
      myheritage: {
        steps: [
          'Apri «DNA», poi «Gestisci i kit del DNA».',
          'Apri il menu con i tre puntini accanto al tuo kit e scegli «Scarica».',
          'Conferma con il link nell’e-mail e salva il file .zip.',
        ],
        wait: 'Possono volerci da pochi minuti a qualche ora.',
      },
    },
  },
  noFileYet: {
    heading: 'Nessun problema. Prima procurati il file',
    intro: 'Chiedi i tuoi dati grezzi alla tua azienda del test del DNA. Possono volerci ore o giorni.',
    link: 'Per allora questa pagina sarà chiusa. {partner} può mandarti un nuovo link.',
    site: 'Apri la pagina di download di {vendor}',
    leave: 'Torna a {partner}',
    leaveHere: 'Avvisa {partner} che ti serve più tempo',
    back: 'In realtà ce l’ho',
  },
  reading: {
    heading: 'Lettura del tuo file',
    text: 'Non è ancora stato inviato niente. Prima il file viene controllato su questo dispositivo.',
    slow: 'Ci vuole un po’. Se il file è in iCloud, Google Drive o OneDrive, prima bisogna recuperarlo.',
    cancel: 'Interrompi',
  },
  checked: {
    heading: 'Questo è il tuo file di {vendor}',
    text: 'Sembra a posto. Ora comincia l’invio.',
  },
  uploading: {
    heading: 'Invio del tuo file di {vendor} a {partner}',
    bar: 'Inviato finora',
    sent: {
      one: 'Arrivato {sent} su {total}',
      many: 'Arrivati {sent} su {total}',
      other: 'Arrivati {sent} su {total}',
    },
    remaining: { one: 'manca circa {time}', many: 'mancano circa {time}', other: 'mancano circa {time}' },
    estimating: 'calcolo del tempo…',
    keepOpen: 'Tieni aperta questa pagina.',
    offline: 'Sei offline. Non si perde niente: riprende da solo appena torni online.',
    stalled: 'La connessione è molto lenta o assente. Non si perde niente: continuiamo a provare.',
    willNotFit:
      'A questa velocità servono {needed}, ma ne restano {left}. Prova una rete più veloce, per esempio il Wi-Fi: riprende da dove si era fermato.',
    cancel: 'Interrompi ed elimina ciò che è stato inviato',
    sure: 'Vuoi interrompere ed eliminare ciò che è arrivato?',
    sureStop: 'Sì, interrompi ed elimina',
    sureGoOn: 'No, continua l’invio',
    announceStart: 'L’invio è cominciato.',
    announceShare: '{share} inviato.',
    announceTooSlow: 'A questa velocità il file non arriverà in tempo. Prova una rete più veloce.',
  },
  verifying: {
    heading: 'Controllo del tuo file',
    text: 'È arrivato tutto. Un ultimo controllo, solo pochi secondi.',
    bar: 'Controllo in corso',
    stalled: 'Il tuo file è da noi. Aspettiamo la risposta e continuiamo a provare.',
  },
  received: {
    heading: '{partner} ha il tuo file',
    text: 'Il tuo file di {vendor} è arrivato completo e ha superato tutti i controlli. Grazie.',
    close: 'Ora puoi chiudere questa pagina.',
    onward: 'Ti riportiamo a {partner}…',
    continue: 'Continua su {partner}',
    before: 'Il tuo file è già stato inviato con questo link. Qui non c’è altro da fare.',
    next: 'Che cosa succede dopo te lo dirà {partner}.',
    size: 'Dimensione',
    arrived: 'Ricevuto',
  },
  rejected: {
    heading: 'Questo file non va bene',
    headingSeveral: 'Scegli un solo file',
    headingService: 'Non ha funzionato',
    again: 'Scegli un altro file',
    againSame: 'Scegli di nuovo il file',
    file: 'Il tuo file',
    reference: 'Riferimento',
    copyReference: 'Copia il riferimento',
    details: 'Dettagli per l’assistenza',
    copy: 'Copia i dettagli',
    copied: 'Copiati. Incollali nel tuo messaggio a {partner}.',
  },
  ended: {
    link_invalid: {
      heading: 'Questo link non funziona',
      what: 'Forse è stato tagliato durante la copia.',
      mend: 'Torna al messaggio o alla pagina da cui viene e aprilo da lì.',
    },
    link_expired: {
      heading: 'Questo link è scaduto',
      what: 'Non è stato aperto in tempo. Nessun file è stato inviato.',
      mend: 'Chiedi un nuovo link a {partner}. Ci vuole un attimo.',
    },
    session_expired: {
      heading: 'Il tempo per questo invio è finito',
      what: 'Nessun file completo è arrivato in tempo. Ciò che era stato inviato è stato eliminato.',
      mend: 'Chiedi un nuovo link a {partner} e tieni pronto il file .zip.',
    },
    link_canceled: {
      heading: 'Questo invio è stato annullato',
      what: '{partner} ha annullato questo link. Nessun file è stato conservato.',
      mend: 'Se non te lo aspettavi, chiedi un nuovo link a {partner}.',
    },
  },
  addressAlone: {
    what: 'Questo indirizzo funziona solo nella finestra in cui è stato aperto il link. Non è il link completo.',
    mend: 'Torna al messaggio o alla pagina da cui viene e aprilo da lì. Se arrivi di nuovo qui, copia da lì il link completo, fino all’ultimo carattere, e incollalo nella barra degli indirizzi.',
  },
  left: {
    heading: 'Hai interrotto l’invio',
    text: 'Nessun file è stato conservato. Ora puoi chiudere questa pagina.',
    notReady: 'Quando avrai il tuo file, chiedi un nuovo link a {partner}.',
    goOn: 'Riprendi l’invio',
  },
  leaving: 'Ti riportiamo a {partner}…',
  unreachable: {
    again: 'Riprova',
    no_reply: {
      heading: 'Nessuna connessione',
      what: 'Non siamo riusciti a raggiungere il servizio di invio.',
      mend: 'Controlla la connessione a internet. Riproviamo automaticamente.',
    },
    foreign_reply: {
      heading: 'La tua rete blocca la connessione',
      what: 'La tua rete risponde al posto nostro. Il Wi-Fi di hotel, treni e uffici spesso chiede prima di accedere.',
      mend: 'Accedi a quella rete o passa a un’altra, poi riprova.',
    },
    busy: {
      heading: 'Un momento, per favore',
      what: 'Questa pagina è stata richiesta troppe volte in poco tempo.',
      mend: 'Riproviamo automaticamente tra un attimo.',
    },
    service: {
      heading: 'C’è un problema da parte nostra',
      what: 'Il servizio di invio ora non può rispondere. Non è colpa tua.',
      mend: 'Riproviamo automaticamente. Puoi anche tornare tra qualche minuto.',
    },
  },
  leave: {
    back: 'Torna a {partner}',
    stop: 'Termina senza inviare',
    ask: 'Chiedi un nuovo link a {partner}',
  },
  countdown: {
    left: {
      one: 'Resta {time} per inviare',
      many: 'Restano {time} per inviare',
      other: 'Restano {time} per inviare',
    },
    twoMinutes: 'Restano meno di due minuti. Tutto il tuo file deve arrivare prima che il tempo finisca.',
    halfMinute: 'Resta meno di mezzo minuto. Se non basta, chiedi un nuovo link a {partner}.',
    over: 'Controlliamo se resta del tempo…',
  },
  trust: {
    title: 'Chi riceve il tuo file',
    titleAfter: 'Che cosa succede ora al tuo file',
    inShort: 'Prima viene controllato sul tuo dispositivo. Arriva solo a {partner}.',
    more: 'Che cosa ne sarà',
    who: 'Il tuo file va a {partner}, su una connessione protetta, e a nessun altro.',
    purpose: 'Perché serve a {partner}:',
    noPurpose: 'Non sai bene a che cosa serve? Chiedi a {partner} prima di inviarlo.',
    check:
      'Viene controllato sul tuo dispositivo prima che ne venga inviata qualsiasi parte. Se non è utilizzabile, a {partner} viene comunicato solo il motivo.',
    keptBoth: {
      one: 'Il tuo file e ciò che se ne ricava vengono eliminati da questo servizio dopo {n} giorno.',
      many: 'Il tuo file e ciò che se ne ricava vengono eliminati da questo servizio dopo {n} di giorni.',
      other: 'Il tuo file e ciò che se ne ricava vengono eliminati da questo servizio dopo {n} giorni.',
    },
    keptFile: {
      one: 'Il tuo file viene eliminato da questo servizio dopo {n} giorno.',
      many: 'Il tuo file viene eliminato da questo servizio dopo {n} di giorni.',
      other: 'Il tuo file viene eliminato da questo servizio dopo {n} giorni.',
    },
    keptResults: {
      one: 'Ciò che se ne ricava viene eliminato dopo {n} giorno.',
      many: 'Ciò che se ne ricava viene eliminato dopo {n} di giorni.',
      other: 'Ciò che se ne ricava viene eliminato dopo {n} giorni.',
    },
    keptBothUntil: 'Il tuo file e ciò che se ne ricava vengono conservati finché {partner} non li elimina.',
    keptFileUntil: 'Il tuo file viene conservato finché {partner} non lo elimina.',
    keptResultsUntil: 'Ciò che se ne ricava viene conservato finché {partner} non lo elimina.',
    unfinished: 'Se non arriva in tempo, ciò che è stato inviato viene eliminato.',
    erase: 'Vuoi che venga eliminato? Chiedi a {partner}: può cancellarlo per sempre in qualsiasi momento.',
    promise: 'Questo servizio non vende mai il tuo file e non lo usa per scopi propri.',
    privacy: 'Questa pagina non usa cookie e non carica niente da altre aziende.',
    policy: 'Come {partner} tratta i tuoi dati',
    support: 'Aiuto da {partner}',
  },
  otherSource: 'Sembra un file di {source}. {partner} non può ancora usarli.',
  network: NETWORK_IT,
  reasons: REASONS_IT,
  recognised: RECOGNISED_IT,
}
