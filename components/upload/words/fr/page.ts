import type { Words } from '../words.ts'
import { NETWORK_FR } from './network.ts'
import { REASONS_FR } from './reasons.ts'
import { RECOGNISED_FR } from './recognised.ts'

/** French: « vous », short sentences, no jargon. */
export const fr: Words = {
  locale: 'fr',
  title: 'Envoyer votre fichier ADN',
  test: 'Ceci est un test. Ne choisissez pas un vrai fichier ADN : tout ce qui est envoyé ici est supprimé au bout d’un jour.',
  noScript: 'Cette page a besoin de JavaScript. Activez-le, ou ouvrez le lien dans un autre navigateur.',
  start: {
    heading: 'Cette page n’a pas démarré',
    late: 'Si votre connexion est lente, patientez encore un peu. Sinon, rechargez la page, désactivez ce qui bloque les scripts ici, ou ouvrez le lien dans un navigateur à jour : Chrome, Edge, Firefox ou Safari.',
    reload: 'Recharger la page',
    elsewhere: 'Ce n’est pas l’adresse de ce service. Veuillez utiliser {address}.',
    open: 'Ouvrir cette page sur {address}',
    boxed:
      'La page qui contient celle-ci l’empêche de fonctionner. Veuillez l’ouvrir dans une fenêtre séparée.',
  },
  someone: 'la personne qui vous a envoyé ce lien',
  steps: { label: 'Étapes', choose: 'Choisir', check: 'Vérifier', send: 'Envoyer' },
  loading: 'Ouverture de votre page d’envoi…',
  busy: 'Veuillez patienter',
  ready: {
    heading: 'Envoyez votre fichier ADN à {partner}',
    need: 'Il vous faut le fichier .zip de vos données ADN brutes de {vendors}.',
    unchanged: 'Choisissez-le tel que votre société de tests ADN vous l’a donné.',
    mayTake:
      'Si vous devez encore le demander : votre société de tests ADN peut mettre des heures ou des jours à l’envoyer.',
    choose: 'Choisir mon fichier .zip',
    drop: 'Ou déposez le fichier n’importe où sur cette page.',
    dropNow: 'Relâchez pour vérifier ce fichier',
    limits: 'Jusqu’à {limit}.',
    takes: 'Une fois le fichier en main, il faut environ deux minutes.',
    window: 'Cette page reste ouverte encore {time}.',
    noFileYet: 'Je ne l’ai pas encore',
    canceled: 'Arrêté. Ce qui avait été envoyé est supprimé.',
    resumable:
      'Nous avons déjà {share} d’un fichier. Choisissez le même fichier pour continuer, ou un autre pour recommencer.',
  },
  picker: {
    cannotSelect: 'Je n’arrive pas à sélectionner mon fichier',
    anyType:
      'Vous pouvez maintenant sélectionner n’importe quel fichier. Réessayez : si le vôtre était grisé, cela devrait marcher.',
    silent:
      'Rien ne s’est ouvert ? Certaines applications empêchent de choisir un fichier. Ouvrez cette page dans votre navigateur habituel (Safari, Chrome ou Firefox) ou sur un autre appareil.',
    inApp:
      'Vous avez ouvert cette page dans une autre application. Si vous ne pouvez pas y choisir votre fichier, ouvrez la page dans votre navigateur habituel : cherchez « Ouvrir dans le navigateur » dans le menu de l’application, ou copiez le lien.',
    inAppCopied: 'Copié. Collez-le maintenant dans la barre d’adresse de votre navigateur habituel.',
    ownWindow: 'Ouvrir cette page dans sa propre fenêtre',
  },
  otherDevice: {
    title: 'Mon fichier est sur un autre appareil',
    how: 'Ouvrez-y cette même page. Envoyez-vous le lien :',
    timeLeft: 'Il reste valable pendant {time}.',
    share: 'Partager le lien',
    copy: 'Copier le lien',
    copied: 'Copié. Collez-le maintenant dans un message à vous-même.',
    copiedShort: 'Copié',
    copyByHand: 'La copie est bloquée ici. Copiez l’adresse en haut de votre navigateur.',
    caution:
      'Ne le partagez qu’avec vous-même : toute personne qui a ce lien peut envoyer un fichier en votre nom.',
  },
  where: {
    title: 'Où est mon fichier .zip ?',
    intro:
      'Il faut le .zip lui-même, pas le fichier qu’il contient. Les téléphones et les ordinateurs le décompressent souvent d’eux-mêmes.',
    systems: {
      ios: {
        title: 'iPhone ou iPad',
        steps: [
          'Ouvrez l’app Fichiers et regardez dans Téléchargements, sur l’iPhone et dans iCloud Drive.',
          'Toucher un .zip le décompresse et crée un second fichier ou un dossier à côté. Choisissez celui qui finit par .zip.',
          'S’il ne reste que le fichier décompressé, téléchargez-le de nouveau auprès de votre société de tests ADN.',
        ],
      },
      android: {
        title: 'Android',
        steps: [
          'Ouvrez Fichiers (ou Mes fichiers) et regardez dans Téléchargements.',
          'Choisissez le fichier qui finit par .zip. Ne le décompressez pas avant.',
          'S’il est grisé, utilisez « Je n’arrive pas à sélectionner mon fichier » sur cette page.',
        ],
      },
      mac: {
        title: 'Mac',
        steps: [
          'Safari décompresse les téléchargements de lui-même et met le .zip dans la Corbeille. Allez l’y chercher.',
          'Ou désactivez cela : Safari, Réglages, Général, « Ouvrir automatiquement les fichiers “fiables” ». Puis téléchargez de nouveau.',
          'Ne le compressez pas vous-même : cela change le fichier.',
        ],
      },
      windows: {
        title: 'Windows',
        steps: [
          'Ouvrez l’Explorateur de fichiers et regardez dans Téléchargements.',
          'Choisissez le « dossier compressé ». N’utilisez pas « Extraire tout ».',
          'Si vous ne voyez qu’un fichier texte, téléchargez-le de nouveau auprès de votre société de tests ADN.',
        ],
      },
    },
  },
  howToGet: {
    title: 'Comment l’obtenir de ma société de tests ADN ?',
    intro:
      'Connectez-vous sur leur site, si possible depuis un ordinateur. Vous recevrez un e-mail quand le fichier sera prêt.',
    fileName: 'Le fichier s’appelle par exemple {file}.',
    vendors: {
      '23andme': {
        steps: [
          'Ouvrez « Settings », puis « 23andMe Data », puis « Download your data ».',
          'Demandez « Raw data ». Pas l’arbre généalogique, les apparentés ni les rapports.',
          'Quand l’e-mail arrive, connectez-vous de nouveau et enregistrez le fichier .zip.',
        ],
        wait: 'L’e-mail arrive après quelques heures, parfois quelques jours.',
      },
      ancestrydna: {
        steps: [
          'Ouvrez « ADN », puis « Paramètres », puis « Télécharger les données ADN ».',
          'Confirmez avec le lien dans l’e-mail.',
          'Enregistrez le fichier .zip avec le lien de l’e-mail suivant. Ce lien ne marche qu’une fois, et pendant une semaine.',
        ],
        wait: 'Cela peut prendre quelques heures.',
      },
      myheritage: {
        steps: [
          'Ouvrez « ADN », puis « Gérer les kits ADN ».',
          'Ouvrez le menu à trois points à côté de votre kit et choisissez « Télécharger ».',
          'Confirmez avec le lien dans l’e-mail et enregistrez le fichier .zip.',
        ],
        wait: 'Cela peut prendre de quelques minutes à quelques heures.',
      },
    },
  },
  noFileYet: {
    heading: 'Pas de souci. Obtenez d’abord votre fichier',
    intro:
      'Demandez vos données brutes à votre société de tests ADN. Cela peut prendre des heures ou des jours.',
    link: 'D’ici là, cette page sera fermée. {partner} peut vous envoyer un nouveau lien.',
    site: 'Ouvrir la page de téléchargement de {vendor}',
    leave: 'Retour à {partner}',
    leaveHere: 'Dire à {partner} qu’il me faut plus de temps',
    back: 'En fait, je l’ai',
  },
  reading: {
    heading: 'Lecture de votre fichier',
    text: 'Rien n’a encore été envoyé. Votre fichier est d’abord vérifié sur cet appareil.',
    slow: 'C’est long. Si le fichier est dans iCloud, Google Drive ou OneDrive, il faut d’abord aller le chercher.',
    cancel: 'Arrêter',
  },
  checked: {
    heading: 'C’est votre fichier {vendor}',
    text: 'Il semble correct. L’envoi commence.',
  },
  uploading: {
    heading: 'Envoi de votre fichier {vendor} à {partner}',
    bar: 'Envoyé jusqu’ici',
    sent: {
      one: '{sent} envoyé sur {total}',
      many: '{sent} envoyés sur {total}',
      other: '{sent} envoyés sur {total}',
    },
    remaining: {
      one: 'environ {time} restante',
      many: 'environ {time} restantes',
      other: 'environ {time} restantes',
    },
    estimating: 'calcul de la durée…',
    keepOpen: 'Gardez cette page ouverte, s’il vous plaît.',
    offline:
      'Vous êtes hors ligne. Rien n’est perdu : cela reprendra tout seul dès que vous serez de nouveau en ligne.',
    stalled: 'La connexion est très lente ou coupée. Rien n’est perdu : nous réessayons.',
    willNotFit:
      'À cette vitesse, il faut encore {needed}, mais il ne reste que {left}. Essayez un réseau plus rapide, par exemple le Wi-Fi : cela reprendra là où cela s’est arrêté.',
    cancel: 'Arrêter et supprimer ce qui est envoyé',
    sure: 'Arrêter et supprimer ce qui est arrivé ?',
    sureStop: 'Oui, arrêter et supprimer',
    sureGoOn: 'Non, continuer l’envoi',
    announceStart: 'L’envoi a commencé.',
    announceShare: '{share} envoyés.',
    announceTooSlow: 'À cette vitesse, le fichier n’arrivera pas à temps. Essayez un réseau plus rapide.',
  },
  verifying: {
    heading: 'Vérification de votre fichier',
    text: 'Tout est arrivé. Une dernière vérification, quelques secondes seulement.',
    bar: 'Vérification',
    stalled: 'Nous avons votre fichier. Nous attendons la réponse et réessayons.',
  },
  received: {
    heading: '{partner} a votre fichier',
    text: 'Votre fichier {vendor} est arrivé complet et toutes les vérifications sont réussies. Merci.',
    close: 'Vous pouvez fermer cette page.',
    onward: 'Retour vers {partner}…',
    continue: 'Continuer vers {partner}',
    before: 'Votre fichier a été envoyé avec ce lien. Il n’y a plus rien à faire ici.',
    next: 'Pour la suite, {partner} vous tiendra au courant.',
    size: 'Taille',
    arrived: 'Reçu le',
  },
  rejected: {
    heading: 'Ce fichier ne convient pas',
    headingSeveral: 'Choisissez un seul fichier',
    headingService: 'L’opération n’a pas abouti',
    again: 'Choisir un autre fichier',
    againSame: 'Choisir de nouveau le fichier',
    file: 'Votre fichier',
    reference: 'Référence',
    copyReference: 'Copier la référence',
    details: 'Détails pour l’assistance',
    copy: 'Copier les détails',
    copied: 'Copié. Collez-les dans votre message à {partner}.',
  },
  ended: {
    link_invalid: {
      heading: 'Ce lien ne fonctionne pas',
      what: 'Il a peut-être été coupé lors de la copie.',
      mend: 'Retournez au message ou à la page d’où il vient et ouvrez-le de là.',
    },
    link_expired: {
      heading: 'Ce lien a expiré',
      what: 'Il n’a pas été ouvert à temps. Aucun fichier n’a été envoyé.',
      mend: 'Demandez un nouveau lien à {partner}. C’est rapide.',
    },
    session_expired: {
      heading: 'Le délai d’envoi est dépassé',
      what: 'Aucun fichier complet n’est arrivé à temps. Ce qui avait été envoyé est supprimé.',
      mend: 'Demandez un nouveau lien à {partner} et préparez votre fichier .zip.',
    },
    link_canceled: {
      heading: 'Cet envoi a été annulé',
      what: '{partner} a annulé ce lien. Aucun fichier n’a été gardé.',
      mend: 'Si cela vous surprend, demandez un nouveau lien à {partner}.',
    },
  },
  addressAlone: {
    what: 'Cette adresse ne fonctionne que dans la fenêtre où le lien a été ouvert. Ce n’est pas le lien complet.',
    mend: 'Retournez au message ou à la page d’où il vient et ouvrez-le de là. Si vous revenez ici, copiez le lien complet à cet endroit, jusqu’au dernier caractère, et collez-le dans la barre d’adresse.',
  },
  left: {
    heading: 'Vous avez arrêté l’envoi',
    text: 'Aucun fichier n’a été gardé. Vous pouvez fermer cette page.',
    notReady: 'Quand vous aurez votre fichier, demandez un nouveau lien à {partner}.',
    goOn: 'Reprendre l’envoi',
  },
  leaving: 'Retour vers {partner}…',
  unreachable: {
    again: 'Réessayer',
    no_reply: {
      heading: 'Pas de connexion',
      what: 'Nous n’avons pas pu joindre le service d’envoi.',
      mend: 'Vérifiez votre connexion internet. Nous réessayons automatiquement.',
    },
    foreign_reply: {
      heading: 'Votre réseau bloque la connexion',
      what: 'Votre réseau répond à notre place. Le Wi-Fi des hôtels, des trains et des bureaux demande souvent de s’identifier d’abord.',
      mend: 'Identifiez-vous sur ce réseau ou passez sur un autre, puis réessayez.',
    },
    busy: {
      heading: 'Un instant, s’il vous plaît',
      what: 'Cette page a été demandée trop souvent en peu de temps.',
      mend: 'Nous réessayons automatiquement dans un instant.',
    },
    service: {
      heading: 'Le problème vient de chez nous',
      what: 'Le service d’envoi ne peut pas répondre pour le moment. Vous n’y êtes pour rien.',
      mend: 'Nous réessayons automatiquement. Vous pouvez aussi revenir dans quelques minutes.',
    },
  },
  leave: {
    back: 'Retour à {partner}',
    stop: 'Terminer sans rien envoyer',
    ask: 'Demander un nouveau lien à {partner}',
  },
  countdown: {
    left: {
      one: '{time} restante pour l’envoi',
      many: '{time} restantes pour l’envoi',
      other: '{time} restantes pour l’envoi',
    },
    twoMinutes: 'Il reste moins de deux minutes. Tout votre fichier doit arriver avant la fin du délai.',
    halfMinute:
      'Il reste moins d’une demi-minute. Si cela ne suffit pas, demandez un nouveau lien à {partner}.',
    over: 'Nous regardons s’il reste du temps…',
  },
  trust: {
    title: 'Qui reçoit votre fichier',
    titleAfter: 'Ce que devient votre fichier',
    inShort: 'D’abord vérifié sur votre appareil. Transmis uniquement à {partner}.',
    more: 'Ce qu’il devient',
    who: 'Votre fichier va à {partner}, par une connexion protégée, et à personne d’autre.',
    purpose: 'Pourquoi {partner} en a besoin :',
    noPurpose: 'Vous ne savez pas à quoi il servira ? Demandez à {partner} avant de l’envoyer.',
    check:
      'Il est vérifié sur votre appareil avant tout envoi de son contenu. S’il est inutilisable, seul le motif est communiqué à {partner}.',
    keptBoth: {
      one: 'Votre fichier et les résultats obtenus sont supprimés de ce service après {n} jour.',
      many: 'Votre fichier et les résultats obtenus sont supprimés de ce service après {n} de jours.',
      other: 'Votre fichier et les résultats obtenus sont supprimés de ce service après {n} jours.',
    },
    keptFile: {
      one: 'Votre fichier est supprimé de ce service après {n} jour.',
      many: 'Votre fichier est supprimé de ce service après {n} de jours.',
      other: 'Votre fichier est supprimé de ce service après {n} jours.',
    },
    keptResults: {
      one: 'Les résultats obtenus sont supprimés après {n} jour.',
      many: 'Les résultats obtenus sont supprimés après {n} de jours.',
      other: 'Les résultats obtenus sont supprimés après {n} jours.',
    },
    keptBothUntil:
      'Votre fichier et les résultats obtenus sont gardés jusqu’à ce que {partner} les supprime.',
    keptFileUntil: 'Votre fichier est gardé jusqu’à ce que {partner} le supprime.',
    keptResultsUntil: 'Les résultats obtenus sont gardés jusqu’à ce que {partner} les supprime.',
    unfinished: 'S’il n’arrive pas à temps, ce qui a été envoyé est supprimé.',
    erase:
      'Vous voulez qu’il soit supprimé ? Demandez à {partner} : c’est possible à tout moment, pour de bon.',
    promise: 'Ce service ne vend jamais votre fichier et ne s’en sert pas pour lui-même.',
    privacy: 'Cette page ne dépose aucun cookie et ne charge rien d’autres sociétés.',
    policy: 'Comment {partner} traite vos données',
    support: 'Aide de {partner}',
  },
  otherSource:
    'Cela ressemble à un fichier {source}. {partner} ne peut pas encore utiliser ce type de fichier.',
  network: NETWORK_FR,
  reasons: REASONS_FR,
  recognised: RECOGNISED_FR,
}
