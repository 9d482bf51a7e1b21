import { readdirSync } from 'node:fs'
import path from 'node:path'

type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>

const app = path.resolve(import.meta.dirname, '../../app')

interface RouteFile {
  file: string
  form: RegExp
  names: string[]
}

/** Every route file of the partner API; those without names in their path come first, as Next prefers them. */
const ROUTES: RouteFile[] = readdirSync(path.join(app, 'api/v2'), { recursive: true, encoding: 'utf8' })
  .filter((file) => path.basename(file) === 'route.ts')
  .map((file) => {
    const folder = path.dirname(file).replaceAll(path.sep, '/')
    const names = [...folder.matchAll(/\[(\w+)\]/g)].map(([, name]) => name!)
    const form = new RegExp(`^/api/v2/${folder.replaceAll('.', '\\.').replace(/\[\w+\]/g, '([^/]+)')}/?$`)
    return { file: path.join(app, 'api/v2', file), form, names }
  })
  .toSorted((one, other) => one.names.length - other.names.length)

const ELSEWHERE: RouteFile = { file: path.join(app, 'api/[[...path]]/route.ts'), form: /^/, names: [] }

/** The answer of the partner API, by its route file in this process: no server, and no Next. */
export async function callRoute(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url)
  const { file, form, names } = ROUTES.find((route) => route.form.test(pathname)) ?? ELSEWHERE
  const route = (await import(file)) as Record<string, Handler>
  const [, ...values] = form.exec(pathname)!
  const params = Object.fromEntries(names.map((name, at) => [name, decodeURIComponent(values[at]!)]))
  const handler = route[request.method === 'HEAD' ? 'GET' : request.method]!
  return handler(request, { params: Promise.resolve(params) })
}
