import type { Words } from '../words.ts'

/** Each reason in two sentences: what happened, and what to do. */
export const REASONS_FR: Words['reasons'] = {
  file_too_large: {
    what: 'Ce fichier dépasse {limit}. Un fichier de données ADN brutes est plus petit.',
    mend: 'Choisissez le fichier .zip qui ne contient que vos données brutes, pas une copie de tout votre compte.',
  },
  file_empty: {
    what: 'Ce fichier est vide.',
    mend: 'Téléchargez-le de nouveau auprès de votre société de tests ADN, attendez la fin, et choisissez le nouveau.',
  },
  file_unreadable: {
    what: 'Votre appareil n’a pas pu ouvrir ce fichier. Il est peut-être encore dans iCloud, Google Drive ou OneDrive.',
    mend: 'Enregistrez-le d’abord sur cet appareil, puis choisissez-le à partir de là.',
  },
  not_a_zip: {
    what: 'Ce n’est pas un fichier .zip.',
    mend: 'Choisissez le fichier .zip tel que votre société de tests ADN vous l’a donné. Si vous ne le trouvez pas, téléchargez-le de nouveau.',
  },
  zip_damaged: {
    what: 'Ce fichier .zip est endommagé. Le téléchargement a peut-être été interrompu.',
    mend: 'Téléchargez-le de nouveau auprès de votre société de tests ADN, attendez la fin, et choisissez le nouveau.',
  },
  zip_encrypted: {
    what: 'Ce fichier .zip est protégé par un mot de passe. Ceux des sociétés de tests ADN ne le sont pas.',
    mend: 'Choisissez le premier fichier .zip, d’avant le mot de passe. Ou téléchargez-le de nouveau.',
  },
  zip_unsafe: {
    what: 'Ce fichier .zip est fait d’une façon qui n’est pas sûre. Nous ne l’ouvrons donc pas.',
    mend: 'Téléchargez-le de nouveau auprès de votre société de tests ADN et choisissez-le sans le modifier.',
  },
  archive_modified: {
    what: 'Ce fichier .zip n’est pas celui que votre société de tests ADN a fait. Il a été recompressé.',
    mend: 'Choisissez le premier fichier .zip reçu. Si vous ne l’avez plus, téléchargez-le de nouveau et ne l’ouvrez pas.',
  },
  no_genotypes: {
    what: 'Il n’y a pas de données ADN brutes dans ce fichier.',
    mend: 'Demandez les données brutes (« raw data ») à votre société de tests ADN et choisissez ce fichier .zip.',
  },
  several_files: {
    what: 'Il y a ici plus d’un fichier.',
    mend: 'Choisissez un seul fichier .zip, avec les données brutes d’une seule personne.',
  },
  vendor_unsupported: {
    what: '{partner} ne peut pas encore utiliser ce genre de fichier ADN.',
    mend: 'Choisissez un fichier de {vendors}, si vous en avez un.',
  },
  format_unrecognized: {
    what: 'Nous n’avons pas pu savoir de quelle société de tests ADN vient ce fichier.',
    mend: 'Choisissez le fichier .zip exactement tel que {vendors} vous l’a donné.',
  },
  file_modified: {
    what: 'Les données à l’intérieur ont été modifiées après leur départ de votre société de tests ADN.',
    mend: 'Téléchargez une nouvelle copie et choisissez-la sans l’ouvrir ni la modifier.',
  },
  file_incomplete: {
    what: 'Une partie des données manque.',
    mend: 'Téléchargez-le de nouveau auprès de votre société de tests ADN, attendez la fin, et choisissez le nouveau.',
  },
  build_unsupported: {
    what: 'Les données à l’intérieur sont d’un genre que {partner} ne peut pas utiliser.',
    mend: 'Téléchargez de nouveau vos données brutes directement auprès de votre société de tests ADN, sans les convertir.',
  },
  network_error: {
    what: 'La connexion a été coupée. Votre fichier n’a rien.',
    mend: 'Vérifiez votre connexion internet, puis réessayez. Si nous avons déjà une partie, cela reprendra de là.',
  },
  service_unavailable: {
    what: 'Le service ne peut pas prendre votre fichier pour le moment. Vous n’y êtes pour rien.',
    mend: 'Attendez une minute, puis réessayez avec le même fichier.',
  },
  internal_error: {
    what: 'Quelque chose a mal tourné chez nous. Votre fichier est peut-être bon.',
    mend: 'Réessayez. Si cela se reproduit, écrivez-leur en donnant la référence ci-dessous.',
  },
}
