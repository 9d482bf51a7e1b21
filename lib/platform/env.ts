/** Settings of one installation, read from the environment once. */
export interface Env {
  port: number
  host: string
  /** Origin that links are made of, without a trailing slash. */
  publicUrl: string
  /** PUBLIC_URL is localhost, *.localhost or a loopback address: development, and the only place where http redirects and the test clock are allowed. */
  loopback: boolean
  dataDir: string
  databaseUrl: string | undefined
  storageUrl: string | undefined
  appSecret: string | undefined
  worker: 'inline' | 'off'
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'
  trustProxy: boolean
  testClock: boolean
  pgBinDir: string | undefined
}
