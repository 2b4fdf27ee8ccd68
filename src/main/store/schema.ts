import type { Generated } from 'kysely';

/** The desk's tables. JSON columns are texts that are parsed with their schema when read. */
export interface StoreTables {
  draft: {
    id: string;
    status: string;
    userId: number;
    createdAt: string;
    updatedAt: string;
    /** The provisioning job of its order; null until ordered. */
    jobId: number | null;
    document: string;
  };
  /** Documents that could not be read any more, kept for the help desk. */
  draftSetAside: {
    id: string;
    setAsideAt: string;
    reason: string;
    document: string;
  };
  setting: {
    name: string;
    value: string;
  };
  /** Jobs that this desk started or works on, so that a restart goes on following them. */
  knownJob: {
    id: number;
    userId: number;
    ended: number;
    updatedAt: string;
    document: string;
  };
  /** One row at most: who is signed in, and how. */
  session: {
    id: number;
    userId: number;
    enteredBy: string;
  };
  /** One row at most: how this desk stands with which central. Secret and credential are sealed. */
  enrolment: {
    id: number;
    centralUrl: string;
    state: string;
    /** The code that waits for approval. */
    request: string | null;
    secret: string | null;
    desk: string | null;
    credential: string | null;
  };
  /** Who signed in here with a line. */
  staffMember: {
    userId: number;
    user: string;
    signedInAt: string;
    /** The PIN's argon2id hash, sealed; null without a PIN. */
    pin: string | null;
    triesLeft: number;
    /** Sealed; null when this person has no sign-in at central that lives. */
    refreshToken: string | null;
  };
  /** Sign-ins that ended here and that central is still to be told of. Sealed. */
  endedSignIn: {
    id: Generated<number>;
    refreshToken: string;
  };
}
