import type { Words } from '../words.ts'
import { NETWORK_EN } from './network.ts'
import { REASONS_EN } from './reasons.ts'
import { RECOGNISED_EN } from './recognised.ts'

/** English, for a reader of twelve: short sentences, no jargon, and no blame. */
export const en: Words = {
  locale: 'en',
  title: 'Upload your DNA file',
  test: 'This is a test. Do not choose a real DNA file: everything sent here is deleted after one day.',
  noScript: 'This page needs JavaScript. Please switch it on, or open the link in another browser.',
  start: {
    heading: 'This page has not started',
    late: 'If your connection is slow, please wait a little longer. Otherwise reload the page, switch off anything that blocks scripts here, or open the link in an up-to-date browser: Chrome, Edge, Firefox or Safari.',
    reload: 'Reload the page',
    elsewhere: 'This is not the address of this service. Please use {address}.',
    open: 'Open this page at {address}',
    boxed: 'The page around this one does not let it work. Please open it in a window of its own.',
  },
  someone: 'the sender of this link',
  steps: { label: 'Steps', choose: 'Choose', check: 'Check', send: 'Send' },
  loading: 'Opening your upload page…',
  busy: 'Please wait',
  ready: {
    heading: 'Send your DNA file to {partner}',
    need: 'You need the .zip file with your raw DNA data from {vendors}.',
    unchanged: 'Choose it just as your DNA company gave it to you.',
    mayTake: 'If you have not requested it yet: your DNA company may take hours or days to send it.',
    choose: 'Choose my .zip file',
    drop: 'Or drop the file anywhere on this page.',
    dropNow: 'Drop to check this file',
    limits: 'Up to {limit}.',
    takes: 'Once you have the file, it takes about two minutes.',
    window: 'This page stays open for {time} more.',
    noFileYet: 'I don’t have it yet',
    canceled: 'Stopped. Everything that had been sent was deleted.',
    resumable:
      'We already have {share} of a file. Choose the same file to continue, or another one to start again.',
  },
  picker: {
    cannotSelect: 'I can’t select my file',
    anyType: 'You can now select any file. Try again: if yours was grayed out, it should work.',
    silent:
      'Did nothing open? Some apps block choosing files. Open this page in your normal browser (Safari, Chrome or Firefox), or use another device.',
    inApp:
      'You opened this page inside another app. If you cannot choose your file here, open the page in your normal browser: look for “Open in browser” in the app’s menu, or copy the link.',
    inAppCopied: 'Copied. Now paste it into the address line of your normal browser.',
    ownWindow: 'Open this page in its own window',
  },
  otherDevice: {
    title: 'My file is on another device',
    how: 'Open this same page there. Send yourself the link:',
    timeLeft: 'It works for {time} more.',
    share: 'Share the link',
    copy: 'Copy the link',
    copied: 'Copied. Now paste it into a message to yourself.',
    copiedShort: 'Copied',
    copyByHand: 'Copying is blocked here. Please copy the address from the top of your browser.',
    caution: 'Only share it with yourself: anyone with this link can upload a file in your name.',
  },
  where: {
    title: 'Where is my .zip file?',
    intro: 'It must be the .zip itself, not the file inside it. Phones and computers often unzip it for you.',
    systems: {
      ios: {
        title: 'iPhone or iPad',
        steps: [
          'Open the Files app and look in Downloads, on the iPhone and in iCloud Drive.',
          'Tapping a .zip unzips it and makes a second file or folder beside it. Choose the one that ends in .zip.',
          'If only the unzipped file is left, download it again from your DNA company.',
        ],
      },
      android: {
        title: 'Android',
        steps: [
          'Open Files (or My Files) and look in Downloads.',
          'Choose the file that ends in .zip. Do not “extract” it first.',
          'If it is grayed out, use “I can’t select my file” on this page.',
        ],
      },
      mac: {
        title: 'Mac',
        steps: [
          'Safari unzips downloads automatically and moves the .zip to the Trash. Look in the Trash and put the .zip back.',
          'Or switch it off: Safari, Settings, General, “Open ‘safe’ files after downloading”. Then download it again.',
          'Please do not compress it again yourself: that changes the file.',
        ],
      },
      windows: {
        title: 'Windows',
        steps: [
          'Open File Explorer and look in Downloads.',
          'Choose the “Compressed (zipped) folder”. Do not use “Extract all”.',
          'If you only see a text file, download it again from your DNA company.',
        ],
      },
    },
  },
  howToGet: {
    title: 'How do I get it from my DNA company?',
    intro:
      'Sign in on their website, on a computer if you can. They send you an email when the file is ready.',
    fileName: 'The file has a name like {file}.',
    vendors: {
      '23andme': {
        steps: [
          'Open Settings, then 23andMe Data, then Download your data.',
          'Ask for “Raw data”. Not the family tree, the relatives or the reports.',
          'When the email comes, sign in again and save the .zip file.',
        ],
        wait: 'The email arrives after a few hours, sometimes days.',
      },
      ancestrydna: {
        steps: [
          'Open DNA, then Settings, then “Download DNA data”.',
          'Confirm it with the link in the email.',
          'Save the .zip file with the link in the next email. That link works only once, and for one week.',
        ],
        wait: 'It may take a few hours.',
      },
      myheritage: {
        steps: [
          'Open DNA, then Manage DNA kits.',
          'Open the three-dot menu next to your kit and choose Download.',
          'Confirm it with the link in the email and save the .zip file.',
        ],
        wait: 'It may take from a few minutes to a few hours.',
      },
    },
  },
  noFileYet: {
    heading: 'No problem. First get your file',
    intro: 'Ask your DNA company for your raw data. This may take hours or days.',
    link: 'This upload page will have closed by then. {partner} can send you a new link.',
    site: 'Open the {vendor} download page',
    leave: 'Back to {partner}',
    leaveHere: 'Tell {partner} I need more time',
    back: 'I have it after all',
  },
  reading: {
    heading: 'Reading your file',
    text: 'Nothing has been sent yet. Your file is first checked on this device.',
    slow: 'This is taking a while. If the file is in iCloud, Google Drive or OneDrive, it is being fetched first.',
    cancel: 'Stop',
  },
  checked: {
    heading: 'This is your {vendor} file',
    text: 'It looks right. Sending starts now.',
  },
  uploading: {
    heading: 'Sending your {vendor} file to {partner}',
    bar: 'Sent so far',
    sent: { one: '{sent} of {total} has arrived', other: '{sent} of {total} have arrived' },
    remaining: { one: 'about {time} left', other: 'about {time} left' },
    estimating: 'estimating the time…',
    keepOpen: 'Please keep this page open.',
    offline: 'You are offline. Nothing is lost: sending resumes on its own as soon as you are back online.',
    stalled: 'The connection is very slow or gone. Nothing is lost: we will keep trying.',
    willNotFit:
      'At this speed it needs {needed}, but the time left is {left}. Try a faster network, such as Wi-Fi: sending picks up where it stopped.',
    cancel: 'Stop and delete what was sent',
    sure: 'Stop, and delete what has arrived?',
    sureStop: 'Yes, stop and delete',
    sureGoOn: 'No, keep sending',
    announceStart: 'Sending has started.',
    announceShare: '{share} sent.',
    announceTooSlow: 'At this speed the file will not arrive in time. Try a faster network.',
  },
  verifying: {
    heading: 'Checking your file',
    text: 'Your whole file has arrived. One last check, which takes a few seconds.',
    bar: 'Checking',
    stalled: 'Your file is with us. We are still waiting for the result and will keep trying.',
  },
  received: {
    heading: '{partner} has your file',
    text: 'Your {vendor} file arrived complete and passed all checks. Thank you.',
    close: 'You can close this page now.',
    onward: 'Taking you back to {partner}…',
    continue: 'Continue to {partner}',
    before: 'Your file was uploaded with this link. There is nothing more to do here.',
    next: '{partner} will tell you what happens next.',
    size: 'Size',
    arrived: 'Received',
  },
  rejected: {
    heading: 'This file does not work',
    headingSeveral: 'Please choose just one file',
    headingService: 'That did not work',
    again: 'Choose another file',
    againSame: 'Choose the file again',
    file: 'Your file',
    reference: 'Reference',
    copyReference: 'Copy the reference',
    details: 'Details for support',
    copy: 'Copy the details',
    copied: 'Copied. Paste them into your message to {partner}.',
  },
  ended: {
    link_invalid: {
      heading: 'This link does not work',
      what: 'It may have been cut off when it was copied.',
      mend: 'Go back to the message or page it came from and open it from there.',
    },
    link_expired: {
      heading: 'This link is too old',
      what: 'It was not opened in time. No file was sent.',
      mend: 'Ask {partner} for a new link. It only takes a moment.',
    },
    session_expired: {
      heading: 'The time for this upload is up',
      what: 'No complete file arrived in time. Everything that had been sent was deleted.',
      mend: 'Ask {partner} for a new link, and have your .zip file ready.',
    },
    link_canceled: {
      heading: 'This upload was canceled',
      what: '{partner} has canceled this link. No file was kept.',
      mend: 'If you did not expect this, ask {partner} for a new link.',
    },
  },
  addressAlone: {
    what: 'This address works only in the window in which the link was opened. It is not the whole link.',
    mend: 'Go back to the message or page it came from and open the link there. If that leads here again, copy the whole link from there, to its last character, and paste it into the address bar.',
  },
  left: {
    heading: 'You stopped the upload',
    text: 'No file was kept. You can close this page now.',
    notReady: 'When you have your file, ask {partner} for a new link.',
    goOn: 'Continue with the upload',
  },
  leaving: 'Going back to {partner}…',
  unreachable: {
    again: 'Try again',
    no_reply: {
      heading: 'No connection',
      what: 'We could not reach the upload service.',
      mend: 'Check your internet connection. We will keep trying.',
    },
    foreign_reply: {
      heading: 'Your network is blocking the connection',
      what: 'Your network is answering instead of us. Hotel, train and office Wi-Fi often asks you to sign in first.',
      mend: 'Sign in to that network or switch to another one, then try again.',
    },
    busy: {
      heading: 'One moment, please',
      what: 'This page received too many requests in a short time.',
      mend: 'We will try again automatically in a moment.',
    },
    service: {
      heading: 'We have a problem on our side',
      what: 'The upload service cannot answer right now. It is not your fault.',
      mend: 'We will keep trying. You can also come back in a few minutes.',
    },
  },
  leave: { back: 'Back to {partner}', stop: 'Stop without uploading', ask: 'Ask {partner} for a new link' },
  countdown: {
    left: { one: '{time} left to upload', other: '{time} left to upload' },
    twoMinutes: 'Less than two minutes left. Your whole file has to arrive before the time is up.',
    halfMinute: 'Less than half a minute left. If that is not enough, ask {partner} for a new link.',
    over: 'Checking whether there is any time left…',
  },
  trust: {
    title: 'Who gets your file',
    titleAfter: 'What happens to your file now',
    inShort: 'Checked on your device first. Goes only to {partner}.',
    more: 'What happens to it',
    who: 'Your file goes to {partner}, over an encrypted connection, and to nobody else.',
    purpose: 'Why {partner} needs it:',
    noPurpose: 'Not sure what it is for? Ask {partner} before you send it.',
    check:
      'It is checked on your device before any of it is sent. If it cannot be used, only the reason is reported to {partner}.',
    keptBoth: {
      one: 'Your file and what is worked out from it are deleted from this service after {n} day.',
      other: 'Your file and what is worked out from it are deleted from this service after {n} days.',
    },
    keptFile: {
      one: 'Your file is deleted from this service after {n} day.',
      other: 'Your file is deleted from this service after {n} days.',
    },
    keptResults: {
      one: 'What is worked out from it is deleted after {n} day.',
      other: 'What is worked out from it is deleted after {n} days.',
    },
    keptBothUntil: 'Your file and what is worked out from it are kept until {partner} deletes them.',
    keptFileUntil: 'Your file is kept until {partner} deletes it.',
    keptResultsUntil: 'What is worked out from it is kept until {partner} deletes it.',
    unfinished: 'If it does not arrive in time, what was sent is deleted.',
    erase: 'Want it deleted? Ask {partner}: they can erase it for good at any time.',
    promise: 'This upload service never sells your file and never uses it for its own purposes.',
    privacy: 'This page sets no cookies and loads nothing from other companies.',
    policy: 'How {partner} handles your data',
    support: 'Help from {partner}',
  },
  otherSource: 'This looks like a {source} file. {partner} cannot use those yet.',
  network: NETWORK_EN,
  reasons: REASONS_EN,
  recognised: RECOGNISED_EN,
}
