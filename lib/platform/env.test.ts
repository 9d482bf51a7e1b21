import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { BadEnvironment, readEnv } from './env.ts'
import { createLog } from './log.ts'

const SECRET = 'correct-horse-battery-staple-and-more'

function faultsOf(source: Record<string, string>): string {
  try {
    readEnv(source)
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(BadEnvironment)
    return (thrown as Error).message
  }
  throw new Error('Nothing was refused')
}

test('An empty environment is enough, and empty variables count as unset', () => {
  const defaults = readEnv({}, false)
  expect(defaults).toMatchObject({
    port: 3000,
    host: '127.0.0.1',
    publicUrl: 'http://localhost:3000',
    loopback: true,
    dataDir: `${process.cwd()}/data`,
    databaseUrl: undefined,
    s3: undefined,
    encryptAtRest: false,
    appSecret: undefined,
    worker: 'inline',
    logLevel: 'info',
    trustProxy: false,
    testClock: false,
    allowPrivateTargets: false,
    pgBinDir: undefined,
    databaseMegabytes: undefined,
    referenceFasta: undefined,
  })
  expect(readEnv({ PORT: '', PUBLIC_URL: '', APP_SECRET: '', STORAGE_URL: '' }, false)).toEqual(defaults)
  expect(readEnv({}, true).dataDir).toBe('/var/lib/arraydrop')
})

test('The public URL follows the port unless it is given', () => {
  expect(readEnv({ PORT: '8080' }).publicUrl).toBe('http://localhost:8080')
  expect(readEnv({ PORT: '8080', PUBLIC_URL: 'https://Upload.Example.org/' }).publicUrl).toBe(
    'https://upload.example.org',
  )
})

test('All bad values are refused at once, each with what is allowed', () => {
  const message = faultsOf({
    PORT: '70000',
    HOST: 'http://x',
    PUBLIC_URL: 'https://example.org/path',
    DATABASE_URL: 'mysql://root@db/x',
    APP_SECRET: 'short',
    WORKER: 'maybe',
    LOG_LEVEL: 'loud',
    TRUST_PROXY: 'yes please',
    ARRAYDROP_TEST_CLOCK: '2',
    PG_BIN_DIR: 'bin',
    DATABASE_MEMORY_MB: '64',
    DATA_DIR: 'a\0b',
  })
  const lines = message.split('\n').slice(1)
  expect(lines.map((line) => line.trim().split(' ')[0])).toEqual([
    'PORT',
    'HOST',
    'PUBLIC_URL',
    'DATA_DIR',
    'DATABASE_URL',
    'APP_SECRET',
    'WORKER',
    'LOG_LEVEL',
    'TRUST_PROXY',
    'ARRAYDROP_TEST_CLOCK',
    'PG_BIN_DIR',
    'DATABASE_MEMORY_MB',
  ])
  for (const line of lines) expect(line).toContain('Allowed: ')
  expect(lines[0]).toBe(
    '  PORT ("70000") is out of range. Allowed: a whole number from 1 to 65535 (default 3000)',
  )
})

test('No secret is quoted, however it is mistyped', () => {
  const hidden = fc.stringMatching(/^[a-z]{12,20}$/)
  fc.assert(
    fc.property(hidden, (secret) => {
      const message = faultsOf({
        APP_SECRET: `${SECRET},${secret}`,
        DATABASE_URL: `mysql://root:${secret}@db/x`,
        STORAGE_URL: `s3://${secret}:${secret}@bucket`,
        PUBLIC_URL: `https://user:${secret}@example.org`,
      })
      expect(message).not.toContain(secret)
      expect(message).not.toContain(SECRET)
    }),
  )
})

test.each([
  ['http://localhost:3000', true],
  ['http://demo.localhost', true],
  ['http://127.0.0.1:3000', true],
  ['http://127.8.9.10', true],
  ['http://127.1', true],
  ['http://[::1]:3000', true],
  ['https://localhost.example.org', false],
  ['https://127.0.0.1.example.org', false],
  ['http://192.168.1.2', false],
  ['http://0.0.0.0', false],
  ['https://notlocalhost', false],
])('%s is this machine alone: %s', (url, loopback) => {
  expect(readEnv({ PUBLIC_URL: url }).loopback).toBe(loopback)
})

test('The test clock is refused wherever strangers could reach it', () => {
  expect(readEnv({ ARRAYDROP_TEST_CLOCK: '1' }).testClock).toBe(true)
  const message = faultsOf({ ARRAYDROP_TEST_CLOCK: '1', PUBLIC_URL: 'https://upload.example.org', PORT: 'x' })
  expect(message).toContain('ARRAYDROP_TEST_CLOCK')
  expect(message).toContain('PORT')
})

test('A bucket is named with where it is and what it encrypts with, and never with credentials', () => {
  expect(readEnv({ STORAGE_URL: 's3://my-bucket' }).s3).toEqual({
    bucket: 'my-bucket',
    prefix: '',
    endpoint: undefined,
    region: undefined,
    encryption: undefined,
  })
  const whole =
    's3://my.bucket/a/b/?endpoint=https://s3.example.org:9000&region=eu-1&sse=aws:kms&sse_kms_key_id=arn:aws:kms:x:key/1'
  expect(readEnv({ STORAGE_URL: whole }).s3).toEqual({
    bucket: 'my.bucket',
    prefix: 'a/b/',
    endpoint: 'https://s3.example.org:9000',
    region: 'eu-1',
    encryption: { algorithm: 'aws:kms', kmsKeyId: 'arn:aws:kms:x:key/1' },
  })
  expect(readEnv({ STORAGE_URL: 's3://bucket?endpoint=http://minio:9000' }).s3?.region).toBe('us-east-1')
  for (const url of [
    'https://bucket',
    's3:///prefix',
    's3://key:secret@bucket',
    's3://BUCKET',
    's3://bucket?endpoint=ftp://x',
    's3://bucket?endpoint=https://key:secret@x',
    's3://bucket?regoin=eu',
    's3://bucket?region=a&region=b',
    's3://bucket?sse=rot13',
    's3://bucket?sse=AES256&sse_kms_key_id=x',
  ]) {
    expect(faultsOf({ STORAGE_URL: url }), url).toContain('STORAGE_URL is not s3://')
  }
})

test('Every secret of a rotation list must be long enough', () => {
  expect(readEnv({ APP_SECRET: `${SECRET}, ${SECRET}2` }).appSecret).toBe(`${SECRET}, ${SECRET}2`)
  expect(faultsOf({ APP_SECRET: `${SECRET},` })).toContain('APP_SECRET')
})

test('An analysis command is one file that may be executed, and has an hour unless told otherwise', () => {
  const file = process.execPath
  expect(readEnv({}).analysisCommand).toBeUndefined()
  expect(readEnv({ ANALYSIS_COMMAND: file }).analysisCommand).toEqual({ file, seconds: 3_600 })
  const told = { ANALYSIS_COMMAND: file, ANALYSIS_COMMAND_SECONDS: '43200' }
  expect(readEnv(told).analysisCommand).toEqual({ file, seconds: 43_200 })
  for (const seconds of ['0', '43201', '1.5', '-1', 'long']) {
    expect(faultsOf({ ANALYSIS_COMMAND_SECONDS: seconds })).toContain('ANALYSIS_COMMAND_SECONDS')
  }
  for (const command of [
    'node',
    `${file} --version`,
    import.meta.dirname,
    import.meta.filename,
    '/no/such/file',
  ]) {
    expect(faultsOf({ ANALYSIS_COMMAND: command })).toMatch(
      /ANALYSIS_COMMAND is not .* Allowed: the absolute path/,
    )
  }
})

test('Hosts for FASTQ files are names, or all below a name, never everything', () => {
  expect(readEnv({}).fastqHosts).toEqual([])
  const list = 'data.clinic.example, *.Lab.example,xn--bcher-kva.example'
  const hosts = ['data.clinic.example', '*.lab.example', 'xn--bcher-kva.example']
  expect(readEnv({ FASTQ_HOSTS: list }).fastqHosts).toEqual(hosts)
  for (const bad of [
    '*',
    '*.com',
    'com',
    'localhost',
    '10.0.0.1',
    'https://a.example',
    'a.example:8080',
    'a.*.example',
    'a.example,',
  ]) {
    expect(faultsOf({ FASTQ_HOSTS: bad })).toContain('FASTQ_HOSTS')
  }
})

test('An sslmode that the driver does not know is refused by its name', () => {
  const url = 'postgres://u:p@db/a?sslmode='
  expect(readEnv({ DATABASE_URL: `${url}verify-full` }).databaseUrl).toBe(`${url}verify-full`)
  expect(faultsOf({ DATABASE_URL: `${url}bogus` })).toMatch(
    /DATABASE_URL has an unknown sslmode\..*verify-full/,
  )
})

test('What is allowed can be read in the log, where secrets are hidden', () => {
  const write = vi.fn()
  createLog({ logLevel: 'fatal' }, { write }).fatal(faultsOf({ DATABASE_URL: 'mysql://a', STORAGE_URL: 'x' }))
  expect(write).toHaveBeenCalledWith(expect.not.stringContaining('hidden'))
})

test('A database may be reached through a socket', () => {
  for (const url of ['postgres:///arraydrop?host=/run/pg', 'postgresql://u@%2Frun%2Fpg/arraydrop']) {
    expect(readEnv({ DATABASE_URL: url }).databaseUrl).toBe(url)
  }
})

test('Monitoring is off unless it is asked for, and what it is told wrong is refused', () => {
  const off = { metrics: undefined, traces: undefined, serviceName: 'arraydrop', resource: {} }
  expect(readEnv({}).telemetry).toEqual(off)
  expect(readEnv({ OTEL_METRICS_EXPORTER: 'none', OTEL_TRACES_EXPORTER: 'none' }).telemetry).toEqual(off)
  const on = { OTEL_METRICS_EXPORTER: 'prometheus', OTEL_TRACES_EXPORTER: 'otlp' }
  expect(readEnv(on).telemetry).toMatchObject({
    metrics: { host: '127.0.0.1', port: 9_464 },
    traces: { endpoint: 'http://localhost:4318' },
  })
  const told = {
    ...on,
    OTEL_EXPORTER_PROMETHEUS_HOST: '0.0.0.0',
    OTEL_EXPORTER_PROMETHEUS_PORT: '9500',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector.example/otlp/',
    OTEL_RESOURCE_ATTRIBUTES: 'service.name=uploads, deployment.environment.name=a%2Cb',
  }
  expect(readEnv(told).telemetry).toEqual({
    metrics: { host: '0.0.0.0', port: 9_500 },
    traces: { endpoint: 'https://collector.example/otlp' },
    serviceName: 'uploads',
    resource: { 'service.name': 'uploads', 'deployment.environment.name': 'a,b' },
  })
  expect(readEnv({ ...told, OTEL_SERVICE_NAME: 'named' }).telemetry.serviceName).toBe('named')
  const bad = {
    OTEL_METRICS_EXPORTER: 'console',
    OTEL_EXPORTER_PROMETHEUS_HOST: 'http://x',
    OTEL_EXPORTER_PROMETHEUS_PORT: '0',
    OTEL_TRACES_EXPORTER: 'jaeger',
    OTEL_EXPORTER_OTLP_ENDPOINT: `https://user:${SECRET}@collector.example`,
    OTEL_RESOURCE_ATTRIBUTES: 'a=1,=2',
  }
  const message = faultsOf(bad)
  for (const name of Object.keys(bad)) expect(message).toContain(`  ${name} `)
  expect(message).not.toContain(SECRET)
})

test('Samples share runs of Minimac4 only: Beagle’s results would depend on who else is there', () => {
  expect(readEnv({}).imputation.batch).toBe(1)
  expect(readEnv({ IMPUTATION_BATCH: '10', IMPUTATION_ENGINE: 'minimac4' }).imputation.batch).toBe(10)
  expect(readEnv({ IMPUTATION_BATCH: '1' }).imputation.batch).toBe(1)
  expect(faultsOf({ IMPUTATION_BATCH: '10' })).toMatch(/IMPUTATION_BATCH is more than 1.*minimac4/)
})
