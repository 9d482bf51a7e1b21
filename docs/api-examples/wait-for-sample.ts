import { env } from 'node:process'

interface Sample {
  last_status: { status: string }
  failed_qc: string[] | null
}

const underWay = ['consumer awaiting data', 'scheduled', 'running']

async function look(): Promise<Sample> {
  const answer = await fetch(`${env.ARRAYDROP_HOST}/api/v2/samples/${env.SAMPLE_ID}`, {
    headers: { Authorization: `Api-Key ${env.ARRAYDROP_API_KEY}` },
  })
  if (!answer.ok) throw new Error(await answer.text())
  return (await answer.json()) as Sample
}

let sample = await look()
while (underWay.includes(sample.last_status.status)) {
  await new Promise((resolve) => setTimeout(resolve, 5_000))
  sample = await look()
}
console.log(sample.last_status.status, ...(sample.failed_qc ?? []))
