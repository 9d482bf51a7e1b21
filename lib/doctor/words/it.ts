import type { DoctorWords } from './words.ts'

export const it: DoctorWords = {
  locale: 'it',
  title: 'Doctor',
  lead: 'Questa pagina prova ciò che serve a un caricamento: in questo browser, in questo ambiente e su questa rete. Non viene letto nulla su di lei, e un file scelto qui non viene inviato.',
  busy: {
    what: 'Al momento ci sono troppe visite da questa rete.',
    mend: 'Attenda un minuto, poi ricarichi la pagina.',
  },
  notStarted: {
    what: 'Lo script di questa pagina qui non funziona.',
    mend: 'Non funzionerebbe nemmeno la pagina di caricamento. Il browser o la WebView può essere troppo vecchio (servono Safari 15.4, Chrome 90, Edge 90 o Firefox 91), oppure qualcosa blocca gli script di questo indirizzo. Lo aggiorni, consenta gli script o apra la pagina in un altro browser.',
  },
  noScript: {
    what: 'Qui gli script sono disattivati.',
    mend: 'La pagina di caricamento ne ha bisogno. In una WebView Android chiami setJavaScriptEnabled(true). In un frame aggiunga allow-scripts all’attributo sandbox.',
  },
  script: {
    trying: 'Prova in corso…',
    summary: {
      fails: {
        one: 'Una cosa deve cambiare perché i caricamenti funzionino qui.',
        other: '{n} cose devono cambiare perché i caricamenti funzionino qui.',
      },
      fallsBack: {
        one: 'Qui i caricamenti funzionano. Una cosa potrebbe andare meglio.',
        other: 'Qui i caricamenti funzionano. {n} cose potrebbero andare meglio.',
      },
      works: 'Qui i caricamenti funzionano.',
    },
    noAnswer: 'nessuna risposta',
    status: 'stato {status}',
  },
  levels: {
    works: 'Funziona',
    falls_back: 'Funziona in altro modo',
    fails: 'Da cambiare',
    untried: 'Non provato',
  },
  chooser: {
    title: 'Provi la scelta del file',
    text: 'Scelga un file qualsiasi, meglio se conservato in un cloud come Google Drive o iCloud. Viene letto qui e non viene inviato.',
    button: 'Scegli un file',
  },
  keep: {
    title: 'Mostrare il risultato a chi gestisce questo servizio',
    text: 'Lo vede nella propria console, alla voce Doctor, con il codice che riceverà qui. Contiene ciò che sta in questa pagina e il nome del browser, e viene cancellato dopo un giorno.',
    button: 'Ottieni un codice',
    failed: 'Non è stato possibile conservare il risultato. Riprovi fra un minuto.',
  },
  checks: {
    address: {
      title: 'Indirizzo',
      findings: {
        right: 'La pagina è stata aperta all’indirizzo che hanno i link.',
        elsewhere: [
          'La pagina è stata aperta a un indirizzo diverso da quello che hanno i link.',
          'Usi i link come li restituisce l’API, senza cambiarne l’host.',
        ],
      },
    },
    surroundings: {
      title: 'Ambiente',
      findings: {
        window: 'La pagina ha una finestra propria.',
        frame: 'La pagina è in un frame di un’altra pagina, e il frame la lascia lavorare.',
        app: 'La pagina è in un’app.',
        sandbox: [
          'La pagina è in una sandbox senza origine propria, quindi non può contattare il proprio server.',
          'Aggiunga allow-same-origin all’attributo sandbox del frame e a una Content-Security-Policy: sandbox della pagina che lo contiene. embed.js imposta gli attributi giusti.',
        ],
      },
    },
    scripts: {
      title: 'Script',
      findings: {
        current: 'Il browser ha tutto ciò che serve alla pagina di caricamento.',
        old: [
          'Al browser mancano interfacce che servono alla pagina di caricamento: {figure}.',
          'Aggiorni il browser o la WebView; la pagina «Browsers» della documentazione elenca i più vecchi che vanno bene.',
        ],
      },
    },
    connection: {
      title: 'https',
      findings: {
        secure: 'La connessione è considerata sicura.',
        insecure: [
          'La connessione è http non cifrato, quindi il browser non offre alcune delle sue funzioni.',
          'Metta https davanti al servizio e indichi quell’indirizzo in PUBLIC_URL.',
        ],
      },
    },
    chooser: {
      title: 'Scelta del file',
      findings: {
        untried: 'Non è ancora stato scelto alcun file.',
        opened: 'La scelta del file si apre.',
        silent: [
          'La scelta del file è stata richiesta e non si è aperta.',
          'In una WebView Android implementi onShowFileChooser. Nell’app di un’altra azienda offra piuttosto il link nel browser.',
        ],
      },
    },
    file: {
      title: 'Lettura del file',
      findings: {
        untried: 'Non è ancora stato scelto alcun file. Uno conservato in un cloud dice di più.',
        read: 'Il file scelto si può leggere dal primo all’ultimo byte.',
        unreadable: [
          'Il file scelto non si può leggere. Forse è ancora in un cloud, o nel frattempo è cambiato.',
          'Scarichi prima il file sul dispositivo, poi lo scelga di nuovo.',
        ],
      },
    },
    inflate: {
      title: 'Apertura degli archivi',
      findings: {
        built_in: 'Il browser sa aprire da sé gli archivi ZIP (DecompressionStream).',
        loaded:
          'Il browser non ha DecompressionStream. La pagina di caricamento carica codice proprio per aprire gli archivi.',
      },
    },
    digest: {
      title: 'Somma di controllo',
      findings: {
        built_in: 'Il browser calcola da sé le somme di controllo (SubtleCrypto).',
        own: [
          'Qui il browser non offre SubtleCrypto. La pagina di caricamento calcola da sé le somme di controllo, più lentamente.',
          'Fornisca la pagina tramite https.',
        ],
      },
    },
    worker: {
      title: 'Thread in background',
      findings: {
        runs: 'I file si possono leggere in un thread a parte.',
        refused:
          'Qui non parte alcun thread in background. La pagina di caricamento legge il file da sé e può andare a scatti.',
      },
    },
    storage: {
      title: 'Memoria del browser',
      findings: {
        available: 'La memoria del browser è disponibile. La pagina di caricamento non vi conserva nulla.',
        refused:
          'Qui il browser nega la memoria. Non cambia nulla: la pagina di caricamento non vi conserva nulla.',
      },
    },
    clock: {
      title: 'Orologio',
      findings: {
        unknown: 'Non è stato possibile confrontare l’orologio, perché il server non ha risposto.',
        right: 'L’orologio del dispositivo e quello del server concordano.',
        wrong: [
          'L’orologio del dispositivo è sfasato di {figure}. La pagina di caricamento conta con l’orologio del server.',
          'Regoli l’orologio del dispositivo: se è molto sfasato, https smette di funzionare.',
        ],
      },
    },
    methods: {
      title: 'Metodi',
      findings: {
        plain: 'HEAD e PATCH raggiungono il server.',
        in_header: [
          'PATCH o HEAD non raggiunge il server ({figure}), ma un POST che nomina il proprio metodo sì.',
          'Lasci passare HEAD e PATCH sotto /api/upload/ nel proxy o nel firewall.',
        ],
        one_request: [
          'Le richieste a un caricamento già iniziato non raggiungono il server ({figure}). Un file viene inviato in una sola richiesta e non si può riprendere.',
          'Lasci passare HEAD, PATCH e POST sotto /api/upload/files/ nel proxy o nel firewall.',
        ],
        blocked: [
          'Nessuna richiesta con un file raggiunge il server ({figure}).',
          'Qualcosa fra questo browser e il servizio rifiuta i caricamenti. Lasci passare HEAD, PATCH e POST sotto /api/upload/ nel proxy o nel firewall, oppure usi un’altra rete.',
        ],
      },
    },
    bodies: {
      title: 'Dimensioni',
      findings: {
        unknown: 'Le dimensioni non sono state provate, perché nessuna richiesta con un file passa.',
        large: 'Le richieste di 5 MiB arrivano intere al server.',
        smaller: [
          'Solo le richieste fino a {figure} raggiungono il server. La pagina di caricamento ne invia di più e più piccole.',
          'Lasci passare corpi di 5 MiB nel proxy (nginx: client_max_body_size 6m).',
        ],
        cut: [
          'Nemmeno una richiesta di 64 KiB arriva intera al server.',
          'Lasci passare corpi di 5 MiB nel proxy (nginx: client_max_body_size 6m) e non li modifichi.',
        ],
      },
    },
    headers: {
      title: 'Intestazioni',
      findings: {
        unknown: 'Le intestazioni non sono state confrontate, perché nessuna richiesta con un file passa.',
        kept: 'Le intestazioni dei caricamenti arrivano in entrambe le direzioni.',
        token_removed: [
          'Authorization viene rimosso lungo il percorso. La pagina di caricamento invia il token del link anche in X-Upload-Token.',
          'Lasci passare Authorization nel proxy.',
        ],
        answer_removed: [
          'Upload-Offset o Tus-Resumable viene rimosso dalle risposte. Un file viene inviato in una sola richiesta.',
          'Lasci passare Upload-Offset, Tus-Resumable e Location nel proxy, anche nelle risposte.',
        ],
        removed: [
          'Upload-Offset o Tus-Resumable viene rimosso dalle richieste, e senza di essi non si può inviare alcun file.',
          'Lasci passare Upload-Offset, Upload-Length, Upload-Metadata e Tus-Resumable nel proxy.',
        ],
      },
    },
    host: {
      title: 'Eventi',
      findings: {
        none: 'Nessuna pagina o app contiene questa, quindi nessuno deve ricevere gli eventi.',
        answers: 'La pagina che contiene questa risponde: gli eventi passano in entrambe le direzioni.',
        app: 'L’app che contiene questa pagina riceve gli eventi. Se li capisce, si vede nell’app.',
        silent: [
          'La pagina che contiene questa non risponde. I caricamenti funzionano e i webhook avvisano il suo backend, ma la sua pagina non viene a sapere nulla.',
          'Apra i link con embed.js, che risponde al saluto della pagina, oppure risponda da sé come mostra «Embedding».',
        ],
      },
    },
    isolation: {
      title: 'Isolamento (COOP, COEP)',
      findings: {
        open: 'La pagina non è isolata da altri siti, e non serve che lo sia.',
        isolated: 'La pagina è isolata da altri siti e funziona comunque.',
      },
    },
    screen: {
      title: 'Schermo',
      findings: {
        held: 'Lo schermo resta acceso durante l’invio di un file.',
        refused: [
          'Lo schermo può spegnersi durante l’invio di un file: questo frame non può tenerlo acceso. Il caricamento poi riprende.',
          'Aggiunga allow="screen-wake-lock" al frame; embed.js lo fa.',
        ],
        missing:
          'Lo schermo può spegnersi durante l’invio di un file, perché il browser non può tenerlo acceso. Il caricamento poi riprende.',
      },
    },
  },
}
