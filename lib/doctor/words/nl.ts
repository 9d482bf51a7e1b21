import type { DoctorWords } from './words.ts'

export const nl: DoctorWords = {
  locale: 'nl',
  title: 'Doctor',
  lead: 'Hier wordt geprobeerd wat een upload nodig heeft: in deze browser, in deze omgeving en op dit netwerk. Er wordt niets over u gelezen, en een bestand dat u hier kiest wordt niet verstuurd.',
  busy: {
    what: 'Op dit moment komen er te veel bezoeken van dit netwerk.',
    mend: 'Wacht een minuut en laad de pagina opnieuw.',
  },
  notStarted: {
    what: 'Het script van deze pagina werkt hier niet.',
    mend: 'De uploadpagina zou ook niet werken. De browser of WebView is misschien te oud (nodig zijn Safari 15.4, Chrome 90, Edge 90 of Firefox 91), of iets blokkeert scripts van dit adres. Werk hem bij, sta scripts toe of open de pagina in een andere browser.',
  },
  noScript: {
    what: 'Scripts staan hier uit.',
    mend: 'De uploadpagina heeft ze nodig. Roep in een Android-WebView setJavaScriptEnabled(true) aan. Voeg bij een frame allow-scripts toe aan het attribuut sandbox.',
  },
  script: {
    trying: 'Bezig met proberen…',
    summary: {
      fails: {
        one: 'Er moet één ding veranderen voordat uploads hier werken.',
        other: 'Er moeten {n} dingen veranderen voordat uploads hier werken.',
      },
      fallsBack: {
        one: 'Uploads werken hier. Eén ding kan beter.',
        other: 'Uploads werken hier. {n} dingen kunnen beter.',
      },
      works: 'Uploads werken hier.',
    },
    noAnswer: 'geen antwoord',
    status: 'status {status}',
  },
  levels: {
    works: 'Werkt',
    falls_back: 'Werkt op een andere manier',
    fails: 'Moet veranderen',
    untried: 'Niet geprobeerd',
  },
  chooser: {
    title: 'Probeer de bestandskiezer',
    text: 'Kies een willekeurig bestand, het liefst een dat in een cloud staat, zoals Google Drive of iCloud. Het wordt hier gelezen en niet verstuurd.',
    button: 'Bestand kiezen',
  },
  keep: {
    title: 'Laat het resultaat zien aan de beheerders van deze dienst',
    text: 'Zij zien het in hun console, onder Doctor, met de code die u hier krijgt. Het bevat wat op deze pagina staat en de naam van de browser, en wordt na een dag verwijderd.',
    button: 'Code aanvragen',
    failed: 'Het resultaat kon niet worden bewaard. Probeer het over een minuut opnieuw.',
  },
  checks: {
    address: {
      title: 'Adres',
      findings: {
        right: 'De pagina is geopend op het adres dat in de links staat.',
        elsewhere: [
          'De pagina is geopend op een ander adres dan in de links staat.',
          'Gebruik links zoals de API ze teruggeeft, en verander de host niet.',
        ],
      },
    },
    surroundings: {
      title: 'Omgeving',
      findings: {
        window: 'De pagina heeft een eigen venster.',
        frame: 'De pagina staat in een frame van een andere pagina, en het frame laat haar werken.',
        app: 'De pagina staat in een app.',
        sandbox: [
          'De pagina staat in een sandbox zonder eigen origin en mag daarom haar eigen server niet bereiken.',
          'Voeg allow-same-origin toe aan het attribuut sandbox van het frame en aan een Content-Security-Policy: sandbox van de pagina eromheen. embed.js zet de juiste attributen.',
        ],
      },
    },
    scripts: {
      title: 'Scripts',
      findings: {
        current: 'De browser heeft alles wat de uploadpagina nodig heeft.',
        old: [
          'De browser mist interfaces die de uploadpagina nodig heeft: {figure}.',
          'Werk de browser of WebView bij; de pagina ‘Browsers’ van de documentatie noemt de oudste die werken.',
        ],
      },
    },
    connection: {
      title: 'https',
      findings: {
        secure: 'De verbinding geldt als veilig.',
        insecure: [
          'De verbinding is onversleutelde http, dus de browser biedt een deel van zijn functies niet.',
          'Zet https voor de dienst, en geef dat adres op in PUBLIC_URL.',
        ],
      },
    },
    chooser: {
      title: 'Bestandskiezer',
      findings: {
        untried: 'Er is nog geen bestand gekozen.',
        opened: 'De bestandskiezer gaat open.',
        silent: [
          'De bestandskiezer is gevraagd en ging niet open.',
          'Implementeer onShowFileChooser in een Android-WebView. Bied in de app van een ander bedrijf de link in de browser aan.',
        ],
      },
    },
    file: {
      title: 'Bestand lezen',
      findings: {
        untried: 'Er is nog geen bestand gekozen. Een bestand in een cloud zegt het meest.',
        read: 'Het gekozen bestand kan van de eerste tot de laatste byte worden gelezen.',
        unreadable: [
          'Het gekozen bestand kan niet worden gelezen. Misschien staat het nog in een cloud of is het intussen veranderd.',
          'Download het bestand eerst naar het apparaat en kies het dan opnieuw.',
        ],
      },
    },
    inflate: {
      title: 'Archieven openen',
      findings: {
        built_in: 'De browser kan ZIP-archieven zelf openen (DecompressionStream).',
        loaded:
          'De browser heeft geen DecompressionStream. De uploadpagina laadt eigen code om archieven te openen.',
      },
    },
    digest: {
      title: 'Controlegetal',
      findings: {
        built_in: 'De browser berekent controlegetallen zelf (SubtleCrypto).',
        own: [
          'De browser biedt hier geen SubtleCrypto. De uploadpagina berekent controlegetallen zelf, maar trager.',
          'Lever de pagina via https.',
        ],
      },
    },
    worker: {
      title: 'Achtergrondthread',
      findings: {
        runs: 'Bestanden kunnen in een eigen thread worden gelezen.',
        refused: 'Hier start geen achtergrondthread. De uploadpagina leest het bestand zelf en kan haperen.',
      },
    },
    storage: {
      title: 'Opslag',
      findings: {
        available: 'Opslag is beschikbaar. De uploadpagina bewaart er niets in.',
        refused: 'De browser weigert hier opslag. Dat maakt niet uit: de uploadpagina bewaart er niets in.',
      },
    },
    clock: {
      title: 'Klok',
      findings: {
        unknown: 'De klok kon niet worden vergeleken, omdat de server niet antwoordde.',
        right: 'De klok van het apparaat en die van de server komen overeen.',
        wrong: [
          'De klok van het apparaat wijkt {figure} af. De uploadpagina telt volgens de klok van de server.',
          'Zet de klok van het apparaat gelijk: als hij ver afwijkt, werkt https niet meer.',
        ],
      },
    },
    methods: {
      title: 'Methoden',
      findings: {
        plain: 'HEAD en PATCH bereiken de server.',
        in_header: [
          'PATCH of HEAD bereikt de server niet ({figure}), maar een POST die zijn methode noemt wel.',
          'Laat HEAD en PATCH onder /api/upload/ door de proxy of firewall.',
        ],
        one_request: [
          'Verzoeken aan een begonnen upload bereiken de server niet ({figure}). Een bestand wordt in één verzoek verstuurd en kan niet worden hervat.',
          'Laat HEAD, PATCH en POST onder /api/upload/files/ door de proxy of firewall.',
        ],
        blocked: [
          'Geen enkel verzoek met een bestand bereikt de server ({figure}).',
          'Iets tussen deze browser en de dienst weigert uploads. Laat HEAD, PATCH en POST onder /api/upload/ door de proxy of firewall, of gebruik een ander netwerk.',
        ],
      },
    },
    bodies: {
      title: 'Groottes',
      findings: {
        unknown: 'Groottes zijn niet geprobeerd, omdat geen verzoek met een bestand erdoor komt.',
        large: 'Verzoeken van 5 MiB komen volledig bij de server aan.',
        smaller: [
          'Alleen verzoeken tot {figure} bereiken de server. De uploadpagina stuurt er meer, en kleinere.',
          'Laat inhoud van 5 MiB door de proxy (nginx: client_max_body_size 6m).',
        ],
        cut: [
          'Zelfs een verzoek van 64 KiB komt niet volledig bij de server aan.',
          'Laat inhoud van 5 MiB door de proxy (nginx: client_max_body_size 6m), en verander die niet.',
        ],
      },
    },
    headers: {
      title: 'Headers',
      findings: {
        unknown: 'Headers zijn niet vergeleken, omdat geen verzoek met een bestand erdoor komt.',
        kept: 'De headers van uploads komen in beide richtingen aan.',
        token_removed: [
          'Authorization wordt onderweg verwijderd. De uploadpagina stuurt het token van de link ook in X-Upload-Token.',
          'Laat Authorization door de proxy.',
        ],
        answer_removed: [
          'Upload-Offset of Tus-Resumable wordt uit de antwoorden verwijderd. Een bestand wordt in één verzoek verstuurd.',
          'Laat Upload-Offset, Tus-Resumable en Location door de proxy, ook in antwoorden.',
        ],
        removed: [
          'Upload-Offset of Tus-Resumable wordt uit de verzoeken verwijderd, en zonder die headers kan geen bestand worden verstuurd.',
          'Laat Upload-Offset, Upload-Length, Upload-Metadata en Tus-Resumable door de proxy.',
        ],
      },
    },
    host: {
      title: 'Gebeurtenissen',
      findings: {
        none: 'Er is geen pagina of app om deze heen, dus niemand hoeft van gebeurtenissen te horen.',
        answers: 'De pagina om deze heen antwoordt: gebeurtenissen gaan in beide richtingen.',
        app: 'De app om deze pagina heen ontvangt gebeurtenissen. Of zij ze begrijpt, blijkt in de app.',
        silent: [
          'De pagina om deze heen antwoordt niet. Uploads werken en webhooks informeren uw backend, maar uw pagina hoort niets.',
          'Open links met embed.js, dat op de begroeting van de pagina antwoordt, of antwoord zelf zoals ‘Embedding’ laat zien.',
        ],
      },
    },
    isolation: {
      title: 'Isolatie (COOP, COEP)',
      findings: {
        open: 'De pagina is niet van andere sites geïsoleerd, en dat hoeft ook niet.',
        isolated: 'De pagina is van andere sites geïsoleerd en werkt toch.',
      },
    },
    screen: {
      title: 'Scherm',
      findings: {
        held: 'Het scherm blijft aan terwijl een bestand wordt verstuurd.',
        refused: [
          'Het scherm kan uitgaan terwijl een bestand wordt verstuurd: dit frame mag het niet aanhouden. De upload gaat daarna verder.',
          'Voeg allow="screen-wake-lock" toe aan het frame; embed.js doet dat.',
        ],
        missing:
          'Het scherm kan uitgaan terwijl een bestand wordt verstuurd, omdat de browser het niet kan aanhouden. De upload gaat daarna verder.',
      },
    },
  },
}
