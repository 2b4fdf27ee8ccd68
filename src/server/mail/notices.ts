/** What each mail of resources/mail/account needs. Every one greets by `name`. Times are ISO 8601 in UTC. */
export interface Notices {
  /** A link to set a new password; good for an hour (AU-5). */
  readonly 'password-reset': { readonly name: string; readonly link: string };
  /** AU-6. `step` is what was wrong: the password, or the code after the right password. */
  readonly 'account-locked': {
    readonly name: string;
    readonly step: 'password' | 'code';
    readonly until: string;
    readonly ip: string;
  };
  readonly 'new-device': Where;
  /** To the new address (AU-4). */
  readonly 'verify-email': { readonly name: string; readonly link: string; readonly email: string };
  /** To whoever has an address that another account wants to move to. */
  readonly 'email-in-use': { readonly name: string; readonly email: string };
  /** To the old address; `email` is the new one, mostly hidden. */
  readonly 'email-changed-notice': {
    readonly name: string;
    readonly state: 'asked' | 'changed';
    readonly email: string;
    readonly at: string;
  };
  readonly 'password-changed': Where;
  /** A link to set the first password; good for 7 days. */
  readonly 'portal-invitation': { readonly name: string; readonly link: string; readonly email: string };
  readonly 'two-factor-changed': {
    readonly name: string;
    readonly change: 'on' | 'off' | 'codes' | 'reset';
    readonly at: string;
  };
  /** Staff look through the customer's eyes (IM-7). */
  readonly impersonation: {
    readonly name: string;
    readonly staffName: string;
    readonly reason: string;
    readonly at: string;
    readonly activityLink: string;
  };
}
export type NoticeName = keyof Notices;

interface Where {
  readonly name: string;
  readonly at: string;
  /** Browser and system in a few words; empty when they are not known. */
  readonly device: string;
  readonly ip: string;
  /** Where the password can be changed by who did not do this. */
  readonly forgotLink: string;
}
