import type { Words } from '../words.ts'

const FRESH_COPY = 'DNA検査会社から新しくダウンロードし、開かずに選んでください。'
const NOT_UNPACKED =
  '入っていた.zipファイルを選んでください。Macでは、Safariがゴミ箱に移したかもしれません。スマートフォンでは、解凍されたファイルの隣にあります。'
const RAW_DATA = 'DNA検査会社に「生データ」（raw data、.zipファイル）を請求し、それを選んでください。'
const ACCEPTED_INSTEAD = '{vendors}のファイルがあれば、それを選んでください。'
const AGAIN = 'DNA検査会社のサイトにログインし、生データをもう一度ダウンロードしてください。'

/** What exactly was recognised, said so that the person knows it is about their own file. */
export const RECOGNISED_JA: Words['recognised'] = {
  raw_text_23andme: {
    what: 'これは23andMeのデータですが、もう解凍されています。',
    mend: NOT_UNPACKED,
  },
  raw_text_ancestrydna: {
    what: 'これはAncestryDNAのデータですが、もう解凍されています。',
    mend: NOT_UNPACKED,
  },
  raw_text_myheritage: {
    what: 'これはMyHeritageのデータですが、もう解凍されています。',
    mend: NOT_UNPACKED,
  },
  raw_text: {
    what: 'これは.zipファイルではなくテキストファイルです。解凍されたのかもしれません。',
    mend: NOT_UNPACKED,
  },
  gzip: { what: 'これは.gzファイルです。.zipファイルとは圧縮の仕方が違います。' },
  seven_zip: { what: 'これは.7zファイルです。別のプログラムで圧縮されています。' },
  rar: { what: 'これは.rarファイルです。別のプログラムで圧縮されています。' },
  xz: { what: 'これは.xzファイルです。別のプログラムで圧縮されています。' },
  bzip2: { what: 'これは.bz2ファイルです。別のプログラムで圧縮されています。' },
  tar: { what: 'これは.tarファイルです。別のプログラムでまとめられています。' },
  pdf: { what: 'これはPDFです。レポートかもしれません。', mend: RAW_DATA },
  html: {
    what: 'これはデータではなく、保存されたウェブページです。ダウンロードのリンクが古かったのかもしれません。',
    mend: AGAIN,
  },
  xml: {
    what: 'これはデータではなく、ウェブサイトの短いメッセージです。ダウンロードのリンクが古かったのかもしれません。',
    mend: AGAIN,
  },
  json: {
    what: 'このファイルには設定や一覧が入っていて、DNAの生データではありません。',
    mend: RAW_DATA,
  },
  image: { what: 'これは画像です。', mend: RAW_DATA },
  office_document: { what: 'これは表計算や手紙などのオフィス文書です。', mend: RAW_DATA },
  unknown_content: { what: 'これは.zipファイルではなく、何のファイルか分かりません。' },
  truncated: { what: 'この.zipファイルは終わりが欠けています。ダウンロードが途中で切れました。' },
  checksum: { what: 'この.zipファイルの一部が、届く途中で壊れました。' },
  inflate_failed: {
    what: 'この.zipファイルは解凍できません。おそらくダウンロード中に壊れました。',
  },
  headers_disagree: {
    what: 'この.zipファイルの各部分が一致しません。おそらくダウンロード中に壊れました。',
  },
  bomb: { what: 'この.zipファイルは、解凍すると大きくなりすぎます。' },
  too_many_entries: { what: 'この.zipファイルには、ファイルが多すぎます。' },
  directory_too_large: { what: 'この.zipファイルの目録が長すぎます。' },
  unsafe_name: { what: 'この.zipの中に、安全でない名前のファイルがあるため、.zipを開きません。' },
  overlapping: { what: 'この.zipの中のファイルが重なり合っています。そのようなものは開きません。' },
  hidden_data: { what: 'この.zipファイルに、DNA検査会社が加えない余分なデータが入っています。' },
  special_file: { what: 'この.zipファイルに、普通のファイルではないものが入っています。' },
  nested_archive: { what: 'この.zipファイルの中に、さらに圧縮ファイルが入っています。' },
  check_timeout: {
    what: 'この.zipファイルの確認に時間がかかりすぎたため、中止しました。',
  },
  repacked_macos: {
    what: 'この.zipファイルはMacで圧縮し直されていて、元のファイルではありません。',
    mend: '最初の.zipファイルをゴミ箱か「ダウンロード」で探してください。なければ、Safariの「“安全な”ファイルを開く」をオフにして、もう一度ダウンロードしてください。',
  },
  repacked_folder: {
    what: 'この.zipファイルにはフォルダが入っています。圧縮し直されていて、元のファイルではありません。',
  },
  extra_files: {
    what: 'この.zipにはDNAデータのほかにもファイルが入っていて、元のファイルではありません。',
  },
  compression_method: {
    what: 'この.zipファイルは珍しい方法で圧縮されていて、元のファイルではありません。',
  },
  zipped_twice: {
    what: '.zipファイルが、もう1つの.zipファイルに入っています。',
    mend: '一度だけ解凍し、出てきた.zipファイルを選んでください。',
  },
  empty_archive: { what: 'この.zipファイルは空です。', mend: FRESH_COPY },
  gedcom: { what: 'これは家系図で、DNAの生データではありません。', mend: RAW_DATA },
  relatives: { what: 'これは親族の一覧で、DNAの生データではありません。', mend: RAW_DATA },
  segments: { what: 'これは共有するDNA部分の一覧で、DNAの生データではありません。', mend: RAW_DATA },
  match_list: { what: 'これはDNAの一致の一覧で、DNAの生データではありません。', mend: RAW_DATA },
  promethease: {
    what: 'これはPrometheaseのレポートで、DNAの生データではありません。',
    mend: RAW_DATA,
  },
  header_only: {
    what: 'このファイルはDNAの生データのように始まりますが、データが入っていません。',
    mend: FRESH_COPY,
  },
  nothing_alike: { what: 'このファイルには、DNAの生データらしいものがありません。' },
  several_genotype_files: {
    what: 'この.zipファイルには、DNAのファイルが2つ以上入っています。',
    mend: 'DNA検査会社から受け取ったままの、1人分の.zipファイルを選んでください。',
  },
  several_dropped: {
    what: 'ファイルが2つ以上選ばれました。',
    mend: '.zipファイルを1つだけ選んでください。',
  },
  mergedna: { what: 'このファイルは、複数のDNAファイルをまとめたものです。', mend: ACCEPTED_INSTEAD },
  plink: {
    what: 'このファイルはDNA検査会社ではなく、研究用のプログラム（PLINK）で作られています。',
    mend: ACCEPTED_INSTEAD,
  },
  snps_tool: {
    what: 'このファイルはDNA検査会社ではなく、変換プログラムで作られています。',
    mend: ACCEPTED_INSTEAD,
  },
  vcf: { what: 'これは検査機関向けのファイルで、必要な生データではありません。', mend: RAW_DATA },
  phased: {
    what: 'これは検査会社の特別なダウンロード（「phased」）で、生データのすべてではありません。',
    mend: RAW_DATA,
  },
  y_only: {
    what: 'このファイルにはDNAのY部分しか入っていません。すべてが必要です。',
    mend: RAW_DATA,
  },
  mt_only: {
    what: 'このファイルには母方の部分（mtDNA）しか入っていません。すべてが必要です。',
    mend: RAW_DATA,
  },
  single_chromosome: {
    what: 'このファイルにはDNAの一部しか入っていません。すべてが必要です。',
    mend: RAW_DATA,
  },
  exome: {
    what: 'これは別の種類のDNA検査（エクソーム）で、必要な生データではありません。',
    mend: RAW_DATA,
  },
  header_missing: {
    what: 'このファイルの最初の行がなく、どのDNA検査会社のものか分かりません。',
    mend: FRESH_COPY,
  },
  header_minimal: {
    what: 'このファイルの最初の行に、DNA検査会社の名前がありません。',
    mend: FRESH_COPY,
  },
  header_body_mismatch: {
    what: 'このファイルの最初の行にあるDNA検査会社と、下のデータの形が合いません。',
    mend: FRESH_COPY,
  },
  byte_order_mark: {
    what: 'このファイルは別のプログラムで開かれ、保存し直されています。',
    mend: FRESH_COPY,
  },
  utf16: { what: 'このファイルは別の文字形式で保存し直されています。', mend: FRESH_COPY },
  spreadsheet: {
    what: 'このファイルはExcelなどの表計算ソフトで開かれ、保存されています。',
    mend: FRESH_COPY,
  },
  spaces_for_tabs: {
    what: 'このファイルの空白が、別のプログラムで変えられています。',
    mend: FRESH_COPY,
  },
  bad_rows: { what: 'このファイルのいくつかの行が、DNA検査会社の書き方と違います。', mend: FRESH_COPY },
  mixed_chromosomes: { what: 'このファイルの行が、普段と違う順番になっています。', mend: FRESH_COPY },
  nul_bytes: { what: 'このファイルに、あるはずのない文字が入っています。', mend: FRESH_COPY },
  line_too_long: { what: 'このファイルに、長すぎる行があります。', mend: FRESH_COPY },
  unknown_rows: { what: 'このファイルには、分からない行が多すぎます。', mend: FRESH_COPY },
  cut_off_row: { what: 'このファイルの最後の行が途中で切れていて、データが足りません。' },
  too_few_rows: { what: 'このファイルのデータは、完全なものよりずっと少ないです。' },
  chromosomes_missing: { what: 'このファイルには、DNAの一部が欠けています。' },
  build_38: { what: 'このファイルは、{partner}では使えない新しい番号の付け方に変換されています。' },
}
