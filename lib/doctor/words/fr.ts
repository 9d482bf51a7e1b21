import type { DoctorWords } from './words.ts'

export const fr: DoctorWords = {
  locale: 'fr',
  title: 'Doctor',
  lead: 'Cette page essaie tout ce dont un envoi a besoin, dans ce navigateur, dans cet environnement et sur ce réseau. Rien n’est lu à votre sujet, et un fichier choisi ici n’est pas envoyé.',
  busy: {
    what: 'Trop de visites proviennent de ce réseau en ce moment.',
    mend: 'Attendez une minute, puis rechargez la page.',
  },
  notStarted: {
    what: 'Le script de cette page ne fonctionne pas ici.',
    mend: 'La page d’envoi ne fonctionnerait pas non plus. Le navigateur ou la WebView est peut-être trop ancien (il faut Safari 15.4, Chrome 90, Edge 90 ou Firefox 91), ou quelque chose bloque les scripts de cette adresse. Mettez-le à jour, autorisez les scripts ou ouvrez la page dans un autre navigateur.',
  },
  noScript: {
    what: 'Les scripts sont désactivés ici.',
    mend: 'La page d’envoi en a besoin. Dans une WebView Android, appelez setJavaScriptEnabled(true). Dans un cadre, ajoutez allow-scripts à son attribut sandbox.',
  },
  script: {
    trying: 'Essais en cours…',
    summary: {
      fails: {
        one: 'Un point doit changer pour que les envois fonctionnent ici.',
        other: '{n} points doivent changer pour que les envois fonctionnent ici.',
      },
      fallsBack: {
        one: 'Les envois fonctionnent ici. Un point pourrait être amélioré.',
        other: 'Les envois fonctionnent ici. {n} points pourraient être améliorés.',
      },
      works: 'Les envois fonctionnent ici.',
    },
    noAnswer: 'aucune réponse',
    status: 'statut {status}',
  },
  levels: {
    works: 'Fonctionne',
    falls_back: 'Fonctionne autrement',
    fails: 'À changer',
    untried: 'Non essayé',
  },
  chooser: {
    title: 'Essayez le sélecteur de fichiers',
    text: 'Choisissez n’importe quel fichier, de préférence un fichier stocké dans un cloud, comme Google Drive ou iCloud. Il est lu ici et n’est pas envoyé.',
    button: 'Choisir un fichier',
  },
  keep: {
    title: 'Montrer le résultat aux responsables de ce service',
    text: 'Ils le voient dans leur console, sous Doctor, grâce au code que vous recevez ici. Il contient ce que montre cette page et le nom du navigateur, et il est supprimé au bout d’un jour.',
    button: 'Obtenir un code',
    failed: 'Le résultat n’a pas pu être conservé. Réessayez dans une minute.',
  },
  checks: {
    address: {
      title: 'Adresse',
      findings: {
        right: 'La page a été ouverte à l’adresse que portent les liens.',
        elsewhere: [
          'La page a été ouverte à une autre adresse que celle que portent les liens.',
          'Utilisez les liens tels que l’API les renvoie, sans changer leur hôte.',
        ],
      },
    },
    surroundings: {
      title: 'Environnement',
      findings: {
        window: 'La page a sa propre fenêtre.',
        frame: 'La page est dans un cadre d’une autre page, et ce cadre la laisse fonctionner.',
        app: 'La page est dans une application.',
        sandbox: [
          'La page est dans un bac à sable sans origine propre : elle ne peut donc pas contacter son propre serveur.',
          'Ajoutez allow-same-origin à l’attribut sandbox du cadre et à une Content-Security-Policy: sandbox de la page qui l’entoure. embed.js met les bons attributs.',
        ],
      },
    },
    scripts: {
      title: 'Scripts',
      findings: {
        current: 'Le navigateur a tout ce dont la page d’envoi a besoin.',
        old: [
          'Il manque au navigateur des interfaces dont la page d’envoi a besoin : {figure}.',
          'Mettez à jour le navigateur ou la WebView. La page « Browsers » de la documentation indique les plus anciens qui conviennent.',
        ],
      },
    },
    connection: {
      title: 'https',
      findings: {
        secure: 'La connexion est considérée comme sûre.',
        insecure: [
          'La connexion est en http non chiffré : le navigateur n’offre donc pas toutes ses fonctions.',
          'Placez https devant le service et indiquez cette adresse dans PUBLIC_URL.',
        ],
      },
    },
    chooser: {
      title: 'Sélecteur de fichiers',
      findings: {
        untried: 'Aucun fichier n’a encore été choisi.',
        opened: 'Le sélecteur de fichiers s’ouvre.',
        silent: [
          'Le sélecteur de fichiers a été demandé et ne s’est pas ouvert.',
          'Dans une WebView Android, implémentez onShowFileChooser. Dans l’application d’une autre société, proposez plutôt le lien dans le navigateur.',
        ],
      },
    },
    file: {
      title: 'Lecture du fichier',
      findings: {
        untried:
          'Aucun fichier n’a encore été choisi. Un fichier stocké dans un cloud est le plus révélateur.',
        read: 'Le fichier choisi peut être lu du premier au dernier octet.',
        unreadable: [
          'Le fichier choisi ne peut pas être lu. Il est peut-être encore dans un cloud, ou il a changé entre-temps.',
          'Téléchargez d’abord le fichier sur l’appareil, puis choisissez-le à nouveau.',
        ],
      },
    },
    inflate: {
      title: 'Ouverture des archives',
      findings: {
        built_in: 'Le navigateur sait ouvrir lui-même les archives ZIP (DecompressionStream).',
        loaded:
          'Le navigateur n’a pas DecompressionStream. La page d’envoi charge son propre code pour ouvrir les archives.',
      },
    },
    digest: {
      title: 'Somme de contrôle',
      findings: {
        built_in: 'Le navigateur calcule lui-même les sommes de contrôle (SubtleCrypto).',
        own: [
          'Le navigateur n’offre pas SubtleCrypto ici. La page d’envoi calcule elle-même les sommes de contrôle, plus lentement.',
          'Servez la page en https.',
        ],
      },
    },
    worker: {
      title: 'Tâche de fond',
      findings: {
        runs: 'Les fichiers peuvent être lus en tâche de fond.',
        refused:
          'Aucune tâche de fond ne démarre ici. La page d’envoi lit elle-même le fichier et peut saccader.',
      },
    },
    storage: {
      title: 'Stockage',
      findings: {
        available: 'Le stockage est disponible. La page d’envoi n’y garde rien.',
        refused:
          'Le navigateur refuse le stockage ici. Cela ne change rien : la page d’envoi n’y garde rien.',
      },
    },
    clock: {
      title: 'Horloge',
      findings: {
        unknown: 'L’horloge n’a pas pu être comparée, car le serveur n’a pas répondu.',
        right: 'L’horloge de l’appareil et celle du serveur concordent.',
        wrong: [
          'L’horloge de l’appareil est décalée de {figure}. La page d’envoi compte selon l’horloge du serveur.',
          'Réglez l’horloge de l’appareil : si le décalage est grand, https ne fonctionne plus.',
        ],
      },
    },
    methods: {
      title: 'Méthodes',
      findings: {
        plain: 'HEAD et PATCH atteignent le serveur.',
        in_header: [
          'PATCH ou HEAD n’atteint pas le serveur ({figure}), mais un POST qui nomme sa méthode y parvient.',
          'Laissez passer HEAD et PATCH sous /api/upload/ dans le proxy ou le pare-feu.',
        ],
        one_request: [
          'Les requêtes vers un envoi commencé n’atteignent pas le serveur ({figure}). Un fichier est envoyé en une seule requête et ne peut pas être repris.',
          'Laissez passer HEAD, PATCH et POST sous /api/upload/files/ dans le proxy ou le pare-feu.',
        ],
        blocked: [
          'Aucune requête avec un fichier n’atteint le serveur ({figure}).',
          'Quelque chose entre ce navigateur et le service refuse les envois. Laissez passer HEAD, PATCH et POST sous /api/upload/ dans le proxy ou le pare-feu, ou utilisez un autre réseau.',
        ],
      },
    },
    bodies: {
      title: 'Tailles',
      findings: {
        unknown: 'Les tailles n’ont pas été essayées, car aucune requête avec un fichier ne passe.',
        large: 'Les requêtes de 5 MiB arrivent entières au serveur.',
        smaller: [
          'Seules les requêtes jusqu’à {figure} atteignent le serveur. La page d’envoi en fait davantage, plus petites.',
          'Laissez passer les corps de 5 MiB dans le proxy (nginx : client_max_body_size 6m).',
        ],
        cut: [
          'Même une requête de 64 KiB n’arrive pas entière au serveur.',
          'Laissez passer les corps de 5 MiB dans le proxy (nginx : client_max_body_size 6m), sans les modifier.',
        ],
      },
    },
    headers: {
      title: 'En-têtes',
      findings: {
        unknown: 'Les en-têtes n’ont pas été comparés, car aucune requête avec un fichier ne passe.',
        kept: 'Les en-têtes des envois arrivent dans les deux sens.',
        token_removed: [
          'Authorization est supprimé en chemin. La page d’envoi envoie le jeton du lien aussi dans X-Upload-Token.',
          'Laissez passer Authorization dans le proxy.',
        ],
        answer_removed: [
          'Upload-Offset ou Tus-Resumable est supprimé des réponses. Un fichier est envoyé en une seule requête.',
          'Laissez passer Upload-Offset, Tus-Resumable et Location dans le proxy, dans les réponses aussi.',
        ],
        removed: [
          'Upload-Offset ou Tus-Resumable est supprimé des requêtes, et sans eux aucun fichier ne peut être envoyé.',
          'Laissez passer Upload-Offset, Upload-Length, Upload-Metadata et Tus-Resumable dans le proxy.',
        ],
      },
    },
    host: {
      title: 'Événements',
      findings: {
        none: 'Aucune page ni application n’entoure celle-ci : personne n’a besoin d’apprendre les événements.',
        answers: 'La page qui entoure celle-ci répond : les événements passent dans les deux sens.',
        app: 'L’application qui entoure cette page reçoit les événements. L’application montre si elle les comprend.',
        silent: [
          'La page qui entoure celle-ci ne répond pas. Les envois fonctionnent et les webhooks informent votre backend, mais votre page n’apprend rien.',
          'Ouvrez les liens avec embed.js, qui répond au salut de la page, ou répondez vous-même comme le montre « Embedding ».',
        ],
      },
    },
    isolation: {
      title: 'Isolement (COOP, COEP)',
      findings: {
        open: 'La page n’est pas isolée des autres sites, et n’a pas besoin de l’être.',
        isolated: 'La page est isolée des autres sites et fonctionne quand même.',
      },
    },
    screen: {
      title: 'Écran',
      findings: {
        held: 'L’écran reste allumé pendant l’envoi d’un fichier.',
        refused: [
          'L’écran peut s’éteindre pendant l’envoi d’un fichier : ce cadre n’a pas le droit de le garder allumé. L’envoi reprend ensuite.',
          'Ajoutez allow="screen-wake-lock" au cadre ; embed.js le fait.',
        ],
        missing:
          'L’écran peut s’éteindre pendant l’envoi d’un fichier, car le navigateur ne peut pas le garder allumé. L’envoi reprend ensuite.',
      },
    },
  },
}
