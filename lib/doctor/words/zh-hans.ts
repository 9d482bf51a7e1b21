import type { DoctorWords } from './words.ts'

export const zhHans: DoctorWords = {
  locale: 'zh-Hans',
  title: 'Doctor',
  lead: '本页会在当前浏览器、当前环境和当前网络中测试上传所需的一切。不会读取您的任何信息，您在此选择的文件也不会被发送。',
  busy: {
    what: '目前来自此网络的访问过多。',
    mend: '请等待一分钟，然后重新加载此页面。',
  },
  notStarted: {
    what: '本页的脚本无法在这里运行。',
    mend: '上传页面同样无法运行。浏览器或 WebView 可能过旧（需要 Safari 15.4、Chrome 90、Edge 90 或 Firefox 91 及以上版本），或者有东西阻止了来自此地址的脚本。请更新、允许脚本，或用其他浏览器打开本页。',
  },
  noScript: {
    what: '这里的脚本已被关闭。',
    mend: '上传页面需要脚本。在 Android WebView 中请调用 setJavaScriptEnabled(true)。在框架中请在 sandbox 属性里加入 allow-scripts。',
  },
  script: {
    trying: '正在测试…',
    summary: {
      fails: { other: '有 {n} 项必须更改，才能在这里上传。' },
      fallsBack: { other: '可以在这里上传。有 {n} 项可以改进。' },
      works: '可以在这里上传。',
    },
    noAnswer: '没有响应',
    status: '状态码 {status}',
  },
  levels: { works: '正常', falls_back: '改用其他方式', fails: '必须更改', untried: '未测试' },
  chooser: {
    title: '测试文件选择',
    text: '选择任意一个文件，最好是存放在云端（例如 Google 云端硬盘或 iCloud）的文件。文件只在这里读取，不会被发送。',
    button: '选择文件',
  },
  keep: {
    title: '让本服务的运营人员查看结果',
    text: '他们可以凭您在这里得到的代码，在控制台的 Doctor 中查看。结果只包含本页显示的内容和浏览器名称，一天后删除。',
    button: '获取代码',
    failed: '无法保存结果。请一分钟后重试。',
  },
  checks: {
    address: {
      title: '地址',
      findings: {
        right: '本页是用链接中的地址打开的。',
        elsewhere: [
          '本页是用与链接不同的地址打开的。',
          '请按 API 返回的样子使用链接，不要改写其中的主机名。',
        ],
      },
    },
    surroundings: {
      title: '环境',
      findings: {
        window: '本页有自己的窗口。',
        frame: '本页位于另一个页面的框架中，并且可以正常工作。',
        app: '本页位于应用中。',
        sandbox: [
          '本页位于没有独立源的沙盒中，因此无法连接自己的服务器。',
          '请在框架的 sandbox 属性以及外层页面的 Content-Security-Policy: sandbox 中加入 allow-same-origin。embed.js 会设置正确的属性。',
        ],
      },
    },
    scripts: {
      title: '脚本',
      findings: {
        current: '浏览器具备上传页面所需的一切。',
        old: [
          '浏览器缺少上传页面所需的 {figure} 个接口。',
          '请更新浏览器或 WebView。文档的“Browsers”页面列出了可用的最旧版本。',
        ],
      },
    },
    connection: {
      title: 'https',
      findings: {
        secure: '连接被视为安全。',
        insecure: [
          '连接是未加密的 http，因此浏览器不提供部分功能。',
          '请在服务前面启用 https，并在 PUBLIC_URL 中填写该地址。',
        ],
      },
    },
    chooser: {
      title: '文件选择',
      findings: {
        untried: '尚未选择文件。',
        opened: '可以打开文件选择窗口。',
        silent: [
          '请求打开文件选择窗口，但没有打开。',
          '在 Android WebView 中请实现 onShowFileChooser。在其他公司的应用中，请改为在浏览器里提供链接。',
        ],
      },
    },
    file: {
      title: '读取文件',
      findings: {
        untried: '尚未选择文件。用存放在云端的文件最能看出问题。',
        read: '所选文件可以从第一个字节读到最后一个字节。',
        unreadable: [
          '无法读取所选文件。它可能还在云端，或者之后发生了变化。',
          '请先把文件下载到设备上，再重新选择。',
        ],
      },
    },
    inflate: {
      title: '打开压缩包',
      findings: {
        built_in: '浏览器自身可以打开 ZIP 压缩包（DecompressionStream）。',
        loaded: '浏览器没有 DecompressionStream。上传页面会加载自己的代码来打开压缩包。',
      },
    },
    digest: {
      title: '校验和',
      findings: {
        built_in: '浏览器自身可以计算校验和（SubtleCrypto）。',
        own: [
          '浏览器在这里不提供 SubtleCrypto。上传页面会自行计算校验和，速度较慢。',
          '请通过 https 提供页面。',
        ],
      },
    },
    worker: {
      title: '后台线程',
      findings: {
        runs: '可以在单独的线程中读取文件。',
        refused: '这里无法启动后台线程。上传页面会自行读取文件，可能出现卡顿。',
      },
    },
    storage: {
      title: '存储',
      findings: {
        available: '可以使用存储。上传页面不会在其中保存任何内容。',
        refused: '浏览器在这里拒绝使用存储。这没有影响：上传页面不会在其中保存任何内容。',
      },
    },
    clock: {
      title: '时钟',
      findings: {
        unknown: '服务器没有响应，无法比较时钟。',
        right: '设备的时钟与服务器一致。',
        wrong: [
          '设备的时钟相差 {figure}。上传页面按服务器的时钟计时。',
          '请校准设备的时钟：相差太大时 https 会无法使用。',
        ],
      },
    },
    methods: {
      title: '请求方法',
      findings: {
        plain: 'HEAD 和 PATCH 可以到达服务器。',
        in_header: [
          'PATCH 或 HEAD 无法到达服务器（{figure}），但在标头中注明方法的 POST 可以。',
          '请让 /api/upload/ 下的 HEAD 和 PATCH 通过代理或防火墙。',
        ],
        one_request: [
          '对已开始的上传的请求无法到达服务器（{figure}）。文件会在一次请求中发送，无法续传。',
          '请让 /api/upload/files/ 下的 HEAD、PATCH 和 POST 通过代理或防火墙。',
        ],
        blocked: [
          '带有文件的请求都无法到达服务器（{figure}）。',
          '浏览器与服务之间有东西拒绝上传。请让 /api/upload/ 下的 HEAD、PATCH 和 POST 通过代理或防火墙，或改用其他网络。',
        ],
      },
    },
    bodies: {
      title: '大小',
      findings: {
        unknown: '带有文件的请求无法通过，因此没有测试大小。',
        large: '5 MiB 的请求可以完整到达服务器。',
        smaller: [
          '只有不超过 {figure} 的请求才能到达服务器。上传页面会改为发送更多、更小的请求。',
          '请让 5 MiB 的请求正文通过代理（nginx：client_max_body_size 6m）。',
        ],
        cut: [
          '连 64 KiB 的请求也无法完整到达服务器。',
          '请让 5 MiB 的请求正文通过代理（nginx：client_max_body_size 6m），并且不要改写。',
        ],
      },
    },
    headers: {
      title: '标头',
      findings: {
        unknown: '带有文件的请求无法通过，因此没有比较标头。',
        kept: '上传的标头在两个方向上都能到达。',
        token_removed: [
          'Authorization 在途中被移除。上传页面也会在 X-Upload-Token 中发送链接的令牌。',
          '请让 Authorization 通过代理。',
        ],
        answer_removed: [
          'Upload-Offset 或 Tus-Resumable 从响应中被移除。文件会在一次请求中发送。',
          '请让 Upload-Offset、Tus-Resumable 和 Location 通过代理，响应中也要保留。',
        ],
        removed: [
          'Upload-Offset 或 Tus-Resumable 从请求中被移除，没有它们就无法发送文件。',
          '请让 Upload-Offset、Upload-Length、Upload-Metadata 和 Tus-Resumable 通过代理。',
        ],
      },
    },
    host: {
      title: '事件',
      findings: {
        none: '外层没有页面或应用，因此不需要通知任何人。',
        answers: '外层页面有回应：事件可以双向传递。',
        app: '外层应用会接收事件。它是否理解，要在应用中查看。',
        silent: [
          '外层页面没有回应。上传可以进行，webhook 会通知您的后端，但您的页面收不到任何消息。',
          '请用 embed.js 打开链接，它会回应页面的问候；或者按“Embedding”所示自行回应。',
        ],
      },
    },
    isolation: {
      title: '隔离（COOP、COEP）',
      findings: {
        open: '本页没有与其他网站隔离，也不需要隔离。',
        isolated: '本页与其他网站隔离，仍可正常工作。',
      },
    },
    screen: {
      title: '屏幕',
      findings: {
        held: '发送文件时屏幕保持常亮。',
        refused: [
          '发送文件时屏幕可能熄灭：此框架无权让屏幕保持常亮。之后上传会继续。',
          '请在框架上加入 allow="screen-wake-lock"；embed.js 会自动加入。',
        ],
        missing: '发送文件时屏幕可能熄灭，因为浏览器无法让它保持常亮。之后上传会继续。',
      },
    },
  },
}
