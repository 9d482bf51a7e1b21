import type { Words } from '../words.ts'
import { NETWORK_NL } from './network.ts'
import { REASONS_NL } from './reasons.ts'
import { RECOGNISED_NL } from './recognised.ts'

/** Dutch: “je”, short sentences, no jargon. */
export const nl: Words = {
  locale: 'nl',
  title: 'Je DNA-bestand uploaden',
  test: 'Dit is een test. Kies geen echt DNA-bestand: alles wat hier wordt verstuurd, wordt na één dag gewist.',
  noScript: 'Deze pagina heeft JavaScript nodig. Zet het aan of open de link in een andere browser.',
  start: {
    heading: 'Deze pagina is niet gestart',
    late: 'Is je verbinding langzaam, wacht dan nog even. Laad anders de pagina opnieuw, zet uit wat hier scripts blokkeert, of open de link in een recente browser: Chrome, Edge, Firefox of Safari.',
    reload: 'Pagina opnieuw laden',
    elsewhere: 'Dit is niet het adres van deze dienst. Gebruik {address}.',
    open: 'Open deze pagina op {address}',
    boxed: 'De pagina waar deze in staat, laat haar niet werken. Open haar in een eigen venster.',
  },
  someone: 'degene die je deze link stuurde',
  steps: { label: 'Stappen', choose: 'Kiezen', check: 'Controleren', send: 'Versturen' },
  loading: 'Je uploadpagina wordt geopend…',
  busy: 'Even geduld',
  ready: {
    heading: 'Stuur je DNA-bestand naar {partner}',
    need: 'Je hebt het .zip-bestand met je ruwe DNA-gegevens van {vendors} nodig.',
    unchanged: 'Kies het precies zoals je DNA-testbedrijf het je gaf.',
    mayTake:
      'Moet je het nog aanvragen? Dan kan het uren of dagen duren voordat je DNA-testbedrijf het stuurt.',
    choose: 'Mijn .zip-bestand kiezen',
    drop: 'Of sleep het bestand ergens op deze pagina.',
    dropNow: 'Laat los om dit bestand te controleren',
    limits: 'Tot {limit}.',
    takes: 'Als je het bestand hebt, duurt het ongeveer twee minuten.',
    window: 'Deze pagina blijft nog {time} open.',
    noFileYet: 'Ik heb het nog niet',
    canceled: 'Gestopt. Wat al verstuurd was, is gewist.',
    resumable:
      'We hebben al {share} van een bestand. Kies hetzelfde bestand om verder te gaan, of een ander om opnieuw te beginnen.',
  },
  picker: {
    cannotSelect: 'Ik kan mijn bestand niet selecteren',
    anyType:
      'Je kunt nu elk bestand selecteren. Probeer het nog eens: was je bestand grijs, dan zou het nu moeten lukken.',
    silent:
      'Ging er niets open? Sommige apps laten geen bestanden kiezen. Open deze pagina in je gewone browser (Safari, Chrome of Firefox) of gebruik een ander apparaat.',
    inApp:
      'Je hebt deze pagina in een andere app geopend. Kun je hier je bestand niet kiezen, open de pagina dan in je gewone browser: zoek “Openen in browser” in het menu van de app, of kopieer de link.',
    inAppCopied: 'Gekopieerd. Plak hem nu in de adresbalk van je gewone browser.',
    ownWindow: 'Deze pagina in een eigen venster openen',
  },
  otherDevice: {
    title: 'Mijn bestand staat op een ander apparaat',
    how: 'Open daar precies deze pagina. Stuur jezelf de link:',
    timeLeft: 'Hij werkt nog {time}.',
    share: 'De link delen',
    copy: 'De link kopiëren',
    copied: 'Gekopieerd. Plak hem nu in een bericht aan jezelf.',
    copiedShort: 'Gekopieerd',
    copyByHand: 'Kopiëren kan hier niet. Kopieer het adres boven in je browser.',
    caution: 'Deel hem alleen met jezelf: iedereen met deze link kan uit jouw naam een bestand uploaden.',
  },
  where: {
    title: 'Waar is mijn .zip-bestand?',
    intro:
      'Het moet het .zip-bestand zelf zijn, niet het bestand erin. Telefoons en computers pakken het vaak vanzelf uit.',
    systems: {
      ios: {
        title: 'iPhone of iPad',
        steps: [
          'Open de app Bestanden en kijk in Downloads, op de iPhone en in iCloud Drive.',
          'Tik je op een .zip, dan wordt die uitgepakt en komt er een tweede bestand of een map naast te staan. Kies het bestand dat eindigt op .zip.',
          'Is alleen het uitgepakte bestand er nog, download het dan opnieuw bij je DNA-testbedrijf.',
        ],
      },
      android: {
        title: 'Android',
        steps: [
          'Open Bestanden (of Mijn bestanden) en kijk in Downloads.',
          'Kies het bestand dat eindigt op .zip. Pak het niet eerst uit.',
          'Is het grijs, gebruik dan “Ik kan mijn bestand niet selecteren” op deze pagina.',
        ],
      },
      mac: {
        title: 'Mac',
        steps: [
          'Safari pakt downloads vanzelf uit en legt de .zip in de prullenmand. Haal hem daaruit terug.',
          'Of zet het uit: Safari, Instellingen, Algemeen, “Open ‘veilige’ bestanden na het downloaden”. Download daarna opnieuw.',
          'Comprimeer het niet zelf opnieuw: dan verandert het bestand.',
        ],
      },
      windows: {
        title: 'Windows',
        steps: [
          'Open Verkenner en kijk in Downloads.',
          'Kies de “Gecomprimeerde (gezipte) map”. Gebruik niet “Alles uitpakken”.',
          'Zie je alleen een tekstbestand, download het dan opnieuw bij je DNA-testbedrijf.',
        ],
      },
    },
  },
  howToGet: {
    title: 'Hoe krijg ik het van mijn DNA-testbedrijf?',
    intro: 'Log in op hun website, liefst op een computer. Je krijgt een e-mail als het bestand klaar is.',
    fileName: 'Het bestand heet bijvoorbeeld {file}.',
    vendors: {
      '23andme': {
        steps: [
          'Open “Settings”, dan “23andMe Data”, dan “Download your data”.',
          'Vraag “Raw data” aan. Niet de stamboom, de familieleden of de rapporten.',
          'Komt de e-mail, log dan opnieuw in en bewaar het .zip-bestand.',
        ],
        wait: 'De e-mail komt na uren, soms na dagen.',
      },
      ancestrydna: {
        steps: [
          'Open “DNA”, dan “Settings”, dan “Download DNA data”.',
          'Bevestig het met de link in de e-mail.',
          'Bewaar het .zip-bestand met de link in de volgende e-mail. Die link werkt maar één keer, en een week lang.',
        ],
        wait: 'Dat kan een paar uur duren.',
      },
      myheritage: {
        steps: [
          'Open “DNA” en dan “DNA-kits beheren”.',
          'Open het menu met drie puntjes naast je kit en kies “Downloaden”.',
          'Bevestig het met de link in de e-mail en bewaar het .zip-bestand.',
        ],
        wait: 'Dat kan een paar minuten tot een paar uur duren.',
      },
    },
  },
  noFileYet: {
    heading: 'Geen probleem. Vraag eerst je bestand op',
    intro: 'Vraag je ruwe gegevens aan bij je DNA-testbedrijf. Dat kan uren of dagen duren.',
    link: 'Deze pagina is dan gesloten. {partner} kan je een nieuwe link sturen.',
    site: 'De downloadpagina van {vendor} openen',
    leave: 'Terug naar {partner}',
    leaveHere: 'Tegen {partner} zeggen dat ik meer tijd nodig heb',
    back: 'Ik heb het toch',
  },
  reading: {
    heading: 'Je bestand wordt gelezen',
    text: 'Er is nog niets verstuurd. Je bestand wordt eerst op dit apparaat gecontroleerd.',
    slow: 'Dit duurt lang. Staat het bestand in iCloud, Google Drive of OneDrive, dan moet het daar eerst vandaan komen.',
    cancel: 'Stoppen',
  },
  checked: {
    heading: 'Dit is je bestand van {vendor}',
    text: 'Het ziet er goed uit. Het versturen begint nu.',
  },
  uploading: {
    heading: 'Je bestand van {vendor} gaat naar {partner}',
    bar: 'Tot nu toe verstuurd',
    sent: { one: '{sent} van {total} is aangekomen', other: '{sent} van {total} is aangekomen' },
    remaining: { one: 'nog ongeveer {time}', other: 'nog ongeveer {time}' },
    estimating: 'de tijd wordt berekend…',
    keepOpen: 'Laat deze pagina open.',
    offline: 'Je bent offline. Er gaat niets verloren: het gaat vanzelf verder zodra je weer online bent.',
    stalled: 'De verbinding is erg traag of weg. Er gaat niets verloren: we blijven het proberen.',
    willNotFit:
      'Met deze snelheid is nog {needed} nodig, maar er is nog maar {left}. Probeer een sneller netwerk, zoals wifi: het gaat verder waar het was.',
    cancel: 'Stoppen en wissen wat verstuurd is',
    sure: 'Stoppen en wissen wat is aangekomen?',
    sureStop: 'Ja, stoppen en wissen',
    sureGoOn: 'Nee, verder versturen',
    announceStart: 'Het versturen is begonnen.',
    announceShare: '{share} verstuurd.',
    announceTooSlow: 'Met deze snelheid komt het bestand niet op tijd aan. Probeer een sneller netwerk.',
  },
  verifying: {
    heading: 'Je bestand wordt gecontroleerd',
    text: 'Alles is aangekomen. Nog één laatste controle, een paar seconden maar.',
    bar: 'Controleren',
    stalled: 'Je bestand is bij ons. We wachten op het antwoord en blijven het proberen.',
  },
  received: {
    heading: '{partner} heeft je bestand',
    text: 'Je bestand van {vendor} is compleet aangekomen en door alle controles gekomen. Bedankt.',
    close: 'Je kunt deze pagina nu sluiten.',
    onward: 'Je gaat terug naar {partner}…',
    continue: 'Verder naar {partner}',
    before: 'Je bestand is met deze link al geüpload. Hier hoef je niets meer te doen.',
    next: 'Wat er daarna gebeurt, hoor je van {partner}.',
    size: 'Grootte',
    arrived: 'Ontvangen',
  },
  rejected: {
    heading: 'Dit bestand werkt niet',
    headingSeveral: 'Kies maar één bestand',
    headingService: 'Dat is niet gelukt',
    again: 'Een ander bestand kiezen',
    againSame: 'Het bestand opnieuw kiezen',
    file: 'Je bestand',
    reference: 'Referentie',
    copyReference: 'De referentie kopiëren',
    details: 'Gegevens voor de helpdesk',
    copy: 'De gegevens kopiëren',
    copied: 'Gekopieerd. Plak ze in je bericht aan {partner}.',
  },
  ended: {
    link_invalid: {
      heading: 'Deze link werkt niet',
      what: 'Misschien is hij bij het kopiëren afgekapt.',
      mend: 'Ga terug naar het bericht of de pagina waar hij stond en open hem daar.',
    },
    link_expired: {
      heading: 'Deze link is verlopen',
      what: 'Hij is niet op tijd geopend. Er is geen bestand verstuurd.',
      mend: 'Vraag {partner} om een nieuwe link. Dat is zo gebeurd.',
    },
    session_expired: {
      heading: 'De tijd voor deze upload is voorbij',
      what: 'Er kwam niet op tijd een compleet bestand aan. Wat al verstuurd was, is gewist.',
      mend: 'Vraag {partner} om een nieuwe link en houd je .zip-bestand bij de hand.',
    },
    link_canceled: {
      heading: 'Deze upload is geannuleerd',
      what: '{partner} heeft deze link ingetrokken. Er is geen bestand bewaard.',
      mend: 'Had je dit niet verwacht, vraag {partner} dan om een nieuwe link.',
    },
  },
  addressAlone: {
    what: 'Dit adres werkt alleen in het venster waarin de link is geopend. Het is niet de hele link.',
    mend: 'Ga terug naar het bericht of de pagina waar hij stond en open hem daar. Kom je weer hier uit, kopieer daar dan de hele link, tot en met het laatste teken, en plak hem in de adresbalk.',
  },
  left: {
    heading: 'Je hebt de upload gestopt',
    text: 'Er is geen bestand bewaard. Je kunt deze pagina nu sluiten.',
    notReady: 'Heb je je bestand, vraag {partner} dan om een nieuwe link.',
    goOn: 'Verdergaan met de upload',
  },
  leaving: 'Je gaat terug naar {partner}…',
  unreachable: {
    again: 'Nog eens proberen',
    no_reply: {
      heading: 'Geen verbinding',
      what: 'We konden de uploaddienst niet bereiken.',
      mend: 'Controleer je internetverbinding. We blijven het automatisch proberen.',
    },
    foreign_reply: {
      heading: 'Je netwerk blokkeert de verbinding',
      what: 'Je netwerk antwoordt in onze plaats. Wifi in hotels, treinen en kantoren vraagt vaak eerst om in te loggen.',
      mend: 'Log in op dat netwerk of stap over op een ander, en probeer het dan nog eens.',
    },
    busy: {
      heading: 'Een ogenblik',
      what: 'Deze pagina is in korte tijd te vaak opgevraagd.',
      mend: 'We proberen het zo automatisch opnieuw.',
    },
    service: {
      heading: 'Er is een probleem bij ons',
      what: 'De uploaddienst kan nu niet antwoorden. Het ligt niet aan jou.',
      mend: 'We blijven het automatisch proberen. Je kunt ook over een paar minuten terugkomen.',
    },
  },
  leave: {
    back: 'Terug naar {partner}',
    stop: 'Stoppen zonder te uploaden',
    ask: '{partner} om een nieuwe link vragen',
  },
  countdown: {
    left: { one: 'Nog {time} om te uploaden', other: 'Nog {time} om te uploaden' },
    twoMinutes: 'Nog minder dan twee minuten. Je hele bestand moet aankomen voordat de tijd om is.',
    halfMinute:
      'Nog minder dan een halve minuut. Is dat niet genoeg, vraag {partner} dan om een nieuwe link.',
    over: 'We kijken of er nog tijd over is…',
  },
  trust: {
    title: 'Wie je bestand krijgt',
    titleAfter: 'Wat er nu met je bestand gebeurt',
    inShort: 'Wordt eerst op je apparaat gecontroleerd. Gaat alleen naar {partner}.',
    more: 'Wat ermee gebeurt',
    who: 'Je bestand gaat naar {partner}, over een beveiligde verbinding, en naar niemand anders.',
    purpose: 'Waarvoor {partner} het nodig heeft:',
    noPurpose: 'Weet je niet zeker waarvoor het is? Vraag het {partner} voordat je het verstuurt.',
    check:
      'Het wordt op je apparaat gecontroleerd voordat er iets van wordt verstuurd. Is het niet bruikbaar, dan krijgt {partner} alleen de reden te horen.',
    keptBoth: {
      one: 'Je bestand en wat ermee wordt berekend, worden na {n} dag uit deze dienst gewist.',
      other: 'Je bestand en wat ermee wordt berekend, worden na {n} dagen uit deze dienst gewist.',
    },
    keptFile: {
      one: 'Je bestand wordt na {n} dag uit deze dienst gewist.',
      other: 'Je bestand wordt na {n} dagen uit deze dienst gewist.',
    },
    keptResults: {
      one: 'Wat ermee wordt berekend, wordt na {n} dag gewist.',
      other: 'Wat ermee wordt berekend, wordt na {n} dagen gewist.',
    },
    keptBothUntil: 'Je bestand en wat ermee wordt berekend, worden bewaard totdat {partner} ze wist.',
    keptFileUntil: 'Je bestand wordt bewaard totdat {partner} het wist.',
    keptResultsUntil: 'Wat ermee wordt berekend, wordt bewaard totdat {partner} het wist.',
    unfinished: 'Komt het niet op tijd aan, dan wordt gewist wat verstuurd is.',
    erase: 'Wil je dat het gewist wordt? Vraag het {partner}: dat kan altijd, en voorgoed.',
    promise: 'Deze uploaddienst verkoopt je bestand nooit en gebruikt het niet voor eigen doeleinden.',
    privacy: 'Deze pagina plaatst geen cookies en laadt niets van andere bedrijven.',
    policy: 'Hoe {partner} met je gegevens omgaat',
    support: 'Hulp van {partner}',
  },
  otherSource: 'Dit lijkt een bestand van {source}. {partner} kan die nog niet gebruiken.',
  network: NETWORK_NL,
  reasons: REASONS_NL,
  recognised: RECOGNISED_NL,
}
