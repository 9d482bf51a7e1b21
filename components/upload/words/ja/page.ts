import type { Words } from '../words.ts'
import { NETWORK_JA } from './network.ts'
import { REASONS_JA } from './reasons.ts'
import { RECOGNISED_JA } from './recognised.ts'

/** Japanese: です・ます, short sentences, no jargon. */
export const ja: Words = {
  locale: 'ja',
  title: 'DNAファイルのアップロード',
  test: 'これはテストです。本物のDNAファイルは選ばないでください。ここに送信されたものは、すべて1日後に削除されます。',
  noScript: 'このページにはJavaScriptが必要です。有効にするか、別のブラウザでリンクを開いてください。',
  start: {
    heading: 'ページを開始できませんでした',
    late: '接続が遅い場合は、もう少しお待ちください。それでも変わらないときは、ページを再読み込みするか、スクリプトをブロックする機能をオフにするか、最新のブラウザ（Chrome、Edge、Firefox、Safari）でリンクを開いてください。',
    reload: 'ページを再読み込み',
    elsewhere: 'このアドレスはこのサービスのものではありません。{address} をご利用ください。',
    open: '{address} でこのページを開く',
    boxed: 'このページを表示している外側のページが、動作を妨げています。別のウィンドウで開いてください。',
  },
  someone: 'このリンクの送り主',
  steps: { label: '手順', choose: '選択', check: '確認', send: '送信' },
  loading: 'アップロードのページを開いています…',
  busy: 'お待ちください',
  ready: {
    heading: '{partner}にDNAファイルを送る',
    need: '{vendors}のDNAの生データの.zipファイルが必要です。',
    unchanged: 'DNA検査会社から受け取ったままのファイルを選んでください。',
    mayTake: 'これから請求する場合、DNA検査会社から届くまでに数時間から数日かかることがあります。',
    choose: '.zipファイルを選ぶ',
    drop: 'このページのどこにでもファイルをドロップできます。',
    dropNow: 'ここで放すと、このファイルを確認します',
    limits: '{limit}まで。',
    takes: 'ファイルがあれば、2分ほどで終わります。',
    window: 'このページはあと{time}開いています。',
    noFileYet: 'まだ持っていません',
    canceled: '中止しました。送信済みの分は削除されました。',
    resumable:
      'ファイルの{share}はもう届いています。続けるには同じファイルを、やり直すには別のファイルを選んでください。',
  },
  picker: {
    cannotSelect: 'ファイルを選択できません',
    anyType:
      'どのファイルでも選べるようにしました。灰色だったファイルも選べるはずです。もう一度お試しください。',
    silent:
      '何も開きませんでしたか？アプリによってはファイルを選べません。普段のブラウザ（Safari、Chrome、Firefox）でこのページを開くか、別の端末をお使いください。',
    inApp:
      'このページは別のアプリの中で開かれています。ここでファイルを選べない場合は、普段のブラウザで開いてください。アプリのメニューで「ブラウザで開く」を探すか、リンクをコピーしてください。',
    inAppCopied: 'コピーしました。普段のブラウザのアドレス欄に貼り付けてください。',
    ownWindow: 'このページを別のウィンドウで開く',
  },
  otherDevice: {
    title: 'ファイルは別の端末にあります',
    how: 'その端末でこのページを開いてください。自分あてにリンクを送れます。',
    timeLeft: 'あと{time}使えます。',
    share: 'リンクを共有',
    copy: 'リンクをコピー',
    copied: 'コピーしました。自分あてのメッセージに貼り付けてください。',
    copiedShort: 'コピーしました',
    copyByHand: 'ここではコピーできません。ブラウザの上のアドレスをコピーしてください。',
    caution: '共有は自分だけにしてください。このリンクを持つ人は誰でも、あなたの名前でファイルを送れます。',
  },
  where: {
    title: '.zipファイルはどこにありますか？',
    intro:
      '中のファイルではなく、.zipそのものが必要です。スマートフォンやパソコンが自動で解凍することがあります。',
    systems: {
      ios: {
        title: 'iPhone・iPad',
        steps: [
          '「ファイル」アプリを開き、iPhoneとiCloud Driveの「ダウンロード」を見てください。',
          '.zipをタップすると解凍され、隣に別のファイルやフォルダができます。名前が.zipで終わるほうを選んでください。',
          '解凍されたファイルしか残っていない場合は、DNA検査会社からもう一度ダウンロードしてください。',
        ],
      },
      android: {
        title: 'Android',
        steps: [
          '「Files」または「マイファイル」を開き、「ダウンロード」を見てください。',
          '名前が.zipで終わるファイルを選んでください。先に「解凍」しないでください。',
          '灰色の場合は、このページの「ファイルを選択できません」を使ってください。',
        ],
      },
      mac: {
        title: 'Mac',
        steps: [
          'Safariはダウンロードを自動で解凍し、.zipをゴミ箱に移します。ゴミ箱から戻してください。',
          'または「設定」の「一般」で「ダウンロード後、“安全な”ファイルを開く」をオフにして、もう一度ダウンロードしてください。',
          'ご自分で圧縮し直さないでください。ファイルが変わってしまいます。',
        ],
      },
      windows: {
        title: 'Windows',
        steps: [
          'エクスプローラーを開き、「ダウンロード」を見てください。',
          '「圧縮(zip形式)フォルダー」を選んでください。「すべて展開」は使わないでください。',
          'テキストファイルしかない場合は、DNA検査会社からもう一度ダウンロードしてください。',
        ],
      },
    },
  },
  howToGet: {
    title: 'DNA検査会社からどうやって受け取りますか？',
    intro: 'できればパソコンで、検査会社のサイトにログインしてください。準備ができるとメールが届きます。',
    fileName: 'ファイル名は、たとえば{file}です。',
    vendors: {
      '23andme': {
        steps: [
          '「Settings」、「23andMe Data」、「Download your data」の順に開きます。',
          '「Raw data」を請求します。家系図、親族、レポートではありません。',
          'メールが届いたら、もう一度ログインして.zipファイルを保存します。',
        ],
        wait: 'メールは数時間後、ときには数日後に届きます。',
      },
      ancestrydna: {
        steps: [
          '「DNA」、「Settings」、「Download DNA data」の順に開きます。',
          'メールのリンクで確認します。',
          '次のメールのリンクから.zipファイルを保存します。そのリンクは1週間以内に1回だけ使えます。',
        ],
        wait: '数時間かかることがあります。',
      },
      myheritage: {
        steps: [
          '「DNA」、「DNAキットの管理」の順に開きます。',
          'キットの横の点3つのメニューを開き、「ダウンロード」を選びます。',
          'メールのリンクで確認し、.zipファイルを保存します。',
        ],
        wait: '数分から数時間かかることがあります。',
      },
    },
  },
  noFileYet: {
    heading: '大丈夫です。まずファイルを受け取りましょう',
    intro: 'DNA検査会社に生データを請求してください。数時間から数日かかることがあります。',
    link: 'それまでにこのページは閉じています。新しいリンクは{partner}から受け取れます。',
    site: '{vendor}のダウンロードページを開く',
    leave: '{partner}に戻る',
    leaveHere: '時間が必要だと{partner}に伝える',
    back: 'やはり持っています',
  },
  reading: {
    heading: 'ファイルを読み込んでいます',
    text: 'まだ何も送信していません。まずこの端末でファイルを確認します。',
    slow: '時間がかかっています。iCloud、Google Drive、OneDriveにあるファイルは、先に取り寄せています。',
    cancel: '中止',
  },
  checked: {
    heading: '{vendor}のファイルです',
    text: '問題なさそうです。送信を始めます。',
  },
  uploading: {
    heading: '{vendor}のファイルを{partner}に送信しています',
    bar: '送信済み',
    sent: { other: '{total}のうち{sent}が届きました' },
    remaining: { other: '残り約{time}' },
    estimating: '時間を計算しています…',
    keepOpen: 'このページを開いたままにしてください。',
    offline: 'オフラインです。何も失われていません。オンラインに戻ると自動で続きます。',
    stalled: '接続がとても遅いか、切れています。何も失われていません。試し続けています。',
    willNotFit:
      'この速さでは{needed}必要ですが、残りは{left}です。Wi-Fiなど速い回線をお試しください。止まったところから続きます。',
    cancel: '中止して、送信済みの分を削除',
    sure: '中止して、届いた分を削除しますか？',
    sureStop: 'はい、中止して削除',
    sureGoOn: 'いいえ、送信を続ける',
    announceStart: '送信を始めました。',
    announceShare: '{share}送信しました。',
    announceTooSlow: 'この速さでは間に合いません。速い回線をお試しください。',
  },
  verifying: {
    heading: 'ファイルを確認しています',
    text: 'すべて届きました。最後の確認をしています。数秒で終わります。',
    bar: '確認中',
    stalled: 'ファイルは届いています。応答を待ちながら、試し続けています。',
  },
  received: {
    heading: '{partner}がファイルを受け取りました',
    text: '{vendor}のファイルがすべて届き、確認も問題なく終わりました。ありがとうございます。',
    close: 'このページを閉じてかまいません。',
    onward: '{partner}に戻ります…',
    continue: '{partner}に進む',
    before: 'このリンクでファイルはすでに届いています。ここですることはもうありません。',
    next: 'このあとのことは{partner}からお知らせがあります。',
    size: 'サイズ',
    arrived: '受け取り日時',
  },
  rejected: {
    heading: 'このファイルは使えません',
    headingSeveral: 'ファイルを1つだけ選んでください',
    headingService: 'うまくいきませんでした',
    again: '別のファイルを選ぶ',
    againSame: 'もう一度ファイルを選ぶ',
    file: 'お選びのファイル',
    reference: '参照番号',
    copyReference: '参照番号をコピー',
    details: 'サポート向けの詳細',
    copy: '詳細をコピー',
    copied: 'コピーしました。{partner}へのメッセージに貼り付けてください。',
  },
  ended: {
    link_invalid: {
      heading: 'このリンクは使えません',
      what: 'コピーしたときに途中で切れたのかもしれません。',
      mend: '元のメッセージまたはページに戻り、そこから開いてください。',
    },
    link_expired: {
      heading: 'このリンクは有効期限が切れました',
      what: '期限までに開かれませんでした。ファイルは送信されていません。',
      mend: '{partner}に新しいリンクの発行を依頼してください。すぐに済みます。',
    },
    session_expired: {
      heading: 'アップロードの時間が終わりました',
      what: '時間内にファイルがすべて届きませんでした。送信済みの分は削除されました。',
      mend: '{partner}に新しいリンクの発行を依頼し、.zipファイルを用意しておいてください。',
    },
    link_canceled: {
      heading: 'このアップロードは取り消されました',
      what: '{partner}がこのリンクを取り消しました。ファイルは保管されていません。',
      mend: '心当たりがない場合は、{partner}に新しいリンクの発行を依頼してください。',
    },
  },
  addressAlone: 'このアドレスは、リンクを開いたウィンドウでのみ使えます。',
  left: {
    heading: 'アップロードを中止しました',
    text: 'ファイルは保管されていません。このページを閉じてかまいません。',
    notReady: 'ファイルを用意できたら、{partner}に新しいリンクの発行を依頼してください。',
    goOn: 'アップロードを続ける',
  },
  leaving: '{partner}に戻ります…',
  unreachable: {
    again: 'もう一度試す',
    no_reply: {
      heading: '接続がありません',
      what: 'アップロードのサービスにつながりませんでした。',
      mend: 'インターネットの接続を確認してください。こちらでも自動で試し続けます。',
    },
    foreign_reply: {
      heading: 'お使いのネットワークに妨げられています',
      what: 'サービスの代わりに、お使いのネットワークが応答しています。ホテルや電車、会社のWi-Fiでは、先にログインが必要なことがあります。',
      mend: 'そのネットワークにログインするか、別の回線に替えて、もう一度お試しください。',
    },
    busy: {
      heading: '少しお待ちください',
      what: '短い時間に何度もこのページが開かれました。',
      mend: 'まもなく自動でもう一度試します。',
    },
    service: {
      heading: 'こちら側に問題があります',
      what: 'アップロードのサービスが今、応答できません。お客様の操作が原因ではありません。',
      mend: '自動で試し続けます。数分後にもう一度開いてもかまいません。',
    },
  },
  leave: { back: '{partner}に戻る', stop: '送らずに終える', ask: '{partner}に新しいリンクの発行を依頼' },
  countdown: {
    left: { other: '残り時間：{time}' },
    twoMinutes: '残り2分を切りました。時間が終わる前に、ファイルがすべて届く必要があります。',
    halfMinute: '残り30秒を切りました。足りない場合は、{partner}に新しいリンクの発行を依頼してください。',
    over: '時間が残っているか確認しています…',
  },
  trust: {
    title: 'ファイルの送り先',
    titleAfter: 'これからのファイルの扱い',
    inShort: '先にこの端末で確認します。送り先は{partner}だけです。',
    more: 'ファイルの扱い',
    who: 'ファイルは保護された接続で{partner}に届き、ほかの誰にも渡りません。',
    purpose: '{partner}が必要とする理由：',
    noPurpose: '何のためか分からないときは、送る前に{partner}に聞いてください。',
    check:
      '内容を送る前に、この端末で確認されます。使えないファイルだった場合、{partner}に伝わるのはその理由だけです。',
    keptBoth: { other: 'ファイルと、それから計算されたものは、{n}日後にこのサービスから削除されます。' },
    keptFile: { other: 'ファイルは{n}日後にこのサービスから削除されます。' },
    keptResults: { other: 'それから計算されたものは{n}日後に削除されます。' },
    keptBothUntil: 'ファイルと、それから計算されたものは、{partner}が削除するまで保管されます。',
    keptFileUntil: 'ファイルは{partner}が削除するまで保管されます。',
    keptResultsUntil: 'それから計算されたものは、{partner}が削除するまで保管されます。',
    unfinished: '時間内に届かなかった場合、送信済みの分は削除されます。',
    erase: '削除したいときは{partner}に頼んでください。いつでも完全に消せます。',
    promise: 'このサービスがファイルを売ったり、自らのために使ったりすることはありません。',
    privacy: 'このページはCookieを使わず、他社のものを読み込みません。',
    policy: '{partner}のデータの扱い',
    support: '{partner}のサポート',
  },
  otherSource: '{source}のファイルのようです。{partner}ではまだ使えません。',
  network: NETWORK_JA,
  reasons: REASONS_JA,
  recognised: RECOGNISED_JA,
}
