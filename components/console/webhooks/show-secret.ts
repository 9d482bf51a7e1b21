import { showSecretOnce } from '../kit/show-secret-once.tsx'

/** The signing secret, which the service keeps sealed from now on. */
export function showSecret(secret: string): void {
  showSecretOnce({
    title: 'Signing secret',
    words:
      'Your server checks each delivery with it. Keep it where it keeps its secrets; how to check stands under “Secret and checking”.',
    secret,
    copy: 'Copy the secret',
  })
}
