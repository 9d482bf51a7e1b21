/**
 * A JSON value as the text that a person wrote. Its numbers reach the API with every digit: as values of JavaScript,
 * those beyond 15 digits would change.
 */
export class JsonText {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/** The text as a JSON value; undefined when it is not JSON. */
export function readJsonText(text: string): JsonText | undefined {
  try {
    JSON.parse(text)
    return new JsonText(text.trim())
  } catch {
    return undefined
  }
}

/** The body of a request as JSON. A field that is a `JsonText` is written as it is. */
export function writeBody(body: unknown): string {
  const isPlain = typeof body === 'object' && body !== null && !Array.isArray(body)
  if (!isPlain || !Object.values(body).some((value) => value instanceof JsonText)) return JSON.stringify(body)
  const members = Object.entries(body).flatMap(([name, value]) => {
    const written = value instanceof JsonText ? value.text : JSON.stringify(value)
    return written === undefined ? [] : [`${JSON.stringify(name)}:${written}`]
  })
  return `{${members.join(',')}}`
}

/** The text of the only member of an object, as an answer such as `{"metadata": …}` has it. */
export function onlyMemberOf(answer: string): string {
  const [, value = 'null'] = /^\s*\{\s*"[^"\\]*"\s*:([\s\S]*)\}\s*$/.exec(answer) ?? []
  return value.trim()
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g

/** JSON with a line for each member, as `JSON.stringify(value, null, 2)` lays it out, and every token as it was. */
export function layOut(json: string): string {
  let laid = ''
  let depth = 0
  let before = ''
  for (const [token] of json.matchAll(TOKEN)) {
    const closes = token === '}' || token === ']'
    const opened = before === '{' || before === '['
    if (closes) depth--
    if ((opened && !closes) || (closes && !opened) || before === ',') laid += `\n${'  '.repeat(depth)}`
    laid += token === ':' ? ': ' : token
    if (token === '{' || token === '[') depth++
    before = token
  }
  return laid
}
