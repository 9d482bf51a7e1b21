import { execFileSync, spawnSync } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { parse } from 'acorn'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runAnalysis } from '#lib/analysis/run-analysis.ts'
import { keepReport } from '#lib/doctor/keep-report.ts'
import { createUser, generatePassword } from '#lib/people/create-user.ts'
import { provideServices } from '#lib/services.ts'
import { receiveUpload } from '#lib/sessions/upload/receive-upload.ts'
import { verifyUpload } from '#lib/sessions/upload/verify-upload.ts'
import { collectExamples, fieldsIn } from '#lib/testing/answer-examples.ts'
import { callRoute } from '#lib/testing/call-route.ts'
import { generateTypes } from '#lib/testing/generate-types.ts'
import { acceptingCheck, type TestServices, testServices } from '#lib/testing/test-services.ts'
import { OPERATIONS } from './openapi/operations.ts'

const ROOT = path.resolve(import.meta.dirname, '..')
const EXAMPLES = path.join(ROOT, 'examples')
const COMPILER = path.join(ROOT, 'node_modules/typescript/bin/tsc')
/** In several threads each checks shared types for itself, which doubles the work. */
const compile = (project: string) =>
  spawnSync(process.execPath, [COMPILER, '-p', project, '--singleThreaded'], { encoding: 'utf8' })
const OPTIONS = {
  target: 'es2024',
  lib: ['es2024', 'dom', 'dom.iterable'],
  module: 'esnext',
  moduleResolution: 'bundler',
  allowImportingTsExtensions: true,
  noEmit: true,
  strict: true,
  skipLibCheck: true,
  noUncheckedIndexedAccess: true,
  verbatimModuleSyntax: true,
  types: ['node'],
  jsx: 'react-jsx',
  // What the examples import, as where the client is installed.
  paths: { '@arraydrop/client': ['./client.ts'] },
}

let folder: string
let t: TestServices
let cloud: Server

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'typed-client-'))
  cpSync(path.join(ROOT, 'lib/testing/typed-client'), folder, { recursive: true })
  // The client that partners get, in the same types.
  cpSync(path.join(ROOT, 'clients/typescript/src/client.ts'), path.join(folder, 'client.ts'))
  // What pages and apps copy from the documentation.
  for (const types of ['embed.d.ts', 'embed-react.d.ts']) {
    cpSync(path.join(ROOT, 'public', types), path.join(folder, types))
  }
  const guide = readFileSync(path.join(ROOT, 'docs/embedding.md'), 'utf8')
  const [recipe, ...others] = [...guide.matchAll(/```tsx\n([\s\S]*?)```/g)].map(([, text]) => text!)
  expect(recipe).toContain('react-native-webview')
  writeFileSync(path.join(folder, 'recipe.tsx'), recipe!)
  others.forEach((text, at) => {
    writeFileSync(path.join(folder, `recipe-${at}.tsx`), text)
  })
  const readme = readFileSync(path.join(ROOT, 'clients/typescript/README.md'), 'utf8')
  const programs = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, text]) => text!)
  expect(programs.length).toBeGreaterThan(1)
  const given = 'declare const secret: string, request: { headers: Record<string, string> }, body: string\n'
  writeFileSync(path.join(folder, 'readme.ts'), given + programs.join('\n'))
  cpSync(path.join(EXAMPLES, 'next/app'), path.join(folder, 'app'), { recursive: true })
  cpSync(path.join(EXAMPLES, 'express/server.ts'), path.join(folder, 'express-server.ts'))
  writeFileSync(
    path.join(folder, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: OPTIONS, include: ['*.ts', '*.tsx', 'app/**/*'] }),
  )
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'), 'junction')
  writeFileSync(path.join(folder, 'schema.ts'), await generateTypes())
  t = await testServices()
  // Its source is on this machine.
  provideServices({ ...t.services, env: { ...t.services.env, allowPrivateTargets: true } })
  const file = gzipSync('@read1\nACGT\n+\nIIII\n')
  cloud = createServer((_request, response) => void response.end(file))
  await new Promise<void>((resolve) => cloud.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  provideServices(undefined)
  cloud?.close()
  await t?.stop()
  rmSync(folder, { recursive: true, force: true })
})

test('A strict client of the types that the document gives compiles', () => {
  const { status, stdout } = compile(folder)
  expect(stdout).toBe('')
  expect(status).toBe(0)
})

test('The other examples parse: the page of plain HTML, and the backend in Python', () => {
  const page = readFileSync(path.join(EXAMPLES, 'plain-html/index.html'), 'utf8')
  const [, script] = /<script type="module">([\s\S]*)<\/script>/.exec(page)!
  expect(parse(script!, { ecmaVersion: 'latest', sourceType: 'module' }).body.length).toBeGreaterThan(2)
  const backend = path.join(EXAMPLES, 'fastapi/main.py')
  const program = 'import ast, sys; print(len(ast.parse(open(sys.argv[1]).read()).body))'
  expect(Number(execFileSync('python3', ['-c', program, backend], { encoding: 'utf8' }))).toBeGreaterThan(5)
})

test('The compiler notices what the types do not have', () => {
  const wrong = `${folder}-wrong`
  mkdirSync(wrong)
  cpSync(path.join(folder, 'schema.ts'), path.join(wrong, 'schema.ts'))
  const options = { ...OPTIONS, types: [], paths: {} }
  writeFileSync(path.join(wrong, 'tsconfig.json'), JSON.stringify({ compilerOptions: options }))
  writeFileSync(
    path.join(wrong, 'sleeping.ts'),
    `import type { paths } from './schema.ts'
export const status: paths['/api/v2/samples/{sample_id}']['get']['responses'][200]['content']['application/json']['last_status']['status'] = 'sleeping'
`,
  )
  const { status, stdout } = compile(wrong)
  rmSync(wrong, { recursive: true })
  expect(stdout).toContain(`'"sleeping"' is not assignable`)
  expect(status).not.toBe(0)
})

test('It visits every path of the document and gets what the types say', async () => {
  const partner = await t.aPartner()
  const anAnalysed = async (services = t.services) => {
    const link = await t.anOpenLink({}, partner)
    const uploadId = await t.anUpload(link)
    await receiveUpload(services, uploadId)
    await verifyUpload(services, { uploadId })
    await runAnalysis(services, { runId: await t.runOf(link.sampleId) })
    return link
  }
  const failing = { ...t.services, checkArchive: acceptingCheck({ autosomalCallRate: 0.2 }) }
  const failedIds = [(await anAnalysed(failing)).sampleId, (await anAnalysed(failing)).sampleId] as const
  const link = await anAnalysed()
  const file = t.services.db.selectFrom('deliverable').select('id').where('sample_id', '=', link.sampleId)
  const password = generatePassword()
  const person = await createUser(t.services, { email: 'person@clinic.example', role: 'viewer', password })
  const doctor = await keepReport(t.services, '192.0.2.1', {
    browser: 'android_webview',
    findings: [{ check: 'methods', finding: 'in_header', figure: 405 }],
  })
  const seen = collectExamples()
  const { visitEveryPath } = await import(path.join(folder, 'visit-every-path.ts'))
  const visited: string[] = await visitEveryPath({
    async fetch(request: Request) {
      const response = await callRoute(request.clone())
      await seen.see(request, response)
      return response
    },
    key: (await t.aKey({ role: 'owner' })).key,
    projectId: partner.project.id,
    sampleId: link.sampleId,
    failedIds,
    fileId: (await file.executeTakeFirstOrThrow()).id,
    sourceUrl: `http://127.0.0.1:${(cloud.address() as AddressInfo).port}/s1_R1.fastq.gz`,
    person: { ...person, password },
    doctorCode: doctor.code,
  })
  const documented = OPERATIONS.map(({ method, path: at }) => `${method} ${at}`)
  expect([...new Set(visited)].sort()).toEqual(documented.sort())

  // The document's examples are these answers. ARRAYDROP_RECORD=1 writes them again.
  const examplesFile = path.join(ROOT, 'lib/openapi/response-examples.json')
  if (process.env.ARRAYDROP_RECORD) writeFileSync(examplesFile, `${JSON.stringify(seen.examples, null, 2)}\n`)
  const written = JSON.parse(readFileSync(examplesFile, 'utf8'))
  expect(fieldsIn(written).sort()).toEqual(fieldsIn(seen.examples).sort())
})

// It builds a package, which takes as long as all of the above.
if (process.env.ARRAYDROP_TORTURE === '1') {
  test('The client is packed, and works where it is installed from the packed file', () => {
    const into = path.join(folder, 'installed')
    mkdirSync(into)
    const npm = (args: string[], cwd: string) =>
      execFileSync('npm', args, { cwd, encoding: 'utf8', shell: process.platform === 'win32' })
    npm(['pack', '--pack-destination', into], path.join(ROOT, 'clients/typescript'))
    const [packed] = readdirSync(into)
    writeFileSync(path.join(into, 'package.json'), '{"type":"module"}')
    npm(['install', '--offline', '--no-audit', '--no-fund', `./${packed}`], into)
    const program = `import { Arraydrop, verifyWebhook } from '@arraydrop/client'
      new Arraydrop({ host: 'https://upload.example', apiKey: 'key' })
      try { verifyWebhook('AAAA', {}, '[]') } catch (error) { console.log(error.name) }`
    writeFileSync(path.join(into, 'program.mjs'), program)
    const said = execFileSync(process.execPath, ['program.mjs'], { cwd: into, encoding: 'utf8' })
    expect(said.trim()).toBe('WebhookError')
  })
}
