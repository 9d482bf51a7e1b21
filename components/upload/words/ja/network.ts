import type { Words } from '../words.ts'

/** Something on the way does not let the file through. */
export const NETWORK_JA: Words['network'] = {
  blocked:
    'お使いの端末と当サービスの間にある何か（会社のファイアウォールやウイルス対策ソフトなど）が、ファイルを通していません。',
  tooLarge:
    'お使いの端末と当サービスの間にある何かが、小さく分けても大きすぎるとしてファイルを拒否しています。',
  removed: 'お使いの端末と当サービスの間にある何かが、送信に必要な情報を取り除いています。',
  mend: 'モバイル通信など別のネットワーク、または別の端末でお試しください。何も失われていません。試し続けています。',
  request: 'リクエスト',
}
