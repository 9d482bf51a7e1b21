/** What a finding means for an upload: it works, works another way, does not work, or was not tried. */
export const LEVELS = ['works', 'falls_back', 'fails', 'untried'] as const
export type Level = (typeof LEVELS)[number]

interface Meaning {
  level: Level
  /** What was found. `{figure}` stands for what was measured. */
  words: string
  /** What to change, and where; missing where there is nothing to change. */
  change?: string
}

/** Every check of the page `/doctor`, in its order, with all that it may find. Keys are never renamed. */
export const CHECKS = {
  address: {
    title: 'Address',
    findings: {
      right: { level: 'works', words: 'The page was opened at the address that links have.' },
      elsewhere: {
        level: 'fails',
        words: 'The page was opened at another address than the one that links have.',
        change: 'Use links as the API returns them, and do not rewrite their host.',
      },
    },
  },
  surroundings: {
    title: 'Surroundings',
    findings: {
      window: { level: 'works', words: 'The page has a window of its own.' },
      frame: { level: 'works', words: 'The page is in a frame of another page, and the frame lets it work.' },
      app: { level: 'works', words: 'The page is in an app.' },
      sandbox: {
        level: 'fails',
        words: 'The page is in a sandbox without an origin of its own, so it may not contact its own server.',
        change:
          'Add allow-same-origin to the sandbox attribute of the frame, and to a Content-Security-Policy: sandbox of the page around it. embed.js sets the right attributes.',
      },
    },
  },
  scripts: {
    title: 'Scripts',
    findings: {
      current: { level: 'works', words: 'The browser has everything that the upload page needs.' },
      old: {
        level: 'fails',
        words: 'The browser lacks {figure} of the interfaces that the upload page needs.',
        change:
          'Update the browser or the WebView; the page “Browsers” of the documentation lists the oldest ones.',
      },
    },
  },
  connection: {
    title: 'https',
    findings: {
      secure: { level: 'works', words: 'The connection counts as secure.' },
      insecure: {
        level: 'falls_back',
        words: 'The connection is plain http, so the browser withholds some of its functions.',
        change: 'Put https in front of the service, and name that address in PUBLIC_URL.',
      },
    },
  },
  chooser: {
    title: 'File chooser',
    findings: {
      untried: { level: 'untried', words: 'No file has been chosen yet.' },
      opened: { level: 'works', words: 'The file chooser opens.' },
      silent: {
        level: 'fails',
        words: 'The file chooser was asked for and did not open.',
        change:
          'In an Android WebView, implement onShowFileChooser. In another company’s app, offer the link in the browser instead.',
      },
    },
  },
  file: {
    title: 'Reading the file',
    findings: {
      untried: {
        level: 'untried',
        words: 'No file has been chosen yet. One that is stored in a cloud tells most.',
      },
      read: { level: 'works', words: 'The chosen file can be read from its first to its last byte.' },
      unreadable: {
        level: 'fails',
        words: 'The chosen file cannot be read. It may still be in a cloud, or may have changed since.',
        change: 'Download the file to the device first, then choose it again.',
      },
    },
  },
  inflate: {
    title: 'Opening archives',
    findings: {
      built_in: { level: 'works', words: 'The browser can open ZIP archives itself (DecompressionStream).' },
      loaded: {
        level: 'falls_back',
        words:
          'The browser has no DecompressionStream. The upload page loads code of its own to open archives.',
      },
    },
  },
  digest: {
    title: 'Checksum',
    findings: {
      built_in: { level: 'works', words: 'The browser computes checksums itself (SubtleCrypto).' },
      own: {
        level: 'falls_back',
        words:
          'The browser offers no SubtleCrypto here. The upload page computes checksums itself, more slowly.',
        change: 'Serve the page by https.',
      },
    },
  },
  worker: {
    title: 'Background thread',
    findings: {
      runs: { level: 'works', words: 'Files can be read in a thread of their own.' },
      refused: {
        level: 'falls_back',
        words: 'No background thread starts here. The upload page reads the file itself and may stutter.',
      },
    },
  },
  storage: {
    title: 'Storage',
    findings: {
      available: { level: 'works', words: 'Storage is available. The upload page keeps nothing in it.' },
      refused: {
        level: 'works',
        words: 'The browser refuses storage here. That changes nothing: the upload page keeps nothing in it.',
      },
    },
  },
  clock: {
    title: 'Clock',
    findings: {
      unknown: {
        level: 'untried',
        words: 'The clock could not be compared, because the server did not answer.',
      },
      right: { level: 'works', words: 'The clock of the device and that of the server agree.' },
      wrong: {
        level: 'falls_back',
        words: 'The clock of the device is off by {figure}. The upload page counts by the server’s clock.',
        change: 'Set the clock of the device: if it is far off, https stops working.',
      },
    },
  },
  methods: {
    title: 'Methods',
    findings: {
      plain: { level: 'works', words: 'HEAD and PATCH reach the server.' },
      in_header: {
        level: 'falls_back',
        words: 'PATCH or HEAD does not reach the server ({figure}), but a POST that names its method does.',
        change: 'Let HEAD and PATCH below /api/upload/ through the proxy or firewall.',
      },
      one_request: {
        level: 'falls_back',
        words:
          'Requests to a started upload do not reach the server ({figure}). A file is sent in one request and cannot be resumed.',
        change: 'Let HEAD, PATCH and POST below /api/upload/files/ through the proxy or firewall.',
      },
      blocked: {
        level: 'fails',
        words: 'No request with a file reaches the server ({figure}).',
        change:
          'Something between this browser and the service refuses uploads. Let HEAD, PATCH and POST below /api/upload/ through the proxy or firewall, or use another network.',
      },
    },
  },
  bodies: {
    title: 'Sizes',
    findings: {
      unknown: {
        level: 'untried',
        words: 'Sizes were not tried, because no request with a file gets through.',
      },
      large: { level: 'works', words: 'Requests of 5 MiB reach the server whole.' },
      smaller: {
        level: 'falls_back',
        words:
          'Only requests of up to {figure} reach the server. The upload page sends more and smaller ones.',
        change: 'Let bodies of 5 MiB through the proxy (nginx: client_max_body_size 6m).',
      },
      cut: {
        level: 'fails',
        words: 'Even a request of 64 KiB does not reach the server whole.',
        change:
          'Let bodies of 5 MiB through the proxy (nginx: client_max_body_size 6m), and do not rewrite them.',
      },
    },
  },
  headers: {
    title: 'Headers',
    findings: {
      unknown: {
        level: 'untried',
        words: 'Headers were not compared, because no request with a file gets through.',
      },
      kept: { level: 'works', words: 'The headers of uploads arrive in both directions.' },
      token_removed: {
        level: 'falls_back',
        words:
          'Authorization is removed on the way. The upload page sends the link’s token in X-Upload-Token, too.',
        change: 'Let Authorization through the proxy.',
      },
      answer_removed: {
        level: 'falls_back',
        words: 'Upload-Offset or Tus-Resumable is removed from the answers. A file is sent in one request.',
        change: 'Let Upload-Offset, Tus-Resumable and Location through the proxy, in answers too.',
      },
      removed: {
        level: 'fails',
        words:
          'Upload-Offset or Tus-Resumable is removed from the requests, and no file can be sent without them.',
        change: 'Let Upload-Offset, Upload-Length, Upload-Metadata and Tus-Resumable through the proxy.',
      },
    },
  },
  host: {
    title: 'Events',
    findings: {
      none: { level: 'works', words: 'No page or app is around this one, so nobody has to hear of events.' },
      answers: { level: 'works', words: 'The page around this one answers: events go both ways.' },
      app: {
        level: 'works',
        words: 'The app around this page takes events. Whether it understands them shows in the app.',
      },
      silent: {
        level: 'falls_back',
        words:
          'The page around this one does not answer. Uploads work and webhooks tell your backend, but your page learns nothing.',
        change:
          'Open links with embed.js, which answers the page’s greeting, or answer it yourself as “Embedding” shows.',
      },
    },
  },
  isolation: {
    title: 'Isolation (COOP, COEP)',
    findings: {
      open: { level: 'works', words: 'The page is not isolated from other sites; it does not need to be.' },
      isolated: { level: 'works', words: 'The page is isolated from other sites, and works all the same.' },
    },
  },
  screen: {
    title: 'Screen',
    findings: {
      held: { level: 'works', words: 'The screen stays on while a file is sent.' },
      refused: {
        level: 'falls_back',
        words:
          'The screen may go dark while a file is sent: this frame may not keep it on. The upload resumes afterwards.',
        change: 'Add allow="screen-wake-lock" to the frame; embed.js does.',
      },
      missing: {
        level: 'falls_back',
        words:
          'The screen may go dark while a file is sent, because the browser cannot keep it on. The upload resumes afterwards.',
      },
    },
  },
} as const satisfies Record<string, { title: string; findings: Record<string, Meaning> }>

export type Check = keyof typeof CHECKS
export const CHECK_NAMES = Object.keys(CHECKS) as Check[]

/** One check with what it found. */
export type Finding = {
  [Name in Check]: {
    check: Name
    finding: keyof (typeof CHECKS)[Name]['findings'] & string
    /** What was measured: seconds, bytes, a status (0: no answer), or a count. */
    figure: number | null
  }
}[Check]

/** The meaning of a finding; undefined for one that the check cannot have. */
export const meaningOf = (check: Check, finding: string): Meaning | undefined => {
  const findings: Record<string, Meaning> = CHECKS[check].findings
  return Object.hasOwn(findings, finding) ? findings[finding] : undefined
}

/** A browser's family, which is all that a report keeps of it. */
export const BROWSERS = [
  'chrome',
  'edge',
  'firefox',
  'safari',
  'samsung',
  'opera',
  'android_webview',
  'ios_webview',
  'in_app',
  'other',
] as const
export type Browser = (typeof BROWSERS)[number]
