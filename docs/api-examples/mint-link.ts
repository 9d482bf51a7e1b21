import { env } from 'node:process'

const answer = await fetch(`${env.ARRAYDROP_HOST}/api/v2/array-data-upload-form/`, {
  method: 'POST',
  headers: {
    Authorization: `Api-Key ${env.ARRAYDROP_API_KEY}`,
    'Content-Type': 'application/json',
  },
  body: JSON.stringify({
    metadata: { your_reference: 'order-1234' },
    redirect_on_success: 'https://partner.example/thanks',
    redirect_on_failure: 'https://partner.example/dna-file',
    expires_in: 600,
  }),
})
// Of a 400: {"expires_in": ["Ensure this value is …"]}, one list of messages for each field
if (!answer.ok) throw new Error(await answer.text())
const link = (await answer.json()) as { sample_id: string; url: string; expires_at: string }
console.log(link.sample_id, link.url)
