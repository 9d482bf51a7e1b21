/** How a server checks a delivery, in what most servers are written in. The body is the bytes as they came. */
export const CHECKING_SAMPLES = [
  {
    key: 'node',
    label: 'Node',
    text: `import { Webhook } from 'standardwebhooks'

// body: the request's text before anything parsed it; throws when it is not genuine.
const events = new Webhook(process.env.WEBHOOK_SECRET).verify(body, request.headers)`,
  },
  {
    key: 'python',
    label: 'Python',
    text: `from standardwebhooks import Webhook

# body: the bytes before anything parsed them; raises when they are not genuine.
events = Webhook(os.environ["WEBHOOK_SECRET"]).verify(body, request.headers)`,
  },
  {
    key: 'by-hand',
    label: 'By hand',
    text: `import { createHmac, timingSafeEqual } from 'node:crypto'

function isGenuine(secret, header, body) {
  const fields = header.split(',').map((field) => field.trim().split('='))
  const time = fields.find(([name]) => name === 't')?.[1] ?? ''
  const expected = createHmac('sha512', secret).update(\`\${time}.\`).update(body).digest()
  return fields.some(([name, value = '']) => {
    const given = Buffer.from(value, 'hex')
    return name === 'v1' && given.length === expected.length && timingSafeEqual(given, expected)
  })
}

isGenuine(process.env.WEBHOOK_SECRET, request.headers['gencove-signature'], body)`,
  },
] as const
