import type { Words } from '../words.ts'

const DOWNLOAD_AGAIN =
  'DNA検査会社からもう一度ダウンロードし、完了するまで待ってから、新しいファイルを選んでください。'

/** Each reason in two sentences: what happened, and what to do. */
export const REASONS_JA: Words['reasons'] = {
  file_too_large: {
    what: 'このファイルは{limit}を超えています。DNAの生データのファイルはもっと小さいはずです。',
    mend: 'アカウント全体の控えではなく、生データだけの.zipファイルを選んでください。',
  },
  file_empty: { what: 'このファイルは空です。', mend: DOWNLOAD_AGAIN },
  file_unreadable: {
    what: '端末がこのファイルを開けませんでした。まだiCloud、Google Drive、OneDriveにあるのかもしれません。',
    mend: 'まずこの端末に保存し、そこから選び直してください。',
  },
  not_a_zip: {
    what: 'これは.zipファイルではありません。',
    mend: 'DNA検査会社から受け取ったままの.zipファイルを選んでください。見つからない場合は、もう一度ダウンロードしてください。',
  },
  zip_damaged: {
    what: 'この.zipファイルは壊れています。ダウンロードが途中で切れたのかもしれません。',
    mend: DOWNLOAD_AGAIN,
  },
  zip_encrypted: {
    what: 'この.zipファイルにはパスワードがかかっています。DNA検査会社のファイルにはかかっていません。',
    mend: 'パスワードがかかる前の、最初の.zipファイルを選んでください。または、もう一度ダウンロードしてください。',
  },
  zip_unsafe: {
    what: '安全上の理由から、この形式の.zipは開けません。',
    mend: 'DNA検査会社からもう一度ダウンロードし、そのファイルを変えずに選んでください。',
  },
  archive_modified: {
    what: 'この.zipファイルはDNA検査会社が作ったものではありません。圧縮し直されています。',
    mend: '最初に受け取った.zipファイルを選んでください。もうない場合は、もう一度ダウンロードし、開かないでください。',
  },
  no_genotypes: {
    what: 'このファイルにはDNAの生データが入っていません。',
    mend: 'DNA検査会社に「生データ」（raw data）を請求し、その.zipファイルを選んでください。',
  },
  several_files: {
    what: 'ファイルが2つ以上あります。',
    mend: '1人分の生データが入った.zipファイルを1つだけ選んでください。',
  },
  vendor_unsupported: {
    what: 'この種類のDNAファイルは、{partner}ではまだ使えません。',
    mend: '{vendors}のファイルがあれば、それを選んでください。',
  },
  format_unrecognized: {
    what: 'どのDNA検査会社のファイルか分かりませんでした。',
    mend: '{vendors}から受け取ったままの.zipファイルを選んでください。',
  },
  file_modified: {
    what: '中のデータが、DNA検査会社から出たあとに変えられています。',
    mend: '新しくダウンロードし、開いたり編集したりせずに選んでください。',
  },
  file_incomplete: { what: '中のデータの一部が足りません。', mend: DOWNLOAD_AGAIN },
  build_unsupported: {
    what: '中のデータは、{partner}では使えない種類のものです。',
    mend: '変換せずに、DNA検査会社から直接、生データをもう一度ダウンロードしてください。',
  },
  network_error: {
    what: '接続が切れました。ファイルに問題はありません。',
    mend: 'インターネットの接続を確認して、もう一度お試しください。届いた分があれば、そこから続きます。',
  },
  service_unavailable: {
    what: 'サービスが今、ファイルを受け取れません。お客様の操作が原因ではありません。',
    mend: '1分ほど待ってから、同じファイルでもう一度お試しください。',
  },
  internal_error: {
    what: 'こちら側で問題が起きました。ファイルは問題ないかもしれません。',
    mend: 'もう一度お試しください。また起きたら、下の参照番号を伝えてお問い合わせください。',
  },
}
