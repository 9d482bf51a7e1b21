import type { Words } from '../words.ts'

const FRESH_COPY = 'Baixe uma cópia nova da sua empresa de teste de DNA e escolha-a sem abrir.'
const NOT_UNPACKED =
  'Escolha o arquivo .zip em que ele veio. Em um Mac, o Safari pode ter posto o .zip no Lixo; em um celular, ele fica ao lado do arquivo descompactado.'
const RAW_DATA =
  'Peça os dados brutos (“raw data”, um arquivo .zip) à sua empresa de teste de DNA e escolha esse arquivo.'
const ACCEPTED_INSTEAD = 'Escolha um arquivo da {vendors}, se você tiver um.'
const AGAIN = 'Entre na sua empresa de teste de DNA e baixe seus dados brutos de novo.'

/** What exactly was recognised, said so that the person knows it is about their own file. */
export const RECOGNISED_PT_BR: Words['recognised'] = {
  raw_text_23andme: { what: 'Estes são seus dados da 23andMe, mas já descompactados.', mend: NOT_UNPACKED },
  raw_text_ancestrydna: {
    what: 'Estes são seus dados da AncestryDNA, mas já descompactados.',
    mend: NOT_UNPACKED,
  },
  raw_text_myheritage: {
    what: 'Estes são seus dados da MyHeritage, mas já descompactados.',
    mend: NOT_UNPACKED,
  },
  raw_text: {
    what: 'Este é um arquivo de texto, não um .zip. Ele pode ter sido descompactado.',
    mend: NOT_UNPACKED,
  },
  gzip: { what: 'Este é um arquivo .gz. Ele é compactado de um jeito diferente do .zip.' },
  seven_zip: { what: 'Este é um arquivo .7z. Ele foi compactado com outro programa.' },
  rar: { what: 'Este é um arquivo .rar. Ele foi compactado com outro programa.' },
  xz: { what: 'Este é um arquivo .xz. Ele foi compactado com outro programa.' },
  bzip2: { what: 'Este é um arquivo .bz2. Ele foi compactado com outro programa.' },
  tar: { what: 'Este é um arquivo .tar. Ele foi compactado com outro programa.' },
  pdf: { what: 'Este é um PDF, talvez um relatório.', mend: RAW_DATA },
  html: {
    what: 'Esta é uma página da web salva, não seus dados. O link de download talvez fosse antigo demais.',
    mend: AGAIN,
  },
  xml: {
    what: 'Estes não são seus dados, e sim uma mensagem curta de um site. O link de download talvez fosse antigo demais.',
    mend: AGAIN,
  },
  json: {
    what: 'Este arquivo tem configurações ou uma lista, não dados brutos de DNA.',
    mend: RAW_DATA,
  },
  image: { what: 'Esta é uma imagem.', mend: RAW_DATA },
  office_document: {
    what: 'Este é um documento de escritório, como uma planilha ou uma carta.',
    mend: RAW_DATA,
  },
  unknown_content: { what: 'Isto não é um arquivo .zip, e não sabemos o que é.' },
  truncated: { what: 'Falta o final deste arquivo .zip. O download foi interrompido.' },
  checksum: { what: 'Uma parte deste arquivo .zip foi danificada no caminho até você.' },
  inflate_failed: {
    what: 'Este arquivo .zip não pode ser descompactado. Provavelmente foi danificado no download.',
  },
  headers_disagree: {
    what: 'Este arquivo .zip tem partes que não combinam. Provavelmente foi danificado no download.',
  },
  bomb: { what: 'Descompactado, este arquivo .zip ficaria grande demais.' },
  too_many_entries: { what: 'Este arquivo .zip contém arquivos demais.' },
  directory_too_large: { what: 'A lista de conteúdo deste arquivo .zip é longa demais.' },
  unsafe_name: { what: 'Um arquivo dentro deste .zip tem um nome inseguro. Por isso não abrimos o .zip.' },
  overlapping: { what: 'Os arquivos dentro deste .zip se sobrepõem. Não abrimos arquivos assim.' },
  hidden_data: {
    what: 'Este arquivo .zip contém dados adicionais que uma empresa de teste de DNA não acrescenta.',
  },
  special_file: { what: 'Este arquivo .zip contém algo que não é um arquivo comum.' },
  nested_archive: { what: 'Há outro arquivo compactado dentro deste arquivo .zip.' },
  check_timeout: { what: 'Verificar este arquivo .zip estava demorando demais, então paramos.' },
  repacked_macos: {
    what: 'Este arquivo .zip foi compactado de novo em um Mac, então não é o original.',
    mend: 'Procure o primeiro arquivo .zip no Lixo ou em Downloads. Se não estiver mais lá, baixe de novo, de preferência sem “Abrir arquivos ‘seguros’” no Safari.',
  },
  repacked_folder: {
    what: 'Este arquivo .zip contém uma pasta: foi compactado de novo e não é o original.',
  },
  extra_files: {
    what: 'Há outros arquivos neste .zip além dos seus dados de DNA, então não é o original.',
  },
  compression_method: {
    what: 'Este arquivo .zip foi compactado de um jeito incomum, então não é o original.',
  },
  zipped_twice: {
    what: 'Seu arquivo .zip está dentro de outro arquivo .zip.',
    mend: 'Descompacte uma vez e escolha o arquivo .zip que sair.',
  },
  empty_archive: { what: 'Este arquivo .zip está vazio.', mend: FRESH_COPY },
  gedcom: { what: 'Esta é uma árvore genealógica, não dados brutos de DNA.', mend: RAW_DATA },
  relatives: { what: 'Esta é uma lista de parentes, não dados brutos de DNA.', mend: RAW_DATA },
  segments: {
    what: 'Esta é uma lista de trechos de DNA em comum, não dados brutos de DNA.',
    mend: RAW_DATA,
  },
  match_list: {
    what: 'Esta é uma lista de correspondências de DNA, não dados brutos de DNA.',
    mend: RAW_DATA,
  },
  promethease: {
    what: 'Este é um relatório da Promethease, não dados brutos de DNA.',
    mend: RAW_DATA,
  },
  header_only: {
    what: 'Este arquivo começa como dados brutos de DNA, mas não há dados nele.',
    mend: FRESH_COPY,
  },
  nothing_alike: { what: 'Nada neste arquivo se parece com dados brutos de DNA.' },
  several_genotype_files: {
    what: 'Há mais de um arquivo de DNA neste arquivo .zip.',
    mend: 'Escolha o arquivo .zip de uma só pessoa, do jeito que a empresa de teste de DNA o entregou.',
  },
  several_dropped: { what: 'Você escolheu mais de um arquivo.', mend: 'Escolha só um arquivo .zip.' },
  mergedna: { what: 'Este arquivo foi montado a partir de vários arquivos de DNA.', mend: ACCEPTED_INSTEAD },
  plink: {
    what: 'Este arquivo foi feito por um programa de pesquisa (PLINK), não por uma empresa de teste de DNA.',
    mend: ACCEPTED_INSTEAD,
  },
  snps_tool: {
    what: 'Este arquivo foi feito por um programa de conversão, não por uma empresa de teste de DNA.',
    mend: ACCEPTED_INSTEAD,
  },
  vcf: {
    what: 'Este é um arquivo para laboratórios, não os dados brutos de que precisamos.',
    mend: RAW_DATA,
  },
  phased: {
    what: 'Este é um download especial da sua empresa de teste de DNA (“phased”), não os dados completos.',
    mend: RAW_DATA,
  },
  y_only: {
    what: 'Este arquivo só tem a parte Y do seu DNA. Precisamos de todo ele.',
    mend: RAW_DATA,
  },
  mt_only: {
    what: 'Este arquivo só tem a parte materna (mtDNA) do seu DNA. Precisamos de todo ele.',
    mend: RAW_DATA,
  },
  single_chromosome: {
    what: 'Este arquivo só tem uma parte do seu DNA. Precisamos de todo ele.',
    mend: RAW_DATA,
  },
  exome: {
    what: 'Este é outro tipo de teste de DNA (um exoma), não os dados brutos de que precisamos.',
    mend: RAW_DATA,
  },
  header_missing: {
    what: 'Faltam as primeiras linhas deste arquivo, então não sabemos de qual empresa de teste de DNA ele vem.',
    mend: FRESH_COPY,
  },
  header_minimal: {
    what: 'As primeiras linhas deste arquivo não dizem o nome de uma empresa de teste de DNA.',
    mend: FRESH_COPY,
  },
  header_body_mismatch: {
    what: 'As primeiras linhas deste arquivo dizem o nome de uma empresa de teste de DNA, mas os dados abaixo são diferentes.',
    mend: FRESH_COPY,
  },
  byte_order_mark: { what: 'Este arquivo foi aberto e salvo de novo por outro programa.', mend: FRESH_COPY },
  utf16: { what: 'Este arquivo foi salvo de novo em outro formato de texto.', mend: FRESH_COPY },
  spreadsheet: {
    what: 'Este arquivo foi aberto e salvo em uma planilha, como o Excel.',
    mend: FRESH_COPY,
  },
  spaces_for_tabs: {
    what: 'Os espaços deste arquivo foram alterados por outro programa.',
    mend: FRESH_COPY,
  },
  bad_rows: {
    what: 'Algumas linhas deste arquivo não estão como sua empresa de teste de DNA as escreve.',
    mend: FRESH_COPY,
  },
  mixed_chromosomes: {
    what: 'As linhas deste arquivo estão em uma ordem diferente da normal.',
    mend: FRESH_COPY,
  },
  nul_bytes: { what: 'Há neste arquivo caracteres que não deveriam estar lá.', mend: FRESH_COPY },
  line_too_long: { what: 'Uma linha deste arquivo é muito mais longa do que deveria.', mend: FRESH_COPY },
  unknown_rows: { what: 'Linhas demais deste arquivo são desconhecidas para nós.', mend: FRESH_COPY },
  cut_off_row: { what: 'A última linha deste arquivo está cortada, então faltam dados.' },
  too_few_rows: { what: 'Há muito menos dados neste arquivo do que em um completo.' },
  chromosomes_missing: { what: 'Faltam algumas partes do seu DNA neste arquivo.' },
  build_38: {
    what: 'Este arquivo foi convertido para uma numeração mais nova que {partner} não pode usar.',
  },
}
