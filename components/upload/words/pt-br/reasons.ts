import type { Words } from '../words.ts'

/** Each reason in two sentences: what happened, and what to do. */
export const REASONS_PT_BR: Words['reasons'] = {
  file_too_large: {
    what: 'Este arquivo passa de {limit}. Um arquivo de dados brutos de DNA é menor.',
    mend: 'Escolha o arquivo .zip só com seus dados brutos, não uma cópia de toda a sua conta.',
  },
  file_empty: {
    what: 'Este arquivo está vazio.',
    mend: 'Baixe de novo da sua empresa de teste de DNA, espere terminar e escolha o novo.',
  },
  file_unreadable: {
    what: 'Seu aparelho não conseguiu abrir este arquivo. Talvez ele ainda esteja no iCloud, Google Drive ou OneDrive.',
    mend: 'Salve-o primeiro neste aparelho e depois escolha-o daí.',
  },
  not_a_zip: {
    what: 'Isto não é um arquivo .zip.',
    mend: 'Escolha o arquivo .zip do jeito que sua empresa de teste de DNA o entregou. Se não encontrar, baixe de novo.',
  },
  zip_damaged: {
    what: 'Este arquivo .zip está danificado. Talvez o download tenha sido interrompido.',
    mend: 'Baixe de novo da sua empresa de teste de DNA, espere terminar e escolha o novo.',
  },
  zip_encrypted: {
    what: 'Este arquivo .zip está protegido por senha. Os das empresas de teste de DNA não são.',
    mend: 'Escolha o primeiro arquivo .zip, de antes da senha. Ou baixe de novo.',
  },
  zip_unsafe: {
    what: 'Este arquivo .zip é feito de um jeito que não é seguro. Por isso não o abrimos.',
    mend: 'Baixe de novo da sua empresa de teste de DNA e escolha esse arquivo sem alterá-lo.',
  },
  archive_modified: {
    what: 'Este arquivo .zip não é o que sua empresa de teste de DNA fez. Ele foi compactado de novo.',
    mend: 'Escolha o primeiro arquivo .zip que você recebeu. Se não o tem mais, baixe de novo e não abra.',
  },
  no_genotypes: {
    what: 'Não há dados brutos de DNA neste arquivo.',
    mend: 'Peça os dados brutos (“raw data”) à sua empresa de teste de DNA e escolha esse arquivo .zip.',
  },
  several_files: {
    what: 'Há mais de um arquivo aqui.',
    mend: 'Escolha só um arquivo .zip, com os dados brutos de uma só pessoa.',
  },
  vendor_unsupported: {
    what: '{partner} ainda não pode usar este tipo de arquivo de DNA.',
    mend: 'Escolha um arquivo da {vendors}, se você tiver um.',
  },
  format_unrecognized: {
    what: 'Não conseguimos saber de qual empresa de teste de DNA vem este arquivo.',
    mend: 'Escolha o arquivo .zip exatamente como {vendors} o entregou.',
  },
  file_modified: {
    what: 'Os dados dentro dele foram alterados depois que saíram da sua empresa de teste de DNA.',
    mend: 'Baixe uma cópia nova e escolha-a sem abrir nem editar.',
  },
  file_incomplete: {
    what: 'Falta uma parte dos dados.',
    mend: 'Baixe de novo da sua empresa de teste de DNA, espere terminar e escolha o novo.',
  },
  build_unsupported: {
    what: 'Os dados dentro dele são de um tipo que {partner} não pode usar.',
    mend: 'Baixe seus dados brutos de novo direto da sua empresa de teste de DNA, sem convertê-los.',
  },
  network_error: {
    what: 'A conexão caiu. Seu arquivo está bem.',
    mend: 'Confira sua conexão com a internet e tente de novo. Se já temos uma parte, continua daí.',
  },
  service_unavailable: {
    what: 'O serviço não pode receber seu arquivo agora. A culpa não é sua.',
    mend: 'Espere um minuto e tente de novo com o mesmo arquivo.',
  },
  internal_error: {
    what: 'Algo deu errado do nosso lado. Seu arquivo pode estar bem.',
    mend: 'Tente de novo. Se acontecer outra vez, entre em contato e informe a referência abaixo.',
  },
}
