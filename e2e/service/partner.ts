import { sendRequest } from '../raw/send-request.ts'
import { loadContract } from './contract.ts'
import type { Service } from './start-service.ts'

/** A partner's backend: what it can do with its API key. */
export interface Partner {
  apiKey: string
  projectId: string
  projectName: string
  /** Mint a link; the 201's body. */
  mint(fields?: Record<string, unknown>): Promise<{ sample_id: string; url: string; expires_at: string }>
  /** Any call of the partner API. Returns the raw response; throws if the OpenAPI document does not describe it. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>
  /** The sample as the API shows it now. */
  sample(sampleId: string): Promise<SampleNow>
}

/** The part of a sample that tests look at. */
export interface SampleNow {
  id: string
  last_status: { status: string; note: string }
  qc: { summary: { rows: number } } | null
  upload_session: {
    state: string
    vendor: string | null
    last_rejection: { reason: string; detail: string | null } | null
  }
}

export async function partnerOf(
  service: Service,
  { rowsMin, name = 'Acme Genetics', flags = [] }: { rowsMin: number; name?: string; flags?: string[] },
): Promise<Partner> {
  const project = await service.admin<{ id: string }>(
    'create-project',
    name,
    '--rows-min',
    String(rowsMin),
    ...flags,
  )
  const { key } = await service.admin<{ key: string }>(
    'create-api-key',
    '--project',
    project.id,
    '--role',
    'analyst',
    // Tests and the benchmark ask more often than a partner; the usual limit has a test of its own.
    '--requests-per-minute',
    '100000',
  )
  const contract = await loadContract(service)
  const call: Partner['call'] = async (method, path, body, headers = {}) => {
    const answer = await sendRequest(service.address, {
      method,
      path,
      headers: { Authorization: `Api-Key ${key}`, 'Content-Type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    contract.demand(method, path, answer)
    return new Response(answer.body || null, {
      status: answer.status,
      headers: Object.entries(answer.headers).map(([name, value]) => [name, String(value)]),
    })
  }
  return {
    apiKey: key,
    projectId: project.id,
    projectName: name,
    call,
    async mint(fields = {}) {
      const response = await call('POST', '/api/v2/array-data-upload-form/', fields)
      if (response.status !== 201)
        throw new Error(`Minting answered ${response.status}: ${await response.text()}`)
      return (await response.json()) as Awaited<ReturnType<Partner['mint']>>
    },
    async sample(sampleId) {
      return (await (await call('GET', `/api/v2/samples/${sampleId}`)).json()) as SampleNow
    },
  }
}
