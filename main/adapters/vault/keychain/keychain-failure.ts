import { failure, type Failure } from '../../../domain/failure.ts';
import type { HelperReply } from './keychain-protocol.ts';

const anotherWay = 'or keep the key in a file encrypted with a passphrase, or for this session only';

/** The library's words for one cause, on Linux unless said otherwise, and ours. `{name}` is the keychain's. */
const causes: readonly { readonly words: RegExp; readonly code: Failure['code']; readonly message: string }[] = [
  {
    // The first is the Secret Service's, the others macOS's.
    words: /prompt was dismissed|is locked|interaction is not allowed|user cancell?ed|passphrase you entered/i,
    code: 'vault-locked',
    message: 'The key is out of reach because {name} is locked. Unlock it and try again.',
  },
  {
    words: /did not receive a reply|timed out/i,
    code: 'vault-locked',
    message: '{Name} does not answer. Unlock or restart it and try again.',
  },
  {
    words: /DBUS_SESSION_BUS_ADDRESS|autolaunch|connect to socket|DBus error: address|connection refused/i,
    code: 'vault-missing',
    message: `There is no D-Bus session here, so {name} is out of reach. Run this inside a desktop session, ${anotherWay}.`,
  },
  {
    words: /not provided by any|has no owner|ServiceUnknown/i,
    code: 'vault-missing',
    message: `No Secret Service is installed here. Install one (GNOME Keyring, for instance), ${anotherWay}.`,
  },
  {
    words: /no result found|no default store/i,
    code: 'vault-missing',
    message: `{Name} has no default keyring to keep a key in. Create one in your keyring's own app, ${anotherWay}.`,
  },
  {
    words: /longer than|too long/i,
    code: 'bad-input',
    message: 'This key is longer than {name} can hold. Check that it is the API key and nothing else.',
  },
  {
    words: /ambiguous|more than one/i,
    code: 'data-damaged',
    message: '{Name} holds several keys for this account. Delete them in its own app, then enter the key again.',
  },
];

/** The kinds of the library's errors that quote the platform and never what was stored. */
const quotable = /^(?:Platform failure|Couldn't access platform storage): (.{1,200})/;

function refusal(words: string): Pick<Failure, 'code' | 'message'> {
  const known = causes.find((cause) => cause.words.test(words));
  if (known) return known;
  const quoted = quotable.exec(words)?.[1];
  const reason = quoted === undefined ? '' : ` (${quoted})`;
  return { code: 'vault-missing', message: `{Name} refused${reason}. Check it in its own app, ${anotherWay}.` };
}

function explain(reply: HelperReply, timeoutMs: number): Pick<Failure, 'code' | 'message'> {
  const seconds = Math.max(1, Math.round(timeoutMs / 1000));
  switch (reply.outcome) {
    case 'refused':
      return refusal(reply.words);
    case 'timed-out':
      return {
        code: 'vault-locked',
        message: `{Name} did not answer within ${seconds} s; it may be waiting to be unlocked. Unlock it and try again.`,
      };
    case 'cancelled':
      return { code: 'cancelled', message: 'Cancelled while {name} was being asked.' };
    case 'unloadable':
      return {
        code: 'vault-missing',
        message: `The part that speaks to {name} cannot run here. Install Contact Sheet again, ${anotherWay}.`,
      };
    case 'differs':
      return {
        code: 'vault-missing',
        message: `{Name} did not give back the key that it was given, so it was not kept. Enter it again, ${anotherWay}.`,
      };
    default:
      return {
        code: 'vault-missing',
        message: `The part that speaks to {name} stopped unexpectedly. Try again, ${anotherWay}.`,
      };
  }
}

/** Says why the keychain called `name` gave no answer. Never holds a key: of the library's words only known kinds pass. */
export function keychainFailure(reply: HelperReply, name: string, timeoutMs: number): Failure {
  const { code, message } = explain(reply, timeoutMs);
  const capitalised = name.charAt(0).toUpperCase() + name.slice(1);
  return failure(
    code,
    message.replaceAll('{name}', () => name).replaceAll('{Name}', () => capitalised),
  );
}
