import type { Reason } from '#lib/genotype/reason.ts'
import type { ProblemCode } from '#lib/problem.ts'

/** What a partner's developer wants to know of a refusal. */
interface ErrorWords {
  means: string
  /** Who can mend it. */
  who: string
  /** What to do, in order. */
  todo: readonly string[]
}

const YOU = 'You, in your program.'
const PERSON = 'The person, on the page, until the deadline of the link.'
const OPERATOR = 'The operator of this service.'
const NETWORK = 'Whoever runs the network between the browser and this service.'

/** Every way in which the API refuses a request. A code without words does not compile. */
export const CODE_WORDS: Record<ProblemCode, ErrorWords> = {
  invalid: {
    means: 'Something in the request is not valid. The body names every invalid field with its messages.',
    who: YOU,
    todo: [
      'Read the body: each member is a field, and each message says what the field takes.',
      'Names of fields are exact. Unknown query parameters are refused as well, so that a misspelled filter never widens a list.',
      'Do not repeat the request unchanged.',
    ],
  },
  not_authenticated: {
    means:
      'There is no API key or token, or it is not valid: unknown, revoked, past its last day, or not allowed from this network.',
    who: `${YOU} For a revoked or restricted key, whoever made it.`,
    todo: [
      'Send `Authorization: Api-Key …`, with the whole key, prefix included.',
      'Check that the key belongs to this installation: a key of a test service is unknown to another one.',
      'A person’s access token is valid for minutes: renew it with `jwt-refresh/`.',
    ],
  },
  permission_denied: {
    means:
      'The caller is known, but its role does not allow this, its key may not be used from this network, or a download URL is over: its hour has passed, or the key that asked for it was revoked.',
    who: 'A manager or owner of the project, who can make a key with another role.',
    todo: [
      'Read the headers: `Role-Needed` names the roles of which one is needed, `Role-Held` those of the caller. Without them, `detail` says what else is the matter.',
      'For a download, get the sample again: download URLs are meant to be used at once, not stored.',
      'Use a key of that role for this call alone. A backend that only mints links and reads results needs analyst.',
    ],
  },
  not_found: {
    means:
      'There is no such path or object, or this caller may not see it. The two are not told apart on purpose.',
    who: YOU,
    todo: [
      'Check the path, and that the id is complete and of the right kind: a sample’s id is not its client id.',
      'Check that the key belongs to the project of the object: `GET projects/` lists what the key can see.',
      'Deleted samples return 404, too.',
    ],
  },
  method_not_allowed: {
    means: 'The path exists, but not with this method.',
    who: YOU,
    todo: ['Read the `Allow` header: it lists the methods of the path.'],
  },
  conflict: {
    means:
      'The request conflicts with the current state, or with another request that is under way with the same Idempotency-Key.',
    who: YOU,
    todo: [
      'Read the object again and decide by its present state.',
      'If the same request is still running, wait for a few seconds and repeat it with the same key.',
    ],
  },
  gone: {
    means:
      'The object was there and is not any more: for example an upload that was given up, or an invitation that is over.',
    who: YOU,
    todo: ['Begin anew with what made it: it does not come back.'],
  },
  too_large: {
    means: 'The body of the request is larger than 128 KB.',
    who: YOU,
    todo: ['Send lists in several requests. `metadata` may have 16 KB.'],
  },
  unsupported_media_type: {
    means: 'The media type or content encoding of the body is not one that the API reads.',
    who: YOU,
    todo: [
      'Send JSON with `Content-Type: application/json`. Bodies may be compressed with gzip, deflate or br.',
    ],
  },
  unprocessable: {
    means: 'This Idempotency-Key came with another request before.',
    who: YOU,
    todo: ['Use a new key for each new request, and the same key only to repeat the same request.'],
  },
  throttled: {
    means: 'Too many requests: 600 a minute for a key or a person, unless the key has a limit of its own.',
    who: YOU,
    todo: [
      'Wait for the seconds in `Retry-After`, then repeat the request.',
      'Use webhooks instead of polling, and lists instead of one request per sample.',
    ],
  },
  internal: {
    means: 'An error on our side.',
    who: OPERATOR,
    todo: [
      'Repeat the request, a POST with its Idempotency-Key.',
      'If it stays, send the `Request-Id` to the operator: the log has the cause under it.',
    ],
  },
  unavailable: {
    means: 'The service, its database or its storage is away for a moment. Nothing was changed.',
    who: OPERATOR,
    todo: ['Wait for the seconds in `Retry-After`, then repeat the request, with more time between tries.'],
  },
}

const MINT = 'Mint another link for the same person; one link is one visit.'
const AGAIN = 'Nothing in your program: the page explains it, and the link works until its deadline.'

/** Every reason of the closed list, as redirects, webhooks, timelines and the API carry it. */
export const REASON_WORDS: Record<Reason, ErrorWords> = {
  link_invalid: {
    means:
      'The link is cut off, changed, or of another installation. It is shown on the page only and never redirects.',
    who: YOU,
    todo: [
      'Pass `url` on byte for byte. Mail programs and link shorteners cut long links.',
      'Check that the link was minted by the service at its host.',
    ],
  },
  link_expired: {
    means: 'The link was not opened in time.',
    who: YOU,
    todo: [MINT, 'Mint it when the person is about to use it, or ask for a longer `expires_in`.'],
  },
  session_expired: {
    means: 'The link was opened, and no file was received within 15 minutes (5 in a test project).',
    who: YOU,
    todo: [MINT, 'Tell people beforehand to have the file at hand: a vendor may take hours to prepare it.'],
  },
  link_canceled: {
    means: 'You canceled the link, or deleted its sample.',
    who: YOU,
    todo: ['If the person still wants to send a file, mint another link.'],
  },
  already_uploaded: {
    means: 'A file was received by this link before. The page shows the confirmation.',
    who: 'Nobody has to.',
    todo: ['Read the sample: its status says how far it is.'],
  },
  user_canceled: {
    means: 'The person left the page without sending a file. The link still works until its deadline.',
    who: PERSON,
    todo: ['Offer the same link again while it lasts, afterwards a new one.'],
  },
  file_not_ready: {
    means: 'The person does not have the file yet: the vendor is still preparing it.',
    who: PERSON,
    todo: ['Mint a new link later, when the vendor’s mail has come.'],
  },
  file_too_large: {
    means: 'The file has more than 25 MB, which no export of the supported companies has.',
    who: PERSON,
    todo: [AGAIN, 'It is probably a whole genome or a video: send sequencing reads as FASTQ by URL.'],
  },
  file_empty: {
    means: 'The file has no bytes.',
    who: PERSON,
    todo: [AGAIN, 'The download was probably interrupted: the person downloads the file again.'],
  },
  file_unreadable: {
    means:
      'The device could not read the chosen file: it is still in a cloud, was moved, or may not be opened.',
    who: PERSON,
    todo: [
      AGAIN,
      'The person downloads the file to the device first.',
      'If it happens to many in your app, open the Doctor there and choose a file that is in a cloud.',
    ],
  },
  not_a_zip: {
    means: 'The file is no ZIP archive. The content decides, never the name; the detail says what it is.',
    who: PERSON,
    todo: [AGAIN, 'The person sends the file as the vendor delivered it, without unpacking it.'],
  },
  zip_damaged: {
    means: 'The archive is cut off or damaged.',
    who: PERSON,
    todo: [AGAIN, 'The person downloads it again.'],
  },
  zip_encrypted: {
    means: 'The archive has a password.',
    who: PERSON,
    todo: [AGAIN, 'The person sends the file as the vendor delivered it; vendors set no passwords.'],
  },
  zip_unsafe: {
    means: 'The archive is built in a way that no vendor’s is, and that could harm whoever unpacks it.',
    who: PERSON,
    todo: [
      AGAIN,
      'If a vendor’s own file is refused like this, send the reason and the detail to the operator.',
    ],
  },
  archive_modified: {
    means: 'The archive was unpacked and packed again, or something was added to it.',
    who: PERSON,
    todo: [
      AGAIN,
      'The person downloads it again and sends it unopened. On a Mac, Safari unpacks downloads by itself.',
    ],
  },
  no_genotypes: {
    means:
      'Nothing in the archive looks like a raw data file: it may be a family tree, a match list or a report.',
    who: PERSON,
    todo: [AGAIN, 'The person downloads the raw data, not a report.'],
  },
  several_files: {
    means: 'More than one raw data file was chosen or is in the archive.',
    who: PERSON,
    todo: [AGAIN, 'One link takes one file: mint a link for each person.'],
  },
  vendor_unsupported: {
    means: 'The file is genuine, but of a company or of a kind that is not accepted. The detail names it.',
    who: 'Nobody with this file.',
    todo: ['Say on your own page which companies are accepted: 23andMe, AncestryDNA and MyHeritage.'],
  },
  format_unrecognized: {
    means: 'The file looks like genotypes, but in no format that is known.',
    who: PERSON,
    todo: [
      AGAIN,
      'If a vendor’s own file is refused like this, send the detail and the vendor’s name to the operator.',
    ],
  },
  file_modified: {
    means: 'The text was changed after the vendor made it, such as by a spreadsheet or an editor.',
    who: PERSON,
    todo: [AGAIN, 'The person downloads it again and sends it unopened.'],
  },
  file_incomplete: {
    means: 'The text ends early, or chromosomes are missing.',
    who: PERSON,
    todo: [AGAIN, 'The person downloads it again.'],
  },
  build_unsupported: {
    means: 'The positions belong to a reference other than build 36 or 37.',
    who: PERSON,
    todo: [AGAIN, 'The person sends the file as the vendor delivered it, without converting it.'],
  },
  network_error: {
    means:
      'Bytes do not arrive: the connection is away, or something in between refuses them. It does not end a session.',
    who: NETWORK,
    todo: [
      'The page tries again by itself and in other ways; the timeline says in `detail` what is in the way.',
      'Open the Doctor in the same place: it names what to change.',
    ],
  },
  service_unavailable: {
    means: 'The service is away for a moment. It does not end a session, and the page tries again.',
    who: OPERATOR,
    todo: ['Wait. If it stays, look at `/api/health/ready` or tell the operator.'],
  },
  internal_error: {
    means: 'An error on our side. It does not end a session.',
    who: OPERATOR,
    todo: ['Send the `Request-Id` or the id of the sample to the operator.'],
  },
}
