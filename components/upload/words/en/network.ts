import type { Words } from '../words.ts'

/** Something on the way does not let the file through. */
export const NETWORK_EN: Words['network'] = {
  blocked:
    'Something between you and us, such as a company firewall or antivirus software, does not let your file through.',
  tooLarge: 'Something between you and us refuses your file as too large, even in small pieces.',
  removed: 'Something between you and us removes parts of the messages that an upload needs.',
  mend: 'Try another network, such as mobile data, or another device. Nothing is lost: we keep trying.',
  request: 'Request',
}
