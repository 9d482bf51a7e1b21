// Runs once, as a Job: makes an API key and writes it to a Secret, unless the Secret has one already.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

const { env } = process
const account = env.KEY_ACCOUNT ?? '/var/run/secrets/kubernetes.io/serviceaccount'
const api = env.KEY_API ?? `https://${env.KUBERNETES_SERVICE_HOST}:${env.KUBERNETES_SERVICE_PORT}`
const secret = `${api}/api/v1/namespaces/${env.KEY_NAMESPACE}/secrets/${env.KEY_SECRET}`
const authorization = `Bearer ${readFileSync(`${account}/token`, 'utf8').trim()}`

async function ask(options = {}) {
  const answer = await fetch(secret, {
    ...options,
    headers: { authorization, 'content-type': 'application/merge-patch+json' },
    signal: AbortSignal.timeout(30_000),
  })
  if (!answer.ok) throw new Error(`Kubernetes returned ${answer.status} for the Secret ${env.KEY_SECRET}`)
  return answer.json()
}

const arraydrop = (...args) =>
  JSON.parse(
    execFileSync('arraydrop', ['admin', ...args, '--json'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    }),
  )

const { data } = await ask()
if (data?.API_KEY) {
  console.log(`The Secret ${env.KEY_SECRET} has a key already.`)
} else {
  const scope = env.KEY_PROJECT ? ['--project', env.KEY_PROJECT] : []
  const { id, key } = arraydrop('create-api-key', '--role', env.KEY_ROLE, '--name', 'first key', ...scope)
  try {
    await ask({ method: 'PATCH', body: JSON.stringify({ stringData: { API_KEY: key } }) })
  } catch (error) {
    // Nobody knows it: the next try makes another one.
    arraydrop('revoke-api-key', id)
    throw error
  }
  console.log(`The key ${id} is in the Secret ${env.KEY_SECRET}, as API_KEY.`)
}
