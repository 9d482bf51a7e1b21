import type { Operation } from './operation.ts'

export const LANGUAGES = { curl: 'curl', python: 'Python', typescript: 'TypeScript' } as const
export type Language = keyof typeof LANGUAGES

/** `{sample_id}`: filled from the environment, as `SAMPLE_ID`. */
const PLACE = /\{(\w+)\}/g

/** A call of the operation as a complete program; its ids come from the environment. Tests run every one of them. */
export function writeExample(operation: Operation, language: Language): string {
  return { curl: writeCurl, python: writePython, typescript: writeTypescript }[language](operation)
}

const shownPath = ({ path, exampleQuery }: Operation): string =>
  exampleQuery === undefined ? path : `${path}?${exampleQuery}`

function writeCurl(operation: Operation): string {
  const { method, right, body, example } = operation
  const url = shownPath(operation).replace(PLACE, (_, name: string) => `$${name.toUpperCase()}`)
  const json = JSON.stringify(example ?? {}).replace(PLACE, (_, name: string) => `'"$${name.toUpperCase()}"'`)
  return [
    `curl --fail-with-body -sS${method === 'GET' ? '' : ` -X ${method}`} \\`,
    `  "$ARRAYDROP_HOST${url}"`,
    ...(right === 'public' ? [] : [`  -H "Authorization: Api-Key $ARRAYDROP_API_KEY"`]),
    ...(body ? [`  -H 'Content-Type: application/json'`, `  -d '${json}'`] : []),
  ]
    .join(' \\\n')
    .replace('\\ \\\n', '\\\n')
}

/** Uses the standard library only, so that it runs wherever Python does. */
function writePython(operation: Operation): string {
  const { method, right, body, answer, example } = operation
  const env = (name: string) => `os.environ['${name.toUpperCase()}']`
  const url = shownPath(operation).replace(PLACE, (_, name: string) => `{${env(name)}}`)
  const headers = [
    ...(right === 'public' ? [] : [`"Authorization": f"Api-Key {os.environ['ARRAYDROP_API_KEY']}"`]),
    ...(body ? ['"Content-Type": "application/json"'] : []),
  ]
  const json = isJson(answer)
  return [
    ...(json || body ? ['import json'] : []),
    'import os',
    'import urllib.request',
    '',
    'request = urllib.request.Request(',
    `    f"{os.environ['ARRAYDROP_HOST']}${url}",`,
    `    method="${method}",`,
    ...(headers.length > 0 ? [`    headers={${headers.join(', ')}},`] : []),
    ...(body ? [`    data=json.dumps(${pythonLiteral(example ?? {})}).encode(),`] : []),
    ')',
    'with urllib.request.urlopen(request, timeout=30) as answer:',
    `    print(${json ? 'json.load(answer)' : 'answer.read().decode()'})`,
  ].join('\n')
}

function writeTypescript(operation: Operation): string {
  const { method, right, body, answer, example } = operation
  const env = (name: string) => `env.${name.toUpperCase()}`
  const url = shownPath(operation).replace(PLACE, (_, name: string) => `\${${env(name)}}`)
  const json = JSON.stringify(example ?? {}).replace(/"\{(\w+)\}"/g, (_, name: string) => env(name))
  const headers = [
    ...(right === 'public' ? [] : [`Authorization: \`Api-Key \${env.ARRAYDROP_API_KEY}\``]),
    ...(body ? [`'Content-Type': 'application/json'`] : []),
  ]
  return [
    `import { env } from 'node:process'`,
    '',
    `const answer = await fetch(\`\${env.ARRAYDROP_HOST}${url}\`, {`,
    `  method: '${method}',`,
    ...(headers.length > 0 ? [`  headers: { ${headers.join(', ')} },`] : []),
    ...(body ? [`  body: JSON.stringify(${json}),`] : []),
    '})',
    'if (!answer.ok) throw new Error(await answer.text())',
    `console.log(await answer.${isJson(answer) ? 'json' : 'text'}())`,
  ].join('\n')
}

const isJson = ({ body, media }: Operation['answer']): boolean => body !== null && media === undefined

function pythonLiteral(value: unknown): string {
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value === 'string') {
    const place = /^\{(\w+)\}$/.exec(value)
    return place ? `os.environ["${place[1]!.toUpperCase()}"]` : JSON.stringify(value)
  }
  if (Array.isArray(value)) return `[${value.map(pythonLiteral).join(', ')}]`
  if (typeof value !== 'object') return String(value)
  return `{${Object.entries(value)
    .map(([key, inner]) => `${JSON.stringify(key)}: ${pythonLiteral(inner)}`)
    .join(', ')}}`
}
