import type { DoctorWords } from './words.ts'

export const ja: DoctorWords = {
  locale: 'ja',
  title: 'Doctor',
  lead: 'アップロードに必要なものを、このブラウザー、この環境、このネットワークで試します。あなたに関する情報は読み取らず、ここで選んだファイルは送信しません。',
  busy: {
    what: '現在、このネットワークからのアクセスが多すぎます。',
    mend: '1分ほど待ってから、ページを再読み込みしてください。',
  },
  notStarted: {
    what: 'このページのスクリプトはここでは動きません。',
    mend: 'アップロードページも動きません。ブラウザーまたは WebView が古すぎるか（Safari 15.4、Chrome 90、Edge 90、Firefox 91 以降が必要です）、このアドレスのスクリプトが何かにブロックされています。更新するか、スクリプトを許可するか、別のブラウザーで開いてください。',
  },
  noScript: {
    what: 'ここではスクリプトが無効になっています。',
    mend: 'アップロードページにはスクリプトが必要です。Android の WebView では setJavaScriptEnabled(true) を呼び出してください。フレームでは sandbox 属性に allow-scripts を加えてください。',
  },
  script: {
    trying: '試しています…',
    summary: {
      fails: { other: 'ここでアップロードするには、{n} 件の変更が必要です。' },
      fallsBack: { other: 'ここでアップロードできます。改善できる点が {n} 件あります。' },
      works: 'ここでアップロードできます。',
    },
    noAnswer: '応答なし',
    status: 'ステータス {status}',
  },
  levels: { works: '動作します', falls_back: '別の方法で動作', fails: '変更が必要', untried: '未確認' },
  chooser: {
    title: 'ファイルの選択を試す',
    text: '任意のファイルを選んでください。Google ドライブや iCloud などのクラウドにあるものが最適です。ここで読み取るだけで、送信しません。',
    button: 'ファイルを選択',
  },
  keep: {
    title: '結果をこのサービスの運営者に見せる',
    text: '運営者は、ここで発行されるコードを使い、コンソールの Doctor で結果を確認します。内容はこのページの表示とブラウザーの名前だけで、1 日後に削除されます。',
    button: 'コードを取得',
    failed: '結果を保存できませんでした。1 分後にもう一度お試しください。',
  },
  checks: {
    address: {
      title: 'アドレス',
      findings: {
        right: 'ページは、リンクと同じアドレスで開かれています。',
        elsewhere: [
          'ページは、リンクとは別のアドレスで開かれています。',
          'リンクは API が返したまま使い、ホストを書き換えないでください。',
        ],
      },
    },
    surroundings: {
      title: '環境',
      findings: {
        window: 'ページは専用のウィンドウで開いています。',
        frame: 'ページは別のページのフレーム内にあり、そこで動作できます。',
        app: 'ページはアプリ内にあります。',
        sandbox: [
          'ページは独自のオリジンを持たないサンドボックス内にあるため、自身のサーバーに接続できません。',
          'フレームの sandbox 属性と、外側のページの Content-Security-Policy: sandbox に allow-same-origin を加えてください。embed.js は正しい属性を設定します。',
        ],
      },
    },
    scripts: {
      title: 'スクリプト',
      findings: {
        current: 'ブラウザーには、アップロードページに必要なものがすべてあります。',
        old: [
          'ブラウザーには、アップロードページに必要なインターフェースが {figure} 個足りません。',
          'ブラウザーまたは WebView を更新してください。使用できる最も古いバージョンは、ドキュメントの「Browsers」にあります。',
        ],
      },
    },
    connection: {
      title: 'https',
      findings: {
        secure: '接続は安全とみなされています。',
        insecure: [
          '接続は暗号化されていない http のため、ブラウザーの一部の機能が使えません。',
          'サービスの前に https を置き、そのアドレスを PUBLIC_URL に設定してください。',
        ],
      },
    },
    chooser: {
      title: 'ファイルの選択',
      findings: {
        untried: 'まだファイルが選ばれていません。',
        opened: 'ファイルの選択画面が開きます。',
        silent: [
          'ファイルの選択画面を開こうとしましたが、開きませんでした。',
          'Android の WebView では onShowFileChooser を実装してください。他社のアプリ内では、リンクをブラウザーで開いてもらってください。',
        ],
      },
    },
    file: {
      title: 'ファイルの読み取り',
      findings: {
        untried: 'まだファイルが選ばれていません。クラウドにあるファイルで試すと最もよくわかります。',
        read: '選んだファイルは、最初から最後のバイトまで読み取れます。',
        unreadable: [
          '選んだファイルを読み取れません。まだクラウドにあるか、その後変更された可能性があります。',
          'まずファイルを端末にダウンロードしてから、もう一度選んでください。',
        ],
      },
    },
    inflate: {
      title: '圧縮ファイルの展開',
      findings: {
        built_in: 'ブラウザー自身が ZIP ファイルを展開できます（DecompressionStream）。',
        loaded:
          'ブラウザーに DecompressionStream がありません。アップロードページは独自のコードを読み込んで展開します。',
      },
    },
    digest: {
      title: 'チェックサム',
      findings: {
        built_in: 'ブラウザー自身がチェックサムを計算できます（SubtleCrypto）。',
        own: [
          'ここでは SubtleCrypto が使えません。アップロードページが自分で計算するため、時間がかかります。',
          'ページを https で配信してください。',
        ],
      },
    },
    worker: {
      title: 'バックグラウンドスレッド',
      findings: {
        runs: 'ファイルを別のスレッドで読み取れます。',
        refused:
          'ここではバックグラウンドスレッドを開始できません。アップロードページが自分で読み取るため、動きがぎこちなくなることがあります。',
      },
    },
    storage: {
      title: 'ストレージ',
      findings: {
        available: 'ストレージを使えます。アップロードページはそこに何も保存しません。',
        refused:
          'ここではブラウザーのストレージが使えません。アップロードページは何も保存しないため、影響はありません。',
      },
    },
    clock: {
      title: '時計',
      findings: {
        unknown: 'サーバーが応答しなかったため、時計を比べられませんでした。',
        right: '端末とサーバーの時計は一致しています。',
        wrong: [
          '端末の時計が {figure} ずれています。アップロードページはサーバーの時計で計ります。',
          '端末の時計を合わせてください。ずれが大きいと https が使えなくなります。',
        ],
      },
    },
    methods: {
      title: 'メソッド',
      findings: {
        plain: 'HEAD と PATCH はサーバーに届きます。',
        in_header: [
          'PATCH または HEAD がサーバーに届きません（{figure}）。メソッドをヘッダーで示す POST は届きます。',
          'プロキシまたはファイアウォールで、/api/upload/ 以下の HEAD と PATCH を通してください。',
        ],
        one_request: [
          '開始済みのアップロードへのリクエストがサーバーに届きません（{figure}）。ファイルは 1 回のリクエストで送られ、途中から再開できません。',
          'プロキシまたはファイアウォールで、/api/upload/files/ 以下の HEAD、PATCH、POST を通してください。',
        ],
        blocked: [
          'ファイルを含むリクエストがサーバーに届きません（{figure}）。',
          'このブラウザーとサービスの間の何かがアップロードを拒否しています。プロキシまたはファイアウォールで /api/upload/ 以下の HEAD、PATCH、POST を通すか、別のネットワークを使ってください。',
        ],
      },
    },
    bodies: {
      title: 'サイズ',
      findings: {
        unknown: 'ファイルを含むリクエストが届かないため、サイズは確認していません。',
        large: '5 MiB のリクエストが完全な形でサーバーに届きます。',
        smaller: [
          'サーバーに届くのは {figure} までのリクエストだけです。アップロードページは小さく分けて送ります。',
          'プロキシで 5 MiB の本文を通してください（nginx: client_max_body_size 6m）。',
        ],
        cut: [
          '64 KiB のリクエストでも、完全な形ではサーバーに届きません。',
          'プロキシで 5 MiB の本文を通し（nginx: client_max_body_size 6m）、書き換えないでください。',
        ],
      },
    },
    headers: {
      title: 'ヘッダー',
      findings: {
        unknown: 'ファイルを含むリクエストが届かないため、ヘッダーは確認していません。',
        kept: 'アップロードのヘッダーは両方向に届きます。',
        token_removed: [
          'Authorization が途中で取り除かれます。アップロードページはリンクのトークンを X-Upload-Token でも送ります。',
          'プロキシで Authorization を通してください。',
        ],
        answer_removed: [
          'Upload-Offset または Tus-Resumable が応答から取り除かれます。ファイルは 1 回のリクエストで送られます。',
          'プロキシで、応答でも Upload-Offset、Tus-Resumable、Location を通してください。',
        ],
        removed: [
          'Upload-Offset または Tus-Resumable がリクエストから取り除かれるため、ファイルを送れません。',
          'プロキシで Upload-Offset、Upload-Length、Upload-Metadata、Tus-Resumable を通してください。',
        ],
      },
    },
    host: {
      title: 'イベント',
      findings: {
        none: '外側にページもアプリもないため、イベントを知らせる相手はいません。',
        answers: '外側のページが応答しました。イベントは両方向に届きます。',
        app: '外側のアプリがイベントを受け取ります。正しく処理されるかどうかは、アプリで確認してください。',
        silent: [
          '外側のページが応答しません。アップロードはでき、バックエンドには webhook で通知されますが、外側のページには何も伝わりません。',
          'ページの呼びかけに応答する embed.js でリンクを開くか、「Embedding」のとおりに応答してください。',
        ],
      },
    },
    isolation: {
      title: '分離（COOP、COEP）',
      findings: {
        open: 'ページは他のサイトから分離されていません。その必要もありません。',
        isolated: 'ページは他のサイトから分離されていますが、問題なく動作します。',
      },
    },
    screen: {
      title: '画面',
      findings: {
        held: 'ファイルの送信中、画面は点灯したままです。',
        refused: [
          'ファイルの送信中に画面が消えることがあります。このフレームには画面を点灯させておく権限がありません。アップロードはその後再開します。',
          'フレームに allow="screen-wake-lock" を加えてください。embed.js は自動で加えます。',
        ],
        missing:
          'ブラウザーが画面を点灯させておけないため、ファイルの送信中に画面が消えることがあります。アップロードはその後再開します。',
      },
    },
  },
}
